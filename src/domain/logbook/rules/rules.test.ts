import { describe, expect, it } from 'vitest'
import { visitedFact } from './facts.ts'
import { defaultRules, ruleKinds, rulesFaults, ruleSchemas } from './index.ts'

describe('the rules that ship', () => {
  it.each(ruleKinds)('%s fit the shape in which a province edits them', (kind) => {
    expect(ruleSchemas[kind].parse(defaultRules[kind])).toEqual(defaultRules[kind])
  })

  it('fit together', () => {
    expect(rulesFaults(defaultRules)).toEqual([])
  })

  it("hold the letter's milestones, each with its document and clause", () => {
    expect(
      defaultRules.milestones.map(({ fact, share, dueOn, lists }) => [fact, share, dueOn, lists.join('+')]),
    ).toEqual([
      ['recorded', 75, '2023-03-31', 'thaiqm-2'],
      ['recorded', 75, '2023-03-31', 'thaiqm-2+vulnerable+found'],
      ['helpedWithResult', 50, '2023-09-30', 'thaiqm-2+vulnerable+found'],
      ['helpedWithResult', 100, '2023-12-31', 'thaiqm-2+vulnerable+found'],
      ['visited', 100, null, 'tpmap-2565'],
    ])
    for (const { document, clause } of defaultRules.milestones) {
      expect(document).toContain('ว ๒๘๗๓')
      expect(clause).toMatch(/ข้อ/)
    }
  })
})

describe('rules that a province edits', () => {
  it('never let a household count that is out of the denominator', () => {
    const leaving = defaultRules.outcomes.map((rule) =>
      rule.code === 'moved' ? { ...rule, countsAs: ['recorded'] } : rule,
    )
    expect(ruleSchemas.outcomes.safeParse(leaving).success).toBe(false)
    const facts = defaultRules.facts.map((fact) => (fact.code === 'recorded' ? { ...fact, none: [] } : fact))
    expect(rulesFaults({ ...defaultRules, facts }).map(({ code, fault }) => `${code} ${fault}`)).toEqual([
      'recorded-thaiqm factCountsThoseWhoLeft',
      'recorded-phase-2 factCountsThoseWhoLeft',
    ])
  })

  it('name only facts that there are', () => {
    const facts = defaultRules.facts.filter(({ code }) => code !== 'helpedWithResult')
    const outcomes = defaultRules.outcomes.map((rule) =>
      rule.code === 'refuses' ? { ...rule, countsAs: ['asked'] } : rule,
    )
    expect(rulesFaults({ ...defaultRules, facts, outcomes }).map(({ kind, code }) => `${kind} ${code}`)).toEqual([
      'milestones result-half',
      'milestones result-all',
      'outcomes refuses',
    ])
  })

  it('keep the fact that the work list of those not recorded asks for, even where no milestone names it', () => {
    const facts = defaultRules.facts.filter(({ code }) => code !== 'recorded')
    const parsed = ruleSchemas.facts.safeParse(facts)
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual(['recordedMissing'])
  })

  it('take no code that is the program’s own, and every outcome has one rule', () => {
    const [first] = defaultRules.facts
    for (const code of ['target', visitedFact('2023-01'), 'two words'])
      expect(ruleSchemas.facts.safeParse([{ ...first, code }]).success).toBe(false)
    expect(ruleSchemas.facts.safeParse([first, first]).success).toBe(false)
    expect(ruleSchemas.outcomes.safeParse(defaultRules.outcomes.slice(1)).success).toBe(false)
    expect(ruleSchemas.outcomes.safeParse([...defaultRules.outcomes.slice(1), defaultRules.outcomes[1]]).success).toBe(
      false,
    )
  })

  it('keep a milestone’s days in order, and a monthly one without a last day', () => {
    const [first] = defaultRules.milestones
    const monthly = defaultRules.milestones.at(-1)
    const isTaken = (milestone: object) => ruleSchemas.milestones.safeParse([milestone]).success
    expect(isTaken({ ...first, dueOn: '2022-01-01' })).toBe(false)
    expect(isTaken({ ...first, dueOn: null })).toBe(false)
    expect(isTaken({ ...first, share: 74.5 })).toBe(false)
    expect(isTaken({ ...monthly, dueOn: '2023-12-31' })).toBe(false)
    expect(isTaken({ ...monthly, fact: 'recorded' })).toBe(false)
    expect(isTaken({ ...monthly, share: 90 })).toBe(true)
  })

  it('let the watch after help only thin out', () => {
    const { duty } = defaultRules
    expect(ruleSchemas.duty.safeParse({ ...duty, watchMonths: [1, 1] }).success).toBe(false)
    expect(ruleSchemas.duty.safeParse({ ...duty, watchMonths: [3, 2] }).success).toBe(false)
    expect(ruleSchemas.duty.safeParse({ ...duty, monthly: [...duty.monthly, ...duty.monthly] }).success).toBe(false)
    expect(
      ruleSchemas.duty.safeParse({ ...duty, monthly: [{ list: 'x', from: '2023-02-01', until: '2023-01-01' }] })
        .success,
    ).toBe(false)
  })
})
