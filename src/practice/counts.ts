/** How many households and persons every village of a province has on each list. */
import type { VillageCounts } from './households.ts'
import { createRandom } from './random.ts'
import { rates } from './rates.ts'
import { apportion, type ProvinceShare } from './shares.ts'
import type { Village } from './villages.ts'

/** Spreads a province's figures over its villages; the sums are exactly the figures. By district code. */
export function spreadOverVillages(
  share: ProvinceShare,
  villagesByDistrict: ReadonlyMap<string, readonly Village[]>,
  scale: number,
  seed: number,
): Map<string, VillageCounts[]> {
  const random = createRandom(seed, 'counts', share.province)
  const villages = [...villagesByDistrict.values()].flat()
  // Some districts are poorer than others; the survey shows twofold differences.
  const poverty = new Map([...villagesByDistrict.keys()].map((district) => [district, 0.7 + random.next() * 0.7]))
  const weights = villages.map((village) => village.weight * (poverty.get(village.district) ?? 1))
  const total = Math.round(share.households * scale)
  const households = apportion(total, weights)
  const further = apportion(Math.round(share.persons * scale) - total, households)
  const thaiqm = apportion(
    Math.round(share.thaiqm * scale),
    villages.map((village, index) => weights[index]! + village.weight),
  )
  const overlap = apportion(Math.round(total * rates.overlap), households)
  const byDistrict = new Map<string, VillageCounts[]>()
  for (const [index, village] of villages.entries()) {
    const list = byDistrict.get(village.district) ?? []
    byDistrict.set(village.district, list)
    list.push({
      village,
      households: households[index]!,
      persons: households[index]! + further[index]!,
      thaiqm: thaiqm[index]!,
      overlap: overlap[index]!,
    })
  }
  return byDistrict
}
