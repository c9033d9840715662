import { describe, expect, it } from 'vitest'
import { bandPath, curveScale, linePath, monthTicks, ticksTo, valueOn } from './curve.ts'

const frame = { width: 110, height: 60, left: 10, right: 0, top: 0, bottom: 10 }

describe('a curve over days', () => {
  it('begins at the first day and 0, and ends at the last day and the largest value', () => {
    const scale = curveScale(frame, ['2023-01-11', '2023-01-01'], [80])
    expect(scale.x('2023-01-01')).toBe(10)
    expect(scale.x('2023-01-11')).toBe(110)
    expect(scale.y(0)).toBe(50)
    expect(scale.y(scale.yTicks.at(-1)!)).toBe(0)
    expect(scale.dayAt(61)).toBe('2023-01-06')
    expect(scale.dayAt(-50)).toBe('2023-01-01')
  })

  it('names round numbers that reach the largest value', () => {
    for (const most of [1, 2, 3, 7, 12, 99, 100, 101, 63975, 85300, 1820490]) {
      const ticks = ticksTo(most)
      expect(ticks[0]).toBe(0)
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most)
      expect(ticks.length, String(most)).toBeLessThanOrEqual(7)
      expect(ticks.every(Number.isInteger)).toBe(true)
    }
  })

  it('names so many months as there is room for', () => {
    expect(monthTicks('2022-12-09', '2023-03-31', 6)).toEqual(['2023-01-01', '2023-02-01', '2023-03-01'])
    expect(monthTicks('2022-12-09', '2026-11-24', 5)).toEqual(['2023-01-01', '2024-01-01', '2025-01-01', '2026-01-01'])
    for (const most of [2, 4, 8]) {
      expect(monthTicks('2022-12-09', '2031-11-24', most).length).toBeLessThanOrEqual(most)
      expect(monthTicks('2022-12-09', '2031-11-24', most).length).toBeGreaterThan(0)
    }
  })

  it('breaks the line where a value is kept back', () => {
    const scale = curveScale(frame, ['2023-01-01', '2023-01-11'], [100])
    const path = linePath(scale, [
      { day: '2023-01-01', value: 0 },
      { day: '2023-01-02', value: null },
      { day: '2023-01-06', value: 50 },
      { day: '2023-01-11', value: 100 },
    ])
    expect(path.match(/M/g)).toHaveLength(2)
    expect(path.match(/L/g)).toHaveLength(1)
  })

  it('closes the band of a forecast, and draws none of a single day', () => {
    const scale = curveScale(frame, ['2023-01-01', '2023-01-11'], [100])
    const days = [
      { day: '2023-01-01', expected: 5, low: 5, high: 5 },
      { day: '2023-01-11', expected: 50, low: 40, high: 60 },
    ]
    expect(bandPath(scale, days)).toMatch(/^M.*Z$/)
    expect(bandPath(scale, days.slice(0, 1))).toBe('')
  })

  it('knows the value of a day between two that were counted', () => {
    const days = [
      { day: '2023-01-01', value: 3 },
      { day: '2023-01-05', value: null },
    ]
    expect(valueOn(days, '2023-01-09')).toEqual({ day: '2023-01-01', value: 3 })
    expect(valueOn(days, '2022-12-31')).toBeNull()
  })
})
