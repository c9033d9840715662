import type { SheetCell, SheetRow } from '../../domain/import/sheet.ts'
import { damagedFile, hostileFile, sheetNotFound, unknownFileFormat } from './limits.ts'
import type { Limits } from './limits.ts'
import { createRowBatcher, trimRow } from './row-batch.ts'
import type { ByteSource } from './source.ts'
import type { Table } from './table.ts'
import { decodeText, detectTextEncoding } from './text-encoding.ts'
import { attribute, characterFromReference } from './xml.ts'

const sheetName = 'Sheet1'
const longestTag = 64 * 1024
/** Tags whose inside is not text for people. */
const silentTags: ReadonlySet<string> = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'xml'])

/**
 * An HTML table that calls itself .xls, as many old programs export it. All tables of the page follow one another in one
 * sheet, as Excel opens them. Values are strings, save where Excel itself wrote the number beside (`x:num`).
 */
export async function openHtmlTable(source: ByteSource, limits: Limits): Promise<Table> {
  // The bytes decide, not the page's own word: old programs often claim an encoding that they do not write.
  const encoding = await detectTextEncoding(source)

  async function* rows(name: string): AsyncGenerator<SheetRow[]> {
    if (name !== sheetName) throw sheetNotFound()
    const batcher = createRowBatcher(limits)
    const grid = createGridReader(limits)
    const tokens = createTokenizer(grid)
    for await (const text of decodeText(source.stream(), encoding)) {
      tokens.push(text)
      for (const { number, cells } of grid.take()) {
        batcher.add(number, cells)
        if (batcher.full) yield batcher.take()
      }
    }
    if (!tokens.end() || grid.openTables > 0) throw damagedFile('tableEnd')
    // The page that a site shows when the session is over, saved under the name of the list.
    if (grid.tableCount === 0) throw unknownFileFormat('htmlWithoutTable')
    for (const { number, cells } of grid.take()) {
      batcher.add(number, cells)
      if (batcher.full) yield batcher.take()
    }
    const last = batcher.take()
    if (last.length > 0) yield last
  }

  return {
    format: 'html',
    encoding,
    sheets: [{ name: sheetName, rowEstimate: null, hidden: false }],
    rows,
    close: async () => {},
  }
}

interface MarkupHandler {
  open(name: string, tag: string): void
  close(name: string): void
  text(text: string): void
}

interface Tokenizer {
  push(piece: string): void
  /** False when the text ends inside an element that is skipped: what followed it is missing. */
  end(): boolean
}

/** Splits markup the way browsers do where it matters here: broken tags are text, silent elements are skipped whole. */
function createTokenizer(handler: MarkupHandler): Tokenizer {
  let rest = ''
  let silentUntil: string | null = null

  function read(text: string, last: boolean): number {
    let position = 0
    while (position < text.length) {
      if (silentUntil !== null) {
        const end = indexOfIgnoringCase(text, `</${silentUntil}`, position)
        if (end === -1) return Math.max(position, text.length - silentUntil.length - 2)
        silentUntil = null
        position = end
      }
      const open = text.indexOf('<', position)
      if (open === -1) {
        // An entity must not be cut in two.
        const ampersand = last ? -1 : text.indexOf('&', Math.max(position, text.length - 12))
        const end = ampersand === -1 ? text.length : ampersand
        if (end > position) handler.text(text.slice(position, end))
        return end
      }
      if (open > position) handler.text(text.slice(position, open))
      position = open
      const isComment = text.startsWith('<!--', open)
      if (!isComment && text.length - open < 4 && !last) return open
      const end = isComment ? text.indexOf('-->', open + 4) : text.indexOf('>', open)
      if (end === -1) {
        if (isComment) return last ? text.length : Math.max(open, 0)
        if (!last && text.length - open < longestTag) return open
        handler.text('<')
        position = open + 1
        continue
      }
      position = isComment ? end + 3 : end + 1
      if (!isComment) readTag(text.slice(open + 1, end))
    }
    return position
  }

  function readTag(inside: string): void {
    const match = /^(\/?)([a-z][a-z0-9:]*)/i.exec(inside)
    if (match === null) {
      if (!/^[!?/]/.test(inside)) handler.text(`<${inside}>`)
      return
    }
    const name = (match[2] ?? '').toLowerCase()
    if (match[1] === '/') return handler.close(name)
    if (silentTags.has(name) && !inside.endsWith('/')) {
      silentUntil = name
      return
    }
    handler.open(name, inside)
  }

  return {
    push(piece) {
      const text = rest + piece
      rest = text.slice(read(text, false))
      if (rest.length > 4 * 1024 ** 2) throw hostileFile('htmlComment', 4 * 1024 ** 2)
    },
    end() {
      read(rest, true)
      rest = ''
      return silentUntil === null
    },
  }
}

