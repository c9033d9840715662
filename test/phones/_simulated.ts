/** Phones in memory: a browser's storage that can be killed, filled and dropped, its locks, and what people type. */
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

/** What a browser keeps of a phone when its program ends. */
export class Browser {
  indexedDB = new IDBFactory()
  readonly #marks = new Map<string, string>()
  localStorage = {
    getItem: (name: string) => this.#marks.get(name) ?? null,
    setItem: (name: string, value: string) => void this.#marks.set(name, value),
  }
  #tails = new Map<string, Promise<unknown>>()
  locks: Locks = {
    request: (name, work) => {
      const run = (this.#tails.get(name) ?? Promise.resolve()).then(work)
      this.#tails.set(
        name,
        run.catch(() => {}),
      )
      return run
    },
  }

  /** Under pressure the browser drops what was not to be kept. */
  evict(): void {
    this.indexedDB = new IDBFactory()
  }

  storage(more: Partial<StorageParts> = {}) {
    return createStorage({ indexedDB: this.indexedDB, localStorage: this.localStorage, ...more })
  }

  /** Another tab, or the program started again. */
  start(transport: Transport, more: Partial<PhoneParts> = {}): Promise<Phone> {
    const parts = { storage: this.storage(), transport, crypto, locks: this.locks, now: () => new Date() }
    const report = (error: unknown) => {
      throw error
    }
    return createPhone({ ...parts, pinRounds: fewRounds, report, ...more })
  }
}

export const person = { id: '01890000-0000-7000-8000-000000000001', name: 'สมศรี ขยันยิ่ง' }

export async function registered(
  browser: Browser,
  transport: Transport,
  more: Partial<PhoneParts> = {},
): Promise<Phone> {
  const phone = await browser.start(transport, more)
  await phone.register({ person, province: '31', areas: ['310401'], pin, name: 'เครื่องของสมศรี' })
  return phone
}

export function visit(
  household: { province: string; id: string },
  words = 'พบแล้ว',
  happenedOn = '2026-03-02',
): PhoneItem {
  const content = { met: [], seen: null, words, place: null, photos: [], skipped: null, nextOn: null }
  const entry: EntryDraft = { id: newId(), kind: 'visit', happenedOn, content }
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
