import { describe, expect, it } from 'vitest'
import { latestDay, todayBy, yearsAround } from './clock.ts'

const builtMs = Date.parse('2026-01-10T00:00:00Z')
const serverMs = Date.parse('2026-03-02T02:00:00Z')
const clock = { offsetMs: 0, deviceMs: serverMs, serverMs }

describe('the day that is proposed', () => {
  it('is by the clock while nothing says that it was moved', () => {
    expect(todayBy(clock, serverMs + 3 * 86_400_000, builtMs)).toEqual({ day: '2026-03-05', isSure: true })
  })

  for (const wrong of ['1970-01-01', '2015-01-01', '2026-02-01', '2031-01-01', '9000-01-01'])
    it(`can be chosen with a clock that was set to ${wrong} without a line`, () => {
      const today = todayBy(clock, Date.parse(`${wrong}T02:00:00Z`), builtMs)
      expect(today).toEqual({ day: '2026-03-02', isSure: false })
      expect(yearsAround(today)).toEqual([2023, 2029])
      expect(latestDay(today) > '2029-12-31').toBe(true)
    })

  it('is not before the app was built, where the server was never heard', () => {
    expect(todayBy(null, Date.parse('2015-01-01T02:00:00Z'), builtMs)).toEqual({ day: '2026-01-10', isSure: false })
    expect(todayBy(null, Date.parse('2027-01-01T02:00:00Z'), builtMs)).toEqual({ day: '2027-01-01', isSure: false })
  })
})
