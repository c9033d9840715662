import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { householdFactsSchema } from '../household.ts'
import { memberFactsSchema } from '../member.ts'
import { formatNationalId, nationalIdWithCheckDigit } from '../national-id.ts'
import { thaiText } from '../../../test/support/thai-text.ts'
import { createAreaLookup } from './areas.ts'
import { importFields, type ImportField } from './field.ts'
import { someAreas } from '../../../test/support/some-areas.ts'
import { createRowReader, type RowReaderOptions } from './row.ts'
import type { SheetCell } from './sheet.ts'
import { isInvalid, rowFaults, type StagedRow } from './staged.ts'

const areas = createAreaLookup(someAreas, '2022-09-30')
const fields = [...importFields]
const columns = Object.fromEntries(fields.map((field, column) => [field, column]))
const nationalId = nationalIdWithCheckDigit('931010000001')

const options: RowReaderOptions = {
  mapping: { sheet: 'รายชื่อ', headerRow: 1, columns },
  areas,
  listDate: '2022-09-30',
  today: '2022-12-09',
  acceptPractice: true,
  defaultArea: '',
}

type Cells = Partial<Record<ImportField, SheetCell>>

const somsri: Cells = {
  provinceName: 'บุรีรัมย์',
  districtName: 'พุทไธสง',
  subdistrictName: 'บ้านยาง',
  moo: 7,
  villageName: 'บ้านโคกสูง',
  houseNumber: '27/1',
  houseCode: '31010123456',
  title: 'นาง',
  firstName: 'สมศรี',
  lastName: 'ใจดี',
  nationalId,
  birthDate: '12/05/2500',
  annualIncome: '12,000',
}

/** Reads one row in which only these columns exist. */
function read(cells: Cells, changed: Partial<RowReaderOptions> = {}): StagedRow | null {
  const mapped = Object.fromEntries(
    fields.filter((field) => field in cells).map((field) => [field, fields.indexOf(field)]),
  )
  const reader = createRowReader({ ...options, mapping: { ...options.mapping, columns: mapped }, ...changed })
  return reader({ number: 5, cells: fields.map((field) => cells[field] ?? null) })
}

function faultsOf(cells: Cells, changed?: Partial<RowReaderOptions>): string[] {
  return read(cells, changed)?.faults.map(({ field, fault }) => `${field}: ${fault}`) ?? ['no row']
}

describe('a national id in a column that is not for it', () => {
  it('is masked in every text, with a note that says so', () => {
    const row = read({
      ...somsri,
      note: `บัตร ${formatNationalId(nationalId)}`,
      occupation: nationalId,
      lane: Number(nationalId),
      road: nationalId,
      relation: nationalId,
      phone: nationalId,
    })!
    expect(isInvalid(row)).toBe(false)
    const { nationalId: own, ...rest } = row.member!
    expect(own).toBe(nationalId)
    expect(JSON.stringify({ ...row.household, ...rest })).not.toContain(nationalId)
    expect(row.household.note).toMatch(/^บัตร x-xxxx-xxxxx-/)
    const told = row.faults.filter(({ fault }) => fault === 'nationalIdInText').map(({ field }) => field)
    expect(told.sort()).toEqual(['lane', 'note', 'occupation', 'relation', 'road'])
    expect(row.faults).toContainEqual({ field: 'phone', fault: 'phoneUnreadable' })
  })
})

describe('a row that is right', () => {
  it('becomes a household and its person', () => {
    expect(read(somsri)).toEqual({
      rowNumber: 5,
      householdKey: null,
      household: {
        areaCode: '31090207',
        villageName: 'บ้านโคกสูง',
        houseCode: '31010123456',
        familyNumber: null,
        houseNumber: '27/1',
        lane: null,
        road: null,
        phone: null,
        latitude: null,
        longitude: null,
        memberCount: null,
        note: null,
      },
      member: {
        order: null,
        relation: null,
        title: 'นาง',
        firstName: 'สมศรี',
        lastName: 'ใจดี',
        nationalId,
        sex: 'female',
        birthDate: '1957-05-12',
        birthPrecision: 'day',
        occupation: null,
        annualIncome: 12000,
      },
      faults: [],
    })
  })

  it('may name nobody, when the house is known', () => {
    const { title: _title, firstName: _first, lastName: _last, nationalId: _id, birthDate: _birth, ...house } = somsri
    expect(read(house)).toMatchObject({ member: null, faults: [] })
  })
})

