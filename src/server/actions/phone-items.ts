/**
 * What phones send, item by item: opened, understood, and recorded under its author's name and permissions. Whatever
 * stands against an item is its own outcome; the others do not suffer from it.
 */
import { gunzipSync } from 'node:zlib'
import type { CheckVerdict, HouseholdRef } from '../../contract/households.ts'
import { householdRefSchema } from '../../contract/households.ts'
import { mostBytesPerItem, phoneItemSchema, syncProtocol, type PhoneItem, type Sealed } from '../../contract/sync.ts'
import { mayAnywhere, type Actor } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { inSavepoint } from '../db/transaction.ts'
import { holdHouseholds, keyText } from '../queries/case.ts'
import { findHousehold, type HouseholdKey } from '../queries/households.ts'
import { addedBy, entriesOfAuthor, foundHouseholds } from '../queries/unfiled.ts'
import { openSealed } from '../sealing.ts'
import { createActionRun, type ActionContext } from './context.ts'
import { addHousehold } from './found-households.ts'
import { keyOf } from './household-change.ts'
import { provinceText } from './household-view.ts'
import { digestOf, recordEntries, type EntryToRecord, type Recorded } from './logbook.ts'

export interface OpenedItem {
  itemId: string
  savedAt: string
  /** As it was sealed: JSON, or that compressed. */
  sealed: Buffer
  /** JSON, unless a stranger program wrote it. */
  bytes: Buffer
  /** Null when this server does not understand it. */
  item: PhoneItem | null
  /** The household that it names, as far as that can be read. */
  household: HouseholdRef | null
}

/** @returns null when the seal does not open */
export function openItem(dataKey: Buffer, deviceId: string, sealed: Sealed, protocol: number): OpenedItem | null {
  const [nonce, cipher] = [sealed.nonce, sealed.cipher].map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer]
  const bytes = openSealed(dataKey, nonce, cipher, `${deviceId}/${sealed.itemId}`)
  return bytes && readItem(sealed, bytes, protocol)
}

/** What came out of a seal, a phone's or the one under which an item is kept unfiled. */
export function readItem(
  { itemId, savedAt }: Pick<Sealed, 'itemId' | 'savedAt'>,
  sealed: Buffer,
  protocol: number,
): OpenedItem {
  const bytes = unpacked(sealed)
  return { itemId, savedAt, sealed, bytes, ...understand(itemId, bytes, protocol) }
}

/**
 * The JSON of an item that was compressed before it was sealed: gzip begins with two bytes with which no JSON begins. What
 * is broken, or would be longer than a phone may say, stays as it came: nobody understands it, and it is kept.
 */
function unpacked(sealed: Buffer): Buffer {
  if (sealed[0] !== 0x1f || sealed[1] !== 0x8b) return sealed
  try {
    return gunzipSync(sealed, { maxOutputLength: mostBytesPerItem })
  } catch {
    return sealed
  }
}

/**
 * Reads what an item says. Of a phone that is newer than this server only what is understood to the last field counts as
 * understood: nothing that it says may get lost.
 */
function understand(itemId: string, bytes: Buffer, protocol: number): Pick<OpenedItem, 'item' | 'household'> {
  let raw: unknown
  try {
    raw = JSON.parse(bytes.toString('utf8'))
  } catch {
    return { item: null, household: null }
  }
  const named = householdRefSchema.safeParse((raw as { household?: unknown } | null)?.household)
  const household = named.success ? { ...named.data, id: named.data.id.toLowerCase() } : null
  const { data } = phoneItemSchema.safeParse(raw)
  if (!data || (protocol > syncProtocol && !keepsAll(raw, data))) return { item: null, household }
  const item = { ...data, household: household! } as PhoneItem
  const id = item.kind === 'entry' ? item.entry.id : item.household.id
  return { item: id === itemId ? item : null, household }
}

/** Whether every field that was sent is still there. */
function keepsAll(sent: unknown, read: unknown): boolean {
  if (typeof sent !== 'object' || sent === null) return true
  if (typeof read !== 'object' || read === null) return false
  return Object.entries(sent).every(
    ([name, value]) => name in read && keepsAll(value, (read as Record<string, unknown>)[name]),
  )
}

