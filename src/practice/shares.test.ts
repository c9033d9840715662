import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areasOn, loadAreas } from '../server/areas/areas.ts'
import { spreadOverVillages } from './counts.ts'
import { loadNames } from './names.ts'
import { apportion, buriram, nation, provinceShares } from './shares.ts'
import { villagesOf } from './villages.ts'

const areas = areasOn(loadAreas(), '2022-09-30')

describe('the shares of the provinces', () => {
  const shares = provinceShares(areas)
  const total = (field: 'households' | 'persons' | 'thaiqm'): number =>
    shares.reduce((sum, share) => sum + share[field], 0)

  it('add up to the figures of the letter', () => {
    expect(total('households')).toBe(nation.households)
    expect(total('persons')).toBe(nation.persons)
    expect(total('thaiqm')).toBe(nation.thaiqm)
    expect(shares.find(({ province }) => province === '31')).toEqual(buriram)
  })

  it('keep the ten largest provinces in their published order', () => {
    const largest = shares.toSorted((a, b) => b.persons - a.persons).slice(0, 10)
    expect(largest.map(({ province }) => province)).toEqual([
      '50',
      '31',
      '57',
      '80',
      '41',
      '55',
      '67',
      '30',
      '36',
      '33',
    ])
  })

  it('never have more households than persons', () => {
    for (const { households, persons } of shares) expect(households).toBeLessThanOrEqual(persons)
  })
})

describe('Buriram', () => {
  const villages = villagesOf('31', areas, loadNames(), 2565)

  it('has 2,546 villages in its 189 subdistricts, no two of one number or one name in a subdistrict', () => {
    const all = [...villages.values()].flat()
    expect(all).toHaveLength(2546)
    expect(new Set(all.map(({ subdistrict }) => subdistrict)).size).toBe(189)
    expect(new Set(all.map(({ code }) => code)).size).toBe(2546)
    expect(new Set(all.map(({ subdistrict, name }) => `${subdistrict} ${name}`)).size).toBe(2546)
  })

  it('spreads exactly its figures over them', () => {
    const counts = [...spreadOverVillages(buriram, villages, 1, 2565).values()].flat()
    const total = (field: 'households' | 'persons' | 'thaiqm'): number =>
      counts.reduce((sum, count) => sum + count[field], 0)
    expect([total('households'), total('persons'), total('thaiqm')]).toEqual([29_010, 45_356, 85_300])
  })
})

describe('apportioning', () => {
  it('always adds up and never strays a whole unit from the exact share', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc
          .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 50 })
          .filter((weights) => weights.some((weight) => weight > 0)),
        (total, weights) => {
          const shares = apportion(total, weights)
          const sum = weights.reduce((all, weight) => all + weight, 0)
          expect(shares.reduce((all, share) => all + share, 0)).toBe(total)
          for (const [index, share] of shares.entries())
            expect(Math.abs(share - (total * weights[index]!) / sum)).toBeLessThan(1)
        },
      ),
    )
  })
})
