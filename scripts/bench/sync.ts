/**
 * The field app against one server, over real sockets and the whole HTTP door: the first download of 100 households with a
 * year of visits (bytes as they travel and as they are read, and how long), and 1,000 phones that push and pull a day's
 * work at the same moment. Beside the download the bare limit: the same rows by one statement, without a door.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { sql } from 'kysely'
import { deviceRegister } from '../../src/contract/devices.ts'
import { logbookRecordMany, mostEntriesAtOnce } from '../../src/contract/logbook.ts'
import { syncEstimate } from '../../src/contract/sync.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { createApp } from '../../src/server/http/app.ts'
import { endpoints } from '../../src/server/http/endpoints.ts'
import { newId } from '../../src/server/ids.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { startThread } from '../../src/server/thread.ts'
import { fillVillages, timeChoosing } from './_choosing.ts'
import { createRegistry, isQuick, percentile, print, time, wanted, type BenchRegistry } from './_common.ts'
import { fillRegistry } from './_registry.ts'
import type { BenchPhone, PhoneClients, PhoneWork, Told } from './_sync-clients.ts'
import { saying } from './_told.ts'

const cases = [
  { engine: 'embedded', size: isQuick ? 1000 : 5000, phones: isQuick ? 20 : 100 } as const,
  { engine: 'postgres', size: isQuick ? 2000 : 25_000, phones: isQuick ? 100 : 1000 } as const,
]
/** Households of the first download, members of each, and entries: an assessment, help, a result, and a visit a month. */
const downloaded = 100
const membersEach = 4
const entriesEach = 15
/** Visits that a mentor makes in a day. */
const itemsEach = 8

for (const { engine, size, phones } of cases.filter(wanted)) {
  const registry = await createRegistry(engine)
  await fillRegistry(registry.deps.database, size, '31')
  const door = await openDoor(registry)
  const report = (name: string, figure: number, unit: string, limit: number | null = null) =>
    print({ bench: 'sync', case: name, engine, size, figure, unit, limit })

  const holding = await tellStories(registry, door)
  const first = await givePhones(registry, door, [holding])
  const limit = percentile(await time(5, () => rawRead(registry, holding.areas)), 0.5)
  await first.work({ kind: 'download', phones: 1, atOnce: 1, items: 0 })
  const downloads = []
  for (let run = 0; run < 5; run += 1)
    downloads.push(await first.work({ kind: 'download', phones: 1, atOnce: 1, items: 0 }))
  const { wire, raw, households } = downloads[0]!
  const whole = percentile(
    downloads.flatMap((one) => one.whole),
    0.5,
  )
  report('first download, households', households[0]!, 'households')
  report('first download, on the wire', wire[0]! / 1000, 'kB')
  report('first download, uncompressed', raw[0]! / 1000, 'kB')
  report('first download, time', whole, 'ms', limit)
  report('first download, as estimated before', (await estimated(door, holding)) / 1000, 'kB')
  await first.close()

  const villages = await fillVillages(registry)
  const choosing = await timeChoosing((method, path, input) => asked(door, 'bench', path, input, method))
  report(`choosing among ${villages} villages, a level, p95`, percentile(choosing.level, 0.95), 'ms')
  report(`choosing among ${villages} villages, a common name, p95`, percentile(choosing.name, 0.95), 'ms')

  const many = await givePhones(registry, door, await groups(registry, phones))
  await many.work({ kind: 'download', phones, atOnce: 16, items: 0 })
  const day = await many.work({ kind: 'day', phones, atOnce: phones, items: itemsEach })
  const name = `${phones} phones at once`
  report(`${name}, everything`, day.seconds, 's')
  report(`${name}, entries`, (phones * itemsEach) / day.seconds, '/s')
  report(`${name}, whole sync p50`, percentile(day.whole, 0.5), 'ms')
  report(`${name}, whole sync p95`, percentile(day.whole, 0.95), 'ms')
  report(`${name}, push p95`, percentile(day.pushes, 0.95), 'ms')
  report(`${name}, pull p95`, percentile(day.pulls, 0.95), 'ms')
  report(`${name}, bytes each`, percentile(day.wire, 0.5) / 1000, 'kB')
  report(`${name}, errors`, day.errors, 'errors')
  const alone = await many.work({ kind: 'day', phones: Math.min(phones, 20), atOnce: 1, items: itemsEach })
  report('one phone at a time, whole sync p50', percentile(alone.whole, 0.5), 'ms')
  await many.close()
  await checkSome(registry)
  door.close()
  await registry.close()
}

interface Door {
  app: Hono
  port: number
  /** Lets a person in by a name in a header; what a session costs is measured elsewhere. */
  letIn(actor: Actor): void
  close(): void
}

interface Group {
  areas: string[]
}

async function openDoor(registry: BenchRegistry): Promise<Door> {
  const actors = new Map<string, Actor>()
  registry.deps.auth.identify = async (request) => actors.get(request.headers.get('x-bench-person') ?? '') ?? null
  const app = createApp(registry.deps, endpoints, () => false)
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const grant = { role: 'province', areas: ['31'], centreId: null, teamId: null, agencyId: null } as const
  actors.set('bench', { userId: registry.accountId, name: '', sessionId: '', grants: [grant], secondFactor: true })
  return { app, port, letIn: (actor) => void actors.set(actor.userId, actor), close: () => void server.close() }
}

async function asked(door: Door, person: string, path: string, input: unknown, method = 'POST'): Promise<never> {
  const headers = { 'content-type': 'application/json', 'x-bench-person': person }
  const body = method === 'GET' ? null : JSON.stringify(input)
  const answer = await door.app.request(path, { method, headers, body })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as never
}

