/**
 * How lists head their columns: TPMAP and ThaiQM exports, MSO-Logbook, and provinces' own spreadsheets, in Thai and
 * English. Written as `headingKey` writes them: no spaces, no punctuation, small letters.
 */
import { cleanText } from '../thai/clean.ts'
import { thaiDigitsToArabic } from '../thai/digits.ts'
import { importFields, type ImportField } from './field.ts'

/** Exact headings first; `parts` are pieces that, found inside a longer heading, still say what the column is. */
interface HeadingWords {
  exact: readonly string[]
  parts?: readonly string[]
}

const wordsByField: Readonly<Record<ImportField, HeadingWords>> = {
  provinceCode: { exact: ['รหัสจังหวัด', 'รหัสจ', 'provincecode', 'provcode', 'provinceid', 'cc'] },
  provinceName: { exact: ['จังหวัด', 'ชื่อจังหวัด', 'จ', 'province', 'provincename', 'provname', 'changwat'] },
  districtCode: {
    exact: ['รหัสอำเภอ', 'รหัสเขต', 'รหัสอำเภอเขต', 'districtcode', 'amphurcode', 'amphoecode', 'districtid'],
  },
  districtName: {
    exact: ['อำเภอ', 'เขต', 'อำเภอเขต', 'เขตอำเภอ', 'ชื่ออำเภอ', 'อ', 'district', 'districtname', 'amphur', 'amphoe'],
  },
  subdistrictCode: {
    exact: ['รหัสตำบล', 'รหัสแขวง', 'รหัสตำบลแขวง', 'subdistrictcode', 'tamboncode', 'tambolcode', 'subdistrictid'],
  },
  subdistrictName: {
    exact: [
      'ตำบล',
      'แขวง',
      'ตำบลแขวง',
      'แขวงตำบล',
      'ชื่อตำบล',
      'ต',
      'subdistrict',
      'subdistrictname',
      'tambon',
      'tambol',
    ],
  },
  villageCode: { exact: ['รหัสหมู่บ้าน', 'รหัสหมู่', 'villagecode', 'vilcode', 'villageid', 'รหัสพื้นที่', 'areacode'] },
  villageName: {
    exact: ['หมู่บ้าน', 'ชื่อหมู่บ้าน', 'บ้าน', 'ชื่อบ้าน', 'ชุมชน', 'ชื่อชุมชน', 'หมู่บ้านชุมชน', 'ชื่อหมู่บ้านชุมชน', 'village', 'villagename'],
  },
  moo: { exact: ['หมู่ที่', 'หมู่', 'ม', 'มที่', 'หมู่บ้านที่', 'เลขหมู่', 'moo', 'mu', 'villageno', 'villagenumber'] },
  houseNumber: {
    exact: ['บ้านเลขที่', 'เลขที่บ้าน', 'เลขที่', 'เลขบ้าน', 'houseno', 'housenumber', 'addressno', 'hno'],
    parts: ['บ้านเลขที่', 'เลขที่บ้าน'],
  },
  lane: { exact: ['ซอย', 'ตรอก', 'ตรอกซอย', 'ซอยตรอก', 'ซ', 'soi', 'lane'] },
  road: { exact: ['ถนน', 'ถ', 'road', 'street'] },
  latitude: { exact: ['ละติจูด', 'ละติจูต', 'latitude', 'lat', 'พิกัดy', 'y'], parts: ['ละติจูด', 'latitude'] },
  longitude: {
    exact: ['ลองจิจูด', 'ลองติจูด', 'longitude', 'lng', 'long', 'lon', 'พิกัดx', 'x'],
    parts: ['ลองจิจูด', 'ลองติจูด', 'longitude'],
  },
  houseCode: {
    exact: [
      'รหัสประจำบ้าน',
      'รหัสบ้าน',
      'เลขรหัสประจำบ้าน',
      'เลขประจำบ้าน',
      'รหัสครัวเรือน',
      'hc',
      'hcode',
      'housecode',
      'houseid',
      'hid',
    ],
    parts: ['รหัสประจำบ้าน', 'รหัสบ้าน', 'เลขรหัสประจำบ้าน'],
  },
  familyNumber: {
    exact: [
      'ครอบครัวที่',
      'ลำดับครอบครัว',
      'ลำดับที่ครอบครัว',
      'เลขที่ครอบครัว',
      'ครัวเรือนที่',
      'ลำดับครัวเรือน',
      'familyno',
      'familynumber',
    ],
  },
  memberCount: {
    exact: [
      'จำนวนสมาชิก',
      'จำนวนสมาชิกในครัวเรือน',
      'สมาชิก',
      'สมาชิกในครัวเรือน',
      'จำนวนคน',
      'จำนวนสมาชิกทั้งหมด',
      'members',
      'membercount',
    ],
    parts: ['จำนวนสมาชิก', 'จำนวนคนในครัวเรือน'],
  },
  phone: {
    exact: [
      'โทรศัพท์',
      'เบอร์โทร',
      'เบอร์โทรศัพท์',
      'หมายเลขโทรศัพท์',
      'โทร',
      'เบอร์ติดต่อ',
      'มือถือ',
      'phone',
      'tel',
      'mobile',
      'telephone',
    ],
    parts: ['โทรศัพท์', 'เบอร์โทร'],
  },
  note: { exact: ['หมายเหตุ', 'บันทึก', 'ข้อสังเกต', 'note', 'notes', 'remark', 'remarks'], parts: ['หมายเหตุ'] },
  memberOrder: {
    exact: ['ลำดับสมาชิก', 'สมาชิกลำดับที่', 'ลำดับที่สมาชิก', 'สมาชิกคนที่', 'คนที่', 'memberno', 'memberorder', 'personno'],
    parts: ['ลำดับสมาชิก', 'สมาชิกลำดับ'],
  },
  relation: {
    exact: [
      'ความสัมพันธ์',
      'ความสัมพันธ์กับหัวหน้าครัวเรือน',
      'เกี่ยวข้องเป็น',
      'สถานะในครัวเรือน',
      'สถานภาพในครัวเรือน',
      'relation',
      'relationship',
    ],
    parts: ['ความสัมพันธ์', 'เกี่ยวข้อง'],
  },
  title: { exact: ['คำนำหน้า', 'คำนำหน้าชื่อ', 'คำนำ', 'คำนำหน้านาม', 'title', 'prefix', 'prename'], parts: ['คำนำหน้า'] },
  firstName: { exact: ['ชื่อ', 'ชื่อตัว', 'ชื่อจริง', 'firstname', 'fname', 'givenname', 'name'] },
  lastName: { exact: ['สกุล', 'นามสกุล', 'ชื่อสกุล', 'lastname', 'lname', 'surname', 'familyname'], parts: ['นามสกุล'] },
  fullName: {
    exact: [
      'ชื่อนามสกุล',
      'ชื่อสกุล',
      'ชื่อและนามสกุล',
      'ชื่อและสกุล',
      'ชื่อตัวชื่อสกุล',
      'ชื่อหัวหน้าครัวเรือน',
      'หัวหน้าครัวเรือน',
      'ชื่อสกุลหัวหน้าครัวเรือน',
      'ชื่อนามสกุลหัวหน้าครัวเรือน',
      'รายชื่อ',
      'fullname',
      'nameandsurname',
      'nameofhouseholdhead',
    ],
    parts: ['ชื่อนามสกุล', 'ชื่อสกุล', 'หัวหน้าครัวเรือน'],
  },
  nationalId: {
    exact: [
      'เลขประจำตัวประชาชน',
      'เลขบัตรประชาชน',
      'เลขบัตรประจำตัวประชาชน',
      'หมายเลขบัตรประชาชน',
      'หมายเลขประจำตัวประชาชน',
      'หมายเลขบัตรประจำตัวประชาชน',
      'รหัสประจำตัวประชาชน',
      'รหัสบัตรประชาชน',
      'บัตรประชาชน',
      'เลขประชาชน',
      'เลข13หลัก',
      'เลขปชช',
      'ปชช',
      'เลขที่บัตรประชาชน',
      'pid',
      'cid',
      'nid',
      'nationalid',
      'citizenid',
      'idcard',
      'idcardno',
    ],
    parts: ['ประจำตัวประชาชน', 'บัตรประชาชน', '13หลัก', 'nationalid', 'citizenid'],
  },
  sex: { exact: ['เพศ', 'sex', 'gender'] },
  birthDate: {
    exact: ['วันเดือนปีเกิด', 'วันเกิด', 'วดปเกิด', 'เกิดวันที่', 'ปีเกิด', 'พศเกิด', 'birthdate', 'dateofbirth', 'dob', 'birthday'],
    parts: ['วันเดือนปีเกิด', 'วันเกิด', 'วดปเกิด'],
  },
  age: { exact: ['อายุ', 'อายุปี', 'age'] },
  occupation: { exact: ['อาชีพ', 'อาชีพหลัก', 'การประกอบอาชีพ', 'occupation', 'job'], parts: ['อาชีพหลัก'] },
  annualIncome: {
    exact: [
      'รายได้',
      'รายได้ต่อปี',
      'รายได้เฉลี่ย',
      'รายได้เฉลี่ยต่อคน',
      'รายได้ครัวเรือน',
      'รายได้บาทต่อปี',
      'รายได้บาทปี',
      'รายได้ปี',
      'รายได้เฉลี่ยต่อปี',
      'รายได้ต่อคนต่อปี',
      'income',
      'annualincome',
    ],
    parts: ['รายได้ต่อปี', 'รายได้เฉลี่ยต่อคนต่อปี', 'บาทต่อปี'],
  },
}

