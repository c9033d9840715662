/** The background work of imports: looking at a file, reading and judging it, committing it, taking it back. */
import { Problem } from '../../domain/problem.ts'
import { settleTouched } from '../actions/imports/settle.ts'
import { inTransaction } from '../db/transaction.ts'
import { removeImportFigures } from '../queries/imports/figures.ts'
import type { Deps } from '../deps.ts'
import { sealText } from '../files/upload-store.ts'
import { changeBatch, findBatch, prepareBulk, type StoredBatch } from '../queries/imports.ts'
import { findUpload } from '../queries/uploads.ts'
import { touchedProvinces } from '../queries/imports/commit.ts'
import { lastStagedRow } from '../queries/imports/stage.ts'
import { undoRange } from '../queries/imports/undo.ts'
import { auditStep } from './import-audit.ts'
import type { RunControl } from './import-meter.ts'
import { commitPhase, matchPhase, refreshFigures } from './import-phases.ts'
import { lookAtFile, readPhase } from './import-read.ts'
import { forgetRows, forgetRowsIn } from './import-rows.ts'
import type { FilePlace } from './read-thread.ts'
import type { JobHandler, JobOutcome, JobRun } from './worker.ts'

const sampleRows = 250

/** @param control a program that works at one import alone stops it, and is told how far it is */
export function importHandlers(deps: Deps, control: RunControl = {}): Record<string, JobHandler> {
  const controlOf = (run: JobRun): RunControl => ({
    ...control,
    stopping: () => run.stopping() || control.stopping?.() === true,
  })
  const handler =
    (
      states: readonly string[],
      work: (batch: StoredBatch, control: RunControl, run: JobRun) => Promise<JobOutcome>,
    ): JobHandler =>
    async (run) => {
      const { batchId } = run.payload as { batchId: string }
      const batch = await findBatch(deps.database.kysely, batchId)
      // Cancelled meanwhile, or done by a process that died before it could say so.
      const outcome = !batch || !states.includes(batch.state) ? 'done' : await attempt(batch, run)
      // Whoever cancels it does not wait for what was under way.
      if (batch && outcome === 'done') await forgetCancelled(deps, batch.id)
      return outcome

      async function attempt(current: StoredBatch, currentRun: JobRun): Promise<JobOutcome> {
        try {
          return await work(current, controlOf(currentRun), currentRun)
        } catch (error) {
          if (isPassing(error) && !currentRun.isLastTry) throw error
          return fail(deps, current, error)
        }
      }
    }
  return {
    'import.detect': handler(['uploaded'], (batch) => detect(deps, batch)),
    'import.read': handler(['reading', 'matching'], (batch, runControl) => read(deps, batch, runControl)),
    'import.commit': handler(['committing'], (batch, runControl, run) => commit(deps, batch, runControl, run)),
    'import.undo': handler(['undoing'], (batch, runControl, run) => undo(deps, batch, runControl, run)),
  }
}

async function forgetCancelled(deps: Deps, batchId: string): Promise<void> {
  if ((await findBatch(deps.database.kysely, batchId))?.state === 'cancelled') await forgetRows(deps, batchId)
}

/** What the file is at fault for ends the import with its sentence, as does trouble that did not pass in many tries. */
async function fail(deps: Deps, batch: StoredBatch, error: unknown): Promise<JobOutcome> {
  const problem = error instanceof Problem ? error : new Problem('unexpected')
  if (!(error instanceof Problem)) {
    const { code, message } = error as { code?: string; message?: string }
    deps.log.error({ batch: batch.id, code, message: code ? undefined : message }, 'import failed')
  }
  const told = { code: problem.code, problem: problem.problem, details: problem.details }
  await inTransaction(deps.database, 'program', async (tx) => {
    const change = { state: 'failed', progress: {}, problem: told }
    const states = ['uploaded', 'reading', 'matching', 'committing', 'undoing']
    if (!(await changeBatch(tx, batch.id, change, deps.now(), states))) return
    await auditStep(deps, tx, batch, null, 'import.failed', { problem: problem.problem })
    await forgetRowsIn(deps, tx, batch.id)
  })
  return 'done'
}

