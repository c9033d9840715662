/** How a cell looks: `fault` is a marked cell that a person has to correct. */
export type CellLook = 'plain' | 'heading' | 'fault' | 'title' | 'total'

/** Shows a real date as ๐๑/๐๑/๒๕๖๙: Thai digits, Buddhist era. */
export const buddhistDateFormat = '[$-D07041E]dd/mm/yyyy'

export interface StyleTable {
  /** The number that a cell names in `s`; `format` null is the general format, `@` is text. */
  index(look: CellLook, format: string | null): number
  /** `xl/styles.xml`, once every cell was written. */
  part(): string
}

const looks: Readonly<Record<CellLook, { font: number; fill: number; border: number; alignment: string }>> = {
  plain: { font: 0, fill: 0, border: 0, alignment: '<alignment vertical="top"/>' },
  heading: { font: 1, fill: 2, border: 1, alignment: '<alignment vertical="center" wrapText="1"/>' },
  fault: { font: 2, fill: 3, border: 2, alignment: '<alignment vertical="top"/>' },
  title: { font: 3, fill: 0, border: 0, alignment: '<alignment vertical="center"/>' },
  total: { font: 1, fill: 0, border: 3, alignment: '<alignment vertical="top"/>' },
}

const firstOwnFormat = 164
const textFormat = 49

export function createStyleTable(): StyleTable {
  const indexByKey = new Map<string, number>()
  const styles: string[] = []
  const formatIds = new Map<string, number>()

  function formatId(format: string | null): number {
    if (format === null) return 0
    if (format === '@') return textFormat
    const known = formatIds.get(format)
    if (known !== undefined) return known
    const id = firstOwnFormat + formatIds.size
    formatIds.set(format, id)
    return id
  }

  function index(look: CellLook, format: string | null): number {
    const key = `${look} ${format ?? ''}`
    const known = indexByKey.get(key)
    if (known !== undefined) return known
    const { font, fill, border, alignment } = looks[look]
    styles.push(
      `<xf numFmtId="${formatId(format)}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"` +
        ` applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment}</xf>`,
    )
    indexByKey.set(key, styles.length - 1)
    return styles.length - 1
  }

  // Style 0 is what cells without a style show.
  index('plain', null)

  function part(): string {
    const formats = [...formatIds].map(([code, id]) => `<numFmt numFmtId="${id}" formatCode="${attributeText(code)}"/>`)
    return (
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
      (formats.length === 0 ? '' : `<numFmts count="${formats.length}">${formats.join('')}</numFmts>`) +
      `${fontsXml}${fillsXml}${bordersXml}` +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      `<cellXfs count="${styles.length}">${styles.join('')}</cellXfs>` +
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
  }

  return { index, part }
}

const fontName = '<name val="TH Sarabun New"/><family val="2"/>'
const fontsXml =
  `<fonts count="4"><font><sz val="14"/>${fontName}</font><font><b/><sz val="14"/>${fontName}</font>` +
  `<font><sz val="14"/><color rgb="FF9C0006"/>${fontName}</font><font><b/><sz val="18"/>${fontName}</font></fonts>`

function solid(colour: string): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`
}

const fillsXml =
  '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  `${solid('FFE8EEF4')}${solid('FFFFC7CE')}</fills>`

function line(side: string, style: string, colour: string): string {
  return `<${side} style="${style}"><color rgb="${colour}"/></${side}>`
}

const noBorder = '<border><left/><right/><top/><bottom/><diagonal/></border>'
const red = 'FF9C0006'
const bordersXml =
  `<borders count="4">${noBorder}` +
  `<border><left/><right/><top/>${line('bottom', 'thin', 'FF5B7083')}<diagonal/></border>` +
  `<border>${line('left', 'thin', red)}${line('right', 'thin', red)}${line('top', 'thin', red)}${line('bottom', 'thin', red)}<diagonal/></border>` +
  `<border><left/><right/>${line('top', 'thin', 'FF000000')}${line('bottom', 'double', 'FF000000')}<diagonal/></border></borders>`

function attributeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
