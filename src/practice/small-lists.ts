/** The two small lists of a province: the vulnerable, from the social-development office, and the found in the area. */
import type { WrittenCell } from './cells.ts'
import type { House, TargetHousehold, TroubledHousehold } from './households.ts'
import type { Person } from './people.ts'
import { createRowNotes, idCell, placeCells, remarkCell, type Office, type PlannedRow } from './planned-row.ts'
import type { Random } from './random.ts'
import { digits, typed } from './spelling.ts'

export interface KnownHousehold {
  house: House
  head: Person
}

/** Those of a district who may turn up on a small list again: sound households of either great list. */
export function knownHouseholds(
  tpmap: readonly TargetHousehold[],
  thaiqm: readonly TroubledHousehold[],
): KnownHousehold[] {
  return [
    ...tpmap
      .filter(
        ({ trap, family, overlap, sharesPerson }) =>
          trap === 'none' && family === null && overlap === null && !sharesPerson,
      )
      .map(({ house, members }) => ({ house, head: members[0]! })),
    ...thaiqm
      .filter(({ trap, twoFamilies, overlap }) => trap === 'none' && !twoFamilies && overlap === null)
      .map(({ house, head }) => ({ house, head })),
  ]
}

/** The district stands in the title of this list only. */
export const vulnerableHeadings = [
  'ที่',
  'ชื่อ - นามสกุล',
  'เลขประจำตัวประชาชน',
  'เพศ',
  'อายุ',
  'บ้านเลขที่',
  'หมู่ที่',
  'ตำบล',
  'ระดับความเปราะบาง',
  'ลักษณะความเปราะบาง',
  'เบอร์โทร',
  'หมายเหตุ',
]

/** Why somebody is vulnerable, fitting age and sex. */
function frailty(random: Random, { age, sex }: Person): string {
  if (age < 18) return 'เด็กกำพร้า'
  if (age >= 60) return random.pick(['ผู้สูงอายุติดบ้าน', 'ผู้สูงอายุติดเตียง', 'ผู้สูงอายุอยู่ลำพัง', 'ผู้ป่วยเรื้อรัง'])
  return random.pick(['ผู้พิการ', 'ผู้ป่วยเรื้อรัง', 'รายได้น้อย', sex === 'female' ? 'แม่เลี้ยงเดี่ยว' : 'ว่างงาน'])
}

export function vulnerableRow(office: Office, { house, head }: KnownHousehold, number: number): PlannedRow {
  const { random } = office
  const notes = createRowNotes()
  const withoutId = random.chance(0.04)
  const place = placeCells(
    office,
    house,
    random.weighted({ none: 92, thaiDigits: 6, houseNumberAsDate: 0, missingHouseNumber: 2 }),
    notes,
  )
  const cells: WrittenCell[] = [
    number,
    typed(random, `${head.title}${head.firstName} ${head.lastName}`, notes.trap),
    idCell(office, head.id, withoutId ? 'missingId' : 'none', false, notes),
    head.sex === 'male' ? 'ชาย' : 'หญิง',
    digits(String(head.age), random.chance(0.05)),
    place.houseNumber,
    place.moo,
    place.subdistrict,
    1 + random.below(3),
    frailty(random, head),
    place.phone,
    remarkCell(random, notes),
  ]
  return planned(cells, notes, head, withoutId)
}

export const foundHeadings = [
  'ลำดับ',
  'คำนำหน้า',
  'ชื่อ',
  'นามสกุล',
  'เลขบัตรประชาชน',
  'บ้านเลขที่',
  'รหัสประจำบ้าน',
  'หมู่ที่',
  'ชื่อหมู่บ้าน',
  'ตำบล',
  'อำเภอ',
  'โทรศัพท์',
  'ผู้พบ',
  'หมายเหตุ',
]

/** What a village head writes about somebody whom no list has: often no id, no house number, no house code. */
export function foundRow(office: Office, { house, head }: KnownHousehold, number: number, isNew: boolean): PlannedRow {
  const { random } = office
  const notes = createRowNotes()
  const bare = isNew && random.chance(0.3)
  const withoutId = bare || random.chance(0.15)
  const place = placeCells(office, house, bare || random.chance(0.2) ? 'missingHouseNumber' : 'none', notes)
  const withoutCode = bare || random.chance(0.4)
  if (withoutCode) notes.trap('missingHouseCode')
  if (bare) notes.trap('noIdNoHouse')
  const cells: WrittenCell[] = [
    number,
    head.title,
    typed(random, head.firstName, notes.trap),
    typed(random, head.lastName, notes.trap),
    idCell(office, head.id, withoutId ? 'missingId' : 'none', false, notes),
    place.houseNumber,
    withoutCode ? null : place.houseCode,
    place.moo,
    place.village,
    place.subdistrict,
    house.village.districtName,
    place.phone,
    random.pick(['ผู้ใหญ่บ้าน', 'อสม.', 'กำนัน', 'อพม.', 'สมาชิก อบต.']),
    bare ? 'พักอยู่กระท่อมในสวนยาง ไม่มีทะเบียนบ้าน' : remarkCell(random, notes),
  ]
  return planned(cells, notes, head, withoutId)
}

function planned(
  cells: WrittenCell[],
  notes: ReturnType<typeof createRowNotes>,
  head: Person,
  withoutId: boolean,
): PlannedRow {
  return {
    cells,
    faults: notes.faults,
    traps: notes.traps,
    person: { firstName: head.firstName, lastName: head.lastName, nationalId: withoutId ? null : head.id },
  }
}
