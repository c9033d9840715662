/**
 * Entries of the logbook per second through a real socket and the whole HTTP door, each with its case, its ledger and its
 * audit row, durable when it is answered: one client and sixteen, on both databases. Beside it the bare limit: single
 * rows of the same size, each committed by itself, over as many connections.
 */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { sql } from 'kysely'
import pg from 'pg'
import { createRandom } from '../../src/practice/random.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { createApp } from '../../src/server/http/app.ts'
import { endpoints } from '../../src/server/http/endpoints.ts'
import { newId } from '../../src/server/ids.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { startThread } from '../../src/server/thread.ts'
import { createRegistry, isQuick, percentile, print, wanted, type BenchRegistry } from './_common.ts'
import type { Clients, Timed, Work } from './_logbook-clients.ts'
import { fillRegistry } from './_registry.ts'
import { saying } from './_told.ts'

const size = isQuick ? 2000 : 20_000
const cases = [
  { engine: 'embedded', size, entries: isQuick ? 400 : 4000 } as const,
  { engine: 'postgres', size, entries: isQuick ? 1000 : 20_000 } as const,
]

for (const { engine, entries } of cases.filter(wanted)) {
  const registry = await createRegistry(engine)
  await fillRegistry(registry.deps.database, size, '31')
  const door = await openDoor(registry)
  await door.record(4, 300)
  for (const clients of [1, 16]) {
    const count = clients === 1 ? Math.ceil(entries / 4) : entries
    const limit = await rawCommits(registry, clients, count)
    const { perSecond, milliseconds } = await door.record(clients, count)
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

/** A real server on loopback, and clients in a thread of their own. */
async function openDoor(registry: BenchRegistry) {
  const grant = { role: 'province', areas: ['31'], centreId: null, teamId: null, agencyId: null } as const
  const actor: Actor = { userId: registry.accountId, name: 'bench', sessionId: '', grants: [grant], secondFactor: true }
  registry.deps.auth.identify = async () => actor
  const app = createApp(registry.deps, endpoints, () => false)
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const rows = await registry.deps.database.kysely.selectFrom('household').select('id').orderBy('id').execute()
  const random = createRandom('bench logbook', size)
  const ids = random.shuffle(rows.map((row) => row.id)).slice(0, Math.ceil(size / 5))
  const thread = startThread(new URL('./_logbook-clients.ts', import.meta.url), { port, ids } satisfies Clients)
  return {
    record: async (clients: number, count: number): Promise<Timed> => {
      thread.postMessage({ clients, count } satisfies Work)
      const answered = once(thread, 'message') as Promise<[Timed]>
      const failed = once(thread, 'error').then(([error]) => Promise.reject(error as Error))
      return (await Promise.race([answered, failed]))[0]
    },
    close: async () => {
      await thread.terminate()
      server.close()
    },
  }
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
