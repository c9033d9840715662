/**
 * The provinces, districts and subdistricts of Thailand as they are shipped: data/areas.tsv, made and checked by
 * scripts/build-areas.js. Villages are not in it; they come in by import.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../package-root.ts'

/** One name of one area. A code that was renamed has two rows; a code that no longer exists has an ended row. */
export type AreaRow = {
  /** 2, 4 or 6 digits (DOPA). */
  code: string
  /** Without จังหวัด, อำเภอ, เขต, ตำบล or แขวง. */
  nameTh: string
  nameEn: string
  /** First day, `YYYY-MM-DD`; null when it goes back further than is known. */
  validFrom: string | null
  /** Last day, `YYYY-MM-DD`, that day included; null while it holds. */
  validTo: string | null
}

/** Every row, by code and then by first day; reads the file anew at each call (about 8,450 rows, 0.5 MB). */
export function loadAreas(): AreaRow[] {
  return readTable('areas.tsv').map((row) => ({
    code: cell(row, 'code'),
    nameTh: cell(row, 'name_th'),
    nameEn: cell(row, 'name_en'),
    validFrom: cell(row, 'valid_from') || null,
    validTo: cell(row, 'valid_to') || null,
  }))
}

/** The rows that hold on a day (`YYYY-MM-DD`): one for each code that exists then, as far as is known. */
export function areasOn<Row extends { validFrom: string | null; validTo: string | null }>(
  rows: readonly Row[],
  day: string,
): Row[] {
  return rows.filter(
    (row) => (row.validFrom === null || row.validFrom <= day) && (row.validTo === null || day <= row.validTo),
  )
}

/** The lines of a file in `data/` as records named by its first line. */
export function readTable(file: string): Map<string, string>[] {
  const text = readFileSync(join(packageRoot(), 'data', file), 'utf8')
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const columns = head.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return new Map(columns.map((column, index) => [column, cells[index] ?? '']))
  })
}

/** One cell of a line of `readTable`; a column that the file lacks is a broken installation. */
export function cell(row: ReadonlyMap<string, string>, column: string): string {
  const value = row.get(column)
  if (value === undefined) throw new Error(`a shipped table has no column ${column}`)
  return value
}
