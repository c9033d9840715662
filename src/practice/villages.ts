/** Villages that could stand in a real subdistrict: the subdistricts are real, villages and their numbers are made up. */
import { villageCode } from '../domain/area.ts'
import type { AreaRow } from '../server/areas/areas.ts'
import type { Names } from './names.ts'
import { createRandom } from './random.ts'
import { apportion } from './shares.ts'

export interface Village {
  /** 8 digits. */
  code: string
  moo: number
  /** Without บ้าน. */
  name: string
  subdistrict: string
  district: string
  province: string
  /** Names as officials write them, without ตำบล and อำเภอ. */
  subdistrictName: string
  districtName: string
  provinceName: string
  /** How populous it is beside the others. */
  weight: number
}

/** As many as Buriram is said to have; elsewhere the nation's mean of about ten to a subdistrict. */
const buriramVillages = 2546
const meanVillages = 10.35
const fewest = 5

/** The villages of a province by district code, in order of code. */
export function villagesOf(
  province: string,
  areas: readonly AreaRow[],
  names: Names,
  seed: number,
): Map<string, Village[]> {
  const nameOf = new Map(areas.map(({ code, nameTh }) => [code, nameTh]))
  const subdistricts = areas.map(({ code }) => code).filter((code) => code.length === 6 && code.startsWith(province))
  const random = createRandom(seed, 'villages', province)
  const total = province === '31' ? buriramVillages : Math.round(subdistricts.length * meanVillages)
  const more = apportion(
    total - fewest * subdistricts.length,
    subdistricts.map(() => 0.35 + random.next()),
  )
  const byDistrict = new Map<string, Village[]>()
  for (const [index, subdistrict] of subdistricts.entries()) {
    const district = subdistrict.slice(0, 4)
    const villages = byDistrict.get(district) ?? []
    byDistrict.set(district, villages)
    const used = new Set<string>()
    const subdistrictName = nameOf.get(subdistrict) ?? ''
    for (let moo = 1; moo <= fewest + more[index]!; moo += 1) {
      const name = villageName(moo, subdistrictName, used, () => names.village(random))
      used.add(name)
      villages.push({
        code: villageCode(subdistrict, moo),
        moo,
        name,
        subdistrict,
        district,
        province,
        subdistrictName,
        districtName: nameOf.get(district) ?? '',
        provinceName: nameOf.get(province) ?? '',
        weight: 0.3 + random.next() * 1.4,
      })
    }
  }
  return byDistrict
}

/** The first village often bears the subdistrict's name; no two of a subdistrict share one. */
function villageName(moo: number, subdistrictName: string, used: ReadonlySet<string>, invent: () => string): string {
  const own = subdistrictName.replace(/^บ้าน/, '')
  if (moo === 1 && own.length > 2) return own
  for (;;) {
    const name = invent()
    if (!used.has(name)) return name
    if (!used.has(`${name}พัฒนา`)) return `${name}พัฒนา`
  }
}
