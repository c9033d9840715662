/**
 * What phones sent and nobody could record: kept sealed under the installation's own key, filed by itself once its
 * household is in the registry, mended by its author, or decided by those who answer for the area.
 */
import { createHmac } from 'node:crypto'
import type { InputOf, OutputOf } from '../../contract/route.ts'
import type { PhoneItem, syncUnfiledDecide, syncUnfiledList, Unfiled } from '../../contract/sync.ts'
import { fullName } from '../../domain/derive.ts'
import { effectiveEntries, versionsHolding } from '../../domain/logbook/effective.ts'
import { mayAt, reaches, type Actor } from '../../domain/permission.ts'
import { Problem, problemCodes, type ProblemName } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { holdHouseholds, keyText, readCases } from '../queries/case.ts'
import { lockDevice } from '../queries/devices.ts'
import { findHousehold, householdsById, type HouseholdKey, type StoredHousehold } from '../queries/households.ts'
import { actorOf } from '../queries/people.ts'
import {
  findUnfiled,
  foundHouseholds,
  listUnfiled,
  lockUnfiled,
  lockWaitingEntries,
  markRecorded,
  setAside,
  type ListedUnfiled,
  type StoredUnfiled,
} from '../queries/unfiled.ts'
import { openAtRest, sealAtRest } from '../sealing.ts'
import type { Secrets } from '../secrets.ts'
import { keyOfCase } from './case-change.ts'
import { requireAt, requirePermission, type ActionContext } from './context.ts'
import { keyOf } from './household-change.ts'
import { householdRows, placeOf, provinceText } from './household-view.ts'
import { readItem, recordItems, refOf, type Fate, type ItemContext, type OpenedItem } from './phone-items.ts'

const contentPurpose = 'unfiled item'
const mostListed = 200

/** What became of something that was kept, for its photographs. */
export interface Filed {
  /** The household as its author named it; the item's own id for a household. */
  named: HouseholdKey
  /** The household of the registry. */
  household: HouseholdKey
  item: PhoneItem
  /** By whose permission it was filed, under whose name. */
  author: Actor
}

export function sealContent(secrets: Secrets, itemId: string, bytes: Buffer): Buffer {
  return sealAtRest(secrets, contentPurpose, itemId, bytes)
}

/** The same content has the same digest; without our key it tells nothing. */
export function digestOfContent(secrets: Secrets, bytes: Buffer): Buffer {
  const key = secrets.derive('unfiled digest', secrets.firstKeyNumber)
  return createHmac('sha256', key).update(bytes).digest()
}

function openedOf(secrets: Secrets, row: StoredUnfiled): OpenedItem | null {
  if (row.content === null) return null
  const bytes = openAtRest(secrets, contentPurpose, row.id, row.content)
  return readItem({ itemId: row.id, savedAt: row.saved_at.toISOString() }, bytes, row.protocol)
}

/** Somebody who is not here, with the roles that they hold today; without any when the account is disabled. */
export async function authorOf({ tx, now }: ActionContext, accountId: string): Promise<Actor> {
  const author = await actorOf(tx, { accountId, sessionId: '' }, dayInThailand(now))
  return author ?? { userId: accountId, name: '', sessionId: '', grants: [], secondFactor: false }
}

/**
 * Files the entries that waited for households, now that these are in the registry, each under its own author's name and
 * permissions. What still cannot be recorded goes on waiting.
 */
export async function fileFollowers(
  context: ItemContext,
  households: readonly { named: HouseholdKey; household: HouseholdKey }[],
): Promise<Filed[]> {
  const { tx, now, secrets } = context
  const filed: Filed[] = []
  for (const { named, household } of households) {
    const rows = await lockWaitingEntries(tx, named.provinceCode, [named.id])
    for (const accountId of new Set(rows.map((row) => row.account_id))) {
      const author = accountId === context.actor.userId ? context.actor : await authorOf(context, accountId)
      const waiting = rows.flatMap((row) => (row.account_id === accountId ? (openedOf(secrets, row) ?? []) : []))
      const elsewhere = waiting.map((opened) => forHousehold(opened, household))
      for (const [opened, fate] of await recordItems(context, author, elsewhere)) {
        if (fate.fate === 'refused') continue
        await markRecorded(tx, [settledOf(named.provinceCode, opened.itemId, fate)], now)
        filed.push({ named, household: fate.household, item: opened.item!, author })
      }
    }
  }
  return filed
}

function settledOf(provinceCode: number, id: string, fate: Extract<Fate, { fate: 'kept' }>) {
  return { provinceCode, id, householdId: fate.household.id }
}

function forHousehold(opened: OpenedItem, household: HouseholdKey): OpenedItem {
  return { ...opened, item: opened.item && { ...opened.item, household: refOf(household) } }
}

