/**
 * A whole import without a person in between: for the command line and the benchmark. The file is kept and the batch is
 * worked at by the same jobs as one that came through the pages: what is stopped here goes on here, or in any server of
 * the registry.
 */
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { checkMapping, proposeMapping } from '../../domain/import/columns.ts'
import type { ColumnMapping } from '../../domain/import/field.ts'
import { Problem, type ProblemDetails, type ProblemName } from '../../domain/problem.ts'
import { agreedMapping } from '../actions/imports/agreed-mapping.ts'
import { guardShare } from '../actions/imports/views.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { openFileSource } from '../files/sources.ts'
import { newId } from '../ids.ts'
import { insertAudit } from '../queries/audit.ts'
import {
  changeBatch,
  findBatch,
  findCommandImport,
  insertBatch,
  type BatchProgress,
  type StoredBatch,
} from '../queries/imports.ts'
import { advanceUpload, completeUpload, insertUpload } from '../queries/uploads.ts'
import { findBatchJob } from '../queries/jobs.ts'
import { findList } from '../queries/lists.ts'
import { readSettings } from '../queries/settings.ts'
import type { RunControl } from './import-meter.ts'
import { lookAtFile } from './import-read.ts'
import { importHandlers } from './imports.ts'
import type { LookedFile } from './read-thread.ts'

export interface ImportRequest {
  deps: Deps
  /** A file on this machine. */
  path: string
  listCode: string
  /** The list's own day when left out. */
  listDate?: string
  /** '' for the whole nation. */
  areaCode: string
  /** The parts of it whose rows come in; all of it when left out. */
  reach?: readonly string[]
  /** In whose name it is stored. */
  accountId: string
  /** The sheet that says most when left out. */
  sheet?: string
  /** Judge every row and change nothing. */
  dryRun?: boolean
  /** Commit although most rows are invalid or double. */
  waiveGuard?: boolean
  control?: RunControl
  /** Told when an import that was begun before is taken up again; `isClaimed` while another process may be at it. */
  resumed?: (batch: StoredBatch, isClaimed: boolean) => void
  /** Told the seconds of each phase. */
  timing?: (phase: string, seconds: number) => void
}

export interface ImportOutcome {
  batchId: string
  batch: StoredBatch
  /** Share of invalid and double households in per cent when it stopped there; null otherwise. */
  guard: number | null
  /** It waits until somebody of the province allows to see which rows stand in other areas. */
  isHeld: boolean
}

/** The import was asked to stop, and did so at a safe point: the same request goes on there. */
export class ImportStopped extends Error {
  override readonly name = 'ImportStopped'
}

/**
 * Brings in a file on this machine: mapped as proposed, judged, and committed as far as nobody has to decide. An import of
 * the same file into the same list by the same person that did not come to its end is gone on with.
 *
 * @throws Problem notFound for an unknown list, mappingIncomplete, whatever the file is at fault for; ImportStopped.
 *   importGuard and importElsewhere are told by `guard` and `isHeld` and not thrown
 */
export async function runImport(request: ImportRequest): Promise<ImportOutcome> {
  const { deps } = request
  const clock = createPhaseClock(request)
  const list = await findList(deps.database.kysely, request.listCode)
  if (!list) throw new Problem('notFound')
  const listDate = request.listDate ?? list.list_date
  clock.phase('digest')
  const file = await digestOf(request.path)
  const found = await findCommandImport(deps.database.kysely, { ...request, listDate, fileDigest: file.digest })
  const batchId = found ? await resume(request, found.id) : await begin(request, file, listDate, clock)
  let batch = await work(request, batchId, clock)
  const isHeld = batch.elsewhere === 'held'
  if (batch.state !== 'reviewing') return { batchId, batch, guard: null, isHeld }
  const share = guardShare(batch)
  const { guardShare: limit } = (await readSettings(deps.database.kysely))['import.limits']
  if (share > limit && !request.waiveGuard) return { batchId, batch, guard: share, isHeld }
  if (request.dryRun || isHeld) return { batchId, batch, guard: null, isHeld }
  await orderCommit(request, batch)
  batch = await work(request, batchId, clock)
  return { batchId, batch, guard: null, isHeld: batch.elsewhere === 'held' }
}

