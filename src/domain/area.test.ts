import { describe, expect, it } from 'vitest'
import { commonArea } from './area.ts'

describe('commonArea', () => {
  it.each([
    [['31'], '31'],
    [['3101', '3104'], '31'],
    [['310101', '31010104'], '310101'],
    [['31', '30'], ''],
    [['3101', ''], ''],
    [[], ''],
  ])('of %j is %j', (codes, area) => {
    expect(commonArea(codes)).toBe(area)
  })
})
