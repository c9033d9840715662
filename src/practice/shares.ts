/**
 * How many households and persons each province has on the two great lists. The nation's and Buriram's figures are
 * those of the letter; twenty provinces have published numbers of persons; the others share the rest by subdistricts.
 * Bangkok stands on neither: the survey of basic needs (จปฐ.) covers 76 provinces, and ThaiQM is the work of their
 * governors.
 */
import type { AreaRow } from '../server/areas/areas.ts'

export interface ProvinceShare {
  province: string
  /** TPMAP 2565. */
  households: number
  persons: number
  /** ThaiQM households not yet helped. */
  thaiqm: number
}

export const nation = { households: 653_524, persons: 1_028_112, thaiqm: 1_820_490 } as const
export const buriram: ProvinceShare = { province: '31', households: 29_010, persons: 45_356, thaiqm: 85_300 }

/** Target persons of TPMAP 2565 as published (thansettakij 513519): the ten largest and the ten smallest provinces. */
const publishedPersons: Readonly<Record<string, number>> = {
  '50': 52_928,
  '31': 45_356,
  '57': 42_140,
  '80': 36_941,
  '41': 36_931,
  '55': 35_949,
  '67': 35_548,
  '30': 32_144,
  '36': 29_845,
  '33': 28_892,
  '23': 706,
  '75': 920,
  '73': 1493,
  '26': 2110,
  '61': 2217,
  '85': 2427,
  '37': 2473,
  '20': 2706,
  '17': 2711,
  '21': 2833,
}

/** Every province but Bangkok, in order of code; the columns add up to the nation's figures. */
export function provinceShares(areas: readonly AreaRow[]): ProvinceShare[] {
  const provinces = areas.map(({ code }) => code).filter((code) => code.length === 2 && code !== '10')
  const subdistricts = (province: string): number =>
    areas.filter(({ code }) => code.length === 6 && code.startsWith(province)).length
  const unpublished = provinces.filter((province) => !(province in publishedPersons))
  const published = Object.values(publishedPersons).reduce((sum, persons) => sum + persons, 0)
  const rest = apportion(nation.persons - published, unpublished.map(subdistricts))
  const persons = provinces.map((province) => publishedPersons[province] ?? rest[unpublished.indexOf(province)]!)

  const others = provinces.filter((province) => province !== buriram.province)
  const personsOf = (province: string): number => persons[provinces.indexOf(province)]!
  const households = apportion(nation.households - buriram.households, others.map(personsOf))
  // ThaiQM counted troubles of every kind, so it follows the people more than the poor.
  const thaiqm = apportion(
    nation.thaiqm - buriram.thaiqm,
    others.map((province) => subdistricts(province) * 140 + personsOf(province)),
  )
  return provinces.map((province) => {
    if (province === buriram.province) return buriram
    const index = others.indexOf(province)
    return { province, households: households[index]!, persons: personsOf(province), thaiqm: thaiqm[index]! }
  })
}

/** Whole numbers in proportion to the weights that add up to the total (largest remainder). */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  if (sum === 0) return weights.map(() => 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const shares = exact.map(Math.floor)
  const left = total - shares.reduce((all, share) => all + share, 0)
  const byRemainder = exact.map((value, index) => ({ index, remainder: value - Math.floor(value) }))
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (const { index } of byRemainder.slice(0, left)) shares[index]! += 1
  return shares
}
