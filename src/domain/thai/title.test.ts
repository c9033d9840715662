import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyText, thaiText } from '../../../test/support/thai-text.ts'
import { isTitle, splitTitle, titleSex, withoutRepeatedTitle } from './title.ts'

describe('splitTitle', () => {
  it.each([
    ['นายสมชาย ใจดี', 'นาย', 'สมชาย ใจดี'],
    ['นาย สมชาย', 'นาย', 'สมชาย'],
    ['นายสมชาย', 'นาย', 'สมชาย'],
    ['นางเกศ ใจดี', 'นาง', 'เกศ ใจดี'],
    ['นางนวล ใจดี', 'นาง', 'นวล ใจดี'],
    ['นางสาวสมหญิง ใจดี', 'นางสาว', 'สมหญิง ใจดี'],
    ['นาง สาว สมหญิง', 'นางสาว', 'สมหญิง'],
    ['นาง สาวิตรี ใจดี', 'นาง', 'สาวิตรี ใจดี'],
    ['น.ส.สมหญิง', 'นางสาว', 'สมหญิง'],
    ['น. ส. สมหญิง', 'นางสาว', 'สมหญิง'],
    ['น.ส สมหญิง', 'นางสาว', 'สมหญิง'],
    ['นส. สมหญิง', 'นางสาว', 'สมหญิง'],
    ['ด.ช.ก้อง ใจดี', 'เด็กชาย', 'ก้อง ใจดี'],
    ['ดช. ก้อง', 'เด็กชาย', 'ก้อง'],
    ['ด.ญ. แก้ว', 'เด็กหญิง', 'แก้ว'],
    ['เด็กหญิงแก้ว', 'เด็กหญิง', 'แก้ว'],
    ['จ.ส.อ.สมชาย', 'จ.ส.อ.', 'สมชาย'],
    ['ส.ต. สมชาย', 'ส.ต.', 'สมชาย'],
    ['ร.ต. สมชาย', 'ร.ต.', 'สมชาย'],
    ['ส.ต.ท.หญิงกานดา ดี', 'ส.ต.ท.หญิง', 'กานดา ดี'],
    ['ว่าที่ร้อยตรีสมชาย ใจดี', 'ว่าที่ร้อยตรี', 'สมชาย ใจดี'],
    ['ว่าที่ ร.ต.หญิง สมหญิง', 'ว่าที่ ร.ต.หญิง', 'สมหญิง'],
    ['สิบเอกสมชาย', 'สิบเอก', 'สมชาย'],
    ['พระสมชาย สุเมโธ', 'พระ', 'สมชาย สุเมโธ'],
    ['พระมหาสมชาย', 'พระมหา', 'สมชาย'],
    ['สามเณรก้อง', 'สามเณร', 'ก้อง'],
    ['ม.ล.ปนัดดา ดิศกุล', 'ม.ล.', 'ปนัดดา ดิศกุล'],
    ['หม่อมหลวงปนัดดา', 'หม่อมหลวง', 'ปนัดดา'],
    ['Mr. John Smith', 'Mr.', 'John Smith'],
    ['MRS Ann', 'MRS', 'Ann'],
    ['Miss Ann', 'Miss', 'Ann'],
    ['คุณ สมชาย', 'คุณ', 'สมชาย'],
    ['นาย', 'นาย', ''],
  ])('%s is %s and %s', (name, title, rest) => {
    expect(splitTitle(name)).toEqual({ title, rest })
  })

  it.each([
    'นายิกา ดีงาม',
    'นางนวล',
    'พระพาย ดีงาม',
    'คุณธรรม ใจดี',
    'คุณากร',
    'เรืองศรี',
    'พลอย ใจดี',
    'สมชาย',
    'Drew Barry',
    'Misty',
    'นายก',
    'ดารา',
    'สิบแสน',
    '',
  ])('leaves %j whole', (name) => {
    expect(splitTitle(name)).toEqual({ title: null, rest: name })
  })

  it('only ever takes from the front, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, thaiText), (text) => {
        expect(text.endsWith(splitTitle(text).rest)).toBe(true)
      }),
    )
  })
})

describe('titles', () => {
  it('tell the sex where they do', () => {
    expect([titleSex('นาย'), titleSex('น.ส.'), titleSex('ด.ช.'), titleSex('เด็กหญิง'), titleSex('Mrs.')]).toEqual([
      'male',
      'female',
      'male',
      'female',
      'female',
    ])
    expect([titleSex('จ.ส.อ.'), titleSex('พ.ต.ท.หญิง'), titleSex('ดร.'), titleSex('พระครู')]).toEqual([
      null,
      'female',
      null,
      'male',
    ])
  })

  it('are known alone and not inside names', () => {
    expect(['นาย', 'น.ส.', 'ด.ญ.', 'นางสาว', 'ว่าที่ ร.ต.', 'Mr.'].every(isTitle)).toBe(true)
    expect(['สมชาย', 'นายสมชาย', 'นายก', '', '5'].some(isTitle)).toBe(false)
  })

  it('written twice are taken off the first name once', () => {
    expect(withoutRepeatedTitle('นายสมชาย', 'นาย')).toBe('สมชาย')
    expect(withoutRepeatedTitle('นางนวล', 'นาง')).toBe('นางนวล')
    expect(withoutRepeatedTitle('นายิกา', 'นาย')).toBe('นายิกา')
  })
})
