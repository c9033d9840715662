/**
 * The outbox (กล่องรอส่ง): what was saved on this phone, in the order of saving, sealed from the first moment. An item leaves
 * it only after the server named its id with an outcome for exactly what lies here.
 */
import type { HouseholdRef } from '../../contract/households.ts'
import type { ItemOutcome, PhoneItem, Sealed, Waiting } from '../../contract/sync.ts'
import { momentOf } from './clock.ts'
import type { Line } from './line.ts'
import { mostBytesPerItem, mostBytesPerSealedPhoto } from './messages.ts'
import { pack, unpack } from './pack.ts'
import { nonceBytes, openBytes, seal, sealBytes, toBase64, unseal, type Shut } from './seal.ts'
import {
  PhoneGone,
  change,
  readDevice,
  type DeviceRow,
  type OutboxRow,
  type OutboxState,
  type PhotoRow,
  type PhoneDatabase,
  type Writing,
} from './storage.ts'
import { Trouble } from './transport.ts'

export interface NewPhoto {
  id: string
  household: HouseholdRef
  jpeg: Blob
}

/** An item as the person sees it. */
export interface OutboxView {
  itemId: string
  /** The kind of the entry, or `household` for one that was found. */
  kind: string
  household: HouseholdRef
  headName: string | null
  savedAt: string
  /** The day on which it happened, or the household was found. */
  happenedOn: string
  state: OutboxState
  /** The problem's name and details, where the server or the seal stands against it. */
  problem?: string
  details?: Record<string, unknown>
  sentAt?: string
  /** Null once it was sent. */
  item: PhoneItem | null
}

interface Label {
  kind: string
  household: HouseholdRef
  headName: string | null
  happenedOn: string
}

/** An item or a photograph is longer than the server takes: shorten it. */
export class TooLong extends Error {}

export interface Sealer {
  crypto: Crypto
  key: CryptoKey
  deviceId: string
}

export const itemIdOf = (item: PhoneItem): string => (item.kind === 'entry' ? item.entry.id : item.household.id)

/**
 * Seals items and photographs, before the transaction that stores them.
 *
 * @param isPacked the server said that it opens items that were compressed before
 */
export async function sealItem(sealer: Sealer, item: PhoneItem, headName: string | null, isPacked: boolean) {
  const { crypto, key, deviceId } = sealer
  const itemId = itemIdOf(item)
  const json = new TextEncoder().encode(JSON.stringify(item))
  if (json.length > mostBytesPerItem) throw new TooLong('item')
  return {
    deviceId,
    itemId,
    householdId: item.household.id,
    sealed: await sealBytes(crypto, key, `${deviceId}/${itemId}`, isPacked ? await pack(json) : json),
    label: await sealLabel(sealer, item, headName),
  }
}

export function sealLabel({ crypto, key }: Sealer, item: PhoneItem, headName: string | null): Promise<Shut> {
  const label: Label = {
    kind: item.kind === 'entry' ? item.entry.kind : 'household',
    household: item.household,
    headName: item.kind === 'household' ? nameInDraft(item) : headName,
    happenedOn: item.kind === 'entry' ? item.entry.happenedOn : item.foundOn,
  }
  return seal(crypto, key, `label/${itemIdOf(item)}`, label)
}

/** Null when it does not open. */
export async function openItem(
  { crypto, key, deviceId }: Sealer,
  itemId: string,
  sealed: Shut,
): Promise<PhoneItem | null> {
  try {
    const json = await unpack(await openBytes(crypto, key, `${deviceId}/${itemId}`, sealed))
    return JSON.parse(new TextDecoder().decode(json)) as PhoneItem
  } catch {
    return null
  }
}

export async function sealPhoto({ crypto, key, deviceId }: Sealer, photo: NewPhoto, savedAt: string) {
  const jpeg = new Uint8Array(await photo.jpeg.arrayBuffer())
  const { nonce, cipher } = await sealBytes(crypto, key, `${deviceId}/${photo.id}`, jpeg)
  const bytes = new Uint8Array(nonceBytes + cipher.length)
  bytes.set(nonce)
  bytes.set(cipher, nonceBytes)
  if (bytes.length > mostBytesPerSealedPhoto) throw new TooLong('photo')
  const { province, id: householdId } = photo.household
  const row = { deviceId, photoId: photo.id, province, householdId, savedAt, length: bytes.length, problem: null }
  return { row, bytes }
}

