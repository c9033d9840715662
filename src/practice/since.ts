/**
 * What was done after the made-up year, up to the day of the demonstration: the watch after help is brought to its end, and
 * households with a monthly duty are visited, most of them in time. Without it every visit would be years overdue.
 */
import { addDays, addMonths, daysBetween, monthOf } from '../domain/days.ts'
import type { Entry } from '../domain/logbook/entry.ts'
import { fold } from '../domain/logbook/fold.ts'
import { predicatesOf } from '../domain/logbook/facts.ts'
import { defaultRules } from '../domain/logbook/rules/index.ts'
import { Diary, type PlannedEntry } from './diary.ts'
import { followWords, seen } from './history-words.ts'
import type { PracticeHousehold } from './history.ts'
import { createRandom } from './random.ts'

/** @param today the day of the demonstration; nothing is recorded on it or after it */
export function sinceThen(
  household: PracticeHousehold,
  year: readonly PlannedEntry[],
  seed: number,
  today: string,
): PlannedEntry[] {
  const random = createRandom('since', seed, household.id)
  const state = fold(
    year.map(({ draft }): Entry => ({ ...draft, recordedAt: '', accountId: '' })),
    defaultRules,
  )
  if (predicatesOf(state, defaultRules.outcomes).has('left')) return []
  const diary = new Diary(random)
  const met = household.members.slice(0, 1).map(({ id }) => ({ memberId: id, name: null }))
  const lastOn = state.assistance.lastOn
  const watchEnds = lastOn && `${addMonths(monthOf(lastOn), Math.max(...defaultRules.duty.watchMonths))}-20`
  const lookOn = watchEnds ?? (state.nextVisitOn && addDays(state.nextVisitOn, random.below(10)))
  // One in twenty is forgotten, as happens.
  if (lookOn && lookOn < today && random.chance(0.95)) {
    const condition = random.weighted({ better: 60, same: 40 })
    diary.say('followUp', lookOn, 'mentor', diary.sent(lookOn, 1), {
      met,
      condition,
      words: random.pick(followWords[condition]),
      photos: [],
      nextOn: null,
    })
  }
  if (household.lists.includes('tpmap-2565') && year.length > 0)
    for (const day of recentVisits(random.next(), 3 + random.below(22), today))
      diary.say('visit', day, 'mentor', diary.sent(day, 1), {
        met,
        seen: `${random.pick(seen.met)} ${random.pick(seen.mood)}`,
        words: null,
        place: null,
        photos: [],
        skipped: null,
        nextOn: null,
      })
  return diary.entries
}

/** Four in five were visited this month or the last; the others some months ago. */
function recentVisits(share: number, day: number, today: string): string[] {
  const monthsBack = share < 0.3 ? [2, 1, 0] : share < 0.8 ? [3, 2, 1] : [4, 3]
  return monthsBack
    .map((back) => `${addMonths(monthOf(today), -back)}-${String(day).padStart(2, '0')}`)
    .filter((visit) => daysBetween(visit, today) > 0)
}
