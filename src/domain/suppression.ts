/**
 * Which figures are kept back from people who may see totals but not households (nation, auditors, committees): a count
 * of one to four households could point at a family. Keeping back the small ones alone is no protection, since a total
 * gives them back; so others are kept back with them.
 *
 * The decision is made from the nation downwards and for each area in the light of its neighbours, never of the viewer
 * or the page, so that two pages, or two viewers, cannot be subtracted from one another.
 */

export const smallest = 5

/** Households by exact set of lists (codes joined by commas, '' for none) in one area. */
export type SetCounts = ReadonlyMap<string, number>

/** The columns that an overview shows: `total`, and each list by its code. */
export const totalColumn = 'total'

function isSmall(count: number): boolean {
  return count > 0 && count < smallest
}

/** Households of a column: all of them, or those that stand on the list. */
export function columnCount(counts: SetCounts, column: string): number {
  let sum = 0
  for (const [set, count] of counts) if (isIn(set, column)) sum += count
  return sum
}

function isIn(set: string, column: string): boolean {
  // Without taking the set apart: this is asked a hundred thousand times for one page.
  return column === totalColumn || set === column || `,${set},`.includes(`,${column},`)
}

/** What is hidden of the outermost area, which has no neighbours. */
export function hiddenAtTop(counts: SetCounts, columns: readonly string[]): Set<string> {
  const hidden = new Set(columns.filter((column) => isSmall(columnCount(counts, column))))
  protectWithinArea(counts, columns, hidden)
  return hidden
}

/**
 * What is hidden of each child of an area.
 *
 * @param hiddenAbove the columns that are hidden of the area itself: they are hidden of every child
 * @returns for each child the columns to keep back
 */
export function hiddenOfChildren(
  hiddenAbove: ReadonlySet<string>,
  children: ReadonlyMap<string, SetCounts>,
  columns: readonly string[],
): Map<string, Set<string>> {
  const hidden = new Map<string, Set<string>>()
  for (const [code, counts] of children) {
    hidden.set(
      code,
      new Set(columns.filter((column) => hiddenAbove.has(column) || isSmall(columnCount(counts, column)))),
    )
  }
  // Each step hides more, so it ends; hiding in a row may bare a column and the other way round.
  for (let before = -1, after = size(hidden); after !== before; before = after, after = size(hidden)) {
    for (const [code, counts] of children) protectWithinArea(counts, columns, hidden.get(code)!)
    for (const column of columns) if (!hiddenAbove.has(column)) protectColumn(children, column, hidden)
  }
  return hidden
}

/** The sets to keep back of the overlap of an area whose `hidden` columns are kept back too. */
export function hiddenSets(counts: SetCounts, columns: readonly string[], hidden: ReadonlySet<string>): Set<string> {
  const kept = new Set([...counts.keys()].filter((set) => isSmall(counts.get(set)!)))
  const bySize = [...counts].filter(([, count]) => count > 0).toSorted((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
  while (kept.size > 0 && isAnySmallKnown(counts, columns, hidden, kept)) {
    const next = bySize.find(([set]) => !kept.has(set))
    if (!next) break
    kept.add(next[0])
  }
  return kept
}

/**
 * With two lists, list + list − total is their overlap: as long as what is shown of an area determines a small set,
 * the smallest column that helps to determine it is hidden too.
 */
function protectWithinArea(counts: SetCounts, columns: readonly string[], hidden: Set<string>): void {
  const all = new Set(counts.keys())
  while (isAnySmallKnown(counts, columns, hidden, all)) {
    const next = columns
      .filter((column) => !hidden.has(column))
      .map((column) => ({ column, count: columnCount(counts, column) }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => a.count - b.count || (a.column < b.column ? -1 : 1))[0]
    if (!next) return
    hidden.add(next.column)
  }
}

/** Neighbours are hidden, the smallest first, until the sum of the hidden ones says nothing about any of them. */
function protectColumn(
  children: ReadonlyMap<string, SetCounts>,
  column: string,
  hidden: ReadonlyMap<string, Set<string>>,
): void {
  const rows = [...children].map(([code, counts]) => ({ code, count: columnCount(counts, column) }))
  const kept = rows.filter(({ code }) => hidden.get(code)!.has(column))
  if (kept.length === 0) return
  const others = rows
    .filter(({ code }) => !hidden.get(code)!.has(column))
    .toSorted(
      (a, b) => Number(a.count === 0) - Number(b.count === 0) || a.count - b.count || (a.code < b.code ? -1 : 1),
    )
  // Each hidden one is at least one household, so the largest it can be is the sum less the others.
  const isOpen = () =>
    kept.length >= 2 && kept.reduce((sum, { count }) => sum + count, 0) - (kept.length - 1) >= smallest
  while (!isOpen()) {
    const next = others.shift()
    if (!next) return
    kept.push(next)
    hidden.get(next.code)!.add(column)
  }
}

/**
 * Whether some small set can be worked out from what is shown: the visible columns are equations over the sets, and a
 * set is known when the reduced equations name it alone.
 *
 * @param unknown the sets whose own count is not shown
 */
function isAnySmallKnown(
  counts: SetCounts,
  columns: readonly string[],
  hidden: ReadonlySet<string>,
  unknown: ReadonlySet<string>,
): boolean {
  const variables = [...counts.keys()].filter((set) => unknown.has(set) && counts.get(set)! > 0)
  if (!variables.some((set) => isSmall(counts.get(set)!))) return false
  const equations = columns
    .filter((column) => !hidden.has(column))
    .map((column) => variables.map((set) => (isIn(set, column) ? 1 : 0)))
  const reduced = reduce(equations, variables.length)
  return reduced.some((row) => {
    const named = row.flatMap((value, index) => (Math.abs(value) > 1e-9 ? [index] : []))
    return named.length === 1 && isSmall(counts.get(variables[named[0]!]!)!)
  })
}

/** Reduced row echelon form. */
function reduce(rows: readonly (readonly number[])[], width: number): number[][] {
  const matrix = rows.map((row) => [...row])
  let top = 0
  for (let column = 0; column < width && top < matrix.length; column += 1) {
    const pivot = matrix.findIndex((row, index) => index >= top && Math.abs(row[column]!) > 1e-9)
    if (pivot < 0) continue
    ;[matrix[top], matrix[pivot]] = [matrix[pivot]!, matrix[top]!]
    const lead = matrix[top]!
    const factor = lead[column]!
    for (let index = 0; index < width; index += 1) lead[index] = lead[index]! / factor
    for (const [index, row] of matrix.entries()) {
      const share = row[column]!
      if (index === top || Math.abs(share) < 1e-9) continue
      for (let at = 0; at < width; at += 1) row[at] = row[at]! - share * lead[at]!
    }
    top += 1
  }
  return matrix
}

function size(hidden: ReadonlyMap<string, ReadonlySet<string>>): number {
  let sum = 0
  for (const columns of hidden.values()) sum += columns.size
  return sum
}