/** What waits in the places that this person answers for. */
export async function unfiledPage(
  context: ActionContext,
  input: InputOf<typeof syncUnfiledList>,
): Promise<OutputOf<typeof syncUnfiledList>> {
  const { tx, actor, now, secrets } = context
  const reach = requirePermission(actor, 'device.read')
  const { rows, total } = await listUnfiled(tx, { reach, area: input.area, limit: mostListed })
  const named = await visibleHouseholds(context, rows)
  const shown = await householdRows(tx, [...named.values()], now)
  const rowOf = new Map(shown.map((row) => [row.id, row]))
  await context.audit({
    action: 'sync.unfiledList',
    areaCode: input.area,
    detail: { items: rows.map((row) => row.id), total },
  })
  const items = rows.map((row): Unfiled => {
    const opened = openedOf(secrets, row)
    const household = row.household_id === null ? undefined : named.get(row.household_id)
    const { candidates, ...details } = row.details as Record<string, unknown> & { candidates?: StoredCandidate[] }
    const likely = (candidates ?? []).flatMap(({ id, score }) => {
      const found = rowOf.get(id)
      return found ? [{ household: found, score, reasons: [] }] : []
    })
    return {
      itemId: row.id,
      province: provinceText(row.province_code),
      kind: row.kind as Unfiled['kind'],
      household: household ? refOf({ provinceCode: household.province_code, id: household.id }) : null,
      headName: household?.head_name ?? headOfDraft(opened?.item ?? null),
      areaCode: row.area_code,
      by: { id: row.account_id, name: row.account_name },
      savedAt: row.saved_at.toISOString(),
      receivedAt: row.received_at.toISOString(),
      code: problemCodes[row.problem as ProblemName] ?? problemCodes.unexpected,
      problem: row.problem,
      details: likely.length > 0 ? { ...details, candidates: likely } : details,
      item: withoutNationalIds(opened?.item ?? null),
    }
  })
  return { items, total }
}

/** What is stored of a candidate. */
export interface StoredCandidate {
  id: string
  score: number
}

/** The households that items name or may be, where this person may read them; by id. */
async function visibleHouseholds(
  { tx, actor }: ActionContext,
  rows: readonly ListedUnfiled[],
): Promise<Map<string, StoredHousehold>> {
  const keys = rows.flatMap((row) => {
    const { candidates = [] } = row.details as { candidates?: StoredCandidate[] }
    const ids = [...(row.household_id === null ? [] : [row.household_id]), ...candidates.map(({ id }) => id)]
    return ids.map((id) => ({ provinceCode: row.province_code, id }))
  })
  const found = await householdsById(tx, keys)
  return new Map(
    found
      .filter((one) => mayAt(actor, 'household.read', placeOf(one)))
      .map((one): [string, StoredHousehold] => [one.id, one]),
  )
}

function headOfDraft(item: PhoneItem | null): string | null {
  if (item?.kind !== 'household') return null
  const [head] = item.draft.members.toSorted((a, b) => (a.order ?? 1000) - (b.order ?? 1000))
  return head ? fullName(head) : null
}

/** National ids are shown to nobody here: deciding needs none. */
function withoutNationalIds(item: PhoneItem | null): PhoneItem | null {
  if (item?.kind !== 'household') return item
  const members = item.draft.members.map((member) => ({ ...member, nationalId: null }))
  return { ...item, draft: { ...item.draft, members } }
}

/**
 * Decides about one item. What is recorded stands under its author's name, by the permission of the person who decides.
 *
 * @throws Problem notFound out of reach, wrongState when somebody decided before, and those of recording
 */
export async function decideUnfiled(
  context: ItemContext,
  input: InputOf<typeof syncUnfiledDecide>,
): Promise<{ outcome: OutputOf<typeof syncUnfiledDecide>['outcome']; filed: Filed[] }> {
  const { tx, actor, now } = context
  const reach = requirePermission(actor, 'device.read')
  // Phones are held before what they sent, here as when they send it.
  const known = await findUnfiled(tx, Number(input.province), input.itemId)
  if (known) await lockDevice(tx, known.device_id)
  const row = await lockUnfiled(tx, Number(input.province), input.itemId)
  if (!row || !reaches(reach, { areaCode: row.area_code })) throw new Problem('notFound')
  if (row.state !== 'waiting') throw new Problem('wrongState', { state: row.state })
  const decision = { accountId: actor.userId, reason: input.reason }
  const trace = {
    action: 'sync.unfiledDecide',
    subjectKind: 'unfiled',
    subjectId: row.id,
    areaCode: row.area_code,
    detail: { kind: row.kind, decision: input.decision, author: row.account_id },
  }
  if (input.decision === 'setAside') {
    await setAside(tx, row, { ...decision, at: now })
    await context.audit(trace)
    return { outcome: null, filed: [] }
  }
  const { fate, item, author, isOver } = await recordDecided(context, row, input)
  await markRecorded(tx, [settledOf(row.province_code, row.id, fate)], now, decision)
  const named = { provinceCode: row.province_code, id: row.household_id ?? row.id }
  const households = item.kind === 'household' ? [{ named, household: fate.household }] : []
  const followers = await fileFollowers(context, households)
  await context.audit({
    ...trace,
    detail: {
      ...trace.detail,
      household: fate.household.id,
      isMoved: input.householdId !== null,
      isDayChanged: input.happenedOn !== null,
      isOver,
      followed: followers.length,
    },
  })
  const { outcome, recordedAt } = fate
  return {
    outcome: { itemId: row.id, outcome, household: refOf(fate.household), recordedAt },
    filed: [{ named, household: fate.household, item, author }, ...followers],
  }
}

