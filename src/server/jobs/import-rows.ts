/** Lets go of the rows of imports that never came into the registry: names, numbers and ids of people who may not be in it. */
import { areRowsKept } from '../../domain/import/keeping.ts'
import { keptFor } from '../actions/imports/views.ts'
import type { Tx } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { deleteStaged } from '../queries/imports/stage.ts'
import { batchesWithLooseRows, changeBatch, lockBatch } from '../queries/imports.ts'
import { auditStep } from './import-audit.ts'

type ForgetDeps = Pick<Deps, 'database' | 'now'>

/** Removes the rows of a batch unless somebody may still need them; a dry run that waited for a month ends with them. */
export async function forgetRows(deps: ForgetDeps, batchId: string): Promise<boolean> {
  return inTransaction(deps.database, 'program', (tx) => forgetRowsIn(deps, tx, batchId))
}

export async function forgetRowsIn(deps: Pick<Deps, 'now'>, tx: Tx, batchId: string): Promise<boolean> {
  const batch = await lockBatch(tx, batchId)
  if (!batch) return false
  const isCommittedInPart = batch.committed_through > 0 || batch.result !== null
  if (areRowsKept(keptFor(batch), isCommittedInPart, deps.now())) return false
  const rows = await deleteStaged(tx, batch.id)
  if (rows === 0) return false
  // Without its rows it cannot be committed any more.
  const end = batch.state === 'reviewing' ? { state: 'cancelled', sample: null, progress: {} } : { matchedAt: null }
  await changeBatch(tx, batch.id, end, deps.now())
  await auditStep(deps, tx, batch, null, 'import.forget', { rows })
  return true
}

/** Those of every import that was left behind. */
export async function forgetLooseRows(deps: ForgetDeps): Promise<number> {
  let forgotten = 0
  for (const id of await batchesWithLooseRows(deps.database.kysely)) if (await forgetRows(deps, id)) forgotten += 1
  return forgotten
}
