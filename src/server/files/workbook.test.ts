import fc from 'fast-check'
import { readXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import type { SheetCell, SheetRow } from '../../domain/import/sheet.ts'
import { csvField, writeCsv } from './csv.ts'
import { createMemorySource } from './sources.ts'
import { openTable } from './table.ts'
import { buddhistDateFormat, writeWorkbook } from './workbook.ts'
import type { WorkbookSheet } from './workbook.ts'

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

async function readBack(bytes: Uint8Array, sheet: string): Promise<SheetRow[]> {
  const table = await openTable(createMemorySource(bytes))
  const rows: SheetRow[] = []
  for await (const batch of table.rows(sheet)) rows.push(...batch)
  return rows
}

function write(...sheets: WorkbookSheet[]): Promise<Uint8Array> {
  return collect(writeWorkbook(sheets))
}

const rejected: WorkbookSheet = {
  name: 'แถวที่ต้องแก้ไข',
  headingRows: 1,
  columnWidths: [20, 12],
  rows: [
    ['เลขประจำตัวประชาชน', 'วันเกิด', 'บ้านเลขที่'],
    [
      { value: '931010000001x', look: 'fault', note: 'เลขประจำตัวประชาชนไม่ครบ 13 หลัก\nNot 13 digits' },
      { date: '1965-05-12', format: null },
      { date: '2022-01-27', format: 'd-mmm' },
    ],
    [],
    ['=HYPERLINK("http://x")', null, { value: null, look: 'fault', note: 'ว่าง' }],
    [9310100000011, { date: '2508-05-12', format: buddhistDateFormat }, true],
  ],
}

describe('a workbook that is written', () => {
  it('is read back unchanged, blank rows and house-number dates too', async () => {
    const bytes = await write(rejected, { name: 'อื่น', rows: [['ก']] })
    expect(await readBack(bytes, 'แถวที่ต้องแก้ไข')).toEqual([
      { number: 1, cells: ['เลขประจำตัวประชาชน', 'วันเกิด', 'บ้านเลขที่'] },
      {
        number: 2,
        cells: ['931010000001x', { date: '1965-05-12', format: 'dd/mm/yyyy' }, { date: '2022-01-27', format: 'd-mmm' }],
      },
      { number: 4, cells: ['=HYPERLINK("http://x")'] },
      { number: 5, cells: [9310100000011, { date: '2508-05-12', format: buddhistDateFormat }, true] },
    ])
    expect(await readBack(bytes, 'อื่น')).toEqual([{ number: 1, cells: ['ก'] }])
  })

  it('marks the fault in its own cell, as another reader sees it', async () => {
    const workbook = await readXlsx(await write(rejected), { readStyles: true })
    const cell = workbook.sheets[0]?.cells?.get('1,0')
    expect(cell?.comment?.text).toBe('เลขประจำตัวประชาชนไม่ครบ 13 หลัก\nNot 13 digits')
    expect(JSON.stringify(cell?.style)).toContain('FFC7CE')
    expect(JSON.stringify(workbook.sheets[0]?.cells?.get('1,1')?.style ?? {})).not.toContain('FFC7CE')
  })

  it('never makes a formula of what a person typed', async () => {
    const workbook = await readXlsx(await write(rejected), { readStyles: true })
    expect(workbook.sheets[0]?.rows[3]?.[0]).toBe('=HYPERLINK("http://x")')
    expect(workbook.sheets[0]?.cells?.get('3,0')?.formula).toBeUndefined()
  })

  it('gives sheets of the same name different names', async () => {
    const bytes = await write({ name: 'ก', rows: [['1']] }, { name: 'ก', rows: [['2']] })
    const table = await openTable(createMemorySource(bytes))
    expect(table.sheets.map((sheet) => sheet.name)).toEqual(['ก', 'ก (2)'])
  })

  it('pulls rows only as bytes are taken', async () => {
    let pulled = 0
    async function* rows() {
      for (; pulled < 500_000; pulled++) yield [`แถว ${pulled}`, pulled]
    }
    for await (const piece of writeWorkbook([{ name: 'ก', rows: rows() }])) {
      if (piece.length > 1000) break
    }
    expect(pulled).toBeLessThan(100_000)
  })

  it('keeps any text and number', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('_x0041_', '=1+1', '<&>"', ' ช่อง ว่าง ', 'ก\nข', '\u0001', '9310100000011'),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 6 }), async (rows) => {
        expect(await readBack(await write({ name: 'ก', rows }), 'ก')).toEqual(expectedRows(rows, normalText))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a CSV that is written', () => {
  it('opens in Excel with Thai right and runs no formula', async () => {
    const bytes = await collect(
      writeCsv([
        ['ชื่อ', 'สูตร'],
        ['สมชาย, ใจดี', '=1+1'],
      ]),
    )
    expect(Buffer.from(bytes).toString()).toBe('\ufeffชื่อ,สูตร\r\n"สมชาย, ใจดี",\'=1+1\r\n')
  })

  it.each(['=1', '+66', '-1', '@x', '\tx', "'=1"])('guards %j', (text) => {
    expect(csvField(text).replace(/^"/, '').startsWith("'")).toBe(true)
  })

  it('is read back unchanged', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('=1+1', "'=1", "''-x", '-', 'ก"ข', 'ก\nข', 'ก,ข', '"', ';', '\t'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 6 }), async (rows) => {
        const bytes = await collect(writeCsv([['ก', 'ข', 'ค'], ...rows]))
        expect(await readBack(bytes, 'Sheet1')).toEqual(expectedRows([['ก', 'ข', 'ค'], ...rows], normalLines))
      }),
    )
  })
})

/** What reading gives back: blank cells and rows fall away, the others keep their place. */
function expectedRows(rows: readonly SheetCell[][], normal: (text: string) => string): SheetRow[] {
  return rows.flatMap((row, index) => {
    const cells = row.map((cell) => (typeof cell === 'string' ? normal(cell) || null : Object.is(cell, -0) ? 0 : cell))
    while (cells.length > 0 && cells.at(-1) === null) cells.pop()
    return cells.length === 0 ? [] : [{ number: index + 1, cells }]
  })
}

function normalLines(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

function normalText(text: string): string {
  return normalLines(text)
}
