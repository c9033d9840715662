/**
 * The end of a phone: revoked, or signed out. What waits is rescued first; then everything goes in one transaction, and
 * what is left is a note for the server, told as soon as there is a line.
 */
import { noteServerTime } from './clock.ts'
import { sendItems } from './items.ts'
import type { Line } from './line.ts'
import { mostItemsAtOnce, syncProtocol } from './messages.ts'
import { isUnderstood, rangeOf, rowsIn, takeOutcomes, toWire } from './outbox.ts'
import { sendPhotos } from './photos.ts'
import {
  change,
  readWiped,
  type DeviceRow,
  type Mark,
  type PhoneDatabase,
  type PhoneStorage,
  type StoreName,
  type WipedRow,
  type Writing,
} from './storage.ts'
import { Trouble, isAboutContent, type Transport } from './transport.ts'
import { secretOf } from './vault.ts'

export const everything: StoreName[] = ['about', 'household', 'toFetch', 'outbox', 'photo', 'photoBytes', 'draft']

/**
 * Whether a trouble means that this phone was revoked, asking the server where a missing session hides it; then rescues
 * and wipes.
 *
 * @returns true when the phone is wiped now
 * @throws Trouble when the line ends before everything is rescued: next time
 */
export async function goIfRevoked(line: Line, device: DeviceRow, trouble: Trouble): Promise<boolean> {
  const isHidden = Math.trunc(trouble.code) === 401
  if (trouble.problem !== 'deviceRevoked' && !(isHidden && (await isRevoked(line, device)))) return false
  await rescueAndWipe(line, device)
  return true
}

/** Asked without a session. */
export async function isRevoked({ database, transport, crypto, now }: Line, device: DeviceRow): Promise<boolean> {
  const secret = await secretOf(crypto, device)
  const askedAt = now().getTime()
  const { state, serverTime } = await transport.ask('device.status', { deviceId: device.id, secret })
  if (state === 'active') await noteServerTime(database, serverTime, askedAt, now().getTime())
  return state === 'revoked' || state === 'wiped'
}

async function rescueAndWipe(line: Line, device: DeviceRow): Promise<void> {
  await rescue(line, device)
  // What is carried for others, and photographs, need a session; nobody can say that one will come.
  await asFarAsTaken(() => sendItems(line, device, 'carried'))
  await asFarAsTaken(() => sendPhotos(line, device))
  await wipe(line.database, await secretOf(line.crypto, device), device.id, 'revoked')
  await tellWiped(line)
}

/** A refusal is an answer; a line that ends, or a server in trouble, takes the rest another time. */
async function asFarAsTaken(send: () => Promise<unknown>): Promise<void> {
  try {
    await send()
  } catch (error) {
    const isRefused = error instanceof Trouble && (isAboutContent(error) || [401, 403].includes(Math.trunc(error.code)))
    if (!isRefused) throw error
  }
}

/** Sends what waits, sealed, by the phone's secret. What the server does not take alone is given up. */
async function rescue(line: Line, device: DeviceRow): Promise<void> {
  const { database, transport, crypto } = line
  const secret = await secretOf(crypto, device)
  const givenUp = new Set<number>()
  for (let size = mostItemsAtOnce; ;) {
    const all = [...(await rowsIn(database, 'waiting')), ...(await rowsIn(database, 'unreadable'))]
    const rows = all.filter(({ deviceId, order }) => deviceId === device.id && !givenUp.has(order!))
    const batch = rows.slice(0, size)
    if (batch.length === 0) return
    try {
      const items = batch.map(toWire)
      const answer = await transport.ask('sync.rescue', { protocol: syncProtocol, deviceId: device.id, secret, items })
      await takeOutcomes(line, device, batch, answer.outcomes)
      // Nobody knows what became of it: it is not thrown away, and a newer app asks again.
      if (!answer.outcomes.every(isUnderstood)) throw new Trouble('notUnderstood', 500.1)
      // A last time: what was unreadable before is so again, or it is not.
      for (const { order, state } of batch) if (state === 'unreadable') givenUp.add(order!)
      size = mostItemsAtOnce
    } catch (error) {
      if (!(error instanceof Trouble) || !isAboutContent(error)) throw error
      if (size === 1) givenUp.add(batch[0]!.order!)
      else size = Math.ceil(size / 2)
    }
  }
}

interface AtStake {
  /** One's own and those carried for others. */
  items: number
  photos: number
  /** Half-typed forms, and their photographs. */
  drafts: number
}

/** What never reached the server, and would be gone. */
export async function atStake(tx: Writing): Promise<AtStake> {
  const states = tx.objectStore('outbox').index('state')
  const names = await tx.objectStore('draft').getAllKeys()
  return {
    items: (await states.count(rangeOf('waiting'))) + (await states.count(rangeOf('unreadable'))),
    photos: await tx.objectStore('photo').count(),
    // Forms and photographs are named with an id; where the app stood last is neither.
    drafts: names.filter((name) => name.includes('/')).length,
  }
}

/** Drops everything, keys and drafts too. @returns how much never reached the server */
export async function wipe(
  database: PhoneDatabase,
  secret: string,
  deviceId: string,
  why: WipedRow['why'],
): Promise<number> {
  return change(database, everything, async (tx) => {
    const { items, photos, drafts } = await atStake(tx)
    const lost = items + photos + drafts
    for (const name of everything) await tx.objectStore(name).clear()
    await tx.objectStore('about').put({ deviceId, secret, lost, isTold: false, why }, 'wiped')
    return lost
  })
}

/** Tells the server that the phone is empty, unless it knows. Trouble is for the next time. */
export async function tellWiped({
  database,
  transport,
}: {
  database: PhoneDatabase
  transport: Transport
}): Promise<void> {
  const wiped = await readWiped(database)
  if (!wiped || wiped.isTold) return
  const { deviceId, secret, lost } = wiped
  try {
    await transport.ask('device.wiped', { deviceId, secret, lost })
  } catch (error) {
    // A server that does not know the phone, or us, needs not be told.
    if (!(error instanceof Trouble) || error.code === 0 || error.code >= 429) return
  }
  await change(database, ['about'], (tx) => tx.objectStore('about').put({ ...wiped, isTold: true }, 'wiped'))
}

/** The browser dropped a phone's database: the server hears how much waited, as far as the mark knows. */
export async function tellOfLoss(
  { transport, storage }: { transport: Transport; storage: PhoneStorage },
  mark: Mark,
): Promise<void> {
  if (mark.isTold) return
  const { deviceId, secret, waiting: lost } = mark
  try {
    await transport.ask('device.wiped', { deviceId, secret, lost })
    storage.marks.put({ ...mark, isTold: true })
  } catch {
    // Next time.
  }
}
