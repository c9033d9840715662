/** What every file reader hands to the import rules: rows of plain cells, whatever the file was. */

/** A date that the file holds as a date; the year is as stored, so 2565 means that somebody typed the Buddhist era. */
export interface SheetDate {
  /** `YYYY-MM-DD` as stored in the file. */
  date: string
  /** The number format of the cell, when the file has one: `d-mmm` betrays a house number such as 27/1. */
  format: string | null
}

/** A value as the file holds it. Rich text is flattened; formulas give their stored result; errors give null. */
export type SheetCell = string | number | boolean | SheetDate | null

export interface SheetRow {
  /** 1-based, as a spreadsheet program shows it; blank rows keep their numbers. */
  number: number
  cells: readonly SheetCell[]
}

export function isSheetDate(cell: SheetCell): cell is SheetDate {
  return typeof cell === 'object' && cell !== null
}
