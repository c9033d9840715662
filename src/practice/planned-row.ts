/** A row that is about to be written, with everything about it that an import should find. */
import type { ImportField } from '../domain/import/field.ts'
import { rowFaults, type Fault, type RowFault } from '../domain/import/staged.ts'
import { formatHouseCode } from '../domain/house-code.ts'
import { formatNationalId } from '../domain/national-id.ts'
import type { SheetDate } from '../domain/import/sheet.ts'
import type { WrittenCell } from './cells.ts'
import type { House, HouseholdTrap } from './households.ts'
import { rates } from './rates.ts'
import type { Random } from './random.ts'
import { digits, misspeltSubdistrict, typed } from './spelling.ts'

export interface PlannedRow {
  cells: WrittenCell[]
  /** What the rules should say about it, no more and no less. */
  faults: Fault[]
  /** Names of the troubles in it, for counting. */
  traps: string[]
  /** Who it is about, as the list spells the name. */
  person: { firstName: string; lastName: string; nationalId: string | null }
}

/** What the rows of one district's office have in common. */
export interface Office {
  random: Random
  /** Whether the file holds only text. */
  textOnly: boolean
  /** Names of the subdistricts of the district. */
  subdistricts: readonly string[]
  idHabit: IdHabit
}

/** How offices write ids, in shares of the offices. */
export const idHabits = { number: 0.35, plainText: 0.35, dashes: 0.25, spaces: 0.05 } as const
export type IdHabit = keyof typeof idHabits

export function isInvalidRow(row: PlannedRow): boolean {
  return row.faults.some(({ fault }) => rowFaults[fault] === 'invalid')
}

/** A row that gathers its faults and troubles while its cells are made. */
export interface RowNotes {
  faults: Fault[]
  traps: string[]
  readonly fault: (trap: string, field: ImportField, fault: RowFault) => void
  readonly trap: (name: string) => void
}

export function createRowNotes(): RowNotes {
  const faults: Fault[] = []
  const traps: string[] = []
  return {
    faults,
    traps,
    fault(trap, field, fault) {
      traps.push(trap)
      faults.push({ field, fault })
    },
    trap: (name) => traps.push(name),
  }
}

/** An id as the office writes it; `damage` names what went wrong with it. */
export function idCell(
  office: Office,
  id: string,
  damage: 'missingId' | 'wrongCheckDigit' | 'scientificId' | 'shortId' | 'none',
  thai: boolean,
  notes: RowNotes,
): WrittenCell {
  const { random } = office
  switch (damage) {
    case 'missingId':
      notes.fault('missingId', 'nationalId', 'nationalIdMissing')
      return random.weighted({ blank: 6, dash: 3, word: 1 }) === 'blank' ? null : random.chance(0.75) ? '-' : 'ไม่มี'
    case 'scientificId':
      notes.fault('scientificId', 'nationalId', 'nationalIdScientific')
      return `${Number(id.slice(0, 6)) / 100_000}E+12`
    case 'shortId':
      notes.fault('shortId', 'nationalId', 'nationalIdLength')
      return id.slice(0, 12)
    case 'wrongCheckDigit': {
      notes.fault('wrongCheckDigit', 'nationalId', 'nationalIdChecksum')
      const wrong = id.slice(0, 12) + String((Number(id[12]) + 1 + random.below(9)) % 10)
      return writtenId(office, wrong, notes)
    }
    case 'none':
      if (thai) return digits(random.chance(0.5) ? id : formatNationalId(id), true)
      return writtenId(office, id, notes)
  }
}

function writtenId(office: Office, id: string, notes: RowNotes): WrittenCell {
  const habit = office.random.chance(0.85) ? office.idHabit : office.random.weighted(idHabits)
  switch (habit) {
    case 'number':
      notes.trap('idAsNumber')
      return office.textOnly ? id : Number(id)
    case 'plainText':
      return id
    case 'dashes':
      notes.trap('idWithDashes')
      return formatNationalId(id)
    case 'spaces':
      notes.trap('idWithSpaces')
      return formatNationalId(id).replaceAll('-', office.random.chance(0.3) ? '\u00a0' : ' ')
  }
}

/** The cells that say where the household is. */
export interface PlaceCells {
  houseCode: WrittenCell
  houseNumber: WrittenCell
  moo: WrittenCell
  village: WrittenCell
  subdistrict: WrittenCell
  phone: WrittenCell
}

/** The place of a household as the list has it. Called once for each household, so that its rows agree. */
export function placeCells(office: Office, house: House, trap: HouseholdTrap, notes: RowNotes): PlaceCells {
  const { random } = office
  const { village } = house
  const thai = trap === 'thaiDigits'
  if (thai) notes.trap('thaiDigits')
  return {
    houseCode: houseCodeCell(office, house.houseCode, trap, notes),
    houseNumber: houseNumberCell(office, house.houseNumber, trap, notes),
    moo: mooCell(office, village.moo, trap, notes),
    village: typed(random, `บ้าน${village.name}`, notes.trap),
    subdistrict: subdistrictCell(office, village.subdistrictName, trap, notes),
    phone: phoneCell(office, house.phone, notes),
  }
}

