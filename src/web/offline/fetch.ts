/**
 * Fetches what the phone is to hold. Cursor and the list of what must come are stored in one transaction, and each household
 * is taken off the list in the one that stores it: killed anywhere, it goes on.
 */
import type { PhoneHousehold } from '../../contract/sync.ts'
import { momentOf, noteServerTime, silenceMs } from './clock.ts'
import type { Line } from './line.ts'
import { mostHouseholdsAtOnce, syncProtocol, type Answered } from './messages.ts'
import { rangeOf, waitingOf } from './outbox.ts'
import { digestOf, seal, unseal } from './seal.ts'
import {
  change,
  readClock,
  noHolding,
  readHolding,
  type DeviceRow,
  type HoldingRow,
  type PhoneDatabase,
  type StoreName,
  type Writing,
} from './storage.ts'
import { Trouble } from './transport.ts'

/** @throws Trouble; what came before it is kept */
export async function fetchHouseholds(
  line: Line,
  device: DeviceRow,
  key: CryptoKey,
  onStored: () => void,
): Promise<void> {
  await pull(line, device)
  let size = mostHouseholdsAtOnce
  for (;;) {
    const ids = await line.database.getAllKeys('toFetch', null, size)
    if (ids.length === 0) break
    try {
      await fetchSome(line, device, key, ids)
    } catch (error) {
      // A line that breaks off at a hundred may carry ten.
      if (!(error instanceof Trouble) || error.problem !== 'noAnswer' || size <= 10) throw error
      size = Math.ceil(size / 3)
    }
    onStored()
  }
}

async function pull(line: Line, device: DeviceRow): Promise<void> {
  const { database, transport, crypto, now } = line
  const holding = await readHolding(database)
  const askedAt = now()
  const answer = await transport.ask('sync.pull', {
    protocol: syncProtocol,
    deviceId: device.id,
    province: device.province,
    areas: device.areas,
    cursor: holding.cursor,
    held: holding.cursor === null ? null : await digestOf(crypto, await heldIds(database)),
    waiting: await waitingOf(database, device.id),
    deviceTime: momentOf(askedAt),
  })
  if (typeof answer.cursor !== 'string' || !Array.isArray(answer.changed)) throw new Trouble('noAnswer')
  await takePull(database, device, answer)
  await noteServerTime(database, answer.serverTime, askedAt.getTime(), now().getTime())
}

/** What the phone has or is about to have: sorted. */
async function heldIds(database: PhoneDatabase): Promise<string[]> {
  const stored = await database.getAll('household')
  const ids = new Set(await database.getAllKeys('toFetch'))
  for (const { id, isGone } of stored) if (!isGone) ids.add(id)
  return [...ids].sort()
}

async function takePull(
  database: PhoneDatabase,
  asked: DeviceRow,
  { cursor, present, changed, keepDays, protocol }: Answered<'sync.pull'>,
): Promise<void> {
  await change(database, ['about', 'household', 'toFetch', ...whatWaits], async (tx) => {
    const waiting = await waitingHouseholds(tx)
    const device = (await tx.objectStore('about').get('device')) as DeviceRow | undefined
    // Other areas were chosen while we waited: the answer is to another question.
    if (!device || device.areas.join() !== asked.areas.join()) return
    const households = tx.objectStore('household')
    const toFetch = tx.objectStore('toFetch')
    for (const id of changed) await toFetch.put({ id })
    if (present) {
      const wanted = new Set(present)
      for (const id of await toFetch.getAllKeys()) if (!wanted.has(id)) await toFetch.delete(id)
      const stored = await households.getAll()
      for (const row of stored) if (!wanted.has(row.id) && !row.isGone) await households.put({ ...row, isGone: true })
      const held = new Set(stored.filter(({ isGone }) => !isGone).map(({ id }) => id))
      for (const id of present) if (!held.has(id)) await toFetch.put({ id })
    }
    for (const row of await households.getAll()) if (row.isGone && !waiting.has(row.id)) await households.delete(row.id)
    const holding = ((await tx.objectStore('about').get('holding')) as HoldingRow | undefined) ?? noHolding
    await tx.objectStore('about').put({ ...holding, cursor, keepDays, serverProtocol: protocol }, 'holding')
  })
}

