/** Phones in memory: a browser's storage whose programs can be killed between two writes, and what people type. */
import { webcrypto } from 'node:crypto'
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import type { PhoneHousehold, PhoneItem } from '../../src/contract/sync.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import { newId } from '../../src/server/ids.ts'
import { createPhone, type Phone, type PhoneParts } from '../../src/web/offline/phone.ts'
import type { Locks } from '../../src/web/offline/line.ts'
import { createStorage, type StorageParts } from '../../src/web/offline/storage.ts'
import type { Transport } from '../../src/web/offline/transport.ts'

export const crypto = webcrypto as unknown as Crypto
/** A PIN that derives at once: what a real one costs is not what these tests are about. */
export const fewRounds = 10
export const pin = '246810'

/** A program that runs in a browser: a tab, or a worker. Killed, it writes and hears nothing any more. */
export class Program {
  isDead = false
  /** Killed before the write that would be the next after so many. */
  writesLeft = Number.POSITIVE_INFINITY
  writes = 0
  readonly #transactions = new Set<IDBTransaction>()
  readonly #databases = new Set<IDBDatabase>()
  #reject!: (reason: Error) => void
  /** Never fulfilled. */
  readonly killed = new Promise<never>((_, reject) => (this.#reject = reject))

  constructor() {
    this.killed.catch(() => {})
  }

  kill(): void {
    if (this.isDead) return
    this.isDead = true
    // A transaction that was not committed leaves nothing behind.
    for (const tx of this.#transactions)
      try {
        tx.abort()
      } catch {
        // It was over.
      }
    for (const database of this.#databases) database.close()
    this.#reject(new Error('killed'))
  }

  beforeWrite(): void {
    this.mustLive()
    this.writes += 1
    this.writesLeft -= 1
    if (this.writesLeft < 0) {
      this.kill()
      throw new Error('killed')
    }
  }

  mustLive(): void {
    if (this.isDead) throw new Error('killed')
  }

  /** The factory as this program sees it. */
  factory(real: IDBFactory): IDBFactory {
    const open = (name: string, version?: number) => {
      this.mustLive()
      const request = real.open(name, version)
      request.addEventListener('success', () => this.#watch(request.result))
      return request
    }
    return new Proxy(real, {
      get: (target, key) => {
        if (key === 'open') return open
        const value: unknown = Reflect.get(target, key)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
    })
  }

  #watch(database: IDBDatabase): void {
    this.#databases.add(database)
    if (this.isDead) database.close()
    const begin = database.transaction.bind(database)
    database.transaction = (...args: Parameters<typeof begin>) => {
      this.mustLive()
      const tx = begin(...args)
      if (tx.mode === 'readwrite') this.#transactions.add(tx)
      programOf.set(tx, this)
      for (const end of ['complete', 'abort']) tx.addEventListener(end, () => this.#transactions.delete(tx))
      return tx
    }
  }
}

const programOf = new WeakMap<IDBTransaction, Program>()
/** Stores of a device on which nothing more fits. */
const fullStores = new Set<string>()
for (const name of ['put', 'add', 'delete', 'clear'] as const) {
  const real = IDBObjectStore.prototype[name] as (...args: unknown[]) => IDBRequest
  Object.assign(IDBObjectStore.prototype, {
    [name](this: IDBObjectStore, ...args: unknown[]) {
      programOf.get(this.transaction)?.beforeWrite()
      const request = real.apply(this, args)
      if (name === 'put' && fullStores.has(this.name))
        (this.transaction as never as Aborts)._abort('QuotaExceededError')
      return request
    },
  })
}
interface Aborts {
  _abort(name: string): void
}

/** Runs `work` while nothing more fits into these stores. */
export async function whileFull<Result>(stores: readonly string[], work: () => Promise<Result>): Promise<Result> {
  for (const name of stores) fullStores.add(name)
  try {
    return await work()
  } finally {
    fullStores.clear()
  }
}

/** What a browser keeps of a phone when its program ends. */
export class Browser {
  indexedDB = new IDBFactory()
  readonly #marks = new Map<string, string>()
  readonly #tails = new Map<string, Promise<unknown>>()

  /** Under pressure the browser drops what was not to be kept. */
  evict(): void {
    this.indexedDB = new IDBFactory()
  }

  localStorage(program: Program) {
    return {
      getItem: (name: string) => this.#marks.get(name) ?? null,
      setItem: (name: string, value: string) => {
        program.mustLive()
        this.#marks.set(name, value)
      },
    }
  }

  /** Held until its work, or its program, ends. */
  locks(program: Program): Locks {
    return {
      request: (name, work) => {
        const mine = (this.#tails.get(name) ?? Promise.resolve()).then(() => {
          program.mustLive()
          return Promise.race([work(), program.killed])
        })
        const end = mine.then(
          () => {},
          () => {},
        )
        this.#tails.set(name, end)
        return mine
      },
    }
  }

  storage(program = new Program(), more: Partial<StorageParts> = {}) {
    const indexedDB = program.factory(this.indexedDB)
    return createStorage({ indexedDB, localStorage: this.localStorage(program), ...more })
  }

  parts(transport: Transport, program = new Program()) {
    return {
      storage: this.storage(program),
      transport: {
        ask: (name, input, piece) => {
          program.mustLive()
          return Promise.race([transport.ask(name, input, piece), program.killed])
        },
      } satisfies Transport,
      crypto,
      locks: this.locks(program),
      now: () => new Date(),
      pinRounds: fewRounds,
      builtAt: '2020-01-01T00:00:00Z',
      report(error: unknown) {
        if (!program.isDead) throw error
      },
    } satisfies PhoneParts
  }

  /** Another tab, or the program started again. */
  start(transport: Transport, more: Partial<PhoneParts> = {}, program = new Program()): Promise<Phone> {
    return createPhone({ ...this.parts(transport, program), ...more })
  }
}

export const person = { id: '01890000-0000-7000-8000-000000000001', name: 'สมศรี ขยันยิ่ง' }

export async function register(phone: Phone, who = person, areas = ['310401']): Promise<void> {
  await phone.register({ person: who, province: '31', areas, pin, name: 'เครื่องของสมศรี' })
}

export async function registered(
  browser: Browser,
  transport: Transport,
  more: Partial<PhoneParts> = {},
  program = new Program(),
): Promise<Phone> {
  const phone = await browser.start(transport, more, program)
  await register(phone)
  return phone
}

/** The program started again, and the PIN given. */
export async function reopened(
  browser: Browser,
  transport: Transport,
  more: Partial<PhoneParts> = {},
  program = new Program(),
): Promise<Phone> {
  const phone = await browser.start(transport, more, program)
  await phone.unlock(pin)
  return phone
}

export function visit(
  household: { province: string; id: string },
  words = 'พบแล้ว',
  happenedOn = '2026-03-02',
  id = newId(),
): PhoneItem {
  const content = { met: [], seen: null, words, place: null, photos: [], skipped: null, nextOn: null }
  const entry: EntryDraft = { id, kind: 'visit', happenedOn, content }
  return { kind: 'entry', household: { province: household.province, id: household.id }, entry }
}

export function copyOf(headName: string, areaCode = '31040101'): PhoneHousehold {
  const nothing = { moo: null, village: null, subdistrict: null, district: null, province: null }
  return {
    province: '31',
    id: newId(),
    version: 1,
    entryCount: 0,
    state: 'active',
    place: { areaCode, ...nothing },
    houseNumber: '1',
    headName,
    phone: null,
    latitude: null,
    longitude: null,
    note: null,
    lists: [],
    members: [],
    case: {} as never,
    duty: { dueOn: null, reason: null, status: 'none', doneThisMonth: false, areaHolds: [] },
    recent: [],
  }
}

/** Begins as a JPEG file does. */
export function picture(bytes: number): Blob {
  return new Blob([Uint8Array.from({ length: bytes }, (_, at) => [0xff, 0xd8, 0xff, 0xe0][at] ?? at % 251)])
}
