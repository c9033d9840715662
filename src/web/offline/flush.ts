/**
 * Sends what waits: items first, in the order of saving, then photographs. Needs no PIN and no session's page, so that a
 * service worker does it while the phone is locked. One at a time per account, whoever runs it.
 */
import { momentOf, noteServerTime } from './clock.ts'
import { syncLock, type Line, type Locks } from './line.ts'
import { mostItemsAtOnce, syncProtocol } from './messages.ts'
import { rowsIn, takeAnswer, toWire, waitingOf } from './outbox.ts'
import { sendPhotos } from './photos.ts'
import { change, readDevice, type DeviceRow, type OutboxRow, type PhoneDatabase, type PhoneStorage } from './storage.ts'
import { Trouble, isAboutContent, type Transport } from './transport.ts'
import { goIfRevoked } from './wipe.ts'

/** Bytes of sealed items per message, about: a message that breaks off is sent again whole. */
const bytesAtOnce = 400_000
/** After so many refused one after another it is the message, not the item. */
const mostRefusals = 3

/**
 * For the service worker: sends what waits of every account of this browser.
 *
 * @returns whether nothing waits any more
 */
export async function flushOutbox(parts: {
  storage: PhoneStorage
  transport: Transport
  locks: Locks
  crypto: Crypto
  now(): Date
}): Promise<boolean> {
  const { storage, locks, ...line } = parts
  let isDone = true
  for (const accountId of await storage.accounts()) {
    await locks.request(syncLock(accountId), async () => {
      const database = await storage.open(accountId)
      const device = await readDevice(database)
      if (!device?.registeredAt) return
      const full = { ...line, database }
      try {
        await flush(full, device)
      } catch (error) {
        if (!(error instanceof Trouble)) throw error
        isDone = (await goIfRevoked(full, device, error)) && isDone
      }
    })
  }
  return isDone
}

/**
 * Sends everything; to be called within the lock.
 *
 * @param again also what the server keeps unfiled: what stood against it may be gone
 * @throws Trouble when something still waits, with the cause
 */
export async function flush(line: Line, device: DeviceRow, again = false): Promise<void> {
  const refused = await sendItems(line, device, again)
  await sendPhotos(line, device)
  if (refused) throw refused
}

async function sendItems(line: Line, device: DeviceRow, again: boolean): Promise<Trouble | null> {
  const tried = new Set<number>()
  const skipped = new Set<string>()
  let trouble: Trouble | null = null
  let refusals = 0
  for (;;) {
    const rows = [...(await rowsIn(line.database, 'waiting')), ...(again ? await rowsIn(line.database, 'unfiled') : [])]
    const batch = nextBatch(rows.filter((row) => !tried.has(row.order!) && !skipped.has(row.deviceId)))
    if (batch.length === 0) return trouble
    const { deviceId } = batch[0]!
    try {
      await sendBatch(line, device, batch)
      for (const { order } of batch) tried.add(order!)
      refusals = 0
    } catch (error) {
      if (!(error instanceof Trouble)) throw error
      if (isAboutContent(error)) {
        await noteRefusal(line.database, batch, error)
        tried.add(batch[0]!.order!)
        refusals += 1
        if (refusals >= mostRefusals) throw error
      } else if (deviceId !== device.id && isAboutDevice(error)) skipped.add(deviceId)
      else throw error
      trouble = error
    }
  }
}

/** The longest run from the front that one message may carry: of one device, within both limits. */
function nextBatch(rows: readonly OutboxRow[]): OutboxRow[] {
  const batch: OutboxRow[] = []
  let bytes = 0
  for (const row of rows) {
    bytes += row.sealed!.cipher.length
    const isFull = batch.length >= mostItemsAtOnce || (batch.length > 0 && bytes > bytesAtOnce)
    if (isFull || row.deviceId !== rows[0]!.deviceId) break
    batch.push(row)
  }
  return batch
}

/** Where one item of many is not taken, the others must not wait for it: halves, down to the one. */
async function sendBatch(line: Line, device: DeviceRow, batch: OutboxRow[]): Promise<void> {
  try {
    await push(line, device, batch)
  } catch (error) {
    if (!(error instanceof Trouble) || !isAboutContent(error) || batch.length === 1) throw error
    const half = Math.ceil(batch.length / 2)
    for (const part of [batch.slice(0, half), batch.slice(half)])
      try {
        await sendBatch(line, device, part)
      } catch (inner) {
        if (!(inner instanceof Trouble) || !isAboutContent(inner)) throw inner
        await noteRefusal(line.database, part, inner)
      }
  }
}

async function push(line: Line, device: DeviceRow, batch: OutboxRow[]): Promise<void> {
  const { database, transport, now } = line
  const { deviceId } = batch[0]!
  const isOwn = deviceId === device.id
  const askedAt = now().getTime()
  const answer = await transport.ask('sync.push', {
    protocol: syncProtocol,
    deviceId,
    items: batch.map(toWire),
    waiting: isOwn ? await waitingOf(database, deviceId) : null,
  })
  await takeAnswer(database, batch, answer, device.id, momentOf(now()))
  await noteServerTime(database, answer.serverTime, askedAt, now().getTime())
}

function isAboutDevice({ problem }: Trouble): boolean {
  return problem === 'deviceUnknown' || problem === 'deviceRevoked' || problem === 'notFound'
}

/** It stays, and is sent again next time; the reason can be seen. */
async function noteRefusal(
  database: PhoneDatabase,
  rows: readonly OutboxRow[],
  { problem, code }: Trouble,
): Promise<void> {
  await change(database, ['outbox'], async (tx) => {
    for (const { order } of rows) {
      const row = await tx.objectStore('outbox').get(order!)
      if (row?.state === 'waiting') await tx.objectStore('outbox').put({ ...row, problem, code })
    }
  })
}
