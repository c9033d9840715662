/**
 * Uploaded files at rest: AES-256-GCM in frames of 64 KiB, each with a nonce of its own, so that any part can be read
 * without the rest, a piece can be written again, and a changed, moved or exchanged frame is refused.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { access, mkdir, open, readdir, readFile, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Secrets } from '../secrets.ts'
import type { ByteSource } from './source.ts'

export const frameBytes = 64 * 1024
const headerBytes = 8
const nonceBytes = 12
const tagBytes = 16
const storedFrameBytes = nonceBytes + frameBytes + tagBytes
const magic = 'KJUPLD1'
const idPattern = /^[0-9a-f-]{36}$/

/** Uploaded files, encrypted at rest, written in order and read at random. */
export interface UploadStore {
  /** Makes an empty file for an upload. */
  create(uploadId: string): Promise<void>
  /** Writes a piece at `offset`, at most the length so far; on the disk when it returns. */
  write(uploadId: string, offset: number, bytes: Uint8Array): Promise<void>
  /** @param size bytes of the file, as the upload's row says */
  open(uploadId: string, size: number): Promise<StoredFile>
  remove(uploadId: string): Promise<void>
  /** Whether the file is still kept. */
  has(uploadId: string): Promise<boolean>
  /** Every upload of which a file is kept, and when it was last written to. */
  list(): Promise<{ uploadId: string; writtenAt: Date }[]>
  /** Where the file lies: for a thread that opens it by itself. */
  path(uploadId: string): string
}

export type StoredFile = ByteSource & { close(): Promise<void> }

/** @param name folder of its own inside the data folder */
export function createUploadStore(
  dataFolder: string,
  secrets: Pick<Secrets, 'keyNumber' | 'derive'>,
  name: 'uploads' | 'photos' | 'photos/coming' | 'photos/sealed' = 'uploads',
): UploadStore {
  const folder = join(dataFolder, name)
  const path = (uploadId: string): string => {
    if (!idPattern.test(uploadId)) throw new Error('not an upload id')
    return join(folder, uploadId)
  }
  return {
    path,
    async create(uploadId) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const handle = await open(path(uploadId), 'w', 0o600)
      try {
        await handle.write(Buffer.concat([Buffer.from(magic, 'latin1'), Buffer.of(secrets.keyNumber)]))
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
    async write(uploadId, offset, bytes) {
      const handle = await open(path(uploadId), 'r+')
      try {
        const key = await readKey(handle, secrets)
        await writeFrames(
          { handle, key, uploadId, spare: createSpare(folder, `${path(uploadId)}${spareEnd}`) },
          offset,
          bytes,
        )
      } finally {
        await handle.close()
      }
    },
    open: (uploadId, size) => openStoredFile(path(uploadId), uploadId, size, secrets),
    async remove(uploadId) {
      await rm(path(uploadId), { force: true })
      await rm(`${path(uploadId)}${spareEnd}`, { force: true })
    },
    has: (uploadId) =>
      access(path(uploadId)).then(
        () => true,
        () => false,
      ),
    async list() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => idPattern.test(name))
      const found: { uploadId: string; writtenAt: Date }[] = []
      for (const uploadId of names) {
        // Another process may remove it meanwhile.
        const written = await stat(path(uploadId)).catch(() => null)
        if (written) found.push({ uploadId, writtenAt: written.mtime })
      }
      return found
    },
  }
}

/** Opens a stored file by its path; the same for a thread, which has no store. */
export async function openStoredFile(
  path: string,
  uploadId: string,
  size: number,
  secrets: Pick<Secrets, 'derive'>,
): Promise<StoredFile> {
  const handle = await open(path, 'r')
  const key = await readKey(handle, secrets)
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const end = Math.min(size, offset + length)
    if (end <= offset) return new Uint8Array()
    const result = Buffer.allocUnsafe(end - offset)
    const first = Math.floor(offset / frameBytes)
    const last = Math.floor((end - 1) / frameBytes)
    for (let index = first; index <= last; index += 1) {
      const frame = await readFrame(handle, key, uploadId, index, Math.min(frameBytes, size - index * frameBytes))
      const start = index * frameBytes
      frame.copy(result, Math.max(0, start - offset), Math.max(0, offset - start), Math.min(frame.length, end - start))
    }
    return result
  }
  return {
    size,
    read,
    stream: async function* () {
      // Four frames at once: fewer turns of the event loop than frame by frame.
      for (let offset = 0; offset < size; offset += 4 * frameBytes) yield await read(offset, 4 * frameBytes)
    },
    close: () => handle.close(),
  }
}

async function readKey(handle: FileHandle, secrets: Pick<Secrets, 'derive'>): Promise<Buffer> {
  const header = Buffer.alloc(headerBytes)
  await handle.read(header, 0, headerBytes, 0)
  if (header.toString('latin1', 0, magic.length) !== magic) throw new Error('The stored file has no header')
  return secrets.derive('upload', header[magic.length]!)
}

