import { describe, expect, it } from 'vitest'
import { createAreaLookup, type StatedArea } from './areas.ts'
import { someAreas } from '../../../test/support/some-areas.ts'

const lookup = createAreaLookup(someAreas, '2022-09-30')

function find(stated: Partial<StatedArea>, defaultArea = '') {
  const nothing: StatedArea = {
    provinceCode: '',
    provinceName: '',
    districtCode: '',
    districtName: '',
    subdistrictCode: '',
    subdistrictName: '',
    villageCode: '',
  }
  return lookup.find({ ...nothing, ...stated }, defaultArea)
}

describe('finding the subdistrict by names', () => {
  it.each([
    ['บุรีรัมย์', 'พุทไธสง', 'บ้านยาง', '310902'],
    ['จังหวัดบุรีรัมย์', 'อำเภอพุทไธสง', 'ตำบลบ้านยาง', '310902'],
    ['จ.บุรีรัมย์', 'อ.เมือง', 'ต.บ้านยาง', '310104'],
    ['จ. บุรีรัมย์', 'อ. เมืองบุรีรัมย์', 'ต. บ้านยาง', '310104'],
    ['บุรีรัมย์', 'อำเภอเมือง', 'ในเมือง', '310101'],
    ['โคราช', 'เมือง', 'ในเมือง', '300101'],
    ['บุรีรัมย์', 'กิ่งอำเภอเฉลิมพระเกียรติ', 'เจริญสุข', '312301'],
    ['กทม.', 'เขตพระนคร', 'แขวงพระบรมมหาราชวัง', '100101'],
    ['Buri Ram', 'Mueang Buri Ram', 'Isan', '310102'],
    ['buriram', 'Phutthaisong', 'ban yang', '310902'],
    ['บุรีรัมย', 'พุทไธสง', 'บานยาง', '310902'],
  ])('%s, %s, %s is %s', (provinceName, districtName, subdistrictName, code) => {
    expect(find({ provinceName, districtName, subdistrictName })).toEqual({ subdistrict: code, moo: null, faults: [] })
  })

  it('never takes a subdistrict without its district, for its name may stand there three times', () => {
    expect(find({ provinceName: 'บุรีรัมย์', subdistrictName: 'บ้านยาง' }).faults).toEqual([
      { field: 'districtName', fault: 'areaAmbiguous' },
    ])
    expect(find({ provinceName: 'บุรีรัมย์', subdistrictName: 'อิสาณ' }).subdistrict).toBeNull()
  })

  it('takes a district without its province only when one province has it', () => {
    expect(find({ districtName: 'พุทไธสง', subdistrictName: 'บ้านยาง' }).subdistrict).toBe('310902')
    expect(find({ districtName: 'เฉลิมพระเกียรติ', subdistrictName: 'เจริญสุข' }).faults).toEqual([
      { field: 'districtName', fault: 'areaAmbiguous' },
    ])
  })

  it('fills what the row leaves out from the default area, never against what it says', () => {
    expect(find({ districtName: 'เฉลิมพระเกียรติ', subdistrictName: 'เจริญสุข' }, '31').subdistrict).toBe('312301')
    expect(find({ subdistrictName: 'บ้านยาง' }, '3109').subdistrict).toBe('310902')
    expect(find({}, '310902').subdistrict).toBe('310902')
    expect(find({ provinceName: 'นครราชสีมา', subdistrictName: 'บ้านยาง' }, '3109').subdistrict).toBeNull()
    expect(find({}, '31').faults).toEqual([{ field: 'subdistrictName', fault: 'required' }])
  })

  it('says which name is not known', () => {
    expect(find({ provinceName: 'บุรีลำ', districtName: 'เมือง', subdistrictName: 'ในเมือง' }).faults).toEqual([
      { field: 'provinceName', fault: 'areaUnknown' },
    ])
    expect(find({ provinceName: 'บุรีรัมย์', districtName: 'เมือง', subdistrictName: 'ช้างทอง' }).faults).toEqual([
      { field: 'subdistrictName', fault: 'areaUnknown' },
    ])
  })
})

describe('finding the subdistrict by codes', () => {
  it('takes six digits, eight with the village, or two to each level', () => {
    expect(find({ subdistrictCode: '310902' }).subdistrict).toBe('310902')
    expect(find({ subdistrictCode: '๓๑๐๙๐๒' }).subdistrict).toBe('310902')
    expect(find({ subdistrictCode: '31090200' }).subdistrict).toBe('310902')
    expect(find({ villageCode: '31090207' })).toEqual({ subdistrict: '310902', moo: 7, faults: [] })
    expect(find({ villageCode: '31090200' }).moo).toBeNull()
    expect(find({ provinceCode: '31', districtCode: '9', subdistrictCode: '02', villageCode: '07' })).toEqual({
      subdistrict: '310902',
      moo: 7,
      faults: [],
    })
  })

  it('uses the code where the names say something else, and notes it', () => {
    expect(find({ subdistrictCode: '310902', districtName: 'เมือง', subdistrictName: 'บ้านยาง' })).toEqual({
      subdistrict: '310902',
      moo: null,
      faults: [{ field: 'districtName', fault: 'areaNameDiffersFromCode' }],
    })
  })

  it('refuses a code that no area has', () => {
    expect(find({ subdistrictCode: '319999' }).faults).toEqual([{ field: 'subdistrictCode', fault: 'areaUnknown' }])
    expect(find({ villageCode: '31999901' }).faults).toEqual([{ field: 'villageCode', fault: 'areaUnknown' }])
    expect(find({ provinceCode: '99', districtName: 'เมือง', subdistrictName: 'ในเมือง' }).faults).toEqual([
      { field: 'provinceCode', fault: 'areaUnknown' },
    ])
  })
})

