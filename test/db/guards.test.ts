/** The four guards of the embedded database, and the wall and nesting rules that both engines keep. */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../src/server/db/connect.ts'
import { EmbeddedClient } from '../../src/server/db/embedded/driver.ts'
import { DatabaseRefused } from '../../src/server/db/database.ts'
import { migrate, migrateAndTell } from '../../src/server/db/migrate.ts'
import { inTransaction, OutsideTransaction } from '../../src/server/db/transaction.ts'
import { newId } from '../../src/server/ids.ts'
import { createWorld, engine, type World } from '../_world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

describe.runIf(engine === 'embedded')('the embedded database', () => {
  it('brings each commit to the disk before it confirms it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaejon-sync-'))
    const client = await EmbeddedClient.open(join(folder, 'database'))
    await client.send('script', 'create table proof (number int)')
    const before = (await client.send('syncs')).affected!
    for (let number = 0; number < 20; number += 1) await client.send('query', 'insert into proof values ($1)', [number])
    expect((await client.send('syncs')).affected! - before).toBeGreaterThanOrEqual(20)
    await client.close()
    rmSync(folder, { recursive: true })
  })

  it('refuses a second process on the same folder, and lets the next one in after the first was killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaejon-lock-'))
    const script = `import('tsx/esm/api').then(async ({ register }) => { register()
      const { lockFolder } = await import(${JSON.stringify(new URL('../../src/server/db/embedded/folder-lock.ts', import.meta.url).href)})
      await lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000) })`
    const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => other.stdout.once('data', resolve))
    await expect(connect({ url: null, folder, poolSize: 1 })).rejects.toThrow(DatabaseRefused)
    await expect(connect({ url: null, folder, poolSize: 1 })).rejects.toThrow(/in use by another Kaejon process/)
    other.kill('SIGKILL')
    await new Promise((resolve) => other.once('exit', resolve))
    const database = await connect({ url: null, folder, poolSize: 1 })
    await database.close()
    rmSync(folder, { recursive: true })
  })

  it('closes its folder to other users', () => {
    expect(statSync(join(world.deps.config.database.folder, 'database')).mode & 0o077).toBe(0)
  })

  it('answers other work while a long query runs', async () => {
    let ticks = 0
    const timer = setInterval(() => (ticks += 1), 5)
    await sql`select count(*) from generate_series(1, 3000000)`.execute(world.database.kysely)
    clearInterval(timer)
    // A query on this thread would let one through before it and one after it, however long it takes.
    expect(ticks).toBeGreaterThan(2)
  })

  it('tidies up: the planner knows how many rows there are', async () => {
    await sql`create table heap as select generate_series(1, 5000) as number`.execute(world.database.kysely)
    await world.database.tidy(['heap'])
    const { rows } = await sql<{ reltuples: number }>`select reltuples from pg_class where relname = 'heap'`.execute(
      world.database.kysely,
    )
    expect(rows[0]!.reltuples).toBe(5000)
    await sql`drop table heap`.execute(world.database.kysely)
  })
})

describe('a migration', () => {
  it('is applied once, and a database of a newer program is refused', async () => {
    expect((await migrate(world.database)).applied).toEqual([])
    await sql`insert into migration (name) values ('9999_future.sql')`.execute(world.database.kysely)
    await expect(migrate(world.database)).rejects.toThrow(/newer Kaejon.*9999_future/)
    await sql`delete from migration where name = '9999_future.sql'`.execute(world.database.kysely)
  })

  it('that fails leaves nothing behind, and an older database is brought up to date and says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaejon-migrations-'))
    cpSync(join(import.meta.dirname, '../../migrations'), folder, { recursive: true })
    writeFileSync(join(folder, '9000_broken.sql'), 'create table half_done (id int); select no_such_function();')
    await expect(migrate(world.database, folder)).rejects.toThrow()
    const { rows } = await sql<{
      count: number
    }>`select count(*) as count from pg_tables where tablename = 'half_done'`.execute(world.database.kysely)
    expect(rows[0]!.count).toBe(0)
    writeFileSync(join(folder, '9000_broken.sql'), 'create table whole (id int);')
    const told: string[] = []
    await migrateAndTell(world.database, (line) => void told.push(line), folder)
    expect(told).toEqual([expect.stringMatching(/ปรับฐานข้อมูล.*brought up to date: 9000_broken\n$/)])
    await migrateAndTell(world.database, (line) => void told.push(line), folder)
    expect(told).toHaveLength(1)
    await sql`drop table whole`.execute(world.database.kysely)
    await sql`delete from migration where name = '9000_broken.sql'`.execute(world.database.kysely)
    rmSync(folder, { recursive: true })
  })
})

describe('a transaction', () => {
  it('refuses a query that goes past it, at once instead of hanging', async () => {
    const attempt = inTransaction(world.database, 'program', async () => {
      await sql`select 1`.execute(world.database.kysely)
    })
    await expect(attempt).rejects.toThrow(OutsideTransaction)
  })

  it('stores nothing when it fails half-way', async () => {
    const attempt = inTransaction(world.database, 'program', async (tx) => {
      await sql`insert into setting (key, value) values ('half', '1')`.execute(tx)
      throw new Error('stop')
    })
    await expect(attempt).rejects.toThrow('stop')
    const { rows } = await sql`select 1 from setting where key = 'half'`.execute(world.database.kysely)
    expect(rows).toHaveLength(0)
  })

  it('shows a person only the households inside the hull of their areas, whatever the query asks', async () => {
    for (const areaCode of ['31010101', '31020101', '32010101']) await insertHousehold(areaCode)
    const seen = await inTransaction(world.database, { reach: { areas: ['3101'], centreIds: [] } }, (tx) =>
      sql<{ area_code: string }>`select area_code from household`.execute(tx),
    )
    expect(seen.rows.map((row) => row.area_code)).toEqual(['31010101'])
    const nowhere = await inTransaction(world.database, { reach: { areas: [], centreIds: [] } }, (tx) =>
      sql`select 1 from household`.execute(tx),
    )
    expect(nowhere.rows).toHaveLength(0)
    const blocked = inTransaction(world.database, { reach: { areas: ['3101'], centreIds: [] } }, (tx) =>
      sql`update household set area_code = '32010102' where area_code = '31010101'`.execute(tx),
    )
    await expect(blocked).rejects.toThrow(/row-level security/)
  })

  it('lets nobody change or remove what the audit says', async () => {
    const reach = { reach: { areas: [''], centreIds: [] } }
    for (const statement of ['delete from audit_entry', "update audit_entry set action = 'nothing'"]) {
      await expect(inTransaction(world.database, reach, (tx) => sql.raw(statement).execute(tx))).rejects.toThrow(
        /permission denied/,
      )
    }
  })
})

async function insertHousehold(areaCode: string): Promise<void> {
  await world.database.kysely
    .insertInto('household')
    .values({
      province_code: Number(areaCode.slice(0, 2)),
      id: newId(),
      area_code: areaCode,
      as_of: '2022-09-30',
      created_at: new Date(),
      updated_at: new Date(),
    })
    .execute()
}
