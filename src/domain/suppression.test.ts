import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnCount, hiddenAtTop, hiddenOfChildren, hiddenSets, smallest, totalColumn } from './suppression.ts'

const columns = [totalColumn, 'a', 'b', 'c']
const sets = ['', 'a', 'a,b', 'a,b,c', 'a,c', 'b', 'b,c', 'c']
const countsArbitrary = fc
  .array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 60 })), {
    minLength: sets.length,
    maxLength: sets.length,
  })
  .map((counts) => new Map(sets.map((set, index) => [set, counts[index]!])))
const childrenArbitrary = fc
  .array(countsArbitrary, { minLength: 2, maxLength: 7 })
  .map((children) => new Map(children.map((counts, index) => [`310${index}`, counts])))

describe('keeping back small figures', () => {
  it('keeps back one to four households and shows none and five', () => {
    const children = new Map([
      ['3101', new Map([['a', 4]])],
      ['3102', new Map([['a', 5]])],
      ['3103', new Map([['a', 0]])],
      ['3104', new Map([['a', 50]])],
    ])
    const hidden = hiddenOfChildren(new Set(), children, [totalColumn, 'a'])
    expect(hidden.get('3101')).toEqual(new Set([totalColumn, 'a']))
    // The next smallest goes with it, or total less the others would give it back.
    expect(hidden.get('3102')).toEqual(new Set([totalColumn, 'a']))
    expect(hidden.get('3103')).toEqual(new Set())
    expect(hidden.get('3104')).toEqual(new Set())
  })

  it('keeps back a third when two hidden ones would give each other away', () => {
    const one = new Map([['a', 1]])
    const children = new Map([
      ['3101', one],
      ['3102', one],
      ['3103', new Map([['a', 20]])],
      ['3104', new Map([['a', 30]])],
    ])
    const hidden = hiddenOfChildren(new Set(), children, ['a'])
    expect([...hidden].filter(([, kept]) => kept.has('a')).map(([code]) => code)).toEqual(['3101', '3102', '3103'])
  })

  it('keeps back a list whose total would tell how few stand on both lists', () => {
    const counts = new Map([
      ['a', 98],
      ['a,b', 2],
      ['b', 48],
    ])
    expect(hiddenAtTop(counts, [totalColumn, 'a', 'b'])).toEqual(new Set(['b']))
  })

  it('keeps the same back when a column is named twice', () => {
    const twice = [...columns, ...columns]
    fc.assert(
      fc.property(childrenArbitrary, (children) => {
        expect(hiddenOfChildren(new Set(), children, twice)).toEqual(hiddenOfChildren(new Set(), children, columns))
        for (const counts of children.values()) expect(hiddenAtTop(counts, twice)).toEqual(hiddenAtTop(counts, columns))
      }),
    )
  })

  it('keeps back everything below a figure that is kept back', () => {
    const hidden = hiddenOfChildren(new Set(['a']), new Map([['3101', new Map([['a', 90]])]]), ['a', 'b'])
    expect(hidden.get('3101')).toEqual(new Set(['a']))
  })

  it('never leaves a column of which the hidden figures can be worked out from the total', () => {
    fc.assert(
      fc.property(childrenArbitrary, (children) => {
        const hidden = hiddenOfChildren(new Set(), children, columns)
        for (const column of columns) {
          const kept = [...children].filter(([code]) => hidden.get(code)!.has(column))
          const sum = kept.reduce((total, [, counts]) => total + columnCount(counts, column), 0)
          const total = [...children.values()].reduce((all, counts) => all + columnCount(counts, column), 0)
          for (const [code, counts] of children) {
            const count = columnCount(counts, column)
            if (count > 0 && count < smallest) expect(hidden.get(code)!.has(column)).toBe(true)
          }
          if (kept.length > 0 && kept.length < children.size && total >= smallest) {
            expect(kept.length).toBeGreaterThan(1)
            expect(sum - (kept.length - 1)).toBeGreaterThanOrEqual(smallest)
          }
        }
      }),
    )
  })

  it('never shows an overlap of few households, even to somebody who adds and subtracts', () => {
    fc.assert(
      fc.property(countsArbitrary, (counts) => {
        const hidden = hiddenAtTop(counts, columns)
        const kept = hiddenSets(counts, columns, hidden)
        for (const [set, count] of counts) {
          if (count === 0 || count >= smallest) continue
          expect(kept.has(set)).toBe(true)
          // Another world that looks the same from outside, in which the set has another number of households.
          expect(canDiffer(counts, set, hidden, kept)).toBe(true)
        }
      }),
    )
  })
})

/** Whether the visible equations leave `set` open: a change of the unknown sets that cancels out in all of them. */
function canDiffer(
  counts: ReadonlyMap<string, number>,
  set: string,
  hidden: ReadonlySet<string>,
  kept: ReadonlySet<string>,
): boolean {
  const unknown = sets.filter((name) => kept.has(name) && counts.get(name)! > 0)
  const visible = columns.filter((column) => !hidden.has(column))
  const isIn = (name: string, column: string) => column === totalColumn || name.split(',').includes(column)
  const shifts = [-2, -1, 0, 1, 2]
  const search = (index: number, shift: number[]): boolean => {
    if (index === unknown.length) {
      return (
        shift[unknown.indexOf(set)] !== 0 &&
        visible.every(
          (column) => unknown.reduce((sum, name, at) => sum + (isIn(name, column) ? shift[at]! : 0), 0) === 0,
        )
      )
    }
    return shifts.some((step) => search(index + 1, [...shift, step]))
  }
  return search(0, [])
}
