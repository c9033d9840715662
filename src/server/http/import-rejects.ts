/** The workbook of rows that were left out: the file's own rows, each fault marked in its cell, ready to be corrected. */
import { Readable } from 'node:stream'
import type { ColumnMapping } from '../../domain/import/field.ts'
import { correctedMark } from '../../domain/import/keeping.ts'
import type { SheetRow } from '../../domain/import/sheet.ts'
import { rowFaults, type Fault } from '../../domain/import/staged.ts'
import { faultSentences } from '../../text/faults.ts'
import type { Deps } from '../deps.ts'
import { pickRows, type PickTask } from '../files/pick-rows.ts'
import { writeWorkbook, type StyledCell, type WorkbookRow } from '../files/workbook.ts'
import type { StoredBatch } from '../queries/imports.ts'
import type { StoredUpload } from '../queries/uploads.ts'
import type { FileAnswer } from './endpoint.ts'

export function rejectsWorkbook(
  deps: Deps,
  batch: StoredBatch,
  mapping: ColumnMapping,
  upload: StoredUpload,
  rejects: readonly RejectedRow[],
): FileAnswer {
  const file = { path: deps.uploads.path(upload.id), upload: { id: upload.id, size: upload.size } }
  return {
    fileName: rejectsFileName(batch.file_name),
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: Readable.toWeb(
      Readable.from(rejectsBytes(file, deps.secrets.export(), mapping, rejects)),
    ) as ReadableStream<Uint8Array>,
  }
}

export interface RejectedRow {
  row_number: number
  faults: readonly Fault[] | null
}

export function rejectsFileName(fileName: string): string {
  return `${fileName.replace(/\.[^.]+$/, '')}${correctedMark}.xlsx`
}

/** The workbook of an uploaded file, or of a plain one on this machine. */
export function rejectsBytes(
  file: Pick<PickTask, 'path' | 'upload'>,
  keys: string,
  mapping: ColumnMapping,
  rejects: readonly RejectedRow[],
): AsyncGenerator<Uint8Array> {
  const faultsByRow = new Map(rejects.map(({ row_number, faults }) => [row_number, faults ?? []]))
  const picked = pickRows({
    ...file,
    keys,
    sheet: mapping.sheet,
    headerRow: mapping.headerRow,
    rows: Int32Array.from(faultsByRow.keys()),
  })
  return writeWorkbook([
    {
      name: mapping.sheet,
      headingRows: mapping.headerRow,
      rows: markedRows(picked, mapping, faultsByRow),
    },
  ])
}

/** Titles and header keep their row numbers, blank rows between them included, so that the mapping still fits. */
async function* markedRows(
  rows: AsyncIterable<SheetRow>,
  mapping: ColumnMapping,
  faultsByRow: ReadonlyMap<number, readonly Fault[]>,
): AsyncGenerator<WorkbookRow> {
  let written = 0
  for await (const row of rows) {
    const before = Math.min(row.number - 1, mapping.headerRow)
    for (; written < before; written += 1) yield []
    const isHeading = row.number <= mapping.headerRow
    yield isHeading ? row.cells : marked(row, mapping, faultsByRow.get(row.number) ?? [])
    written += 1
  }
}

function marked(row: SheetRow, mapping: ColumnMapping, faults: readonly Fault[]): WorkbookRow {
  const cells: (StyledCell | SheetRow['cells'][number])[] = [...row.cells]
  const notes = new Map<number, { text: string[]; isInvalid: boolean }>()
  for (const { field, fault, day } of faults) {
    // A fault about a column that the file does not have stands at the first one.
    const column = mapping.columns[field] ?? 0
    const note = notes.get(column) ?? { text: [], isInvalid: false }
    const th = faultSentences(fault, 'th', day)
    const en = faultSentences(fault, 'en', day)
    note.text.push(`${th.what} ${th.next}\n${en.what}. ${en.next}`)
    note.isInvalid ||= rowFaults[fault] === 'invalid'
    notes.set(column, note)
  }
  for (const [column, { text, isInvalid }] of notes) {
    while (cells.length <= column) cells.push(null)
    const value = row.cells[column] ?? null
    cells[column] = { value, note: text.join('\n\n'), look: isInvalid ? 'fault' : 'plain' }
  }
  return cells
}