describe('names', () => {
  const place = { subdistrictCode: '310902', moo: 1 }
  const nameOf = (cells: Cells) => {
    const member = read({ ...place, ...cells })?.member
    return [member?.title ?? null, member?.firstName, member?.lastName]
  }

  it.each<[Cells, (string | null)[]]>([
    [{ fullName: 'นางสมศรี ใจดี' }, ['นาง', 'สมศรี', 'ใจดี']],
    [{ fullName: 'น.ส. สมศรี  ณ อยุธยา' }, ['นางสาว', 'สมศรี', 'ณ อยุธยา']],
    [{ fullName: 'สมศรี' }, [null, 'สมศรี', null]],
    [{ firstName: 'นายสมชาย', lastName: 'ใจดี' }, ['นาย', 'สมชาย', 'ใจดี']],
    [{ title: 'น.ส.', firstName: 'น.ส.สมศรี', lastName: 'ใจดี' }, ['นางสาว', 'สมศรี', 'ใจดี']],
    [{ title: 'นาง', firstName: 'นางนวล', lastName: 'ใจดี' }, ['นาง', 'นางนวล', 'ใจดี']],
    [{ firstName: 'นางสมศรี ใจดี' }, ['นาง', 'สมศรี', 'ใจดี']],
    [{ fullName: 'นายสมชาย ใจดี', lastName: 'ใจดี' }, ['นาย', 'สมชาย', 'ใจดี']],
    [{ firstName: 'นายสมชาย', lastName: '-' }, ['นาย', 'สมชาย', null]],
    [{ firstName: 'สม\u200bศรี\u00a0', lastName: '  ใจดี' }, [null, 'สมศรี', 'ใจดี']],
  ])('%j', (cells, expected) => {
    expect(nameOf(cells)).toEqual(expected)
  })
})

describe('faults', () => {
  it.each<[string, Cells, string[]]>([
    ['a wrong check digit', { nationalId: '9310100000012' }, ['nationalId: nationalIdChecksum']],
    ['too few digits', { nationalId: '93101' }, ['nationalId: nationalIdLength']],
    ['an id in scientific notation', { nationalId: '9.31E+12' }, ['nationalId: nationalIdScientific']],
    ['no id', { nationalId: null }, ['nationalId: nationalIdMissing']],
    ['a short house code', { houseCode: '310101' }, ['houseCode: houseCodeFormat']],
    ['a house code in scientific notation', { houseCode: '3.1E+10' }, ['houseCode: houseCodeScientific']],
    [
      'a house number that became a date',
      { houseNumber: { date: '2022-01-27', format: 'd-mmm' } },
      ['houseNumber: houseNumberWasDate'],
    ],
    ['a day that is not', { birthDate: '31/02/2500' }, ['birthDate: dateUnreadable']],
    ['a year of two digits', { birthDate: '12/05/00' }, ['birthDate: dateAmbiguousYear']],
    ['a birth to come', { birthDate: '12/05/2600' }, ['birthDate: dateInFuture']],
    ['a birth too long ago', { birthDate: '12/05/2401' }, ['birthDate: dateUnreadable']],
    [
      'a real date in the Buddhist era',
      { birthDate: { date: '2500-05-12', format: null } },
      ['birthDate: dateWasBuddhistYear'],
    ],
    ['an unknown subdistrict', { subdistrictName: 'บ้านไกล' }, ['subdistrictName: areaUnknown']],
    ['no district', { districtName: '' }, ['districtName: areaAmbiguous']],
    ['no subdistrict', { subdistrictName: ' ' }, ['subdistrictName: required']],
    ['no village', { moo: null, villageName: null }, ['moo: villageUnknown']],
    ['an unreadable village number', { moo: 'ห้า' }, ['moo: mooUnreadable', 'moo: villageUnknown']],
    ['an unreadable income', { annualIncome: 'น้อย' }, ['annualIncome: numberUnreadable']],
    ['an income beyond belief', { annualIncome: 1e12 }, ['annualIncome: numberUnreadable']],
    ['too long a name', { firstName: 'ก'.repeat(121) }, ['firstName: textTooLong']],
    ['lost characters', { lastName: 'ใจ\ufffdดี' }, ['lastName: encodingDamaged']],
    ['a person without a name', { firstName: null, lastName: null }, ['firstName: nameMissing']],
    ['coordinates at sea', { latitude: 1, longitude: 1 }, ['latitude: coordinateUnreadable']],
    ['a sex that is none', { sex: 'x' }, ['sex: sexUnreadable']],
    ['a sex against the title', { sex: 'ชาย' }, ['sex: sexDiffersFromTitle']],
    ['a telephone that is none', { phone: 'ถามผู้ใหญ่บ้าน' }, ['phone: phoneUnreadable']],
  ])('tell of %s', (_, cells, faults) => {
    expect(faultsOf({ ...somsri, ...cells })).toEqual(faults)
  })

  it('tell of a row that has a place and nothing else', () => {
    expect(faultsOf({ subdistrictCode: '310902', moo: 1, fullName: null })).toEqual(['fullName: required'])
  })

  it('tell of an area that the person may not write to, and of codes against names', () => {
    expect(faultsOf(somsri, { allowedAreas: ['3101'] })).toEqual(['subdistrictName: areaOutsidePermission'])
    expect(faultsOf(somsri, { allowedAreas: ['3101', '310902'] })).toEqual([])
    expect(faultsOf({ ...somsri, subdistrictCode: '310104' })).toEqual(['districtName: areaNameDiffersFromCode'])
  })

  it('keep practice ids out of a real registry', () => {
    expect(faultsOf(somsri, { acceptPractice: false })).toEqual(['nationalId: nationalIdPractice'])
  })
})

