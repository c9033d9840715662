/** What a correction corrects, and what it becomes when it is saved. Pure. */
import type { EntryView } from '../../contract/logbook.ts'
import type { EntryDraft } from '../../domain/logbook/entry.ts'
import { latestDay, type Today } from '../offline/clock.ts'
import type { PhoneHouseholdView } from '../offline/phone.ts'
import { type EntryFaults, readEntry } from '../pages/logbook/read.ts'
import { isDay, type SaidOfForm, type TypedEntry } from '../pages/logbook/typed.ts'

export type CorrectKind = 'visit' | 'assessment' | 'assistance' | 'result'

export interface CorrectDraft {
  typed: TypedEntry<CorrectKind>
  isTakenBack: boolean
  /** Photographs that stood there before: they are not sent again. */
  before: string[]
}

interface Correctable {
  said: Extract<SaidOfForm, { kind: CorrectKind }>
  happenedOn: string
  latestId: string
}

/** As it counts now: what this phone still has to send comes after what the server knows. */
export function entryToCorrect(household: PhoneHouseholdView, entryId: string): Correctable | null {
  const recorded: EntryView | undefined = household.recent.find((entry) => entry.id === entryId)
  let found: { said: EntryView['said']; happenedOn: string; latestId: string } | null = recorded ?? null
  // Oldest first: a correction of a correction is the last to speak.
  for (const { item } of household.waiting.toReversed()) {
    if (item?.kind !== 'entry') continue
    const { entry } = item
    if (entry.kind === 'correction') {
      const { corrects, replacement } = entry.content
      if (found?.latestId !== corrects) continue
      const said = replacement && ({ kind: replacement.kind, content: replacement.content } as EntryView['said'])
      found = { said, happenedOn: replacement?.happenedOn ?? found.happenedOn, latestId: entry.id }
    } else if (entry.id === entryId)
      found = {
        said: { kind: entry.kind, content: entry.content } as EntryView['said'],
        happenedOn: entry.happenedOn,
        latestId: entry.id,
      }
  }
  if (!found?.said || !['visit', 'assessment', 'assistance', 'result'].includes(found.said.kind)) return null
  return found as Correctable
}

/** The correction is dated today; where the clock is not to be trusted, with the day that the person says. */
export function readCorrection(
  { typed, isTakenBack }: CorrectDraft,
  today: Today,
): { draft: EntryDraft | null; faults: EntryFaults | null } {
  const correctedOn = today.isSure || !isDay(typed.happenedOn) ? today.day : typed.happenedOn
  if (isTakenBack) {
    const reason = typed.reason.trim()
    if (reason.length < 3) return { draft: null, faults: new Map([['correctionReason', 'tooShort']]) }
    const content = { corrects: typed.corrects ?? '', reason, replacement: null }
    return { draft: { id: typed.id, kind: 'correction', happenedOn: correctedOn, content }, faults: null }
  }
  return readEntry(typed, latestDay(today), correctedOn)
}
