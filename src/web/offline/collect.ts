/**
 * From phone to phone: what waits on one, as a file that another carries to the server. Everything in it is sealed with its
 * author's key, so the carrier reads nothing; it stays on the first phone too, until the server names it there.
 *
 * The file: 8 bytes of name and version, 4 bytes of length, so many bytes of JSON, the photographs one after another, and a
 * SHA-256 of all that, which tells a file that was cut short on its way.
 */
import type { Sealed } from '../../contract/sync.ts'
import { addPhoto, openItem, rowsIn, sealLabel, toWire, type Sealer } from './outbox.ts'
import { fromBase64, type Shut } from './seal.ts'
import { change, type PhoneDatabase, type PhotoRow } from './storage.ts'

interface Carried {
  items: (Sealed & { deviceId: string })[]
  photos: Omit<PhotoRow, 'order' | 'problem'>[]
}

/** Not a file of waiting work, or not all of it. */
export class DamagedFile extends Error {}

const name = new TextEncoder().encode('KAEJON-1')
const headBytes = name.length + 4
const digestBytes = 32

/** One's own and what one carries for others. */
export async function exportWaiting(
  database: PhoneDatabase,
  crypto: Crypto,
  which: 'all' | 'items' = 'all',
): Promise<Blob> {
  const rows = await rowsIn(database, 'waiting')
  const items = rows.map((row) => ({ deviceId: row.deviceId, ...toWire(row) }))
  const photos: Carried['photos'] = []
  const bytes: Uint8Array<ArrayBuffer>[] = []
  for (const key of which === 'items' ? [] : await database.getAllKeys('photo')) {
    const [photo, pieces] = [await database.get('photo', key), await database.get('photoBytes', key)]
    if (!photo || !pieces) continue
    const { order: _order, problem: _problem, ...rest } = photo
    photos.push(rest)
    bytes.push(pieces)
  }
  const json = new TextEncoder().encode(JSON.stringify({ items, photos } satisfies Carried))
  const head = new Uint8Array(headBytes)
  head.set(name)
  new DataView(head.buffer).setUint32(name.length, json.length)
  const body = new Uint8Array(await new Blob([head, json, ...bytes]).arrayBuffer())
  return new Blob([body, await crypto.subtle.digest('SHA-256', body)], { type: 'application/octet-stream' })
}

/**
 * Takes a file in; what is here already, also one's own, stays as it is. What this phone itself once gave away, and knows
 * nothing of any more, is its own again.
 *
 * @returns how much came in that was not here
 * @throws DamagedFile
 */
export async function collect(
  database: PhoneDatabase,
  sealer: Sealer,
  file: Blob,
): Promise<{ items: number; photos: number }> {
  const { items, photos, bytes } = await readFile(sealer.crypto, new Uint8Array(await file.arrayBuffer()))
  const own = await ownAmong(sealer, items)
  return change(database, ['outbox', 'photo', 'photoBytes'], async (tx) => {
    const added = { items: 0, photos: 0 }
    const outbox = tx.objectStore('outbox')
    for (const { deviceId, itemId, savedAt, nonce, cipher } of items) {
      if ((await outbox.index('item').getKey([deviceId, itemId])) !== undefined) continue
      const sealed = { nonce: fromBase64(nonce), cipher: fromBase64(cipher) }
      const known = (deviceId === sealer.deviceId && own.get(itemId)) || { householdId: null, label: null }
      const nothing = { problem: null, code: null, details: null, sentAt: null }
      await outbox.put({ deviceId, itemId, savedAt, sealed, state: 'waiting', ...known, ...nothing })
      added.items += 1
    }
    for (const [index, photo] of photos.entries())
      if (await addPhoto(tx, { row: { ...photo, problem: null }, bytes: bytes[index]! })) added.photos += 1
    return added
  })
}

/** Those that this phone sealed, with what the list of the outbox shows of them. */
async function ownAmong(sealer: Sealer, items: Carried['items']) {
  const own = new Map<string, { householdId: string; label: Shut }>()
  for (const { deviceId, itemId, nonce, cipher } of items) {
    if (deviceId !== sealer.deviceId) continue
    const item = await openItem(sealer, itemId, { nonce: fromBase64(nonce), cipher: fromBase64(cipher) })
    if (item) own.set(itemId, { householdId: item.household.id, label: await sealLabel(sealer, item, null) })
  }
  return own
}

async function readFile(crypto: Crypto, file: Uint8Array<ArrayBuffer>) {
  const body = file.slice(0, -digestBytes)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
  const isWhole = digest.every((byte, at) => file[body.length + at] === byte)
  if (!isWhole || !name.every((byte, at) => body[at] === byte)) throw new DamagedFile('file')
  const start = headBytes + new DataView(body.buffer).getUint32(name.length)
  const { items, photos } = JSON.parse(new TextDecoder().decode(body.slice(headBytes, start))) as Carried
  const bytes: Uint8Array<ArrayBuffer>[] = []
  let at = start
  for (const { length } of photos) {
    bytes.push(body.slice(at, at + length))
    at += length
  }
  return { items, photos, bytes }
}
