import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../settings.ts'
import { isTooManyElsewhere } from './elsewhere.ts'

const limits = { ...defaultSettings['import.limits'], elsewhereRows: 20, elsewhereShare: 1, elsewherePerDay: 200 }

describe('Rows that stand elsewhere', () => {
  it('a list with a few people who moved is shown, whatever its size', () => {
    expect(isTooManyElsewhere({ rows: 0, households: 0, earlier: 5000 }, limits)).toBe(false)
    expect(isTooManyElsewhere({ rows: 20, households: 25, earlier: 0 }, limits)).toBe(false)
    expect(isTooManyElsewhere({ rows: 50, households: 5000, earlier: 0 }, limits)).toBe(false)
  })

  it('more than a list would have are held back', () => {
    expect(isTooManyElsewhere({ rows: 21, households: 25, earlier: 0 }, limits)).toBe(true)
    expect(isTooManyElsewhere({ rows: 51, households: 5000, earlier: 0 }, limits)).toBe(true)
  })

  it('neither a long file nor many short ones give a person more than the measure of a day', () => {
    expect(isTooManyElsewhere({ rows: 201, households: 100_000, earlier: 0 }, limits)).toBe(true)
    expect(isTooManyElsewhere({ rows: 20, households: 20, earlier: 180 }, limits)).toBe(false)
    expect(isTooManyElsewhere({ rows: 20, households: 20, earlier: 181 }, limits)).toBe(true)
  })
})
