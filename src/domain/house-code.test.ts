import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkHouseCode, formatHouseCode, houseNumberKey, readHouseNumber } from './house-code.ts'

describe('checkHouseCode', () => {
  it.each(['31010123456', 31010123456, '3101-012345-6', '๓๑๐๑-๐๑๒๓๔๕-๖', ' 31010123456'])('reads %j', (cell) => {
    expect(checkHouseCode(cell)).toEqual({ code: '31010123456', fault: null })
  })

  it('warns of a code of another length and goes on without it', () => {
    for (const cell of ['310101234', 3101012345, '310101234567', 'ไม่แน่ใจ', true])
      expect(checkHouseCode(cell)).toEqual({ code: null, fault: 'houseCodeFormat' })
  })

  it('refuses scientific notation, for the digits are gone', () => {
    expect(checkHouseCode('3.10101E+10')).toEqual({ code: null, fault: 'houseCodeScientific' })
  })

  it.each([null, '', '-', 0, 'ไม่มี', '00000000000'])('takes %j for no code', (cell) => {
    expect(checkHouseCode(cell)).toEqual({ code: null, fault: null })
  })

  it('is written as in the house register', () => {
    expect(formatHouseCode('31010123456')).toBe('3101-012345-6')
  })
})

describe('readHouseNumber', () => {
  it.each([
    ['27/1', '27/1'],
    [27, '27'],
    ['๒๗/๑', '27/1'],
    ['27 / 1', '27/1'],
    ['บ้านเลขที่ 27/1', '27/1'],
    ['เลขที่27', '27'],
    ['99/9 ก', '99/9 ก'],
  ])('reads %j as %s', (cell, houseNumber) => {
    expect(readHouseNumber(cell)).toEqual({ houseNumber, moo: null, wasDate: false })
  })

  it.each([
    [{ date: '2022-01-27', format: 'd-mmm' }, '27/1'],
    [{ date: '2022-01-27', format: '[$-D07041E]d mmm' }, '27/1'],
    [{ date: '2565-01-27', format: null }, '27/1'],
    [{ date: '1945-12-01', format: 'mmm-yy' }, '12/45'],
    [{ date: '2002-12-01', format: 'mmm-bb' }, '12/45'],
    [{ date: '2002-12-01', format: '[$-D07041E]mmm-yy' }, '12/45'],
    ['27-ม.ค.', '27/1'],
    ['27-มค', '27/1'],
    ['1-ก.พ.', '1/2'],
    ['27-Jan', '27/1'],
    ['3-ธ.ค.-22', '3/12'],
    ['Jan-27', '1/27'],
    ['ม.ค.-27', '1/27'],
  ])('turns the date %j back into %s', (cell, houseNumber) => {
    expect(readHouseNumber(cell)).toEqual({ houseNumber, moo: null, wasDate: true })
  })

  it.each([null, '', '-', 0, '0', 'ไม่มีเลขที่', 'ไม่มี'])('takes %j for no number', (cell) => {
    expect(readHouseNumber(cell).houseNumber).toBeNull()
  })

  it('finds the village number behind it', () => {
    expect(readHouseNumber('12 หมู่ 5')).toEqual({ houseNumber: '12', moo: 5, wasDate: false })
    expect(readHouseNumber('12/1 ม.๕')).toEqual({ houseNumber: '12/1', moo: 5, wasDate: false })
  })

  it('brings back every number that a Thai spreadsheet can make a date of', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2022-01-01'), max: new Date('2022-12-31'), noInvalidDate: true }), (day) => {
        const date = day.toISOString().slice(0, 10)
        const typed = `${day.getUTCDate()}/${day.getUTCMonth() + 1}`
        expect(readHouseNumber({ date, format: 'd-mmm' }).houseNumber).toBe(typed)
      }),
    )
  })
})

describe('houseNumberKey', () => {
  it('is the same for every way of writing one number', () => {
    const ways = ['27/1', '๒๗/๑', ' 27 / 1', 'บ้านเลขที่ 027/01', '27-ม.ค.', '27/1 หมู่ 5']
    expect(new Set(ways.map(houseNumberKey))).toEqual(new Set(['27/1']))
  })

  it('keeps different numbers apart', () => {
    const keys = ['1', '10', '100', '1/1', '11', '1ก', '1ข', '101/1'].map(houseNumberKey)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('is empty without a number, and the same when taken twice', () => {
    expect(houseNumberKey(null)).toBe('')
    expect(houseNumberKey('-')).toBe('')
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => houseNumberKey(text)).not.toThrow()
      }),
    )
  })
})
