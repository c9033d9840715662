/** Sends items, one's own and those of others, as messages that the server takes; what it refuses stays and says why. */
import { noteServerTime } from './clock.ts'
import type { Line } from './line.ts'
import { mostItemsAtOnce, syncProtocol } from './messages.ts'
import { rowsIn, takeOutcomes, toWire, waitingOf } from './outbox.ts'
import { change, type DeviceRow, type OutboxRow, type PhoneDatabase } from './storage.ts'
import { Trouble, isAboutContent } from './transport.ts'

/** Bytes of sealed items per message, about: a message that breaks off is sent again whole. */
const bytesAtOnce = 400_000
/** After so many refused one after another it is the message, not the item. */
const mostRefusals = 3

/**
 * Sends items in the order of saving; to be called within the lock.
 *
 * @param which `again`: also what the server keeps unfiled or could not open: it may have changed; `carried`: those of other
 *   phones only
 * @returns what was said against single items: these stay, and the others do not wait for them
 * @throws Trouble when the line, the session or the phone itself ends
 */
export async function sendItems(
  line: Line,
  device: DeviceRow,
  which: 'waiting' | 'again' | 'carried',
): Promise<Trouble | null> {
  const tried = new Set<number>()
  const skipped = new Set<string>()
  let most = mostItemsAtOnce
  let refusals = 0
  let trouble: Trouble | null = null
  for (;;) {
    const rows = await rowsIn(line.database, 'waiting')
    if (which === 'again')
      for (const state of ['unfiled', 'unreadable'] as const) rows.push(...(await rowsIn(line.database, state)))
    const left = rows.filter(
      ({ order, deviceId }) =>
        !tried.has(order!) && !skipped.has(deviceId) && (which !== 'carried' || deviceId !== device.id),
    )
    const batch = nextBatch(left, most)
    if (batch.length === 0) return trouble
    try {
      await push(line, device, batch)
      for (const { order } of batch) tried.add(order!)
      most = mostItemsAtOnce
      refusals = 0
    } catch (error) {
      if (!(error instanceof Trouble)) throw error
      const { deviceId, order } = batch[0]!
      if (isAboutContent(error) && batch.length > 1) {
        // Which one of them? Halves, down to the one.
        most = Math.ceil(batch.length / 2)
        continue
      }
      if (isAboutContent(error)) {
        await noteRefusal(line.database, order!, error)
        tried.add(order!)
        refusals += 1
        if (refusals >= mostRefusals) throw error
      } else if (deviceId !== device.id && isAboutDevice(error)) skipped.add(deviceId)
      else throw error
      trouble = error
    }
  }
}

/** The longest run from the front that one message may carry: of one device, within both limits. */
function nextBatch(rows: readonly OutboxRow[], most: number): OutboxRow[] {
  const batch: OutboxRow[] = []
  let bytes = 0
  for (const row of rows) {
    bytes += row.sealed!.cipher.length
    const isFull = batch.length >= most || (batch.length > 0 && bytes > bytesAtOnce)
    if (isFull || row.deviceId !== rows[0]!.deviceId) break
    batch.push(row)
  }
  return batch
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
  await takeOutcomes(line, device, batch, answer.outcomes)
  await noteServerTime(database, answer.serverTime, askedAt, now().getTime())
}

function isAboutDevice({ problem }: Trouble): boolean {
  return problem === 'deviceUnknown' || problem === 'deviceRevoked' || problem === 'notFound'
}

/** It stays, and is sent again next time; the reason can be seen. */
async function noteRefusal(database: PhoneDatabase, order: number, { problem, code }: Trouble): Promise<void> {
  await change(database, ['outbox'], async (tx) => {
    const row = await tx.objectStore('outbox').get(order)
    if (row?.state === 'waiting') await tx.objectStore('outbox').put({ ...row, problem, code })
  })
}
