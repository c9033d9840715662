import type { SheetCell, SheetRow } from '../../domain/import/sheet.ts'
import { damagedFile, hostileFile, sheetNotFound } from './limits.ts'
import type { Limits } from './limits.ts'
import { createRowBatcher, trimRow } from './row-batch.ts'
import { createDateStyleReader } from './ods-styles.ts'
import type { DateStyles } from './ods-styles.ts'
import type { ByteSource } from './source.ts'
import type { Table, TableSheet } from './table.ts'
import { attribute, createXmlScanner, scanXml } from './xml.ts'
import { openZip } from './zip.ts'
import type { ZipArchive } from './zip.ts'

const contentPart = 'content.xml'
const stylesBytes = 64 * 1024 ** 2

/**
 * An OpenDocument spreadsheet, read as a stream of XML. Written here and not through a library, which holds the whole
 * content in memory, multiplies repeated rows before it can be stopped, and drops the format of a date.
 */
export async function openOds(source: ByteSource, limits: Limits): Promise<Table> {
  const zip = await openZip(source, limits)
  if (!zip.has(contentPart)) throw damagedFile('content')
  const sheets = await listSheets(zip)
  if (sheets.length === 0) throw damagedFile('noSheet')

  async function* rows(sheetName: string): AsyncGenerator<SheetRow[]> {
    const sheetIndex = sheets.findIndex((one) => one.name === sheetName)
    if (sheetIndex === -1) throw sheetNotFound()
    const styles = createDateStyleReader()
    if (zip.has('styles.xml')) scanXml(await zip.text('styles.xml', stylesBytes), styles)
    const batcher = createRowBatcher(limits)
    const reader = createContentReader(sheetIndex, styles, limits)
    const scanner = createXmlScanner(reader)
    for await (const text of decode(zip.stream(contentPart))) {
      scanner.push(text)
      for (const repeated of reader.takeRepeated()) {
        for (let count = 0; count < repeated.count; count++) {
          batcher.add(repeated.number + count, count === 0 ? repeated.cells : [...repeated.cells])
          if (batcher.full) yield batcher.take()
        }
      }
    }
    if (!reader.complete) throw damagedFile('sheetEnd')
    const last = batcher.take()
    if (last.length > 0) yield last
  }

  return { format: 'ods', sheets, rows, close: async () => {} }
}

/** The sheets in order; one pass over the file, because there is no list of them. */
async function listSheets(zip: ZipArchive): Promise<TableSheet[]> {
  const sheets: TableSheet[] = []
  const hiddenStyles = new Set<string>()
  let tableStyle = ''
  let depth = 0
  let lastRow = 0
  let rowNumber = 0
  const scanner = createXmlScanner({
    open(name, tag) {
      if (name === 'style:style') tableStyle = attribute(tag, 'style:name') ?? ''
      else if (name === 'style:table-properties' && attribute(tag, 'table:display') === 'false') {
        hiddenStyles.add(tableStyle)
      } else if (name === 'table:table' && ++depth === 1) {
        const hidden = hiddenStyles.has(attribute(tag, 'table:style-name') ?? '')
        sheets.push({ name: attribute(tag, 'table:name') ?? `Sheet${sheets.length + 1}`, hidden, rowEstimate: null })
        rowNumber = 0
        lastRow = 0
      } else if (name === 'table:table-row') rowNumber += repetition(tag, 'table:number-rows-repeated')
      else if (name === 'text:p') lastRow = rowNumber
    },
    close(name) {
      if (name !== 'table:table' || --depth !== 0) return
      const sheet = sheets.at(-1)
      if (sheet !== undefined) sheet.rowEstimate = lastRow
    },
  })
  for await (const text of decode(zip.stream(contentPart))) scanner.push(text)
  if (!scanner.end() || depth !== 0) throw damagedFile('content')
  return sheets
}

interface RepeatedRow {
  number: number
  count: number
  cells: SheetCell[]
}

interface ContentReader {
  open(name: string, tag: string): void
  close(name: string): void
  text(text: string): void
  takeRepeated(): RepeatedRow[]
  readonly complete: boolean
}

