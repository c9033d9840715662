import { describe, expect, it } from 'vitest'
import { classesOf, type ClassFacts } from './classes.ts'
import { defaultClasses } from './rules/classes.ts'
import type { ProblemCase } from './state.ts'

const problem = (dimension: ProblemCase['dimension'], state: ProblemCase['state']): ProblemCase => ({
  id: '01890000-0000-7000-8000-000000000001',
  dimension,
  indicator: null,
  memberId: null,
  problem: 'หลังคารั่ว',
  need: null,
  solution: null,
  entryId: '01890000-0000-7000-8000-000000000002',
  statedOn: '2023-01-10',
  assistance: [],
  result: null,
  relapsedOn: null,
  state,
})

const household = (ages: (number | null)[], state: Partial<ClassFacts['state']> = {}): ClassFacts => ({
  members: ages.map((age) => ({ age })),
  state: { pictures: [], problems: [], incomePerPerson: null, path: null, stage: null, ...state },
  on: '2023-01-15',
})
const classes = (ages: (number | null)[], state: Partial<ClassFacts['state']> = {}) =>
  classesOf(household(ages, state), defaultClasses)

describe('the path of a household', () => {
  it('is that of development when somebody can work', () => {
    expect(classes([72, 45]).path).toEqual({ value: 'develop', by: 'rule', reasons: [{ code: 'workers', count: 1 }] })
  })
  it('is that of welfare when nobody can', () => {
    expect(classes([72, 9]).path).toEqual({ value: 'welfare', by: 'rule', reasons: [{ code: 'noWorkers' }] })
    const facts = { ...household([30]), members: [{ age: 30, needsCare: true }] }
    expect(classesOf(facts, defaultClasses).path.value).toBe('welfare')
  })
  it('is not guessed from ages that nobody wrote down', () => {
    expect(classes([72, null]).path.value).toBeNull()
    expect(classes([]).path.value).toBeNull()
    expect(classes([45, null]).path.value).toBe('develop')
  })
  it('is what a person judged, before what the rule says', () => {
    expect(classes([72], { path: 'develop' }).path).toEqual({
      value: 'develop',
      by: 'person',
      reasons: [{ code: 'judged' }],
    })
  })
})

describe('the stage of a household', () => {
  it('follows its income, with the line of the indicators as the first step', () => {
    expect(classes([40], { incomePerPerson: 39_999 }).stage.value).toBe('survive')
    expect(classes([40], { incomePerPerson: 40_000 }).stage.value).toBe('sufficient')
    expect(classes([40], { incomePerPerson: 99_999 }).stage.value).toBe('sufficient')
    expect(classes([40], { incomePerPerson: 100_000 }).stage.value).toBe('sustainable')
    expect(classes([40]).stage).toEqual({ value: null, by: 'rule', reasons: [{ code: 'incomeUnknown' }] })
  })
  it('stays the first one in a house that is not fit to live in', () => {
    const rich = { incomePerPerson: 150_000 }
    expect(classes([40], { ...rich, problems: [problem('living', 'notYet')] }).stage.value).toBe('survive')
    expect(classes([40], { ...rich, problems: [problem('living', 'solved')] }).stage.value).toBe('sustainable')
    expect(classes([40], { ...rich, problems: [problem('education', 'helped')] }).stage).toEqual({
      value: 'sufficient',
      by: 'rule',
      reasons: [{ code: 'problemsUnsolved', count: 1 }],
    })
  })
})

describe('a dimension that fails', () => {
  const picture = (on: string, living: 'pass' | 'fail' | 'unknown') => ({
    on,
    entryId: on,
    dimensions: { health: 'pass', living, education: 'unknown', income: 'unknown', access: 'unknown' } as const,
  })
  const stage = (...pictures: ReturnType<typeof picture>[]) =>
    classes([40], { incomePerPerson: 150_000, pictures }).stage.value

  it('goes on failing after an assessment that did not ask about it, and passes once one did', () => {
    const failed = picture('2022-12-20', 'fail')
    expect(stage(failed)).toBe('survive')
    expect(stage(picture('2023-01-10', 'unknown'), failed)).toBe('survive')
    expect(stage(picture('2023-01-12', 'unknown'), picture('2023-01-10', 'pass'), failed)).toBe('sustainable')
  })
})

describe('the level of vulnerability', () => {
  const level = (ages: (number | null)[], state: Partial<ClassFacts['state']> = {}) =>
    classes(ages, state).vulnerability.value
  it('rises with low income, a housing problem and the number of those who depend on others', () => {
    expect(level([40], { incomePerPerson: 100_001 })).toBe(0)
    expect(level([40], { incomePerPerson: 100_000 })).toBe(1)
    expect(level([40, 70], { incomePerPerson: 20_000 })).toBe(2)
    expect(level([40, 70, 3], { incomePerPerson: 20_000 })).toBe(2)
    expect(level([40, 70, 3, 81], { incomePerPerson: 20_000 })).toBe(3)
    expect(level([70], { incomePerPerson: 200_000, problems: [problem('living', 'open')] })).toBe(2)
  })
  it('does not count children above the age as dependents', () => {
    expect(level([40, 7], { incomePerPerson: 20_000 })).toBe(1)
    expect(level([40, 6], { incomePerPerson: 20_000 })).toBe(2)
  })
  it('is not known without an income and without a housing problem', () => {
    expect(level([40, 70])).toBeNull()
  })
  it('says how many ages are missing where they could raise it', () => {
    expect(classes([40, null], { incomePerPerson: 20_000 }).vulnerability.reasons).toContainEqual({
      code: 'agesUnknown',
      count: 1,
    })
  })
})
