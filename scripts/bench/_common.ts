/** What the benchmarks share: fresh registries on both engines, timings, and the one line that each measurement prints. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { loadReference } from '../../src/server/actions/reference.ts'
import { createDeps } from '../../src/server/compose.ts'
import { readConfig } from '../../src/server/config.ts'
import { connect } from '../../src/server/db/connect.ts'
import { migrate } from '../../src/server/db/migrate.ts'
import type { Deps } from '../../src/server/deps.ts'
import { newId } from '../../src/server/ids.ts'

export interface Measurement {
  bench: string
  case: string
  engine: 'embedded' | 'postgres'
  /** Households. */
  size: number
  figure: number
  unit: string
  /** The raw limit measured in the same run, in the same unit; null where there is none. */
  limit: number | null
}

export function print(measurement: Measurement): void {
  const round = (value: number) => Number(value.toPrecision(4))
  const ratio = measurement.limit === null ? null : round(measurement.figure / measurement.limit)
  const line = {
    ...measurement,
    figure: round(measurement.figure),
    limit: measurement.limit === null ? null : round(measurement.limit),
    ratio,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

export interface BenchRegistry {
  deps: Deps
  accountId: string
  /** Address of the PostgreSQL database; null on the embedded engine. */
  url: string | null
  /** An earlier run filled it. */
  isFilled: boolean
  markFilled(): Promise<void>
  close(): Promise<void>
}

/**
 * An empty, migrated registry with its areas and centres. With `--keep` and PostgreSQL it is left behind, and found again
 * by the next run of the same size: what takes an hour to fill can be measured on a quiet machine.
 */
export async function createRegistry(engine: 'embedded' | 'postgres', kept?: string): Promise<BenchRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'kaejon-bench-'))
  const base = readConfig({
    KAEJON_DATA: folder,
    KAEJON_LOG_LEVEL: 'silent',
    KAEJON_KEYS: `1:${Buffer.alloc(32, 7).toString('base64')}`,
  })
  const isKept = kept !== undefined && engine === 'postgres' && process.argv.includes('--keep')
  const url = engine === 'postgres' ? await createDatabase(isKept ? kept : newId().replaceAll('-', '')) : null
  const config = { ...base, database: { url, folder, poolSize: 8 } }
  const database = await connect(config.database)
  await migrate(database)
  await loadReference(database, new Date())
  await database.kysely
    .insertInto('setting')
    .values({ key: 'practice', value: 'true' })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: 'true' }))
    .execute()
  const username = 'bench'
  await database.kysely
    .insertInto('account')
    .values({ id: newId(), name: username, email: 'bench@example.invalid', username })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { id: accountId } = await database.kysely
    .selectFrom('account')
    .select('id')
    .where('username', '=', username)
    .executeTakeFirstOrThrow()
  const filled = database.kysely.selectFrom('setting').where('key', '=', 'bench')
  const deps = await createDeps({ config, database, now: () => new Date() })
  return {
    deps,
    accountId,
    url,
    isFilled: (await filled.select('value').executeTakeFirst()) !== undefined,
    markFilled: async () => {
      await database.kysely.insertInto('setting').values({ key: 'bench', value: '"filled"' }).execute()
    },
    close: async () => {
      await deps.jobs.stop()
      await database.close()
      if (url !== null && !isKept) await dropDatabase(url)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function serverUrl(): string {
  const url = process.env['BENCH_POSTGRES_URL']
  if (!url) throw new Error('run by: npm run bench -- NAME')
  return url
}

async function createDatabase(suffix: string): Promise<string> {
  const name = `kaejon_bench_${suffix}`
  const admin = new pg.Client({ connectionString: serverUrl() })
  await admin.connect()
  const found = await admin.query('select 1 from pg_database where datname = $1', [name])
  if (found.rowCount === 0)
    await admin.query(
      `create database ${name} template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'`,
    )
  await admin.end()
  const address = new URL(serverUrl())
  address.pathname = `/${name}`
  return address.href
}

async function dropDatabase(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl() })
  await admin.connect()
  await admin.query(`drop database ${new URL(url).pathname.slice(1)} with (force)`)
  await admin.end()
}

/** Milliseconds that a share of the runs stayed under. */
export function percentile(milliseconds: readonly number[], share: number): number {
  const sorted = milliseconds.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export async function time(runs: number, work: (run: number) => Promise<unknown>): Promise<number[]> {
  const milliseconds: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const startedAt = performance.now()
    await work(run)
    milliseconds.push(performance.now() - startedAt)
  }
  return milliseconds
}

export const isQuick = process.argv.includes('--quick')

/** How often each question is asked. */
export const runs = Number(option('--runs') ?? 200)

/** `--size N` and `--engine NAME` leave out the other cases. */
export function wanted(one: { engine: string; size: number }): boolean {
  const size = option('--size')
  const engine = option('--engine')
  return (size === null || Number(size) === one.size) && (engine === null || engine === one.engine)
}

function option(name: string): string | null {
  const index = process.argv.indexOf(name)
  return index < 0 ? null : (process.argv[index + 1] ?? null)
}
