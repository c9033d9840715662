import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { SheetCell, SheetRow } from '../../domain/import/sheet.ts'
import { createMemorySource } from './sources.ts'
import { openTable } from './table.ts'
import type { Table } from './table.ts'

const golden = new URL('../../../test/golden/files/', import.meta.url)

async function openGolden(name: string): Promise<Table> {
  return openTable(createMemorySource(await readFile(new URL(name, golden))))
}

async function readRows(table: Table, sheet: string): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const batch of table.rows(sheet)) rows.push(...batch)
  return rows
}

function openText(text: string | Uint8Array): Promise<Table> {
  return openTable(createMemorySource(typeof text === 'string' ? new TextEncoder().encode(text) : text))
}

async function readText(text: string | Uint8Array): Promise<(readonly SheetCell[])[]> {
  return (await readRows(await openText(text), 'Sheet1')).map((row) => row.cells)
}

/** Thai letters as windows-874 writes them. */
function windows874(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0)
    return code >= 0x0e01 ? code - 0x0e00 + 0xa0 : code
  })
}

const heading = ['ลำดับ', 'เลขประจำตัวประชาชน', 'ชื่อ-สกุล', 'บ้านเลขที่', 'หมู่บ้าน', 'วันเกิด', 'โทรศัพท์', 'หมายเหตุ', 'ผ่านเกณฑ์']

describe('a workbook that LibreOffice made', () => {
  it.each(['households.xlsx', 'households.xls', 'households.ods'])('%s gives the same rows', async (name) => {
    const table = await openGolden(name)
    expect(table.sheets).toEqual([
      { name: 'ครัวเรือน', hidden: false, rowEstimate: 9 },
      { name: 'หมู่บ้าน', hidden: false, rowEstimate: 2 },
      { name: 'ซ่อนไว้', hidden: true, rowEstimate: 1 },
    ])
    expect(await readRows(table, 'ครัวเรือน')).toEqual([
      { number: 1, cells: ['บัญชีครัวเรือนเป้าหมาย จังหวัดบุรีรัมย์'] },
      { number: 2, cells: ['ข้อมูล ณ วันที่ ๑ ตุลาคม ๒๕๖๕'] },
      { number: 4, cells: heading },
      {
        number: 5,
        cells: [
          1,
          9310100000011,
          'นายสมชาย ใจดี',
          '27/1',
          'บ้านหนองใหญ่ (Nong Yai)',
          { date: '1965-05-12', format: 'dd/mm/yyyy' },
          812345678,
          'ขาดรายได้\nดูแลแม่',
          1,
        ],
      },
      {
        number: 6,
        cells: [
          '๒',
          '9310100000029',
          'นางสาวทองดี & ลูก <2 คน>',
          { date: '2022-01-27', format: 'd-mmm' },
          'บ้านโนนสูง',
          { date: '2508-05-12', format: 'dd/mm/yyyy' },
          '081-234-5678',
          null,
          0,
        ],
      },
      {
        number: 8,
        cells: [3, '๙-๓๑๐๑-๐๐๐๐๐-๐๓-๗', ' พ.ศ. ๒๕๖๕ ', '5', 'บ้าน "ใหม่", หมู่ 3', '๑๒ พ.ค. ๒๕๐๘', null, 1234.5],
      },
      { number: 9, cells: ['รวม', null, 3] },
    ])
    expect(await readRows(table, 'หมู่บ้าน')).toEqual([
      { number: 1, cells: ['รหัส', 'ชื่อหมู่บ้าน'] },
      { number: 2, cells: ['31010101', 'บ้านหนองใหญ่'] },
    ])
    await table.close()
  })

  it.each([
    ['households.csv', 'utf-8', ','],
    ['households-874.csv', 'windows-874', ';'],
  ])('%s is recognised as %s with %s between fields', async (name, encoding, delimiter) => {
    const table = await openGolden(name)
    expect([table.format, table.encoding, table.delimiter]).toEqual(['csv', encoding, delimiter])
    const rows = await readRows(table, 'Sheet1')
    expect(rows.map((row) => row.number)).toEqual([1, 2, 4, 5, 6, 8, 9])
    expect(rows[2]?.cells).toEqual(heading)
    expect(rows[3]?.cells).toEqual([
      '1',
      '9310100000011',
      'นายสมชาย ใจดี',
      '27/1',
      'บ้านหนองใหญ่ (Nong Yai)',
      '12/05/1965',
      '812345678',
      'ขาดรายได้\nดูแลแม่',
      '1',
    ])
  })

  it('as an HTML page is one sheet with the tables one after the other', async () => {
    const table = await openGolden('households.html')
    expect(table.format).toBe('html')
    const rows = await readRows(table, 'Sheet1')
    expect(rows[0]?.cells).toEqual(['บัญชีครัวเรือนเป้าหมาย จังหวัดบุรีรัมย์'])
    expect(rows[2]).toEqual({ number: 4, cells: heading })
    expect(rows[3]?.cells[4]).toBe('บ้านหนองใหญ่ (Nong Yai)')
    expect(rows[3]?.cells[7]).toBe('ขาดรายได้\nดูแลแม่')
  })

  it('can be read again, and stopped early', async () => {
    const table = await openGolden('households.xlsx')
    for await (const batch of table.rows('ครัวเรือน')) {
      expect(batch.length).toBeGreaterThan(0)
      break
    }
    expect(await readRows(table, 'ครัวเรือน')).toHaveLength(7)
    expect(await readRows(table, 'ครัวเรือน')).toHaveLength(7)
  })

  it('comes in batches of the asked size', async () => {
    const bytes = await readFile(new URL('households.xlsx', golden))
    const table = await openTable(createMemorySource(bytes), { batchRows: 3 })
    const sizes: number[] = []
    for await (const batch of table.rows('ครัวเรือน')) sizes.push(batch.length)
    expect(sizes.every((size) => size <= 3)).toBe(true)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(7)
  })

  it('says so when a sheet is asked for that it does not have', async () => {
    const table = await openGolden('households.ods')
    await expect(readRows(table, 'ไม่มี')).rejects.toMatchObject({ problem: 'sheetNotFound' })
  })
})