/** Households that a found one may be, as its author may see them. */
export type Candidates = Extract<CheckVerdict, { verdict: 'doubtful' }>['candidates']

export type Fate =
  | { fate: 'kept'; outcome: 'recorded' | 'alreadyThere'; household: HouseholdKey; recordedAt: string }
  | { fate: 'refused'; problem: Problem; candidates: Candidates }

const refused = (problem: Problem, candidates: Candidates = []): Fate => ({ fate: 'refused', problem, candidates })

export interface ItemContext extends ActionContext {
  /** Told of what nobody foresaw; the item is kept all the same. */
  unforeseen: (error: unknown) => void
}

/** Records what is understood: first the households, then the entries, each in the order given. */
export async function recordItems(
  context: ItemContext,
  author: Actor,
  items: readonly OpenedItem[],
): Promise<Map<OpenedItem, Fate>> {
  const fates = new Map<OpenedItem, Fate>()
  const entries: { opened: OpenedItem; entry: EntryToRecord }[] = []
  for (const opened of items) {
    const { item } = opened
    if (item === null) fates.set(opened, refused(new Problem('notUnderstood')))
    else if (item.kind === 'household') fates.set(opened, await addFound(context, author, item))
    else entries.push({ opened, entry: { key: keyOf(item.household), entry: item.entry, actor: author } })
  }
  const results = await recordStored(
    context,
    author,
    entries.map(({ entry }) => entry),
  )
  const asking = new Set([...fates].flatMap(([opened, { fate }]) => (fate === 'refused' ? [opened.itemId] : [])))
  for (const [index, { opened, entry }] of entries.entries()) {
    const fate = results[index]!
    const isLost = fate.fate === 'refused' && fate.problem.problem === 'notFound' && asking.has(entry.key.id)
    fates.set(opened, isLost ? waitsFor(entry.key.id) : fate)
  }
  return fates
}

/** An entry of a found household that is not in the registry yet; it is filed with it. */
function waitsFor(householdId: string): Fate {
  return refused(new Problem('notFound', { waitsFor: householdId }))
}

/** Brings a found household into the registry, as a desk does; it leaves the trace that it leaves there. */
async function addFound(
  context: ItemContext,
  author: Actor,
  item: Extract<PhoneItem, { kind: 'household' }>,
): Promise<Fate> {
  const { tx, now, secrets } = context
  const key = keyOf(item.household)
  const { draft, foundOn, separateReason } = item
  const before = await findHousehold(tx, key)
  const run = createActionRun({ tx, actor: author, now, secrets, requestId: null })
  const verdict = await attempt(context, async () => {
    if (!draft.areaCode.startsWith(item.household.province)) throw new Problem('otherProvince')
    return addHousehold(run.context, { id: key.id, draft, foundOn, separateReason })
  })
  if (verdict instanceof Problem) {
    const own = ['notFound', 'notPermitted'].includes(verdict.problem)
      ? await addedBy(tx, author.userId, key.provinceCode, key.id)
      : undefined
    if (!own) return refused(verdict)
    return { fate: 'kept', outcome: 'alreadyThere', household: key, recordedAt: own.created_at.toISOString() }
  }
  context.afterCommit(() => run.runAfterCommit())
  if (verdict.verdict === 'added') return added(context, key, before ? 'alreadyThere' : 'recorded')
  if (verdict.verdict === 'alreadyHere') {
    const likeness = { household: verdict.household, score: 100, reasons: [] }
    return refused(new Problem('alreadyHere', { because: verdict.because }), [likeness])
  }
  if (verdict.verdict === 'doubtful') return refused(new Problem('looksAlike'), verdict.candidates)
  return refused(new Problem('standsElsewhere', verdict.verdict === 'clear' ? {} : { centre: verdict.centre }))
}

/** Where a household that was added is known, should it have been merged since. */
async function added({ tx }: ItemContext, key: HouseholdKey, outcome: 'recorded' | 'alreadyThere'): Promise<Fate> {
  const stored = (await findHousehold(tx, key))!
  const root = stored.state === 'merged' ? (await holdHouseholds(tx, [key])).get(keyText(key))?.root : undefined
  const household = { provinceCode: key.provinceCode, id: root?.id ?? key.id }
  return { fate: 'kept', outcome, household, recordedAt: stored.created_at.toISOString() }
}