/** The connection broke, the server restarts, or another transaction won: the same work may succeed in a moment. */
function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' && /^(?:08|57P|53|40)|^E(?:CONN|PIPE|TIMEDOUT)/.test(code)
}

/** Where the bytes of a batch's upload are. */
export async function filePlace(deps: Deps, batch: StoredBatch): Promise<FilePlace> {
  const upload = await findUpload(deps.database.kysely, batch.upload_id)
  if (!upload || !(await deps.uploads.has(upload.id))) throw new Problem('fileNotKept')
  return { path: deps.uploads.path(upload.id), upload: { id: upload.id, size: upload.size } }
}

async function detect(deps: Deps, batch: StoredBatch): Promise<JobOutcome> {
  const looked = await lookAtFile(await filePlace(deps, batch), deps.secrets.export(), sampleRows)
  const sample = sealText(deps.secrets, batch.id, JSON.stringify(looked))
  await inTransaction(deps.database, 'program', async (tx) => {
    const change = { state: 'detected', format: looked.format, sample }
    if (!(await changeBatch(tx, batch.id, change, deps.now(), ['uploaded']))) return
    await auditStep(deps, tx, batch, batch.account_id, 'import.detected', { format: looked.format })
  })
  return 'done'
}

async function read(deps: Deps, batch: StoredBatch, control: RunControl): Promise<JobOutcome> {
  if (batch.state === 'reading') {
    const outcome = await readPhase(deps, batch, await filePlace(deps, batch), control)
    if (outcome !== 'done') return outcome === 'again' ? 'again' : 'done'
  }
  const current = (await findBatch(deps.database.kysely, batch.id))!
  if (current.state !== 'matching') return 'done'
  return (await matchPhase(deps, current, control)) === 'again' ? 'again' : 'done'
}

async function commit(deps: Deps, batch: StoredBatch, control: RunControl, run: JobRun): Promise<JobOutcome> {
  const { accountId } = run.payload as { accountId: string }
  const outcome = await commitPhase(deps, batch, accountId, control)
  return outcome === 'again' ? 'again' : 'done'
}

const undoRows = { postgres: 20_000, embedded: 3000 } as const

async function undo(deps: Deps, batch: StoredBatch, control: RunControl, run: JobRun): Promise<JobOutcome> {
  const { accountId } = run.payload as { accountId: string }
  const { database } = deps
  const last = await lastStagedRow(database.kysely, batch.id)
  const step = undoRows[database.engine]
  const since = new Date().toISOString()
  const undone = { id: batch.id, listCode: batch.list_code, listDate: batch.list_date }
  for (let after = batch.progress.phase === 'undoing' ? (batch.progress.done ?? 0) : 0; after < last; after += step) {
    const range = { after, through: Math.min(last, after + step) }
    await inTransaction(database, 'program', async (tx) => {
      await prepareBulk(tx)
      const now = deps.now()
      await undoRange(tx, undone, range, { accountId, now, settle: (inner, cases) => settleTouched(inner, now, cases) })
      await changeBatch(
        tx,
        batch.id,
        { progress: { phase: 'undoing', done: range.through, total: last, since, from: 0 } },
        deps.now(),
      )
      await auditStep(deps, tx, batch, accountId, 'import.undoRange', { after: range.after, through: range.through })
    })
    if (control.stopping?.()) return 'again'
  }
  await refreshFigures(deps, batch, await touchedProvinces(database.kysely, batch.id))
  await inTransaction(database, 'program', async (tx) => {
    await removeImportFigures(tx, batch.id)
    const change = { state: 'undone', undoneAt: deps.now(), undoneBy: accountId, progress: {} }
    if (await changeBatch(tx, batch.id, change, deps.now(), ['undoing']))
      await auditStep(deps, tx, batch, accountId, 'import.undone')
  })
  await database.tidy(['household', 'member', 'listing', 'fact_change', 'fact_span'])
  return 'done'
}
