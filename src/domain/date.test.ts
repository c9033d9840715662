import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageAt, formatDate, formatThaiDate, parseDate } from './date.ts'
import { toThaiDigits } from './thai/digits.ts'

const day = fc
  .date({ min: new Date('1880-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('parseDate', () => {
  it.each([
    '12/05/2565',
    '12-5-2565',
    '12.05.2565',
    '๑๒/๐๕/๒๕๖๕',
    '12 พ.ค. 2565',
    '12 พค 2565',
    '12 พฤษภาคม 2565',
    '12พ.ค.2565',
    '๑๒ พฤษภาคม พ.ศ. ๒๕๖๕',
    'วันที่ 12 เดือน พฤษภาคม พ.ศ. 2565',
    'วันพฤหัสบดีที่ 12 พฤษภาคม 2565',
    '2565-05-12',
    '2022-05-12',
    '2022-05-12T00:00:00Z',
    '12/05/2022 00:00:00',
    '12/5/2022',
    '12 May 2022',
    'May 12, 2022',
    '12-May-2022',
    '25650512',
    '20220512',
    'เกิดวันที่ 12 พฤษภาคม 2565',
    ' 12 / 05 / 2565 ',
  ])('reads %j as 12 May 2022', (text) => {
    expect(parseDate(text)).toEqual({ date: '2022-05-12', precision: 'day', wasBuddhist: false })
  })

  it('takes 543 years off a real date in the Buddhist era and says so', () => {
    expect(parseDate({ date: '2565-05-12', format: 'd/m/yyyy' })).toEqual({
      date: '2022-05-12',
      precision: 'day',
      wasBuddhist: true,
    })
    expect(parseDate({ date: '2022-05-12', format: null })).toEqual({
      date: '2022-05-12',
      precision: 'day',
      wasBuddhist: false,
    })
  })

  it.each([
    ['2500', '1957-01-01', 'year'],
    [2500, '1957-01-01', 'year'],
    [1957, '1957-01-01', 'year'],
    ['พ.ศ. 2500', '1957-01-01', 'year'],
    ['0/0/2500', '1957-01-01', 'year'],
    ['2500-00-00', '1957-01-01', 'year'],
    ['พ.ค. 2500', '1957-05-01', 'month'],
    ['05/2500', '1957-05-01', 'month'],
    ['00/05/2500', '1957-05-01', 'month'],
  ])('knows that %j tells no more than the %s', (cell, date, precision) => {
    expect(parseDate(cell)).toEqual({ date, precision, wasBuddhist: false })
  })

  it.each(['12 พ.ค. 65', '12/05/65', '1 ม.ค. 09', '5/5/5'])('asks for the century of %j', (text) => {
    expect(parseDate(text)).toEqual({ fault: 'dateAmbiguousYear' })
  })

  it.each([
    '31/02/2565',
    '29/02/2565',
    '31/04/2565',
    '05/31/2022',
    '12/13/2565',
    '0/5',
    'ปลายปี',
    '12 foo 2565',
    '12/05/9999',
    '12/05/0065',
    44693,
    1.5,
    65,
    true,
  ])('refuses %j', (cell) => {
    expect(parseDate(cell)).toEqual({ fault: 'dateUnreadable' })
  })

  it('has 29 February in the leap years of the common era', () => {
    expect(parseDate('29/02/2567')).toMatchObject({ date: '2024-02-29' })
    expect(parseDate('29/02/2443')).toEqual({ fault: 'dateUnreadable' })
  })

  it.each([null, '', '-', 'ไม่ทราบ', '00/00/0000', 0])('finds no date in %j, and does not take today for it', (cell) => {
    expect(parseDate(cell, '2022-09-30')).toBeNull()
  })

  it('refuses a day after today', () => {
    expect(parseDate('1/10/2565', '2022-09-30')).toEqual({ fault: 'dateInFuture' })
    expect(parseDate('30/9/2565', '2022-09-30')).toMatchObject({ date: '2022-09-30' })
  })

  it('never throws, and gives only days that are in the calendar', () => {
    const numbers = fc.string({ unit: fc.constantFrom(...'0123456789/-. ๑๒พค.ศ'.split('')), maxLength: 12 })
    fc.assert(
      fc.property(fc.oneof(fc.string(), numbers, fc.double()), (cell) => {
        const result = parseDate(cell)
        if (result === null || 'fault' in result) return
        expect(new Date(`${result.date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(result.date)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('a date that was written', () => {
  it('reads back as the same day, in every style', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('short', 'long', 'numeric'), fc.boolean(), (date, style, thaiDigits) => {
        const expected = { date, precision: 'day', wasBuddhist: false }
        expect(parseDate(formatThaiDate(date, style, { thaiDigits }))).toEqual(expected)
        expect(parseDate(formatDate(date, 'en'))).toEqual(expected)
        expect(parseDate(toThaiDigits(date))).toEqual(expected)
      }),
    )
  })

  it('keeps what was not known unknown', () => {
    fc.assert(
      fc.property(
        day,
        fc.constantFrom('short', 'long', 'numeric'),
        fc.constantFrom('month', 'year'),
        (date, style, precision) => {
          const first = precision === 'year' ? `${date.slice(0, 4)}-01-01` : `${date.slice(0, 7)}-01`
          expect(parseDate(formatThaiDate(first, style, { precision }))).toEqual({
            date: first,
            precision,
            wasBuddhist: false,
          })
        },
      ),
    )
  })

  it('looks as people of Thailand write it', () => {
    expect(formatThaiDate('2022-09-30')).toBe('30 ก.ย. 2565')
    expect(formatThaiDate('2022-12-09', 'long', { thaiDigits: true })).toBe('๙ ธันวาคม ๒๕๖๕')
    expect(formatThaiDate('2022-09-05', 'numeric')).toBe('05/09/2565')
    expect(formatDate('2022-09-30', 'th')).toBe('30 ก.ย. 2565')
    expect(formatDate('2022-09-30', 'en')).toBe('30 Sep 2022')
    expect(formatDate('2022-09-01', 'en', 'month')).toBe('Sep 2022')
  })
})

describe('ageAt', () => {
  it('counts completed years on the day', () => {
    expect(ageAt('1957-05-12', '2022-05-11')).toBe(64)
    expect(ageAt('1957-05-12', '2022-05-12')).toBe(65)
    expect(ageAt('2022-05-12', '2022-05-12')).toBe(0)
  })
})
