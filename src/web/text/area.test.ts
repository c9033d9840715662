import { describe, expect, it } from 'vitest'
import { areaName, areaPathName } from './area.ts'

const area = (code: string, nameTh: string, nameEn: string | null = null) => ({ code, nameTh, nameEn })

describe('the name of an area', () => {
  it('carries its level as officers write it, long and short', () => {
    expect(areaName(area('31', 'บุรีรัมย์'), 'th')).toBe('จังหวัดบุรีรัมย์')
    expect(areaName(area('3104', 'นางรอง'), 'th')).toBe('อำเภอนางรอง')
    expect(areaName(area('310401', 'นางรอง'), 'th', 'short')).toBe('ต.นางรอง')
    expect(areaName(area('31040104', 'โคกกลาง'), 'th')).toBe('หมู่ 4 บ้านโคกกลาง')
    expect(areaName(area('31040104', 'บ้านโคกกลาง'), 'th')).toBe('หมู่ 4 บ้านโคกกลาง')
  })

  it('says เขต and แขวง in Bangkok, and never จังหวัดกรุงเทพมหานคร', () => {
    expect(areaName(area('10', 'กรุงเทพมหานคร'), 'th')).toBe('กรุงเทพมหานคร')
    expect(areaName(area('10', 'กรุงเทพมหานคร'), 'th', 'short')).toBe('กรุงเทพมหานคร')
    expect(areaName(area('1001', 'พระนคร'), 'th')).toBe('เขตพระนคร')
    expect(areaName(area('100101', 'พระบรมมหาราชวัง'), 'th')).toBe('แขวงพระบรมมหาราชวัง')
  })

  it('is the Thai name in English where no English one is known', () => {
    expect(areaName(area('3104', 'นางรอง', 'Nang Rong'), 'en')).toBe('Nang Rong district')
    expect(areaName(area('31040104', 'โคกกลาง'), 'en')).toBe('Moo 4 โคกกลาง')
  })

  it('goes from the smallest to the province in a path, without the nation', () => {
    const path = [area('', 'ประเทศไทย'), area('31', 'บุรีรัมย์'), area('3104', 'นางรอง')]
    expect(areaPathName(path, 'th')).toBe('อ.นางรอง จ.บุรีรัมย์')
  })
})
