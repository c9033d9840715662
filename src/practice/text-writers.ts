/** Writes the files that are not workbooks: delimited text, a web page that calls itself .xls, an OpenDocument sheet. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { isSheetDate } from '../domain/import/sheet.ts'
import { shownText, type RowSink, type WrittenCell } from './cells.ts'
import { escapeXml } from './xlsx-writer.ts'
import { createZip } from './zip-writer.ts'

export type TextEncoding = 'utf-8' | 'windows-874'

const pieceCharacters = 512 * 1024

interface TextFile {
  write(text: string): void
  close(): void
}

function createTextFile(path: string, encoding: TextEncoding): TextFile {
  const file = openSync(path, 'w')
  let pending: string[] = encoding === 'utf-8' ? ['\ufeff'] : []
  let length = 0
  function flush(): void {
    const text = pending.join('')
    writeSync(file, encoding === 'utf-8' ? Buffer.from(text, 'utf8') : encodeThai(text))
    pending = []
    length = 0
  }
  return {
    write(text) {
      pending.push(text)
      length += text.length
      if (length >= pieceCharacters) flush()
    },
    close() {
      flush()
      closeSync(file)
    },
  }
}

/** Comma-separated with CRLF, as Excel saves it: formulas unguarded, line breaks in quotes. */
export function createCsv(path: string, encoding: TextEncoding): RowSink {
  const file = createTextFile(path, encoding)
  let number = 0
  function row(cells: readonly WrittenCell[]): number {
    number += 1
    file.write(`${cells.map(csvField).join(',')}\r\n`)
    return number
  }
  return { textOnly: true, row, mergedRow: (cells) => row(cells), close: () => file.close() }
}

function csvField(cell: WrittenCell): string {
  const text = shownText(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** What old programs of the offices export: an HTML table in windows-874 under the name .xls. */
export function createHtmlTable(path: string, title: string): RowSink {
  const file = createTextFile(path, 'windows-874')
  let number = 0
  file.write(
    `<html xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n<head><meta http-equiv="Content-Type" content="text/html; charset=tis-620"><title>${escapeXml(title)}</title></head>\r\n<body><table border=1>\r\n`,
  )
  function row(cells: readonly WrittenCell[], columns = 1): number {
    number += 1
    const fields = cells.map((cell, index) => {
      const over = index === 0 && columns > 1 ? ` colspan=${columns}` : ''
      return `<td${over} style='mso-number-format:"\\@"'>${escapeXml(shownText(cell)).replaceAll('\n', '<br>').replaceAll('\u00a0', '&nbsp;')}</td>`
    })
    file.write(`<tr>${fields.join('')}</tr>\r\n`)
    return number
  }
  return {
    textOnly: true,
    row: (cells) => row(cells.length === 0 ? [null] : cells),
    mergedRow: (cells, columns) => row(cells, columns),
    close() {
      file.write('</table></body></html>\r\n')
      file.close()
    },
  }
}

/** An OpenDocument sheet as LibreOffice saves it. */
export function createOds(path: string, sheet: string): RowSink {
  const zip = createZip(path)
  let number = 0
  zip.entry('mimetype', { stored: true })
  zip.write('application/vnd.oasis.opendocument.spreadsheet')
  zip.entry('META-INF/manifest.xml')
  zip.write(
    `<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
  )
  zip.entry('content.xml')
  const name = 'urn:oasis:names:tc:opendocument:xmlns:'
  zip.write(
    `<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content xmlns:office="${name}office:1.0" xmlns:style="${name}style:1.0" xmlns:text="${name}text:1.0" xmlns:table="${name}table:1.0" xmlns:number="${name}datastyle:1.0" office:version="1.2"><office:automatic-styles><number:date-style style:name="N1"><number:day/><number:text>/</number:text><number:month/><number:text>/</number:text><number:year number:style="long"/></number:date-style><style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="${escapeXml(sheet)}">`,
  )
  function row(cells: readonly WrittenCell[], columns = 1): number {
    number += 1
    const fields = cells.map((cell, index) => {
      const over =
        index === 0 && columns > 1 ? ` table:number-columns-spanned="${columns}" table:number-rows-spanned="1"` : ''
      const covered = over === '' ? '' : `<table:covered-table-cell table:number-columns-repeated="${columns - 1}"/>`
      return odsCell(cell, over) + covered
    })
    zip.write(`<table:table-row>${fields.join('') || '<table:table-cell/>'}</table:table-row>`)
    return number
  }
  return {
    textOnly: false,
    row: (cells) => row(cells),
    mergedRow: (cells, columns) => row(cells, columns),
    close() {
      zip.write('</table:table></office:spreadsheet></office:body></office:document-content>')
      zip.close()
    },
  }
}

function odsCell(cell: WrittenCell, over: string): string {
  if (cell === null) return '<table:table-cell/>'
  const shown = shownText(cell)
    .split('\n')
    .map((line) => `<text:p>${escapeXml(line).replace(/ (?= |$)/g, '<text:s/>')}</text:p>`)
    .join('')
  if (typeof cell === 'number')
    return `<table:table-cell${over} office:value-type="float" office:value="${cell}">${shown}</table:table-cell>`
  if (typeof cell === 'object' && !('runs' in cell) && isSheetDate(cell))
    return `<table:table-cell${over} table:style-name="ce1" office:value-type="date" office:date-value="${cell.date}">${shown}</table:table-cell>`
  return `<table:table-cell${over} office:value-type="string">${shown}</table:table-cell>`
}

/** The bytes of windows-874: ASCII, the no-break space, and Thai from 0xA1 on; nothing else is ever written. */
function encodeThai(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length)
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code < 0x80 || code === 0xa0) bytes[index] = code
    else if (code >= 0x0e01 && code <= 0x0e5b) bytes[index] = code - 0x0e00 + 0xa0
    else throw new Error(`windows-874 has no character U+${code.toString(16).padStart(4, '0')}`)
  }
  return bytes
}
