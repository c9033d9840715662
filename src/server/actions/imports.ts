/** What people do with batches. The long work itself is a job; these only set it going or stop it. */
import type { BatchState } from '../../contract/imports.ts'
import { isAreaWithin, provinceOf } from '../../domain/area.ts'
import type { ColumnMapping } from '../../domain/import/field.ts'
import { checkMapping, mappingFingerprint } from '../../domain/import/columns.ts'
import { choicesOf, type Decision, type DecisionOutcome } from '../../domain/import/verdict.ts'
import { mayAt, partsWithin, reachOf, type Actor, type Permission } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { newId } from '../ids.ts'
import { findList } from '../queries/lists.ts'
import { findArea as areaExists } from '../queries/imports/areas.ts'
import { moveWaiting } from '../queries/imports/figures.ts'
import { deleteStaged } from '../queries/imports/stage.ts'
import {
  changeBatch,
  countDryRuns,
  findBatch,
  insertBatch,
  lockBatch,
  rememberMapping,
  type StoredBatch,
} from '../queries/imports.ts'
import { findWaiting, lockVerdicts, storeDecision, type StoredVerdict } from '../queries/imports/rows.ts'
import { readSettings } from '../queries/settings.ts'
import { requireAt, requirePermission, type ActionContext } from './context.ts'
import {
  guardShare,
  isCandidateHidden,
  isCommittedByRules,
  mayWaiveElsewhere,
  mayWithAll,
  recount,
  touchesReach,
} from './imports/views.ts'
import { ownUpload } from './uploads.ts'

/** Queues background work in the transaction of the action. */
export type AddJob = (kind: string, payload: unknown) => Promise<void>

/**
 * The area may also be one of which the person answers for several parts, as a municipal centre does that cuts across
 * districts: only rows of these parts come in.
 *
 * @throws Problem notFound for an area out of reach, a list of another province, or somebody else's upload; wrongState
 */
export async function createImport(
  context: ActionContext,
  input: { uploadId: string; listCode: string; listDate?: string | undefined; areaCode: string },
  addJob: AddJob,
): Promise<StoredBatch> {
  const { tx, actor, now } = context
  const parts = partsWithin(input.areaCode, reachOf(actor, 'import.write')?.areas ?? [])
  if (parts.length < 2) requireAt(actor, 'import.write', { areaCode: input.areaCode })
  const upload = await ownUpload(context, input.uploadId)
  if (upload.digest === null) throw new Problem('wrongState')
  const list = await findList(tx, input.listCode)
  const isListHere = list && (list.province_code === 0 || list.province_code === provinceOf(input.areaCode))
  if (!isListHere || !(await areaExists(tx, input.areaCode))) throw new Problem('notFound')
  const id = newId()
  await insertBatch(tx, {
    id,
    uploadId: upload.id,
    listCode: input.listCode,
    listDate: input.listDate ?? list.list_date,
    areaCode: input.areaCode,
    fileName: upload.file_name,
    fileDigest: upload.digest,
    accountId: actor.userId,
    state: 'uploaded',
    now,
  })
  await changeBatch(tx, id, { reach: reachOf(actor, 'import.write')!.areas }, now)
  await audit(context, 'import.create', { id, area_code: input.areaCode }, { list: input.listCode })
  await addJob('import.detect', { batchId: id })
  return (await findBatch(tx, id))!
}

/** A batch that the person may do this with; one that they may only see part of counts for reading and deciding. */
export async function requireBatch(
  context: ActionContext,
  batchId: string,
  permission: Permission,
  lock = false,
): Promise<StoredBatch> {
  requirePermission(context.actor, permission)
  const batch = lock ? await lockBatch(context.tx, batchId) : await findBatch(context.tx, batchId)
  if (permission === 'import.read' || permission === 'import.decide') {
    if (!batch || !touchesReach(reachOf(context.actor, permission), batch.area_code)) throw new Problem('notFound')
    return batch
  }
  if (!batch || !mayWithAll(context.actor, permission, batch)) throw new Problem('notFound')
  return batch
}