describe('delimited text', () => {
  it('in windows-874 is found although its first megabyte is ASCII', async () => {
    const lines = `1,2\n${'7,8\n'.repeat(300_000)}`
    const table = await openText(windows874(`${lines}บ้าน,ตำบล\n`))
    expect(table.encoding).toBe('windows-874')
    const rows = await readRows(table, 'Sheet1')
    expect(rows.at(-1)).toEqual({ number: 300_002, cells: ['บ้าน', 'ตำบล'] })
  })

  it('marks bytes that no Thai text holds', async () => {
    const bytes = windows874('ชื่อ,สกุล\nสมชาย,ใจดี\n')
    bytes[10] = 0xdb
    expect((await readText(bytes))[1]?.[0]).toContain('\ufffd')
  })

  it('stays UTF-8 when a few of its bytes are damaged', async () => {
    const bytes = new TextEncoder().encode(`ชื่อ,สกุล\n${'สมชาย,ใจดี\n'.repeat(50)}`)
    bytes[3] = 0xff
    const table = await openText(bytes)
    expect(table.encoding).toBe('utf-8')
    expect((await readRows(table, 'Sheet1'))[5]?.cells).toEqual(['สมชาย', 'ใจดี'])
  })

  it('in UTF-16 is what Excel calls Unicode text', async () => {
    const bytes = Buffer.from('\ufeffชื่อ\tสกุล\r\nสมชาย\tใจดี\r\n', 'utf16le')
    const table = await openText(bytes)
    expect([table.encoding, table.delimiter]).toEqual(['utf-16le', '\t'])
    expect((await readRows(table, 'Sheet1'))[1]?.cells).toEqual(['สมชาย', 'ใจดี'])
  })

  it.each([
    ['ก;ข\n"1,5";2\n"2,5";3\n', ';'],
    ['ชื่อ|อายุ\nก,ข,ค|3\n', '|'],
    ['ก\tข\n1\t2\n', '\t'],
    ['หนึ่งคอลัมน์\n1\n2\n', ','],
    ['sep=;\nก,ข,ค;2\n', ';'],
    ['ชื่อ,หมายเหตุ\nก,"ก;ข;ค;ง;จ"\n', ','],
  ])('%j has %j between fields', async (text, delimiter) => {
    expect((await openText(text)).delimiter).toBe(delimiter)
  })

  it('numbers rows as a spreadsheet program shows them', async () => {
    const table = await openText('sep=,\nก,ข\n\n"สอง\r\nบรรทัด",1\n2\n3,4,5\n')
    expect(await readRows(table, 'Sheet1')).toEqual([
      { number: 1, cells: ['ก', 'ข'] },
      { number: 3, cells: ['สอง\nบรรทัด', '1'] },
      { number: 4, cells: ['2'] },
      { number: 5, cells: ['3', '4', '5'] },
    ])
  })

  it('loses one row, not the file, to a quote that is never closed', async () => {
    const rows = await readText(`ก,ข\n"เปิด,1\n${'ค,2\n'.repeat(40_000)}`)
    expect(rows).toHaveLength(40_002)
    expect(rows[1]).toEqual(['"เปิด', '1'])
    expect(rows.at(-1)).toEqual(['ค', '2'])
    expect(await readText('ก,ข\n"เปิด,1\nค,2')).toEqual([
      ['ก', 'ข'],
      ['"เปิด', '1'],
      ['ค', '2'],
    ])
  })
})

describe('an HTML table that calls itself .xls', () => {
  it('is read in windows-874, with spans, entities and scripts', async () => {
    const html = `<html><head><meta charset="utf-8"><style>td{}</style></head><body><table border=1>
      <tr><td colspan="3">บัญชีครัวเรือน</td></tr>
      <tr><th rowspan=2>ชื่อ<th colspan=2>ที่อยู่</tr>
      <tr><td>บ้านเลขที่<td>หมู่</tr>
      <script>if (1 < 2) document.write('<td>x</td>')</script>
      <tr><td>สมชาย&nbsp;ใจดี &amp; แม่</td><td x:num="1310100000015">1.31E+12</td><td>๓<br>๔</td></tr>
      </table></body></html>`
    const table = await openText(windows874(html))
    expect([table.format, table.encoding]).toEqual(['html', 'windows-874'])
    expect(await readRows(table, 'Sheet1')).toEqual([
      { number: 1, cells: ['บัญชีครัวเรือน'] },
      { number: 2, cells: ['ชื่อ', 'ที่อยู่'] },
      { number: 3, cells: [null, 'บ้านเลขที่', 'หมู่'] },
      { number: 4, cells: ['สมชาย ใจดี & แม่', 1310100000015, '๓\n๔'] },
    ])
  })

  it('that was cut off is refused', async () => {
    const table = await openText('<table><tr><td>ก</td></tr><tr><td>ข')
    await expect(readRows(table, 'Sheet1')).rejects.toMatchObject({ problem: 'truncatedFile' })
  })
})