const spareEnd = '.spare'

/** A copy of the unfinished frame that is being sealed anew: what was confirmed outlives a crash in the middle of it. */
interface Spare {
  keep(frame: Uint8Array): Promise<void>
  read(): Promise<Buffer | null>
  remove(): Promise<void>
}

function createSpare(folder: string, path: string): Spare {
  return {
    async keep(frame) {
      const handle = await open(path, 'w', 0o600)
      try {
        await handle.write(frame)
        await handle.sync()
      } finally {
        await handle.close()
      }
      // The name must be on the disk too before the frame is touched.
      const directory = await open(folder, 'r')
      try {
        await directory.sync()
      } finally {
        await directory.close()
      }
    },
    read: () => readFile(path).catch(() => null),
    remove: () => rm(path, { force: true }),
  }
}

interface Writing {
  handle: FileHandle
  key: Buffer
  uploadId: string
  spare: Spare
}

/** Seals the bytes from `offset` on; on the disk when it returns. */
async function writeFrames(writing: Writing, offset: number, bytes: Uint8Array): Promise<void> {
  const { handle, key, uploadId, spare } = writing
  const firstFrame = Math.floor(offset / frameBytes)
  const before = offset - firstFrame * frameBytes
  // The frame that the last piece left unfinished is sealed anew with what follows.
  const head = before === 0 ? Buffer.alloc(0) : await readPartialFrame(writing, firstFrame, before)
  const body = Buffer.concat([head, bytes])
  const frames: Buffer[] = []
  for (let start = 0; start < body.length; start += frameBytes) {
    const index = firstFrame + start / frameBytes
    frames.push(seal(key, uploadId, index, body.subarray(start, start + frameBytes)))
  }
  const position = headerBytes + firstFrame * storedFrameBytes
  const stored = Buffer.concat(frames)
  if (before > 0) await spare.keep(seal(key, uploadId, firstFrame, head))
  await handle.write(stored, 0, stored.length, position)
  await handle.truncate(position + stored.length)
  await handle.sync()
  if (before > 0) await spare.remove()
}

/** An unfinished last frame; its stored length says how much of it there is. A torn one is had from its spare. */
async function readPartialFrame(
  { handle, key, uploadId, spare }: Writing,
  index: number,
  wanted: number,
): Promise<Buffer> {
  const position = headerBytes + index * storedFrameBytes
  const { size } = await handle.stat()
  const length = Math.min(frameBytes, size - position - nonceBytes - tagBytes)
  try {
    const frame = await readFrame(handle, key, uploadId, index, length)
    if (frame.length >= wanted) return frame.subarray(0, wanted)
  } catch (error) {
    const kept = await spare.read()
    if (kept === null) throw error
    const frame = unseal(key, uploadId, index, kept)
    if (frame.length >= wanted) return frame.subarray(0, wanted)
  }
  throw new Error('The stored file is shorter than it should be')
}

function seal(key: Buffer, uploadId: string, index: number, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(`${uploadId} ${index}`, 'latin1'))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

async function readFrame(
  handle: FileHandle,
  key: Buffer,
  uploadId: string,
  index: number,
  length: number,
): Promise<Buffer> {
  const stored = Buffer.allocUnsafe(nonceBytes + length + tagBytes)
  const { bytesRead } = await handle.read(stored, 0, stored.length, headerBytes + index * storedFrameBytes)
  if (bytesRead !== stored.length) throw new Error('The stored file is shorter than it should be')
  return unseal(key, uploadId, index, stored)
}

function unseal(key: Buffer, uploadId: string, index: number, stored: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, stored.subarray(0, nonceBytes))
  decipher.setAAD(Buffer.from(`${uploadId} ${index}`, 'latin1'))
  decipher.setAuthTag(stored.subarray(-tagBytes))
  return Buffer.concat([decipher.update(stored.subarray(nonceBytes, -tagBytes)), decipher.final()])
}

/** Small texts at rest beside the files, such as the first rows of one: nonce, text, tag. */
export function sealText(secrets: Pick<Secrets, 'keyNumber' | 'derive'>, name: string, text: string): Buffer {
  const sealed = seal(secrets.derive('upload sample'), name, 0, Buffer.from(text, 'utf8'))
  return Buffer.concat([Buffer.of(secrets.keyNumber), sealed])
}

export function unsealText(secrets: Pick<Secrets, 'derive'>, name: string, stored: Uint8Array): string {
  const bytes = Buffer.from(stored)
  const key = secrets.derive('upload sample', bytes[0]!)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + nonceBytes))
  decipher.setAAD(Buffer.from(`${name} 0`, 'latin1'))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  return Buffer.concat([decipher.update(bytes.subarray(1 + nonceBytes, -tagBytes)), decipher.final()]).toString('utf8')
}
