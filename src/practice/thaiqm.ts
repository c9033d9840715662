/** The list ThaiQM phase 2 as a province receives it: one row a household, the head's whole name in one column. */
import type { WrittenCell } from './cells.ts'
import type { TroubledHousehold } from './households.ts'
import {
  createRowNotes,
  idCell,
  isInvalidRow,
  placeCells,
  remarkCell,
  type Office,
  type PlannedRow,
} from './planned-row.ts'
import { rates, thaiqmPersonTraps, withNone } from './rates.ts'
import { digits, typed } from './spelling.ts'

export const thaiqmHeadings = [
  'ลำดับที่',
  'รหัสประจำบ้าน',
  'ชื่อ-สกุล หัวหน้าครัวเรือน',
  'เลขบัตรประชาชน',
  'อายุ (ปี)',
  'เลขที่',
  'หมู่',
  'ชื่อหมู่บ้าน',
  'ตำบล',
  'อำเภอ',
  'จังหวัด',
  'จำนวนสมาชิก',
  'โทรศัพท์',
  'สภาพปัญหา',
  'รายได้ต่อเดือน',
  'วันที่สำรวจ',
  'หมายเหตุ',
]

const traps = withNone(thaiqmPersonTraps)
const troubles = [
  'รายได้ไม่เพียงพอ',
  'หนี้สินนอกระบบ',
  'ที่อยู่อาศัยทรุดโทรม',
  'ไม่มีที่ดินทำกิน',
  'เจ็บป่วยเรื้อรัง',
  'ขาดแคลนน้ำ',
  'ว่างงาน',
  'บุตรหลานไม่ได้เรียนต่อ',
  'ยาเสพติด',
  'ผู้พิการไม่มีผู้ดูแล',
]

export function thaiqmRow(office: Office, household: TroubledHousehold, number: number): PlannedRow {
  const { random } = office
  const { head, house } = household
  const { village } = house
  const notes = createRowNotes()
  const sound = household.overlap !== null || household.twoFamilies
  const trap = household.withoutId ? 'missingId' : sound ? 'none' : random.weighted(traps)
  const place = placeCells(office, house, household.withoutCode ? 'missingHouseCode' : household.trap, notes)
  const thai = household.trap === 'thaiDigits'
  const titled = !random.chance(rates.missingTitle)
  const title = !titled ? '' : random.chance(0.3) ? `${head.title} ` : head.title
  if (!titled) notes.trap('nameWithoutTitle')
  if (household.twoFamilies) notes.trap('familyUnderSharedHouseCode')
  const isCapital = village.districtName === `เมือง${village.provinceName}`
  const cells: WrittenCell[] = [
    number,
    place.houseCode,
    typed(random, `${title}${head.firstName}${random.chance(0.15) ? '  ' : ' '}${head.lastName}`, notes.trap),
    idCell(office, head.id, trap, thai, notes),
    digits(String(head.age), thai),
    place.houseNumber,
    place.moo,
    place.village,
    place.subdistrict,
    isCapital && random.chance(0.2) ? 'เมือง' : village.districtName,
    village.provinceName,
    household.memberCount,
    place.phone,
    random.pick(troubles),
    Math.round(head.income / 12 / 100) * 100,
    `${1 + random.below(28)}/${1 + random.below(9)}/2565`,
    remarkCell(random, notes),
  ]
  return {
    cells,
    faults: notes.faults,
    traps: notes.traps,
    person: { firstName: head.firstName, lastName: head.lastName, nationalId: trap === 'none' ? head.id : null },
  }
}

/** The same row once more, sent in by another clerk; null when the row is not sound enough to be known again. */
export function sentAgain(office: Office, row: PlannedRow, number: number): PlannedRow | null {
  if (isInvalidRow(row) || row.faults.length > 0) return null
  const cells = row.cells.map((cell, column) =>
    column === 0 ? number : column === 2 && typeof cell === 'string' && office.random.chance(0.3) ? `${cell} ` : cell,
  )
  return { ...row, cells, traps: ['duplicateRow'] }
}
