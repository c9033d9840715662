/**
 * What a phone keeps: one IndexedDB database per account. In the clear stand ids, areas, states, moments and problems; names
 * and content are sealed (seal.ts). Every change that belongs together is one transaction, written through to the disk.
 */
import { wrap, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb'
import type { Shut } from './seal.ts'

export interface DeviceRow {
  /** The device's id, made on the phone. */
  id: string
  accountId: string
  province: string
  areas: string[]
  /** Null until the server has answered: registering again then takes the same id. */
  registeredAt: string | null
  /** Not extractable: bound to this browser. */
  deviceKey: CryptoKey
  /** Under the device key: 32 bytes; who carries the phone, and how they call it. */
  secret: Shut
  person: Shut
  /** The data key under the key of the PIN, all that under the device key; null once too many PINs were tried. */
  pin: { salt: Uint8Array<ArrayBuffer>; rounds: number; wrapped: Shut } | null
  triesLeft: number
}

/** Where fetching stands. */
export interface HoldingRow {
  cursor: string | null
  lastSyncAt: string | null
  lastTryAt: string | null
  /** For how many days without the server what is held may stay. */
  keepDays: number
  /** What the server announced last; missing where it announced nothing. */
  serverProtocol?: number | undefined
}

/** What is known of the device's clock; all in milliseconds. */
export interface ClockRow {
  /** The server's clock minus the device's, at the last answer. */
  offsetMs: number
  deviceMs: number
  serverMs: number
}

/** What is left of a phone that was wiped, until it is registered anew. */
export interface WipedRow {
  deviceId: string
  /** Base64, in the clear: it says that it was wiped, and nothing else any more. */
  secret: string
  /** Items and photographs that never reached the server. */
  lost: number
  isTold: boolean
  why: 'revoked' | 'signedOut'
}

export interface HouseholdRow {
  id: string
  province: string
  sealed: Shut
  /** The phone is not to hold it any more, but something of it waits. */
  isGone: boolean
}

export type OutboxState = 'waiting' | 'sent' | 'unfiled' | 'unreadable'

export interface OutboxRow {
  /** In the order of saving; given by the database. */
  order?: number
  /** Another device's for what is carried. */
  deviceId: string
  itemId: string
  /** Null for what is carried: sealed for us too. */
  householdId: string | null
  state: OutboxState
  savedAt: string
  /** Null once it was sent. */
  sealed: Shut | null
  /** Of one's own: kind, day, household and head, for the list of what was sent. */
  label: Shut | null
  problem: string | null
  code: number | null
  /** Under the device key: it may name households that look alike, and comes while the phone is locked. */
  details: Shut | null
  sentAt: string | null
}

export interface PhotoRow {
  order?: number
  deviceId: string
  photoId: string
  province: string
  householdId: string
  savedAt: string
  /** Of nonce and cipher, which lie in `photoBytes`. */
  length: number
  /** Why the server does not take it; tried again all the same. */
  problem: string | null
}

export interface DraftRow {
  name: string
  savedAt: string
  sealed: Shut
}

export interface PhoneSchema extends DBSchema {
  about: { key: string; value: DeviceRow | HoldingRow | ClockRow | WipedRow }
  household: { key: string; value: HouseholdRow }
  toFetch: { key: string; value: { id: string } }
  outbox: {
    key: number
    value: OutboxRow
    indexes: { item: [string, string]; state: [string, number] }
  }
  photo: { key: number; value: PhotoRow; indexes: { photo: [string, string] } }
  /** By the photograph's order. Apart, so that counting reads no megabytes. */
  photoBytes: { key: number; value: Uint8Array<ArrayBuffer> }
  draft: { key: string; value: DraftRow }
}
export type PhoneDatabase = IDBPDatabase<PhoneSchema>
export type StoreName = StoreNames<PhoneSchema>
export type Writing = IDBPTransaction<PhoneSchema, StoreName[], 'readwrite'>

/** Each brings a database one version on; forward only, and never edited once phones have it. */
export type Upgrade = (database: PhoneDatabase, tx: IDBPTransaction<PhoneSchema, StoreName[], 'versionchange'>) => void
export const upgrades: readonly Upgrade[] = [
  (database) => {
    database.createObjectStore('about')
    database.createObjectStore('household', { keyPath: 'id' })
    database.createObjectStore('toFetch', { keyPath: 'id' })
    const outbox = database.createObjectStore('outbox', { keyPath: 'order', autoIncrement: true })
    outbox.createIndex('item', ['deviceId', 'itemId'], { unique: true })
    outbox.createIndex('state', ['state', 'order'])
    const photo = database.createObjectStore('photo', { keyPath: 'order', autoIncrement: true })
    photo.createIndex('photo', ['deviceId', 'photoId'], { unique: true })
    database.createObjectStore('photoBytes')
    database.createObjectStore('draft', { keyPath: 'name' })
  },
]

/**
 * Outside of the databases, so that a database that the browser dropped is told from a phone that never was. The secret is
 * here too, to tell the server of the loss: alone it opens nothing.
 */
export interface Mark {
  accountId: string
  deviceId: string
  /** Base64. */
  secret: string
  registeredAt: string
  /** What was waiting when it was last written. */
  waiting: number
  /** The server knows that the database was dropped. */
  isTold: boolean
}

export interface PhoneStorage {
  /** @throws NewerApp when another tab runs a newer app, or its older one does not let go */
  open(accountId: string): Promise<PhoneDatabase>
  remove(accountId: string): Promise<void>
  /** Accounts with a database or a mark here, the one used last first. */
  accounts(): Promise<string[]>
  marks: { all(): Mark[]; put(mark: Mark): void; drop(deviceId: string): void }
  /** Heard when the browser takes a database away under an open page. */
  listen(onTaken: () => void): void
}

/** The browser dropped what this phone held, or it was wiped. */
export class PhoneGone extends Error {}

/** The database is of a newer app than this page: it has to be loaded anew. */
export class NewerApp extends Error {}

const databasePrefix = 'kaejon-phone-'
const markName = 'kaejon.phone'
const blockedMs = 5_000

export interface StorageParts {
  indexedDB: IDBFactory
  /** Null in a worker: marks are then neither read nor written. */
  localStorage: Pick<Storage, 'getItem' | 'setItem'> | null
  upgrades?: readonly Upgrade[]
}

export function createStorage({ indexedDB, localStorage, upgrades: steps = upgrades }: StorageParts): PhoneStorage {
  const openByAccount = new Map<string, Promise<PhoneDatabase>>()
  const marks = createMarks(localStorage)
  const listeners: (() => void)[] = []
  return {
    marks,
    listen: (onTaken) => void listeners.push(onTaken),
    open(accountId) {
      let opened = openByAccount.get(accountId)
      if (!opened) {
        const forget = () => void openByAccount.delete(accountId)
        const taken = () => {
          forget()
          for (const listener of listeners) listener()
        }
        opened = openDatabase(indexedDB, databasePrefix + accountId, steps, { forget, taken })
        opened.catch(forget)
        openByAccount.set(accountId, opened)
      }
      return opened
    },
    async remove(accountId) {
      const opened = openByAccount.get(accountId)
      openByAccount.delete(accountId)
      await opened?.then((database) => database.close()).catch(() => {})
      await answerOf(indexedDB.deleteDatabase(databasePrefix + accountId))
    },
    async accounts() {
      const stored = ((await indexedDB.databases?.()) ?? []).flatMap(({ name }) =>
        name?.startsWith(databasePrefix) ? [name.slice(databasePrefix.length)] : [],
      )
      return [
        ...new Set([
          ...marks
            .all()
            .map(({ accountId }) => accountId)
            .reverse(),
          ...stored,
        ]),
      ]
    },
  }
}

function openDatabase(
  factory: IDBFactory,
  name: string,
  steps: readonly Upgrade[],
  on: { forget: () => void; taken: () => void },
): Promise<PhoneDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, steps.length)
    let timer: ReturnType<typeof setTimeout> | null = null
    request.addEventListener('blocked', () => {
      timer = setTimeout(() => reject(new NewerApp('blocked')), blockedMs)
    })
    request.addEventListener('upgradeneeded', ({ oldVersion }) => {
      const database = wrap(request.result) as unknown as PhoneDatabase
      const tx = wrap(request.transaction!) as never
      for (const step of steps.slice(oldVersion)) step(database, tx)
    })
    request.addEventListener('success', () => {
      if (timer) clearTimeout(timer)
      const database = request.result
      // A newer app in another tab wants to bring the database on: it must not wait for this one.
      database.addEventListener('versionchange', () => {
        on.forget()
        database.close()
      })
      database.addEventListener('close', on.taken)
      resolve(wrap(database) as unknown as PhoneDatabase)
    })
    request.addEventListener('error', () => {
      if (timer) clearTimeout(timer)
      reject(request.error?.name === 'VersionError' ? new NewerApp('older') : request.error!)
    })
  })
}

