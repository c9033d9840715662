import { sql } from 'kysely'
import { openEmbedded } from './embedded/embedded.ts'
import { DatabaseRefused, type Database } from './database.ts'
import { openPostgres } from './postgres.ts'

export interface DatabaseConfig {
  /** A `postgres://` address; null for the embedded database. */
  url: string | null
  /** Where the embedded database keeps its files. */
  folder: string
  /** Most connections to PostgreSQL at once. */
  poolSize: number
}

/**
 * Opens the database that the configuration names and checks that it can do what the registry needs.
 *
 * @throws DatabaseRefused with a sentence for the operator
 */
export async function connect(config: DatabaseConfig): Promise<Database> {
  const database =
    config.url === null ? await openEmbedded(config.folder) : await openPostgres(config.url, config.poolSize)
  try {
    await checkServer(database)
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}

/** Version, encoding, Thai trigrams and durability: what a wrong server would get silently wrong. */
async function checkServer(database: Database): Promise<void> {
  const { rows } = await sql<{ version: number; encoding: string; fsync: string; collations: number }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
      current_setting('fsync') as fsync,
      (select count(*)::int from pg_collation where collname = 'und-x-icu') as collations`.execute(database.kysely)
  const server = rows[0]!
  if (server.version < 150000) throw new DatabaseRefused('PostgreSQL 15 or newer is needed')
  if (server.encoding !== 'UTF8') throw new DatabaseRefused('The database must be created with ENCODING UTF8')
  if (server.collations === 0) throw new DatabaseRefused('The server has no ICU collations (und-x-icu)')
  if (server.fsync !== 'on') throw new DatabaseRefused('The server runs with fsync off: what it confirms could be lost')
  try {
    await sql`create extension if not exists pg_trgm`.execute(database.kysely)
  } catch {
    throw new DatabaseRefused('The extension pg_trgm is missing: ask the owner of the database to create it')
  }
  const trigrams = await sql<{ count: number }>`select cardinality(show_trgm('สมชาย')) as count`.execute(
    database.kysely,
  )
  if (trigrams.rows[0]!.count !== 6) {
    throw new DatabaseRefused(
      "The database does not know Thai letters: create it with LC_CTYPE 'C.UTF-8' (CREATE DATABASE kaejon TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8')",
    )
  }
}
