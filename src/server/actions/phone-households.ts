/**
 * What phones fetch: which households they are to hold, which of them changed, and the households themselves. Built for a
 * hundred at once in as many statements as for one.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { InputOf, OutputOf } from '../../contract/route.ts'
import {
  entriesOnPhone,
  mostHouseholds,
  syncProtocol,
  type PhoneHousehold,
  type syncEstimate,
  type syncHouseholds,
  type syncPull,
} from '../../contract/sync.ts'
import { isAreaWithin } from '../../domain/area.ts'
import { dutyOf } from '../../domain/logbook/duty.ts'
import { effectiveEntries } from '../../domain/logbook/effective.ts'
import { foldEffective } from '../../domain/logbook/fold.ts'
import type { Rules } from '../../domain/logbook/rules/index.ts'
import { reaches } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { readCases, type StoredCase } from '../queries/case.ts'
import { changeDevice, findDevice, waitingColumns, type StoredDevice } from '../queries/devices.ts'
import { holdsInForce, type StoredHold } from '../queries/holds.ts'
import { narrowed, scopeOf, type Scope } from '../queries/household-scope.ts'
import { householdsById, placeNames, type PlaceNames, type StoredHousehold } from '../queries/households.ts'
import { rulesFor } from '../queries/rules.ts'
import {
  holdings,
  longestLook,
  membersOfHouseholds,
  sizeOf,
  syncMoment,
  type PhoneMember,
  type SyncMoment,
} from '../queries/sync.ts'
import { namesOfAccounts } from '../queries/worklists.ts'
import { areaHoldView, entryViewsOf } from './case-view.ts'
import { requirePermission, type ActionContext } from './context.ts'
import { areaOfDevice, requireOwn } from './devices.ts'
import { placeOf, provinceText } from './household-view.ts'

/** Days without the server after which a phone drops what it holds. */
const keepDays = 30

interface Asked {
  province: string
  areas: readonly string[]
}

/** The areas that a phone asks for, cut with what its person may read. */
async function holdingScope(context: ActionContext, { province, areas }: Asked): Promise<Scope> {
  const reach = requirePermission(context.actor, 'household.read')
  return narrowed(await scopeOf(context.tx, reach, province), areas)
}

/** SHA-256 in hex of ids in order, joined by line ends. */
function digestOfIds(ids: readonly string[]): string {
  return createHash('sha256').update(ids.join('\n')).digest('hex')
}

/** @throws Problem deviceUnknown, deviceRevoked, tooLarge for areas with too many households */
export async function pull(
  context: ActionContext,
  input: InputOf<typeof syncPull>,
): Promise<OutputOf<typeof syncPull>> {
  const { tx, actor, now } = context
  const device = await findDevice(tx, input.deviceId)
  requireOwn(actor, device)
  const scope = await holdingScope(context, input)
  const moment = await syncMoment(tx)
  const since = sinceOf(device, input.cursor, moment)
  const held = await holdings(tx, scope, since, mostHouseholds + 1)
  if (held.length > mostHouseholds) throw new Problem('tooLarge', { limit: mostHouseholds })
  const present = held.map(({ id }) => id)
  const changed = held.flatMap((one) => (one.is_changed ? [one.id] : []))
  const isKnown = input.held === digestOfIds(present)
  const cursor = cursorOf(moment)
  const isDone = isKnown && changed.length === 0
  const { waiting } = input
  await changeDevice(tx, device.id, {
    areas: [...new Set(input.areas)].toSorted().join(','),
    last_seen_at: now,
    ...(isDone && waiting.items + waiting.photos === 0 ? { last_sync_at: now } : {}),
    ...waitingColumns(waiting),
    to_fetch: isKnown || since !== null ? changed.length : present.length,
    clock_offset: offsetOf(input.deviceTime, now),
    protocol: input.protocol,
    cursor_given: cursor,
    cursor_before: since === null ? null : input.cursor,
  })
  await context.audit({
    action: 'sync.pull',
    subjectKind: 'device',
    subjectId: device.id,
    areaCode: areaOfDevice(device),
    detail: { households: present.length, changed: changed.length, isAnew: since === null },
  })
  return {
    cursor,
    present: isKnown ? null : present,
    changed,
    serverTime: now.toISOString(),
    keepDays,
    protocol: syncProtocol,
  }
}

/** In seconds; a clock may be wrong by more than a number holds. */
function offsetOf(deviceTime: string, now: Date): number {
  const seconds = Math.round((new Date(deviceTime).getTime() - now.getTime()) / 1000)
  return Math.max(-longestLook, Math.min(longestLook, seconds))
}

/** The part that nobody can make up tells a cursor of this very registry from one of before it was restored. */
function cursorOf({ epoch, before }: SyncMoment): string {
  return `1.${epoch}.${before}.${randomBytes(6).toString('base64url')}`
}

/** The transaction from which on a cursor knows nothing; null where everything is to be sent. */
function sinceOf(device: StoredDevice, cursor: string | null, moment: SyncMoment): number | null {
  if (cursor === null || ![device.cursor_given, device.cursor_before].includes(cursor)) return null
  const [version, epoch, before] = cursor.split('.')
  const since = Number(before)
  if (version !== '1' || epoch !== moment.epoch || !Number.isSafeInteger(since)) return null
  return since > moment.before || moment.before - since > longestLook ? null : since
}

