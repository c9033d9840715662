import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** Reads, and nothing else: a function that takes `Db` must not write. */
export type Db = Kysely<Tables>

/** Reads and writes inside one transaction; every function that writes asks for it. A `Tx` will do where a `Db` is asked. */
export type Tx = Transaction<Tables>

/** An open database of either engine. */
export interface Database {
  readonly engine: 'embedded' | 'postgres'
  readonly kysely: Db
  /** Runs statements that take no parameters, such as a migration, in one transaction of their own. */
  script(sql: string): Promise<void>
  /** Tidies up after bulk work and at night: VACUUM, ANALYZE and, on the embedded engine, CHECKPOINT. */
  tidy(tables?: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** The database cannot be used as it is; the sentence says why and what to do. */
export class DatabaseRefused extends Error {}
