/**
 * Judging and committing a batch that was read, in short transactions that write down how far they are: any process can
 * take the work up again where another was killed.
 */
import { settleTouched } from '../actions/imports/settle.ts'
import { recount } from '../actions/imports/views.ts'
import { isTooManyElsewhere } from '../../domain/import/elsewhere.ts'
import type { Database, Tx } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { rebuildFigures } from '../queries/figures.ts'
import { holdAddingIn } from '../queries/households.ts'
import {
  analyze,
  changeBatch,
  countElsewhereLately,
  doesAnotherCommit,
  findBatch,
  hasRegistryGrown,
  hasRegistryMoved,
  lockBatch,
  prepareBulk,
  readBatchVillages,
  settleSearchIndex,
  type StoredBatch,
} from '../queries/imports.ts'
import {
  commitRange,
  insertVillages,
  nothingCommitted,
  touchedProvinces,
  type CommitCounts,
  type CommitStamp,
} from '../queries/imports/commit.ts'
import { rebuildImportFigures } from '../queries/imports/figures.ts'
import type { JudgedBatch } from '../queries/imports/judge.ts'
import {
  clearRange,
  clearVerdicts,
  countElsewhere,
  isRegistryEmpty,
  judgeAgainstRegistry,
  judgeAllNew,
  judgeInFile,
  type RowRange,
} from '../queries/imports/match.ts'
import { lastStagedRow } from '../queries/imports/stage.ts'
import { readSettings } from '../queries/settings.ts'
import { auditStep } from './import-audit.ts'
import { createMeter, type Meter, type PhaseOutcome, type RunControl, type RunDeps } from './import-meter.ts'

/** Rows in one transaction. The embedded database has one session: other requests wait for the whole of each. */
const commitRows = { postgres: 20_000, embedded: 3000 } as const
/** Connections that commit side by side. */
const lanes = { postgres: 2, embedded: 1 } as const
const matchRows = { postgres: 2_000_000, embedded: 10_000 } as const

/** Gives every household of the file its verdict; starts anew each time, keeping decisions and what is committed. */
export async function matchPhase(deps: RunDeps, batch: StoredBatch, control: RunControl = {}): Promise<PhaseOutcome> {
  const { database } = deps
  const judged = await judgedBatch(deps, batch)
  const last = await lastStagedRow(database.kysely, batch.id)
  const startedAt = deps.now()
  const meter = createMeter(deps, batch, 'matching', 0, last, control)
  await refreshStatistics(database, ['source_row'])
  const isEmpty = await inTransaction(database, 'program', async (tx) => {
    await prepareBulk(tx)
    await clearVerdicts(tx, batch.id, batch.committed_through)
    await judgeInFile(tx, judged)
    return isRegistryEmpty(tx)
  })
  const step = isEmpty ? 100_000 : matchRows[database.engine]
  for (let after = 0; after < last; after += step) {
    const range = { after, through: Math.min(last, after + step) }
    const goesOn = await inTransaction(database, 'program', async (tx) => {
      await prepareBulk(tx)
      if (isEmpty) await judgeAllNew(tx, judged, range)
      else await judgeAgainstRegistry(tx, judged, range, true)
      return meter.tell(tx, range.through)
    })
    if (!goesOn) return 'cancelled'
    if (control.stopping?.()) return 'again'
  }
  await inTransaction(database, 'program', async (tx) => {
    await prepareBulk(tx)
    await rebuildImportFigures(tx, batch.id, batch.list_code)
    const elsewhere = await countElsewhere(tx, batch.id)
    const counts = { ...(await recount(tx, batch)), elsewhere }
    const change = {
      counts,
      ...((await isHeld(tx, batch, counts, deps.now())) ? { elsewhere: 'held' as const } : {}),
      matchedAt: startedAt,
      progress: {},
      ...(batch.state === 'matching' ? { state: 'reviewing' } : {}),
    }
    await changeBatch(tx, batch.id, change, deps.now(), ['matching', 'committing'])
    const { households = 0, waiting = 0 } = counts
    await auditStep(deps, tx, batch, batch.account_id, 'import.judged', { households, waiting, elsewhere })
  })
  return 'done'
}

