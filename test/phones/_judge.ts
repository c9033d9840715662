/** What must be true at the end of a history: nothing lost, nothing doubled, every phone holds what the server gives. */
import type { HouseholdRef } from '../../src/contract/households.ts'
import { syncHouseholds, syncProtocol, syncPull, type PhoneItem } from '../../src/contract/sync.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import type { Phone } from '../../src/web/offline/phone.ts'
import type { World } from '../_world.ts'
import type { Fault } from './_faults.ts'
import type { Browser, Program } from './_simulated.ts'
import type { Fate } from './_steps.ts'

export interface Registry {
  world: World
  desk: Actor
  /** Subdistricts, one for each history in turn. */
  subdistricts: string[]
  lived: number
  /** How often what happened: a history in which nothing happens proves nothing. */
  seen: Record<string, number>
  /** Rejects for whoever is being served when the server stops. */
  down: Promise<never>
  restart(): Promise<void>
}

export interface Saved {
  by: Carrier
  itemId: string
  /** What was said last under this id; several where the program was killed before it heard that the last was stored. */
  said: PhoneItem[]
  /** False while nobody knows whether it was stored. */
  isSure: boolean
}

export interface Carrier {
  name: string
  actor: Actor
  browser: Browser
  program: Program
  phone: Phone
  isSignedIn: boolean
  /** Whether its server announces what it understands: it then compresses what it saves. */
  hearsProtocol: boolean
  /** The clock of the phone minus the true one. */
  offsetMs: number
  line: Fate[]
  wasRevoked: boolean
  /** Revoked, it asked for its photographs to be taken and had no session: only then may they be gone. */
  wasRefusedPhotos: boolean
  /** Of items that are surely stored. */
  photos: string[]
}

export interface Life {
  registry: Registry
  fault: Fault
  now: number
  villages: string[]
  carriers: Carrier[]
  refs: HouseholdRef[]
  saved: Map<string, Saved>
  late: (() => Promise<unknown>)[]
  merges: { kept: HouseholdRef; mergeId: string }[]
  isRestarting: Promise<void> | null
  /** The server's clock is the true one. */
  tell(): void
}

/** When everybody synced on a good line. @throws with everything that is wrong */
export async function judge(life: Life): Promise<void> {
  const { world } = life.registry
  const wrong: unknown[] = []
  const ids = life.carriers.map(({ actor }) => actor.userId)
  const entries = await world.database.kysely.selectFrom('entry').selectAll().where('account_id', 'in', ids).execute()
  const photos = await storedPhotos(life)
  for (const { name, photos: ids, wasRefusedPhotos } of life.carriers)
    for (const id of ids) if (!photos.has(id) && !wasRefusedPhotos) wrong.push([name, 'lost the photograph', id])
  const entryById = new Map(entries.map((entry) => [entry.id, entry]))
  if (entryById.size !== entries.length) wrong.push('an entry stands twice')
  const unfiled = new Map((await unfiledRows(life)).map((row) => [row.id, row]))
  const households = await world.database.kysely
    .selectFrom('household')
    .select('id')
    .where('id', 'in', [newId(), ...life.saved.keys()])
    .execute()
  const householdIds = new Set(households.map(({ id }) => id))
  for (const { itemId, said, isSure, by } of life.saved.values()) {
    const entry = entryById.get(itemId)
    const row = unfiled.get(itemId)
    const isFiled = entry !== undefined || householdIds.has(itemId)
    const isKept = row !== undefined && row.state !== 'recorded'
    const item = said.at(-1)!
    if (!isFiled && !row && isSure) wrong.push(['lost', by.name, item])
    if (isFiled && isKept && row.problem !== 'sameIdOtherContent') wrong.push(['recorded and unfiled', itemId, row])
    if (entry && row === undefined && !said.some((one) => one.kind === 'entry' && sameContent(one.entry, entry)))
      wrong.push(['recorded otherwise than said', item, entry.content])
  }
  for (const { id, kind } of entries) if (!life.saved.has(id)) wrong.push(['recorded, and nobody said it', id, kind])
  for (const id of unfiled.keys()) if (!life.saved.has(id)) wrong.push(['unfiled, and nobody said it', id])
  for (const carrier of life.carriers) wrong.push(...(await judgePhone(life, carrier, unfiled)))
  wrong.push(...(await divergences(life)))
  const see = (what: string, count = 1) => void (life.registry.seen[what] = (life.registry.seen[what] ?? 0) + count)
  see('saved', life.saved.size)
  see('notSureWhetherSaved', [...life.saved.values()].filter(({ isSure }) => !isSure).length)
  see('recorded', entries.length)
  for (const { state, problem } of unfiled.values()) see(`${state} ${problem}`)
  see('found', householdIds.size)
  see('photos', photos.size)
  for (const { wasRevoked, wasRefusedPhotos } of life.carriers) {
    if (wasRevoked) see('revoked')
    if (wasRefusedPhotos) see('refusedPhotos')
  }
  if (wrong.length > 0) throw new Error(`after this history:\n${wrong.map((one) => JSON.stringify(one)).join('\n')}`)
}