async function recordDecided(
  context: ItemContext,
  row: StoredUnfiled,
  input: InputOf<typeof syncUnfiledDecide>,
): Promise<{ fate: Extract<Fate, { fate: 'kept' }>; item: PhoneItem; author: Actor; isOver: boolean }> {
  const opened = openedOf(context.secrets, row)
  if (!opened?.item) throw new Problem('notUnderstood')
  const author = { ...context.actor, userId: row.account_id }
  const other = input.householdId === null ? null : await chosen(context, row.province_code, input.householdId)
  if (opened.item.kind === 'household' && other) {
    const fate = {
      fate: 'kept',
      outcome: 'alreadyThere',
      household: other,
      recordedAt: context.now.toISOString(),
    } as const
    return { fate, item: opened.item, author, isOver: false }
  }
  const item = mended(opened.item, input, context.now)
  const named = other ? { ...item, household: refOf(other) } : item
  const rebased = input.overVersion === null ? named : await putOver(context, named, input.overVersion)
  const again = { ...opened, item: rebased }
  const fate = (await recordItems(context, author, [again])).get(again)!
  if (fate.fate === 'refused') throw fate.problem
  return { fate, item, author, isOver: rebased !== named }
}

/**
 * A correction put over a version that was not there when its author wrote it, where both are of one entry; else as it is,
 * and what stands against it is told. Whether that version is the last is asked when it is recorded.
 */
async function putOver({ tx }: ActionContext, item: PhoneItem, version: string): Promise<PhoneItem> {
  if (item.kind !== 'entry' || item.entry.kind !== 'correction') return item
  const asked = keyOf(item.household)
  // An entry of a found household stands with the one that this turned out to be.
  const found = (await foundHouseholds(tx, asked.provinceCode, [asked.id])).get(asked.id)?.recorded_household
  const key = { provinceCode: asked.provinceCode, id: found ?? asked.id }
  const held = (await holdHouseholds(tx, [key])).get(keyText(key))
  if (!held) return item
  const [stored] = await readCases(tx, [keyOfCase(held.root)])
  const { versions } = effectiveEntries(stored!.entries)
  const { entry } = item
  const corrected = versionsHolding(versions, entry.content.corrects)
  if (corrected === null || versionsHolding(versions, version) !== corrected) return item
  return { ...item, entry: { ...entry, content: { ...entry.content, corrects: version } } }
}

/** The household that a person chose instead, or the one that it went into. */
async function chosen({ tx, actor }: ActionContext, provinceCode: number, id: string): Promise<HouseholdKey> {
  const key = { provinceCode, id }
  const household = await findHousehold(tx, key)
  requireAt(actor, 'logbook.record', household && placeOf(household))
  const held = (await holdHouseholds(tx, [key])).get(keyText(key))!
  if (held.root.state !== 'active') throw new Problem('wrongState', { state: held.root.state })
  return { provinceCode, id: held.root.id }
}

/** With the day that was meant, and the reason why a found household is none of those that it resembles. */
function mended(item: PhoneItem, input: InputOf<typeof syncUnfiledDecide>, now: Date): PhoneItem {
  const day = input.happenedOn
  if (item.kind === 'household')
    return { ...item, foundOn: day ?? item.foundOn, separateReason: item.separateReason ?? input.reason }
  if (day === null) return item
  const { entry } = item
  if (entry.kind !== 'correction') return { ...item, entry: { ...entry, happenedOn: day } }
  const today = dayInThailand(now)
  const { replacement } = entry.content
  const content = { ...entry.content, replacement: replacement && { ...replacement, happenedOn: day } }
  return { ...item, entry: { ...entry, happenedOn: entry.happenedOn > today ? today : entry.happenedOn, content } }
}
