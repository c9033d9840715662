import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchThresholds, matchWeights, nameSimilarity, scoreHouseholds, type MatchSide } from './matching.ts'
import { thaiFullName } from '../../test/support/thai-text.ts'

const tpmap: MatchSide = { areaCode: '31090207', houseNumber: '27/1', names: ['นายสมชาย ใจดี', 'นางสมศรี ใจดี'] }

const side: fc.Arbitrary<MatchSide> = fc.record({
  areaCode: fc.constantFrom('31090207', '31090208', '31090200', '31010101'),
  houseNumber: fc.constantFrom(null, '1', '27/1', '๒๗/๑'),
  names: fc.array(thaiFullName, { maxLength: 4 }),
})

describe('scoreHouseholds', () => {
  it('gives 100 to the same household written in another way', () => {
    const thaiqm = { areaCode: '31090207', houseNumber: '๐๒๗/๑', names: ['สมศรี ใจดี', 'สมช่าย  ใจดี'] }
    expect(scoreHouseholds(tpmap, thaiqm)).toEqual({
      score: 100,
      reasons: [
        { term: 'name', points: 45, of: 45 },
        { term: 'houseNumber', points: 25, of: 25 },
        { term: 'village', points: 10, of: 10 },
        { term: 'members', points: 20, of: 20 },
      ],
    })
  })

  it('asks about a household that misspells one name and knows no village', () => {
    const { score } = scoreHouseholds(tpmap, { areaCode: '31090200', houseNumber: '27/1', names: ['สมชัย ใจดี'] })
    expect(score).toBeGreaterThanOrEqual(matchThresholds.doubtful)
    expect(score).toBeLessThan(100)
  })

  it('does not ask about neighbours, nor about namesakes elsewhere', () => {
    expect(scoreHouseholds(tpmap, { ...tpmap, houseNumber: '28', names: ['บุญมี ศรีสุข'] }).score).toBeLessThan(
      matchThresholds.doubtful,
    )
    expect(
      scoreHouseholds(tpmap, { areaCode: '31010101', houseNumber: null, names: ['สมชาย ใจงาม'] }).score,
    ).toBeLessThan(matchThresholds.doubtful)
  })

  it('is the same from both sides, between 0 and 100, and the sum of its reasons', () => {
    fc.assert(
      fc.property(side, side, (a, b) => {
        const { score, reasons } = scoreHouseholds(a, b)
        expect(scoreHouseholds(b, a).score).toBe(score)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(100)
        expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBe(score)
      }),
    )
  })

  it('has weights that add up to 100', () => {
    expect(Object.values(matchWeights).reduce((sum, weight) => sum + weight, 0)).toBe(100)
  })
})

describe('nameSimilarity', () => {
  it('counts trigrams as the database does', () => {
    // similarity('สมชาย', 'สมชัย') of pg_trgm: 3 of 9 trigrams are shared.
    expect(nameSimilarity('สมชาย', 'สมชัย')).toBeCloseTo(3 / 9)
    expect(nameSimilarity('นายก้อง ใจดี', 'ด.ช.กอง ใจดี')).toBe(1)
    expect(nameSimilarity('', 'สมชาย')).toBe(0)
  })
})
