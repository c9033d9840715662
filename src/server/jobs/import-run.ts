/** A whole import without a person in between: for the command line and the benchmark. */
import { createHash } from 'node:crypto'
import { checkMapping, proposeMapping } from '../../domain/import/columns.ts'
import type { ColumnMapping } from '../../domain/import/field.ts'
import { Problem } from '../../domain/problem.ts'
import { guardShare } from '../actions/imports/views.ts'
import { inTransaction } from '../db/transaction.ts'
import { openFileSource } from '../files/sources.ts'
import { newId } from '../ids.ts'
import { insertAudit } from '../queries/audit.ts'
import {
  changeBatch,
  completeUpload,
  findBatch,
  insertBatch,
  insertUpload,
  type StoredBatch,
} from '../queries/imports.ts'
import { findList } from '../queries/lists.ts'
import { readSettings } from '../queries/settings.ts'
import type { RunControl, RunDeps } from './import-meter.ts'
import { commitPhase, matchPhase } from './import-phases.ts'
import { lookAtFile, readPhase } from './import-read.ts'
import type { FilePlace, LookedFile } from './read-thread.ts'

export interface ImportRequest {
  deps: RunDeps
  /** A file on this machine. */
  path: string
  listCode: string
  /** The list's own day when left out. */
  listDate?: string
  /** '' for the whole nation. */
  areaCode: string
  /** In whose name it is stored. */
  accountId: string
  /** The proposal is taken when left out. */
  mapping?: ColumnMapping
  /** Judge every row and change nothing. */
  dryRun?: boolean
  /** Commit although most rows are invalid or double. */
  waiveGuard?: boolean
  control?: RunControl
  /** Told the seconds of each phase. */
  timing?: (phase: string, seconds: number) => void
}

export interface ImportOutcome {
  batchId: string
  batch: StoredBatch
  /** Share of invalid and double households in per cent when it stopped there; null otherwise. */
  guard: number | null
}

/**
 * A whole import without a person in between: a file on this machine, mapped as proposed, judged, and committed as far as
 * nobody has to decide. For the command line and the benchmark.
 *
 * @throws Problem notFound for an unknown list, mappingIncomplete, importGuard is told by `guard` and not thrown
 */
export async function runImport(request: ImportRequest): Promise<ImportOutcome> {
  const { deps, control = {} } = request
  const { database } = deps
  const file: FilePlace = { path: request.path, upload: null }
  const list = await findList(database.kysely, request.listCode)
  if (!list) throw new Problem('notFound')
  const timed = async <Result>(phase: string, work: () => Promise<Result>): Promise<Result> => {
    const startedAt = performance.now()
    const result = await work()
    request.timing?.(phase, (performance.now() - startedAt) / 1000)
    return result
  }
  const looked = await timed('detect', () => lookAtFile(file, deps.secrets.export(), 250))
  const mapping = request.mapping ?? bestMapping(looked)
  const missing = checkMapping(mapping, request.areaCode)
  if (missing.length > 0) throw new Problem('mappingIncomplete', { missing: missing.join(', ') })
  const id = newId()
  const digest = await timed('digest', () => digestOf(request.path))
  await inTransaction(database, 'program', async (tx) => {
    const now = deps.now()
    const { accountId } = request
    const fileName = request.path.split(/[\\/]/).at(-1)!
    await insertUpload(tx, { id, accountId, fileName, size: digest.size, now })
    await completeUpload(tx, id, digest.hex, now)
    await insertBatch(tx, {
      id,
      uploadId: id,
      listCode: request.listCode,
      listDate: request.listDate ?? list.list_date,
      areaCode: request.areaCode,
      fileName,
      fileDigest: digest.hex,
      accountId,
      state: 'reading',
      now,
    })
    await changeBatch(tx, id, { mapping, format: looked.format, reach: [request.areaCode] }, now)
    await insertAudit(
      tx,
      { id: newId(), at: now, accountId, requestId: null },
      {
        action: 'import.start',
        subjectKind: 'batch',
        subjectId: id,
        areaCode: request.areaCode,
      },
    )
  })
  const current = async (): Promise<StoredBatch> => (await findBatch(database.kysely, id))!
  await timed('read', async () => readPhase(deps, await current(), file, control))
  await timed('match', async () => matchPhase(deps, await current(), control))
  const judged = await current()
  const settings = await readSettings(database.kysely)
  const share = guardShare(judged)
  if (share > settings['import.limits'].guardShare && !request.waiveGuard)
    return { batchId: id, batch: judged, guard: share }
  if (request.dryRun) return { batchId: id, batch: judged, guard: null }
  await inTransaction(database, 'program', (tx) => changeBatch(tx, id, { state: 'committing' }, deps.now()))
  await timed('commit', async () => commitPhase(deps, await current(), request.accountId, control))
  return { batchId: id, batch: await current(), guard: null }
}

/** The sheet whose headings say most. */
export function bestMapping(looked: LookedFile): ColumnMapping {
  const proposals = looked.sheets
    .filter(({ hidden }) => !hidden)
    .flatMap((sheet) => proposeMapping(sheet.name, sheet.rows) ?? [])
  const best = proposals.toSorted((a, b) => b.fields.length - a.fields.length)[0]
  if (!best) throw new Problem('mappingIncomplete', { missing: 'header' })
  return best.mapping
}

async function digestOf(path: string): Promise<{ hex: string; size: number }> {
  const hash = createHash('sha256')
  const source = await openFileSource(path)
  try {
    for await (const piece of source.stream()) hash.update(piece)
    return { hex: hash.digest('hex'), size: source.size }
  } finally {
    await source.close()
  }
}

export { lookAtFile } from './import-read.ts'
