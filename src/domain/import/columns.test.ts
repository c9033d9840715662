import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nationalIdWithCheckDigit } from '../national-id.ts'
import { checkMapping, findHeader, mappingFingerprint, proposeMapping } from './columns.ts'
import { fieldOfHeading } from './headings.ts'
import type { SheetCell, SheetRow } from './sheet.ts'
import { createRepeatedHeaderTest, isBlankRow, isTotalRow } from './skip.ts'

function sheet(...rows: SheetCell[][]): SheetRow[] {
  return rows.map((cells, index) => ({ number: index + 1, cells }))
}

function row(...cells: SheetCell[]): SheetRow {
  return { number: 9, cells }
}

function personId(number: number): string {
  return nationalIdWithCheckDigit(`931010000${String(number).padStart(3, '0')}`)
}

/** The layout of a provincial list: title rows, then one header row. */
function koratList(): SheetRow[] {
  return sheet(
    ['บัญชีกลุ่มเป้าหมาย จังหวัดบุรีรัมย์'],
    ['ข้อมูล ณ วันที่ 30 กันยายน 2565'],
    [],
    ['ปี', 'รหัสบ้าน', 'ลำดับสมาชิก', 'คำนำหน้า', 'ชื่อ', 'สกุล', 'บ้านเลขที่', 'หมู่ที่', 'หมู่บ้าน', 'ตำบล', 'อำเภอ', 'รายได้'],
    ...[1, 2, 3, 4].map((n) => [
      2565,
      `3101012345${n}`,
      n,
      'นาย',
      'สมชาย',
      'ใจดี',
      `27/${n}`,
      n,
      'โคกสูง',
      'บ้านยาง',
      'พุทไธสง',
      12000,
    ]),
  )
}

function columnsOf(rows: SheetRow[]) {
  return proposeMapping('Sheet1', rows)?.mapping.columns
}

describe('findHeader', () => {
  it('finds the header below the titles', () => {
    expect(findHeader(koratList())?.headerRow).toBe(4)
  })

  it('finds it in row 1 and in row 40, and not in a file without one', () => {
    expect(findHeader(sheet(['ชื่อ-สกุล', 'ตำบล'], ['สมชาย ใจดี', 'อิสาณ']))?.headerRow).toBe(1)
    const deep = [...Array.from({ length: 39 }, () => ['บันทึกข้อความ']), ['ชื่อ', 'นามสกุล', 'ตำบล']]
    expect(findHeader(sheet(...deep))?.headerRow).toBe(40)
    expect(findHeader(sheet(['สมชาย', 'ใจดี'], ['สมหญิง', 'ใจงาม']))).toBeNull()
    expect(findHeader([])).toBeNull()
  })

  it('puts a two-line header together', () => {
    const found = findHeader(
      sheet(
        ['เลขประจำตัวประชาชน', 'ชื่อ - สกุล', 'ที่อยู่', null, null],
        [null, null, 'บ้านเลขที่', 'หมู่ที่', 'ตำบล'],
        ['x', 'y', 1, 2, 'z'],
      ),
    )
    expect(found).toEqual({
      headerRow: 2,
      headings: ['เลขประจำตัวประชาชน', 'ชื่อ - สกุล', 'บ้านเลขที่', 'หมู่ที่', 'ตำบล'],
      score: 5,
    })
  })
})

