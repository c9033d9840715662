import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText, isDamaged, isTidy } from './clean.ts'
import { thaiDigitsToArabic, toThaiDigits } from './digits.ts'
import { anyText, thaiText } from '../../../test/support/thai-text.ts'

describe('cleanText', () => {
  it.each([
    ['  สมชาย\u00a0 ใจดี ', 'สมชาย ใจดี'],
    ['สม\u200bชาย\ufeff', 'สมชาย'],
    ['น\u0e49\u0e4d\u0e32', 'น\u0e49\u0e33'],
    ['น\u0e4d\u0e49\u0e32', 'น\u0e49\u0e33'],
    ['น\u0e33\u0e49', 'น\u0e49\u0e33'],
    ['\u0e40\u0e40ก้ว', 'แก้ว'],
    ['ท\u0e48\u0e35', 'ที่'],
    ['ท\u0e35\u0e35\u0e48\u0e48', 'ที่'],
    ['สิทธ\u0e4c\u0e34', 'สิทธิ์'],
    ['ป\uf70bา', 'ป\u0e49า'],
    ['\uf700าน\uf70f', 'ฐานญ'],
    ['บรรทัด\nสอง\tสาม', 'บรรทัด สอง สาม'],
    ['เกก', 'เกก'],
    ['Jose\u0301', 'José'],
  ])('turns %j into %j', (dirty, clean) => {
    expect(cleanText(dirty)).toBe(clean)
  })

  it('keeps every old glyph code’s letter in its place', () => {
    expect(cleanText('ก\uf701')).toBe('กิ')
    expect(cleanText('ก\uf710')).toBe('กั')
    expect(cleanText('ก\uf712')).toBe('ก็')
    expect(cleanText('ก\uf71a')).toBe('กฺ')
  })

  it('leaves lost characters for the rules to find', () => {
    expect(cleanText('สม\ufffdชาย')).toContain('\ufffd')
    expect(cleanText('สม\uf8c5ชาย')).toContain('\uf8c5')
  })

  it('changes nothing when it is applied again', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, thaiText), (text) => {
        const clean = cleanText(text)
        expect(cleanText(clean)).toBe(clean)
      }),
      { numRuns: 2000 },
    )
  })

  it('calls a text tidy only when it would not change it', () => {
    fc.assert(fc.property(thaiText, (text) => !isTidy(text) || cleanText(text) === text))
  })
})

describe('isDamaged', () => {
  it.each(['สม\ufffdชาย', 'สม\uf8c1', 'à¸ªà¸¡', 'เธชเธกเธ\u008aเธฒเธข', 'ÊÁªÒÂ', 'สม\u0081'])(
    'sees the damage in %j',
    (text) => {
      expect(isDamaged(cleanText(text))).toBe(true)
    },
  )

  it.each(['สมชาย ใจดี', 'เธอเธอ', 'Jose', 'José Ñuñez', 'เนเธอร์แลนด์', 'เนเน เธอเธอ', '27/1'])(
    'leaves %j in peace',
    (text) => {
      expect(isDamaged(cleanText(text))).toBe(false)
    },
  )
})

describe('digits', () => {
  it('go from Thai to Arabic and back', () => {
    expect(thaiDigitsToArabic('๑-๓๑๐๑ และ 5')).toBe('1-3101 และ 5')
    expect(toThaiDigits(2565)).toBe('๒๕๖๕')
    fc.assert(
      fc.property(fc.nat(), (number) => {
        expect(thaiDigitsToArabic(toThaiDigits(number))).toBe(String(number))
      }),
    )
  })
})
