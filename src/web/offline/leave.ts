/** Signing out of a phone for good. */
import { syncLock } from './line.ts'
import type { Page } from './page.ts'
import { change, readDevice, readWiped } from './storage.ts'
import { secretOf } from './vault.ts'
import { atStake, everything, tellWiped, wipe } from './wipe.ts'

/** What would be lost by signing out now, also of what is carried for others. */
export class StillWaiting extends Error {
  readonly items: number
  readonly photos: number
  readonly drafts: number

  constructor(items: number, photos: number, drafts: number) {
    super('stillWaiting')
    this.items = items
    this.photos = photos
    this.drafts = drafts
  }
}

/**
 * Drops everything that this phone holds for its person.
 *
 * @returns what never reached the server
 * @throws StillWaiting unless forced
 */
export async function wipeAndLeave(page: Page, isForced: boolean): Promise<{ lost: number }> {
  const { crypto, locks, storage, transport } = page.parts
  const database = await page.database()
  const lost = await locks.request(syncLock(page.accountId!), async () => {
    const device = await readDevice(database)
    if (!device) return (await readWiped(database))?.lost ?? 0
    const { items, photos, drafts } = await change(database, everything, atStake)
    if (!isForced && items + photos + drafts > 0) throw new StillWaiting(items, photos, drafts)
    const count = await wipe(database, await secretOf(crypto, device), device.id, 'signedOut')
    storage.marks.drop(device.id)
    await tellWiped({ database, transport })
    return count
  })
  page.open = null
  page.trouble = null
  page.forgetHeld()
  await page.changed()
  return { lost }
}
