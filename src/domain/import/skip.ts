/** Rows that are not a household or a person: blank ones, totals, and headers repeated on every printed page. */
import { cellText } from './cell.ts'
import type { ColumnMapping, ImportField } from './field.ts'
import { fieldOfHeading } from './headings.ts'
import type { SheetCell, SheetRow } from './sheet.ts'

/** Whether a row holds nothing but spaces. */
export function isBlankRow(row: SheetRow): boolean {
  for (const cell of row.cells) {
    if (cell === null || cell === '') continue
    if (typeof cell !== 'string' || cellText(cell) !== '') return false
  }
  return true
}

/** Never รวม and a surname: รวม is a given name too. */
const totalWords =
  /^(?:ยอด|ผล)?รวม(?:[ :.]*(?:$|[0-9(]|ทั้ง|ยอด|จำนวน|จังหวัด|อำเภอ|ตำบล|หมู่บ้าน|หมู่ที่|ครัวเรือน|เป็น))|^(?:sub ?|grand ?)?total\b/i

/** Whether a row sums up others: its first text is "รวม…", and beside it stand at most one more text and figures. */
export function isTotalRow(row: SheetRow): boolean {
  let first: string | null = null
  let texts = 0
  for (const cell of row.cells) {
    if (typeof cell !== 'string' || cell === '') continue
    const text = cellText(cell)
    if (text === '' || /^[0-9๐-๙,.%/ -]+$/.test(text)) continue
    if (first === null) {
      if (!totalWords.test(text)) return false
      first = text
    }
    texts += 1
    if (texts > 2) return false
  }
  return first !== null
}

/**
 * A test for header rows that stand again in the middle of a list: at least two mapped cells hold the heading of
 * their own field.
 */
export function createRepeatedHeaderTest(mapping: ColumnMapping): (cells: readonly SheetCell[]) => boolean {
  const columns = mappedColumns(mapping)
  const known = new Map<string, ImportField | null>()
  const fieldOf = (text: string): ImportField | null => {
    let field = known.get(text)
    if (field === undefined) {
      field = fieldOfHeading(text)?.field ?? null
      if (known.size > 5000) known.clear()
      known.set(text, field)
    }
    return field
  }
  return (cells) => {
    let headings = 0
    let texts = 0
    for (const [, column] of columns) {
      const cell = cells[column]
      if (cell === null || cell === undefined || cell === '') continue
      // A header holds no figures and no long texts; most rows are told apart by their first cells.
      if (typeof cell !== 'string' || cell.length > 60 || isDigit(cell.charCodeAt(0))) return false
      texts += 1
      if (fieldOf(cell) !== null) headings += 1
      if (texts === 2 && headings === 0) return false
    }
    return headings >= 2 && headings * 2 > texts
  }
}

function isDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x0e50 && code <= 0x0e59)
}

function mappedColumns(mapping: ColumnMapping): [string, number][] {
  return Object.entries(mapping.columns).filter((entry): entry is [string, number] => entry[1] !== undefined)
}