/** @throws Problem deviceUnknown, deviceRevoked */
export async function phoneHouseholds(
  context: ActionContext,
  input: InputOf<typeof syncHouseholds>,
): Promise<OutputOf<typeof syncHouseholds>> {
  const { tx, actor, now } = context
  const device = await findDevice(tx, input.deviceId)
  requireOwn(actor, device)
  const reach = requirePermission(actor, 'household.read')
  const ids = [...new Set(input.ids)]
  const found = await householdsById(
    tx,
    ids.map((id) => ({ provinceCode: Number(input.province), id })),
  )
  const kept = found.filter(
    (one) =>
      one.state === 'active' &&
      reaches(reach, placeOf(one)) &&
      input.areas.some((area) => isAreaWithin(one.area_code, area)),
  )
  const byId = new Map((await build(context, input.province, kept)).map((one) => [one.id, one]))
  const left = Math.max(0, device.to_fetch - ids.length)
  const isDone = left === 0 && device.waiting_items + device.waiting_photos === 0
  await changeDevice(tx, device.id, { to_fetch: left, last_seen_at: now, ...(isDone ? { last_sync_at: now } : {}) })
  await context.audit({
    action: 'sync.households',
    subjectKind: 'device',
    subjectId: device.id,
    areaCode: areaOfDevice(device),
    detail: { households: [...byId.keys()], gone: ids.length - byId.size },
  })
  return {
    households: ids.flatMap((id) => byId.get(id) ?? []),
    gone: ids.filter((id) => !byId.has(id)),
  }
}

/** Everything that is shown of households, read at once. */
async function build(
  { tx, now }: ActionContext,
  province: string,
  households: readonly StoredHousehold[],
): Promise<PhoneHousehold[]> {
  if (households.length === 0) return []
  const today = dayInThailand(now)
  const keys = households.map((one) => ({ provinceCode: one.province_code, id: one.id }))
  const cases = new Map((await readCases(tx, keys)).map((one) => [one.id, one]))
  const members = new Map<string, PhoneMember[]>(households.map(({ id }) => [id, []]))
  for (const member of await membersOfHouseholds(tx, keys)) members.get(member.household_id)!.push(member)
  const accounts = [...cases.values()].flatMap(({ entries }) => entries.map(({ accountId }) => accountId))
  const shared = {
    today,
    places: await placeNames(tx, [...new Set(households.map((one) => one.area_code))], today),
    names: await namesOfAccounts(tx, [...new Set(accounts)]),
    rules: await rulesFor(tx, Number(province)),
    holds: await holdsInForce(tx, province, today),
  }
  return households.map((one) => phoneHousehold(one, cases.get(one.id)!, members.get(one.id) ?? [], shared))
}

interface Shared {
  today: string
  places: ReadonlyMap<string, PlaceNames>
  names: ReadonlyMap<string, string>
  rules: Rules
  holds: readonly StoredHold[]
}

function phoneHousehold(
  household: StoredHousehold,
  stored: StoredCase,
  members: readonly PhoneMember[],
  { today, places, names, rules, holds }: Shared,
): PhoneHousehold {
  const effective = effectiveEntries(stored.entries)
  const state = foldEffective(effective, rules, stored)
  const areaHolds = holds.filter((hold) => isAreaWithin(household.area_code, hold.area_code)).map(areaHoldView)
  const loose = new Set(state.loose)
  const views = entryViewsOf({ householdId: household.id, stored: stored.entries, effective, loose, names })
  return {
    province: provinceText(household.province_code),
    id: household.id,
    version: household.version,
    entryCount: stored.entries.length,
    state: household.state as PhoneHousehold['state'],
    place: places.get(household.area_code)!,
    houseNumber: household.house_number,
    headName: household.head_name,
    phone: household.phone,
    latitude: household.latitude,
    longitude: household.longitude,
    note: household.note,
    lists: household.list_set === '' ? [] : household.list_set.split(','),
    members: members.map((member) => ({
      id: member.id,
      order: member.position,
      title: member.title,
      firstName: member.first_name,
      lastName: member.last_name,
      relation: member.relation,
      sex: member.sex as PhoneHousehold['members'][number]['sex'],
      birthDate: member.birth_date,
      birthPrecision: member.birth_precision as PhoneHousehold['members'][number]['birthPrecision'],
    })),
    case: state,
    duty: { ...dutyOf({ state, lists: stored.lists, rules, today, areaHolds }), areaHolds },
    recent: views.slice(0, entriesOnPhone),
  }
}

/** Bytes on the wire of an answer, of a household, of a person and of an entry, compressed: measured by `npm run bench -- sync`. */
const bytesOf = { answer: 600, household: 300, person: 40, entry: 60 } as const

export async function estimate(
  context: ActionContext,
  input: InputOf<typeof syncEstimate>,
): Promise<OutputOf<typeof syncEstimate>> {
  const size = await sizeOf(context.tx, await holdingScope(context, input), entriesOnPhone)
  const bytes =
    bytesOf.answer + size.households * bytesOf.household + size.persons * bytesOf.person + size.entries * bytesOf.entry
  return { households: size.households, bytes }
}
