const heading = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageNamespace = 'http://schemas.openxmlformats.org/package/2006'
const sheetNamespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** `xl/workbook.xml`: the sheets by name. */
export function workbookPart(names: readonly string[]): string {
  const sheets = names.map(
    (name, index) => `<sheet name="${attributeText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  return `${heading}<workbook xmlns="${sheetNamespace}" xmlns:r="${office}"><sheets>${sheets.join('')}</sheets></workbook>`
}

/** `xl/_rels/workbook.xml.rels` */
export function workbookRelationsPart(sheetCount: number): string {
  const sheets = Array.from({ length: sheetCount }, (_, index) =>
    relation(index + 1, 'worksheet', `worksheets/sheet${index + 1}.xml`),
  )
  return relations([...sheets, relation(sheetCount + 1, 'styles', 'styles.xml')])
}

/** The notes of a sheet: what they say and where they are drawn. */
export function sheetRelationsPart(number: number): string {
  return relations([
    relation(1, 'vmlDrawing', `../drawings/vmlDrawing${number}.vml`),
    relation(2, 'comments', `../comments${number}.xml`),
  ])
}

/** `_rels/.rels` */
export function packageRelationsPart(): string {
  return relations([relation(1, 'officeDocument', 'xl/workbook.xml')])
}

/** `[Content_Types].xml` */
export function contentTypesPart(withComments: readonly boolean[]): string {
  const parts = withComments.flatMap((hasComments, index) => [
    override(`/xl/worksheets/sheet${index + 1}.xml`, 'worksheet'),
    ...(hasComments ? [override(`/xl/comments${index + 1}.xml`, 'comments')] : []),
  ])
  return (
    `${heading}<Types xmlns="${packageNamespace}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>' +
    `${override('/xl/workbook.xml', 'sheet.main')}${override('/xl/styles.xml', 'styles')}${parts.join('')}</Types>`
  )
}

function relations(items: readonly string[]): string {
  return `${heading}<Relationships xmlns="${packageNamespace}/relationships">${items.join('')}</Relationships>`
}

function relation(number: number, kind: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${office}/${kind}" Target="${target}"/>`
}

function override(part: string, kind: string): string {
  return `<Override PartName="${part}" ContentType="${spreadsheet}.${kind}+xml"/>`
}

function attributeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