/** Filed, or held until their households are decided. */
async function storedPhotos(life: Life): Promise<Set<string>> {
  const { kysely } = life.registry.world.database
  const ids = [newId(), ...life.carriers.flatMap((carrier) => carrier.photos)]
  const filed = await kysely.selectFrom('photo').select('id').where('id', 'in', ids).execute()
  const held = await kysely
    .selectFrom('sealed_photo')
    .select('photo_id as id')
    .where('photo_id', 'in', ids)
    .where('completed_at', 'is not', null)
    .execute()
  return new Set([...filed, ...held].map(({ id }) => id))
}

function sameContent(said: EntryDraft, stored: { kind: string; happened_on: string; content: unknown }): boolean {
  return (
    said.kind === stored.kind &&
    sorted(said.content) === sorted(stored.content) &&
    said.happenedOn === stored.happened_on
  )
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

async function judgePhone(
  life: Life,
  carrier: Carrier,
  unfiled: ReadonlyMap<string, { state: string }>,
): Promise<unknown[]> {
  const { name, phone } = carrier
  const wrong: unknown[] = []
  const { state, waiting, trouble, toFetch, carried, unreadable } = phone.status()
  const isClockRight = carrier.offsetMs === 0
  if (state !== 'open') return [[name, state]]
  if (waiting.items + waiting.photos + carried.items + carried.photos + toFetch + unreadable > 0)
    wrong.push([name, 'still', phone.status()])
  if (trouble !== null && !(trouble === 'clock' && !isClockRight)) wrong.push([name, 'trouble', trouble])
  for (const view of await phone.outbox()) {
    const row = unfiled.get(view.itemId)
    const isKept = row !== undefined && row.state !== 'recorded'
    if (view.state === 'unfiled' ? !isKept : isKept) wrong.push([name, view.state, 'but on the server', row ?? 'filed'])
  }
  const own = new Map(
    (await phone.households()).map(({ waiting: _w, doneHere: _d, keptBecause, ...copy }) => [
      copy.id,
      { copy, keptBecause },
    ]),
  )
  const theirs = await asked(life, carrier)
  for (const [id, household] of theirs)
    if (sorted(own.get(id)?.copy ?? null) !== sorted(household))
      wrong.push([name, 'holds another copy', own.get(id)?.copy, household])
  for (const id of own.keys()) if (!theirs.has(id)) wrong.push([name, 'still holds', id])
  return wrong
}

/** What the server gives to this phone now. */
async function asked(life: Life, carrier: Carrier): Promise<Map<string, unknown>> {
  const { world } = life.registry
  const { deviceId, areas, province } = carrier.phone.status()
  const holding = { protocol: syncProtocol, deviceId, province, areas }
  const waiting = { items: 0, photos: 0, since: null }
  const deviceTime = new Date(life.now).toISOString()
  const pull = await world.ask(carrier.actor, syncPull, { ...holding, cursor: null, held: null, waiting, deviceTime })
  if (pull.problem !== null) throw new Error(`sync.pull: ${pull.problem}`)
  const ids = pull.output.present ?? []
  if (ids.length === 0) return new Map()
  const answer = await world.ask(carrier.actor, syncHouseholds, { ...holding, ids })
  return new Map(answer.output.households.map((household) => [household.id, household]))
}

/** Phones of people with the same reach and the same areas hold the same. */
async function divergences(life: Life): Promise<unknown[]> {
  const held = new Map<string, string>()
  const wrong: unknown[] = []
  for (const { phone, actor, name } of life.carriers) {
    const key = sorted([phone.status().areas, actor.grants])
    const copies = sorted(
      (await phone.households())
        .map(({ waiting: _w, doneHere: _d, ...copy }) => copy)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    )
    if ((held.get(key) ?? copies) !== copies) wrong.push([name, 'holds otherwise than another phone of the same areas'])
    held.set(key, copies)
  }
  return wrong
}

export async function unfiledRows(life: Life) {
  const ids = life.carriers.map(({ actor }) => actor.userId)
  return life.registry.world.database.kysely
    .selectFrom('unfiled_item')
    .select(['id', 'kind', 'state', 'problem', 'account_id'])
    .where('account_id', 'in', ids)
    .orderBy('id')
    .execute()
}
