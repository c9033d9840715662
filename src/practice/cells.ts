import type { SheetCell, SheetDate } from '../domain/import/sheet.ts'
import { monthNames } from './dates.ts'

/** Text in several runs, as word processors leave it in a cell. */
export interface RichText {
  runs: readonly string[]
}

/** What the generator puts in a cell. */
export type WrittenCell = SheetCell | RichText

/** Takes the rows of one sheet in order. */
export interface RowSink {
  /** Whether the file holds only text, so that dates and numbers stand in it as somebody's program showed them. */
  readonly textOnly: boolean
  /** Writes a row and gives its number as a spreadsheet program shows it; an empty list is a blank row. */
  row(cells: readonly WrittenCell[]): number
  /** A row whose first cell is merged over `columns` columns. */
  mergedRow(cells: readonly WrittenCell[], columns: number): number
  close(): void
}

export function isRichText(cell: WrittenCell): cell is RichText {
  return typeof cell === 'object' && cell !== null && 'runs' in cell
}

/** A cell as a spreadsheet program shows it, and as it therefore saves it in a text file. */
export function shownText(cell: WrittenCell): string {
  if (cell === null) return ''
  if (typeof cell !== 'object') return String(cell)
  return isRichText(cell) ? cell.runs.join('') : shownDate(cell)
}

function shownDate({ date, format }: SheetDate): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  if (format === 'd-mmm') return `${day}-${monthNames[month - 1]}`
  if (format === 'mmm-yy') return `${monthNames[month - 1]}-${String(year % 100).padStart(2, '0')}`
  return `${day}/${month}/${year}`
}
