import type { SheetCell } from '../../domain/import/sheet.ts'
import { isSheetDate } from '../../domain/import/sheet.ts'
import { dateToSerial } from './number-format.ts'
import { commentsPart, drawingPart } from './workbook-comments.ts'
import type { CellComment } from './workbook-comments.ts'
import { createStyleTable } from './workbook-styles.ts'
import type { CellLook, StyleTable } from './workbook-styles.ts'
import { contentTypesPart, packageRelationsPart, sheetRelationsPart, workbookPart } from './workbook-parts.ts'
import { workbookRelationsPart } from './workbook-parts.ts'
import { writeZip } from './zip-writer.ts'
import type { ZipPart } from './zip-writer.ts'

export { buddhistDateFormat } from './workbook-styles.ts'
export type { CellLook } from './workbook-styles.ts'

/** A cell with more to it than its value. */
export interface StyledCell {
  value: SheetCell
  look?: CellLook
  /** Shown when the cell is pointed at; a fault says in Thai and English what is wrong. */
  note?: string
  /** Number format of a number, such as `#,##0.00`. A date brings its own. */
  format?: string
}

export type WorkbookRow = readonly (SheetCell | StyledCell)[]

export interface WorkbookSheet {
  /** At most 31 characters, none of `[]:*?/\`; what does not fit is replaced. */
  name: string
  rows: Iterable<WorkbookRow> | AsyncIterable<WorkbookRow>
  /** In characters, from the first column on. */
  columnWidths?: readonly number[]
  /** The rows above the data: shown as heading and kept in view. */
  headingRows?: number
}

const flushCharacters = 64 * 1024
/** Excel grows slow with very many notes; the colour of the cell still shows the rest. */
const mostNotes = 20_000
const mostRows = 1_048_576

/**
 * Writes a workbook (.xlsx) as a stream; rows are pulled only as bytes are taken, one sheet after the other. Written here
 * because no library at hand streams styles and notes of single cells. Texts are always text cells in text format: an id
 * keeps its digits and nothing that a person typed can run as a formula. Blank rows are kept by giving an empty row.
 *
 * @throws RangeError when a sheet has more rows than a workbook can hold
 */
export function writeWorkbook(
  sheets: Iterable<WorkbookSheet> | AsyncIterable<WorkbookSheet>,
): AsyncGenerator<Uint8Array> {
  return writeZip(workbookParts(sheets))
}

async function* workbookParts(sheets: Iterable<WorkbookSheet> | AsyncIterable<WorkbookSheet>): AsyncGenerator<ZipPart> {
  const styles = createStyleTable()
  const names: string[] = []
  const withComments: boolean[] = []
  for await (const sheet of sheets) {
    const number = names.length + 1
    const comments: CellComment[] = []
    names.push(sheetName(sheet.name, names))
    yield { name: `xl/worksheets/sheet${number}.xml`, text: sheetText(sheet, styles, comments) }
    withComments.push(comments.length > 0)
    if (comments.length === 0) continue
    yield { name: `xl/comments${number}.xml`, text: commentsPart(comments) }
    yield { name: `xl/drawings/vmlDrawing${number}.vml`, text: drawingPart(comments) }
    yield { name: `xl/worksheets/_rels/sheet${number}.xml.rels`, text: [sheetRelationsPart(number)] }
  }
  yield { name: 'xl/styles.xml', text: [styles.part()] }
  yield { name: 'xl/workbook.xml', text: [workbookPart(names)] }
  yield { name: 'xl/_rels/workbook.xml.rels', text: [workbookRelationsPart(names.length)] }
  yield { name: '_rels/.rels', text: [packageRelationsPart()] }
  yield { name: '[Content_Types].xml', text: [contentTypesPart(withComments)] }
}