/** Households with members and a year told through the door, in the subdistricts that hold the first hundred. */
async function tellStories(registry: BenchRegistry, door: Door): Promise<Group> {
  const { kysely } = registry.deps.database
  const rows = await kysely
    .selectFrom('household')
    .select(['id', 'area_code'])
    .orderBy('area_code')
    .limit(downloaded)
    .execute()
  const ids = rows.map(({ id }) => id)
  // Of the last subdistrict only those, so that exactly these are held.
  const areas = [...new Set(rows.map((row) => row.area_code.slice(0, 6)))]
  await sql`delete from listing where household_id in (select id from household where left(area_code, 6) = any(${areas}::text[])
    and not id = any(${ids}::uuid[]))`.execute(kysely)
  await sql`update household set state = 'withdrawn' where left(area_code, 6) = any(${areas}::text[]) and not id = any(${ids}::uuid[])`.execute(
    kysely,
  )
  for (let position = 2; position <= membersEach; position += 1)
    await sql`insert into member (province_code, id, household_id, area_code, position, title, first_name, last_name, name_key,
        relation, sex, birth_date, birth_precision, created_at, updated_at)
      select province_code, gen_random_uuid(), id, area_code, ${position}::int, 'นาง', 'สมาชิกคนที่ ' || ${position}::text,
        split_part(head_name, ' ', 2), 'สมาชิก', 'บุตร', 'female', '1990-01-01', 'year', now(), now()
      from household where id = any(${ids}::uuid[])`.execute(kysely)
  const problems = new Map(ids.map((id) => [id, newId()]))
  for (let chapter = 0; chapter < entriesEach; chapter += 1) {
    const happenedOn = `2023-${String(1 + Math.min(11, chapter)).padStart(2, '0')}-15`
    const entries = ids.map((id) => ({
      province: '31',
      id,
      entry: { id: newId(), happenedOn, ...saying(chapter, problems.get(id)!) },
    }))
    for (let from = 0; from < entries.length; from += mostEntriesAtOnce)
      await asked(door, 'bench', logbookRecordMany.path, { entries: entries.slice(from, from + mostEntriesAtOnce) })
  }
  await registry.deps.database.tidy()
  return { areas }
}

/** Villages in order, as many for each phone as give it its share of the households. */
async function groups(registry: BenchRegistry, count: number): Promise<Group[]> {
  const { rows } = await sql<{ area_code: string; households: number }>`
    select area_code, count(*)::int as households from household where state = 'active' and province_code = 31
    group by 1 order by 1`.execute(registry.deps.database.kysely)
  const share = rows.reduce((sum, row) => sum + row.households, 0) / count
  const found: Group[] = []
  let held = 0
  for (const row of rows) {
    const index = Math.min(count - 1, Math.floor(held / share))
    const group = (found[index] ??= { areas: [] })
    // More villages than a phone may name stay with nobody.
    if (group.areas.length < 60) group.areas.push(row.area_code)
    held += row.households
  }
  return found.filter(Boolean)
}

/** A person with a phone for each group, and a thread in which they all work. */
async function givePhones(registry: BenchRegistry, door: Door, holding: readonly Group[]) {
  const phones: BenchPhone[] = []
  for (const { areas } of holding) {
    const person = newId()
    const account = { id: person, name: 'พี่เลี้ยง', email: `${person}@example.invalid`, username: person }
    await registry.deps.database.kysely.insertInto('account').values(account).execute()
    const grant = { role: 'mentor', areas, centreId: null, teamId: null, agencyId: null } as const
    door.letIn({ userId: person, name: '', sessionId: '', grants: [grant], secondFactor: true })
    const [key, secret] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')]
    const phone = { id: newId(), name: 'เครื่อง', province: '31', areas, dataKey: key, secret }
    await asked(door, person, deviceRegister.path, { ...phone, appVersion: 'bench', protocol: 1 })
    phones.push({ id: phone.id, person, key, areas })
  }
  const clients: PhoneClients = { port: door.port, phones }
  const thread = startThread(new URL('./_sync-clients.ts', import.meta.url), clients)
  return {
    work: async (work: PhoneWork): Promise<Told> => {
      thread.postMessage(work)
      const answered = once(thread, 'message') as Promise<[Told]>
      const failed = once(thread, 'error').then(([error]) => Promise.reject(error as Error))
      return (await Promise.race([answered, failed]))[0]
    },
    close: () => thread.terminate(),
  }
}

async function estimated(door: Door, { areas }: Group): Promise<number> {
  const answer = await asked(door, 'bench', syncEstimate.path, { province: '31', areas })
  return (answer as { bytes: number }).bytes
}

/** The same households with members and entries, as rows, straight from the database. */
async function rawRead(registry: BenchRegistry, areas: readonly string[]): Promise<void> {
  await sql`select h.*, (select json_agg(m) from member m where m.province_code = h.province_code and m.household_id = h.id),
      (select json_agg(e) from entry e where e.province_code = h.province_code and e.household_id = h.id)
    from household h where left(h.area_code, 6) = any(${[...areas]}::text[]) and h.state = 'active'`.execute(
    registry.deps.database.kysely,
  )
}

/** A figure of something that is stored wrongly is no figure. */
async function checkSome(registry: BenchRegistry): Promise<void> {
  const { differences } = await recount(registry.deps.database.kysely)
  // The households were filled past the doors, so those that nothing was recorded of are not in the ledger.
  const wrong = differences.filter(({ kind }) => kind === 'case' || kind === 'entryPlace')
  if (wrong.length > 0) throw new Error(`the recount finds ${wrong.length} cases that are stored wrongly`)
}
