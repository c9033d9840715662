import fc from 'fast-check'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { SheetRow } from '../../domain/import/sheet.ts'
import { dateToSerial, isDateFormat, serialToDate } from './number-format.ts'
import { createMemorySource, openFileSource } from './sources.ts'
import { openTable } from './table.ts'
import { writeZip } from './zip-writer.ts'

const office = 'http://purl.oclc.org/ooxml/officeDocument/relationships'

/** A workbook as other programs write it: element names with a prefix, part names of their own. */
async function foreignWorkbook(sheet: string, strings = '', date1904 = false): Promise<SheetRow[]> {
  const pieces: Uint8Array[] = []
  const parts = [
    { name: '[Content_Types].xml', text: ['<Types>spreadsheetml</Types>'] },
    {
      name: '_rels/.rels',
      text: [
        `<Relationships><Relationship Id="a" Type="${office}/officeDocument" Target="/b/book.xml"/></Relationships>`,
      ],
    },
    {
      name: 'b/book.xml',
      text: [
        `<x:workbook><x:workbookPr date1904="${date1904}"/><x:sheets>`,
        '<x:sheet name="แผ่น &amp; 1" sheetId="1" rel:id="s"/></x:sheets></x:workbook>',
      ],
    },
    {
      name: 'b/_rels/book.xml.rels',
      text: [
        `<Relationships><Relationship Id="s" Type="${office}/worksheet" Target="one.xml"/>`,
        `<Relationship Id="t" Type="${office}/styles" Target="styles.xml"/>`,
        `<Relationship Id="u" Type="${office}/sharedStrings" Target="/b/strings.xml"/></Relationships>`,
      ],
    },
    {
      name: 'b/styles.xml',
      text: [
        '<x:styleSheet><x:numFmts><x:numFmt numFmtId="170" formatCode="[$-107041E]d\\ mmm\\ yy;@"/>',
        '<x:numFmt numFmtId="171" formatCode="0.00&quot; day&quot;"/></x:numFmts><x:cellStyleXfs><x:xf numFmtId="14"/></x:cellStyleXfs>',
        '<x:cellXfs><x:xf/><x:xf numFmtId="16"/><x:xf numFmtId="170"/><x:xf numFmtId="171"/><x:xf numFmtId="20"/><x:xf numFmtId="71"/></x:cellXfs></x:styleSheet>',
      ],
    },
    { name: 'b/strings.xml', text: [`<x:sst>${strings}</x:sst>`] },
    {
      name: 'b/one.xml',
      text: [`<x:worksheet><x:dimension ref="A1:C9"/><x:sheetData>${sheet}</x:sheetData></x:worksheet>`],
    },
  ]
  for await (const piece of writeZip(parts)) pieces.push(piece)
  const table = await openTable(createMemorySource(Buffer.concat(pieces)))
  expect(table.sheets).toEqual([{ name: 'แผ่น & 1', hidden: false, rowEstimate: 9 }])
  const rows: SheetRow[] = []
  for await (const batch of table.rows('แผ่น & 1')) rows.push(...batch)
  return rows
}

function cell(attributes: string, value: string): string {
  return `<x:c ${attributes}><x:v>${value}</x:v></x:c>`
}

describe('a workbook of another program', () => {
  it('keeps truth values, results and texts, and drops errors', async () => {
    const rows = await foreignWorkbook(
      `<x:row r='3'>${cell('t="b"', '1')}${cell('t="e"', '#N/A')}${cell('t="str"', 'ก &lt; ข')}` +
        `<x:c r="F3" t="n"><x:f>1+1</x:f><x:v>2</x:v></x:c>${cell('', '1.10037E+12')}</x:row>` +
        `<x:row/><x:row>${cell('t="d"', '2022-01-27T00:00:00')}<x:c t="inlineStr"><x:is><x:t>ก_x000D_\nข</x:t></x:is></x:c></x:row>`,
    )
    expect(rows).toEqual([
      { number: 3, cells: [true, null, 'ก < ข', null, null, 2, 1100370000000] },
      { number: 5, cells: [{ date: '2022-01-27', format: null }, 'ก\nข'] },
    ])
  })

  it('gives dates with their format, and only dates', async () => {
    const rows = await foreignWorkbook(
      `<x:row>${[0, 1, 2, 3, 4, 5].map((style) => cell(`s="${style}"`, '44588.75')).join('')}</x:row>`,
    )
    expect(rows[0]?.cells).toEqual([
      44588.75,
      { date: '2022-01-27', format: 'd-mmm' },
      { date: '2022-01-27', format: '[$-107041E]d mmm yy;@' },
      44588.75,
      44588.75,
      { date: '2022-01-27', format: 'd/m/bbbb' },
    ])
  })

  it('of an old Macintosh counts its days from 1904', async () => {
    const rows = await foreignWorkbook(`<x:row>${cell('s="1"', '43126')}</x:row>`, '', true)
    expect(rows[0]?.cells).toEqual([{ date: '2022-01-27', format: 'd-mmm' }])
  })

  it('joins the runs of a rich text and leaves out reading hints', async () => {
    const strings =
      '<x:si><x:r><x:rPr><x:b/></x:rPr><x:t>บ้าน</x:t></x:r><x:r><x:t xml:space="preserve"> ใหม่</x:t></x:r>' +
      '<x:rPh sb="0" eb="1"><x:t>hint</x:t></x:rPh></x:si><x:si/><x:si><x:t/></x:si><x:si><x:t>ท้าย</x:t></x:si>'
    const row = [0, 1, 2, 3].map((index) => cell('t="s"', String(index))).join('')
    expect((await foreignWorkbook(`<x:row>${row}</x:row>`, strings))[0]?.cells).toEqual(['บ้าน ใหม่', null, null, 'ท้าย'])
  })

  it('on disk is read by its path', async () => {
    const path = fileURLToPath(new URL('../../../test/golden/files/households.xlsx', import.meta.url))
    const source = await openFileSource(path)
    expect((await openTable(source)).sheets).toHaveLength(3)
    expect(await source.read(source.size - 4, 100)).toHaveLength(4)
    await source.close()
  })
})

describe('number formats and serial days', () => {
  it.each([
    'd-mmm',
    'dd/mm/yyyy',
    'm/d/yy h:mm',
    '[$-D07041E]dd/mm/yyyy',
    'mmmm',
    'bbbb',
    'd ดดด',
    '[Red]yyyy',
    'ว/ด/ปปปป',
  ])('%s is a date', (format) => expect(isDateFormat(format)).toBe(true))

  it.each(['General', '0.00', '#,##0', '@', 'h:mm', '[h]:mm:ss', '0" day"', '"วันที่" 0', 'mm:ss.0', '[Red]0', '0\\d'])(
    '%s is none',
    (format) => expect(isDateFormat(format)).toBe(false),
  )

  it('count the day that never was, as Excel does', () => {
    expect([1, 59, 61].map((serial) => serialToDate(serial, false, null)?.date)).toEqual([
      '1900-01-01',
      '1900-02-28',
      '1900-03-01',
    ])
    expect([0, -5, 3_000_000, Number.NaN].map((serial) => serialToDate(serial, false, null))).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  it('go there and back for every day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_958_465 }), (serial) => {
        fc.pre(serial !== 60)
        expect(dateToSerial(serialToDate(serial, false, null)?.date ?? '')).toBe(serial)
      }),
    )
    expect(dateToSerial('2565-02-30')).toBe(null)
  })
})