const day = 24 * 60 * 60 * 1000

/** Whether so many rows stand in other areas that nobody is shown which, before somebody of the province allows it. */
async function isHeld(
  tx: Tx,
  batch: StoredBatch,
  { elsewhere: rows, households = 0 }: { elsewhere: number; households?: number },
  now: Date,
): Promise<boolean> {
  // Whoever reaches the nation is told nothing about a place that is not theirs.
  if (batch.elsewhere === 'waived' || batch.reach.includes('')) return false
  const earlier = await countElsewhereLately(tx, batch, new Date(now.getTime() - day))
  return isTooManyElsewhere({ rows, households, earlier }, (await readSettings(tx))['import.limits'])
}

/** Takes in every row that waits for nobody. What changed in the registry since the dry run is looked at again first. */
export async function commitPhase(
  deps: RunDeps,
  batch: StoredBatch,
  accountId: string | null,
  control: RunControl = {},
): Promise<PhaseOutcome> {
  const { database } = deps
  const last = await lastStagedRow(database.kysely, batch.id)
  const provinces = await touchedProvinces(database.kysely, batch.id)
  if (
    batch.committed_through < last &&
    (batch.matched_at === null || (await hasRegistryMoved(database.kysely, batch.id, provinces, batch.matched_at)))
  ) {
    const outcome = await matchPhase(deps, batch, control)
    if (outcome !== 'done') return outcome
  }
  const judged = await judgedBatch(deps, batch)
  const meter = createMeter(deps, batch, 'committing', batch.committed_through, last, control)
  const villages = await readBatchVillages(database.kysely, batch.id)
  await inTransaction(database, 'program', async (tx) => {
    const named = await insertVillages(tx, villages)
    if (named > 0) await auditStep(deps, tx, batch, accountId, 'import.villages', { named })
  })
  const step = control.commitRows ?? commitRows[database.engine]
  // First the rows in their order; then the whole file once more for those decided behind what was committed.
  const ranges: CommitRange[] = []
  for (let after = batch.committed_through; after < last; after += step)
    ranges.push({ after, through: Math.min(last, after + step), onlyDecided: false })
  for (let after = 0; after < batch.committed_through; after += step * 10)
    ranges.push({ after, through: Math.min(batch.committed_through, after + step * 10), onlyDecided: true })
  // Ranges that only make new households touch no row twice: two connections may work at them side by side, as long as no
  // other import does. Another that begins later sees this one, and holds each of its ranges apart.
  const current = (await findBatch(database.kysely, batch.id))!
  const { verdicts = {}, decided = 0 } = current.counts
  const onlyNew = (verdicts['match'] ?? 0) + (verdicts['update'] ?? 0) + decided === 0
  const besideEachOther = onlyNew && !(await doesAnotherCommit(database.kysely, batch.id))
  const since = new Date((current.matched_at ?? current.created_at).getTime() - slackMs)
  const work: CommitWork = { batch, judged, provinces, since, besideEachOther, accountId, meter }
  let outcome = 'done' as PhaseOutcome
  let done = 0
  const next = async (): Promise<void> => {
    for (let range = ranges.shift(); range && outcome === 'done'; range = ranges.shift()) {
      if (!(await commitOne(deps, work, range))) outcome = 'cancelled'
      else if (control.stopping?.()) outcome = 'again'
      done += 1
      if (done % rangesPerSettling === 0) await inTransaction(database, 'program', settleSearchIndex)
    }
  }
  await Promise.all(Array.from({ length: besideEachOther ? lanes[database.engine] : 1 }, next))
  if (outcome === 'again') return outcome
  // None of them needs what another does.
  await Promise.all([
    refreshFigures(deps, batch, provinces),
    inTransaction(database, 'program', settleSearchIndex),
    refreshStatistics(database, ['household', 'member', 'listing', 'fact_change', 'row_verdict', 'fact_span']),
  ])
  await inTransaction(database, 'program', async (tx) => {
    const change = { state: 'committed', committedThrough: last, committedAt: deps.now(), progress: {} }
    if (await changeBatch(tx, batch.id, change, deps.now(), ['committing']))
      await auditStep(deps, tx, batch, accountId, 'import.committed')
  })
  return outcome
}

