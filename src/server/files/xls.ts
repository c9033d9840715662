import type { SheetCell, SheetRow } from '../../domain/import/sheet.ts'
import { Problem } from '../../domain/problem.ts'
import { readCompoundStream } from './cfb.ts'
import { damagedFile, fileTooLarge, hostileFile, sheetNotFound, unknownFileFormat } from './limits.ts'
import type { Limits } from './limits.ts'
import { builtInDateFormats, isDateFormat, plainFormat, serialToDate } from './number-format.ts'
import { createRowBatcher, trimRow } from './row-batch.ts'
import type { ByteSource } from './source.ts'
import type { Table } from './table.ts'
import { readBiffString, readSharedStringTable } from './xls-strings.ts'

/**
 * Record numbers of BIFF8 ([MS-XLS] 2.3). Read here and not through a library, because the number format of a date has
 * to come along: it is what betrays a house number such as 27/1.
 */
const record = {
  formula: 0x06,
  endOfFile: 0x0a,
  filePassword: 0x2f,
  dateMode: 0x22,
  continue: 0x3c,
  boundSheet: 0x85,
  multipleRk: 0xbd,
  richString: 0xd6,
  cellFormat: 0xe0,
  sharedStrings: 0xfc,
  sharedLabel: 0xfd,
  dimensions: 0x200,
  number: 0x203,
  label: 0x204,
  booleanOrError: 0x205,
  formulaString: 0x207,
  rk: 0x27e,
  numberFormat: 0x41e,
  beginOfFile: 0x809,
} as const

interface SheetPlace {
  name: string
  offset: number
  hidden: boolean
}

interface WorkbookGlobals {
  sheets: SheetPlace[]
  dateFormats: (string | null)[]
  date1904: boolean
  sharedStrings: string[]
}

/** An Excel 97–2003 workbook. It stands in memory as a whole: at most 65,536 rows a sheet. */
export async function openXls(source: ByteSource, limits: Limits): Promise<Table> {
  if (source.size > limits.memoryFileBytes) throw fileTooLarge('memoryFileBytes', limits.memoryFileBytes)
  const bytes = await source.read(0, source.size)
  const workbook = readCompoundStream(bytes, 'Workbook')
  if (workbook === null) throw unknownFileFormat('ole')
  const globals = readGlobals(workbook, limits)
  if (globals.sheets.length === 0) throw damagedFile('noSheet')

  async function* rows(sheetName: string): AsyncGenerator<SheetRow[]> {
    const sheet = globals.sheets.find((one) => one.name === sheetName)
    if (sheet === undefined || workbook === null) throw sheetNotFound()
    const batcher = createRowBatcher(limits)
    const cellsByRow = readSheet(workbook, sheet.offset, globals, limits)
    for (const [index, cells] of cellsByRow.entries()) {
      if (cells === undefined) continue
      batcher.add(index + 1, trimRow(cells))
      if (batcher.full) yield batcher.take()
    }
    const last = batcher.take()
    if (last.length > 0) yield last
  }

  return {
    format: 'xls',
    sheets: globals.sheets.map(({ name, hidden, offset }) => ({
      name,
      hidden,
      rowEstimate: estimateRows(workbook, offset),
    })),
    rows,
    close: async () => {},
  }
}

interface BiffRecord {
  id: number
  data: DataView
  next: number
}

/** @throws Problem truncatedFile when the record is not whole */
function readRecord(bytes: Uint8Array, offset: number): BiffRecord {
  if (offset + 4 > bytes.length) throw damagedFile('record')
  const header = new DataView(bytes.buffer, bytes.byteOffset + offset, 4)
  const length = header.getUint16(2, true)
  if (offset + 4 + length > bytes.length) throw damagedFile('record')
  return {
    id: header.getUint16(0, true),
    data: new DataView(bytes.buffer, bytes.byteOffset + offset + 4, length),
    next: offset + 4 + length,
  }
}

function readGlobals(bytes: Uint8Array, limits: Limits): WorkbookGlobals {
  const first = readRecord(bytes, 0)
  if (first.id !== record.beginOfFile || first.data.byteLength < 2) throw unknownFileFormat('oldExcel')
  if (first.data.getUint16(0, true) !== 0x600) throw unknownFileFormat('oldExcel')
  const globals: WorkbookGlobals = { sheets: [], dateFormats: [], date1904: false, sharedStrings: [] }
  const formatById = new Map<number, string>()
  const formatIds: number[] = []
  for (let offset = first.next; ;) {
    const { id, data, next } = readRecord(bytes, offset)
    offset = next
    if (id === record.endOfFile) break
    if (id === record.filePassword) throw new Problem('passwordProtectedFile')
    if (id === record.dateMode) globals.date1904 = readAt(() => data.getUint16(0, true)) === 1
    else if (id === record.numberFormat) {
      formatById.set(
        readAt(() => data.getUint16(0, true)),
        readBiffString(data, 2, 2),
      )
    } else if (id === record.cellFormat) formatIds.push(readAt(() => data.getUint16(2, true)))
    else if (id === record.boundSheet) {
      // Kind 0 is a worksheet; charts, macros and dialogs have no rows.
      if (readAt(() => data.getUint8(5)) === 0) {
        const hidden = (data.getUint8(4) & 3) !== 0
        globals.sheets.push({ name: readBiffString(data, 6, 1), offset: data.getUint32(0, true), hidden })
      }
    } else if (id === record.sharedStrings) {
      const blocks = [data]
      for (;;) {
        const following = readRecord(bytes, offset)
        if (following.id !== record.continue) break
        blocks.push(following.data)
        offset = following.next
      }
      globals.sharedStrings = readSharedStringTable(blocks, limits)
    }
  }
  globals.dateFormats = formatIds.map((id) => {
    const own = formatById.get(id)
    return own === undefined ? (builtInDateFormats[id] ?? null) : isDateFormat(own) ? plainFormat(own) : null
  })
  return globals
}

