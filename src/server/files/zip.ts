import { Readable, pipeline } from 'node:stream'
import type { TransformOptions } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import type { ZlibOptions } from 'node:zlib'
import * as yauzl from 'yauzl'
import { Problem } from '../../domain/problem.ts'
import { damagedFile, fileTooLarge, hostileFile, unknownFileFormat } from './limits.ts'
import type { Limits } from './limits.ts'
import type { ByteSource } from './source.ts'

/** A zip whose directory was checked as a whole before a byte of it is unpacked. */
export interface ZipArchive {
  has(name: string): boolean
  /** Unpacked bytes in order. Stopping early frees everything; reading to the end proves size and checksum. */
  stream(name: string): AsyncGenerator<Uint8Array>
  /** A small part as text (UTF-8). */
  text(name: string, maximumBytes?: number): Promise<string>
}

const packedPieceBytes = 128 * 1024
const unpackedPieceBytes = 256 * 1024
const smallPartBytes = 16 * 1024 ** 2
/** Below this an entry cannot hurt, whatever its ratio. */
const harmlessBytes = 8 * 1024 ** 2

/**
 * Opens the directory and refuses bombs by what it says: entries, sum of sizes, ratio. What it does not say truly is
 * caught while unpacking, at the first byte too many.
 *
 * @throws Problem hostileFile, tooLarge, truncatedFile, passwordProtectedFile
 */
export async function openZip(source: ByteSource, limits: Limits): Promise<ZipArchive> {
  const reader = new SourceReader(source)
  const entries = new Map<string, yauzl.Entry>()
  let zip: yauzl.ZipFile
  try {
    zip = await yauzl.fromRandomAccessReaderPromise(reader, source.size, { autoClose: false, lazyEntries: true })
    if (zip.entryCount > limits.zipEntries) throw hostileFile('zipEntries', limits.zipEntries)
    let unpacked = 0
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize
      checkEntry(entry, limits)
      if (unpacked > limits.unpackedBytes) throw fileTooLarge('unpackedBytes', limits.unpackedBytes)
      const key = entry.fileName.toLowerCase()
      if (entries.has(key)) throw hostileFile('zipDuplicateEntry')
      entries.set(key, entry)
    }
  } catch (error) {
    if (reader.failure !== null) throw reader.failure
    throw zipProblem(error)
  }

  async function* stream(name: string): AsyncGenerator<Uint8Array> {
    const entry = entries.get(name.toLowerCase())
    if (entry === undefined) throw damagedFile('zipMissingPart')
    yield* unpackEntry(source, zip, reader, entry)
  }

  return {
    has: (name) => entries.has(name.toLowerCase()),
    stream,
    async text(name, maximumBytes = smallPartBytes) {
      const entry = entries.get(name.toLowerCase())
      if (entry !== undefined && entry.uncompressedSize > maximumBytes) throw hostileFile('zipPartBytes', maximumBytes)
      const decoder = new TextDecoder()
      const pieces: string[] = []
      for await (const piece of stream(name)) pieces.push(decoder.decode(piece, { stream: true }))
      pieces.push(decoder.decode())
      return pieces.join('')
    },
  }
}

function checkEntry(entry: yauzl.Entry, limits: Limits): void {
  if (entry.isEncrypted()) throw new Problem('passwordProtectedFile')
  if (entry.uncompressedSize <= harmlessBytes) return
  if (entry.uncompressedSize > entry.compressedSize * limits.packRatio) {
    throw hostileFile('zipRatio', limits.packRatio)
  }
}

async function* unpackEntry(
  source: ByteSource,
  zip: yauzl.ZipFile,
  reader: SourceReader,
  entry: yauzl.Entry,
): AsyncGenerator<Uint8Array> {
  let start: number
  try {
    start = (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart
  } catch (error) {
    if (reader.failure !== null) throw reader.failure
    throw zipProblem(error)
  }
  if (start + entry.compressedSize > source.size) throw damagedFile('zipPart')
  const packed = readPieces(source, start, entry.compressedSize)
  const pieces = entry.compressionMethod === 0 ? packed : inflate(packed, entry.compressionMethod)
  let size = 0
  let checksum = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > entry.uncompressedSize) throw hostileFile('zipLyingSize', entry.uncompressedSize)
    checksum = crc32(piece, checksum)
    yield piece
  }
  if (size < entry.uncompressedSize) throw damagedFile('zipLyingSize')
  if (checksum !== entry.crc32) throw damagedFile('zipChecksum')
}

async function* readPieces(source: ByteSource, start: number, length: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < length; offset += packedPieceBytes) {
    const piece = await source.read(start + offset, Math.min(packedPieceBytes, length - offset))
    if (piece.length === 0) throw damagedFile('zipPart')
    yield piece
  }
}

async function* inflate(packed: AsyncGenerator<Uint8Array>, method: number): AsyncGenerator<Uint8Array> {
  if (method !== 8) throw unknownFileFormat('zipMethod')
  const input = Readable.from(packed)
  // The high-water mark lets the thread pool unpack the next pieces while this thread reads the last ones.
  const options: ZlibOptions & TransformOptions = {
    chunkSize: unpackedPieceBytes,
    highWaterMark: 3 * unpackedPieceBytes,
  }
  const output = createInflateRaw(options)
  // Errors of either stream come out of the loop below; the callback only keeps them from being thrown twice.
  pipeline(input, output, () => {})
  try {
    for await (const piece of output as AsyncIterable<Uint8Array>) yield piece
  } catch (error) {
    if (isZlibError(error)) throw damagedFile('zipData')
    throw error
  } finally {
    input.destroy()
    output.destroy()
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')
}

function zipProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const message = error instanceof Error ? error.message : ''
  return message.includes('size mismatch') ? hostileFile('zipLyingSize') : damagedFile('zipDirectory')
}

/** yauzl's view of a ByteSource. Failures of the store are kept apart from failures of the file. */
class SourceReader extends yauzl.RandomAccessReader {
  readonly source: ByteSource
  failure: Error | null = null

  constructor(source: ByteSource) {
    super()
    this.source = source
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.source.read(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset)
        callback(bytes.length < length ? new Error('unexpected end of file') : null)
      },
      (error: unknown) => {
        this.failure = error instanceof Error ? error : new Error(String(error))
        callback(this.failure)
      },
    )
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(readPieces(this.source, start, end - start))
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null)
  }
}
