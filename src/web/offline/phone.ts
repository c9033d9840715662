/**
 * The phone: everything that the field pages ask of it (docs/decisions/0014-phones.md).
 */
import type { PhoneHousehold, PhoneItem } from '../../contract/sync.ts'
import { monthOf } from '../../domain/days.ts'
import { newId } from '../new-id.ts'
import { correctedMs, momentOf, todayBy } from './clock.ts'
import { toCodes } from './codes.ts'
import { collect, exportWaiting } from './collect.ts'
import { createDraftWriter, readDraft } from './drafts.ts'
import { StillWaiting, wipeAndLeave } from './leave.ts'
import { packedProtocol, type Answered } from './messages.ts'
import { sealItem, sealPhoto, store, viewOutbox, type NewPhoto, type OutboxView } from './outbox.ts'
import { PhoneFull, createPage, type PhoneParts } from './page.ts'
import { changeAreas, register, resetPin, unlock, type RegisterInput } from './registration.ts'
import { anyWaits, type PhoneStatus } from './status.ts'
import { PhoneGone } from './storage.ts'
import { createSync, type SyncReason } from './sync.ts'
import { Trouble } from './transport.ts'

export type { NewPhoto, OutboxView, PhoneParts, PhoneStatus, RegisterInput, SyncReason }
export { PhoneFull, PhoneGone, StillWaiting, Trouble, anyWaits }

export interface PhoneHouseholdView extends PhoneHousehold {
  /** Of this phone's own, everything that is not filed. */
  waiting: OutboxView[]
  /** A visit of this month was saved on this phone. */
  doneHere: boolean
  /** It left the phone's areas, but something of it waits. */
  keptBecause: null | 'waiting'
}

export interface ToSave {
  items: PhoneItem[]
  photos: NewPhoto[]
  /** The form that they come from: its draft goes with them. */
  dropDraft?: string
  /** Called once they are on the disk, before the phone counts anew what waits. */
  onStored?: () => void
}

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
  save(input: ToSave): Promise<void>
  draft(name: string): Promise<unknown>
  /**
   * @param guard asked last, when only the writing is left
   * @throws PhoneFull, PhoneGone, PhoneLocked, and what the guard throws
   */
  writeDraft(name: string, value: unknown, guard?: () => Promise<void>): Promise<void>
  dropDraft(name: string): Promise<void>
  /** Newest first. */
  drafts(): Promise<{ name: string; savedAt: string }[]>
  /** Newest first; what was sent is listed for thirty days, without its content. */
  outbox(): Promise<OutboxView[]>
  /** Puts an item with the same id in the place of one that is unfiled or waits. */
  mend(itemId: string, item: PhoneItem): Promise<void>
  /** Never throws: what came of it stands in the status. */
  sync(why: SyncReason): Promise<void>
  /** Asks the browser again to keep what is stored: it may refuse until the app is installed. */
  askToKeep(): Promise<void>
  today(): { day: string; isSure: boolean }
  /** A UUIDv7 by the corrected clock. */
  newId(): string
  exportWaiting(): Promise<Blob>
  /** The same without photographs, as QR codes; null when that would be too many. */
  exportCodes(): Promise<string[] | null>
  /** @throws DamagedFile, PhoneFull, PhoneLocked */
  collect(file: Blob): Promise<{ items: number; photos: number }>
  /** Sends what waits first. @throws StillWaiting unless forced */
  signOutAndWipe(options?: { force?: boolean }): Promise<{ lost: number }>
}