function estimateRows(bytes: Uint8Array, sheetOffset: number): number | null {
  let offset = sheetOffset
  for (let steps = 0; steps < 200; steps++) {
    const { id, data, next } = readRecord(bytes, offset)
    if (id === record.dimensions) return data.byteLength >= 8 ? data.getUint32(4, true) : null
    if (id === record.endOfFile) return null
    offset = next
  }
  return null
}

function readSheet(
  bytes: Uint8Array,
  start: number,
  globals: WorkbookGlobals,
  limits: Limits,
): (SheetCell[] | undefined)[] {
  const rows: (SheetCell[] | undefined)[] = []
  const pendingText: { row: number; column: number }[] = []

  function set(row: number, column: number, value: SheetCell): void {
    if (value === null || value === '') return
    if (column >= limits.columns) throw hostileFile('columns', limits.columns)
    while (rows.length <= row) rows.push(undefined)
    const cells = (rows[row] ??= [])
    while (cells.length < column) cells.push(null)
    cells[column] = value
  }

  function numeric(value: number, formatIndex: number): SheetCell {
    if (!Number.isFinite(value)) return null
    const format = globals.dateFormats[formatIndex] ?? null
    return format === null ? value : (serialToDate(value, globals.date1904, format) ?? value)
  }

  function readCell(id: number, data: DataView): void {
    const row = data.getUint16(0, true)
    const column = data.getUint16(2, true)
    const format = data.getUint16(4, true)
    switch (id) {
      case record.sharedLabel: {
        const text = globals.sharedStrings[data.getUint32(6, true)]
        if (text === undefined) throw damagedFile('sharedStrings')
        return set(row, column, text)
      }
      case record.label:
      case record.richString:
        return set(row, column, readBiffString(data, 6, 2))
      case record.number:
        return set(row, column, numeric(data.getFloat64(6, true), format))
      case record.rk:
        return set(row, column, numeric(rkNumber(data.getUint32(6, true)), format))
      case record.multipleRk:
        for (let index = 0; 4 + index * 6 + 6 <= data.byteLength - 2; index++) {
          const at = 4 + index * 6
          set(row, column + index, numeric(rkNumber(data.getUint32(at + 2, true)), data.getUint16(at, true)))
        }
        return
      case record.booleanOrError:
        return set(row, column, data.getUint8(7) === 1 ? null : data.getUint8(6) !== 0)
      case record.formula:
        if (data.getUint16(12, true) !== 0xffff) return set(row, column, numeric(data.getFloat64(6, true), format))
        if (data.getUint8(6) === 1) return set(row, column, data.getUint8(8) !== 0)
        if (data.getUint8(6) === 0) pendingText.push({ row, column })
    }
  }

  const opening = readRecord(bytes, start)
  if (opening.id !== record.beginOfFile) throw damagedFile('sheetStart')
  let depth = 1
  for (let offset = opening.next; depth > 0;) {
    const { id, data, next } = readRecord(bytes, offset)
    offset = next
    if (id === record.beginOfFile) depth++
    else if (id === record.endOfFile) depth--
    else if (depth === 1 && id === record.formulaString) {
      // The text that a formula gave follows it, maybe after other records about that formula.
      const place = pendingText.pop()
      if (place !== undefined) set(place.row, place.column, readBiffString(data, 0, 2))
    } else if (depth === 1 && cellRecords.has(id)) readAt(() => readCell(id, data))
  }
  return rows
}

const cellRecords: ReadonlySet<number> = new Set([
  record.sharedLabel,
  record.label,
  record.richString,
  record.number,
  record.rk,
  record.multipleRk,
  record.booleanOrError,
  record.formula,
])

/** A record that is shorter than its kind must be: the view throws a RangeError. */
function readAt<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) throw damagedFile('record')
    throw error
  }
}

/** [MS-XLS] 2.5.217: 30 bits of an integer or of a double, maybe a hundredth. */
function rkNumber(rk: number): number {
  let value: number
  if ((rk & 2) === 0) {
    const view = new DataView(new ArrayBuffer(8))
    view.setUint32(4, rk & 0xfffffffc, true)
    value = view.getFloat64(0, true)
  } else value = (rk | 0) >> 2
  return (rk & 1) === 0 ? value : value / 100
}
