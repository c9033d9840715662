import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../domain/problem.ts'
import type { ProblemName } from '../../domain/problem.ts'
import type { Limits } from './limits.ts'
import { createMemorySource } from './sources.ts'
import { openTable } from './table.ts'
import { writeZip } from './zip-writer.ts'
import type { ZipPart } from './zip-writer.ts'

const golden = new URL('../../../test/golden/files/', import.meta.url)
const names = ['xlsx', 'xls', 'ods', 'html', 'csv'].map((extension) => `households.${extension}`)
const bytesByName = new Map([...names, 'households-874.csv'].map((name) => [name, readFileSync(new URL(name, golden))]))

/** Reads every row of every sheet. */
async function readAll(bytes: Uint8Array, limits: Partial<Limits> = {}): Promise<number> {
  const table = await openTable(createMemorySource(bytes), limits)
  let count = 0
  for (const { name } of table.sheets) for await (const batch of table.rows(name)) count += batch.length
  await table.close()
  return count
}

/** The name of the problem that ends the reading, or null; anything else thrown fails the test. */
async function problemOf(bytes: Uint8Array, limits: Partial<Limits> = {}): Promise<ProblemName | null> {
  const start = performance.now()
  try {
    await readAll(bytes, limits)
    return null
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.problem
  } finally {
    expect(performance.now() - start).toBeLessThan(5000)
  }
}

async function zip(parts: ZipPart[]): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of writeZip(parts)) pieces.push(piece)
  return Buffer.concat(pieces)
}

