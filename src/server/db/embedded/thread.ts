/**
 * The embedded database's own thread: a query blocks its thread from start to end, so it must not be the one that
 * answers requests. It speaks `Request` in and `Response` out, one at a time and in order.
 */
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, types } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { DurableFiles, syncTree } from './durable-files.ts'

export interface Request {
  id: number
  kind: 'query' | 'script' | 'syncs' | 'close'
  sql: string
  parameters: readonly unknown[]
}

export interface Response {
  id: number
  rows?: Record<string, unknown>[]
  affected?: number
  error?: DatabaseErrorFields
}

export interface DatabaseErrorFields {
  message: string
  code?: string
  constraint?: string
  table?: string
  column?: string
  detail?: string
  hint?: string
  position?: string
}

const startParameters = [
  '--single',
  '-O',
  '-j',
  ...['search_path=public', 'exit_on_error=false', 'log_checkpoints=false', 'max_worker_processes=0'],
  ...['max_parallel_workers=0', 'max_parallel_workers_per_gather=0', 'io_method=sync'],
  ...['max_parallel_maintenance_workers=0', 'fsync=on', 'wal_sync_method=fsync', 'max_wal_size=192MB'],
  ...['TimeZone=UTC'],
].flatMap((part) => (part.includes('=') ? ['-c', part] : [part]))

const { folder } = workerData as { folder: string | null }
const port = parentPort!
const files = folder === null ? null : new DurableFiles(prepareFolder(folder))
const isNew = folder !== null && !existsSync(join(folder, 'PG_VERSION'))
const database = await PGlite.create({
  ...(files ? { fs: files, startParams: startParameters } : {}),
  extensions: { pg_trgm },
  parsers: { [types.INT8]: Number, [types.DATE]: (text: string) => text },
})
if (isNew && folder !== null) syncTree(folder)

port.on('message', (request: Request) => {
  void answer(request).then((response) => port.postMessage(response))
})
port.postMessage({ id: 0 } satisfies Response)

async function answer(request: Request): Promise<Response> {
  try {
    switch (request.kind) {
      case 'query': {
        const result = await database.query<Record<string, unknown>>(request.sql, [...request.parameters])
        return { id: request.id, rows: result.rows, affected: result.affectedRows ?? 0 }
      }
      case 'script':
        await database.exec(request.sql)
        return { id: request.id }
      case 'syncs':
        return { id: request.id, affected: files?.syncs ?? 0 }
      case 'close':
        await database.close()
        return { id: request.id }
    }
  } catch (error) {
    return { id: request.id, error: fieldsOf(error) }
  }
}

function fieldsOf(error: unknown): DatabaseErrorFields {
  const fields: DatabaseErrorFields = { message: error instanceof Error ? error.message : String(error) }
  for (const key of ['code', 'constraint', 'table', 'column', 'detail', 'hint', 'position'] as const) {
    const value = (error as Record<string, unknown>)[key]
    if (typeof value === 'string') fields[key] = value
  }
  return fields
}

/** The folder is closed to other users before the database writes into it, since its own files are made world-readable. */
function prepareFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  return path
}