function answerOf(request: IDBOpenDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error!))
  })
}

function createMarks(localStorage: StorageParts['localStorage']): PhoneStorage['marks'] {
  const read = (): Mark[] => {
    try {
      return JSON.parse(localStorage?.getItem(markName) ?? '[]') as Mark[]
    } catch {
      return []
    }
  }
  const write = (marks: Mark[]) => {
    try {
      localStorage?.setItem(markName, JSON.stringify(marks))
    } catch {
      // Forbidden or full: a loss is then not noticed, and nothing else is lost.
    }
  }
  const without = (deviceId: string) => read().filter((mark) => mark.deviceId !== deviceId)
  return {
    all: read,
    put: (mark) => write([...without(mark.deviceId), mark]),
    drop: (deviceId) => write(without(deviceId)),
  }
}

/** Runs `work` in one transaction that is on the disk when this returns; nothing of it stays when anything fails. */
export async function change<Result>(
  database: PhoneDatabase,
  stores: StoreName[],
  work: (tx: Writing) => Promise<Result>,
): Promise<Result> {
  const tx = database.transaction(stores, 'readwrite', { durability: 'strict' })
  // Answered for below; unheard, its refusal would be reported beside the true cause.
  tx.done.catch(() => {})
  try {
    const result = await work(tx)
    await tx.done
    return result
  } catch (error) {
    try {
      tx.abort()
    } catch {
      // It was over already.
    }
    // A full device ends the transaction; what was under way in it only hears that it ended.
    throw isFull(tx.error) ? tx.error : error
  }
}