/** Records entries, and looks again at those whose household is not where they say. */
async function recordStored(
  context: ItemContext,
  author: Actor,
  entries: readonly EntryToRecord[],
): Promise<readonly Fate[]> {
  if (entries.length === 0) return []
  const fates = await recordAll(context, author, entries)
  const lost = fates.flatMap((fate, index) =>
    fate.fate === 'refused' && ['notFound', 'notPermitted'].includes(fate.problem.problem) ? [index] : [],
  )
  for (const province of new Set(lost.map((index) => entries[index]!.key.provinceCode))) {
    const here = lost.filter((index) => entries[index]!.key.provinceCode === province)
    await findLost(context, author, entries, fates, here, province)
  }
  return fates
}

/** Of entries that were refused: those that stand already, and those of a household that turned out to be another. */
async function findLost(
  context: ItemContext,
  author: Actor,
  entries: readonly EntryToRecord[],
  fates: Fate[],
  lost: readonly number[],
  provinceCode: number,
): Promise<void> {
  const ids = lost.map((index) => entries[index]!.entry.id)
  const stored = await entriesOfAuthor(context.tx, author.userId, provinceCode, ids)
  const named = lost.map((index) => entries[index]!.key.id)
  const found = await foundHouseholds(context.tx, provinceCode, named)
  const again: { index: number; entry: EntryToRecord }[] = []
  for (const index of lost) {
    const given = entries[index]!
    const known = stored.find(({ id }) => id === given.entry.id)
    const where = found.get(given.key.id)
    if (known && digestOf(given.entry).equals(known.digest)) {
      const household = { provinceCode, id: known.household_id }
      fates[index] = { fate: 'kept', outcome: 'alreadyThere', household, recordedAt: known.recorded_at.toISOString() }
    } else if (where?.recorded_household && where.recorded_household !== given.key.id) {
      again.push({ index, entry: { ...given, key: { provinceCode, id: where.recorded_household } } })
    } else if (where?.state === 'waiting') {
      fates[index] = waitsFor(given.key.id)
    }
  }
  if (again.length === 0) return
  const results = await recordAll(
    context,
    author,
    again.map(({ entry }) => entry),
  )
  for (const [position, { index }] of again.entries()) fates[index] = results[position]!
}

/** All at once; where that fails as a whole, one by one. */
async function recordAll(context: ItemContext, author: Actor, entries: readonly EntryToRecord[]): Promise<Fate[]> {
  if (!mayAnywhere(author, 'logbook.record')) return entries.map(() => refused(new Problem('notPermitted')))
  const together = await attempt(context, () => recordEntries(context, entries))
  if (!(together instanceof Problem)) return together.map(fateOf)
  if (entries.length === 1) return [refused(together)]
  const fates: Fate[] = []
  for (const entry of entries) {
    const alone = await attempt(context, () => recordEntries(context, [entry]))
    fates.push(alone instanceof Problem ? refused(alone) : fateOf(alone[0]!))
  }
  return fates
}

function fateOf(recorded: Recorded): Fate {
  if (recorded.outcome === 'refused') return refused(recorded.problem)
  const { outcome, root, recordedAt } = recorded
  return { fate: 'kept', outcome, household: { provinceCode: root.province_code, id: root.id }, recordedAt }
}

/**
 * Tries a part by itself. What nobody foresaw is a problem of this part alone; two transactions that stood in each
 * other's way are tried anew from the start, by the phone.
 */
async function attempt<Result>(context: ItemContext, work: () => Promise<Result>): Promise<Result | Problem> {
  try {
    return await inSavepoint(context.tx, work)
  } catch (error) {
    if (error instanceof Problem) return error
    const code = (error as { code?: unknown } | null)?.code
    if (code === '40001' || code === '40P01') throw error
    context.unforeseen(error)
    return new Problem('unexpected')
  }
}

export function refOf(key: HouseholdKey): HouseholdRef {
  return { province: provinceText(key.provinceCode), id: key.id }
}