function houseCodeCell(office: Office, code: string, trap: HouseholdTrap, notes: RowNotes): WrittenCell {
  switch (trap) {
    case 'missingHouseCode':
      notes.trap('missingHouseCode')
      return office.random.chance(0.7) ? null : '-'
    case 'shortHouseCode':
      notes.fault('shortHouseCode', 'houseCode', 'houseCodeFormat')
      return code.slice(0, 10)
    case 'scientificHouseCode':
      notes.fault('scientificHouseCode', 'houseCode', 'houseCodeScientific')
      return `${Number(code.slice(0, 6)) / 100_000}E+10`
    default:
      if (trap === 'thaiDigits') return digits(code, true)
      if (office.random.chance(0.12)) return formatHouseCode(code)
      return office.idHabit === 'number' && !office.textOnly ? Number(code) : code
  }
}

function houseNumberCell(office: Office, number: string, trap: HouseholdTrap, notes: RowNotes): WrittenCell {
  if (trap === 'missingHouseNumber') {
    notes.trap('missingHouseNumber')
    return office.random.chance(0.5) ? null : office.random.chance(0.5) ? '-' : 'ไม่มีเลขที่'
  }
  if (trap === 'houseNumberAsDate') {
    notes.fault('houseNumberAsDate', 'houseNumber', 'houseNumberWasDate')
    return houseNumberDate(number)
  }
  if (!number.includes('/') && !office.textOnly && trap !== 'thaiDigits' && office.random.chance(0.6))
    return Number(number)
  return digits(number, trap === 'thaiDigits')
}

/** 27/1 is 27 January of the year in which the file was opened; 12/45 is December 1945. */
function houseNumberDate(number: string): SheetDate {
  const [first = 1, second = 1] = number.split('/').map(Number)
  return second <= 12
    ? { date: `2022-${twoDigits(second)}-${twoDigits(first)}`, format: 'd-mmm' }
    : { date: `19${twoDigits(second)}-${twoDigits(first)}-01`, format: 'mmm-yy' }
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0')
}

function mooCell(office: Office, moo: number, trap: HouseholdTrap, notes: RowNotes): WrittenCell {
  if (trap === 'missingMoo') {
    notes.fault('missingMoo', 'moo', 'villageUnknown')
    return null
  }
  const text = digits(String(moo), trap === 'thaiDigits')
  if (office.random.chance(0.03)) return `${office.random.chance(0.5) ? 'ม.' : 'หมู่ที่ '}${text}`
  return trap === 'thaiDigits' || office.textOnly ? text : moo
}

function subdistrictCell(office: Office, name: string, trap: HouseholdTrap, notes: RowNotes): WrittenCell {
  const { random } = office
  if (trap === 'misspeltSubdistrict') {
    notes.fault('misspeltSubdistrict', 'subdistrictName', 'areaUnknown')
    return misspeltSubdistrict(random, name, office.subdistricts)
  }
  if (random.chance(0.02)) {
    notes.trap('subdistrictWithPrefix')
    return random.chance(0.5) ? `ต.${name}` : `ตำบล${name}`
  }
  return typed(random, name, notes.trap)
}

function phoneCell(office: Office, phone: string | null, notes: RowNotes): WrittenCell {
  if (phone === null) return null
  if (office.random.chance(rates.phoneWithoutZero)) {
    notes.trap('phoneWithoutZero')
    return office.textOnly ? phone.slice(1) : Number(phone)
  }
  return office.random.chance(0.5) ? phone : `${phone.slice(0, 3)}-${phone.slice(3, 6)}-${phone.slice(6)}`
}

const remarks = [
  'บ้านอยู่ท้ายหมู่บ้าน\nทางเข้าเป็นทางดิน',
  'ผู้สูงอายุอยู่ลำพัง\n1) เดินไม่สะดวก\n2) ไม่มีผู้ดูแล',
  '=บ้านเช่า',
  '+ หลานอีก 2 คนไปเรียนที่กรุงเทพฯ',
  '-ขอรับบัตรสวัสดิการใหม่',
  'ติดต่อผ่านผู้ใหญ่บ้าน, โทรตอนเย็น',
  'พูดว่า "ไม่ขอรับความช่วยเหลือ"',
  'ผู้พิการทางการเคลื่อนไหว',
  'ไปทำงานต่างจังหวัด กลับช่วงสงกรานต์',
  'ที่ดินยังไม่มีเอกสารสิทธิ์',
]

/** A remark that breaks lines, begins like a formula or holds the separators of text files; most rows have none. */
export function remarkCell(random: Random, notes: RowNotes): WrittenCell {
  if (!random.chance(rates.hasNote)) return null
  const remark = random.pick(remarks)
  if (remark.includes('\n')) notes.trap('remarkWithLineBreak')
  if (/^[=+-]/.test(remark)) notes.trap('remarkLikeFormula')
  return remark
}
