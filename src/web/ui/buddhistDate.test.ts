import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateToParts, readDateParts } from './buddhistDate.ts'

const today = '2026-11-23'
const read = (day: string, month: string, year: string) => readDateParts({ day, month, year }, today)

describe('a date typed in three parts', () => {
  it('is read in the Buddhist era, in Arabic or Thai digits', () => {
    const may12 = { kind: 'date', value: { date: '2022-05-12', precision: 'day' } }
    expect(read('12', '5', '2565')).toEqual(may12)
    expect(read('๑๒', '5', '๒๕๖๕')).toEqual(may12)
  })

  it('may lack the day, or the day and the month', () => {
    expect(read('', '5', '2493')).toEqual({ kind: 'date', value: { date: '1950-05-01', precision: 'month' } })
    expect(read('', '', '2493')).toEqual({ kind: 'date', value: { date: '1950-01-01', precision: 'year' } })
    expect(read('', '', '')).toEqual({ kind: 'empty' })
  })

  it('asks gently when the year looks like a common-era one', () => {
    expect(read('12', '5', '2022')).toEqual({ kind: 'fault', fault: 'looksCommonEra' })
  })

  it('says which part is wrong', () => {
    expect(read('12', '5', '')).toEqual({ kind: 'fault', fault: 'yearMissing' })
    expect(read('12', '5', '65')).toEqual({ kind: 'fault', fault: 'yearUnreadable' })
    expect(read('12', '5', '2255')).toEqual({ kind: 'fault', fault: 'yearUnlikely' })
    expect(read('12', '', '2565')).toEqual({ kind: 'fault', fault: 'monthMissing' })
    expect(read('31', '6', '2565')).toEqual({ kind: 'fault', fault: 'dayUnreadable' })
    expect(read('29', '2', '2566')).toEqual({ kind: 'fault', fault: 'dayUnreadable' })
    expect(read('x', '6', '2565')).toEqual({ kind: 'fault', fault: 'dayUnreadable' })
    expect(read('24', '11', '2569')).toEqual({ kind: 'fault', fault: 'inFuture' })
  })

  it('comes back the same after it was shown and read again', () => {
    const anyDate = fc
      .date({ min: new Date('1880-01-01'), max: new Date('2026-11-23'), noInvalidDate: true })
      .map((moment) => moment.toISOString().slice(0, 10))
    fc.assert(
      fc.property(anyDate, fc.constantFrom('day' as const, 'month' as const, 'year' as const), (date, precision) => {
        const known = { day: date, month: `${date.slice(0, 7)}-01`, year: `${date.slice(0, 4)}-01-01` }[precision]
        const value = { date: known, precision }
        expect(readDateParts(dateToParts(value), today)).toEqual({ kind: 'date', value })
      }),
    )
  })
})
