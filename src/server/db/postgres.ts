import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Database } from './database.ts'
import type { Tables } from './tables.ts'
import { guardTransactions, type SendStatements } from './transaction.ts'

const dateType = 1082
const bigintType = 20

/** A statement that begins with a comment of this form is planned once per connection and kept under that name. */
const kept = /^\s*\/\* ([a-z.]+) \*\//

/** Gives the statements that say so a name, so that the server plans them once: half of what a short write costs. */
class NamingClient extends pg.Client {
  override query(...given: unknown[]): never {
    const [text, values, ...rest] = given
    const name = typeof text === 'string' ? kept.exec(text)?.[1] : undefined
    const named = name === undefined ? given : [{ name, text, values }, ...rest]
    return super.query(...(named as [string])) as never
  }
}

/** Without parameters node-postgres speaks the simple protocol, which takes several statements at once. */
const sendStatements: SendStatements = (statements, connection) =>
  connection.executeQuery(CompiledQuery.raw(statements))

/** PostgreSQL by its address, with values that read the same as from the embedded engine: counts as numbers, days as text. */
export async function openPostgres(url: string, poolSize: number): Promise<Database> {
  const types = {
    getTypeParser: ((id: number, format?: 'text' | 'binary') => {
      if (id === bigintType) return Number
      if (id === dateType) return (text: string) => text
      return pg.types.getTypeParser(id, format as 'text')
    }) as typeof pg.types.getTypeParser,
  }
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types,
    options: '-c TimeZone=UTC -c search_path=public',
    Client: NamingClient,
  })
  // A connection that the server closes while idle must not end the process: the next query gets a new one.
  pool.on('error', () => {})
  const kysely = new Kysely<Tables>({ dialect: guardTransactions(new PostgresDialect({ pool }), sendStatements) })
  return {
    engine: 'postgres',
    kysely,
    tidy: async (tables) => void (await sql.raw(`vacuum (analyze) ${(tables ?? []).join(', ')}`).execute(kysely)),
    script: async (text) => {
      const client = await pool.connect()
      try {
        await client.query(`begin; ${text}\n; commit;`)
      } catch (error) {
        await client.query('rollback')
        throw error
      } finally {
        client.release()
      }
    },
    close: () => kysely.destroy(),
  }
}