/** Looks at the file, keeps it, and queues the work: before that there is nothing, and afterwards everything. */
async function begin(
  request: ImportRequest,
  file: { digest: string; size: number },
  listDate: string,
  clock: PhaseClock,
): Promise<string> {
  const { deps, path, accountId, areaCode } = request
  clock.phase('detect')
  const looked = await lookAtFile({ path, upload: null }, deps.secrets.export(), 250)
  const mapping = await bestMapping(request, looked)
  const missing = checkMapping(mapping, areaCode)
  if (missing.length > 0) throw new Problem('mappingIncomplete', { missing: missing.join(', ') })
  clock.phase('store')
  const id = newId()
  await keepFile(request, id, file.digest)
  await inTransaction(deps.database, 'program', async (tx) => {
    const now = deps.now()
    const fileName = path.split(/[\\/]/).at(-1)!
    await insertUpload(tx, { id, accountId, fileName, size: file.size, now })
    await advanceUpload(tx, id, file.size)
    await completeUpload(tx, id, file.digest, now)
    await insertBatch(tx, {
      id,
      uploadId: id,
      listCode: request.listCode,
      listDate,
      areaCode,
      fileName,
      fileDigest: file.digest,
      accountId,
      state: 'reading',
      now,
    })
    await changeBatch(tx, id, { mapping, format: looked.format, reach: request.reach ?? [areaCode] }, now)
    await audit(tx, request, 'import.start', id, { from: 'command', dryRun: request.dryRun === true })
    await deps.jobs.add(tx, 'import.read', { batchId: id }, now)
  })
  return id
}

async function resume(request: ImportRequest, batchId: string): Promise<string> {
  const { deps } = request
  const batch = (await findBatch(deps.database.kysely, batchId))!
  const job = await findBatchJob(deps.database.kysely, batchId)
  // A job that was given up for good left its batch where it was.
  if (!job && workingStates.includes(batch.state)) await orderAgain(request, batch)
  request.resumed?.(batch, job?.claimedUntil != null && job.claimedUntil > deps.now())
  return batchId
}

async function orderAgain({ deps, accountId }: ImportRequest, batch: StoredBatch): Promise<void> {
  const kind = batch.state === 'committing' ? 'import.commit' : 'import.read'
  await inTransaction(deps.database, 'program', (tx) =>
    deps.jobs.add(tx, kind, { batchId: batch.id, accountId }, deps.now()),
  )
}

async function orderCommit(request: ImportRequest, batch: StoredBatch): Promise<void> {
  const { deps, accountId } = request
  await inTransaction(deps.database, 'program', async (tx) => {
    const now = deps.now()
    // Somebody may have ordered it on the pages meanwhile: then that goes on.
    if (!(await changeBatch(tx, batch.id, { state: 'committing', progress: {} }, now, ['reviewing']))) return
    await audit(tx, request, 'import.commit', batch.id, { waiting: batch.counts.waiting ?? 0 })
    await deps.jobs.add(tx, 'import.commit', { batchId: batch.id, accountId }, now)
  })
}

function audit(
  tx: Parameters<typeof insertAudit>[0],
  { deps, accountId, areaCode }: ImportRequest,
  action: string,
  batchId: string,
  detail: Record<string, string | number | boolean>,
): Promise<void> {
  const stamp = { id: newId(), at: deps.now(), accountId, requestId: null }
  return insertAudit(tx, stamp, { action, subjectKind: 'batch', subjectId: batchId, areaCode, detail })
}

const workingStates = ['reading', 'matching', 'committing']
const lookEveryMs = 300

/**
 * Does the batch's jobs here, or watches while another process does them.
 *
 * @throws Problem that ended the import, ImportStopped
 */