describe('proposeMapping', () => {
  it('maps the layout that a province built', () => {
    expect(columnsOf(koratList())).toEqual({
      houseCode: 1,
      memberOrder: 2,
      title: 3,
      firstName: 4,
      lastName: 5,
      houseNumber: 6,
      moo: 7,
      villageName: 8,
      subdistrictName: 9,
      districtName: 10,
      annualIncome: 11,
    })
  })

  it('gives each proposal a score and a reason, and names the columns it leaves', () => {
    const proposal = proposeMapping('Sheet1', koratList())
    expect(proposal?.mapping).toMatchObject({ sheet: 'Sheet1', headerRow: 4 })
    expect(proposal?.fields.find(({ field }) => field === 'houseCode')).toEqual({
      field: 'houseCode',
      column: 1,
      heading: 'รหัสบ้าน',
      score: 1,
      reason: 'headingAndValues',
    })
    expect(proposal?.unmapped).toEqual([{ column: 0, heading: 'ปี' }])
  })

  it('knows an export in English', () => {
    const rows = sheet(
      [
        'PID',
        'Prename',
        'FName',
        'LName',
        'Sex',
        'DOB',
        'House No.',
        'Moo',
        'Tambon',
        'Amphur',
        'Province',
        'Lat',
        'Long',
      ],
      ...[1, 2, 3].map((n) => [
        personId(n),
        'นาง',
        'สมศรี',
        'ใจดี',
        'หญิง',
        '12/05/2500',
        `${n}`,
        n,
        'อิสาณ',
        'เมือง',
        'บุรีรัมย์',
        14.9,
        103.1,
      ]),
    )
    expect(Object.keys(columnsOf(rows) ?? {}).toSorted()).toEqual(
      [
        'nationalId',
        'title',
        'firstName',
        'lastName',
        'sex',
        'birthDate',
        'houseNumber',
        'moo',
        'subdistrictName',
        'districtName',
        'provinceName',
        'latitude',
        'longitude',
      ].toSorted(),
    )
  })

  it('lets the values decide what a heading leaves open', () => {
    const villages = sheet(
      ['ชื่อ', 'หมู่บ้าน', 'ตำบล', 'อำเภอ'],
      ...['5', '6', '๗'].map((moo) => ['นางสมศรี ใจดี', moo, '310104', 'เมือง']),
    )
    expect(columnsOf(villages)).toEqual({ fullName: 0, moo: 1, subdistrictCode: 2, districtName: 3 })
    const named = sheet(
      ['ชื่อ - สกุล', 'นามสกุล', 'หมู่', 'ตำบล'],
      ...['โคกสูง', 'โคกกลาง', 'หนองปรือ'].map((village) => ['สมศรี', 'ใจดี', village, 'อิสาณ']),
    )
    expect(columnsOf(named)).toEqual({ firstName: 0, lastName: 1, villageName: 2, subdistrictName: 3 })
  })

  it('takes ชื่อสกุล for the surname beside a first name, and for the whole name alone', () => {
    const halves = sheet(['ชื่อตัว', 'ชื่อสกุล', 'ตำบล'], ...[1, 2, 3].map(() => ['สมชาย', 'ใจดี', 'อิสาณ']))
    expect(columnsOf(halves)).toEqual({ firstName: 0, lastName: 1, subdistrictName: 2 })
    const whole = sheet(['ชื่อสกุล', 'ตำบล'], ...[1, 2, 3].map(() => ['นายสมชาย ใจดี', 'อิสาณ']))
    expect(columnsOf(whole)).toEqual({ fullName: 0, subdistrictName: 1 })
  })

  it('tells apart what stands under one merged heading', () => {
    const rows = sheet(
      ['ที่', 'ชื่อ - สกุล', null, null, 'บ้านเลขที่', 'ตำบล'],
      ...['กานดา', 'สมศรี', 'มาลี'].map((first, n) => [n + 1, 'นาง', first, 'ใจดี', `${n}/1`, 'อิสาณ']),
    )
    expect(columnsOf(rows)).toEqual({ title: 1, firstName: 2, lastName: 3, houseNumber: 4, subdistrictName: 5 })
  })

  it('knows ids and house codes by their digits, whatever is written over them', () => {
    const rows = sheet(
      ['ชื่อ-สกุล', 'ข้อมูล ก', 'ข้อมูล ข', 'ตำบล'],
      ...[1, 2, 3, 4].map((n) => ['สมชาย ใจดี', personId(n), 31010123450 + n, 'อิสาณ']),
    )
    const proposal = proposeMapping('Sheet1', rows)
    expect(proposal?.mapping.columns).toEqual({ fullName: 0, nationalId: 1, houseCode: 2, subdistrictName: 3 })
    expect(proposal?.fields.find(({ field }) => field === 'nationalId')?.reason).toBe('values')
  })

  it('maps ids that a spreadsheet spoilt, so that the rows can be refused with the reason', () => {
    const rows = sheet(
      ['ชื่อ-สกุล', 'เลขบัตรประจำตัวประชาชน 13 หลัก', 'ตำบล', 'อำเภอ'],
      ...[1, 2, 3].map(() => ['สมชาย ใจดี', '9.3101E+12', 'อิสาณ', 'เมือง']),
    )
    const proposal = proposeMapping('Sheet1', rows)
    expect(proposal?.mapping.columns.nationalId).toBe(1)
    expect(proposal?.fields.find(({ field }) => field === 'nationalId')?.score).toBeLessThan(0.6)
  })

  it('does not take a month’s income for a year’s, nor a running number for a house', () => {
    expect(fieldOfHeading('รายได้ต่อเดือน')).toBeNull()
    expect(fieldOfHeading('รายได้เฉลี่ย (บาท/เดือน)')).toBeNull()
    expect(fieldOfHeading('รายได้เฉลี่ย (บาท/ปี)')?.field).toBe('annualIncome')
    expect(fieldOfHeading('ลำดับที่')).toBeNull()
    expect(fieldOfHeading('ปี')).toBeNull()
    expect(fieldOfHeading('รายได้ (บาท/ปี)')?.field).toBe('annualIncome')
    expect(fieldOfHeading('เลขประจำตัวประชาชน 13 หลัก')?.field).toBe('nationalId')
  })

  it('never throws, and never gives one column to two fields', () => {
    const cell = fc.oneof(
      fc.constantFrom('ชื่อ', 'สกุล', 'ตำบล', 'ชื่อ-สกุล', 'หมู่', 'รหัสบ้าน', 'นาย', 'ใจดี', '', null, 5, '5', 14.5, {
        date: '2022-01-05',
        format: 'd-mmm',
      }),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 12 }), (cells) => {
        const columns = Object.values(columnsOf(sheet(...cells)) ?? {})
        expect(new Set(columns).size).toBe(columns.length)
      }),
    )
  })
})