export async function readDevice(database: PhoneDatabase): Promise<DeviceRow | null> {
  return ((await database.get('about', 'device')) as DeviceRow | undefined) ?? null
}

/**
 * Changes the device's row as it is now: what was read before may be gone by then.
 *
 * @throws PhoneGone when another device, or none, lives here
 */
export function changeDevice(database: PhoneDatabase, id: string, changes: Partial<DeviceRow>): Promise<void> {
  return change(database, ['about'], async (tx) => {
    const row = (await tx.objectStore('about').get('device')) as DeviceRow | undefined
    if (row?.id !== id) throw new PhoneGone('gone')
    await tx.objectStore('about').put({ ...row, ...changes }, 'device')
    // Other areas, or a key that was away: everything is asked for anew.
    const holding = (await tx.objectStore('about').get('holding')) as HoldingRow | undefined
    if (changes.areas && holding) await tx.objectStore('about').put({ ...holding, cursor: null }, 'holding')
  })
}

export const noHolding: HoldingRow = { cursor: null, lastSyncAt: null, lastTryAt: null, keepDays: 14 }

export async function readHolding(database: PhoneDatabase): Promise<HoldingRow> {
  return ((await database.get('about', 'holding')) as HoldingRow | undefined) ?? noHolding
}

/** What is known of the clock; null before the server ever told the time. */
export async function readClock(database: PhoneDatabase): Promise<ClockRow | null> {
  return ((await database.get('about', 'clock')) as ClockRow | undefined) ?? null
}

export async function readWiped(database: PhoneDatabase): Promise<WipedRow | null> {
  return ((await database.get('about', 'wiped')) as WipedRow | undefined) ?? null
}

/** @returns whether an error says that the device has no room left */
export function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuotaExceededError'
}
