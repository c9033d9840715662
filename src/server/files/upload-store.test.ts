import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { newId } from '../ids.ts'
import { createSecrets } from '../secrets.ts'
import { createUploadStore, frameBytes, sealText, unsealText } from './upload-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaejon-upload-'))
const secrets = createSecrets(`1:${Buffer.alloc(32, 3).toString('base64')}`)
const store = createUploadStore(folder, secrets)

/** Bytes that differ from place to place. */
function bytesOf(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 255))
}

async function stored(content: Buffer, pieces: readonly number[]): Promise<string> {
  const id = newId()
  await store.create(id)
  let offset = 0
  for (const length of [...pieces, content.length]) {
    const piece = content.subarray(offset, offset + length)
    if (piece.length === 0) continue
    await store.write(id, offset, piece)
    offset += piece.length
  }
  return id
}

describe('The upload store', () => {
  afterAll(() => rmSync(folder, { recursive: true }))

  it('gives back any part of a file, however the pieces were cut', async () => {
    const length = fc.integer({ min: 1, max: 3 * frameBytes })
    await fc.assert(
      fc.asyncProperty(
        length,
        fc.array(fc.integer({ min: 1, max: 2 * frameBytes }), { maxLength: 4 }),
        length,
        length,
        async (size, pieces, from, count) => {
          const content = bytesOf(size)
          const file = await store.open(await stored(content, pieces), size)
          expect(Buffer.from(await file.read(from, count)).equals(content.subarray(from, from + count))).toBe(true)
          const all: Uint8Array[] = []
          for await (const piece of file.stream()) all.push(piece)
          expect(Buffer.concat(all).equals(content)).toBe(true)
          await file.close()
        },
      ),
      { numRuns: 25 },
    )
  })

  it('takes a piece again that a broken connection had sent already', async () => {
    const content = bytesOf(100_000)
    const id = await stored(content, [70_000])
    await store.write(id, 70_000, content.subarray(70_000))
    const file = await store.open(id, content.length)
    expect(Buffer.from(await file.read(0, content.length)).equals(content)).toBe(true)
    await file.close()
  })

  it('keeps what was confirmed of a frame when the machine stops in the middle of sealing it anew', async () => {
    const content = bytesOf(2 * frameBytes)
    const confirmed = frameBytes + 1000
    const id = await stored(content.subarray(0, confirmed), [confirmed])
    const handle = await open(store.path(id), 'r')
    const methods = Object.getPrototypeOf(handle) as typeof handle
    await handle.close()
    const write = methods.write as (this: unknown, ...args: unknown[]) => Promise<never>
    const torn = vi.spyOn(methods, 'write').mockImplementation(async function (this: unknown, ...args: unknown[]) {
      if (args.length < 4) return write.apply(this, args)
      await write.call(this, args[0], 0, Number(args[2]) / 2, args[3])
      throw new Error('the machine stops')
    })
    await expect(store.write(id, confirmed, content.subarray(confirmed))).rejects.toThrow('the machine stops')
    torn.mockRestore()
    await store.write(id, confirmed, content.subarray(confirmed))
    const file = await store.open(id, content.length)
    expect(Buffer.from(await file.read(0, content.length)).equals(content)).toBe(true)
    await file.close()
    expect(readdirSync(join(folder, 'uploads')).filter((name) => name.startsWith(id))).toEqual([id])
  })

  it('keeps nothing of the file in clear, and lets only its owner read it', async () => {
    const id = await stored(Buffer.from('สมชาย ใจดี '.repeat(100)), [])
    expect(readFileSync(store.path(id)).includes(Buffer.from('สมชาย'))).toBe(false)
    expect(statSync(store.path(id)).mode & 0o077).toBe(0)
  })

  it('refuses a file that was changed, cut, or put in the place of another', async () => {
    const content = bytesOf(3 * frameBytes)
    const changed = await stored(content, [])
    const bytes = readFileSync(store.path(changed))
    bytes[200]! ^= 1
    writeFileSync(store.path(changed), bytes)
    const cut = await stored(content, [])
    truncateSync(store.path(cut), 2 * frameBytes)
    const exchanged = await stored(content, [])
    writeFileSync(store.path(exchanged), readFileSync(store.path(await stored(content, []))))
    for (const id of [changed, cut, exchanged]) {
      const file = await store.open(id, content.length)
      await expect(file.read(0, content.length)).rejects.toThrow()
      await file.close()
    }
  })

  it('seals small texts to their name', () => {
    const sealed = sealText(secrets, 'a', 'สวัสดี')
    expect(unsealText(secrets, 'a', sealed)).toBe('สวัสดี')
    expect(() => unsealText(secrets, 'b', sealed)).toThrow()
  })
})