function sheetName(wanted: string, taken: readonly string[]): string {
  const clean = xmlText(wanted.replace(/[[\]:*?/\\]/g, ' ').trim()).slice(0, 31) || 'Sheet'
  for (let number = 1; ; number++) {
    const name = number === 1 ? clean : `${clean.slice(0, 27)} (${number})`
    if (!taken.includes(name)) return name
  }
}

async function* sheetText(sheet: WorkbookSheet, styles: StyleTable, comments: CellComment[]): AsyncGenerator<string> {
  const headingRows = sheet.headingRows ?? 0
  let text = sheetStart(sheet.columnWidths ?? [], headingRows)
  let number = 0
  for await (const row of sheet.rows) {
    number++
    if (number > mostRows) throw new RangeError('a sheet holds at most 1,048,576 rows')
    text += rowText(row, number, number <= headingRows ? 'heading' : 'plain', styles, comments)
    if (text.length < flushCharacters) continue
    yield text
    text = ''
  }
  const legacy = comments.length > 0 ? '<legacyDrawing r:id="rId1"/>' : ''
  yield `${text}</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>${legacy}</worksheet>`
}

function sheetStart(widths: readonly number[], headingRows: number): string {
  const pane =
    headingRows === 0
      ? ''
      : `<pane ySplit="${headingRows}" topLeftCell="A${headingRows + 1}" activePane="bottomLeft" state="frozen"/>`
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  )
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"' +
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">' +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>` +
    `${columns.length === 0 ? '' : `<cols>${columns.join('')}</cols>`}<sheetData>`
  )
}

function rowText(
  row: WorkbookRow,
  number: number,
  rowLook: CellLook,
  styles: StyleTable,
  comments: CellComment[],
): string {
  let text = ''
  row.forEach((cell, index) => {
    const styled: StyledCell = isStyledCell(cell) ? cell : { value: cell }
    const reference = `${columnLetters(index + 1)}${number}`
    if (styled.note !== undefined && comments.length < mostNotes) {
      comments.push({ reference, row: number - 1, column: index, text: styled.note })
    }
    text += cellText(styled, reference, styled.look ?? rowLook, styles)
  })
  return text === '' ? '' : `<row r="${number}">${text}</row>`
}

function isStyledCell(cell: SheetCell | StyledCell): cell is StyledCell {
  return typeof cell === 'object' && cell !== null && 'value' in cell
}

function cellText(cell: StyledCell, reference: string, look: CellLook, styles: StyleTable): string {
  const { value } = cell
  if (value === null || value === '') {
    return look === 'plain' ? '' : `<c r="${reference}" s="${styles.index(look, '@')}"/>`
  }
  if (typeof value === 'string') return textCell(value, reference, styles.index(look, '@'))
  if (typeof value === 'boolean') {
    return `<c r="${reference}" s="${styles.index(look, null)}" t="b"><v>${value ? 1 : 0}</v></c>`
  }
  if (isSheetDate(value)) {
    const serial = dateToSerial(value.date)
    if (serial === null) return textCell(value.date, reference, styles.index(look, '@'))
    return `<c r="${reference}" s="${styles.index(look, value.format ?? 'dd/mm/yyyy')}"><v>${serial}</v></c>`
  }
  if (!Number.isFinite(value)) return ''
  return `<c r="${reference}" s="${styles.index(look, cell.format ?? null)}"><v>${value}</v></c>`
}

function textCell(value: string, reference: string, style: number): string {
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${cellXml(value)}</t></is></c>`
}

/** Characters that XML cannot hold become Excel's `_x0001_`, and a text that looks so itself is guarded. */
function cellXml(value: string): string {
  const coded = value.replace(
    // oxlint-disable-next-line no-control-regex
    /_x(?=[0-9a-fA-F]{4}_)|[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (character) =>
      character === '_x' ? '_x005F_x' : `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  )
  return escapeXml(coded)
}

/** Drops what XML cannot hold. */
function xmlText(value: string): string {
  // oxlint-disable-next-line no-control-regex
  return value.replace(/[\u0000-\u001f\ufffe\uffff]/g, '')
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character)
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}
