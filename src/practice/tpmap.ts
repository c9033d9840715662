/** The list TPMAP 2565 as a province receives it: one row a person, in the layout of the provinces that exchange it. */
import type { WrittenCell } from './cells.ts'
import { dateHabits, futureDate, slashedDate, twoDigitYearDate, writtenDate, type DateHabit } from './dates.ts'
import type { TargetHousehold } from './households.ts'
import type { Person } from './people.ts'
import {
  createRowNotes,
  idCell,
  isInvalidRow,
  placeCells,
  remarkCell,
  type Office,
  type PlaceCells,
  type PlannedRow,
  type RowNotes,
} from './planned-row.ts'
import { rates, tpmapPersonTraps, withNone } from './rates.ts'
import { digits, typed } from './spelling.ts'

export const tpmapHeadings = [
  'ลำดับ',
  'ปี',
  'รหัสบ้าน',
  'ครอบครัวที่',
  'ลำดับสมาชิก',
  'คำนำหน้า',
  'ชื่อ',
  'สกุล',
  'เลขประจำตัวประชาชน',
  'วันเกิด',
  'บ้านเลขที่',
  'หมู่ที่',
  'บ้าน',
  'ตำบล',
  'อำเภอ',
  'จังหวัด',
  'อาชีพ',
  'รายได้/ปี',
  'มิติที่ตกเกณฑ์',
  'บัตรสวัสดิการแห่งรัฐ',
  'เบอร์โทรศัพท์',
  'หมายเหตุ',
]
export const tpmapWidths = [7, 7, 14, 6, 8, 10, 16, 20, 20, 16, 10, 7, 18, 16, 18, 12, 16, 12, 18, 12, 14, 30]

export interface TpmapOffice extends Office {
  dateHabit: DateHabit
  shortTitles: boolean
}

const traps = withNone(tpmapPersonTraps)
type PersonTrap = keyof typeof traps
const dimensions = ['รายได้', 'รายได้', 'รายได้', 'ความเป็นอยู่', 'การศึกษา', 'สุขภาพ', 'การเข้าถึงบริการรัฐ']
const shortTitleOf: Readonly<Record<string, string>> = { นางสาว: 'น.ส.', เด็กชาย: 'ด.ช.', เด็กหญิง: 'ด.ญ.' }

/** The rows of one household; `firstNumber` counts on over the file. */
export function tpmapRows(office: TpmapOffice, household: TargetHousehold, firstNumber: number): PlannedRow[] {
  const shared = createRowNotes()
  const place = placeCells(office, household.house, household.trap, shared)
  const rows = household.members.map((person, index) =>
    tpmapRow(office, household, person, index, firstNumber + index, place, shared),
  )
  if (household.family !== null) rows[0]?.traps.push('familyUnderSharedHouseCode')
  if (household.sharesPerson) rows.at(-1)?.traps.push('personInTwoHouses')
  return rows
}

function tpmapRow(
  office: TpmapOffice,
  household: TargetHousehold,
  person: Person,
  index: number,
  number: number,
  place: PlaceCells,
  shared: RowNotes,
): PlannedRow {
  const { random } = office
  const { village } = household.house
  const notes = createRowNotes()
  notes.faults.push(...shared.faults)
  notes.traps.push(...shared.traps)
  const untouched = household.overlap !== null || household.sharesPerson || household.family !== null
  const trap: PersonTrap = untouched ? 'none' : random.weighted(traps)
  const thai = household.trap === 'thaiDigits'
  const damage = trap === 'twoDigitYear' || trap === 'futureDate' || trap === 'incomeInWords' ? 'none' : trap
  const cells: WrittenCell[] = [
    number,
    random.chance(0.97) ? 2565 : '2565',
    place.houseCode,
    household.family,
    index + 1,
    office.shortTitles ? (shortTitleOf[person.title] ?? person.title) : person.title,
    nameCell(office, person.firstName, notes),
    typed(random, person.lastName, notes.trap),
    idCell(office, person.id, damage, thai, notes),
    birthCell(office, person, trap, thai, notes),
    place.houseNumber,
    place.moo,
    place.village,
    place.subdistrict,
    random.chance(0.02) ? `อ.${village.districtName}` : village.districtName,
    village.provinceName,
    person.occupation,
    incomeCell(office, person.income, trap, thai, notes),
    random.pick(dimensions),
    random.chance(0.85) ? 'มี' : 'ไม่มี',
    place.phone,
    remarkCell(random, notes),
  ]
  return {
    cells,
    faults: notes.faults,
    traps: notes.traps,
    person: {
      firstName: person.firstName,
      lastName: person.lastName,
      nationalId: damage === 'none' ? person.id : null,
    },
  }
}