async function work(request: ImportRequest, batchId: string, clock: PhaseClock): Promise<StoredBatch> {
  const { deps, control = {} } = request
  const handlers = importHandlers(deps, { ...control, progress: clock.progress })
  for (;;) {
    const batch = (await findBatch(deps.database.kysely, batchId))!
    if (control.stopping?.()) throw new ImportStopped()
    if (!workingStates.includes(batch.state)) {
      clock.end()
      if (batch.problem)
        throw new Problem(batch.problem.problem as ProblemName, batch.problem.details as ProblemDetails)
      if (batch.state !== 'reviewing' && batch.state !== 'committed')
        throw new Problem('wrongState', { state: batch.state })
      return batch
    }
    if (await deps.jobs.runOne(handlers, batchId)) continue
    if (batch.progress.phase !== undefined) control.progress?.(batch.progress as BatchProgress)
    await pause(lookEveryMs)
  }
}

interface PhaseClock {
  phase(name: string): void
  progress(progress: BatchProgress): void
  end(): void
}

/** Tells how long each phase took, as one follows the other. */
function createPhaseClock({ control = {}, timing }: ImportRequest): PhaseClock {
  let current: string | null = null
  let since = 0
  const phase = (name: string | null): void => {
    if (name === current) return
    if (current !== null) timing?.(current, (performance.now() - since) / 1000)
    current = name
    since = performance.now()
  }
  return {
    phase,
    progress(progress) {
      phase(progress.phase)
      control.progress?.(progress)
    },
    end: () => phase(null),
  }
}

/**
 * The sheet that is asked for, or whose headings say most, as people agreed on the pages to read such headings.
 *
 * @throws Problem sheetNotFound, mappingIncomplete
 */
async function bestMapping(request: ImportRequest, looked: LookedFile): Promise<ColumnMapping> {
  const { deps, listCode, areaCode } = request
  const sheets = looked.sheets.filter(({ name, hidden }) =>
    request.sheet === undefined ? !hidden : name === request.sheet,
  )
  if (sheets.length === 0 && request.sheet !== undefined) throw new Problem('sheetNotFound')
  const mappings: ColumnMapping[] = []
  for (const sheet of sheets) {
    const proposed = proposeMapping(sheet.name, sheet.rows)
    if (proposed === null) continue
    mappings.push((await agreedMapping(deps.database.kysely, proposed, listCode, areaCode)) ?? proposed.mapping)
  }
  const columnsOf = ({ columns }: ColumnMapping) => Object.keys(columns).length
  const best = mappings.toSorted((a, b) => columnsOf(b) - columnsOf(a))[0]
  if (!best) throw new Problem('mappingIncomplete', { missing: 'header' })
  return best
}

async function digestOf(path: string): Promise<{ digest: string; size: number }> {
  const hash = createHash('sha256')
  const source = await openFileSource(path)
  try {
    for await (const piece of source.stream()) hash.update(piece)
    return { digest: hash.digest('hex'), size: source.size }
  } finally {
    await source.close()
  }
}

const pieceBytes = 8 * 1024 * 1024

/** @throws Problem uploadChecksumMismatch when the file was changed meanwhile; ImportStopped, with nothing kept */
async function keepFile({ deps, path, control }: ImportRequest, id: string, digest: string): Promise<void> {
  const hash = createHash('sha256')
  const source = await openFileSource(path)
  try {
    await deps.uploads.create(id)
    for (let offset = 0; offset < source.size; offset += pieceBytes) {
      if (control?.stopping?.()) throw new ImportStopped()
      const piece = await source.read(offset, pieceBytes)
      hash.update(piece)
      await deps.uploads.write(id, offset, piece)
    }
    if (hash.digest('hex') !== digest) throw new Problem('uploadChecksumMismatch')
  } catch (error) {
    await deps.uploads.remove(id)
    throw error
  } finally {
    await source.close()
  }
}
