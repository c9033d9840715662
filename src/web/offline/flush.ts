/**
 * Sends what waits: items first, in the order of saving, then photographs. Needs no PIN and no session's page, so that a
 * service worker does it while the phone is locked. One at a time per account, whoever runs it.
 */
import { sendItems } from './items.ts'
import { syncLock, type Line, type Locks } from './line.ts'
import { sendPhotos } from './photos.ts'
import { readDevice, type DeviceRow, type PhoneStorage } from './storage.ts'
import { Trouble, type Transport } from './transport.ts'
import { goIfRevoked } from './wipe.ts'

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
  const refused = await sendItems(line, device, again ? 'again' : 'waiting')
  await sendPhotos(line, device)
  if (refused) throw refused
}