function nameCell(office: TpmapOffice, name: string, notes: RowNotes): WrittenCell {
  if (!office.textOnly && name.length > 3 && office.random.chance(rates.richText)) {
    notes.trap('richText')
    return { runs: [name.slice(0, 2), name.slice(2)] }
  }
  return typed(office.random, name, notes.trap)
}

function birthCell(office: TpmapOffice, person: Person, trap: PersonTrap, thai: boolean, notes: RowNotes): WrittenCell {
  const { random } = office
  if (trap === 'twoDigitYear') {
    notes.fault('twoDigitYear', 'birthDate', 'dateAmbiguousYear')
    return twoDigitYearDate(person.birthDate)
  }
  if (trap === 'futureDate') {
    notes.fault('futureDate', 'birthDate', 'dateInFuture')
    return futureDate(random, person.birthDate)
  }
  const buddhistYear = String(Number(person.birthDate.slice(0, 4)) + 543)
  if (person.yearOnly) {
    notes.trap('birthYearOnly')
    return random.chance(0.5) ? digits(buddhistYear, thai) : `พ.ศ. ${digits(buddhistYear, thai)}`
  }
  if (thai) return digits(slashedDate(person.birthDate), true)
  const cell = writtenDate(
    random,
    person.birthDate,
    random.chance(0.85) ? office.dateHabit : random.weighted(dateHabits),
  )
  if (typeof cell === 'string') return cell
  const isBuddhist = cell.date.startsWith(buddhistYear)
  if (isBuddhist && !office.textOnly) notes.fault('buddhistYearAsCommon', 'birthDate', 'dateWasBuddhistYear')
  return cell
}

function incomeCell(
  office: TpmapOffice,
  income: number,
  trap: PersonTrap,
  thai: boolean,
  notes: RowNotes,
): WrittenCell {
  if (trap === 'incomeInWords') {
    notes.fault('incomeInWords', 'annualIncome', 'numberUnreadable')
    return 'ไม่แน่นอน'
  }
  if (income === 0 && office.random.chance(0.5)) return '-'
  if (thai) return digits(String(income), true)
  return office.random.chance(0.15) ? income.toLocaleString('en-US') : income
}

/** The same rows pasted once more, now and then typed a little differently; null when they are not sound enough. */
export function pastedAgain(
  office: TpmapOffice,
  rows: readonly PlannedRow[],
  firstNumber: number,
): PlannedRow[] | null {
  if (!rows.every((row) => !isInvalidRow(row) && isPlain(row))) return null
  return rows.map((row, index) => ({
    ...row,
    cells: row.cells.map((cell, column) =>
      column === 0
        ? firstNumber + index
        : column === 7 && typeof cell === 'string' && office.random.chance(0.3)
          ? `${cell} `
          : cell,
    ),
    traps: ['duplicateRow'],
  }))
}

/** Nothing about it but what cannot keep two rows apart. */
function isPlain({ faults }: PlannedRow): boolean {
  return faults.every(({ fault }) => fault === 'dateWasBuddhistYear' || fault === 'houseNumberWasDate')
}
