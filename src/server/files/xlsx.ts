import { isAscii } from 'node:buffer'
import type { SheetRow } from '../../domain/import/sheet.ts'
import { damagedFile, sheetNotFound } from './limits.ts'
import type { Limits } from './limits.ts'
import { builtInDateFormats, isDateFormat, plainFormat } from './number-format.ts'
import { createRowBatcher } from './row-batch.ts'
import { createSharedStrings } from './shared-strings.ts'
import type { SharedStrings } from './shared-strings.ts'
import type { ByteSource } from './source.ts'
import type { Table } from './table.ts'
import { createSharedStringScanner, createSheetScanner } from './xlsx-scanner.ts'
import { attribute, localName, scanXml } from './xml.ts'
import { openZip } from './zip.ts'
import type { ZipArchive } from './zip.ts'

interface SheetPart {
  name: string
  part: string
  hidden: boolean
}

/** An Office Open XML workbook. Shared strings are read at the first row asked for and kept until `close`. */
export async function openXlsx(source: ByteSource, limits: Limits): Promise<Table> {
  const zip = await openZip(source, limits)
  const workbookPart = await findWorkbookPart(zip)
  const relations = await readRelations(zip, workbookPart)
  const { sheets, date1904 } = await readWorkbook(zip, workbookPart, relations)
  if (sheets.length === 0) throw damagedFile('noSheet')
  const stylesPart = findRelation(relations, '/styles')
  const stringsPart = findRelation(relations, '/sharedStrings')
  const dateFormats = stylesPart !== null && zip.has(stylesPart) ? await readDateFormats(zip, stylesPart) : []
  let sharedStrings: SharedStrings | null = null

  async function* rows(sheetName: string): AsyncGenerator<SheetRow[]> {
    const sheet = sheets.find((one) => one.name === sheetName)
    if (sheet === undefined) throw sheetNotFound()
    sharedStrings ??= await readSharedStrings(zip, stringsPart, limits)
    const batcher = createRowBatcher(limits)
    const scanner = createSheetScanner({ sharedStrings, dateFormats, date1904, limits }, batcher)
    for await (const text of decodeUtf8(zip.stream(sheet.part))) {
      scanner.push(text)
      if (batcher.full) yield* inBatches(batcher.take(), limits.batchRows)
    }
    if (!scanner.complete) throw damagedFile('sheetEnd')
    const last = batcher.take()
    if (last.length > 0) yield last
  }

  return {
    format: 'xlsx',
    sheets: await Promise.all(
      sheets.map(async ({ name, part, hidden }) => ({ name, hidden, rowEstimate: await estimateRows(zip, part) })),
    ),
    rows,
    close: async () => {
      sharedStrings = null
    },
  }
}

function* inBatches(rows: SheetRow[], size: number): Generator<SheetRow[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}

