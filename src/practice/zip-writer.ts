/** Writes a zip file piece by piece, with every timestamp the same, so that the same content gives the same bytes. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { constants, crc32, deflateRawSync } from 'node:zlib'

export interface ZipWriter {
  /** Starts an entry; the one before is finished. `stored` leaves it unpacked, as an OpenDocument mimetype must be. */
  entry(name: string, options?: { stored: boolean }): void
  write(text: string): void
  close(): void
}

interface Entry {
  name: Buffer
  offset: number
  method: number
  checksum: number
  size: number
  packedSize: number
}

const pieceBytes = 1024 * 1024
/** 30 September 2022, 16:30, in MS-DOS form. */
const dosTime = (16 << 11) | (30 << 5)
const dosDate = ((2022 - 1980) << 9) | (9 << 5) | 30
const utf8Names = 0x0800

export function createZip(path: string): ZipWriter {
  const file = openSync(path, 'w')
  const entries: Entry[] = []
  let offset = 0
  let current: Entry | null = null
  let pending: string[] = []
  let pendingLength = 0

  function append(bytes: Uint8Array): void {
    writeSync(file, bytes, 0, bytes.length, offset)
    offset += bytes.length
  }

  /** Pieces that each end on a byte border can be packed one by one and stand behind one another. */
  function pack(last: boolean): void {
    if (current === null) return
    const bytes = Buffer.from(pending.join(''), 'utf8')
    pending = []
    pendingLength = 0
    current.checksum = crc32(bytes, current.checksum)
    current.size += bytes.length
    const packed =
      current.method === 0
        ? bytes
        : deflateRawSync(bytes, { level: 6, finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH })
    current.packedSize += packed.length
    append(packed)
  }

  function finishEntry(): void {
    if (current === null) return
    pack(true)
    // Sizes are known only now; the header waits for them.
    const header = localHeader(current)
    writeSync(file, header, 0, header.length, current.offset)
    current = null
  }

  return {
    entry(name, options) {
      finishEntry()
      current = {
        name: Buffer.from(name, 'utf8'),
        offset,
        method: options?.stored ? 0 : 8,
        checksum: 0,
        size: 0,
        packedSize: 0,
      }
      entries.push(current)
      append(localHeader(current))
    },
    write(text) {
      pending.push(text)
      pendingLength += text.length
      if (pendingLength >= pieceBytes) pack(false)
    },
    close() {
      finishEntry()
      const start = offset
      for (const entry of entries) append(centralHeader(entry))
      append(endOfDirectory(entries.length, offset - start, start))
      closeSync(file)
    },
  }
}

function localHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  writeCommon(header, entry, 6)
  return Buffer.concat([header, entry.name])
}

function centralHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(20, 6)
  writeCommon(header, entry, 8)
  header.writeUInt32LE(entry.offset, 42)
  return Buffer.concat([header, entry.name])
}

/** The fields that both headers have in the same order. */
function writeCommon(header: Buffer, entry: Entry, at: number): void {
  header.writeUInt16LE(utf8Names, at)
  header.writeUInt16LE(entry.method, at + 2)
  header.writeUInt16LE(dosTime, at + 4)
  header.writeUInt16LE(dosDate, at + 6)
  header.writeUInt32LE(entry.checksum, at + 8)
  header.writeUInt32LE(entry.packedSize, at + 12)
  header.writeUInt32LE(entry.size, at + 16)
  header.writeUInt16LE(entry.name.length, at + 20)
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