describe('a mapping that was agreed', () => {
  it('is found again for the same headings, however they are spaced', () => {
    expect(mappingFingerprint(['ชื่อ - สกุล', 'ตำบล', ''])).toBe(mappingFingerprint(['ชื่อ-สกุล ', 'ตำบล']))
    expect(mappingFingerprint(['ชื่อ', 'ตำบล'])).not.toBe(mappingFingerprint(['ตำบล', 'ชื่อ']))
    expect(mappingFingerprint(['ชื่อ'])).toMatch(/^[0-9a-f]{16}$/)
  })

  it('says what it lacks', () => {
    const mapping = { sheet: 'x', headerRow: 1, columns: {} }
    expect(checkMapping(mapping)).toEqual(['subdistrict', 'district', 'household'])
    expect(checkMapping({ ...mapping, columns: { subdistrictName: 0, fullName: 1 } })).toEqual(['district'])
    expect(checkMapping({ ...mapping, columns: { subdistrictName: 0, fullName: 1 } }, '3109')).toEqual([])
    expect(checkMapping({ ...mapping, columns: { villageCode: 0, houseCode: 1 } })).toEqual([])
    expect(checkMapping({ ...mapping, columns: { houseNumber: 1 } }, '310902')).toEqual([])
  })
})

describe('rows that are nobody', () => {
  it('are blank', () => {
    expect(isBlankRow(row(null, '', ' \u00a0', '\u200b'))).toBe(true)
    expect(isBlankRow(row())).toBe(true)
    expect(isBlankRow(row(null, 0))).toBe(false)
  })

  it.each([
    [['รวม', null, 12, 34]],
    [['รวมทั้งสิ้น', '1,200']],
    [[null, 'รวมทั้งจังหวัด', 5]],
    [['รวม 25 ครัวเรือน']],
    [['Grand Total', 7]],
    [['ยอดรวม', 'อำเภอเมือง', 5]],
  ])('are totals: %j', (cells) => {
    expect(isTotalRow(row(...cells))).toBe(true)
  })

  it.each([
    [['รวมพร', 'ใจดี', 12]],
    [['รวม ใจดี', '27/1']],
    [['นาง', 'รวม', 'ใจดี']],
    [['สมชาย', 'รวมทรัพย์']],
    [[5, 6]],
    [['รวม', 'ใจดี', 'อิสาณ', 'เมือง']],
  ])('are not people called รวม: %j', (cells) => {
    expect(isTotalRow(row(...cells))).toBe(false)
  })

  it('repeat the header', () => {
    const isHeader = createRepeatedHeaderTest({
      sheet: 'x',
      headerRow: 1,
      columns: { firstName: 1, lastName: 2, moo: 3, subdistrictName: 4 },
    })
    expect(isHeader(['ที่', 'ชื่อ', 'นามสกุล', 'หมู่', 'ตำบล'])).toBe(true)
    expect(isHeader(['1', 'สมชาย', 'ใจดี', '5', 'อิสาณ'])).toBe(false)
    expect(isHeader(['1', 'สมชาย', 'ใจดี', 5, 'ตำบล'])).toBe(false)
  })
})
