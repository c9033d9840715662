import { describe, expect, it } from 'vitest'
import { classesOf } from './classes.ts'
import {
  ageOn,
  anybody,
  monthsLater,
  proposeHelp,
  type Eligible,
  type HelpFacts,
  type HelpItem,
} from './eligibility.ts'
import { defaultClasses } from './rules/classes.ts'
import type { ProblemCase } from './state.ts'

const on = '2023-01-15'
const item = (code: string, eligible: Partial<Eligible>, more: Partial<HelpItem> = {}): HelpItem => ({
  code,
  dimension: 'income',
  eligible: { ...anybody, ...eligible },
  validFrom: '2022-10-01',
  validTo: null,
  ...more,
})
const allowance = item('elder-allowance', { member: { ageFrom: 60, ageTo: null }, ask: ['noAllowance'] })

const roof: ProblemCase = {
  id: 'roof',
  dimension: 'living',
  indicator: null,
  memberId: null,
  problem: 'หลังคารั่ว',
  need: null,
  solution: null,
  entryId: 'entry',
  statedOn: on,
  assistance: [],
  result: null,
  relapsedOn: null,
  state: 'open',
}

function household(parts: {
  ages?: Record<string, number | null>
  income?: number | null
  problems?: ProblemCase[]
  given?: HelpFacts['given']
}): HelpFacts {
  const members = Object.entries(parts.ages ?? { ยายมา: 72, ลูก: 40 }).map(([id, age]) => ({ id, age }))
  const state = {
    problems: parts.problems ?? [],
    incomePerPerson: parts.income === undefined ? 24_000 : parts.income,
    pictures: [],
    path: null,
    stage: null,
  }
  const classes = classesOf({ members, state, on }, defaultClasses)
  return { members, state, classes, given: parts.given ?? [], on }
}

