/** Writes the small lists of a province: the vulnerable of its largest districts, and the found in the area. */
import { join } from 'node:path'
import { createListFile, type ListFile } from './list-file.ts'
import type { Names } from './names.ts'
import { createNumbers, createPeopleMaker } from './people.ts'
import { idHabits, type Office } from './planned-row.ts'
import { createRandom, type Random } from './random.ts'
import { foundHeadings, foundRow, vulnerableHeadings, vulnerableRow, type KnownHousehold } from './small-lists.ts'
import { createHtmlTable, createOds } from './text-writers.ts'
import type { FileTruth, PlantedRow } from './truth.ts'
import type { Village } from './villages.ts'
import { createWorkbook } from './xlsx-writer.ts'

interface KnownPlace {
  villages: readonly Village[]
  /** Some of its households, which a small list may name again. */
  households: readonly KnownHousehold[]
  /** How many it has in all. */
  size: number
}
/** By district code. */
export type KnownPlaces = Map<string, KnownPlace>

interface SmallFileOptions {
  folder: string
  seed: number
  names: Names
  rows: number
  areaName: (code: string) => string
  observe: ((planted: PlantedRow) => void) | undefined
}

/** Of the small lists' rows, those who stand on a great list already. */
const knownShare = { vulnerable: 0.6, found: 0.2 } as const

export function writeVulnerable(
  options: SmallFileOptions & { district: string; place: KnownPlace; format: 'ods' | 'html' },
): FileTruth {
  const { district, place, format, seed } = options
  const random = createRandom(seed, 'vulnerable', district)
  const name = options.areaName(district)
  const file = `กลุ่มเปราะบาง_${name}.${format === 'ods' ? 'ods' : 'xls'}`
  const path = join(options.folder, file)
  const title = `ทะเบียนครัวเรือนเปราะบาง อำเภอ${name} จังหวัด${options.areaName(district.slice(0, 2))}`
  const sheet = format === 'ods' ? 'เปราะบาง' : 'Sheet1'
  const list = createListFile(format === 'ods' ? createOds(path, sheet) : createHtmlTable(path, title), {
    file,
    list: 'vulnerable',
    sheet,
    defaultArea: district,
    titles: [title, 'ข้อมูลฝึกหัด ไม่ใช่บุคคลจริง'],
    headings: vulnerableHeadings,
    random,
    observe: options.observe,
  })
  const office = officeOf(random, place.villages, format === 'html')
  const invent = inventor(options, 'vulnerable', district, place.villages, random)
  const known = random.shuffle(place.households)
  for (let count = 0; count < options.rows; count += 1) {
    const again = count < options.rows * knownShare.vulnerable ? known[count] : undefined
    const row = vulnerableRow(office, again ?? invent(), list.nextNumber)
    if (again) row.traps.push('knownElsewhere')
    list.household(district, [row])
  }
  return finished(list)
}

export function writeFound(options: SmallFileOptions & { known: KnownPlaces }): FileTruth {
  const random = createRandom(options.seed, 'found', [...options.known.keys()].join(' '))
  const file = 'พบในพื้นที่.xlsx'
  const sheet = 'พบในพื้นที่'
  const list = createListFile(
    createWorkbook(join(options.folder, file), { sheet, widths: foundHeadings.map(() => 16) }),
    {
      file,
      list: 'found',
      sheet,
      // No column for the province, and five provinces have an อำเภอเฉลิมพระเกียรติ.
      defaultArea: [...options.known.keys()][0]?.slice(0, 2) ?? '',
      titles: ['ครัวเรือนตกหล่นที่พบในพื้นที่ (ข้อมูลฝึกหัด ไม่ใช่บุคคลจริง)', null],
      headings: foundHeadings,
      random,
      observe: options.observe,
    },
  )
  const places = [...options.known].filter(([, { villages }]) => villages.length > 0)
  const inventors = new Map<string, () => KnownHousehold>()
  for (let count = 0; count < options.rows; count += 1) {
    const [district, place] = random.pick(places)
    const invent = inventors.get(district) ?? inventor(options, 'found', district, place.villages, random)
    inventors.set(district, invent)
    // Somebody who stands on a list after all: the village head could not know.
    const again = random.chance(knownShare.found) && place.households.length > 0 ? random.pick(place.households) : null
    const row = foundRow(officeOf(random, place.villages, false), again ?? invent(), list.nextNumber, again === null)
    if (again) row.traps.push('knownElsewhere')
    list.household(district, [row])
  }
  return finished(list)
}

function finished(list: ListFile): FileTruth {
  list.close()
  return list.truth
}

function officeOf(random: Random, villages: readonly Village[], textOnly: boolean): Office {
  const subdistricts = [...new Set(villages.map(({ subdistrictName }) => subdistrictName))]
  return { random, textOnly, subdistricts, idHabit: random.weighted(idHabits) }
}

/** House numbers past those that the great lists give out. */
const firstInventedHouse = 801

/** Makes people whom no great list has. */
function inventor(
  options: SmallFileOptions,
  series: 'vulnerable' | 'found',
  district: string,
  villages: readonly Village[],
  random: Random,
): () => KnownHousehold {
  const numbers = createNumbers(createRandom(options.seed, series, 'numbers', district), district, series)
  const people = createPeopleMaker(random, options.names, () => numbers.nextId())
  const surnames = options.names.surnamesOf(random, district.slice(0, 2), 24)
  let made = 0
  return () => {
    const village = random.pick(villages)
    const head = people(surnames).family(1)[0]!
    const phone = random.chance(0.5) ? `050${String(random.below(10_000_000)).padStart(7, '0')}` : null
    const houseNumber = String((series === 'found' ? 1000 : 0) + firstInventedHouse + made)
    made += 1
    return { house: { village, houseCode: numbers.nextHouseCode(), houseNumber, phone }, head }
  }
}
