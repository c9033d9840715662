/** A note on one cell; row and column count from 0. */
export interface CellComment {
  reference: string
  row: number
  column: number
  text: string
}

const heading = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** What the notes say. */
export function* commentsPart(comments: readonly CellComment[]): Generator<string> {
  yield `${heading}<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>Kaejon</author></authors><commentList>`
  for (const { reference, text } of comments) {
    yield `<comment ref="${reference}" authorId="0"><text><r><rPr><sz val="10"/></rPr><t xml:space="preserve">${escapeText(text)}</t></r></text></comment>`
  }
  yield '</commentList></comments>'
}

/** Where the notes are drawn; Excel shows no note without it. */
export function* drawingPart(comments: readonly CellComment[]): Generator<string> {
  yield (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">' +
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>' +
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
  )
  let number = 1025
  for (const { row, column } of comments) {
    const anchor = [column + 1, 15, row, 2, column + 4, 15, row + 4, 4].join(', ')
    yield (
      `<v:shape id="_x0000_s${number++}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">` +
      '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox/>' +
      `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>` +
      `<x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
    )
  }
  yield '</xml>'
}

function escapeText(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  )
}
