import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { SheetRow } from '../domain/import/sheet.ts'
import { openFileSource } from '../server/files/sources.ts'
import { openTable } from '../server/files/table.ts'
import type { RowSink, WrittenCell } from './cells.ts'
import { createCsv, createHtmlTable, createOds } from './text-writers.ts'
import { createWorkbook } from './xlsx-writer.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaejon-writers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const row: WrittenCell[] = [
  9_310_100_000_011,
  'สมศรี\u00a0',
  '=บ้านเช่า',
  { date: '2508-03-05', format: 'd/m/yyyy' },
  { date: '2022-01-27', format: 'd-mmm' },
  { runs: ['พ.ศ. ', '๒๕๖๙'] },
  'บรรทัดหนึ่ง\nบรรทัดสอง, "ในเครื่องหมาย" & <จบ>',
]

async function written(path: string, sink: RowSink): Promise<{ name: string; rows: SheetRow[] }> {
  sink.mergedRow(['ชื่อเรื่อง'], row.length)
  sink.row([])
  expect(sink.row(row)).toBe(3)
  sink.close()
  const source = await openFileSource(path)
  const table = await openTable(source)
  const name = table.sheets[0]?.name ?? ''
  const rows: SheetRow[] = []
  for await (const batch of table.rows(name)) rows.push(...batch)
  await table.close()
  await source.close()
  return { name, rows }
}

describe('a written file', () => {
  it('is a workbook with real dates and numbers', async () => {
    const path = join(folder, 'list.xlsx')
    const { name, rows } = await written(
      path,
      createWorkbook(path, { sheet: 'รายชื่อ', widths: [10], notes: { sheet: 'ข', lines: ['ค'] } }),
    )
    expect(name).toBe('รายชื่อ')
    expect(rows.map(({ number }) => number)).toEqual([1, 3])
    expect(rows[1]?.cells).toEqual([...row.slice(0, 5), 'พ.ศ. ๒๕๖๙', row[6]])
  })

  it('is text in windows-874 with what a program showed', async () => {
    const path = join(folder, 'list.csv')
    const { rows } = await written(path, createCsv(path, 'windows-874'))
    expect(rows[1]?.cells).toEqual(['9310100000011', row[1], row[2], '5/3/2508', '27-ม.ค.', 'พ.ศ. ๒๕๖๙', row[6]])
  })

  it('is a web page that calls itself .xls', async () => {
    const path = join(folder, 'list.xls')
    const { rows } = await written(path, createHtmlTable(path, 'ชื่อ'))
    expect(rows[1]?.cells).toEqual(['9310100000011', 'สมศรี', row[2], '5/3/2508', '27-ม.ค.', 'พ.ศ. ๒๕๖๙', row[6]])
  })

  it('is an OpenDocument sheet', async () => {
    const path = join(folder, 'list.ods')
    const { rows } = await written(path, createOds(path, 'เปราะบาง'))
    expect(rows[1]?.cells.slice(0, 3)).toEqual(row.slice(0, 3))
    expect(rows[1]?.cells[3]).toMatchObject({ date: '2508-03-05' })
    expect(rows[1]?.cells[6]).toBe(row[6])
  })

  it('never loses a letter that windows-874 lacks without saying so', () => {
    const sink = createCsv(join(folder, 'lost.csv'), 'windows-874')
    sink.row(['日'])
    expect(() => sink.close()).toThrow('U+65e5')
  })
})
