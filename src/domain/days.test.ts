import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysBetween, endOfMonth, monthOf } from './days.ts'

describe('days and months', () => {
  it('go over ends of months, of years and leap days', () => {
    expect(addDays('2023-12-31', 1)).toBe('2024-01-01')
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
    expect(daysBetween('2023-12-09', '2024-03-31')).toBe(113)
    expect(daysBetween('2024-01-02', '2024-01-01')).toBe(-1)
    expect([addMonths('2023-12', 1), addMonths('2023-01', -1), addMonths('2023-05', 24)]).toEqual([
      '2024-01',
      '2022-12',
      '2025-05',
    ])
    expect(['2023-02', '2024-02', '2023-12', '2023-04'].map(endOfMonth)).toEqual([
      '2023-02-28',
      '2024-02-29',
      '2023-12-31',
      '2023-04-30',
    ])
    expect(monthOf('2023-04-30')).toBe('2023-04')
  })
})
