/**
 * The phone: everything that the field pages ask of it (docs/decisions/0014-phones.md). It holds no state that is not in the
 * storage, except the open key and what the page is doing: killed anywhere, it goes on from what was stored.
 */
import type { PhoneHousehold, PhoneItem } from '../../contract/sync.ts'
import { monthOf } from '../../domain/days.ts'
import { newId } from '../new-id.ts'
import { correctedMs, momentOf, todayBy } from './clock.ts'
import { collect, exportWaiting } from './collect.ts'
import { createDraftWriter, readDraft } from './drafts.ts'
import { dropExpired, fetchHouseholds, openHouseholds } from './fetch.ts'
import { flush, syncLock, isAboutContent, type Line, type Locks } from './flush.ts'
import { syncProtocol, type Answered } from './messages.ts'
import {
  PhoneGone,
  dropReceipts,
  sealItem,
  sealPhoto,
  store,
  viewOutbox,
  waitingOf,
  type NewPhoto,
  type OutboxView,
  type Sealer,
} from './outbox.ts'
import { emptyStatus, readStatus, type PhoneState, type PhoneStatus, type PhoneTrouble } from './status.ts'
import {
  NewerApp,
  change,
  isFull,
  readDevice,
  readHolding,
  readWiped,
  type ClockRow,
  type DeviceRow,
  type PhoneDatabase,
  type PhoneStorage,
} from './storage.ts'
import { Trouble, type Transport } from './transport.ts'
import {
  createDeviceKey,
  createSecret,
  importKey,
  mostTries,
  pinRounds,
  sealForDevice,
  secretOf,
  unwrapKey,
  wrapKey,
  type OpenKey,
} from './vault.ts'
import { goIfRevoked, isRevoked, tellWiped, wipe } from './wipe.ts'

export type { OutboxView, PhoneState, PhoneStatus, PhoneTrouble }
export { PhoneGone, Trouble }

export interface PhoneHouseholdView extends PhoneHousehold {
  /** Of this phone's own, everything that is not filed. */
  waiting: OutboxView[]
  /** A visit of this month was saved on this phone. */
  doneHere: boolean
  /** It left the phone's areas, but something of it waits. */
  keptBecause: null | 'waiting'
}

/** Sending and fetching; `worker`: woken by the browser. */
export type SyncReason = 'start' | 'online' | 'button' | 'saved' | 'timer' | 'worker'

export interface RegisterInput {
  person: { id: string; name: string }
  province: string
  areas: string[]
  pin: string
  /** As the person calls the phone. */
  name: string
}

/** The device has no room: nothing of it was saved. */
export class PhoneFull extends Error {}

/** What would be lost by signing out now. */
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

/** Asked for something that needs the PIN. */
export class PhoneLocked extends Error {}

export interface Phone {
  /** The same object until something changed. */
  status(): PhoneStatus
  subscribe(listener: () => void): () => void
  /** Online and signed in. Also repairs a phone whose key is blocked or lost. @throws Trouble */
  register(input: RegisterInput): Promise<void>
  /** @throws Trouble when the server cannot be asked; the areas then stay */
  changeAreas(areas: string[]): Promise<void>
  /** What a download of these areas would be. @throws Trouble */
  estimate(province: string, areas: string[]): Promise<Answered<'sync.estimate'>>
  unlock(pin: string): Promise<'open' | 'wrong' | 'blocked'>
  lock(): void
  /** After signing in online: the key comes from the server. Leaves the phone open. @throws Trouble */
  resetPin(pin: string): Promise<void>
  households(): Promise<PhoneHouseholdView[]>
  household(id: string): Promise<PhoneHouseholdView | null>
  /** All or nothing, on the disk when it returns. @throws PhoneFull, PhoneGone, TooLong, PhoneLocked */
  save(input: { items: PhoneItem[]; photos: NewPhoto[]; dropDraft?: string }): Promise<void>
  draft(name: string): Promise<unknown>
  /** @throws PhoneFull, PhoneGone, PhoneLocked */
  writeDraft(name: string, value: unknown): Promise<void>
  dropDraft(name: string): Promise<void>
  /** Newest first. */
  drafts(): Promise<{ name: string; savedAt: string }[]>
  /** Newest first; what was sent is listed for thirty days, without its content. */
  outbox(): Promise<OutboxView[]>
  /** Puts an item with the same id in the place of one that is unfiled or waits. */
  mend(itemId: string, item: PhoneItem): Promise<void>
  /** Never throws: what came of it stands in the status. */
  sync(why: SyncReason): Promise<void>
  today(): { day: string; isSure: boolean }
  /** A UUIDv7 by the corrected clock. */
  newId(): string
  exportWaiting(): Promise<Blob>
  /** @throws DamagedFile, PhoneFull */
  collect(file: Blob): Promise<{ items: number; photos: number }>
  /** Sends what waits first. @throws StillWaiting unless forced */
  signOutAndWipe(options?: { force?: boolean }): Promise<{ lost: number }>
}

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