describe('proposals of help', () => {
  it('name the old woman of 72 who has no allowance, and nobody else of the house', () => {
    expect(proposeHelp(household({}), [allowance])).toEqual([
      {
        item: 'elder-allowance',
        memberId: 'ยายมา',
        reasons: [{ code: 'age', age: 72 }, { code: 'neverGiven' }],
        ask: ['noAllowance'],
        problemIds: [],
      },
    ])
  })

  it('leave out what the member already has', () => {
    const given = [{ item: 'elder-allowance', memberId: 'ยายมา', on: '2022-11-01' }]
    expect(proposeHelp(household({ given }), [allowance])).toEqual([])
    const toSon = [{ ...given[0]!, memberId: 'ลูก' }]
    expect(proposeHelp(household({ given: toSon }), [allowance])).toHaveLength(1)
  })

  it('come again after the months that the item states, and no more often than it allows', () => {
    const relief = item('relief', { againAfterMonths: 3, mostTimes: 2 })
    const help = (day: string) => ({ item: 'relief', memberId: null, on: day })
    expect(proposeHelp(household({ given: [help('2022-10-16')] }), [relief])).toEqual([])
    expect(proposeHelp(household({ given: [help('2022-10-15')] }), [relief])[0]!.reasons).toEqual([
      { code: 'givenLongAgo', on: '2022-10-15' },
    ])
    expect(proposeHelp(household({ given: [help('2022-01-01'), help('2022-05-01')] }), [relief])).toEqual([])
  })

  it('know from assessments who is disabled, ill or bedridden, and ask only of those of whom nobody said', () => {
    const ofMember = item('card', { member: { ageFrom: null, ageTo: null }, ask: ['disabled', 'urgent'] })
    const ofHouse = (condition: 'disabled' | 'bedridden' | 'chronicallyIll') => item('house', { ask: [condition] })
    type Health = HelpFacts['members'][number]['health']
    const well: Health = { condition: 'normal', caresForSelf: true }
    const disabled: Health = { condition: 'disabled', caresForSelf: false }
    const propose = (one: HelpItem, healthOf: Record<string, Health>) => {
      const facts = household({})
      const members = facts.members.map((member) => ({ ...member, health: healthOf[member.id] }))
      return proposeHelp({ ...facts, members }, [one]).map(({ memberId, ask, reasons }) => [
        memberId,
        ask.join(' '),
        reasons.some(({ code }) => code === 'health'),
      ])
    }
    expect(propose(ofMember, { ยายมา: disabled })).toEqual([
      ['ยายมา', 'urgent', true],
      ['ลูก', 'disabled urgent', false],
    ])
    expect(propose(ofMember, { ยายมา: well, ลูก: well })).toEqual([])
    expect(propose(ofHouse('disabled'), { ยายมา: disabled })).toEqual([[null, '', true]])
    expect(propose(ofHouse('disabled'), { ยายมา: well })).toEqual([[null, 'disabled', false]])
    expect(propose(ofHouse('disabled'), { ยายมา: well, ลูก: well })).toEqual([])
    // One condition is recorded of each, and who needs care need not lie in bed.
    expect(propose(ofHouse('chronicallyIll'), { ยายมา: disabled, ลูก: well })).toEqual([[null, 'chronicallyIll', false]])
    expect(propose(ofHouse('bedridden'), { ยายมา: disabled, ลูก: well })).toEqual([[null, 'bedridden', false]])
  })

  it('ask for the income where nobody stated it, and stop where it is too high', () => {
    const grant = item('grant', { incomeAtMost: 100_000 })
    expect(proposeHelp(household({ income: null }), [grant])[0]!.ask).toEqual(['income'])
    expect(proposeHelp(household({ income: 100_000 }), [grant])[0]!.reasons[0]).toEqual({
      code: 'income',
      baht: 100_000,
      limit: 100_000,
    })
    expect(proposeHelp(household({ income: 100_001 }), [grant])).toEqual([])
  })

  it('hold on the first and the last day of the item, and on no other side', () => {
    const of = (validFrom: string, validTo: string | null) =>
      proposeHelp(household({}), [item('x', {}, { validFrom, validTo })]).length
    expect([of(on, on), of('2023-01-16', null), of('2022-01-01', '2023-01-14')]).toEqual([1, 0, 0])
  })

  it('put what meets a stated problem first, and need one where the item says so', () => {
    const repair = item('repair', { needsProblem: true }, { dimension: 'living' })
    expect(proposeHelp(household({ problems: [roof] }), [allowance, repair]).map((each) => each.item)).toEqual([
      'repair',
      'elder-allowance',
    ])
    expect(proposeHelp(household({ problems: [{ ...roof, state: 'solved' }] }), [repair])).toEqual([])
  })

  it('go by the classes, and ask where the class is not known', () => {
    const training = item('training', { paths: ['develop'] })
    expect(proposeHelp(household({}), [training])[0]!.reasons[0]).toEqual({ code: 'path', path: 'develop' })
    expect(proposeHelp(household({ ages: { ยายมา: 72 } }), [training])).toEqual([])
    expect(proposeHelp(household({ ages: { ยายมา: null } }), [training])[0]!.ask).toEqual(['class'])
    expect(proposeHelp(household({}), [item('urgent', { vulnerabilityFrom: 2 })])).toHaveLength(1)
    expect(proposeHelp(household({ ages: { ลูก: 40 } }), [item('urgent', { vulnerabilityFrom: 2 })])).toEqual([])
  })
})

describe('days', () => {
  it('keep to the end of the month', () => {
    expect(monthsLater('2023-01-31', 1)).toBe('2023-02-28')
    expect(monthsLater('2022-12-15', 3)).toBe('2023-03-15')
  })
  it('count full years', () => {
    expect([ageOn('1950-01-15', on), ageOn('1950-01-16', on), ageOn('2023-01-16', on), ageOn(null, on)]).toEqual([
      73,
      72,
      null,
      null,
    ])
  })
})