describe('codes and names of the day that a list speaks of', () => {
  const renamed = [
    { code: '50', nameTh: 'เชียงใหม่', nameEn: null },
    { code: '5018', nameTh: 'อมก๋อย', nameEn: null },
    { code: '501805', nameTh: 'สบโขง', nameEn: null, validTo: '2022-03-06' },
    { code: '501805', nameTh: 'แม่หลอง', nameEn: null, validFrom: '2022-03-07' },
    { code: '50180501', nameTh: 'บ้านเก่า', nameEn: null, validTo: '2020-12-31' },
  ]
  const divided = [
    { code: '43', nameTh: 'หนองคาย', nameEn: null },
    { code: '4304', nameTh: 'พรเจริญ', nameEn: null, validTo: '2011-03-22' },
    { code: '430401', nameTh: 'พรเจริญ', nameEn: null, validTo: '2011-03-22' },
    { code: '38', nameTh: 'บึงกาฬ', nameEn: null, validFrom: '2011-03-23' },
    { code: '3802', nameTh: 'พรเจริญ', nameEn: null, validFrom: '2011-03-23' },
    { code: '380203', nameTh: 'พรเจริญ', nameEn: null, validFrom: '2011-03-23' },
  ]
  const nothing = { provinceCode: '', districtCode: '', subdistrictCode: '', villageCode: '' }
  const names = { provinceName: '', districtName: '', subdistrictName: '' }
  const on = (day: string, stated: Partial<StatedArea>) =>
    createAreaLookup([...renamed, ...divided], day).find({ ...nothing, ...names, ...stated }, '')

  it('knows a subdistrict by the name that it had then', () => {
    const inOmkoi = { provinceName: 'เชียงใหม่', districtName: 'อมก๋อย' }
    expect(on('2022-03-06', { ...inOmkoi, subdistrictName: 'สบโขง' }).subdistrict).toBe('501805')
    expect(on('2022-03-07', { ...inOmkoi, subdistrictName: 'สบโขง' }).subdistrict).toBeNull()
    expect(on('2022-03-07', { ...inOmkoi, subdistrictName: 'แม่หลอง' }).subdistrict).toBe('501805')
    expect(createAreaLookup(renamed, '2020-12-31').mooByName('501805', 'บ้านเก่า')).toBe(1)
    expect(createAreaLookup(renamed, '2021-01-01').mooByName('501805', 'บ้านเก่า')).toBeNull()
  })

  it('takes a code until its last day, and then says when it ended', () => {
    expect(on('2011-03-22', { subdistrictCode: '430401' }).subdistrict).toBe('430401')
    expect(on('2011-03-23', { subdistrictCode: '430401' }).faults).toEqual([
      { field: 'subdistrictCode', fault: 'areaEnded', day: '2011-03-22' },
    ])
    // Of its old subdistricts only the district is known to have ended.
    expect(on('2022-09-30', { villageCode: '43040207' }).faults).toEqual([
      { field: 'villageCode', fault: 'areaEnded', day: '2011-03-22' },
    ])
    expect(on('2022-09-30', { provinceCode: '43', districtCode: '04', subdistrictName: 'พรเจริญ' }).faults).toEqual([
      { field: 'districtCode', fault: 'areaEnded', day: '2011-03-22' },
    ])
  })

  it('takes a code from its first day on, and before that says when it began', () => {
    expect(on('2011-03-23', { subdistrictCode: '380203' }).subdistrict).toBe('380203')
    expect(on('2011-03-22', { subdistrictCode: '380203' }).faults).toEqual([
      { field: 'subdistrictCode', fault: 'areaNotYet', day: '2011-03-23' },
    ])
    expect(on('2011-03-22', { subdistrictCode: '389999' }).faults).toEqual([
      { field: 'subdistrictCode', fault: 'areaNotYet', day: '2011-03-23' },
    ])
  })
})

describe('villages by name', () => {
  it('are found when one village of the subdistrict has the name', () => {
    expect(lookup.mooByName('310104', 'บ้านหนองปรือ')).toBe(2)
    expect(lookup.mooByName('310104', 'หนองปรือ')).toBe(2)
    expect(lookup.mooByName('310104', 'หนองม่วง')).toBeNull()
    expect(lookup.mooByName('310902', 'หนองปรือ')).toBeNull()
  })
})