/**
 * Stores sealed items, photographs, and drops the draft that they came from, all or nothing. The same id again takes the
 * place of what was there, and is sent again: the server knows whether it is the same.
 */
export async function store(
  database: PhoneDatabase,
  deviceId: string,
  items: Awaited<ReturnType<typeof sealItem>>[],
  photos: Awaited<ReturnType<typeof sealPhoto>>[],
  savedAt: string,
  dropDraft: string | null,
): Promise<void> {
  await change(database, ['about', 'outbox', 'photo', 'photoBytes', 'draft'], async (tx) => {
    await mustBe(tx, deviceId)
    for (const item of items) {
      const before = await tx.objectStore('outbox').index('item').get([item.deviceId, item.itemId])
      await tx.objectStore('outbox').put({
        ...(before?.order === undefined ? {} : { order: before.order }),
        ...item,
        savedAt,
        state: 'waiting',
        problem: null,
        code: null,
        details: null,
        sentAt: null,
      })
    }
    for (const photo of photos) await addPhoto(tx, photo)
    if (dropDraft !== null) await tx.objectStore('draft').delete(dropDraft)
  })
}

/** A photograph that is here already stays as it is. */
export async function addPhoto(tx: Writing, { row, bytes }: Awaited<ReturnType<typeof sealPhoto>>): Promise<boolean> {
  const before = await tx.objectStore('photo').index('photo').getKey([row.deviceId, row.photoId])
  if (before !== undefined) return false
  await tx.objectStore('photoBytes').put(bytes, await tx.objectStore('photo').put(row))
  return true
}

/** @throws PhoneGone when the database is not this phone's any more: what would be saved in it would never be sent */
export async function mustBe(tx: Writing, deviceId: string): Promise<void> {
  const device = (await tx.objectStore('about').get('device')) as DeviceRow | undefined
  if (device?.id !== deviceId) throw new PhoneGone('gone')
}

/** What of this phone's own has not been answered for, as the server is told it. */
export async function waitingOf(database: PhoneDatabase, deviceId: string): Promise<Waiting> {
  const rows = (await rowsIn(database, 'waiting')).filter((row) => row.deviceId === deviceId)
  const photos = await database.countFromIndex('photo', 'photo', ofDevice(deviceId))
  const first = photos > 0 ? (await database.getAllFromIndex('photo', 'photo', ofDevice(deviceId), 1))[0] : undefined
  return waitingFrom(rows, photos, first)
}

/** @param first the photograph that waits longest */
export function waitingFrom(rows: readonly OutboxRow[], photos: number, first: PhotoRow | undefined): Waiting {
  const moments = [...rows.map(({ savedAt }) => savedAt), ...(first ? [first.savedAt] : [])].sort()
  return { items: rows.length, photos, since: moments[0] ?? null }
}

/** In the order of saving. */
export function rowsIn(database: PhoneDatabase, state: OutboxState): Promise<OutboxRow[]> {
  return database.getAllFromIndex('outbox', 'state', rangeOf(state))
}

export const rangeOf = (state: OutboxState) => IDBKeyRange.bound([state], [state, []])
export const ofDevice = (deviceId: string) => IDBKeyRange.bound([deviceId], [deviceId, []])

export function toWire({ itemId, savedAt, sealed }: OutboxRow): Sealed {
  return { itemId, savedAt, nonce: toBase64(sealed!.nonce), cipher: toBase64(sealed!.cipher) }
}

/**
 * Takes over what the server said of items that were sent. What was saved anew meanwhile stays as it is: the outcome was
 * for something else.
 *
 * @throws Trouble when the answer names none of the items: asking on would never end
 */
export async function takeOutcomes(
  { database, crypto, now }: Line,
  device: DeviceRow,
  sent: readonly OutboxRow[],
  outcomes: readonly ItemOutcome[],
): Promise<void> {
  if (!Array.isArray(outcomes)) throw new Trouble('noAnswer')
  const outcomeById = new Map(outcomes.map((outcome) => [outcome.itemId, outcome]))
  const named = sent.filter(({ itemId }) => outcomeById.has(itemId))
  if (named.length === 0) throw new Trouble('unexpected', 500.1)
  const detailsById = new Map<string, Shut>()
  for (const outcome of outcomes)
    if (outcome.outcome === 'unfiled') detailsById.set(outcome.itemId, await sealDetails(crypto, device, outcome))
  const at = momentOf(now())
  await change(database, ['outbox'], async (tx) => {
    for (const { order, itemId, sealed } of named) {
      const row = await tx.objectStore('outbox').get(order!)
      if (!row?.sealed || !sameSeal(row.sealed, sealed!)) continue
      const details = detailsById.get(itemId) ?? null
      await settle(tx, row, outcomeById.get(itemId)!, { isOwn: row.deviceId === device.id, details, at })
    }
  })
}

