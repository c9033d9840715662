import { AsyncLocalStorage } from 'node:async_hooks'
import { sql, type DatabaseConnection, type Dialect } from 'kysely'
import type { Reach } from '../../domain/permission.ts'
import type { Database, Tx } from './database.ts'

/** The transaction around a call: the statements that open it, and whether they ran. */
const inside = new AsyncLocalStorage<{ opening: string; started: boolean }>()

/**
 * Who the transaction works for: a person behind the second wall, or the program itself; this may give up, with an error, when
 * another holds a row or a lock for longer than so many milliseconds.
 */
export type Wall = { reach: Reach } | 'program' | { program: { longestWaitMs: number } }

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
  const state = { opening: ['begin', ...openingOf(wall)].join('; '), started: false }
  return inside.run(state, async () => {
    try {
      return await database.kysely.transaction().execute(async (tx) => {
        state.started = true
        return work(tx)
      })
    } finally {
      // Streams and timers begun inside live on after it, and may then ask for connections of their own.
      state.started = false
    }
  })
}

function openingOf(wall: Wall): string[] {
  if (wall === 'program') return []
  return 'program' in wall
    ? [`set local lock_timeout = ${Math.ceil(wall.program.longestWaitMs)}`]
    : [raisingOf(wall.reach)]
}

/** Travels with `begin`, as text: a statement of its own would be one more way to the server and back for each request. */
function raisingOf(reach: Reach): string {
  const everywhere = reach.centreIds.length > 0
  const from = everywhere ? '' : (reach.areas[0] ?? '~')
  const last = everywhere ? '' : (reach.areas.at(-1) ?? '~')
  return `select set_config('role', 'kaejon_person', true), set_config('app.area_from', ${areaText(from)}, true),
    set_config('app.area_to', ${areaText(`${last}~`)}, true)`
}

function areaText(code: string): string {
  if (!/^\d*~*$/.test(code)) throw new Error('What bounds an area is made of digits')
  return `'${code}'`
}

export type SendStatements = (statements: string, connection: DatabaseConnection) => Promise<unknown>

/** A query was sent past the transaction that is open around it. */
export class OutsideTransaction extends Error {
  constructor() {
    super('Inside a transaction only tx may be used')
  }
}

/**
 * Makes a dialect open transactions with their wall raised, and refuse connections that are asked for from inside a running
 * one.
 *
 * @param send carries statements without parameters to the server, in one message
 */
export function guardTransactions(dialect: Dialect, send: SendStatements): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => {
      const driver = dialect.createDriver()
      const acquire = driver.acquireConnection.bind(driver)
      driver.acquireConnection = async (...args) => {
        if (inside.getStore()?.started) throw new OutsideTransaction()
        return acquire(...args)
      }
      driver.beginTransaction = async (connection) => {
        try {
          await send(inside.getStore()?.opening ?? 'begin', connection)
        } catch (error) {
          // It may have begun before it failed, and the connection is used again.
          await send('rollback', connection).catch(() => {})
          throw error
        }
      }
      return driver
    },
  }
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
