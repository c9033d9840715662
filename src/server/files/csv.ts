import Papa from 'papaparse'
import type { SheetCell, SheetRow } from '../../domain/import/sheet.ts'
import { hostileFile, sheetNotFound } from './limits.ts'
import type { Limits } from './limits.ts'
import { createRowBatcher, trimRow } from './row-batch.ts'
import type { RowBatcher } from './row-batch.ts'
import type { ByteSource } from './source.ts'
import type { Table } from './table.ts'
import { decodeText, detectTextEncoding } from './text-encoding.ts'

const sheetName = 'Sheet1'
const delimiters = [',', ';', '\t', '|'] as const
const linesToLookAt = 50
const charactersToLookAt = 256 * 1024
/** A quote that is still open after this much text was never meant to open. */
const longestRecord = 64 * 1024

/** Delimited text. Every value is a string; the number of a row is the one that a spreadsheet program would show. */
export async function openDelimitedText(source: ByteSource, limits: Limits): Promise<Table> {
  const encoding = await detectTextEncoding(source)
  const { delimiter, declared } = await detectDelimiter(decodeText(source.stream(), encoding))

  async function* rows(name: string): AsyncGenerator<SheetRow[]> {
    if (name !== sheetName) throw sheetNotFound()
    const batcher = createRowBatcher(limits, limits.textRows)
    const reader = createRecordReader(delimiter, declared, batcher, limits)
    for await (const text of decodeText(source.stream(), encoding)) {
      reader.push(text)
      const taken = batcher.full ? batcher.take() : []
      for (let start = 0; start < taken.length; start += limits.batchRows) {
        yield taken.slice(start, start + limits.batchRows)
      }
    }
    reader.end()
    const last = batcher.take()
    for (let start = 0; start < last.length; start += limits.batchRows)
      yield last.slice(start, start + limits.batchRows)
  }

  return {
    format: 'csv',
    encoding,
    delimiter,
    sheets: [{ name: sheetName, rowEstimate: null, hidden: false }],
    rows,
    close: async () => {},
  }
}

/** `sep=;` says it; else the separator seen most often, and on most lines, outside quotes in the first lines. */
async function detectDelimiter(pieces: AsyncIterable<string>): Promise<{ delimiter: string; declared: boolean }> {
  let head = ''
  for await (const piece of pieces) {
    head += piece
    if (head.length >= charactersToLookAt) break
  }
  const declared = /^sep=([,;\t|])[ ,;\t|]*(?:\n|$)/i.exec(head)?.[1]
  if (declared !== undefined) return { delimiter: declared, declared: true }
  return { delimiter: countDelimiters(head.slice(0, charactersToLookAt)), declared: false }
}

function countDelimiters(head: string): string {
  const lines = headLines(head)
  let best: string = delimiters[0]
  let bestScore = 0
  for (const delimiter of delimiters) {
    const counts = lines.map((line) => line.split(delimiter).length - 1).filter((count) => count > 0)
    const total = counts.reduce((sum, count) => sum + count, 0)
    // A separator stands on most lines; commas inside remarks stand on some.
    const score = total * (counts.length / Math.max(1, lines.length)) ** 2
    if (score > bestScore) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}

/** The first lines with everything between quotes taken out; a quote counts only where a field may begin. */
function headLines(head: string): string[] {
  const lines: string[] = []
  let line = ''
  let quoted = false
  for (let index = 0; index < head.length && lines.length < linesToLookAt; index++) {
    const character = head[index] ?? ''
    if (quoted) {
      if (character === '"') quoted = false
    } else if (character === '"') {
      quoted = line === '' || /[,;\t| "]$/.test(line) || head[index - 1] === '"'
      if (!quoted) line += character
    } else if (character === '\n') {
      if (line.trim() !== '') lines.push(line)
      line = ''
    } else line += character
  }
  if (line.trim() !== '') lines.push(line)
  return lines
}

interface RecordReader {
  push(text: string): void
  end(): void
}

interface ParsedText {
  data: string[][]
  errors: { type: string; code: string }[]
  meta: { cursor: number }
}

/**
 * Feeds papaparse piece by piece. A quote that never closes would swallow the rest of the file into one cell: such a
 * line is cut at its own end instead, so that a stray quote costs one row.
 */
function createRecordReader(delimiter: string, skipFirst: boolean, batcher: RowBatcher, limits: Limits): RecordReader {
  let rest = ''
  // The line `sep=;` is taken away by the programs that know it: the next record is row 1.
  let number = skipFirst ? -1 : 0

  function push(piece: string): void {
    let text = rest === '' ? piece : rest + piece
    for (;;) {
      const parsed = parse(text, true)
      parsed.data.forEach(addRecord)
      text = text.slice(parsed.meta.cursor)
      if (text.length <= longestRecord) break
      const literal = takeLiteralLine(text)
      if (literal === null) break
      text = literal
    }
    rest = text
  }

  function end(): void {
    let text = rest
    rest = ''
    while (text !== '') {
      const whole = parse(text, false)
      if (!whole.errors.some((error) => error.code === 'MissingQuotes')) {
        // Papaparse sees one more, empty, record after a last line end.
        const records = text.endsWith('\n') ? whole.data.slice(0, -1) : whole.data
        records.forEach(addRecord)
        return
      }
      const upToOpenQuote = parse(text, true)
      upToOpenQuote.data.forEach(addRecord)
      text = text.slice(upToOpenQuote.meta.cursor)
      text = takeLiteralLine(text) ?? ''
    }
  }

  function parse(text: string, more: boolean): ParsedText {
    return new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' }).parse(text, 0, more) as ParsedText
  }

  /** Reads the first line without regard to quotes; the text after it, or null when the line is not all there. */
  function takeLiteralLine(text: string): string | null {
    const lineEnd = text.indexOf('\n')
    const length = lineEnd === -1 ? text.length : lineEnd
    if (length > limits.cellCharacters * 10) throw hostileFile('cellCharacters', limits.cellCharacters)
    if (lineEnd === -1 && length <= longestRecord) return null
    if (lineEnd === -1) return null
    addRecord(text.slice(0, lineEnd).split(delimiter))
    return text.slice(lineEnd + 1)
  }

  function addRecord(fields: string[]): void {
    number++
    if (number === 0) return
    if (fields.length > limits.columns) trimRow(fields)
    const cells: SheetCell[] = []
    for (const field of fields) {
      if (field.length > limits.cellCharacters) throw hostileFile('cellCharacters', limits.cellCharacters)
      cells.push(field === '' ? null : withoutGuard(field))
    }
    batcher.add(number, trimRow(cells))
  }

  return { push, end }
}

/** The apostrophe that `writeCsv` puts before a text that a spreadsheet program would run as a formula. */
function withoutGuard(field: string): string {
  return field.startsWith("'") && /^'+[=+\-@\t\r]/.test(field) ? field.slice(1) : field
}

/** UTF-8 with byte order mark and CRLF: the only form that Excel opens with Thai right. */
export async function* writeCsv(
  rows: Iterable<readonly SheetCell[]> | AsyncIterable<readonly SheetCell[]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = '\ufeff'
  for await (const row of rows) {
    text += `${row.map(csvField).join(',')}\r\n`
    if (text.length < 64 * 1024) continue
    yield encoder.encode(text)
    text = ''
  }
  if (text !== '') yield encoder.encode(text)
}

/** One value as a CSV field: quoted where it must be, and never a formula. */
export function csvField(cell: SheetCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell)
  const text = typeof cell === 'string' ? cell : cell.date
  const guarded = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",;\t|\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}
