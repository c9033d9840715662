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
  return column === totalColumn || set === column || `,${set},`.includes(`,${column},`)
}

/** An area with what the decisions ask of it again and again. */
interface Row {
  code: string
  counts: SetCounts
  /** Households by column. */
  tally: ReadonlyMap<string, number>
  hasSmallSet: boolean
  hidden: Set<string>
}

/** Makes rows of areas. Which columns a set counts in is worked out once for all; a column named twice counts once. */
function rowMaker(
  columns: readonly string[],
  hiddenAbove: ReadonlySet<string>,
): (code: string, counts: SetCounts) => Row {
  const distinct = [...new Set(columns)]
  const columnsOfSet = new Map<string, readonly string[]>()
  return (code, counts) => {
    const tally = new Map<string, number>()
    let hasSmallSet = false
    for (const [set, count] of counts) {
      let own = columnsOfSet.get(set)
      if (!own) columnsOfSet.set(set, (own = distinct.filter((column) => isIn(set, column))))
      for (const column of own) tally.set(column, (tally.get(column) ?? 0) + count)
      hasSmallSet ||= isSmall(count)
    }
    const hidden = new Set(hiddenAbove)
    for (const [column, count] of tally) if (isSmall(count)) hidden.add(column)
    return { code, counts, tally, hasSmallSet, hidden }
  }
}

/** What is hidden of the outermost area, which has no neighbours. */
export function hiddenAtTop(counts: SetCounts, columns: readonly string[]): Set<string> {
  const row = rowMaker(columns, new Set())('', counts)
  protectWithinArea(row, columns)
  return row.hidden
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
  const open = columns.filter((column) => !hiddenAbove.has(column))
  if (open.length === 0) return new Map([...children.keys()].map((code) => [code, new Set(columns)]))
  const above = new Set(columns.filter((column) => hiddenAbove.has(column)))
  const rowOf = rowMaker(columns, above)
  const rows = [...children].map(([code, counts]) => rowOf(code, counts))
  // Each step hides more, so it ends; hiding in a row may bare a column and the other way round.
  for (let before = -1, after = size(rows); after !== before; before = after, after = size(rows)) {
    for (const row of rows) protectWithinArea(row, columns)
    for (const column of open) protectColumn(rows, column)
  }
  return new Map(rows.map(({ code, hidden }) => [code, hidden]))
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
function protectWithinArea({ counts, tally, hasSmallSet, hidden }: Row, columns: readonly string[]): void {
  if (!hasSmallSet) return
  const all = new Set(counts.keys())
  while (isAnySmallKnown(counts, columns, hidden, all)) {
    const next = columns
      .filter((column) => !hidden.has(column))
      .map((column) => ({ column, count: tally.get(column) ?? 0 }))
      .filter(({ count }) => count > 0)
      .toSorted((a, b) => a.count - b.count || (a.column < b.column ? -1 : 1))[0]
    if (!next) return
    hidden.add(next.column)
  }
}

/** Neighbours are hidden, the smallest first, until the sum of the hidden ones says nothing about any of them. */
function protectColumn(rows: readonly Row[], column: string): void {
  let kept = 0
  let sum = 0
  for (const { hidden, tally } of rows) {
    if (!hidden.has(column)) continue
    kept += 1
    sum += tally.get(column) ?? 0
  }
  // Each hidden one is at least one household, so the largest it can be is the sum less the others.
  const isOpen = () => kept >= 2 && sum - (kept - 1) >= smallest
  if (kept === 0 || isOpen()) return
  const others = rows
    .filter(({ hidden }) => !hidden.has(column))
    .map((row) => ({ row, count: row.tally.get(column) ?? 0 }))
    .toSorted(
      (a, b) =>
        Number(a.count === 0) - Number(b.count === 0) || a.count - b.count || (a.row.code < b.row.code ? -1 : 1),
    )
  for (const { row, count } of others) {
    row.hidden.add(column)
    kept += 1
    sum += count
    if (isOpen()) return
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

function size(rows: readonly Row[]): number {
  let sum = 0
  for (const { hidden } of rows) sum += hidden.size
  return sum
}