function createContentReader(wanted: number, styles: DateStyles, limits: Limits): ContentReader {
  let finished: RepeatedRow[] = []
  let sheetIndex = -1
  let depth = 0
  let complete = false
  let columnStyles: { until: number; style: string }[] = []
  let number = 1
  let row: { repeat: number; cells: SheetCell[]; column: number } | null = null
  let cell: { tag: string; text: string; paragraphs: number } | null = null
  let aside = 0
  let inParagraph = 0

  function open(name: string, tag: string): void {
    if (depth === 0) styles.open(name, tag)
    if (name === 'table:table') {
      if (++depth === 1) {
        sheetIndex++
        number = 1
        columnStyles = []
      }
      return
    }
    if (sheetIndex !== wanted || complete || depth !== 1) return
    switch (name) {
      case 'table:table-column': {
        const from = columnStyles.at(-1)?.until ?? 0
        const until = from + repetition(tag, 'table:number-columns-repeated')
        columnStyles.push({ until, style: attribute(tag, 'table:default-cell-style-name') ?? '' })
        break
      }
      case 'table:table-row':
        row = { repeat: repetition(tag, 'table:number-rows-repeated'), cells: [], column: 0 }
        break
      case 'table:table-cell':
      case 'table:covered-table-cell':
        cell = { tag, text: '', paragraphs: 0 }
        break
      // Notes and drawn things inside a cell are not its text.
      case 'office:annotation':
      case 'draw:frame':
      case 'draw:custom-shape':
        aside++
        break
      case 'text:p':
        inParagraph++
        if (cell !== null && aside === 0 && cell.paragraphs++ > 0) cell.text += '\n'
        break
      case 'text:s':
        append(' '.repeat(Math.min(repetition(tag, 'text:c'), 1000)))
        break
      case 'text:tab':
        append('\t')
        break
      case 'text:line-break':
        append('\n')
    }
  }

  function close(name: string): void {
    if (depth === 0) styles.close(name)
    if (name === 'table:table') {
      if (depth === 1 && sheetIndex === wanted) complete = true
      depth = Math.max(0, depth - 1)
      return
    }
    if (sheetIndex !== wanted || complete || depth !== 1) return
    if (name === 'office:annotation' || name === 'draw:frame' || name === 'draw:custom-shape') {
      aside = Math.max(0, aside - 1)
    } else if (name === 'text:p') inParagraph = Math.max(0, inParagraph - 1)
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell') finishCell()
    else if (name === 'table:table-row') finishRow()
  }

  /** White space of the XML itself counts as one space; runs that are meant have elements of their own. */
  function text(piece: string): void {
    if (depth === 0) styles.text(piece)
    else append(piece.replace(/[ \t\n]+/g, ' '))
  }

  function append(piece: string): void {
    if (cell === null || aside > 0 || inParagraph === 0) return
    cell.text += piece
    if (cell.text.length > limits.cellCharacters) throw hostileFile('cellCharacters', limits.cellCharacters)
  }

  function finishCell(): void {
    if (cell === null || row === null) return
    const repeat = repetition(cell.tag, 'table:number-columns-repeated')
    const value = cellValue(cell.tag, cell.text, row.column)
    if (value !== null && value !== '') {
      if (row.column + repeat > limits.columns) throw hostileFile('columns', limits.columns)
      while (row.cells.length < row.column) row.cells.push(null)
      for (let count = 0; count < repeat; count++) row.cells.push(value)
    }
    row.column += repeat
    cell = null
  }

  function finishRow(): void {
    if (row === null) return
    trimRow(row.cells)
    if (row.cells.length > 0) finished.push({ number, count: row.repeat, cells: row.cells })
    number += row.repeat
    row = null
  }

  function cellValue(tag: string, shown: string, column: number): SheetCell {
    switch (attribute(tag, 'office:value-type')) {
      case 'float':
      case 'currency':
      case 'percentage': {
        const value = Number(attribute(tag, 'office:value') ?? Number.NaN)
        return Number.isFinite(value) ? value : null
      }
      case 'boolean':
        return attribute(tag, 'office:boolean-value') === 'true'
      case 'date': {
        const date = /^\d{4}-\d{2}-\d{2}/.exec(attribute(tag, 'office:date-value') ?? '')?.[0]
        if (date === undefined) return shown
        const style = attribute(tag, 'table:style-name') ?? columnStyle(column)
        return { date, format: styles.formatOf(style) }
      }
      case 'string':
        // An error that a formula gave is shown as text but typed as a formula's string.
        return attribute(tag, 'calcext:value-type') === 'error'
          ? null
          : (attribute(tag, 'office:string-value') ?? shown)
      default:
        return attribute(tag, 'calcext:value-type') === 'error' ? null : shown
    }
  }

  function columnStyle(column: number): string {
    return columnStyles.find((one) => column < one.until)?.style ?? ''
  }

  return {
    open,
    close,
    text,
    takeRepeated() {
      const taken = finished
      finished = []
      return taken
    },
    get complete() {
      return complete
    },
  }
}

function repetition(tag: string, name: string): number {
  const count = Number(attribute(tag, name) ?? 1)
  return Number.isInteger(count) && count >= 1 ? Math.min(count, 10_000_000) : 1
}

async function* decode(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const piece of pieces) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}
