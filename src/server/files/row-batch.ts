import type { SheetCell, SheetRow } from '../../domain/import/sheet.ts'
import { fileTooLarge, hostileFile } from './limits.ts'
import type { Limits } from './limits.ts'

/** Gathers the rows of one sheet into batches and holds them to the limits. Every reader hands its rows to one. */
export interface RowBatcher {
  /** Takes a row whose last cell is a value; a row without cells is blank and is left out. */
  add(number: number, cells: SheetCell[]): void
  readonly full: boolean
  /** What was gathered, for handing over. */
  take(): SheetRow[]
}

export function createRowBatcher(limits: Limits, maximumRows: number = limits.rows): RowBatcher {
  let rows: SheetRow[] = []
  let lastNumber = 0
  let cellCount = 0
  return {
    add(number, cells) {
      if (number > maximumRows) throw fileTooLarge('rows', maximumRows)
      if (!(number > lastNumber)) throw hostileFile('rowOrder')
      lastNumber = number
      if (cells.length === 0) return
      if (cells.length > limits.columns) throw hostileFile('columns', limits.columns)
      cellCount += cells.length
      if (cellCount > limits.cells) throw fileTooLarge('cells', limits.cells)
      rows.push({ number, cells })
    },
    get full() {
      return rows.length >= limits.batchRows
    },
    take() {
      const taken = rows
      rows = []
      return taken
    },
  }
}

/** Drops the empty cells after the last value. */
export function trimRow(cells: SheetCell[]): SheetCell[] {
  let length = cells.length
  while (length > 0 && isBlank(cells[length - 1])) length--
  cells.length = length
  return cells
}

function isBlank(cell: SheetCell | undefined): boolean {
  return cell === null || cell === undefined || cell === ''
}
