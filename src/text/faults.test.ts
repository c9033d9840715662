import { describe, expect, it } from 'vitest'
import { rowFaults, type RowFault } from '../domain/import/staged.ts'
import { faultSentences } from './faults.ts'
import { locales } from './locale.ts'

const faults = Object.keys(rowFaults).filter((fault): fault is RowFault => fault in rowFaults)

describe('the sentences of a fault', () => {
  it('say what is wrong and what to do, in Thai and in English', () => {
    for (const fault of faults) {
      expect(faultSentences(fault, 'th').what).toMatch(/[ก-ฮ]/)
      expect(faultSentences(fault, 'th').next).toMatch(/[ก-ฮ]/)
      expect(faultSentences(fault, 'en').what).toMatch(/^[A-Z][^ก-ฮ]+[^.]$/)
      expect(faultSentences(fault, 'en').next).toMatch(/^[A-Z].+\.$/)
    }
  })

  it('name the day where a fault has one, in the calendar of the language', () => {
    expect(faultSentences('areaEnded', 'th', '2011-03-22').what).toContain('(22 มี.ค. 2554)')
    expect(faultSentences('areaEnded', 'en', '2011-03-22').what).toContain('(22 Mar 2011)')
  })

  it('are different for different faults', () => {
    for (const locale of locales)
      expect(new Set(faults.map((fault) => faultSentences(fault, locale).what)).size).toBe(faults.length)
  })
})
