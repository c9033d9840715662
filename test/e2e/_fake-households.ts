/** Some households of one district: as rows of a list, and each as its page shows it. */
import { areaAt, mooOf } from '../../src/domain/area.ts'
import { areaOf, someCentres } from './_fake-areas.ts'

const names = [
  ['นางสาวกตัญญู ฐูปะปั้น', '27/1', '31010404', 'โคกกลาง'],
  ['นายน้ำเพชร ผู้ที่ก้ำกึ่ง', '112', '31010401', 'บัว'],
  ['นางปิ่นแก้ว ชื่นใจ', '8', '31010407', 'หนองปรือ'],
  ['นายเพชรอุดมศักดิ์ ศรีประเสริฐวัฒนกุล', '145/22', '31010404', 'โคกกลาง'],
  ['เด็กหญิงไพลิน ใจดี', null, '31010400', null],
  [null, '9', '31010407', 'หนองปรือ'],
] as const

export const someRows = names.map(([headName, houseNumber, areaCode, village], index) => ({
  province: '31',
  id: idOf(index + 1),
  headName,
  houseNumber,
  place: placeOf(areaCode, village),
  memberCount: [4, 11, 1, 6, 2, 0][index]!,
  lists: [['tpmap-2565', 'thaiqm-2'], ['thaiqm-2'], ['tpmap-2565', 'vulnerable'], ['thaiqm-2'], ['found'], []][index]!,
  state: 'active' as const,
  centre: 'ศจพ.อ. เมืองบุรีรัมย์',
  updatedAt: '2026-11-20T03:12:00Z',
}))

function idOf(number: number): string {
  return `0193a8f2-7c11-7abc-8def-${String(number).padStart(12, '0')}`
}

function placeOf(areaCode: string, village: string | null) {
  return {
    areaCode,
    moo: mooOf(areaCode),
    village,
    subdistrict: areaOf(areaAt(areaCode, 'subdistrict')).nameTh,
    district: areaOf(areaAt(areaCode, 'district')).nameTh,
    province: areaOf(areaAt(areaCode, 'province')).nameTh,
  }
}

function member(number: number, changes: Record<string, unknown>) {
  return {
    id: idOf(100 + number),
    state: 'active',
    order: number,
    relation: null,
    title: null,
    firstName: '',
    lastName: 'ฐูปะปั้น',
    nationalId: { masked: `x-xxxx-xxxxx-${10 + number}-${number}`, kind: 'practice' },
    sex: null,
    birthDate: null,
    birthPrecision: null,
    occupation: null,
    annualIncome: null,
    ...changes,
  }
}