function xlsx(sheetText: ZipPart['text'], ...more: ZipPart[]): Promise<Buffer> {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return zip([
    {
      name: 'xl/workbook.xml',
      text: ['<workbook><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'],
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: [
        `<Relationships><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/s.xml"/>`,
        `<Relationship Id="r2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
      ],
    },
    { name: 'xl/worksheets/s.xml', text: sheetText },
    ...more,
  ])
}

function sheet(rows: string): string[] {
  return [`<worksheet><sheetData>${rows}</sheetData></worksheet>`]
}

function* repeated(text: string, times: number, before = '', after = ''): Generator<string> {
  yield before
  for (let count = 0; count < times; count++) yield text
  yield after
}

function numberedRow(number: number): string {
  return `<row r="${number}"><c r="A${number}"><v>1</v></c></row>`
}

function sharedCell(index: number): string[] {
  return sheet(`<row><c t="s"><v>${index}</v></c></row>`)
}

function ods(rows: string): Promise<Buffer> {
  return zip([
    { name: 'mimetype', text: ['application/vnd.oasis.opendocument.spreadsheet'] },
    { name: 'content.xml', text: [`<office:body><table:table table:name="a">${rows}</table:table></office:body>`] },
  ])
}

function billionRows(cells: string): string {
  return `<table:table-row table:number-rows-repeated="1000000000">${cells}</table:table-row>`
}

describe('a hostile file is refused', () => {
  it('when it unpacks to a thousand times its size', async () => {
    const spaces = ' '.repeat(1024 * 1024)
    expect(await problemOf(await xlsx(repeated(spaces, 200, '<worksheet><sheetData>')))).toBe('hostileFile')
  })

  it('when its directory says less than what comes out', async () => {
    const bytes = await xlsx(sheet('<row r="1"><c r="A1"><v>1</v></c></row>'.repeat(5000)))
    const directory = bytes.lastIndexOf(Buffer.from('xl/worksheets/s.xml')) - 46
    expect(bytes.readUInt32LE(directory)).toBe(0x02014b50)
    bytes.writeUInt32LE(100, directory + 24)
    expect(await problemOf(bytes)).toBe('hostileFile')
  })

  it('when it has more entries or more bytes than any workbook', async () => {
    const parts = Array.from({ length: 50 }, (_, index) => ({ name: `${index}`, text: ['x'] }))
    expect(await problemOf(await zip(parts))).toBe('unknownFileFormat')
    expect(await problemOf(await xlsx(sheet(''), ...parts), { zipEntries: 20 })).toBe('hostileFile')
    expect(await problemOf(await xlsx(sheet(' '.repeat(5000))), { unpackedBytes: 4000 })).toBe('tooLarge')
  })

  it('when it has a million columns', async () => {
    const cells = Array.from({ length: 600 }, (_, index) => index).map(() => '<c><v>1</v></c>')
    expect(await problemOf(await xlsx(sheet(`<row>${cells.join('')}</row>`)))).toBe('hostileFile')
    expect(await problemOf(await xlsx(sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')))).toBe('hostileFile')
    expect(await problemOf(await xlsx(sheet('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>')))).toBe('truncatedFile')
    expect(await problemOf(Buffer.from(`1${','.repeat(1_000_000)}\n`))).toBe(null)
    expect(await problemOf(Buffer.from(`${'1,'.repeat(1_000_000)}1\n`))).toBe('hostileFile')
    expect(await problemOf(Buffer.from(`<table><tr>${'<td>1'.repeat(1_000_000)}</table>`))).toBe('hostileFile')
  })

  it('when one row, cell, text or tag never ends', async () => {
    const long = 'ก'.repeat(1024 * 1024)
    const endless = repeated(`${long}กขค${Math.E}`, 30, '<worksheet><sheetData><row><c t="inlineStr"><is><t>')
    expect(await problemOf(await xlsx(endless), { packRatio: 10_000 })).toBe('hostileFile')
    const cell = `<row><c t="inlineStr"><is><t>${'ก'.repeat(200_000)}</t></is></c></row>`
    expect(await problemOf(await xlsx(sheet(cell)))).toBe('hostileFile')
    expect(await problemOf(Buffer.from(`"${'ก'.repeat(3_000_000)}`))).toBe('hostileFile')
    expect(await problemOf(Buffer.from(`<table><tr><td>${'ก'.repeat(200_000)}</table>`))).toBe('hostileFile')
    expect(await problemOf(Buffer.from(`<table><tr><td><!--${'ก'.repeat(5_000_000)}`))).toBe('hostileFile')
  })

  it('when a few bytes stand for millions of rows or cells', async () => {
    const cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    const wide = cell.replace('/>', ' table:number-columns-repeated="16000"/>')
    expect(await problemOf(await ods(billionRows(cell)))).toBe('tooLarge')
    expect(await problemOf(await ods(billionRows(wide)))).toBe('hostileFile')
    expect(await problemOf(await ods(billionRows('<table:table-cell/>')))).toBe(null)
    expect(await problemOf(await xlsx(sheet('<row r="99999999"><c><v>1</v></c></row>')))).toBe('tooLarge')
  })

  it('when its rows run backwards or one row comes twice', async () => {
    expect(await problemOf(await xlsx(sheet(numberedRow(2) + numberedRow(1))))).toBe('hostileFile')
    expect(await problemOf(await xlsx(sheet(numberedRow(2) + numberedRow(2))))).toBe('hostileFile')
  })

  it('when its entities would multiply: they stay what they are', async () => {
    const doctype = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    const text = `${doctype}<worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`
    const table = await openTable(createMemorySource(await xlsx([text])))
    for await (const batch of table.rows('a')) expect(batch[0]?.cells).toEqual(['&b;'])
  })
})

describe('what is no readable spreadsheet is named', () => {
  it.each([
    ['nothing', '', 'emptyFile'],
    ['blank lines', '\ufeff \r\n\r\n', 'emptyFile'],
    ['a PDF', '%PDF-1.7 …', 'unknownFileFormat'],
    ['rich text', '{\\rtf1 …', 'unknownFileFormat'],
    ['XML', '<?xml version="1.0"?><a/>', 'unknownFileFormat'],
    [
      'XML of Excel 2003',
      '<?xml?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
      'unknownFileFormat',
    ],
    ['zeros', '\0'.repeat(100), 'unknownFileFormat'],
    ['a sign-in page', '<!DOCTYPE html><html><body><p>โปรดเข้าสู่ระบบ</p></body></html>', 'unknownFileFormat'],
    ['a cut zip', 'PK\u0003\u0004', 'truncatedFile'],
  ] as const)('%s', async (_what, text, problem) => {
    expect(await problemOf(Buffer.from(text))).toBe(problem)
  })

  it('a Word file is not a workbook', async () => {
    expect(await problemOf(await zip([{ name: 'word/document.xml', text: ['<a/>'] }]))).toBe('unknownFileFormat')
  })

  it('a workbook with a password asks for it to be taken off', async () => {
    const encrypted = await writeXlsx({
      sheets: [{ name: 'a', rows: [['ก']] }],
      encryption: { password: 'รหัส', spinCount: 1000 },
    })
    expect(await problemOf(encrypted)).toBe('passwordProtectedFile')
    const xls = Buffer.from(bytesByName.get('households.xls') ?? [])
    const codePage = xls.indexOf(Buffer.from([0x42, 0, 2, 0]))
    expect(codePage).toBeGreaterThan(0)
    xls[codePage] = 0x2f
    expect(await problemOf(xls)).toBe('passwordProtectedFile')
  })

  it('a changed byte inside a workbook does not pass as data', async () => {
    const bytes = await xlsx(sheet('<row r="1"><c r="A1"><v>1234567</v></c></row>'.replace(/r="\w+"/g, '')))
    const directory = bytes.lastIndexOf(Buffer.from('xl/worksheets/s.xml')) - 46
    bytes.writeUInt32LE(12345, directory + 16)
    expect(await problemOf(bytes)).toBe('truncatedFile')
  })

  it('a missing shared string is damage, not an empty cell', async () => {
    const strings = { name: 'xl/sharedStrings.xml', text: ['<sst><si><t>ก</t></si></sst>'] }
    expect(await problemOf(await xlsx(sharedCell(0), strings))).toBe(null)
    expect(await problemOf(await xlsx(sharedCell(1), strings))).toBe('truncatedFile')
  })
})

describe('a damaged file never crashes, hangs or throws anything but a Problem', () => {
  // Before its magic bytes are whole, a file may be anything; a text file may end anywhere.
  it.each([
    ['households.xlsx', 4],
    ['households.xls', 8],
    ['households.ods', 4],
    ['households.html', bytesByName.get('households.html')?.indexOf('<table') ?? 0],
  ] as const)('%s cut anywhere is refused, or nothing is missing', async (name, shortest) => {
    const bytes = bytesByName.get(name) ?? Buffer.alloc(0)
    // A page that ends after one of its tables may be whole.
    const longest = (name.endsWith('.html') ? bytes.indexOf('</table>') : bytes.length) - 1
    const rowCount = await readAll(bytes)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: shortest, max: longest }), async (length) => {
        const cut = bytes.subarray(0, length)
        if ((await problemOf(cut)) === null) expect(await readAll(cut)).toBe(rowCount)
      }),
      { numRuns: 100 },
    )
  })

  it.each(['households.csv', 'households-874.csv'])('%s cut anywhere', async (name) => {
    const bytes = bytesByName.get(name) ?? Buffer.alloc(0)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
        expect([null, 'emptyFile']).toContain(await problemOf(bytes.subarray(0, length)))
      }),
      { numRuns: 80 },
    )
  })

  it.each([...bytesByName.keys()])('%s with changed bytes', async (name) => {
    const bytes = bytesByName.get(name) ?? Buffer.alloc(0)
    const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 20 }), async (changes) => {
        const damaged = Buffer.from(bytes)
        for (const [at, value] of changes) damaged[at] = value
        await problemOf(damaged)
      }),
      { numRuns: 150 },
    )
  })

  it.each([
    ['any', []],
    ['zip', [0x50, 0x4b, 3, 4]],
    ['OLE2', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
    ['HTML', [...Buffer.from('<table><tr><td>')]],
  ] as const)('random bytes after %s magic', async (_what, magic) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        await problemOf(Buffer.concat([Buffer.from(magic), bytes]))
      }),
      { numRuns: 150 },
    )
  })

  it('random XML inside a sound zip', async () => {
    const pieces = fc.constantFrom(
      '<row>',
      '<row r="2">',
      '</row>',
      '<c>',
      '<c r="B1" t="s">',
      '<c t="inlineStr"><is>',
      '<t>ก',
      '</t>',
      '</is>',
      '<v>1',
      '<v/>',
      '</v>',
      '</c>',
      '<c/>',
      '<rPh>',
      '<c r=',
      '">',
      '<!--',
      '-->',
      '</sheetData>',
      '&#x;',
      '<',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), async (parts) => {
        await problemOf(await xlsx(sheet(parts.join(''))))
      }),
      { numRuns: 300 },
    )
  })
})