function requireState(batch: StoredBatch, states: readonly BatchState[]): void {
  if (states.includes(batch.state as BatchState)) return
  const isBusy = ['reading', 'matching', 'committing', 'undoing', 'uploaded'].includes(batch.state)
  throw new Problem(isBusy ? 'importRunning' : 'wrongState', { state: batch.state })
}

export async function mapImport(
  context: ActionContext,
  batchId: string,
  mapping: ColumnMapping,
  headings: (batch: StoredBatch) => Promise<readonly string[] | null>,
): Promise<StoredBatch> {
  const { tx, now } = context
  const batch = await requireBatch(context, batchId, 'import.write', true)
  requireState(batch, ['detected', 'mapped'])
  const known = await headings(batch)
  if (known === null) throw new Problem('sheetNotFound')
  await changeBatch(tx, batch.id, { mapping, state: 'mapped' }, now)
  if (known.length > 0)
    await rememberMapping(tx, provinceOf(batch.area_code), mappingFingerprint(known), batch.list_code, mapping, now)
  await audit(context, 'import.map', batch, { columns: Object.keys(mapping.columns).length })
  return (await findBatch(tx, batch.id))!
}

/** @throws Problem mappingIncomplete, tooManyTries, importRunning, wrongState */
export async function startImport(context: ActionContext, batchId: string, addJob: AddJob): Promise<StoredBatch> {
  const { tx, actor, now } = context
  const batch = await requireBatch(context, batchId, 'import.write', true)
  requireState(batch, ['mapped'])
  const missing = checkMapping(batch.mapping!, batch.area_code)
  if (missing.length > 0) throw new Problem('mappingIncomplete', { missing: missing.join(', ') })
  const settings = await readSettings(tx)
  const dayAgo = new Date(now.getTime() - 24 * 60 * 60 * 1000)
  const limit = settings['import.limits'].dryRunsPerDay
  if ((await countDryRuns(tx, actor.userId, dayAgo)) >= limit) throw new Problem('tooManyTries', { limit })
  const reach = reachOf(actor, 'import.write')!.areas
  await changeBatch(tx, batch.id, { state: 'reading', reach, problem: null, progress: {} }, now)
  await audit(context, 'import.start', batch)
  await addJob('import.read', { batchId: batch.id })
  return (await findBatch(tx, batch.id))!
}

export interface DecisionResult {
  outcomes: { rowNumber: number; outcome: DecisionOutcome }[]
  batch: StoredBatch
}

/** Decides rows one by one: a row outside the person's areas does not exist for them. */
export async function decideRows(
  context: ActionContext,
  input: { batchId: string; rows: readonly number[]; decision: Decision | null },
): Promise<DecisionResult> {
  const { actor } = context
  const batch = await requireBatch(context, input.batchId, 'import.decide', true)
  requireState(batch, ['reviewing', 'committed'])
  requireShown(batch)
  const numbers = [...new Set(input.rows)]
  const found = new Map((await lockVerdicts(context.tx, batch.id, numbers)).map((row) => [row.row_number, row]))
  const outcomes = numbers.map((rowNumber) => {
    const row = found.get(rowNumber)
    const isMine = row !== undefined && mayAt(actor, 'import.decide', { areaCode: row.area_code })
    return { rowNumber, outcome: isMine ? outcomeOf(actor, batch, row, input.decision) : ('notFound' as const) }
  })
  const decided = outcomes.flatMap(({ rowNumber, outcome }) => (outcome === 'decided' ? [found.get(rowNumber)!] : []))
  await store(context, batch, decided, input.decision)
  await audit(context, 'import.decide', batch, { decision: input.decision, rows: decided.length })
  return { outcomes, batch: (await findBatch(context.tx, batch.id))! }
}

