/** One sync after another: sends what waits, then fetches; whatever happens stands in the status afterwards. */
import { momentOf } from './clock.ts'
import { dropExpired, fetchHouseholds } from './fetch.ts'
import { flush } from './flush.ts'
import { syncLock, type Line } from './line.ts'
import { dropReceipts } from './outbox.ts'
import type { Page } from './page.ts'
import { registerDevice } from './registration.ts'
import { change, noHolding, readDevice, type DeviceRow, type HoldingRow, type PhoneDatabase } from './storage.ts'
import { Trouble, isAboutContent } from './transport.ts'
import { secretOf } from './vault.ts'
import { goIfRevoked, isRevoked, tellOfLoss, tellWiped } from './wipe.ts'

/** `worker`: woken by the browser. */
export type SyncReason = 'start' | 'online' | 'button' | 'saved' | 'timer' | 'worker'

const receiptDays = 30
const dayMs = 86_400_000

/** Never throws. Asked while it runs, it runs once more: what was saved meanwhile may have come too late. */
export function createSync(page: Page): (why: SyncReason) => Promise<void> {
  let running: Promise<void> | null = null
  let again: SyncReason | null = null
  const run = async (why: SyncReason): Promise<void> => {
    try {
      for (let reason: SyncReason | null = why; reason; reason = again) {
        again = null
        await syncOnce(page, reason)
      }
    } catch (error) {
      page.trouble = page.troubleOf(error)
    }
    running = null
    page.isSyncing = false
    await page.changed()
  }
  return (why) => {
    if (running) {
      again = why
      return running
    }
    page.isSyncing = true
    running = run(why)
    void page.refresh()
    return running
  }
}

async function syncOnce(page: Page, why: SyncReason): Promise<void> {
  const { storage, transport, crypto, now, locks } = page.parts
  if (page.accountId === null) return
  const mark = page.status.state === 'lost' ? page.mark() : null
  if (mark) await tellOfLoss(page.parts, mark)
  // Whoever else was signed in on this browser: what waits travels by any hand.
  for (const accountId of await storage.accounts()) {
    const isCurrent = accountId === page.accountId
    await locks.request(syncLock(accountId), async () => {
      const database = await storage.open(accountId)
      const device = await readDevice(database)
      if (!device?.registeredAt) return tellWiped({ database, transport })
      const line: Line = { database, transport, crypto, now }
      if (await dropExpired(database, now())) page.forgetHeld()
      try {
        await note(database, { lastTryAt: momentOf(now()) })
        if (!isCurrent) return await flush(line, device)
        await syncDevice(page, line, device, why)
        page.trouble = null
      } catch (error) {
        if (error instanceof Trouble && (await goIfRevoked(line, device, error))) return
        if (isCurrent) page.trouble = page.troubleOf(error)
      }
    })
  }
}

/** Sends, then fetches; a locked phone sends, and asks whether it may stay. */
async function syncDevice(page: Page, line: Line, device: DeviceRow, why: SyncReason): Promise<void> {
  const { now } = line
  const refused = await send(page, line, device, why === 'button' || why === 'start')
  await page.changed()
  if (page.open?.deviceId === device.id) {
    await fetchHouseholds(line, device, page.open.key, () => {
      page.forgetHeld()
      void page.changed()
    })
    page.forgetHeld()
  } else if (await isRevoked(line, device)) throw new Trouble('deviceRevoked', 403)
  await dropReceipts(line.database, new Date(now().getTime() - receiptDays * dayMs).toISOString())
  if (refused) throw refused
  await note(line.database, { lastSyncAt: momentOf(now()) })
}

/** @returns what was said against single items, which stay */
async function send(page: Page, line: Line, device: DeviceRow, again: boolean): Promise<Trouble | null> {
  try {
    await flush(line, device, again)
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    if (isAboutContent(error)) return error
    if (error.problem !== 'deviceUnknown' || !page.open) throw error
    // A server that was set back to an older day: the phone brings its key along.
    await registerDevice(page.parts, device, await secretOf(line.crypto, device), page.open.raw)
    await flush(line, device, again)
  }
  return null
}

async function note(database: PhoneDatabase, what: { lastTryAt: string } | { lastSyncAt: string }): Promise<void> {
  await change(database, ['about'], async (tx) => {
    const holding = ((await tx.objectStore('about').get('holding')) as HoldingRow | undefined) ?? noHolding
    await tx.objectStore('about').put({ ...holding, ...what }, 'holding')
  })
}
