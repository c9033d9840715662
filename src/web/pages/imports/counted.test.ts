import { describe, expect, it } from 'vitest'
import { countedAddress, countedOf, countedRowsAddress } from './counted.ts'
import { filtersOf } from './queue.ts'

describe('the way from a number of the overview to the rows that it counts', () => {
  it('keeps the area and the kind of rows', () => {
    for (const rows of ['invalid', 'waiting'] as const) {
      const address = new URL(countedAddress('31040101', rows), 'http://kaejon')
      expect(address.pathname).toBe('/imports')
      expect(address.searchParams.get('area')).toBe('31040101')
      expect(countedOf(address.searchParams)).toBe(rows)
    }
    expect(countedAddress('', 'invalid')).toBe('/imports?counted=invalid')
    expect(countedOf(new URLSearchParams('counted=else'))).toBeNull()
  })

  it('opens only these rows of an import', () => {
    const filters = (rows: 'invalid' | 'waiting') =>
      filtersOf(new URL(countedRowsAddress('1', '3104', rows), 'http://kaejon').searchParams)
    expect(filters('invalid')).toEqual({ areaCode: '3104', verdict: 'invalid' })
    expect(filters('waiting')).toEqual({ areaCode: '3104', waiting: true })
  })
})