function outcomeOf(actor: Actor, batch: StoredBatch, row: StoredVerdict, decision: Decision | null): DecisionOutcome {
  if (row.committed_at !== null) return 'alreadyCommitted'
  if (row.decision === null && !row.waiting && isCommittedByRules(batch, row)) return 'alreadyCommitted'
  // Nobody decides about a household that they may not see: that is for the level above.
  if (isCandidateHidden(reachOf(actor, 'import.decide'), row)) return 'notPossible'
  if (decision !== null && !choicesOf(row.verdict, row.reason).includes(decision)) return 'notPossible'
  if (decision === null && row.decision === null) return 'notPossible'
  // Behind what is committed, a rejected row of the rules' own cannot fall back to them.
  if (decision === null && row.household_id !== null && row.row_number <= batch.committed_through) return 'notPossible'
  return 'decided'
}

async function store(
  context: ActionContext,
  batch: StoredBatch,
  rows: readonly StoredVerdict[],
  decision: Decision | null,
): Promise<void> {
  const { tx, actor, now } = context
  await storeDecision(
    tx,
    batch.id,
    rows.map((row) => row.row_number),
    decision,
    actor.userId,
    now,
  )
  const moves = new Map<string, { province: number; area: string; verdict: string; by: number }>()
  for (const row of rows) {
    const waits = decision === null && row.household_id === null && ['match', 'conflict'].includes(row.verdict)
    if (waits === row.waiting) continue
    const area = row.area_code
    const move = moves.get(`${area} ${row.verdict}`) ?? {
      province: row.province_code,
      area,
      verdict: row.verdict,
      by: 0,
    }
    move.by += waits ? 1 : -1
    moves.set(`${area} ${row.verdict}`, move)
  }
  await moveWaiting(tx, batch.id, batch.list_code, [...moves.values()])
  await changeBatch(tx, batch.id, { counts: await recount(tx, batch) }, now)
}

/** @throws Problem importElsewhere while it is not to be seen which rows stand in other areas */
export function requireShown(batch: StoredBatch): void {
  if (batch.elsewhere === 'held') throw new Problem('importElsewhere', { rows: batch.counts.elsewhere ?? 0 })
}

const mostAtOnce = 50_000

/** The same decision for every waiting row of a kind in the person's areas. */
export async function decideAll(
  context: ActionContext,
  input: {
    batchId: string
    decision: Decision
    verdict?: string | undefined
    reason?: string | undefined
    areaCode?: string | undefined
    leastScore?: number | undefined
    mostScore?: number | undefined
  },
): Promise<{ decided: number; batch: StoredBatch }> {
  const batch = await requireBatch(context, input.batchId, 'import.decide', true)
  requireState(batch, ['reviewing', 'committed'])
  requireShown(batch)
  const areas = reachOf(context.actor, 'import.decide')!.areas
  const numbers = await findWaiting(context.tx, batch.id, { ...input, areas }, mostAtOnce)
  const rows = (await lockVerdicts(context.tx, batch.id, numbers)).filter(
    (row) =>
      mayAt(context.actor, 'import.decide', { areaCode: row.area_code }) &&
      outcomeOf(context.actor, batch, row, input.decision) === 'decided',
  )
  await store(context, batch, rows, input.decision)
  await audit(context, 'import.decideAll', batch, { decision: input.decision, rows: rows.length })
  return { decided: rows.length, batch: (await findBatch(context.tx, batch.id))! }
}

export async function waiveGuard(context: ActionContext, batchId: string, reason: string): Promise<StoredBatch> {
  const batch = await requireBatch(context, batchId, 'import.commit', true)
  requireState(batch, ['reviewing'])
  await changeBatch(context.tx, batch.id, { guardWaived: true }, context.now)
  await audit(context, 'import.waiveGuard', batch, { share: guardShare(batch), reason })
  return (await findBatch(context.tx, batch.id))!
}

/** @throws Problem notPermitted for the person who brought the file, and for everybody below the province */
export async function waiveElsewhere(context: ActionContext, batchId: string, reason: string): Promise<StoredBatch> {
  const batch = await requireBatch(context, batchId, 'import.commit', true)
  if (!mayWaiveElsewhere(context.actor, batch)) throw new Problem('notPermitted')
  if (batch.elsewhere !== 'held') throw new Problem('wrongState', { state: batch.state })
  await changeBatch(context.tx, batch.id, { elsewhere: 'waived' }, context.now)
  await audit(context, 'import.waiveElsewhere', batch, { rows: batch.counts.elsewhere ?? 0, reason })
  return (await findBatch(context.tx, batch.id))!
}

