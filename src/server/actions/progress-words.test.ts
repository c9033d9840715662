import { describe, expect, it } from 'vitest'
import { visitedFact } from '../../domain/logbook/rules/facts.ts'
import { defaultRules } from '../../domain/logbook/rules/index.ts'
import { assumptionsOf, factsShown, notesOf } from './progress-words.ts'

describe('what is assumed stands beside the figures', () => {
  const byCode = new Map(factsShown(defaultRules).map((fact) => [fact.code, fact]))
  const english = (code: string) =>
    byCode
      .get(code)!
      .notes.map(({ en }) => en)
      .join(' ')

  it('for the facts that the letter names without saying what they mean', () => {
    expect(english('recorded')).toContain('every stated problem has a need')
    expect(english('helpedWithResult')).toMatch(/some help was given.*some problem has a result/)
    for (const code of ['recorded', 'helped', 'helpedWithResult', 'target'])
      expect([code, byCode.get(code)!.isAssumption, byCode.get(code)!.notes.length > 0]).toEqual([code, true, true])
    expect(byCode.get('recorded')!.clause).not.toBeNull()
  })

  it('as the rules of the province have them', () => {
    const facts = defaultRules.facts.map((fact) =>
      fact.code === 'helped' ? { ...fact, all: ['visited' as const] } : fact,
    )
    expect(notesOf('helped', { facts }).map(({ en }) => en)).toEqual([expect.stringContaining('nobody was at home')])
  })

  it('on every milestone, a month’s too', () => {
    const [milestone] = defaultRules.milestones
    const words = (fact: string) =>
      assumptionsOf({ ...milestone!, fact }, defaultRules, true)
        .map(({ en }) => en)
        .join(' ')
    expect(words('recorded')).toMatch(/every stated problem has a need.*Out of the target/)
    expect(words(visitedFact('2023-01'))).toContain('nobody was at home')
  })
})