const receiptDays = 30
const dayMs = 86_400_000

export async function createPhone(parts: PhoneParts): Promise<Phone> {
  const { storage, transport, crypto, locks, now } = parts
  const builtMs = Date.parse(parts.builtAt ?? '2026-01-01T00:00:00Z')
  const rounds = parts.pinRounds ?? pinRounds
  const listeners = new Set<() => void>()
  let accountId: string | null = (await storage.accounts())[0] ?? null
  let open: (OpenKey & { deviceId: string }) | null = null
  let status = emptyStatus
  let clock: ClockRow | null = null
  let trouble: PhoneTrouble | null = null
  let isPersisted = (await parts.isPersisted?.().catch(() => false)) ?? false
  let opened: Promise<Awaited<ReturnType<typeof openHouseholds>>> | null = null
  let running: Promise<void> | null = null
  let isAskedAgain: SyncReason | null = null

  const database = (): Promise<PhoneDatabase> => {
    if (accountId === null) throw new PhoneGone('new')
    return storage.open(accountId)
  }
  const sealer = (): Sealer => {
    if (!open) throw new PhoneLocked('locked')
    return { crypto, key: open.key, deviceId: open.deviceId }
  }
  const draftWriter = createDraftWriter(database)
  const markOf = (account: string) => storage.marks.all().findLast((mark) => mark.accountId === account) ?? null

  const notify = () => {
    for (const listener of listeners) listener()
  }

  /** Reads the status anew; what other tabs did counts too. */
  const refresh = async (): Promise<void> => {
    if (accountId === null) return
    try {
      const opened = await database()
      const device = await readDevice(opened)
      if (open && device?.id !== open.deviceId) open = null
      const mark = markOf(accountId)
      const page = {
        isOpen: open !== null,
        isSyncing: running !== null,
        isPersisted,
        trouble,
        markedWaiting: mark && mark.waiting,
      }
      const read = await readStatus(opened, crypto, page, now(), builtMs)
      ;({ status, clock } = read)
      if (status.state === 'revoked' && mark) storage.marks.drop(mark.deviceId)
      const waits = status.waiting.items + status.waiting.photos
      if (mark && mark.deviceId === status.deviceId && mark.waiting !== waits)
        storage.marks.put({ ...mark, waiting: waits })
    } catch (error) {
      status = { ...status, trouble: troubleOf(error), isSyncing: running !== null }
    }
    notify()
  }
  const changed = async (): Promise<void> => {
    await refresh()
    parts.news?.tell()
  }

  function troubleOf(error: unknown): PhoneTrouble {
    if (isFull(error)) return 'full'
    if (error instanceof NewerApp) return 'reload'
    if (!(error instanceof Trouble)) {
      if (!(error instanceof PhoneGone)) parts.report?.(error)
      return 'server'
    }
    if (error.code === 0) return 'offline'
    if (error.problem === 'deviceRevoked') return 'revoked'
    return Math.trunc(error.code) === 401 || error.problem === 'secondFactorMustBeSet' ? 'signIn' : 'server'
  }

  /** Tells a full device from every other failure. */
  const keeping = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      if (!isFull(error)) throw error
      trouble = 'full'
      await refresh()
      throw new PhoneFull('full')
    }
  }

  const registration = async (device: DeviceRow, secret: string, dataKey: string) =>
    transport.ask('device.register', {
      id: device.id,
      name: device.name,
      province: device.province,
      areas: device.areas,
      dataKey,
      secret,
      appVersion: parts.appVersion ?? '',
      protocol: syncProtocol,
    })

  async function register({ person, province, areas, pin, name }: RegisterInput): Promise<void> {
    const mine = await storage.open(person.id)
    const before = await readDevice(mine)
    const wiped = await readWiped(mine)
    const id = before?.id ?? newId(correctedMs(null, now().getTime()))
    const secret = before ? await secretOf(crypto, before) : createSecret(crypto)
    const deviceKey = before?.deviceKey ?? (await createDeviceKey(crypto))
    const device: DeviceRow = {
      id,
      accountId: person.id,
      name,
      province,
      areas,
      registeredAt: before?.registeredAt ?? null,
      deviceKey,
      secret: before?.secret ?? (await sealForDevice(crypto, deviceKey, id, 'secret', secret)),
      person: await sealForDevice(crypto, deviceKey, id, 'person', person),
      pin: before?.pin ?? null,
      triesLeft: before?.triesLeft ?? mostTries,
    }
    // An answer may be lost: the next try takes the same id, and the server gives the key that it has.
    if (!before?.registeredAt)
      await keeping(() => change(mine, ['about'], (tx) => tx.objectStore('about').put(device, 'device')))
    if (wiped) await tellWiped({ database: mine, transport })
    const answer = await registration(device, secret, createSecret(crypto))
    const registeredAt = answer.device.registeredAt
    const wrapped = await wrapKey(crypto, device, answer.dataKey, pin, rounds)
    const key = await importKey(crypto, answer.dataKey)
    await keeping(() =>
      change(mine, ['about'], async (tx) => {
        const row = { ...device, registeredAt, pin: wrapped, triesLeft: mostTries }
        await tx.objectStore('about').put(row, 'device')
        await tx.objectStore('about').delete('wiped')
        const holding = await tx.objectStore('about').get('holding')
        if (holding) await tx.objectStore('about').put({ ...holding, cursor: null } as never, 'holding')
      }),
    )
    for (const mark of storage.marks.all()) if (mark.accountId === person.id) storage.marks.drop(mark.deviceId)
    storage.marks.put({ accountId: person.id, deviceId: id, secret, registeredAt, waiting: 0, isTold: false })
    accountId = person.id
    open = { ...key, deviceId: id }
    opened = null
    trouble = null
    isPersisted = (await parts.persist?.().catch(() => false)) ?? isPersisted
    await changed()
  }

  async function unlock(pin: string): Promise<'open' | 'wrong' | 'blocked'> {
    const stored = await database()
    // Counted before it is tried: who stops the program in between has used the try.
    const device = await change(stored, ['about'], async (tx) => {
      const row = (await tx.objectStore('about').get('device')) as DeviceRow | undefined
      if (!row?.pin) return row ?? null
      const counted = { ...row, triesLeft: row.triesLeft - 1, pin: row.triesLeft > 0 ? row.pin : null }
      await tx.objectStore('about').put(counted, 'device')
      return counted
    })
    if (!device) throw new PhoneGone('gone')
    const key = device.pin && (await unwrapKey(crypto, device, device.pin, pin))
    const isBlocked = key === null && device.triesLeft <= 0
    if (device.pin && (key || isBlocked))
      await change(stored, ['about'], async (tx) => {
        const row = (await tx.objectStore('about').get('device')) as DeviceRow
        const settled = key ? { ...row, triesLeft: mostTries } : { ...row, pin: null, triesLeft: 0 }
        await tx.objectStore('about').put(settled, 'device')
      })
    if (key) {
      open = { ...key, deviceId: device.id }
      if (await dropExpired(stored, now())) opened = null
    }
    await changed()
    return key ? 'open' : isBlocked || !device.pin ? 'blocked' : 'wrong'
  }

  async function resetPin(pin: string): Promise<void> {
    const stored = await database()
    const device = await readDevice(stored)
    if (!device) throw new PhoneGone('gone')
    const secret = await secretOf(crypto, device)
    const { dataKey } = await transport.ask('device.key', { deviceId: device.id, secret })
    const wrapped = await wrapKey(crypto, device, dataKey, pin, rounds)
    await keeping(() =>
      change(stored, ['about'], (tx) =>
        tx.objectStore('about').put({ ...device, pin: wrapped, triesLeft: mostTries }, 'device'),
      ),
    )
    open = { ...(await importKey(crypto, dataKey)), deviceId: device.id }
    await changed()
  }

  async function changeAreas(areas: string[]): Promise<void> {
    const stored = await database()
    const device = await readDevice(stored)
    if (!device || !open) throw new PhoneLocked('locked')
    await registration({ ...device, areas }, await secretOf(crypto, device), open.raw)
    await change(stored, ['about'], async (tx) => {
      const row = (await tx.objectStore('about').get('device')) as DeviceRow
      await tx.objectStore('about').put({ ...row, areas }, 'device')
      const holding = await tx.objectStore('about').get('holding')
      if (holding) await tx.objectStore('about').put({ ...holding, cursor: null } as never, 'holding')
    })
    await changed()
  }

  function sync(why: SyncReason): Promise<void> {
    if (running) {
      // What was saved meanwhile may have come too late for the run that is under way.
      isAskedAgain = why
      return running
    }
    running = (async () => {
      let reason: SyncReason | null = why
      while (reason) {
        isAskedAgain = null
        await syncOnce(reason)
        reason = isAskedAgain
      }
    })()
      .catch((error: unknown) => void (trouble = troubleOf(error)))
      .then(() => {
        running = null
        return changed()
      })
    void refresh()
    return running
  }

  async function syncOnce(why: SyncReason): Promise<void> {
    if (accountId === null) return
    await tellOfLoss()
    for (const other of await storage.accounts()) {
      const isCurrent = other === accountId
      await locks.request(syncLock(other), async () => {
        const stored = await storage.open(other)
        const device = await readDevice(stored)
        if (!device?.registeredAt) return tellWiped({ database: stored, transport })
        const full: Line = { database: stored, transport, crypto, now }
        if (await dropExpired(stored, now())) opened = null
        try {
          await note(stored, { lastTryAt: momentOf(now()) })
          if (!isCurrent) return await flush(full, device)
          await syncDevice(full, device, why)
          trouble = null
        } catch (error) {
          if (error instanceof Trouble && (await goIfRevoked(full, device, error))) return
          if (isCurrent) trouble = troubleOf(error)
        }
      })
    }
  }

  /** Sends, then fetches; a locked phone sends, and asks whether it may stay. */
  async function syncDevice(full: Line, device: DeviceRow, why: SyncReason): Promise<void> {
    let refused: Trouble | null = null
    try {
      await flush(full, device, why === 'button' || why === 'start')
    } catch (error) {
      if (error instanceof Trouble && error.problem === 'deviceUnknown' && open) {
        // A server that was set back to an older day: the phone brings its key along.
        await registration(device, await secretOf(crypto, device), open.raw)
        await flush(full, device)
      } else if (error instanceof Trouble && isAboutContent(error)) refused = error
      else throw error
    }
    await changed()
    if (open?.deviceId === device.id) {
      await fetchHouseholds(full, device, open.key, () => {
        opened = null
        void changed()
      })
      opened = null
    } else if (await isRevoked(full, device)) throw new Trouble('deviceRevoked', 410)
    const at = momentOf(now())
    await dropReceipts(full.database, new Date(now().getTime() - receiptDays * dayMs).toISOString())
    if (refused) throw refused
    await note(full.database, { lastSyncAt: at })
  }

  const note = async (stored: PhoneDatabase, what: { lastTryAt: string } | { lastSyncAt: string }) => {
    const holding = await readHolding(stored)
    await change(stored, ['about'], async (tx) => {
      const now = (await tx.objectStore('about').get('holding')) ?? holding
      await tx.objectStore('about').put({ ...now, ...what } as never, 'holding')
    })
  }

  /** The browser dropped the database: the server hears how much waited, as far as the mark knows. */
  async function tellOfLoss(): Promise<void> {
    if (status.state !== 'lost') return
    const mark = markOf(accountId!)
    if (!mark || mark.isTold) return
    const { deviceId, secret, waiting: lost } = mark
    try {
      await transport.ask('device.wiped', { deviceId, secret, lost })
      storage.marks.put({ ...mark, isTold: true })
    } catch {
      // Next time.
    }
  }

  async function households(): Promise<PhoneHouseholdView[]> {
    const key = sealer()
    const stored = await database()
    opened ??= openHouseholds(stored, crypto, key.key)
    const outbox = await viewOutbox(stored, key)
    const month = monthOf(today().day)
    return (await opened).map(({ household, isGone }) => {
      const own = outbox.filter((view) => view.household.id === household.id)
      return {
        ...household,
        waiting: own.filter(({ state }) => state !== 'sent'),
        doneHere: own.some(({ kind, happenedOn }) => /^(visit|followUp)$/.test(kind) && monthOf(happenedOn) === month),
        keptBecause: isGone ? 'waiting' : null,
      }
    })
  }

  async function save(input: { items: PhoneItem[]; photos: NewPhoto[]; dropDraft?: string }): Promise<void> {
    const { items, photos, dropDraft = null } = input
    const key = sealer()
    const stored = await database()
    const savedAt = momentOf(now())
    const held = await (opened ??= openHouseholds(stored, crypto, key.key))
    const nameOf = (id: string) => held.find(({ household }) => household.id === id)?.household.headName ?? null
    const sealed = await Promise.all(items.map((item) => sealItem(key, item, nameOf(item.household.id))))
    const pictures = await Promise.all(photos.map((photo) => sealPhoto(key, photo, savedAt)))
    if (dropDraft !== null) draftWriter.forget(dropDraft)
    await keeping(() => store(stored, key.deviceId, sealed, pictures, savedAt, dropDraft))
    await changed()
  }

  const today = () => todayBy(clock, now().getTime(), builtMs)

  async function signOutAndWipe({ force = false }: { force?: boolean } = {}): Promise<{ lost: number }> {
    await sync('button')
    const stored = await database()
    const device = await readDevice(stored)
    if (!device) {
      const lost = (await readWiped(stored))?.lost ?? 0
      return { lost }
    }
    const { items, photos } = await waitingOf(stored, device.id)
    const drafts = await stored.count('draft')
    if (!force && items + photos + drafts > 0) throw new StillWaiting(items, photos, drafts)
    const lost = await locks.request(syncLock(accountId!), async () => {
      const count = await wipe(stored, await secretOf(crypto, device), device.id, 'signedOut')
      storage.marks.drop(device.id)
      await tellWiped({ database: stored, transport })
      return count
    })
    open = null
    opened = null
    trouble = null
    await changed()
    return { lost }
  }

  parts.news?.listen(() => {
    opened = null
    void refresh()
  })
  await refresh()

  return {
    status: () => status,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    register,
    changeAreas,
    estimate: (province, areas) => transport.ask('sync.estimate', { province, areas }),
    unlock,
    lock() {
      open = null
      opened = null
      void refresh()
    },
    resetPin,
    households,
    household: async (id) => (await households()).find((household) => household.id === id) ?? null,
    save,
    draft: async (name) => readDraft(await database(), sealer(), name),
    async writeDraft(name, value) {
      const key = sealer()
      await keeping(() => draftWriter.write(key, name, value, momentOf(now())))
    },
    async dropDraft(name) {
      draftWriter.forget(name)
      const stored = await database()
      await change(stored, ['draft'], (tx) => tx.objectStore('draft').delete(name))
    },
    async drafts() {
      const rows = await (await database()).getAll('draft')
      return rows.map(({ name, savedAt }) => ({ name, savedAt })).sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
    },
    outbox: async () => viewOutbox(await database(), sealer()),
    mend: (_itemId, item) => save({ items: [item], photos: [] }),
    sync,
    today,
    newId: () => newId(correctedMs(clock, now().getTime())),
    exportWaiting: async () => exportWaiting(await database(), crypto),
    async collect(file) {
      const stored = await database()
      const added = await keeping(() => collect(stored, crypto, file))
      await changed()
      return added
    },
    signOutAndWipe,
  }
}
