import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText } from './clean.ts'
import { anyText, thaiFullName, thaiName, thaiText } from '../../../test/support/thai-text.ts'
import { sortKey } from './sort.ts'

const collator = new Intl.Collator('th')

function codePointOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function expectSameOrder(a: string, b: string): void {
  expect(Math.sign(codePointOrder(sortKey(a), sortKey(b))), `${a} | ${b}`).toBe(Math.sign(collator.compare(a, b)))
}

describe('sortKey', () => {
  it('sorts as a Thai dictionary does', () => {
    const names = [
      'สมชาย',
      'ไก่',
      'แก้ว',
      'เก่ง',
      'ก้อง',
      'กา',
      'เกา',
      'เก้า',
      'กำ',
      'กะ',
      'ก็',
      'ใจ',
      'ฤดี',
      'Anna',
      '๒',
      '10',
    ]
    const sorted = names.toSorted((a, b) => codePointOrder(sortKey(a), sortKey(b)))
    expect(sorted).toEqual(names.toSorted(collator.compare))
    expect(sorted.filter((name) => name > 'ก')).toContain('ฤดี')
  })

  it('agrees with the collator of Thai for any two names', () => {
    fc.assert(fc.property(fc.oneof(thaiName, thaiFullName), fc.oneof(thaiName, thaiFullName), expectSameOrder), {
      numRuns: 5000,
    })
  })

  it('agrees where two names differ only in marks, capitals or punctuation', () => {
    const near = thaiFullName.chain((name) =>
      fc.tuple(
        fc.constant(name),
        fc.nat(name.length).map((at) => cleanText(`${name.slice(0, at)}\u0e48${name.slice(at)}`)),
      ),
    )
    fc.assert(
      fc.property(near, ([a, b]) => expectSameOrder(a, b)),
      { numRuns: 2000 },
    )
    const latin = fc.string({
      unit: fc.constantFrom('a', 'A', 'b', 'B', ' ', '-', '.', '1', '๑', 'ก', '\u0e48'),
      maxLength: 6,
    })
    fc.assert(
      fc.property(latin, latin, (a, b) => expectSameOrder(cleanText(a), cleanText(b))),
      { numRuns: 5000 },
    )
  })

  it('agrees for Thai characters in any order, once they are cleaned', () => {
    // Phinthu and nikhahit alone are Pali, and ๅ stands only behind ฤ and ฦ.
    const words = thaiText.map((text) => cleanText(text).replace(/\u0e3a|\u0e45|\u0e4d/g, ''))
    fc.assert(fc.property(words, words, expectSameOrder), { numRuns: 5000 })
  })

  it('agrees for long names, where only a mark far behind differs', () => {
    const long = 'กขค'.repeat(70)
    expectSameOrder(`${long}ก่า`, `${long}กา`)
    expectSameOrder(`${long}ก่ากา`, `${long}กาก่า`)
    expectSameOrder(`ก่${long}`, `${long}ก่`)
  })

  it('never throws', () => {
    fc.assert(fc.property(anyText, (text) => typeof sortKey(text) === 'string'))
  })
})
