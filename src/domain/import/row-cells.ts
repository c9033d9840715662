import { maskIdsInText } from '../national-id.ts'
import { cleanText, isDamaged, isTidy } from '../thai/clean.ts'
import { cellNumber, isPlaceholder } from './cell.ts'
import type { ColumnMapping, ImportField } from './field.ts'
import { isSheetDate, type SheetCell } from './sheet.ts'
import type { Fault, RowFault } from './staged.ts'

/** The mapped cells of the row being read, and the faults found in it so far. One is used for all rows of a file. */
export class RowCells {
  faults: Fault[] = []
  private cells: readonly SheetCell[] = []
  private readonly columnOf: Partial<Record<ImportField, number>>

  constructor(mapping: ColumnMapping) {
    this.columnOf = { ...mapping.columns }
  }

  open(cells: readonly SheetCell[]): void {
    this.cells = cells
    this.faults = []
  }

  isMapped(field: ImportField): boolean {
    return this.columnOf[field] !== undefined
  }

  /** The first of these fields that the mapping has, so that a fault lands on a cell that can be marked. */
  firstMapped(fields: readonly [ImportField, ...ImportField[]]): ImportField {
    return fields.find((field) => this.isMapped(field)) ?? fields[0]
  }

  fault(field: ImportField, fault: RowFault): void {
    this.faults.push({ field, fault })
  }

  /** The cell as it is; null when the field is not mapped or the row is short. */
  cell(field: ImportField): SheetCell {
    return this.cells[this.columnOf[field] ?? -1] ?? null
  }

  /** Cleaned text, '' for an empty cell or one that only says "none". Lost characters are a fault. */
  text(field: ImportField): string {
    const cell = this.cells[this.columnOf[field] ?? -1]
    if (cell === null || cell === undefined || cell === '') return ''
    if (typeof cell !== 'string') return isSheetDate(cell) ? cell.date : String(cell)
    if (isTidy(cell)) return isPlaceholder(cell) ? '' : cell
    const text = cleanText(cell)
    if (isDamaged(text)) this.fault(field, 'encodingDamaged')
    return isPlaceholder(text) ? '' : text
  }

  /** Text that fits its field; a longer one is a fault and never cut. */
  limitedText(field: ImportField, limit: number): string | null {
    return this.within(field, this.text(field), limit)
  }

  /** The text without national ids, or null with a fault when it is too long. */
  within(field: ImportField, text: string, limit: number): string | null {
    if (text === '') return null
    const kept = maskIdsInText(text)
    if (kept !== text) this.fault(field, 'nationalIdInText')
    if (kept.length <= limit) return kept
    this.fault(field, 'textTooLong')
    return null
  }

  /** A whole number within limits; anything else that is not empty is a fault. */
  wholeNumber(field: ImportField, least: number, most: number): number | null {
    const number = cellNumber(this.cells[this.columnOf[field] ?? -1])
    if (number === null) return null
    const whole = Math.round(number)
    if (whole >= least && whole <= most && Math.abs(whole - number) < 1) return whole
    this.fault(field, 'numberUnreadable')
    return null
  }
}
