import { Readable, pipeline } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

export interface ZipPart {
  name: string
  /** Text of the part in pieces; only asked for when the parts before it are written. */
  text: Iterable<string> | AsyncIterable<string>
}

interface WrittenPart {
  name: Uint8Array
  checksum: number
  packed: number
  unpacked: number
  offset: number
}

const largestPart = 0xffff_ffff
/** Sizes stand behind the data; names are UTF-8. */
const flags = 0x0808
/** 1 January 1980: a file made twice of the same data is the same file. */
const fixedDate = 0x0021

/** A zip as a stream of bytes. Memory does not grow with the parts; a part stays under 4 GiB. */
export async function* writeZip(parts: Iterable<ZipPart> | AsyncIterable<ZipPart>): AsyncGenerator<Uint8Array> {
  const written: WrittenPart[] = []
  let offset = 0
  for await (const part of parts) {
    const entry: WrittenPart = {
      name: new TextEncoder().encode(part.name),
      checksum: 0,
      packed: 0,
      unpacked: 0,
      offset,
    }
    const header = localHeader(entry)
    yield header
    for await (const piece of deflate(countBytes(part.text, entry))) {
      entry.packed += piece.length
      yield piece
    }
    const descriptor = dataDescriptor(entry)
    yield descriptor
    offset += header.length + entry.packed + descriptor.length
    if (entry.unpacked > largestPart || offset > largestPart) throw new RangeError('a zip part is larger than 4 GiB')
    written.push(entry)
  }
  let directoryBytes = 0
  for (const entry of written) {
    const header = directoryHeader(entry)
    directoryBytes += header.length
    yield header
  }
  yield endOfDirectory(written.length, directoryBytes, offset)
}

async function* countBytes(
  text: Iterable<string> | AsyncIterable<string>,
  entry: WrittenPart,
): AsyncGenerator<Uint8Array> {
  for await (const piece of text) {
    const bytes = Buffer.from(piece)
    entry.checksum = crc32(bytes, entry.checksum)
    entry.unpacked += bytes.length
    yield bytes
  }
}

async function* deflate(pieces: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = Readable.from(pieces)
  const output = createDeflateRaw({ level: 5, chunkSize: 64 * 1024 })
  // Errors come out of the loop; the callback only keeps them from being thrown twice.
  pipeline(input, output, () => {})
  try {
    for await (const piece of output as AsyncIterable<Uint8Array>) yield piece
  } finally {
    input.destroy()
    output.destroy()
  }
}

function localHeader(entry: WrittenPart): Uint8Array {
  const bytes = Buffer.alloc(30 + entry.name.length)
  bytes.writeUInt32LE(0x04034b50, 0)
  bytes.writeUInt16LE(20, 4)
  bytes.writeUInt16LE(flags, 6)
  bytes.writeUInt16LE(8, 8)
  bytes.writeUInt16LE(fixedDate, 12)
  bytes.writeUInt16LE(entry.name.length, 26)
  bytes.set(entry.name, 30)
  return bytes
}

function dataDescriptor(entry: WrittenPart): Uint8Array {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(0x08074b50, 0)
  bytes.writeUInt32LE(entry.checksum, 4)
  bytes.writeUInt32LE(entry.packed, 8)
  bytes.writeUInt32LE(entry.unpacked, 12)
  return bytes
}

function directoryHeader(entry: WrittenPart): Uint8Array {
  const bytes = Buffer.alloc(46 + entry.name.length)
  bytes.writeUInt32LE(0x02014b50, 0)
  bytes.writeUInt16LE(20, 4)
  bytes.writeUInt16LE(20, 6)
  bytes.writeUInt16LE(flags, 8)
  bytes.writeUInt16LE(8, 10)
  bytes.writeUInt16LE(fixedDate, 14)
  bytes.writeUInt32LE(entry.checksum, 16)
  bytes.writeUInt32LE(entry.packed, 20)
  bytes.writeUInt32LE(entry.unpacked, 24)
  bytes.writeUInt16LE(entry.name.length, 28)
  bytes.writeUInt32LE(entry.offset, 42)
  bytes.set(entry.name, 46)
  return bytes
}

function endOfDirectory(count: number, directoryBytes: number, offset: number): Uint8Array {
  const bytes = Buffer.alloc(22)
  bytes.writeUInt32LE(0x06054b50, 0)
  bytes.writeUInt16LE(count, 8)
  bytes.writeUInt16LE(count, 10)
  bytes.writeUInt32LE(directoryBytes, 12)
  bytes.writeUInt32LE(offset, 16)
  return bytes
}
