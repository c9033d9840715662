import type { SheetCell } from '../../domain/import/sheet.ts'
import { damagedFile, fileTooLarge, hostileFile } from './limits.ts'
import type { Limits } from './limits.ts'
import { serialToDate } from './number-format.ts'
import type { RowBatcher } from './row-batch.ts'
import type { SharedStrings, SharedStringsBuilder } from './shared-strings.ts'
import { decodeXmlText } from './xml.ts'

/** What the cells of a sheet refer to. */
export interface WorkbookParts {
  sharedStrings: SharedStrings
  /** By style index: the number format when it is one of a date, else null. */
  dateFormats: readonly (string | null)[]
  date1904: boolean
  limits: Limits
}

export interface TextScanner {
  push(piece: string): void
  /** Whether the part was closed as it should be. */
  readonly complete: boolean
}

const longestRow = 16 * 1024 ** 2
const longestPrelude = 16 * 1024 ** 2

/**
 * Reads `<row>` and `<c>` out of sheet XML as it comes, without a tree: the speed of an import hangs on this loop.
 * Rows and cells are placed by their own references; a cell without one follows its neighbour.
 */
export function createSheetScanner(parts: WorkbookParts, batcher: RowBatcher): TextScanner {
  let rest = ''
  let state: 'before' | 'inside' | 'after' = 'before'
  let names = namesWithPrefix('')
  let lastRow = 0

  function push(piece: string): void {
    if (state === 'after') return
    const text = rest === '' ? piece : rest + piece
    let position = 0
    if (state === 'before') {
      position = findRows(text)
      if (position === -1) {
        rest = text
        if (rest.length > longestPrelude) throw hostileFile('sheetPrelude', longestPrelude)
        return
      }
    }
    rest = ''
    while (state === 'inside') {
      const open = text.indexOf('<', position)
      if (open === -1) return
      position = open
      const next = readNext(text, open)
      if (next === -1) break
      position = next
    }
    if (state !== 'inside') return
    rest = text.slice(position)
    if (rest.length > longestRow) throw hostileFile('rowCharacters', longestRow)
  }

  /** Past `<sheetData>`, or -1 while it has not come. */
  function findRows(text: string): number {
    const data = /<((?:[\w.-]+:)?)sheetData\b[^>]*?(\/?)>/.exec(text)
    if (data === null) return -1
    names = namesWithPrefix(data[1] ?? '')
    state = data[2] === '/' ? 'after' : 'inside'
    return data.index + data[0].length
  }

  function readNext(text: string, open: number): number {
    const tagEnd = text.indexOf('>', open)
    if (tagEnd === -1) return -1
    if (text.startsWith(names.row, open) && !isNameCharacter(text.charCodeAt(open + names.row.length))) {
      if (text.charCodeAt(tagEnd - 1) === 47) {
        lastRow = rowNumber(text, open, tagEnd) ?? lastRow + 1
        return tagEnd + 1
      }
      const close = text.indexOf(names.rowEnd, tagEnd)
      if (close === -1) return -1
      const number = rowNumber(text, open, tagEnd) ?? lastRow + 1
      lastRow = number
      batcher.add(number, readCells(text, tagEnd + 1, close))
      return close + names.rowEnd.length
    }
    if (text.startsWith(names.dataEnd, open)) {
      state = 'after'
      return tagEnd + 1
    }
    if (text.startsWith('<!--', open)) {
      const end = text.indexOf('-->', open)
      return end === -1 ? -1 : end + 3
    }
    return tagEnd + 1
  }

  function rowNumber(text: string, open: number, tagEnd: number): number | null {
    const at = text.indexOf(' r=', open)
    if (at === -1 || at > tagEnd) return null
    const number = readInteger(text, at + 4, tagEnd)
    if (!(number >= 1)) throw damagedFile('rowReference')
    if (number > parts.limits.rows) throw fileTooLarge('rows', parts.limits.rows)
    return number
  }

  function readCells(text: string, start: number, end: number): SheetCell[] {
    const cells: SheetCell[] = []
    let column = 0
    let position = start
    for (;;) {
      const open = text.indexOf(names.cell, position)
      if (open === -1 || open >= end) return cells
      let index = open + names.cell.length
      if (isNameCharacter(text.charCodeAt(index))) {
        position = index
        continue
      }
      column++
      let style = 0
      let type = 110 // n
      let longType = false
      let code = text.charCodeAt(index)
      while (index < end && code !== 62 && code !== 47) {
        if (code > 32) {
          const quote = text.charCodeAt(text.indexOf('=', index) + 1)
          const valueStart = text.indexOf('=', index) + 2
          const valueEnd = text.indexOf(quote === 39 ? "'" : '"', valueStart)
          if (valueStart < index || valueEnd === -1 || valueEnd >= end) throw damagedFile('cellTag')
          if (valueStart - index === 3) {
            if (code === 114) column = columnNumber(text, valueStart, valueEnd)
            else if (code === 115) style = readInteger(text, valueStart, valueEnd)
            else if (code === 116) {
              type = text.charCodeAt(valueStart)
              longType = valueEnd - valueStart > 1
            }
          }
          index = valueEnd
        }
        index++
        code = text.charCodeAt(index)
      }
      if (code === 47) {
        position = index + 1
        continue
      }
      const contentEnd = text.indexOf(names.cellEnd, index)
      if (contentEnd === -1 || contentEnd > end) throw damagedFile('cell')
      const value = readValue(text, index + 1, contentEnd, type, longType, style)
      if (value !== null && value !== '') {
        if (column > parts.limits.columns) throw hostileFile('columns', parts.limits.columns)
        while (cells.length < column - 1) cells.push(null)
        cells[column - 1] = value
      }
      position = contentEnd + names.cellEnd.length
    }
  }

  function readValue(
    text: string,
    start: number,
    end: number,
    type: number,
    longType: boolean,
    style: number,
  ): SheetCell {
    if (type === 105) return limitText(readRuns(text, start, end, names), parts.limits)
    const open = text.indexOf(names.value, start)
    if (open === -1 || open >= end) return null
    let valueStart = open + names.value.length
    if (text.charCodeAt(valueStart) !== 62) {
      valueStart = text.indexOf('>', open)
      if (valueStart === -1 || valueStart >= end || text.charCodeAt(valueStart - 1) === 47) return null
    }
    valueStart++
    const valueEnd = text.indexOf('<', valueStart)
    if (valueEnd === -1 || valueEnd > end) throw damagedFile('cell')
    if (type === 115 && !longType) {
      const shared = parts.sharedStrings.get(readInteger(text, valueStart, valueEnd))
      if (shared === undefined) throw damagedFile('sharedStrings')
      return shared
    }
    if (valueStart === valueEnd) return null
    if (type === 110) return numberCell(Number(text.slice(valueStart, valueEnd)), style)
    if (type === 115) return limitText(decodeCellText(text.slice(valueStart, valueEnd)), parts.limits)
    if (type === 98) return text.charCodeAt(valueStart) === 49
    if (type === 100) return isoDateCell(text.slice(valueStart, valueEnd), style)
    return null
  }

  function numberCell(value: number, style: number): SheetCell {
    if (!Number.isFinite(value)) return null
    const format = parts.dateFormats[style] ?? null
    if (format === null) return value
    return serialToDate(value, parts.date1904, format) ?? value
  }

  function isoDateCell(value: string, style: number): SheetCell {
    const match = /^(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(value)
    return match === null ? value : { date: match[1] ?? '', format: parts.dateFormats[style] ?? null }
  }

  return {
    push,
    get complete() {
      return state === 'after'
    },
  }
}

/** Reads `<si>` items into a list, rich text flattened, phonetic hints left out. */
export function createSharedStringScanner(strings: SharedStringsBuilder, limits: Limits): TextScanner {
  let rest = ''
  let names: ElementNames | null = null
  let complete = false

  function push(piece: string): void {
    if (complete) return
    const text = rest === '' ? piece : rest + piece
    let position = 0
    if (names === null) {
      const root = /<((?:[\w.-]+:)?)sst\b[^>]*?(\/?)>/.exec(text)
      if (root === null) {
        rest = text
        if (rest.length > longestPrelude) throw hostileFile('sheetPrelude', longestPrelude)
        return
      }
      names = namesWithPrefix(root[1] ?? '')
      complete = root[2] === '/'
      position = root.index + root[0].length
    }
    rest = ''
    while (!complete) {
      const open = text.indexOf('<', position)
      if (open === -1) return
      position = open
      const tagEnd = text.indexOf('>', open)
      if (tagEnd === -1) break
      if (!text.startsWith(names.item, open)) {
        complete = text.startsWith(names.listEnd, open)
        position = tagEnd + 1
        continue
      }
      if (text.charCodeAt(tagEnd - 1) === 47) {
        strings.add('')
        position = tagEnd + 1
        continue
      }
      const close = text.indexOf(names.itemEnd, tagEnd)
      if (close === -1) break
      strings.add(readRuns(text, tagEnd + 1, close, names))
      position = close + names.itemEnd.length
    }
    if (complete) return
    rest = text.slice(position)
    if (rest.length > longestRow) throw hostileFile('cellCharacters', limits.cellCharacters)
  }

  return {
    push,
    get complete() {
      return complete
    },
  }
}

type ElementNames = ReturnType<typeof namesWithPrefix>

function namesWithPrefix(prefix: string) {
  return {
    row: `<${prefix}row`,
    rowEnd: `</${prefix}row>`,
    dataEnd: `</${prefix}sheetData`,
    cell: `<${prefix}c`,
    cellEnd: `</${prefix}c>`,
    value: `<${prefix}v`,
    text: `<${prefix}t`,
    plainText: `<${prefix}t>`,
    textEnd: `</${prefix}t>`,
    phonetic: `<${prefix}rPh`,
    phoneticEnd: `</${prefix}rPh>`,
    item: `<${prefix}si`,
    itemEnd: `</${prefix}si>`,
    listEnd: `</${prefix}sst`,
  }
}

/** The `<t>` texts between two places, joined; those inside `<rPh>` (phonetic hints) are not part of the text. */
function readRuns(text: string, start: number, end: number, names: ElementNames): string {
  // Nearly every string is one plain run: no search here may look past the end of the item.
  if (text.startsWith(names.plainText, start)) {
    const close = text.indexOf('<', start + names.plainText.length)
    if (close !== -1 && close + names.textEnd.length === end && text.startsWith(names.textEnd, close)) {
      return decodeCellText(text.slice(start + names.plainText.length, close))
    }
  }
  return joinRuns(text.slice(start, end), names)
}

function joinRuns(item: string, names: ElementNames): string {
  let joined = ''
  let position = 0
  for (;;) {
    const open = item.indexOf('<', position)
    if (open === -1) return joined
    const tagEnd = item.indexOf('>', open)
    if (tagEnd === -1) return joined
    position = tagEnd + 1
    if (item.charCodeAt(tagEnd - 1) === 47) continue
    if (isElement(item, open, names.phonetic)) {
      const phoneticEnd = item.indexOf(names.phoneticEnd, position)
      if (phoneticEnd === -1) return joined
      position = phoneticEnd
    } else if (isElement(item, open, names.text)) {
      const close = item.indexOf(names.textEnd, position)
      if (close === -1) return joined
      joined += decodeCellText(item.slice(position, close))
      position = close
    }
  }
}

function isElement(text: string, open: number, name: string): boolean {
  return text.startsWith(name, open) && !isNameCharacter(text.charCodeAt(open + name.length))
}

/** XML entities, and Excel's own `_x000D_` for characters that XML cannot hold. */
function decodeCellText(raw: string): string {
  const text = raw.startsWith('<![CDATA[') && raw.endsWith(']]>') ? raw.slice(9, -3) : decodeXmlText(raw)
  if (!text.includes('_x')) return text
  return text
    .replace(/_x([0-9a-fA-F]{4})_/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/g, '\n')
}

function limitText(text: string, limits: Limits): string {
  if (text.length > limits.cellCharacters) throw hostileFile('cellCharacters', limits.cellCharacters)
  return text
}

function isNameCharacter(code: number): boolean {
  return code !== 32 && code !== 62 && code !== 47 && code !== 10 && code !== 13 && code !== 9
}

function readInteger(text: string, start: number, end: number): number {
  let value = 0
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return index === start ? Number.NaN : value
    value = value * 10 + digit
  }
  return start === end ? Number.NaN : value
}

/** `AB12` → 28. */
function columnNumber(text: string, start: number, end: number): number {
  let column = 0
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  if (!(column >= 1 && column <= 16_384)) throw damagedFile('cellReference')
  return column
}