export async function createPhone(parts: PhoneParts): Promise<Phone> {
  const page = await createPage(parts)
  const { crypto, now } = parts
  const sync = createSync(page)
  const draftWriter = createDraftWriter(page.database)
  const today = () => todayBy(page.clock, now().getTime(), page.builtMs)

  /** What was written shows that there is room again; what else may be in the way is for the next sync to tell. */
  async function writing<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = await page.keeping(work)
    if (page.trouble === 'full') {
      page.trouble = null
      await page.refresh()
    }
    return result
  }

  async function households(): Promise<PhoneHouseholdView[]> {
    const outbox = await viewOutbox(await page.database(), page.sealer())
    const month = monthOf(today().day)
    return (await page.held()).map(({ household, isGone }) => {
      const own = outbox.filter((view) => view.household.id === household.id)
      return {
        ...household,
        waiting: own.filter(({ state }) => state !== 'sent'),
        doneHere: own.some(({ kind, happenedOn }) => /^(visit|followUp)$/.test(kind) && monthOf(happenedOn) === month),
        keptBecause: isGone ? 'waiting' : null,
      }
    })
  }

  async function save({ items, photos, dropDraft: draft, onStored }: ToSave): Promise<void> {
    const dropDraft = draft ?? null
    const sealer = page.sealer()
    const database = await page.database()
    const savedAt = momentOf(now())
    const held = await page.held()
    const nameOf = (id: string) => held.find(({ household }) => household.id === id)?.household.headName ?? null
    const isPacked = page.status.serverProtocol >= packedProtocol
    const sealed = await Promise.all(items.map((item) => sealItem(sealer, item, nameOf(item.household.id), isPacked)))
    const pictures = await Promise.all(photos.map((photo) => sealPhoto(sealer, photo, savedAt)))
    if (dropDraft !== null) draftWriter.forget(dropDraft)
    await writing(() => store(database, sealer.deviceId, sealed, pictures, savedAt, dropDraft))
    // Until the storage is counted anew, nobody may read "all sent" beside "saved".
    const { items: before, photos: photosBefore, since } = page.status.waiting
    const waiting = {
      items: before + sealed.length,
      photos: photosBefore + pictures.length,
      since: since ?? savedAt,
    }
    page.say({ waiting })
    onStored?.()
    await page.changed()
  }

  return {
    status: () => page.status,
    subscribe(listener) {
      page.listeners.add(listener)
      return () => void page.listeners.delete(listener)
    },
    register: (input) => register(page, input),
    changeAreas: (areas) => changeAreas(page, areas),
    estimate: (province, areas) => parts.transport.ask('sync.estimate', { province, areas }),
    unlock: (pin) => unlock(page, pin),
    lock() {
      page.open = null
      page.forgetHeld()
      // At once: what is on screen must not ask for what is closed by now.
      page.say(page.status.state === 'open' ? { state: 'locked' } : {})
      void page.refresh()
    },
    resetPin: (pin) => resetPin(page, pin),
    households: () => page.keeping(households),
    household: async (id) => (await page.keeping(households)).find((household) => household.id === id) ?? null,
    save,
    draft: async (name) => readDraft(await page.database(), page.sealer(), name),
    async writeDraft(name, value, guard) {
      const isNew = await writing(() => draftWriter.write(page.sealer(), name, value, momentOf(now()), guard))
      // The list of what is half typed is read anew.
      if (isNew) await page.changed()
    },
    dropDraft: (name) => draftWriter.drop(name),
    async drafts() {
      const rows = await (await page.database()).getAll('draft')
      return rows.map(({ name, savedAt }) => ({ name, savedAt })).sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
    },
    outbox: () => page.keeping(async () => viewOutbox(await page.database(), page.sealer())),
    mend: (_itemId, item) => save({ items: [item], photos: [] }),
    sync,
    async askToKeep() {
      if (page.isPersisted || page.accountId === null) return
      page.isPersisted = (await parts.persist?.().catch(() => false)) ?? false
      await page.changed()
    },
    today,
    newId: () => newId(correctedMs(page.clock, now().getTime())),
    exportWaiting: async () => exportWaiting(await page.database(), crypto),
    exportCodes: async () => toCodes(crypto, await exportWaiting(await page.database(), crypto, 'items')),
    async collect(file) {
      const database = await page.database()
      const added = await writing(() => collect(database, page.sealer(), file))
      await page.changed()
      return added
    },
    async signOutAndWipe({ force = false } = {}) {
      await sync('button')
      return wipeAndLeave(page, force)
    },
  }
}
