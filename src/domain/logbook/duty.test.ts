import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histories, logbook, shuffled } from '../../../test/support/logbook.ts'
import { addDays, endOfMonth, monthOf } from '../days.ts'
import { dutyOf, nextDuty, type DutyAsked } from './duty.ts'
import type { Entry } from './entry.ts'
import { fold } from './fold.ts'
import { defaultRules } from './rules/index.ts'

const tpmap = [{ code: 'tpmap-2565', from: '2022-09-30' }]
const thaiqm = [{ code: 'thaiqm-2', from: '2022-12-09' }]
const stateOf = (entries: Entry[]) => (entries.length === 0 ? null : fold(entries, defaultRules))
const duty = (entries: Entry[], today: string, more: Partial<DutyAsked> = {}) =>
  dutyOf({ state: stateOf(entries), lists: tpmap, rules: defaultRules, today, ...more })

describe('the monthly duty of a TPMAP household', () => {
  it('that nobody has visited is due by the end of the month of the letter', () => {
    expect(duty([], '2022-12-20')).toMatchObject({ dueOn: '2022-12-31', reason: 'monthly', status: 'never' })
    expect(duty([], '2023-06-01')).toMatchObject({ dueOn: '2022-12-31', status: 'never' })
  })

  it('is done for this month by a visit on any day of it, due in the next month, overdue after that', () => {
    const visit = [logbook().says('visit', '2023-03-02')]
    expect(duty(visit, '2023-03-31')).toMatchObject({ dueOn: '2023-04-30', status: 'done', doneThisMonth: true })
    expect(duty(visit, '2023-04-30')).toMatchObject({ status: 'due', doneThisMonth: false })
    expect(duty(visit, '2023-05-01')).toMatchObject({ dueOn: '2023-04-30', status: 'overdue' })
  })

  it('begins with the list, when the household came onto it later', () => {
    expect(duty([], '2023-05-01', { lists: [{ code: 'tpmap-2565', from: '2023-05-10' }] }).dueOn).toBe('2023-05-31')
  })

  it('ends with the list: nothing is due after its last month', () => {
    const rules = {
      ...defaultRules,
      duty: { ...defaultRules.duty, monthly: [{ list: 'tpmap-2565', from: '2022-12-09', until: '2023-09-30' }] },
    }
    const visit = [logbook().says('visit', '2023-09-02')]
    expect(duty(visit, '2023-10-01', { rules })).toMatchObject({ dueOn: null, status: 'none' })
    expect(duty([logbook().says('visit', '2023-08-02')], '2023-10-01', { rules }).status).toBe('overdue')
  })

  it('is no duty of a household on other lists, nor of one that left', () => {
    expect(duty([], '2023-03-01', { lists: thaiqm }).status).toBe('none')
    const book = logbook()
    const moved = book.says('outcome', '2023-03-01')
    expect(duty([moved], '2023-03-02').status).toBe('never')
    expect(duty([moved, book.decides(moved.id, 'approve', '2023-03-03')], '2023-03-04')).toMatchObject({
      dueOn: null,
      status: 'none',
    })
  })
})

describe('the watch after help', () => {
  it('thins out: after 1, 2, 3, 6 and 12 months, then nothing more', () => {
    const book = logbook()
    const story: Entry[] = [book.says('assistance', '2023-01-31')]
    const due: (string | null)[] = []
    for (let round = 0; round < 6; round += 1) {
      const next = duty(story, '2023-01-31', { lists: thaiqm })
      due.push(next.dueOn)
      if (next.dueOn) story.push(book.says('followUp', next.dueOn))
    }
    expect(due).toEqual(['2023-02-28', '2023-03-31', '2023-04-30', '2023-07-31', '2024-01-31', null])
  })

  it('begins anew with new help, and a visit covers the months before it', () => {
    const book = logbook()
    const story: Entry[] = [book.says('assistance', '2023-01-10'), book.says('visit', '2023-03-05')]
    expect(duty(story, '2023-03-06', { lists: [] }).dueOn).toBe('2023-04-30')
    story.push(book.says('assistance', '2023-05-10'))
    expect(duty(story, '2023-05-11', { lists: [] })).toMatchObject({ dueOn: '2023-06-30', reason: 'afterHelp' })
  })
})

