/** Writes an Excel workbook row by row: merged titles, real dates, rich text, shared strings. Memory does not grow with rows. */
import { isSheetDate } from '../domain/import/sheet.ts'
import { isRichText, type RowSink, type WrittenCell } from './cells.ts'
import { createZip, type ZipWriter } from './zip-writer.ts'

interface WorkbookOptions {
  sheet: string
  /** Widths of the columns in characters. */
  widths: readonly number[]
  /** A second sheet with one text a row. */
  notes?: { sheet: string; lines: readonly string[] }
}

/** Strings that repeat are kept once, as Excel does; past this many a string stands in its own cell. */
const mostSharedStrings = 50_000
const longestSharedString = 60

/** Places of the styles in styles.xml. */
const styleOfDateFormat: Readonly<Record<string, number>> = { 'd/m/yyyy': 1, 'd-mmm': 2, 'mmm-yy': 3 }
const titleStyle = 4
const wholeNumberStyle = 5

export function createWorkbook(path: string, options: WorkbookOptions): RowSink {
  const zip = createZip(path)
  const sheets = [options.sheet, ...(options.notes ? [options.notes.sheet] : [])]
  writeFrame(zip, sheets)
  const strings = new Map<string, number>()
  const merges: string[] = []
  let number = 0
  let sharedUses = 0

  zip.entry('xl/worksheets/sheet1.xml')
  zip.write(sheetStart)
  zip.write(
    `<cols>${options.widths.map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>`,
  )

  function sharedIndex(text: string): number | null {
    const known = strings.get(text)
    if (known !== undefined) return known
    if (strings.size >= mostSharedStrings || text.length > longestSharedString) return null
    strings.set(text, strings.size)
    return strings.size - 1
  }

  function cellXml(cell: WrittenCell, column: number, style: number): string {
    if (cell === null) return ''
    const place = `r="${columnName(column)}${number}"`
    if (typeof cell === 'number') {
      const numberStyle = style === 0 && Math.abs(cell) >= 1e9 ? wholeNumberStyle : style
      return `<c ${place}${styled(numberStyle)}><v>${cell}</v></c>`
    }
    if (typeof cell === 'boolean') return `<c ${place} t="b"><v>${cell ? 1 : 0}</v></c>`
    if (isRichText(cell)) {
      const runs = cell.runs.map(
        (run) => `<r><rPr><sz val="14"/><rFont val="TH Sarabun New"/></rPr>${textXml(run)}</r>`,
      )
      return `<c ${place} t="inlineStr"><is>${runs.join('')}</is></c>`
    }
    if (typeof cell === 'object') {
      if (!isSheetDate(cell)) return ''
      return `<c ${place}${styled(styleOfDateFormat[cell.format ?? ''] ?? 1)}><v>${serialOf(cell.date)}</v></c>`
    }
    const shared = sharedIndex(cell)
    if (shared === null) return `<c ${place}${styled(style)} t="inlineStr"><is>${textXml(cell)}</is></c>`
    sharedUses += 1
    return `<c ${place}${styled(style)} t="s"><v>${shared}</v></c>`
  }

  function row(cells: readonly WrittenCell[], style = 0): number {
    number += 1
    let xml = ''
    for (const [column, cell] of cells.entries()) xml += cellXml(cell, column, style)
    if (xml !== '') zip.write(`<row r="${number}">${xml}</row>`)
    return number
  }

  return {
    textOnly: false,
    row: (cells) => row(cells),
    mergedRow(cells, columns) {
      const written = row(cells, titleStyle)
      if (columns > 1) merges.push(`A${written}:${columnName(columns - 1)}${written}`)
      return written
    },
    close() {
      zip.write('</sheetData>')
      if (merges.length > 0)
        zip.write(
          `<mergeCells count="${merges.length}">${merges.map((range) => `<mergeCell ref="${range}"/>`).join('')}</mergeCells>`,
        )
      zip.write('</worksheet>')
      if (options.notes) writeNotes(zip, options.notes.lines)
      zip.entry('xl/sharedStrings.xml')
      zip.write(`${declaration}<sst xmlns="${main}" count="${sharedUses}" uniqueCount="${strings.size}">`)
      for (const text of strings.keys()) zip.write(`<si>${textXml(text)}</si>`)
      zip.write('</sst>')
      zip.close()
    },
  }
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'
const sheetStart = `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"/></sheetViews>`

function writeNotes(zip: ZipWriter, lines: readonly string[]): void {
  zip.entry('xl/worksheets/sheet2.xml')
  zip.write(`${sheetStart}<sheetData>`)
  for (const [index, line] of lines.entries())
    zip.write(`<row r="${index + 1}"><c r="A${index + 1}" t="inlineStr"><is>${textXml(line)}</is></c></row>`)
  zip.write('</sheetData></worksheet>')
}

function writeFrame(zip: ZipWriter, sheets: readonly string[]): void {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  zip.entry('[Content_Types].xml')
  zip.write(
    `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${type}.sharedStrings+xml"/>${sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}</Types>`,
  )
  zip.entry('_rels/.rels')
  zip.write(
    `${declaration}<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  )
  zip.entry('xl/workbook.xml')
  zip.write(
    `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${sheets.map((name, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
  )
  zip.entry('xl/_rels/workbook.xml.rels')
  zip.write(
    `${declaration}<Relationships xmlns="${packageRelations}">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}<Relationship Id="rId91" Type="${relations}/styles" Target="styles.xml"/><Relationship Id="rId92" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
  )
  zip.entry('xl/styles.xml')
  zip.write(
    `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="d/m/yyyy"/></numFmts><fonts count="2"><font><sz val="14"/><name val="TH Sarabun New"/></font><font><b/><sz val="16"/><name val="TH Sarabun New"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">${[0, 164, 16, 17].map((format) => `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0"${format === 0 ? '' : ' applyNumberFormat="1"'}/>`).join('')}<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment horizontal="center"/></xf><xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  )
}

function styled(style: number): string {
  return style === 0 ? '' : ` s="${style}"`
}

function textXml(text: string): string {
  const keep = /^\s|\s$|\n|\u00a0/.test(text) ? ' xml:space="preserve"' : ''
  return `<t${keep}>${escapeXml(text)}</t>`
}

/** Text for XML content and attributes. */
export function escapeXml(text: string): string {
  return /[&<>"]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    : text
}

function columnName(column: number): string {
  return column < 26
    ? String.fromCharCode(65 + column)
    : columnName(Math.floor(column / 26) - 1) + columnName(column % 26)
}

/** Days since 30 December 1899; every date here lies after February 1900. */
function serialOf(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000) + 25_569
}