/** @throws Problem importGuard, importElsewhere, importNeedsDecision when everything that is left waits for a person, wrongState */
export async function commitImport(context: ActionContext, batchId: string, addJob: AddJob): Promise<StoredBatch> {
  const { tx, now } = context
  const batch = await requireBatch(context, batchId, 'import.commit', true)
  // What failed half way can be committed on; a failed dry run cannot.
  requireState(batch, batch.matched_at === null ? ['reviewing'] : ['reviewing', 'committed', 'failed'])
  const settings = await readSettings(tx)
  const share = guardShare(batch)
  if (share > settings['import.limits'].guardShare && !batch.guard_waived)
    throw new Problem('importGuard', { share, limit: settings['import.limits'].guardShare })
  requireShown(batch)
  const counts = await recount(tx, batch)
  const verdicts = counts.verdicts ?? {}
  const waiting = counts.waiting ?? 0
  const byRules =
    (verdicts['new'] ?? 0) +
    (verdicts['same'] ?? 0) +
    (verdicts['update'] ?? 0) +
    Math.max(0, (verdicts['match'] ?? 0) - waiting)
  const isFirst = batch.state !== 'committed'
  if ((counts.decided ?? 0) === 0 && (!isFirst || byRules === 0)) {
    if (waiting > 0) throw new Problem('importNeedsDecision', { waiting })
    if (!isFirst) throw new Problem('wrongState', { state: batch.state })
  }
  await changeBatch(tx, batch.id, { state: 'committing', problem: null, progress: {} }, now)
  await audit(context, 'import.commit', batch, { waiting })
  await addJob('import.commit', { batchId: batch.id, accountId: context.actor.userId })
  return (await findBatch(tx, batch.id))!
}

/** Stops it. What a running commit has stored already stays, and can be undone. */
export async function cancelImport(context: ActionContext, batchId: string): Promise<StoredBatch> {
  const { tx, now } = context
  const batch = await requireBatch(context, batchId, 'import.write', true)
  const open: BatchState[] = ['uploaded', 'detected', 'mapped', 'reading', 'matching', 'reviewing', 'committing']
  if (!open.includes(batch.state as BatchState)) throw new Problem('wrongState', { state: batch.state })
  await changeBatch(tx, batch.id, { state: 'cancelled', sample: null, progress: {} }, now)
  // The rows of a file that never came in are nobody's provenance.
  if (batch.committed_through === 0 && batch.state === 'reviewing') await deleteStaged(tx, batch.id)
  await audit(context, 'import.cancel', batch)
  return (await findBatch(tx, batch.id))!
}

export async function undoImport(
  context: ActionContext,
  batchId: string,
  reason: string,
  addJob: AddJob,
): Promise<StoredBatch> {
  const { tx, now } = context
  const batch = await requireBatch(context, batchId, 'import.undo', true)
  requireState(batch, batch.result === null ? ['committed'] : ['committed', 'failed', 'cancelled'])
  await changeBatch(tx, batch.id, { state: 'undoing', problem: null, progress: {} }, now)
  await audit(context, 'import.undo', batch, { reason })
  await addJob('import.undo', { batchId: batch.id, accountId: context.actor.userId })
  return (await findBatch(tx, batch.id))!
}

async function audit(
  context: ActionContext,
  action: string,
  batch: { id: string; area_code: string },
  detail: Record<string, string | number | boolean | null> = {},
): Promise<void> {
  await context.audit({ action, subjectKind: 'batch', subjectId: batch.id, areaCode: batch.area_code, detail })
}

/** Areas of the batch that the person may see rows of. */
export function rowAreas(context: ActionContext, batch: StoredBatch): string[] {
  const areas = reachOf(context.actor, 'import.read')?.areas ?? []
  return areas.some((area) => isAreaWithin(batch.area_code, area)) ? [batch.area_code] : [...areas]
}
