/**
 * Entries of the logbook per second through a real socket and the whole HTTP door, each with its case, its ledger and its
 * audit row, durable when it is answered: one client and sixteen, on both databases. Beside it the bare limit: single
 * rows of the same size, each committed by itself, over as many connections.
 */
import { request, Agent } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { sql } from 'kysely'
import pg from 'pg'
import { logbookRecord } from '../../src/contract/logbook.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import { createRandom } from '../../src/practice/random.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { createApp } from '../../src/server/http/app.ts'
import { endpoints } from '../../src/server/http/endpoints.ts'
import { newId } from '../../src/server/ids.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { createRegistry, isQuick, percentile, print, wanted, type BenchRegistry } from './_common.ts'
import { fillRegistry } from './_registry.ts'

const size = isQuick ? 2000 : 20_000
const cases = [
  { engine: 'embedded', size, entries: isQuick ? 400 : 4000 } as const,
  { engine: 'postgres', size, entries: isQuick ? 1000 : 20_000 } as const,
]

for (const { engine, entries } of cases.filter(wanted)) {
  const registry = await createRegistry(engine)
  await fillRegistry(registry.deps.database, size, '31')
  const door = await openDoor(registry)
  const next = await storyteller(registry)
  await timed(1, 300, () => door.record(next()))
  for (const clients of [1, 16]) {
    const count = clients === 1 ? Math.ceil(entries / 4) : entries
    const limit = await rawCommits(registry, clients, count)
    const { perSecond, milliseconds } = await timed(clients, count, () => door.record(next()))
    const report = (name: string, figure: number, unit: string, raw: number | null) =>
      print({ bench: 'logbook', case: `${name}, ${clients} clients`, engine, size, figure, unit, limit: raw })
    report('entries', perSecond, '/s', limit.perSecond)
    report('p50', percentile(milliseconds, 0.5), 'ms', percentile(limit.milliseconds, 0.5))
    report('p95', percentile(milliseconds, 0.95), 'ms', percentile(limit.milliseconds, 0.95))
  }
  await checkSome(registry)
  await door.close()
  await registry.close()
}

interface Timed {
  perSecond: number
  milliseconds: number[]
}

/** So many clients, each asking again as soon as it was answered. */
async function timed(clients: number, count: number, work: (client: number) => Promise<unknown>): Promise<Timed> {
  const milliseconds: number[] = []
  let left = count
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (left-- > 0) {
        const askedAt = performance.now()
        await work(client)
        milliseconds.push(performance.now() - askedAt)
      }
    }),
  )
  return { perSecond: count / ((performance.now() - startedAt) / 1000), milliseconds }
}

interface Told {
  id: string
  entry: EntryDraft
}