const sealDetails = (
  crypto: Crypto,
  { deviceKey }: DeviceRow,
  { itemId, details }: Extract<ItemOutcome, { outcome: 'unfiled' }>,
): Promise<Shut> => seal(crypto, deviceKey, `details/${itemId}`, details)

async function settle(
  tx: Writing,
  row: OutboxRow,
  outcome: ItemOutcome,
  { isOwn, details, at }: { isOwn: boolean; details: Shut | null; at: string },
): Promise<void> {
  const outbox = tx.objectStore('outbox')
  const clean = { problem: null, code: null, details: null }
  switch (outcome.outcome) {
    case 'unreadable':
      await outbox.put({ ...row, ...clean, state: 'unreadable', problem: 'unreadable' })
      return
    case 'unfiled': {
      // The server has it; its author's phone will hear why.
      if (!isOwn) return outbox.delete(row.order!)
      const { problem, code } = outcome
      await outbox.put({ ...row, state: 'unfiled', problem, code, details })
      return
    }
    case 'recorded':
    case 'alreadyThere':
      if (!isOwn) return outbox.delete(row.order!)
      await outbox.put({ ...row, ...clean, state: 'sent', sealed: null, sentAt: at })
      return
    default:
      // What a newer server says and this app does not understand settles nothing: a newer app asks again.
      await outbox.put({ ...row, ...clean, problem: 'notUnderstood' })
  }
}

/** Outcomes that this app does not know: their items wait on. */
export const isUnderstood = ({ outcome }: ItemOutcome): boolean =>
  ['recorded', 'alreadyThere', 'unfiled', 'unreadable'].includes(outcome)

function sameSeal(a: Shut, b: Shut): boolean {
  return toBase64(a.nonce) === toBase64(b.nonce)
}

/** Drops receipts of what was sent so long ago. */
export async function dropReceipts(database: PhoneDatabase, before: string): Promise<void> {
  const old = (await rowsIn(database, 'sent')).filter(({ sentAt }) => sentAt! < before)
  if (old.length === 0) return
  await change(database, ['outbox'], async (tx) => {
    for (const { order } of old) await tx.objectStore('outbox').delete(order!)
  })
}

/** What is shown of one that cannot be read. */
const nothingKnown: Label = { kind: 'unknown', household: { province: '', id: '' }, headName: null, happenedOn: '' }

/** One's own items, newest first; one that cannot be read does not hide the others. */
export async function viewOutbox(database: PhoneDatabase, sealer: Sealer): Promise<OutboxView[]> {
  const { crypto, key, deviceId } = sealer
  const device = await readDevice(database)
  if (device?.id !== deviceId) throw new PhoneGone('gone')
  const rows = await database.getAllFromIndex('outbox', 'item', ofDevice(deviceId))
  rows.sort((a, b) => b.order! - a.order!)
  const detailsOf = ({ itemId, details }: OutboxRow) =>
    details && unseal<Record<string, unknown>>(crypto, device.deviceKey, `details/${itemId}`, details).catch(() => null)
  return Promise.all(
    rows.map(async (row) => {
      const { itemId, savedAt, state, sealed, label, problem, sentAt } = row
      const details = await detailsOf(row)
      return {
        ...((label && (await unseal<Label>(crypto, key, `label/${itemId}`, label).catch(() => null))) ?? nothingKnown),
        itemId,
        savedAt,
        state,
        ...(problem === null ? {} : { problem }),
        ...(details === null ? {} : { details }),
        ...(sentAt === null ? {} : { sentAt }),
        item: sealed && (await openItem(sealer, itemId, sealed)),
      }
    }),
  )
}

function nameInDraft({ draft }: Extract<PhoneItem, { kind: 'household' }>): string | null {
  const head = draft.members[0]
  return head ? [head.title, head.firstName, head.lastName].filter(Boolean).join(' ') : null
}
