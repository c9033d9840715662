import { describe, expect, it } from 'vitest'
import { addressLine, areaName, areaPathLine, villageName } from './area.ts'

const place = {
  areaCode: '31010204',
  moo: 4,
  village: 'บ้านโคกกลาง',
  subdistrict: 'กลันทา',
  district: 'เมืองบุรีรัมย์',
  province: 'บุรีรัมย์',
}

describe('names of areas', () => {
  it('are short in a path, the smallest first, and never name the nation', () => {
    const path = [
      { code: '', level: 'nation' as const, nameTh: 'ประเทศไทย', nameEn: null },
      { code: '31', level: 'province' as const, nameTh: 'บุรีรัมย์', nameEn: 'Buri Ram' },
      { code: '3104', level: 'district' as const, nameTh: 'นางรอง', nameEn: 'Nang Rong' },
    ]
    expect(areaPathLine(path, 'th')).toBe('อ.นางรอง จ.บุรีรัมย์')
    expect(areaPathLine(path, 'en')).toBe('Nang Rong, Buri Ram')
  })

  it('carry their kind', () => {
    expect(areaName({ code: '31', level: 'province', nameTh: 'บุรีรัมย์', nameEn: 'Buri Ram' }, 'th')).toBe('จังหวัดบุรีรัมย์')
    expect(areaName({ code: '3104', level: 'district', nameTh: 'นางรอง', nameEn: 'Nang Rong' }, 'en')).toBe(
      'Nang Rong District',
    )
    expect(areaName({ code: '', level: 'nation', nameTh: 'ประเทศไทย', nameEn: 'Thailand' }, 'th')).toBe('ประเทศไทย')
  })

  it('are เขต and แขวง in Bangkok', () => {
    expect(areaName({ code: '10', level: 'province', nameTh: 'กรุงเทพมหานคร', nameEn: 'Bangkok' }, 'th')).toBe(
      'กรุงเทพมหานคร',
    )
    expect(areaName({ code: '1001', level: 'district', nameTh: 'พระนคร', nameEn: null }, 'th')).toBe('เขตพระนคร')
  })

  it('of a village have its number, and say บ้าน once', () => {
    expect(areaName({ code: '31010204', level: 'village', nameTh: 'โคกกลาง', nameEn: null }, 'th')).toBe(
      'หมู่ที่ 4 บ้านโคกกลาง',
    )
    expect(villageName(4, 'บ้านโคกกลาง', 'th')).toBe('หมู่ที่ 4 บ้านโคกกลาง')
    expect(villageName(null, null, 'th')).toBe('')
  })
})

describe('addresses', () => {
  it('are written as on an envelope', () => {
    expect(addressLine({ houseNumber: '27/1' }, place, 'th')).toBe('27/1 หมู่ที่ 4 บ้านโคกกลาง ต.กลันทา อ.เมืองบุรีรัมย์ จ.บุรีรัมย์')
    expect(addressLine({ houseNumber: '27/1' }, place, 'th', 'subdistrict')).toBe('27/1 หมู่ที่ 4 บ้านโคกกลาง ต.กลันทา')
  })

  it('leave out what is not known', () => {
    const unknown = { ...place, moo: null, village: null }
    expect(addressLine({ houseNumber: null, lane: 'ซอยสุขใจ' }, unknown, 'th')).toBe(
      'ซอยสุขใจ ต.กลันทา อ.เมืองบุรีรัมย์ จ.บุรีรัมย์',
    )
  })
})
