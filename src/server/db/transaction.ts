import { AsyncLocalStorage } from 'node:async_hooks'
import { sql, type Dialect, type Driver } from 'kysely'
import type { Reach } from '../../domain/permission.ts'
import type { Database, Tx } from './database.ts'

const inside = new AsyncLocalStorage<{ started: boolean }>()

/** Who the transaction works for: a person behind the second wall, or the program itself. */
export type Wall = { reach: Reach } | 'program'

/**
 * Runs `work` in one transaction: all of it is stored, or nothing.
 *
 * For a person, the database itself then hides every household outside the hull of that person's areas (row-level
 * security in range form): a second wall behind the permission table. People who reach households through a centre
 * that cuts across areas are held by the first wall only, since a hull cannot express them.
 *
 * Inside, only `tx` may be used: any other query would wait for the connection that this transaction holds, so it is
 * refused at once.
 */
export function inTransaction<Result>(
  database: Database,
  wall: Wall,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const state = { started: false }
  return inside.run(state, async () => {
    try {
      return await database.kysely.transaction().execute(async (tx) => {
        state.started = true
        if (wall !== 'program') await raiseWall(tx, wall.reach)
        return work(tx)
      })
    } finally {
      // Streams and timers begun inside live on after it, and may then ask for connections of their own.
      state.started = false
    }
  })
}

async function raiseWall(tx: Tx, reach: Reach): Promise<void> {
  const everywhere = reach.centreIds.length > 0
  const from = everywhere ? '' : (reach.areas[0] ?? '~')
  const last = everywhere ? '' : (reach.areas.at(-1) ?? '~')
  await sql`select set_config('role', 'kaejon_person', true), set_config('app.area_from', ${from}, true),
    set_config('app.area_to', ${`${last}~`}, true)`.execute(tx)
}

/** A query was sent past the transaction that is open around it. */
export class OutsideTransaction extends Error {
  constructor() {
    super('Inside a transaction only tx may be used')
  }
}

/** Makes a dialect refuse connections that are asked for from inside a running transaction. */
export function guardNesting(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => guardDriver(dialect.createDriver()),
  }
}

function guardDriver(driver: Driver): Driver {
  const acquire = driver.acquireConnection.bind(driver)
  driver.acquireConnection = async (...args) => {
    if (inside.getStore()?.started) throw new OutsideTransaction()
    return acquire(...args)
  }
  return driver
}

/**
 * Runs a part of a transaction that may fail without the rest: what it wrote is taken back, and the error is the
 * caller's. One at a time.
 */
export async function inSavepoint<Result>(tx: Tx, work: () => Promise<Result>): Promise<Result> {
  await sql`savepoint part`.execute(tx)
  try {
    const result = await work()
    await sql`release savepoint part`.execute(tx)
    return result
  } catch (error) {
    await sql`rollback to savepoint part`.execute(tx)
    await sql`release savepoint part`.execute(tx)
    throw error
  }
}
