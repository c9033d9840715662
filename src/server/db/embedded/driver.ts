import type { Worker } from 'node:worker_threads'
import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import { startThread } from '../../thread.ts'
import type { DatabaseErrorFields, Request, Response } from './thread.ts'

/** An error of the embedded database, with the same fields as one of node-postgres. */
export class EmbeddedDatabaseError extends Error {
  constructor(fields: DatabaseErrorFields) {
    super(fields.message)
    Object.assign(this, fields)
  }
}

/** The calling side of the database's thread. */
export class EmbeddedClient {
  readonly #worker: Worker
  readonly #waiting = new Map<number, { resolve(response: Response): void; reject(error: Error): void }>()
  #lastId = 0
  #failure: Error | null = null

  private constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (response: Response) => {
      const waiting = this.#waiting.get(response.id)
      this.#waiting.delete(response.id)
      if (response.error) waiting?.reject(new EmbeddedDatabaseError(response.error))
      else waiting?.resolve(response)
    })
    worker.on('error', (error) => this.#fail(error))
    worker.on('exit', () => this.#fail(new Error('The embedded database has stopped')))
  }

  /** @param folder where the data lies; null keeps everything in memory */
  static async open(folder: string | null): Promise<EmbeddedClient> {
    const worker = startThread(new URL('./thread.ts', import.meta.url), { folder })
    const client = new EmbeddedClient(worker)
    await new Promise<Response>((resolve, reject) => client.#waiting.set(0, { resolve, reject }))
    return client
  }

  send(kind: Request['kind'], sql = '', parameters: readonly unknown[] = []): Promise<Response> {
    if (this.#failure) return Promise.reject(this.#failure)
    const id = (this.#lastId += 1)
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, kind, sql, parameters } satisfies Request)
    })
  }

  async close(): Promise<void> {
    await this.send('close')
    await this.#worker.terminate()
  }

  #fail(error: Error): void {
    this.#failure = error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

/** Kysely's PostgreSQL dialect over the one session that the embedded database has: callers wait in line for it. */
export function embeddedDialect(client: EmbeddedClient): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new EmbeddedDriver(client),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

class EmbeddedDriver implements Driver {
  readonly #connection: DatabaseConnection
  #tail: Promise<void> = Promise.resolve()
  #release: (() => void) | null = null

  constructor(client: EmbeddedClient) {
    this.#connection = {
      async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
        const response = await client.send('query', query.sql, query.parameters)
        const affected = response.affected ?? 0
        return { rows: (response.rows ?? []) as Row[], numAffectedRows: BigInt(affected) }
      },
      // oxlint-disable-next-line require-yield -- the interface asks for a generator; results are never streamed here
      async *streamQuery() {
        throw new Error('The embedded database does not stream; ask for slices with LIMIT')
      },
    }
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#tail
    let release!: () => void
    this.#tail = new Promise((resolve) => (release = resolve))
    await before
    this.#release = release
    return this.#connection
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async releaseConnection(): Promise<void> {
    const release = this.#release
    this.#release = null
    release?.()
  }

  async destroy(): Promise<void> {}
}