async function findWorkbookPart(zip: ZipArchive): Promise<string> {
  let part = 'xl/workbook.xml'
  if (zip.has('_rels/.rels')) {
    scanXml(await zip.text('_rels/.rels'), {
      open(name, tag) {
        if (localName(name) !== 'Relationship' || !(attribute(tag, 'Type') ?? '').endsWith('/officeDocument')) return
        const target = (attribute(tag, 'Target') ?? '').replace(/^\//, '')
        if (zip.has(target)) part = target
      },
    })
  }
  if (!zip.has(part)) throw damagedFile('workbookPart')
  return part
}

interface Relation {
  id: string
  type: string
  part: string
}

async function readRelations(zip: ZipArchive, workbookPart: string): Promise<Relation[]> {
  const slash = workbookPart.lastIndexOf('/') + 1
  const folder = workbookPart.slice(0, slash)
  const part = `${folder}_rels/${workbookPart.slice(slash)}.rels`
  const relations: Relation[] = []
  if (!zip.has(part)) throw damagedFile('workbookRelations')
  scanXml(await zip.text(part), {
    open(name, tag) {
      const target = attribute(tag, 'Target')
      if (localName(name) !== 'Relationship' || target === null) return
      relations.push({
        id: attribute(tag, 'Id') ?? '',
        type: attribute(tag, 'Type') ?? '',
        part: target.startsWith('/') ? target.slice(1) : folder + target.replace(/^\.\//, ''),
      })
    },
  })
  return relations
}

function findRelation(relations: readonly Relation[], type: string): string | null {
  return relations.find((one) => one.type.endsWith(type))?.part ?? null
}

async function readWorkbook(
  zip: ZipArchive,
  part: string,
  relations: readonly Relation[],
): Promise<{ sheets: SheetPart[]; date1904: boolean }> {
  const sheets: SheetPart[] = []
  let date1904 = false
  scanXml(await zip.text(part), {
    open(name, tag) {
      const local = localName(name)
      if (local === 'workbookPr') date1904 = ['1', 'true'].includes(attribute(tag, 'date1904') ?? '')
      if (local !== 'sheet') return
      const relation = relations.find((one) => one.id === attribute(tag, 'r:id') || one.id === relationId(tag))
      // Chart sheets and macro sheets have no rows.
      if (relation === undefined || !relation.type.endsWith('/worksheet') || !zip.has(relation.part)) return
      const state = attribute(tag, 'state') ?? 'visible'
      sheets.push({ name: attribute(tag, 'name') ?? '', part: relation.part, hidden: state !== 'visible' })
    },
  })
  return { sheets, date1904 }
}

/** The relation id under whatever prefix the writer chose. */
function relationId(tag: string): string | null {
  return /\s[\w.-]+:id\s*=\s*["']([^"']*)["']/.exec(tag)?.[1] ?? null
}

async function readDateFormats(zip: ZipArchive, part: string): Promise<(string | null)[]> {
  const formatById = new Map<number, string>()
  const dateFormats: (string | null)[] = []
  let inCellFormats = false
  scanXml(await zip.text(part, 64 * 1024 ** 2), {
    open(name, tag) {
      const local = localName(name)
      if (local === 'numFmt') {
        formatById.set(Number(attribute(tag, 'numFmtId')), attribute(tag, 'formatCode') ?? '')
      } else if (local === 'cellXfs') inCellFormats = true
      else if (local === 'xf' && inCellFormats) {
        const id = Number(attribute(tag, 'numFmtId') ?? 0)
        const own = formatById.get(id)
        dateFormats.push(
          own === undefined ? (builtInDateFormats[id] ?? null) : isDateFormat(own) ? plainFormat(own) : null,
        )
      }
    },
    close(name) {
      if (localName(name) === 'cellXfs') inCellFormats = false
    },
  })
  return dateFormats
}

async function readSharedStrings(zip: ZipArchive, part: string | null, limits: Limits): Promise<SharedStrings> {
  const strings = createSharedStrings(limits)
  if (part === null || !zip.has(part)) return strings
  const scanner = createSharedStringScanner(strings, limits)
  for await (const text of decodeUtf8(zip.stream(part))) scanner.push(text)
  if (!scanner.complete) throw damagedFile('sharedStrings')
  return strings
}

/** The last row of `<dimension ref="A1:O650001"/>`, from the first bytes of the sheet. */
async function estimateRows(zip: ZipArchive, part: string): Promise<number | null> {
  let head = ''
  for await (const text of decodeUtf8(zip.stream(part))) {
    head += text
    if (head.length > 2000 || head.includes('sheetData')) break
  }
  const last = /dimension\s+ref="(?:[A-Z]+\d+:)?[A-Z]+(\d+)"/.exec(head.slice(0, 64 * 1024))?.[1]
  return last === undefined ? null : Number(last)
}

/** Sheet XML is mostly ASCII when strings are shared: such pieces become one-byte strings, twice as fast to search. */
async function* decodeUtf8(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let pending = false
  for await (const piece of pieces) {
    if (!pending && isAscii(piece)) {
      yield Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1')
      continue
    }
    yield decoder.decode(piece, { stream: true })
    // Only a piece that ends in the middle of a character leaves something behind in the decoder.
    pending = (piece[piece.length - 1] ?? 0) >= 0x80
  }
  yield decoder.decode()
}
