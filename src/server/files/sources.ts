import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { ByteSource } from './source.ts'

const pieceBytes = 256 * 1024

/** Bytes that already stand in memory; small uploads, tests and generated files. */
export function createMemorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    stream: async function* () {
      for (let offset = 0; offset < bytes.length; offset += pieceBytes) {
        yield bytes.subarray(offset, offset + pieceBytes)
      }
    },
  }
}

/** A plain file on disk, for the command line. The caller closes it. */
export async function openFileSource(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  return {
    size,
    read: (offset, length) => readFully(handle, offset, Math.max(0, Math.min(length, size - offset))),
    stream: async function* () {
      for (let offset = 0; offset < size; offset += pieceBytes) {
        yield await readFully(handle, offset, Math.min(pieceBytes, size - offset))
      }
    },
    close: () => handle.close(),
  }
}

async function readFully(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled)
    if (bytesRead === 0) return buffer.subarray(0, filled)
    filled += bytesRead
  }
  return buffer
}