async function fetchSome(line: Line, device: DeviceRow, key: CryptoKey, ids: string[]): Promise<void> {
  const { database, transport, crypto } = line
  const answer = await transport.ask('sync.households', {
    protocol: syncProtocol,
    deviceId: device.id,
    province: device.province,
    areas: device.areas,
    ids,
  })
  if (!Array.isArray(answer.households) || !Array.isArray(answer.gone)) throw new Trouble('noAnswer')
  const asked = new Set(ids)
  const sealed = await Promise.all(
    answer.households.map(async (household) => ({
      id: household.id,
      province: household.province,
      sealed: await seal(crypto, key, placeOf(household.id), household),
      isGone: false,
    })),
  )
  const taken = await change(database, ['household', 'toFetch', ...whatWaits], async (tx) => {
    const waiting = await waitingHouseholds(tx)
    let count = 0
    for (const row of sealed) {
      if (!asked.has(row.id)) continue
      await tx.objectStore('household').put(row)
      await tx.objectStore('toFetch').delete(row.id)
      count += 1
    }
    for (const id of answer.gone) {
      const row = await tx.objectStore('household').get(id)
      if (row && waiting.has(id)) await tx.objectStore('household').put({ ...row, isGone: true })
      else await tx.objectStore('household').delete(id)
      await tx.objectStore('toFetch').delete(id)
      count += asked.has(id) ? 1 : 0
    }
    return count
  })
  // Neither given nor gone: asking again at once would never end.
  if (taken === 0) throw new Trouble('unexpected', 500.1)
}

const placeOf = (id: string) => `household/${id}`

const whatWaits: StoreName[] = ['outbox', 'photo', 'draft']

/**
 * Households for which something waits on this phone, or is half typed: their copies stay, since a form cannot be gone on with
 * without one. Looked at in the transaction that drops the others: a form may begin in any moment.
 */
async function waitingHouseholds(tx: Writing): Promise<Set<string>> {
  const states = tx.objectStore('outbox').index('state')
  const rows = [...(await states.getAll(rangeOf('waiting'))), ...(await states.getAll(rangeOf('unreadable')))]
  const ids = rows.flatMap(({ householdId }) => householdId ?? [])
  for (const { householdId } of await tx.objectStore('photo').getAll()) ids.push(householdId)
  for (const name of await tx.objectStore('draft').getAllKeys()) {
    // The forms of a household are named with its id.
    const [, id] = name.split('/')
    if (id !== undefined) ids.push(id)
  }
  return new Set(ids)
}

export interface HeldHousehold {
  household: PhoneHousehold
  /** It left the phone's areas, and something of it waits. */
  isGone: boolean
}

/** Everything that is held, opened; unreadable copies are fetched again instead of failing all. */
export async function openHouseholds(
  database: PhoneDatabase,
  crypto: Crypto,
  key: CryptoKey,
): Promise<HeldHousehold[]> {
  const opened = await Promise.all(
    (await database.getAll('household')).map(async ({ id, sealed, isGone }) => {
      try {
        return { household: await unseal<PhoneHousehold>(crypto, key, placeOf(id), sealed), isGone }
      } catch {
        await change(database, ['household', 'toFetch'], async (tx) => {
          await tx.objectStore('household').delete(id)
          await tx.objectStore('toFetch').put({ id })
        })
        return null
      }
    }),
  )
  return opened.filter((found) => found !== null)
}

/** Drops what is held when the server was not heard for too long; never what waits, nor what it is about. @returns whether it did */
export async function dropExpired(database: PhoneDatabase, now: Date): Promise<boolean> {
  const clock = await readClock(database)
  const { keepDays } = await readHolding(database)
  if (!clock || silenceMs(clock, now.getTime()) <= keepDays * 86_400_000) return false
  await change(database, ['about', 'household', 'toFetch', ...whatWaits], async (tx) => {
    const waiting = await waitingHouseholds(tx)
    const households = tx.objectStore('household')
    for (const id of await households.getAllKeys()) if (!waiting.has(id)) await households.delete(id)
    await tx.objectStore('toFetch').clear()
    const holding = (await tx.objectStore('about').get('holding')) as HoldingRow | undefined
    if (holding) await tx.objectStore('about').put({ ...holding, cursor: null }, 'holding')
  })
  return true
}
