import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { thaiName } from '../../../test/support/thai-text.ts'
import { fixKeyboardLayout, looksLikeWrongLayout } from './keyboard.ts'

describe('keyboard layout', () => {
  it.each([
    ['lk,ki5', 'สามารถ'],
    ['l,=kp', 'สมชาย'],
    ['l=kp', 'สชาย'],
    ['หนทแ้ฟร', 'somchai'],
    ['[6ibiy,pN', 'บุริรัมย์'],
  ])('%s was meant as %s', (typed, meant) => {
    expect(fixKeyboardLayout(typed)).toBe(meant)
    expect(looksLikeWrongLayout(typed)).toBe(true)
  })

  it.each(['สมชาย', 'บุรีรัมย์', 'somchai', 'Buriram', 'John Smith', '27/1', '1234567890123', '', 'เพ็ญ'])(
    '%j reads well as it stands',
    (text) => {
      expect(looksLikeWrongLayout(text)).toBe(false)
    },
  )

  it('typed in the wrong layout and turned back is what was meant', () => {
    fc.assert(
      fc.property(thaiName, (name) => {
        const typed = fixKeyboardLayout(name)
        fc.pre(!/[ก-๙]/.test(typed))
        expect(fixKeyboardLayout(typed)).toBe(name)
      }),
    )
  })
})
