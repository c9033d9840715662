import { Problem } from '../../domain/problem.ts'
import { readCompoundDirectory } from './cfb.ts'
import { damagedFile, defaultLimits, fileTooLarge, unknownFileFormat } from './limits.ts'
import type { ByteSource } from './source.ts'
import { openZip } from './zip.ts'

export type FileFormat = 'xlsx' | 'xls' | 'ods' | 'csv' | 'html'

const headBytes = 64 * 1024

/** First bytes of files that people send instead of a spreadsheet. */
const otherMagics: readonly (readonly [magic: string, looksLike: string])[] = [
  ['%PDF', 'pdf'],
  ['\x89PNG', 'image'],
  ['\xff\xd8\xff', 'image'],
  ['GIF8', 'image'],
  ['{\\rtf', 'rtf'],
  ['\x1f\x8b', 'gzip'],
  ['Rar!', 'rar'],
  ['7z\xbc\xaf', '7z'],
  ['MIME-Version:', 'mhtml'],
  ['\x09\x08', 'oldExcel'],
  ['\x09\x04', 'oldExcel'],
  ['\x09\x02', 'oldExcel'],
  ['\x09\x00', 'oldExcel'],
  ['SQLite format 3', 'sqlite'],
]

/**
 * Tells the format from the bytes; a name or a sender's word is not looked at.
 *
 * @throws Problem unknownFileFormat, passwordProtectedFile, truncatedFile, hostileFile, tooLarge, emptyFile
 */
export async function detectFormat(source: ByteSource): Promise<FileFormat> {
  if (source.size === 0) throw new Problem('emptyFile')
  const head = await source.read(0, Math.min(headBytes, source.size))
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')
  if (bytes.startsWith('PK\x03\x04') || bytes.startsWith('PK\x05\x06')) return detectZip(source)
  if (bytes.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return detectCompound(source)
  const other = otherMagics.find(([magic]) => bytes.startsWith(magic))
  if (other !== undefined) throw unknownFileFormat(other[1])
  return detectText(source, bytes)
}

async function detectZip(source: ByteSource): Promise<FileFormat> {
  const zip = await openZip(source, defaultLimits)
  if (zip.has('xl/workbook.bin')) throw unknownFileFormat('xlsb')
  if (zip.has('xl/workbook.xml')) return 'xlsx'
  if (zip.has('word/document.xml')) throw unknownFileFormat('docx')
  if (zip.has('ppt/presentation.xml')) throw unknownFileFormat('pptx')
  if (zip.has('content.xml')) {
    if (zip.has('META-INF/manifest.xml')) {
      const manifest = await zip.text('META-INF/manifest.xml')
      if (manifest.includes(':encryption-data') || manifest.includes('encrypted-package')) {
        throw new Problem('passwordProtectedFile')
      }
    }
    const kind = zip.has('mimetype') ? await zip.text('mimetype', 1000) : ''
    if (kind !== '' && !kind.includes('spreadsheet')) throw unknownFileFormat('odt')
    return 'ods'
  }
  if (zip.has('encrypted-package')) throw new Problem('passwordProtectedFile')
  // Strict writers may put the workbook elsewhere; the reader finds it through the relations.
  if (zip.has('[Content_Types].xml')) {
    const types = await zip.text('[Content_Types].xml')
    if (types.includes('spreadsheetml')) return 'xlsx'
  }
  throw unknownFileFormat('zip')
}

async function detectCompound(source: ByteSource): Promise<FileFormat> {
  const limit = defaultLimits.memoryFileBytes
  if (source.size > limit) throw fileTooLarge('memoryFileBytes', limit)
  const names = readCompoundDirectory(await source.read(0, source.size)).map((entry) => entry.name)
  if (names.includes('EncryptedPackage') || names.includes('EncryptionInfo')) {
    throw new Problem('passwordProtectedFile')
  }
  if (names.includes('Workbook')) return 'xls'
  if (names.includes('Book')) throw unknownFileFormat('oldExcel')
  if (names.includes('WordDocument')) throw unknownFileFormat('doc')
  if (names.length === 0) throw damagedFile('compoundDirectory')
  throw unknownFileFormat('ole')
}

async function detectText(source: ByteSource, bytes: string): Promise<FileFormat> {
  if (bytes.startsWith('\xff\xfe') || bytes.startsWith('\xfe\xff')) {
    if (source.size <= 2) throw new Problem('emptyFile')
    return 'csv'
  }
  if (bytes.includes('\0')) throw unknownFileFormat('binary')
  const text = bytes.replace(/^\xef\xbb\xbf/, '').trimStart()
  if (text === '') {
    if (await isBlank(source)) throw new Problem('emptyFile')
    return 'csv'
  }
  if (looksBinary(text)) throw unknownFileFormat('binary')
  if (!text.startsWith('<')) return 'csv'
  const lower = text.toLowerCase()
  if (lower.includes('urn:schemas-microsoft-com:office:spreadsheet') && !/<table\s[^>]*border|<html/.test(lower)) {
    throw unknownFileFormat('xmlSpreadsheet')
  }
  if (lower.includes('urn:oasis:names:tc:opendocument')) throw unknownFileFormat('flatOds')
  if (/<(?:table|html|tr|td)\b/.test(lower)) return 'html'
  if (lower.startsWith('<?xml')) throw unknownFileFormat('xml')
  return 'csv'
}

/** Text has few control characters; compiled or packed bytes have many. */
function looksBinary(text: string): boolean {
  const sample = text.slice(0, 4096)
  // oxlint-disable-next-line no-control-regex
  const controls = sample.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/g)?.length ?? 0
  return controls > sample.length / 50
}

async function isBlank(source: ByteSource): Promise<boolean> {
  for await (const piece of source.stream()) {
    if (piece.some((byte) => byte > 32 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf)) return false
  }
  return true
}