describe('what lists leave to guess', () => {
  it('takes the village number from wherever it is written', () => {
    const { moo: _moo, ...rest } = somsri
    const areaOf = (cells: Cells) => read({ ...rest, ...cells })?.household.areaCode
    expect(areaOf({ villageName: 'หมู่ที่ 9 บ้านโคกสูง' })).toBe('31090209')
    expect(areaOf({ villageName: '๙' })).toBe('31090209')
    expect(areaOf({ houseNumber: '12 ม.9' })).toBe('31090209')
    expect(areaOf({ moo: 'หมู่ที่ ๙' })).toBe('31090209')
    expect(areaOf({ districtName: 'เมือง', villageName: 'บ้านหนองปรือ' })).toBe('31010402')
    expect(areaOf({ moo: '-' })).toBe('31090200')
  })

  it('puts exchanged coordinates right and takes 0, 0 for none', () => {
    expect(read({ ...somsri, latitude: 103.1, longitude: 14.9 })?.household).toMatchObject({
      latitude: 14.9,
      longitude: 103.1,
    })
    expect(read({ ...somsri, latitude: 0, longitude: 0 })).toMatchObject({ household: { latitude: null }, faults: [] })
  })

  it('gives a telephone its leading 0 back', () => {
    for (const phone of [812345678, '081-234-5678', '๐๘๑๒๓๔๕๖๗๘', '+66 81 234 5678'])
      expect(read({ ...somsri, phone })?.household.phone).toBe('0812345678')
  })

  it('counts the year of birth back from the day of the list, when only the age is known', () => {
    const old = { ...somsri, birthDate: null, age: '65 ปี' }
    expect(read(old)?.member).toMatchObject({ birthDate: '1957-01-01', birthPrecision: 'year' })
    expect(read(old, { listDate: null })?.member).toMatchObject({ birthDate: null, birthPrecision: null })
  })
})

function keyOf(cells: Cells) {
  return read({ ...somsri, memberOrder: 1, ...cells })?.householdKey
}

describe('rows of one household', () => {
  it('have the same key by house code and family', () => {
    expect(keyOf({})).toBe(keyOf({ firstName: 'สมชาย', houseNumber: null }))
    expect(keyOf({ familyNumber: 1 })).not.toBe(keyOf({ familyNumber: 2 }))
  })

  it('have the same key by house number, and never across villages', () => {
    expect(keyOf({ houseCode: null })).toBe(keyOf({ houseCode: null, houseNumber: '๒๗/๑' }))
    expect(keyOf({ houseCode: null })).not.toBe(keyOf({ houseCode: null, moo: 8 }))
    expect(keyOf({})).not.toBe(keyOf({ moo: 8 }))
    expect(keyOf({ houseCode: null, moo: null, villageName: null })).toBeNull()
    expect(keyOf({ houseCode: null, houseNumber: null })).toBeNull()
  })

  it('are only sought where the list has one row per person', () => {
    expect(read(somsri)?.householdKey).toBeNull()
    expect(read(somsri, { personPerRow: true })?.householdKey).not.toBeNull()
  })
})

