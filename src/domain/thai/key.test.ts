import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyText, thaiFullName, thaiText } from '../../../test/support/thai-text.ts'
import { nameKey, wordsKey } from './key.ts'

describe('nameKey', () => {
  it.each([
    ['นายก้อง  แก้วน้ำ', 'กอง แกวนำ'],
    ['ก่อง แก่วน่ำ', 'กอง แกวนำ'],
    ['ด.ญ. จันทร์เพ็ญ', 'จันทรเพญ'],
    ['ว่าที่ร้อยตรี ดร. สมชาย', 'สมชาย'],
    ['Mr. John O’Neil-SMITH', 'john o neil smith'],
    ['น\u0e49\u0e4d\u0e32', 'นำ'],
    ['พงษ์ศักดิ์ (อ้วน)', 'พงษศักดิ อวน'],
    ['', ''],
  ])('of %j is %j', (name, key) => {
    expect(nameKey(name)).toBe(key)
  })

  it('has no marks, no double spaces and no capitals, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, thaiText, thaiFullName), (text) => {
        expect(nameKey(text)).not.toMatch(/[\u0e47-\u0e4eA-Z]|^ | $| {2}/)
      }),
    )
  })

  it('does not care about tone marks', () => {
    fc.assert(
      fc.property(thaiFullName, (name) => {
        const [first = '', ...rest] = name.split(' ').slice(-2)
        const plain = [first, ...rest].join(' ')
        expect(wordsKey(plain.replace(/[\u0e48-\u0e4c]/g, ''))).toBe(wordsKey(plain))
      }),
    )
  })
})
