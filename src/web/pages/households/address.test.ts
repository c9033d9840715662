import { describe, expect, it } from 'vitest'
import { figureAddress, listAddress, noFilters, readFilters } from './address.ts'

describe('the address of the household list', () => {
  it('is read as it was written', () => {
    const filters = { ...noFilters, area: '3101', list: 'tpmap-2565', state: 'withdrawn', sort: 'address' } as const
    expect(readFilters(new URL(listAddress(filters), 'http://a').searchParams)).toEqual(filters)
    expect(listAddress(noFilters)).toBe('/households')
  })

  it('tells households on no list from households on any list', () => {
    expect(figureAddress({ area: '31', listSet: '' })).toBe('/households?area=31&listSet=')
    expect(readFilters(new URLSearchParams('listSet=')).listSet).toBe('')
    expect(readFilters(new URLSearchParams('')).listSet).toBeNull()
  })

  it('ignores what it does not understand', () => {
    expect(readFilters(new URLSearchParams('area=abc&state=lost&sort=height'))).toEqual(noFilters)
  })
})