/** The first two households of the list differ, so that they can be compared. */
export function householdOf(id: string) {
  const row = someRows.find((found) => found.id === id) ?? someRows[0]!
  const batch = { id: idOf(900), fileName: 'ThaiQM_บุรีรัมย์_ระยะ2.xlsx', rowNumber: 1204 }
  return {
    province: '31',
    id,
    version: 7,
    state: 'active',
    mergedInto: null,
    place: row.place,
    centre: { id: someCentres[0]!.id, shortName: row.centre },
    headName: row.headName,
    facts: {
      areaCode: row.place.areaCode,
      houseCode: '31010123456',
      familyNumber: null,
      houseNumber: row.houseNumber,
      lane: null,
      road: null,
      phone: '081-234-5678',
      latitude: 14.9951,
      longitude: 103.1029,
      memberCount: 5,
      note: 'อยู่ท้ายซอย ติดทุ่งนา',
    },
    members: [
      member(1, {
        relation: 'หัวหน้าครัวเรือน',
        title: 'นางสาว',
        firstName: 'กตัญญู',
        sex: 'female',
        birthDate: '1957-05-12',
        birthPrecision: 'day',
        occupation: 'รับจ้างทั่วไป',
        annualIncome: 38_000,
      }),
      member(2, {
        relation: 'มารดา',
        title: 'นาง',
        firstName: 'ปั้น',
        sex: 'female',
        birthDate: '1936-01-01',
        birthPrecision: 'year',
        nationalId: null,
      }),
      member(3, {
        relation: 'หลาน',
        title: 'เด็กชาย',
        firstName: 'น้ำปิง',
        lastName: 'ที่พึ่ง',
        sex: 'male',
        birthDate: '2016-03-01',
        birthPrecision: 'month',
      }),
    ],
    hasEarlierHistory: false,
    formerMembers: [member(4, { state: 'withdrawn', title: 'นาย', firstName: 'ก้ำ', sex: 'male', relation: 'บุตร' })],
    listings: [
      {
        list: 'tpmap-2565',
        listNameTh: 'TPMAP ปี 2565',
        listNameEn: 'TPMAP 2565',
        listDate: '2022-09-30',
        state: 'active',
        batch: { id: idOf(901), fileName: 'TPMAP2565_31.csv', rowNumber: 88 },
        by: 'สมหญิง ใจกล้า',
        at: '2026-11-18T02:00:00Z',
      },
      {
        list: 'thaiqm-2',
        listNameTh: 'ThaiQM ที่ยังไม่ได้รับความช่วยเหลือ (ระยะที่ 2)',
        listNameEn: 'ThaiQM not yet helped (phase 2)',
        listDate: '2022-12-09',
        state: 'active',
        batch,
        by: 'สมหญิง ใจกล้า',
        at: '2026-11-18T04:00:00Z',
      },
    ],
    history: [
      change(1, {
        at: '2026-11-20T03:12:00Z',
        field: 'houseNumber',
        old: '27',
        new: '27/1',
        source: 'desk',
        by: 'สมหญิง ใจกล้า',
        reason: 'ตามทะเบียนบ้าน',
      }),
      change(2, {
        at: '2026-11-20T03:12:00Z',
        field: 'phone',
        old: null,
        new: '081-234-5678',
        source: 'desk',
        by: 'สมหญิง ใจกล้า',
        reason: 'ตามทะเบียนบ้าน',
      }),
      change(3, {
        at: '2026-11-18T04:00:00Z',
        field: 'annualIncome',
        memberId: idOf(101),
        old: '36000',
        new: '38000',
        source: 'import',
        batch,
        by: 'สมหญิง ใจกล้า',
      }),
      change(4, {
        at: '2026-11-18T04:00:00Z',
        field: 'list',
        old: null,
        new: 'thaiqm-2',
        source: 'import',
        batch,
        by: 'สมหญิง ใจกล้า',
      }),
      change(5, {
        at: '2026-11-18T04:00:00Z',
        field: 'member',
        memberId: idOf(104),
        old: 'นายก้ำ ฐูปะปั้น',
        new: null,
        source: 'import',
        batch,
        by: 'สมหญิง ใจกล้า',
      }),
      change(6, {
        at: '2026-11-18T02:00:00Z',
        field: 'list',
        old: null,
        new: 'tpmap-2565',
        source: 'import',
        batch: { ...batch, fileName: 'TPMAP2565_31.csv', rowNumber: 88 },
        by: null,
      }),
    ],
    merges: [
      {
        id: idOf(800),
        side: 'kept',
        otherId: idOf(6),
        otherHeadName: 'นางสาวกตัญญู ฐุปะปั้น',
        otherHouseNumber: '27',
        reason: 'เป็นครัวเรือนเดียวกัน ชื่อสะกดต่างกัน',
        by: 'สมหญิง ใจกล้า',
        at: '2026-11-19T07:40:00Z',
        undoneBy: null,
        undoneAt: null,
        canBeUndone: true,
      },
    ],
    asOf: '2026-11-20',
    createdAt: '2026-11-18T02:00:00Z',
    updatedAt: '2026-11-20T03:12:00Z',
    may: { edit: true, merge: true, reveal: true },
  }
}

function change(number: number, changes: Record<string, unknown>) {
  return {
    id: idOf(700 + number),
    asOf: '2026-11-20',
    memberId: null,
    batch: null,
    by: null,
    reason: null,
    old: null,
    new: null,
    ...changes,
  }
}
