import { describe, expect, it } from 'vitest'
import { addDays } from '../domain/days.ts'
import { checkEntry } from '../domain/logbook/check.ts'
import { dutyOf } from '../domain/logbook/duty.ts'
import { entrySchema, type Entry } from '../domain/logbook/entry.ts'
import { factsOf } from '../domain/logbook/facts.ts'
import { fold } from '../domain/logbook/fold.ts'
import { defaultRules } from '../domain/logbook/rules/index.ts'
import { dayInThailand } from '../domain/time.ts'
import type { PlannedEntry } from './diary.ts'
import { historyOf, type PracticeHousehold } from './history.ts'
import { createRandom } from './random.ts'
import { sinceThen } from './since.ts'

const seed = 2565

function householdAt(areaCode: string, number: number, lists = ['thaiqm-2']): PracticeHousehold {
  const random = createRandom('households', areaCode, number)
  return {
    id: `01890000-0000-7000-8000-${areaCode}${String(number).padStart(4, '0')}`,
    areaCode,
    lists,
    listDate: lists.includes('tpmap-2565') ? '2022-09-30' : '2022-12-09',
    members: Array.from({ length: 1 + random.below(5) }, (_, member) => ({
      id: `01890000-0000-7000-9000-${areaCode}${String(number * 10 + member).padStart(4, '0')}`,
      age: random.chance(0.05) ? null : random.below(90),
    })),
  }
}

const accounts = { mentor: 'm', operations: 'o', district: 'd' }
const stored = ({ draft, author, recordedAt }: PlannedEntry): Entry => ({
  ...draft,
  accountId: accounts[author],
  recordedAt: new Date(recordedAt).toISOString(),
})

const villages = Array.from({ length: 12 }, (_, index) => `31${String(index + 1).padStart(2, '0')}0101`)
const households = villages.flatMap((village) =>
  Array.from({ length: 60 }, (_, number) =>
    householdAt(village, number, number % 4 === 0 ? ['tpmap-2565'] : ['thaiqm-2']),
  ),
)
const year = households.map((household) => ({ household, entries: historyOf(household, seed) }))

/** Share of the households of which a fact held at the end of a day, as recorded until then. */
function share(fact: string, day: string, among = year): number {
  const until = `${addDays(day, 1)}T00:00:00+07:00`
  const facts = among.map(({ entries }) => {
    const known = entries.filter(({ recordedAt }) => recordedAt < Date.parse(until)).map(stored)
    return factsOf(known.length === 0 ? null : fold(known, defaultRules), defaultRules)
  })
  return facts.filter((each) => each.includes(fact)).length / facts.filter((each) => each.includes('target')).length
}

describe('a practice year', () => {
  it('is the same for the same seed, and another one for another', () => {
    const [household] = households
    expect(historyOf(household!, seed)).toEqual(historyOf(household!, seed))
    const all = (of: number) => households.slice(0, 20).map((each) => historyOf(each, of))
    expect(all(1)).not.toEqual(all(2))
  })

  it('obeys every rule of an entry, as if people had typed it, in the order in which it was recorded', () => {
    for (const { household, entries } of year) {
      const known: Entry[] = []
      for (const planned of entries) {
        const entry = stored(planned)
        expect(entrySchema.safeParse(planned.draft).error?.issues ?? []).toEqual([])
        const context = {
          today: dayInThailand(new Date(planned.recordedAt)),
          listDate: household.listDate,
          accountId: entry.accountId,
          rules: defaultRules,
        }
        expect(checkEntry(known, planned.draft, context), `${household.id} ${entry.kind} ${entry.happenedOn}`).toEqual(
          [],
        )
        known.push(entry)
      }
      expect(new Set(known.map(({ id }) => id)).size).toBe(known.length)
      expect(entries.map(({ recordedAt }) => recordedAt)).toEqual(
        entries.map(({ recordedAt }) => recordedAt).toSorted((a, b) => a - b),
      )
      if (known.length > 0) expect(fold(known, defaultRules).loose).toEqual([])
    }
  })

  it('holds every kind of entry, late ones, corrections and all that can become of a problem', () => {
    const entries = year.flatMap(({ entries: own }) => own)
    const kinds = new Set(entries.map(({ draft }) => draft.kind))
    expect([...kinds].toSorted()).toEqual([
      'assessment',
      'assistance',
      'correction',
      'followUp',
      'hold',
      'outcome',
      'outcomeDecision',
      'plan',
      'relapse',
      'result',
      'visit',
    ])
    const late = entries.filter(
      ({ draft, recordedAt }) => dayInThailand(new Date(recordedAt)) > addDays(draft.happenedOn, 7),
    )
    expect(late.length / entries.length).toBeGreaterThan(0.01)
    const results = new Set(
      entries.flatMap(({ draft }) =>
        draft.kind === 'result' ? draft.content.results.map(({ result }) => result) : [],
      ),
    )
    expect(results.size).toBe(5)
  })

  it('goes on after the year, so that on the day of a demonstration some visits are due, some done, and few overdue', () => {
    const today = '2026-11-24'
    const statuses = new Map<string, number>()
    for (const { household, entries } of year) {
      const since = sinceThen(household, entries, seed, today)
      expect(since.every(({ recordedAt }) => recordedAt < Date.parse(`${today}T00:00:00+07:00`))).toBe(true)
      const all = [...entries, ...since].map(stored)
      const { status } = dutyOf({
        state: all.length === 0 ? null : fold(all, defaultRules),
        lists: household.lists.map((code) => ({ code, from: household.listDate })),
        rules: defaultRules,
        today,
      })
      if (household.lists.includes('tpmap-2565')) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    for (const status of ['due', 'done', 'overdue']) expect(statuses.get(status)).toBeGreaterThan(5)
    expect(statuses.get('overdue')).toBeLessThan(statuses.get('due')!)
  })

  it('hurries towards March, helps until December, and leaves something to be done', () => {
    expect(share('recorded', '2023-01-31')).toBeLessThan(share('recorded', '2023-02-28'))
    expect(share('recorded', '2023-03-31')).toBeGreaterThan(0.55)
    expect(share('recorded', '2023-03-31')).toBeLessThan(0.9)
    expect(share('recorded', '2023-12-31')).toBeGreaterThan(0.88)
    expect(share('helpedWithResult', '2023-09-30')).toBeGreaterThan(0.3)
    expect(share('helpedWithResult', '2023-12-31')).toBeLessThan(0.95)
    expect(share('helpedWithResult', '2023-12-31')).toBeGreaterThan(share('helpedWithResult', '2023-09-30') + 0.05)
  })

  it('lets districts differ, so that some reach the three quarters and some do not', () => {
    const shares = villages.map((village) =>
      share(
        'recorded',
        '2023-03-31',
        year.filter(({ household }) => household.areaCode === village),
      ),
    )
    expect(Math.max(...shares)).toBeGreaterThan(0.75)
    expect(Math.min(...shares)).toBeLessThan(0.7)
  })

  it('visits the households of the TPMAP list far more often than the others', () => {
    const visits = (list: string) => {
      const own = year.filter(({ household }) => household.lists.includes(list))
      return (
        own.flatMap(({ entries }) => entries.filter(({ draft }) => draft.kind === 'visit' || draft.kind === 'followUp'))
          .length / own.length
      )
    }
    expect(visits('tpmap-2565')).toBeGreaterThan(2 * visits('thaiqm-2'))
  })
})