/** A real server on loopback, and a client that keeps its connections, in the same process. */
async function openDoor(registry: BenchRegistry) {
  const grant = { role: 'province', areas: ['31'], centreId: null, teamId: null, agencyId: null } as const
  const actor: Actor = { userId: registry.accountId, name: 'bench', sessionId: '', grants: [grant], secondFactor: true }
  registry.deps.auth.identify = async () => actor
  const app = createApp(registry.deps, endpoints, () => false)
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  return {
    record: ({ id, entry }: Told) =>
      new Promise<void>((resolve, reject) => {
        const path = logbookRecord.path.replace(':province', '31').replace(':id', id)
        const headers = { 'content-type': 'application/json' }
        const asked = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (answer) => {
          answer.resume()
          answer.on('end', () =>
            answer.statusCode === 200 ? resolve() : reject(new Error(`logbook.record answered ${answer.statusCode}`)),
          )
        })
        asked.on('error', reject)
        asked.end(JSON.stringify({ entry }))
      }),
    close: async () => {
      agent.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Households in turn, each with its story: an assessment, help, a result, and visits between and after. */
async function storyteller(registry: BenchRegistry): Promise<() => Told> {
  const random = createRandom('bench logbook', size)
  const rows = await registry.deps.database.kysely.selectFrom('household').select('id').orderBy('id').execute()
  const ids = random.shuffle(rows.map((row) => row.id)).slice(0, Math.ceil(size / 5))
  const problemOf = new Map<string, string>()
  let told = 0
  return () => {
    const id = ids[told % ids.length]!
    const chapter = Math.floor(told / ids.length)
    told += 1
    const happenedOn = `2023-${String(1 + (chapter % 9)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`
    const problemId = problemOf.get(id) ?? newId()
    problemOf.set(id, problemId)
    return { id, entry: { id: newId(), happenedOn, ...saying(chapter, problemId) } as EntryDraft }
  }
}

function saying(chapter: number, problemId: string): Pick<EntryDraft, 'kind' | 'content'> {
  const words = 'ครัวเรือนเล่าว่าหลังคารั่วมาตั้งแต่ปีก่อน ยังไม่มีเงินซ่อม ลูกเรียนอยู่ชั้นประถม'
  if (chapter === 0) {
    const problem = { id: problemId, dimension: 'living', indicator: null, memberId: null } as const
    return {
      kind: 'assessment',
      content: {
        problems: [{ ...problem, problem: 'หลังคารั่ว', need: 'ซ่อมหลังคา', solution: 'ขอ อบต. ช่วยซ่อม' }],
        noProblem: false,
        answers: Array.from({ length: 20 }, (_, index) => ({
          edition: 'bmn-2565' as const,
          number: 1 + index,
          memberId: null,
          answer: 'pass' as const,
        })),
        fourT: null,
        incomePerPerson: 36_000,
        path: null,
        stage: null,
        words,
      },
    }
  }
  if (chapter === 2) {
    const givers = [{ kind: 'agency' as const, name: 'อบต.' }]
    const rest = { memberId: null, item: null, source: 'local' as const, quantity: null, evidence: null, photos: [] }
    return {
      kind: 'assistance',
      content: { problemIds: [problemId], what: 'กระเบื้องและค่าแรง', givers, value: 12_000, ...rest },
    }
  }
  if (chapter === 4)
    return { kind: 'result', content: { results: [{ problemId, result: 'solved', words: 'หลังคาไม่รั่วแล้ว' }] } }
  const seen = 'พบทั้งครอบครัว บ้านสะอาด'
  const rest = { place: null, photos: [], skipped: null, nextOn: null }
  return { kind: 'visit', content: { met: [{ memberId: null, name: 'เจ้าบ้าน' }], seen, words, ...rest } }
}

/** Rows of an entry's size, each durable by itself, straight into the database. */
async function rawCommits(registry: BenchRegistry, clients: number, count: number): Promise<Timed> {
  const { kysely } = registry.deps.database
  await sql`create table if not exists raw_row (id uuid primary key, content text not null)`.execute(kysely)
  const content = JSON.stringify(saying(1, newId()))
  if (registry.url === null)
    return timed(1, count, () => sql`insert into raw_row values (${newId()}, ${content})`.execute(kysely))
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: registry.url! })
      await client.connect()
      return client
    }),
  )
  const result = await timed(clients, count, (client) =>
    connections[client]!.query({
      name: 'raw',
      text: 'insert into raw_row values ($1, $2)',
      values: [newId(), content],
    }),
  )
  await Promise.all(connections.map((client) => client.end()))
  return result
}

/** A figure of something that is stored wrongly is no figure. */
async function checkSome(registry: BenchRegistry): Promise<void> {
  const { differences } = await recount(registry.deps.database.kysely)
  // The households were filled past the doors, so those that nothing was recorded of are not in the ledger.
  const wrong = differences.filter(({ kind }) => kind === 'case' || kind === 'entryPlace')
  if (wrong.length > 0) throw new Error(`the recount finds ${wrong.length} cases that are stored wrongly`)
}
