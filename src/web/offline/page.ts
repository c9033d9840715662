/**
 * What only a running page knows of its phone: the open key, what it is doing, and what it read last. Killed anywhere, the
 * next page goes on from what was stored.
 */
import { openHouseholds, type HeldHousehold } from './fetch.ts'
import type { Locks } from './line.ts'
import type { Sealer } from './outbox.ts'
import { mostHouseholds } from './messages.ts'
import { emptyStatus, readStatus, type PhoneStatus, type PhoneTrouble } from './status.ts'
import {
  NewerApp,
  PhoneGone,
  isFull,
  readDevice,
  type ClockRow,
  type Mark,
  type PhoneDatabase,
  type PhoneStorage,
} from './storage.ts'
import { Trouble, type Transport } from './transport.ts'
import { pinRounds, type OpenKey } from './vault.ts'

export interface PhoneParts {
  storage: PhoneStorage
  transport: Transport
  now(): Date
  crypto: Crypto
  locks: Locks
  /** Asks the browser to keep the storage; true when it will. */
  persist?(): Promise<boolean>
  /** Whether it will, without asking. */
  isPersisted?(): Promise<boolean>
  /** To other tabs of this phone, and from them. */
  news?: { tell(): void; listen(onNews: () => void): void }
  /** When the app was built, ISO: it cannot be earlier now. */
  builtAt?: string
  appVersion?: string
  /** Lower in tests only. */
  pinRounds?: number
  /** Hears of what no sentence is written for. */
  report?(error: unknown): void
}

/** The device has no room: nothing of it was saved. */
export class PhoneFull extends Error {}

/** Asked for something that needs the PIN. */
export class PhoneLocked extends Error {}

export interface Page {
  parts: PhoneParts
  pinRounds: number
  /** When the app was built, milliseconds. */
  builtMs: number
  accountId: string | null
  open: (OpenKey & { deviceId: string }) | null
  status: PhoneStatus
  clock: ClockRow | null
  trouble: PhoneTrouble | null
  isPersisted: boolean
  isSyncing: boolean
  listeners: Set<() => void>
  /** @throws PhoneGone where nobody registered yet */
  database(): Promise<PhoneDatabase>
  /** @throws PhoneLocked */
  sealer(): Sealer
  mark(): Mark | null
  /** What is held, opened once until `forgetHeld`. */
  held(): Promise<HeldHousehold[]>
  forgetHeld(): void
  /** Reads the status anew, one time after another; what other tabs did counts too. */
  refresh(): Promise<void>
  /** The same, and other tabs hear of it. */
  changed(): Promise<void>
  /** Puts into the status what is known before it is read, and tells of it: what is being read now may be older. */
  say(known: Partial<PhoneStatus>): void
  /** Runs `work`; a full device, or one that is not this phone any more, then stands in the status. @throws PhoneFull */
  keeping<Result>(work: () => Promise<Result>): Promise<Result>
  /** What a failure means to the person. */
  troubleOf(error: unknown): PhoneTrouble
}

/** A database that the browser takes away cannot be asked for while it goes. */
const takenMs = 1_000

export async function createPage(parts: PhoneParts): Promise<Page> {
  const { storage, crypto, now } = parts
  let opened: Promise<HeldHousehold[]> | null = null
  /** How often the status was put up without being read. */
  let said = 0
  let last: Promise<unknown> = Promise.resolve()
  let next: Promise<void> | null = null
  const page: Page = {
    parts,
    pinRounds: parts.pinRounds ?? pinRounds,
    builtMs: Date.parse(parts.builtAt ?? '2026-01-01T00:00:00Z'),
    accountId: (await storage.accounts())[0] ?? null,
    open: null,
    status: emptyStatus,
    clock: null,
    trouble: null,
    isPersisted: (await parts.isPersisted?.().catch(() => false)) ?? false,
    isSyncing: false,
    listeners: new Set(),
    database: async () => {
      if (page.accountId === null) throw new PhoneGone('new')
      return storage.open(page.accountId)
    },
    sealer() {
      if (!page.open) throw new PhoneLocked('locked')
      return { crypto, key: page.open.key, deviceId: page.open.deviceId }
    },
    mark: () => storage.marks.all().findLast(({ accountId }) => accountId === page.accountId) ?? null,
    async held() {
      const { key } = page.sealer()
      const database = await page.database()
      opened ??= openHouseholds(database, crypto, key)
      return opened
    },
    forgetHeld: () => void (opened = null),
    async refresh() {
      // One that has not begun yet will read what every caller of it knows.
      if (!next) {
        next = last.then(() => {
          next = null
          return readAndTell()
        })
        last = next.catch(() => {})
      }
      await next
    },
    say(known) {
      said += 1
      page.status = { ...page.status, ...known }
      tell()
    },
    async changed() {
      await page.refresh()
      parts.news?.tell()
    },
    async keeping(work) {
      try {
        return await work()
      } catch (error) {
        // Another tab wiped the phone, or the browser dropped it: what is on screen must say so.
        if (error instanceof PhoneGone) await page.refresh()
        if (!isFull(error)) throw error
        page.trouble = 'full'
        await page.refresh()
        throw new PhoneFull('full')
      }
    },
    troubleOf(error) {
      if (isFull(error)) return 'full'
      if (error instanceof NewerApp) return 'reload'
      if (!(error instanceof Trouble)) {
        if (!(error instanceof PhoneGone)) parts.report?.(error)
        return 'server'
      }
      if (error.code === 0) return 'offline'
      if (error.problem === 'deviceRevoked') return 'revoked'
      if (error.problem === 'tooLarge' && error.details['limit'] === mostHouseholds) return 'tooMany'
      return Math.trunc(error.code) === 401 || error.problem === 'secondFactorMustBeSet' ? 'signIn' : 'server'
    },
  }
  const lookAgain = () => {
    page.forgetHeld()
    void page.refresh()
  }
  parts.news?.listen(lookAgain)
  storage.listen(() => setTimeout(lookAgain, takenMs))
  await page.refresh()
  return page

  function tell(): void {
    for (const listener of page.listeners) listener()
  }

  async function readAndTell(): Promise<void> {
    let before: number
    do {
      before = said
      try {
        if (page.accountId !== null) await readAll(page, () => before !== said)
      } catch (error) {
        page.status = { ...page.status, trouble: page.troubleOf(error), isSyncing: page.isSyncing }
      }
    } while (before !== said)
    tell()
  }

  /** @param isOvertaken what was read is older than what the status says by now */
  async function readAll(page: Page, isOvertaken: () => boolean): Promise<void> {
    const database = await page.database()
    const device = await readDevice(database)
    if (page.open && device?.id !== page.open.deviceId) {
      page.open = null
      page.forgetHeld()
    }
    const mark = page.mark()
    const { isSyncing, isPersisted, trouble } = page
    const known = { isOpen: page.open !== null, isSyncing, isPersisted, trouble, markedWaiting: mark && mark.waiting }
    const { status, clock } = await readStatus(database, crypto, known, now(), page.builtMs)
    if (isOvertaken()) return
    page.status = status
    page.clock = clock
    if (!mark) return
    if (status.state === 'revoked') storage.marks.drop(mark.deviceId)
    const { waiting: own, carried } = status
    const waiting = own.items + own.photos + carried.items + carried.photos
    if (mark.deviceId === status.deviceId && mark.waiting !== waiting) storage.marks.put({ ...mark, waiting })
  }
}