describe('rows that are nobody', () => {
  it('give nothing', () => {
    const reader = createRowReader({
      ...options,
      mapping: { ...options.mapping, columns: { firstName: 0, lastName: 1, subdistrictName: 2 } },
    })
    expect(reader({ number: 1, cells: ['สมศรี', 'ใจดี', 'อิสาณ'] })).toBeNull()
    expect(reader({ number: 3, cells: [null, ' ', ''] })).toBeNull()
    expect(reader({ number: 4, cells: ['รวมทั้งสิ้น', 25] })).toBeNull()
    expect(reader({ number: 5, cells: ['ชื่อ', 'นามสกุล', 'ตำบล'] })).toBeNull()
    expect(reader({ number: 6, cells: ['สมศรี', 'ใจดี', 'อิสาณ'] })).not.toBeNull()
  })

  it('are totals whose figures stand in the columns of ids, and never a person called รวม who has one', () => {
    const reader = createRowReader({
      ...options,
      mapping: { ...options.mapping, columns: { firstName: 0, nationalId: 1, houseCode: 2 } },
    })
    expect(reader({ number: 4, cells: ['รวมอำเภอนางรอง', '2,435 ครัวเรือน', 3809] })).toBeNull()
    expect(reader({ number: 5, cells: ['รวม', nationalId] })).not.toBeNull()
  })
})

describe('whatever stands in the cells', () => {
  const odd: fc.Arbitrary<SheetCell> = fc.oneof(
    fc.constant(null),
    fc.string({ unit: 'binary', maxLength: 30 }),
    thaiText,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.record({ date: fc.string(), format: fc.option(fc.string()) }),
    fc.record({
      date: fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
      format: fc.constantFrom('d-mmm', 'mmm-yy', null),
    }),
    fc.constantFrom('ก'.repeat(2000), '9'.repeat(400), '=1+1', '1e400', '๑๒/๐๕/๒๕๐๐', nationalId),
  )
  // A row in which everything is odd never passes: most rows are good ones with an odd cell or two.
  const rowsWith = (oddities: number) =>
    fc.tuple(
      ...fields.map((field) =>
        fc.oneof(
          { weight: 8, arbitrary: fc.constant(somsri[field] ?? null) },
          { weight: 2, arbitrary: fc.constant<SheetCell>(null) },
          { weight: oddities, arbitrary: odd },
        ),
      ),
    )
  const cells = fc.oneof(rowsWith(1), rowsWith(10))

  it('reading never throws, and what passes keeps the limits of the registry', () => {
    const reader = createRowReader(options)
    let passed = 0
    fc.assert(
      fc.property(cells, (row) => {
        const staged = reader({ number: 2, cells: row })
        if (staged === null) return
        for (const { fault } of staged.faults) expect(rowFaults[fault]).toBeDefined()
        if (isInvalid(staged)) return
        passed += 1
        householdFactsSchema.parse(staged.household)
        if (staged.member !== null) memberFactsSchema.parse(staged.member)
      }),
      { numRuns: 3000 },
    )
    expect(passed).toBeGreaterThan(100)
  })

  it('one odd cell in a good row never throws either', () => {
    const reader = createRowReader({ ...options, defaultArea: '310902' })
    fc.assert(
      fc.property(fc.constantFrom(...fields), odd, (field, cell) => {
        const staged = reader({
          number: 2,
          cells: fields.map((each) => (each === field ? cell : (somsri[each] ?? null))),
        })
        expect(staged).not.toBeNull()
        if (staged === null || isInvalid(staged)) return
        householdFactsSchema.parse(staged.household)
        if (staged.member !== null) memberFactsSchema.parse(staged.member)
      }),
      { numRuns: 3000 },
    )
  })

  it('the longest cells that a spreadsheet can hold are read in no time', () => {
    const hostile = ['.', ' ', '(', ',', '0', '\u0e48\u0e49', 'ม.', 'เธ', '1 ', 'น.', 'รวม ', '-/', 'ไม่ทราบ', 'วันที่']
    const reader = createRowReader({ ...options, defaultArea: '310902' })
    const start = performance.now()
    for (const piece of hostile) {
      for (const prefix of ['', '1 ', 'หมู่ ', 'ก']) {
        const cell = prefix + piece.repeat(32_700 / piece.length)
        reader({ number: 2, cells: fields.map(() => cell) })
      }
    }
    // One pattern that looks back over such a cell would take minutes; a busy machine takes seconds.
    expect(performance.now() - start).toBeLessThan(20_000)
  })

  it('words that JavaScript knows are only words', () => {
    for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const staged = read({ ...somsri, title: word, sex: word, provinceName: word })
      expect(staged?.member).toMatchObject({ title: word, sex: null })
      expect(staged?.faults).toContainEqual({ field: 'provinceName', fault: 'areaUnknown' })
    }
  })

  it('a short row is a row with empty cells', () => {
    const reader = createRowReader(options)
    expect(() => reader({ number: 2, cells: ['31'] })).not.toThrow()
  })
})
