/** What a phone says of itself: read from its storage, with the little that only the running page knows. */
import { dayInThailand } from '../../domain/time.ts'
import { correctedMs, todayBy } from './clock.ts'
import { ofDevice, rangeOf, waitingFrom } from './outbox.ts'
import {
  noHolding,
  type ClockRow,
  type DeviceRow,
  type HoldingRow,
  type OutboxRow,
  type PhoneDatabase,
  type WipedRow,
} from './storage.ts'
import { carrierOf } from './vault.ts'

/**
 * `blocked`: too many PINs, sign in again; `revoked`: wiped because somebody said so; `lost`: the browser dropped what was
 * here.
 */
export type PhoneState = 'new' | 'locked' | 'open' | 'blocked' | 'revoked' | 'lost'

/** `clock`: the day must be asked; `reload`: another tab runs a newer app; `tooMany`: the areas have too many households. */
export type PhoneTrouble = 'offline' | 'signIn' | 'full' | 'clock' | 'revoked' | 'server' | 'reload' | 'tooMany'

export interface PhoneStatus {
  state: PhoneState
  person: { id: string; name: string } | null
  deviceId: string | null
  /** As the person calls the phone. */
  phoneName: string
  triesLeft: number
  areas: string[]
  province: string | null
  waiting: { items: number; photos: number; since: string | null }
  /** Items that the server keeps and a rule stands against; those whose seal it cannot open. */
  unfiled: number
  unreadable: number
  /** Items and photographs that are carried for other phones. */
  carried: { items: number; photos: number }
  lastSyncAt: string | null
  lastTryAt: string | null
  trouble: PhoneTrouble | null
  isPersisted: boolean
  /** Households still to come, and those that are here. */
  toFetch: number
  held: number
  clockOffsetSeconds: number | null
  isSyncing: boolean
  /** The day after which what is held is dropped unless the server was heard. */
  expiresOn: string | null
  /** What the server announced last that it understands. */
  serverProtocol: number
  /** Forms that are half typed, and their photographs. */
  drafts: number
  /** What was lost, in state `lost` (as far as known) and `revoked`. */
  lost: number
}

export const emptyStatus: PhoneStatus = {
  state: 'new',
  person: null,
  deviceId: null,
  phoneName: '',
  triesLeft: 0,
  areas: [],
  province: null,
  waiting: { items: 0, photos: 0, since: null },
  unfiled: 0,
  unreadable: 0,
  carried: { items: 0, photos: 0 },
  lastSyncAt: null,
  lastTryAt: null,
  trouble: null,
  isPersisted: false,
  toFetch: 0,
  held: 0,
  clockOffsetSeconds: null,
  isSyncing: false,
  expiresOn: null,
  serverProtocol: 1,
  drafts: 0,
  lost: 0,
}

/** Whether there is anything to send, one's own or others'. */
export function anyWaits({ waiting, carried }: Pick<PhoneStatus, 'waiting' | 'carried'>): boolean {
  return waiting.items + waiting.photos + carried.items + carried.photos > 0
}

/** What only the page knows. */
export interface PageKnows {
  isOpen: boolean
  isSyncing: boolean
  isPersisted: boolean
  trouble: PhoneTrouble | null
  /** Of the mark of a database that should be here. */
  markedWaiting: number | null
}

/** What the status is made of, read in one transaction: each one of its own would cost a weak phone two milliseconds more. */
async function readStanding(database: PhoneDatabase) {
  const tx = database.transaction(['about', 'household', 'toFetch', 'outbox', 'photo', 'draft'])
  const [device, holding, clock, wiped] = await Promise.all(
    ['device', 'holding', 'clock', 'wiped'].map((key) => tx.objectStore('about').get(key)),
  )
  const id = (device as DeviceRow | undefined)?.id ?? ''
  const outbox = tx.objectStore('outbox')
  const photos = tx.objectStore('photo').index('photo')
  const [waiting, unreadable, unfiled, ownItems, allItems, ownPhotos, allPhotos, firstPhoto, toFetch, held, drafts] =
    await Promise.all([
      outbox.index('state').getAll(rangeOf('waiting')),
      outbox.index('state').getAll(rangeOf('unreadable')),
      outbox.index('state').count(rangeOf('unfiled')),
      outbox.index('item').count(ofDevice(id)),
      outbox.count(),
      photos.count(ofDevice(id)),
      photos.count(),
      photos.get(ofDevice(id)),
      tx.objectStore('toFetch').count(),
      tx.objectStore('household').count(),
      tx.objectStore('draft').count(),
    ])
  const own = (rows: readonly OutboxRow[]) => rows.filter(({ deviceId }) => deviceId === id)
  return {
    device: (device as DeviceRow | undefined) ?? null,
    holding: (holding as HoldingRow | undefined) ?? noHolding,
    clock: (clock as ClockRow | undefined) ?? null,
    wiped: (wiped as WipedRow | undefined) ?? null,
    waiting: waitingFrom(own(waiting), ownPhotos, firstPhoto),
    unreadable: own(unreadable).length,
    unfiled,
    carried: { items: allItems - ownItems, photos: allPhotos - ownPhotos },
    toFetch,
    held,
    drafts,
  }
}

export async function readStatus(
  database: PhoneDatabase,
  crypto: Crypto,
  page: PageKnows,
  now: Date,
  builtMs: number,
): Promise<{ status: PhoneStatus; clock: ClockRow | null }> {
  const { isSyncing, isPersisted } = page
  const base = { ...emptyStatus, isSyncing, isPersisted, trouble: page.trouble }
  const { device, holding, clock, wiped, ...counts } = await readStanding(database)
  if (!device?.registeredAt) {
    if (wiped) {
      const { lost } = wiped
      if (wiped.why === 'revoked')
        return { status: { ...base, state: 'revoked', trouble: 'revoked', lost }, clock: null }
    } else if (page.markedWaiting !== null)
      return { status: { ...base, state: 'lost', lost: page.markedWaiting }, clock: null }
    return { status: base, clock: null }
  }
  const carrier = await carrierOf(crypto, device)
  const status: PhoneStatus = {
    ...base,
    ...counts,
    state: page.isOpen ? 'open' : device.pin === null ? 'blocked' : 'locked',
    person: { id: carrier.id, name: carrier.name },
    phoneName: carrier.phoneName,
    deviceId: device.id,
    triesLeft: device.triesLeft,
    areas: device.areas,
    province: device.province,
    lastSyncAt: holding.lastSyncAt,
    serverProtocol: holding.serverProtocol ?? 1,
    lastTryAt: holding.lastTryAt,
    trouble: page.trouble ?? (clock && !todayBy(clock, now.getTime(), builtMs).isSure ? 'clock' : null),
    clockOffsetSeconds: clock && Math.round(clock.offsetMs / 1000),
    expiresOn: clock && dayInThailand(new Date(correctedMs(null, clock.deviceMs + holding.keepDays * 86_400_000))),
  }
  return { status, clock }
}
