import { describe, expect, it } from 'vitest'
import { columnLetter } from './batch.ts'
import {
  fieldOfColumn,
  headingOf,
  proposedMapping,
  samplesOf,
  type SheetProposal,
  trustIn,
  withColumn,
} from './mapping.ts'

const sheet: SheetProposal = {
  name: 'บัญชี',
  hidden: false,
  rowEstimate: 10,
  headerRow: 2,
  headings: ['ลำดับ', 'ชื่อ', 'สกุล'],
  fields: [
    { field: 'fullName', column: 1, heading: 'ชื่อ', score: 0.4, reason: 'values' },
    { field: 'firstName', column: 1, heading: 'ชื่อ', score: 0.9, reason: 'heading' },
    { field: 'lastName', column: 2, heading: 'สกุล', score: 0.5, reason: 'headingPart' },
  ],
  remembered: false,
  rows: [
    { number: 1, cells: ['บัญชีครัวเรือน'] },
    { number: 2, cells: ['ลำดับ', 'ชื่อ', 'สกุล'] },
    { number: 3, cells: ['1', 'ปั้น', ''] },
    { number: 4, cells: ['2', '', 'ดี'] },
  ],
}

describe('matching columns', () => {
  it('gives a column the likelier of two proposed fields', () => {
    expect(proposedMapping(sheet)).toEqual({ sheet: 'บัญชี', headerRow: 2, columns: { firstName: 1, lastName: 2 } })
  })

  it('moves a field from the column that had it', () => {
    const moved = withColumn(proposedMapping(sheet), 0, 'firstName')
    expect(fieldOfColumn(moved, 0)).toBe('firstName')
    expect(fieldOfColumn(moved, 1)).toBeNull()
  })

  it('takes a column out of use', () => {
    expect(withColumn(proposedMapping(sheet), 2, null).columns).toEqual({ firstName: 1 })
  })

  it('says how sure it is, and that a person chose', () => {
    expect(trustIn(sheet, 1, 'firstName').kind).toBe('sure')
    expect(trustIn(sheet, 2, 'lastName').kind).toBe('look')
    expect(trustIn(sheet, 0, 'note').kind).toBe('byHand')
    expect(trustIn(sheet, 0, null).kind).toBe('unused')
  })

  it('reads headings and samples under the header row that is chosen', () => {
    const mapping = proposedMapping(sheet)
    expect(headingOf(sheet, { ...mapping, headerRow: 3 }, 1)).toBe('ปั้น')
    expect(samplesOf(sheet, mapping, 2)).toEqual(['ดี'])
  })

  it('names columns as spreadsheet programs do', () => {
    expect([0, 25, 26, 51, 702].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'AAA'])
  })
})
