/** What phones send: taken item by item, whoever carries it. Nothing is refused at the door (docs/decisions/0014-phones.md). */
import type { InputOf, OutputOf } from '../../contract/route.ts'
import type { ItemOutcome, syncPush, syncRescue } from '../../contract/sync.ts'
import type { Actor } from '../../domain/permission.ts'
import { Problem, type ProblemName } from '../../domain/problem.ts'
import { changeDevice, lockDevice, waitingColumns, type StoredDevice } from '../queries/devices.ts'
import {
  areasOfHouseholds,
  knownUnfiled,
  markRecorded,
  putUnfiled,
  type NewUnfiled,
  type StoredUnfiled,
} from '../queries/unfiled.ts'
import { areaOfDevice, dataKeyOf, isSecretOf } from './devices.ts'
import { keyOf } from './household-change.ts'
import {
  openItem,
  recordItems,
  refOf,
  type Candidates,
  type Fate,
  type ItemContext,
  type OpenedItem,
} from './phone-items.ts'
import { authorOf, digestOfContent, fileFollowers, sealContent, type Filed, type StoredCandidate } from './unfiled.ts'

export type Taken = OutputOf<typeof syncPush> & { filed: Filed[] }

/**
 * Takes items of one's own phone, or of one that somebody carries.
 *
 * @throws Problem deviceUnknown; deviceRevoked for one's own, which is to rescue what it has and wipe itself
 */
export async function pushItems(context: ItemContext, input: InputOf<typeof syncPush>): Promise<Taken> {
  const { tx, actor, now } = context
  const device = await lockDevice(tx, input.deviceId)
  if (!device) throw new Problem('deviceUnknown')
  const isOwn = device.account_id === actor.userId
  if (isOwn && device.state !== 'active') throw new Problem('deviceRevoked')
  const author = isOwn ? actor : await authorOf(context, device.account_id)
  const taken = await takeItems(context, { device, author, isOwn, ...input })
  if (isOwn)
    await changeDevice(tx, device.id, {
      last_seen_at: now,
      protocol: input.protocol,
      ...(input.waiting ? waitingColumns(input.waiting) : {}),
    })
  await context.audit({ action: 'sync.push', ...subjectOf(device), detail: detailOf(taken, isOwn ? null : device) })
  return { outcomes: taken.outcomes, serverTime: now.toISOString(), filed: taken.filed }
}

/** Takes the items of a phone that has no session any more and proves by its secret that it is the one. @throws Problem deviceUnknown */
export async function rescueItems(context: ItemContext, input: InputOf<typeof syncRescue>): Promise<Taken> {
  const { tx, now } = context
  const device = await lockDevice(tx, input.deviceId)
  if (!device || !isSecretOf(device, input.secret)) throw new Problem('deviceUnknown')
  const author = await authorOf(context, device.account_id)
  const taken = await takeItems(context, { device, author, isOwn: false, ...input })
  await changeDevice(tx, device.id, { last_seen_at: now })
  const detail = { ...detailOf(taken, null), state: device.state }
  await context.audit({ action: 'sync.rescue', actorId: device.account_id, ...subjectOf(device), detail })
  return { outcomes: taken.outcomes, serverTime: now.toISOString(), filed: taken.filed }
}

function subjectOf(device: StoredDevice) {
  return { subjectKind: 'device', subjectId: device.id, areaCode: areaOfDevice(device) }
}

function detailOf(
  { outcomes, filed }: { outcomes: readonly ItemOutcome[]; filed: readonly Filed[] },
  carried: StoredDevice | null,
) {
  const ids = (outcome: ItemOutcome['outcome']) =>
    outcomes.flatMap((one) => (one.outcome === outcome ? [one.itemId] : []))
  return {
    recorded: ids('recorded'),
    again: ids('alreadyThere').length,
    unfiled: ids('unfiled'),
    unreadable: ids('unreadable').length,
    followed: filed.length - ids('recorded').length - ids('alreadyThere').length,
    ...(carried ? { collected: true, author: carried.account_id } : {}),
  }
}

interface Message {
  device: StoredDevice
  author: Actor
  /** The author sends it: only they are told what their items are compared with. */
  isOwn: boolean
  protocol: number
  items: InputOf<typeof syncPush>['items']
}

async function takeItems(
  context: ItemContext,
  { device, author, isOwn, protocol, items }: Message,
): Promise<{ outcomes: ItemOutcome[]; filed: Filed[] }> {
  const { secrets } = context
  const dataKey = dataKeyOf(secrets, device)
  const opened = items.map((sealed) => openItem(dataKey, device.id, sealed, protocol))
  const readable = opened.filter((one) => one !== null)
  const known = await knownBefore(context, device, author, readable)
  const decided = new Map(readable.flatMap((one) => decidedBefore(context, one, known.get(one.itemId))))
  const fates = new Map<OpenedItem, Fate | Decided>([
    ...decided,
    ...(await recordItems(
      context,
      author,
      readable.filter((one) => !decided.has(one)),
    )),
  ])
  const filed = await settle(context, { device, author, protocol, fates, known })
  const outcomes = items.map(({ itemId }, index) => {
    const one = opened[index]
    return one ? outcomeOf(itemId, fates.get(one)!, isOwn) : { itemId, outcome: 'unreadable' as const }
  })
  return { outcomes, filed }
}

/** What the district decided of this very content, and its author is told. */
interface Decided {
  fate: 'decided'
  row: StoredUnfiled
}