/** Headings that look like one of the above and are not: running numbers, the year of the list, income by month. */
const otherHeadings =
  /^(?:ที่|ลำดับ|ลำดับที่|no|ปี|ปีข้อมูล|ปีงบประมาณ|พศ|year|seq)$|ต่อเดือน|บาทเดือน|รายเดือน|รายจ่าย|ผู้บันทึก|ผู้สำรวจ|ผู้ให้ข้อมูล|ผู้รับผิดชอบ|ผู้ดูแล|วันที่สำรวจ|วันที่บันทึก/

const fieldByHeading = new Map<string, ImportField>()
for (const field of importFields)
  for (const heading of wordsByField[field].exact) if (!fieldByHeading.has(heading)) fieldByHeading.set(heading, field)
// ชื่อสกุล is written for the surname in law and for the whole name in lists; lists are what is read here.
fieldByHeading.set('ชื่อสกุล', 'fullName')

const fieldsByPart: readonly { part: string; field: ImportField }[] = importFields
  .flatMap((field) => (wordsByField[field].parts ?? []).map((part) => ({ part, field })))
  .toSorted((a, b) => b.part.length - a.part.length)

const longestHeading = 200

/** A heading without what varies: spaces, punctuation, capitals, Thai digits, remarks in brackets. */
export function headingKey(text: string): string {
  return thaiDigitsToArabic(cleanText(text.slice(0, longestHeading)))
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replace(/[^a-z0-9\u0e01-\u0e3a\u0e40-\u0e4e]+/g, '')
}

/** The field that a heading names: 1 for the very words, 0.8 for words inside a longer heading; null for others. */
export function fieldOfHeading(text: string): { field: ImportField; score: number } | null {
  if (text === '' || text.length > 80) return null
  const key = headingKey(text)
  if (key === '') return null
  const exact = fieldByHeading.get(key)
  // The unit often stands in brackets: รายได้ (บาท/เดือน).
  if (exact === 'annualIncome' && text.includes('เดือน')) return null
  if (exact) return { field: exact, score: 1 }
  if (otherHeadings.test(key)) return null
  const part = fieldsByPart.find((candidate) => key.includes(candidate.part))
  return part ? { field: part.field, score: 0.8 } : null
}
