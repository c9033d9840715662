/** Wrong days, sums and double entries of a made-up year, put right some days later with the reason. */
import { addDays } from '../domain/days.ts'
import type { EntryDraft, Replacement } from '../domain/logbook/entry.ts'
import { dayInThailand } from '../domain/time.ts'
import { lastDay, type Diary } from './diary.ts'
import { correctionReasons } from './history-words.ts'
import type { Random } from './random.ts'

type Correctable = Extract<EntryDraft, { kind: 'visit' | 'assistance' | 'followUp' }>

const share = 0.022

export function correctSome(diary: Diary, random: Random): void {
  for (const { draft, author, recordedAt } of [...diary.entries]) {
    if (draft.kind !== 'visit' && draft.kind !== 'assistance' && draft.kind !== 'followUp') continue
    if (!random.chance(share)) continue
    const later = recordedAt + 86_400_000 * (1 + random.below(20))
    const day = dayInThailand(new Date(later))
    const { reason, replacement } = putRight(draft, random)
    if (day <= lastDay) diary.say('correction', day, author, later, { corrects: draft.id, reason, replacement })
  }
}

function putRight(draft: Correctable, random: Random): { reason: string; replacement: Replacement } {
  const { kind, happenedOn } = draft
  if (kind === 'assistance' && draft.content.value) {
    const value = draft.content.value + 500 * (1 + random.below(4))
    return {
      reason: correctionReasons.wrongSum,
      replacement: { kind, happenedOn, content: { ...draft.content, value } },
    }
  }
  if (kind === 'visit' && random.chance(0.4)) return { reason: correctionReasons.twice, replacement: null }
  const before = happenedOn > '2023-01-10' ? addDays(happenedOn, -1) : happenedOn
  const replacement = { kind, happenedOn: before, content: draft.content } as Replacement
  return { reason: random.pick([correctionReasons.wrongDay, correctionReasons.incomplete]), replacement }
}