function knownBefore(
  { tx }: ItemContext,
  device: StoredDevice,
  author: Actor,
  items: readonly OpenedItem[],
): Promise<Map<string, StoredUnfiled>> {
  const named = items.flatMap(({ household }) => (household ? [Number(household.province)] : []))
  const provinces = [...new Set([device.province_code, ...named])]
  return knownUnfiled(
    tx,
    author.userId,
    provinces,
    items.map(({ itemId }) => itemId),
  )
}

function decidedBefore(
  { secrets }: ItemContext,
  opened: OpenedItem,
  row: StoredUnfiled | undefined,
): [OpenedItem, Fate | Decided][] {
  if (!row || row.state === 'waiting') return []
  // An older server could not see through a compressed one, and kept it as it came.
  const isSame = [opened.bytes, opened.sealed].some((bytes) => digestOfContent(secrets, bytes).equals(row.digest))
  if (!isSame) return []
  if (row.state === 'setAside') return [[opened, { fate: 'decided', row }]]
  const household = { provinceCode: row.province_code, id: row.recorded_household! }
  const recordedAt = row.decided_at!.toISOString()
  return [[opened, { fate: 'kept', outcome: 'alreadyThere', household, recordedAt }]]
}

/** Keeps what was refused, takes note of what is recorded now, and files what waited for a household that came in. */
async function settle(
  context: ItemContext,
  given: {
    device: StoredDevice
    author: Actor
    protocol: number
    fates: ReadonlyMap<OpenedItem, Fate | Decided>
    known: ReadonlyMap<string, StoredUnfiled>
  },
): Promise<Filed[]> {
  const { tx, now } = context
  // The same id may come twice in one message: what was said last of it counts.
  const last = new Map([...given.fates].map(([opened, fate]) => [opened.itemId, { opened, fate }]))
  const refused = [...last.values()].flatMap(({ opened, fate }) => (fate.fate === 'refused' ? [{ opened, fate }] : []))
  await putUnfiled(tx, await unfiledRows(context, given, refused))
  const filed: Filed[] = []
  const recorded = []
  for (const [opened, fate] of given.fates) {
    if (fate.fate !== 'kept' || !opened.item) continue
    const { household } = fate
    const row = last.get(opened.itemId)!.fate === fate ? given.known.get(opened.itemId) : undefined
    if (row && row.state !== 'recorded')
      recorded.push({ provinceCode: row.province_code, id: row.id, householdId: household.id })
    filed.push({ named: keyOf(opened.item.household), household, item: opened.item, author: given.author })
  }
  await markRecorded(tx, recorded, now)
  const households = filed.filter(({ item }) => item.kind === 'household')
  return [...filed, ...(await fileFollowers(context, households))]
}

async function unfiledRows(
  { tx, now, secrets }: ItemContext,
  { device, author, protocol }: Pick<Message, 'device' | 'author' | 'protocol'>,
  refused: readonly { opened: OpenedItem; fate: Extract<Fate, { fate: 'refused' }> }[],
): Promise<NewUnfiled[]> {
  const places = new Map<number, Map<string, string>>()
  for (const province of new Set(
    refused.flatMap(({ opened }) => (opened.household ? [Number(opened.household.province)] : [])),
  )) {
    const ids = refused.flatMap(({ opened }) => (opened.household ? [opened.household.id] : []))
    places.set(province, await areasOfHouseholds(tx, province, ids))
  }
  return refused.map(({ opened, fate }): NewUnfiled => {
    const { item, household } = opened
    const area =
      (household && places.get(Number(household.province))?.get(household.id)) ??
      (item?.kind === 'household' ? item.draft.areaCode : null)
    return {
      // Where nobody knows the place that it names, it stands with the phone.
      province_code: area ? Number(area.slice(0, 2)) : device.province_code,
      area_code: area ?? areaOfDevice(device),
      id: opened.itemId,
      device_id: device.id,
      account_id: author.userId,
      kind: item?.kind ?? 'unknown',
      household_id: household?.id ?? null,
      saved_at: new Date(opened.savedAt),
      received_at: now,
      problem: fate.problem.problem,
      details: { ...fate.problem.details, ...candidateIds(fate.candidates) },
      content: sealContent(secrets, opened.itemId, opened.bytes),
      digest: digestOfContent(secrets, opened.bytes),
      protocol,
    }
  })
}

function candidateIds(candidates: Candidates): { candidates?: StoredCandidate[] } {
  if (candidates.length === 0) return {}
  return { candidates: candidates.map(({ household, score }) => ({ id: household.id, score })) }
}

function outcomeOf(itemId: string, fate: Fate | Decided, isOwn: boolean): ItemOutcome {
  if (fate.fate === 'kept')
    return { itemId, outcome: fate.outcome, household: refOf(fate.household), recordedAt: fate.recordedAt }
  if (fate.fate === 'decided') {
    const { problem, code } = new Problem(fate.row.problem as ProblemName)
    const details = { decision: 'setAside', reason: fate.row.reason }
    return { itemId, outcome: 'unfiled', problem, code, details: isOwn ? details : {} }
  }
  const { problem, code, details } = fate.problem
  const candidates = fate.candidates.length > 0 ? { candidates: fate.candidates } : {}
  return { itemId, outcome: 'unfiled', problem, code, details: isOwn ? { ...details, ...candidates } : {} }
}
