/** Writes TPMAP and ThaiQM side by side, district by district, so that the nation needs no more memory than a district. */
import { join } from 'node:path'
import { dateHabits } from './dates.ts'
import type { VillageHouseholds } from './households.ts'
import { createListFile, type ListFile } from './list-file.ts'
import { idHabits, type PlannedRow } from './planned-row.ts'
import { createRandom, type Random } from './random.ts'
import { rates } from './rates.ts'
import { createCsv } from './text-writers.ts'
import { sentAgain, thaiqmHeadings, thaiqmRow } from './thaiqm.ts'
import { pastedAgain, tpmapHeadings, tpmapRows, tpmapWidths, type TpmapOffice } from './tpmap.ts'
import type { FileTruth, PlantedRow } from './truth.ts'
import { createWorkbook } from './xlsx-writer.ts'

export interface BigLists {
  district(district: string, villages: readonly VillageHouseholds[]): void
  rows(): number
  /** Ends the files and gives what they hold. */
  close(): FileTruth[]
}

interface BigListsOptions {
  folder: string
  place: string
  /** Of TPMAP; ThaiQM always comes as text. */
  format: 'xlsx' | 'csv'
  isNation: boolean
  seed: number
  observe: ((planted: PlantedRow) => void) | undefined
}

const peopleSheet = 'รายชื่อ'
/** A sheet ends at 1,048,576 rows; past this many the next district begins another file. */
const fullSheet = 900_000

export function createBigLists(options: BigListsOptions): BigLists {
  let tpmap = createTpmapFile(options, 1)
  const finished: FileTruth[] = []
  const thaiqm = createThaiqmFile(options)
  function finishTpmap(): void {
    tpmap.total('รวมทั้งสิ้น', 7, { 7: tpmap.truth.persons })
    tpmap.close()
    finished.push(tpmap.truth)
  }
  return {
    district(district, villages) {
      if (!tpmap.textOnly && tpmap.truth.rows > fullSheet) {
        finishTpmap()
        tpmap = createTpmapFile(options, finished.length + 1)
      }
      const name = villages[0]?.village.districtName ?? district
      const subdistricts = [...new Set(villages.map(({ village }) => village.subdistrictName))]
      writeTpmap(tpmap, district, name, villages, tpmapOffice(options.seed, district, subdistricts, tpmap.textOnly))
      writeThaiqm(thaiqm, district, villages, officeRandom(options.seed, district), subdistricts)
    },
    rows: () => [...finished, tpmap.truth, thaiqm.truth].reduce((sum, { rows }) => sum + rows, 0),
    close() {
      finishTpmap()
      thaiqm.close()
      return [...finished, thaiqm.truth]
    },
  }
}

function createTpmapFile({ folder, place, format, isNation, seed, observe }: BigListsOptions, part: number): ListFile {
  const file = `TPMAP_2565_${place}${part > 1 ? `_ส่วนที่${part}` : ''}.${format}`
  const path = join(folder, file)
  const where = isNation ? place : `จังหวัด${place}`
  const sink =
    format === 'csv'
      ? createCsv(path, 'utf-8')
      : createWorkbook(path, {
          sheet: peopleSheet,
          widths: tpmapWidths,
          notes: {
            sheet: 'คำอธิบาย',
            lines: [
              'ข้อมูลฝึกหัด สร้างขึ้นเพื่อการทดลองใช้ระบบ ไม่ใช่ข้อมูลของบุคคลจริง',
              'Practice data made up for trying out the system. Nobody in it is real.',
              'บัญชีกลุ่มเป้าหมาย TPMAP ปี 2565 หนึ่งแถวต่อสมาชิกหนึ่งคน',
              'เลขประจำตัวประชาชนทุกเลขขึ้นต้นด้วย 9 ซึ่งไม่มีการใช้จริง',
            ],
          },
        })
  return createListFile(sink, {
    file,
    list: 'tpmap-2565',
    sheet: format === 'csv' ? 'Sheet1' : peopleSheet,
    titles: [`บัญชีรายชื่อครัวเรือนเป้าหมาย TPMAP ปี 2565 ${where}`, 'ข้อมูล ณ วันที่ 30 กันยายน 2565 (ข้อมูลฝึกหัด ไม่ใช่บุคคลจริง)', null],
    headings: tpmapHeadings,
    random: createRandom(seed, 'tpmap file', part),
    observe,
  })
}

function createThaiqmFile({ folder, place, isNation, seed, observe }: BigListsOptions): ListFile {
  const file = `ThaiQM_ระยะที่2_${place}.csv`
  const where = isNation ? place : `จังหวัด${place}`
  return createListFile(createCsv(join(folder, file), 'windows-874'), {
    file,
    list: 'thaiqm-2',
    sheet: 'Sheet1',
    titles: [`ครัวเรือนที่ยังไม่ได้รับการช่วยเหลือ ThaiQM ระยะที่ 2 ${where} (ข้อมูลฝึกหัด ไม่ใช่บุคคลจริง)`],
    headings: thaiqmHeadings,
    random: createRandom(seed, 'thaiqm file'),
    observe,
  })
}

function tpmapOffice(seed: number, district: string, subdistricts: readonly string[], textOnly: boolean): TpmapOffice {
  const random = createRandom(seed, 'tpmap', district)
  return {
    random,
    textOnly,
    subdistricts,
    idHabit: random.weighted(idHabits),
    dateHabit: random.weighted(dateHabits),
    shortTitles: random.chance(0.3),
  }
}

function officeRandom(seed: number, district: string): Random {
  return createRandom(seed, 'thaiqm', district)
}

function writeTpmap(
  list: ListFile,
  district: string,
  name: string,
  villages: readonly VillageHouseholds[],
  office: TpmapOffice,
): void {
  if (list.truth.rows > 0 && office.random.chance(0.35)) list.repeatHeader()
  const again: PlannedRow[][] = []
  const before = { ...list.truth }
  for (const { tpmap } of villages)
    for (const household of tpmap) {
      const rows = tpmapRows(office, household, list.nextNumber)
      list.household(district, rows)
      const isSimple =
        household.family === null && household.overlap === null && !household.sharesPerson && household.trap === 'none'
      if (isSimple && office.random.chance(rates.duplicate)) again.push(rows)
    }
  for (const rows of again) {
    const pasted = pastedAgain(office, rows, list.nextNumber)
    if (pasted) list.household(district, pasted, { duplicate: true })
  }
  if (list.truth.rows > before.rows)
    list.total(`รวมอำเภอ${name}`, 7, {
      7: list.truth.persons - before.persons,
      8: `${(list.truth.households - before.households).toLocaleString('en-US')} ครัวเรือน`,
    })
}

function writeThaiqm(
  list: ListFile,
  district: string,
  villages: readonly VillageHouseholds[],
  random: Random,
  subdistricts: readonly string[],
): void {
  const office = { random, textOnly: true, subdistricts, idHabit: random.weighted(idHabits) }
  if (list.truth.rows > 0 && random.chance(0.35)) list.repeatHeader()
  const again: PlannedRow[] = []
  for (const { thaiqm } of villages)
    for (const household of thaiqm) {
      const row = thaiqmRow(office, household, list.nextNumber)
      list.household(district, [row])
      if (
        household.overlap === null &&
        !household.twoFamilies &&
        household.trap === 'none' &&
        random.chance(rates.duplicate)
      )
        again.push(row)
    }
  for (const row of again) {
    const sent = sentAgain(office, row, list.nextNumber)
    if (sent) list.household(district, [sent], { duplicate: true })
  }
}