function indexOfIgnoringCase(text: string, wanted: string, from: number): number {
  for (let at = text.indexOf('</', from); at !== -1; at = text.indexOf('</', at + 2)) {
    if (text.slice(at, at + wanted.length).toLowerCase() === wanted) return at
  }
  return -1
}

interface GridReader extends MarkupHandler {
  take(): { number: number; cells: SheetCell[] }[]
  readonly openTables: number
  readonly tableCount: number
}

interface OpenCell {
  text: string
  columns: number
  rows: number
  number: number | null
}

/** Puts cells at their column, past those that a cell above still covers. Only the first place of a span has the value. */
function createGridReader(limits: Limits): GridReader {
  let finished: { number: number; cells: SheetCell[] }[] = []
  let openTables = 0
  let tableCount = 0
  let number = 0
  let row: SheetCell[] | null = null
  let column = 0
  let cell: OpenCell | null = null
  /** Rows that each column is still covered for, counted from the next row on. */
  let covered: number[] = []

  function open(name: string, tag: string): void {
    if (name === 'table') {
      openTables++
      tableCount++
      if (openTables === 1) covered = []
      return
    }
    // A table inside a cell only lends its text.
    if (openTables > 1) return
    if (name === 'tr') {
      finishRow()
      row = []
      column = 0
    } else if (name === 'td' || name === 'th') {
      finishCell()
      row ??= []
      cell = {
        text: '',
        columns: span(tag, 'colspan'),
        rows: span(tag, 'rowspan'),
        number: excelNumber(tag),
      }
    } else if (name === 'br' && cell !== null) cell.text += '\n'
    else if ((name === 'p' || name === 'div') && cell !== null && cell.text.trim() !== '') cell.text += '\n'
  }

  function close(name: string): void {
    if (name === 'table') {
      if (openTables === 1) finishRow()
      openTables = Math.max(0, openTables - 1)
    } else if (openTables > 1) return
    else if (name === 'td' || name === 'th') finishCell()
    else if (name === 'tr') finishRow()
  }

  function text(piece: string): void {
    if (cell === null) return
    cell.text += piece.replace(/[ \t\n\f]+/g, ' ')
    if (cell.text.length > limits.cellCharacters) throw hostileFile('cellCharacters', limits.cellCharacters)
  }

  function finishCell(): void {
    if (cell === null || row === null) return
    while ((covered[column] ?? 0) > 0) column++
    const value = cell.number ?? shownText(cell.text)
    if (value !== '') {
      if (column >= limits.columns) throw hostileFile('columns', limits.columns)
      while (row.length < column) row.push(null)
      row[column] = value
    }
    const end = Math.min(column + cell.columns, limits.columns)
    // Negative marks a span that begins in this row, so that it covers from the next row on.
    if (cell.rows > 1) for (let index = column; index < end; index++) covered[index] = -(cell.rows - 1)
    column += cell.columns
    cell = null
  }

  function finishRow(): void {
    finishCell()
    if (row === null) return
    number++
    trimRow(row)
    if (row.length > 0) finished.push({ number, cells: row })
    for (let index = 0; index < covered.length; index++) {
      const left = covered[index] ?? 0
      covered[index] = left < 0 ? -left : Math.max(0, left - 1)
    }
    row = null
  }

  return {
    open,
    close,
    text,
    take() {
      const taken = finished
      finished = []
      return taken
    },
    get openTables() {
      return openTables
    },
    get tableCount() {
      return tableCount
    },
  }
}

function span(tag: string, name: string): number {
  const count = Number(looseAttribute(tag, name) ?? 1)
  return Number.isInteger(count) && count >= 1 ? Math.min(count, 100_000) : 1
}

/** Excel's own pages write the full value where the shown text is rounded: `<td x:num="1310100012345">1.3101E+12`. */
function excelNumber(tag: string): number | null {
  const value = attribute(tag, 'x:num')
  if (value === null || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/** An attribute that may stand without quotes and in capitals. */
function looseAttribute(tag: string, name: string): string | null {
  const match = new RegExp(`\\s${name}\\s*=\\s*["']?([^"'\\s>/]+)`, 'i').exec(tag)
  return match?.[1] ?? null
}

function shownText(raw: string): string {
  return decodeEntities(raw)
    .replaceAll('\u00a0', ' ')
    .replace(/ *\n */g, '\n')
    .trim()
}

const namedEntities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  copy: '©',
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});?/gi, (whole, entity: string) => {
    if (entity.startsWith('#')) return characterFromReference(entity.slice(1)) ?? whole
    return namedEntities[entity.toLowerCase()] ?? whole
  })
}
