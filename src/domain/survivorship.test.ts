import { describe, expect, it } from 'vitest'
import { householdFactsSchema } from './household.ts'
import { memberFactsSchema } from './member.ts'
import { defaultSurvivorship, survive, survivorshipRules, type Statement } from './survivorship.ts'

const older: Statement = { value: '0812345678', listDate: '2022-09-30', trustRank: 1 }
const newer: Statement = { value: '0898765432', listDate: '2023-01-31', trustRank: 2 }
const nothing = { value: null, listDate: '2023-01-31', trustRank: 1 }

describe('survive', () => {
  it('never lets an empty cell wipe out what is known, and always fills what is not', () => {
    for (const rule of survivorshipRules) {
      expect(survive('phone', older, nothing, rule)).toBe('keep')
      expect(survive('phone', nothing, older, rule)).toBe('take')
      expect(survive('phone', older, { ...newer, value: older.value }, rule)).toBe('keep')
    }
  })

  it.each([
    ['newest', 'take', 'keep'],
    ['trusted', 'keep', 'take'],
    ['fill', 'keep', 'keep'],
    ['ask', 'ask', 'ask'],
  ] as const)('by the rule %s: newer and less trusted %s, older and more trusted %s', (rule, forward, back) => {
    expect(survive('phone', older, newer, rule)).toBe(forward)
    expect(survive('phone', newer, older, rule)).toBe(back)
  })

  it('takes the newer of two lists that are trusted alike, and an undated one never', () => {
    expect(survive('sex', older, { ...newer, trustRank: 1 }, 'trusted')).toBe('take')
    expect(survive('phone', older, { ...newer, listDate: null }, 'newest')).toBe('keep')
    expect(survive('phone', { ...older, listDate: null }, newer, 'newest')).toBe('take')
  })

  it('asks before what identifies a household or a person is changed', () => {
    expect(survive('nationalId', older, newer)).toBe('ask')
    expect(survive('houseCode', older, newer)).toBe('ask')
    expect(survive('areaCode', older, newer)).toBe('ask')
  })

  it('has a rule for every field', () => {
    const fields = [...Object.keys(householdFactsSchema.shape), ...Object.keys(memberFactsSchema.shape)]
    expect(Object.keys(defaultSurvivorship).toSorted()).toEqual(fields.toSorted())
  })
})