/** The embedded database has nobody else to vacuum it. */
async function refreshStatistics(database: Database, tables: readonly string[]): Promise<void> {
  if (database.engine === 'embedded') await database.tidy(tables)
  else await inTransaction(database, 'program', (tx) => analyze(tx, tables))
}

interface CommitRange extends RowRange {
  /** Only rows that were decided after the range was committed. */
  onlyDecided: boolean
}

const rangesPerSettling = 8
/** A request may have begun this long before it got to write, and is known by when it began. */
const slackMs = 10_000

interface CommitWork {
  batch: StoredBatch
  judged: JudgedBatch
  provinces: readonly number[]
  /** When the dry run looked at the registry. */
  since: Date
  /** Whether ranges of this import may be committed at the same time. */
  besideEachOther: boolean
  accountId: string | null
  meter: Meter
}

/** Commits a range, alone with the registry: what others added since the dry run is looked at again first. */
async function commitOne(
  deps: RunDeps,
  { batch, judged, provinces, since, besideEachOther, accountId, meter }: CommitWork,
  { onlyDecided, ...range }: CommitRange,
): Promise<boolean> {
  return inTransaction(deps.database, 'program', async (tx) => {
    await holdAddingIn(tx, provinces, besideEachOther)
    await prepareBulk(tx)
    if (!onlyDecided && (await hasRegistryGrown(tx, batch.id, provinces, since))) {
      await clearRange(tx, batch.id, range)
      await judgeAgainstRegistry(tx, judged, range, true)
    }
    const now = deps.now()
    const settle: CommitStamp['settle'] = (inner, cases) => settleTouched(inner, now, cases)
    const counts = await commitRange(tx, judged, range, onlyDecided, { accountId, now, settle })
    const { after, through } = range
    await auditStep(deps, tx, batch, accountId, 'import.commitRange', { after, through, ...counts })
    const current = (await lockBatch(tx, batch.id))!
    const change = { result: add(current.result ?? nothingCommitted, counts) }
    // A lane that is ahead of the other leaves the mark alone: what lies before it must be whole.
    const isNext = !onlyDecided && current.committed_through === range.after
    await changeBatch(tx, batch.id, isNext ? { ...change, committedThrough: range.through } : change, deps.now())
    return meter.tell(tx, range.through, true)
  })
}

/** The overview's figures of the provinces that a batch touched, and the batch's own. */
export async function refreshFigures(deps: RunDeps, batch: StoredBatch, provinces: readonly number[]): Promise<void> {
  for (const province of provinces)
    await inTransaction(deps.database, 'program', async (tx) => {
      await prepareBulk(tx)
      await rebuildFigures(tx, province)
    })
  await inTransaction(deps.database, 'program', async (tx) => {
    await rebuildImportFigures(tx, batch.id, batch.list_code)
    const current = (await findBatch(tx, batch.id))!
    await changeBatch(tx, batch.id, { counts: await recount(tx, current) }, deps.now())
  })
}

function add(a: CommitCounts, b: CommitCounts): CommitCounts {
  return {
    householdsMade: a.householdsMade + b.householdsMade,
    householdsChanged: a.householdsChanged + b.householdsChanged,
    membersMade: a.membersMade + b.membersMade,
    listingsMade: a.listingsMade + b.listingsMade,
    factsChanged: a.factsChanged + b.factsChanged,
  }
}

async function judgedBatch(deps: RunDeps, batch: StoredBatch): Promise<JudgedBatch> {
  const settings = await readSettings(deps.database.kysely)
  return {
    id: batch.id,
    listCode: batch.list_code,
    listDate: batch.list_date,
    trust: batch.list_trust,
    reach: batch.reach,
    rules: settings.survivorship,
    thresholds: settings['match.thresholds'],
    weights: settings['match.weights'],
  }
}