describe('an agreed day', () => {
  it('comes before the end of the month, and counts until the next visit', () => {
    const book = logbook()
    const story: Entry[] = [book.says('visit', '2023-03-02', { nextOn: '2023-03-20' })]
    expect(duty(story, '2023-03-10')).toMatchObject({ dueOn: '2023-03-20', reason: 'agreed', status: 'due' })
    expect(duty(story, '2023-03-21').status).toBe('overdue')
    story.push(book.says('visit', '2023-03-20'))
    expect(duty(story, '2023-03-21')).toMatchObject({ dueOn: '2023-04-30', reason: 'monthly', status: 'done' })
  })
})

describe('a hold', () => {
  it('for harvest moves what falls due in it to the month that follows', () => {
    const book = logbook()
    const story: Entry[] = [
      book.says('visit', '2023-09-10'),
      book.says('hold', '2023-10-01', { untilOn: '2023-11-30' }),
    ]
    expect(duty(story, '2023-11-30')).toMatchObject({ dueOn: '2023-12-31', status: 'held' })
    expect(duty(story, '2023-12-01').status).toBe('due')
    expect(duty(story, '2024-01-01').status).toBe('overdue')
  })

  it('is over when it is taken back, and never lasts longer than the rule allows', () => {
    const book = logbook()
    const hold = book.says('hold', '2023-10-01', { untilOn: '2099-12-31' })
    const visit = book.says('visit', '2023-09-10')
    expect(duty([visit, hold], '2023-11-01').dueOn).toBe('2024-01-31')
    expect(duty([visit, hold], '2024-02-01').status).toBe('overdue')
    expect(duty([visit, hold, book.corrects(hold, null)], '2023-11-01')).toMatchObject({
      dueOn: '2023-10-31',
      status: 'overdue',
    })
  })

  it('of the area suspends while it lasts, without moving the day', () => {
    const areaHolds = [{ fromOn: '2023-10-01', untilOn: '2023-10-15' }]
    const visit = [logbook().says('visit', '2023-08-10')]
    expect(duty(visit, '2023-10-15', { areaHolds })).toMatchObject({ dueOn: '2023-09-30', status: 'held' })
    expect(duty(visit, '2023-10-16', { areaHolds }).status).toBe('overdue')
  })
})

describe('whatever happens', () => {
  const lists = fc.constantFrom(tpmap, thaiqm, [...tpmap, ...thaiqm], [])
  const today = fc.integer({ min: 0, max: 500 }).map((days) => addDays('2022-12-09', days))

  it('the day that is due depends neither on the order of arrival nor on today', () => {
    fc.assert(
      fc.property(shuffled, lists, today, ([entries, others], on, day) => {
        const asked = { lists: on, rules: defaultRules }
        expect(nextDuty({ ...asked, state: stateOf(others) })).toEqual(nextDuty({ ...asked, state: stateOf(entries) }))
        expect(dutyOf({ ...asked, state: stateOf(entries), today: day }).dueOn).toBe(
          nextDuty({ ...asked, state: stateOf(entries) })?.dueOn ?? null,
        )
      }),
    )
  })

  it('a visit today without an appointment leaves nothing due this month', () => {
    fc.assert(
      fc.property(histories, lists, (entries, on) => {
        const last = entries.reduce((day, entry) => (entry.happenedOn > day ? entry.happenedOn : day), '2023-01-01')
        const day = addDays(last, 40)
        const visited = [...entries.filter(({ kind }) => kind !== 'correction'), logbook(990).says('visit', day)]
        const next = nextDuty({ state: stateOf(visited), lists: on, rules: defaultRules })
        if (next) expect(next.dueOn > endOfMonth(monthOf(day))).toBe(true)
      }),
    )
  })
})
