import { describe, expect, it } from 'vitest'
import { anybody } from '../../../domain/logbook/eligibility.ts'
import { readItem, type TypedItem, typedItem } from './typed.ts'

const typed: TypedItem = {
  ...typedItem(null, '2023-01-15'),
  nameTh: 'ทุนปลูกผัก',
  nameEn: 'Seed money',
  dimension: 'income',
  agency: 'พัฒนาการอำเภอ',
  amountTh: '1,500 บาท',
  amountEn: '1,500 baht',
  source: 'คำสั่งจังหวัด',
}

describe('an item as it is typed', () => {
  it('is for everybody, from today on, as long as nothing else is said', () => {
    expect(readItem(typed)).toEqual({
      item: {
        nameTh: 'ทุนปลูกผัก',
        nameEn: 'Seed money',
        dimension: 'income',
        agency: 'พัฒนาการอำเภอ',
        amountTh: '1,500 บาท',
        amountEn: '1,500 baht',
        amountBaht: null,
        source: 'คำสั่งจังหวัด',
        validFrom: '2023-01-15',
        validTo: null,
        eligible: anybody,
      },
    })
  })

  it('names every field that is missing or wrong', () => {
    const { faults } = readItem({
      ...typed,
      nameTh: ' ',
      dimension: '',
      validFrom: null,
      isForMember: true,
      ageFrom: 60,
      ageTo: 59,
      mostTimes: 0,
    }) as { faults: object }
    expect(faults).toEqual({
      nameTh: 'required',
      dimension: 'required',
      validFrom: 'date',
      ageTo: 'ages',
      mostTimes: 'number',
    })
    expect(readItem({ ...typed, validTo: '2023-01-14' })).toEqual({ faults: { validTo: 'beforeStart' } })
  })

  it('comes back from the screen as it was stored', () => {
    const stored = {
      ...(readItem(typed) as { item: object }).item,
      code: 'elder',
      area: '',
      changedAt: null,
      changedBy: null,
      validTo: '2023-12-31',
      eligible: { ...anybody, member: { ageFrom: 60, ageTo: null }, againAfterMonths: 3 },
    } as Parameters<typeof typedItem>[0]
    const { code: _code, area: _area, changedAt: _at, changedBy: _by, ...facts } = stored!
    expect(readItem(typedItem(stored, '2024-01-01'))).toEqual({ item: facts })
  })
})
