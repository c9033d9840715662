import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../days.ts'
import { doneAt, forecast, gapTo, isReached, milestoneStatus, neededFor, paceNeeded, percentText } from './progress.ts'

describe('a share', () => {
  it('that prints 75.00 is not reached by 63,974 of 85,300; one household more reaches it', () => {
    expect(percentText(63_974, 85_300)).toBe('75.00')
    expect(isReached(63_974, 85_300, 75)).toBe(false)
    expect(gapTo(63_974, 85_300, 75)).toBe(1)
    expect(isReached(63_975, 85_300, 75)).toBe(true)
    expect(neededFor(85_300, 75)).toBe(63_975)
    expect(neededFor(85_300, 50)).toBe(42_650)
  })

  it('of nobody is not applicable, and nothing of nothing is not reached', () => {
    expect(percentText(0, 0)).toBeNull()
    expect(isReached(0, 0, 75)).toBe(false)
    expect(milestoneStatus(0, 0, 75, '2023-03-31', '2023-03-31')).toBe('notApplicable')
  })

  it('is rounded half up, as printed tables are', () => {
    expect([
      percentText(1, 3),
      percentText(2, 3),
      percentText(1, 20_000),
      percentText(1, 20_001),
      percentText(899_080, 899_118),
    ]).toEqual(['33.33', '66.67', '0.01', '0.00', '100.00'])
    expect(percentText(120, 100)).toBe('120.00')
  })

  it('is reached exactly when nobody is missing, however large the numbers', () => {
    fc.assert(
      fc.property(fc.nat(3_000_000), fc.nat(3_000_000), fc.integer({ min: 1, max: 100 }), (done, target, share) => {
        if (target === 0) return
        const gap = gapTo(done, target, share)
        expect(isReached(done, target, share)).toBe(gap === 0)
        expect(isReached(done + gap, target, share)).toBe(true)
        if (gap > 0) expect(isReached(done + gap - 1, target, share)).toBe(false)
      }),
    )
  })

  it('prints what exact arithmetic prints', () => {
    fc.assert(
      fc.property(fc.nat(3_000_000), fc.integer({ min: 1, max: 3_000_000 }), (done, target) => {
        const twice = (BigInt(done) * 20_000n) / BigInt(target)
        const hundredths = (twice + 1n) / 2n
        expect(percentText(done, target)).toBe(`${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`)
      }),
    )
  })
})

describe('a milestone', () => {
  it('is open until the end of its last day, then missed or reached', () => {
    expect(milestoneStatus(10, 100, 75, '2023-03-30', '2023-03-31')).toBe('open')
    expect(milestoneStatus(10, 100, 75, '2023-03-31', '2023-03-31')).toBe('missed')
    expect(milestoneStatus(75, 100, 75, '2023-03-30', '2023-03-31')).toBe('reached')
  })

  it('asks for a pace that is enough', () => {
    expect(paceNeeded(100, '2023-03-01', '2023-03-31')).toEqual({ daysLeft: 30, perDay: 4, perWeek: 24 })
    expect(paceNeeded(2, '2023-03-30', '2023-03-31')).toEqual({ daysLeft: 1, perDay: 2, perWeek: 2 })
    expect(paceNeeded(0, '2023-03-01', '2023-03-31')).toBeNull()
    expect(paceNeeded(5, '2023-03-31', '2023-03-31')).toBeNull()
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 400 }), (gap, days) => {
        const pace = paceNeeded(gap, '2023-01-01', addDays('2023-01-01', days))!
        expect(pace.perDay * pace.daysLeft).toBeGreaterThanOrEqual(gap)
      }),
    )
  })
})

describe('a forecast', () => {
  const weekly = (...gains: number[]) => {
    let done = 0
    return gains.map((gain, week) => ({ day: addDays('2023-01-01', 7 * week), done: (done += gain) }))
  }
  const ask = { asOf: '2023-02-12', dueOn: '2023-03-26', target: 1_000, share: 50 }

  it('goes on as the last six weeks went; an even pace has no band', () => {
    const even = weekly(0, 50, 50, 50, 50, 50, 50)
    expect(forecast(even, ask)).toEqual({ perWeek: 50, expected: 600, low: 600, high: 600, reachedOn: '2023-03-12' })
  })

  it('of an uneven pace has a band around the middle, within nobody and everybody', () => {
    const uneven = forecast(weekly(0, 0, 300, 0, 300, 0, 300), ask)!
    expect(uneven.expected).toBe(1_000)
    expect(uneven.low).toBeLessThan(uneven.expected)
    expect(uneven.high).toBe(1_000)
  })

  it('promises nothing where nothing moves', () => {
    expect(forecast(weekly(100, 0, 0, 0, 0, 0, 0), ask)).toMatchObject({
      expected: 100,
      low: 100,
      high: 100,
      reachedOn: null,
    })
  })

  it('names no day that is further off than ten years: one household in six weeks leads to the year 11753', () => {
    const slow = { ...ask, target: 84_826, share: 75 }
    expect(forecast(weekly(0, 0, 0, 0, 0, 0, 1), slow)).toMatchObject({ perWeek: 0, expected: 2, reachedOn: null })
    const tenYears = { ...ask, target: 600, share: 100 }
    expect(forecast(weekly(0, 0, 0, 0, 0, 0, 6), tenYears)!.reachedOn).toBe(null)
    expect(forecast(weekly(0, 1, 1, 1, 1, 1, 1), { ...ask, target: 500, share: 100 })!.reachedOn).toBe('2032-08-01')
  })

  it('says nothing with less than three weeks of curve, or when the day has come', () => {
    expect(forecast(weekly(0, 50), { ...ask, asOf: '2023-01-20' })).toBeNull()
    expect(forecast(weekly(0, 50, 50), { ...ask, asOf: '2023-01-22' })).not.toBeNull()
    expect(forecast([], ask)).toBeNull()
    expect(forecast(weekly(0, 50, 50, 50, 50, 50, 50), { ...ask, asOf: ask.dueOn })).toBeNull()
  })

  it('keeps its order: low, expected, high', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 100 }), { minLength: 7, maxLength: 12 }), (gains) => {
        const points = weekly(...gains)
        const found = forecast(points, { ...ask, asOf: points.at(-1)!.day, dueOn: '2023-12-31' })!
        expect(found.low).toBeLessThanOrEqual(found.expected)
        expect(found.expected).toBeLessThanOrEqual(found.high)
      }),
    )
  })

  it('reads a curve as it stood at the end of any day', () => {
    const points = weekly(5, 5)
    expect([
      doneAt(points, '2022-12-31'),
      doneAt(points, '2023-01-01'),
      doneAt(points, '2023-01-07'),
      doneAt(points, '2023-05-01'),
    ]).toEqual([0, 5, 5, 10])
  })
})
