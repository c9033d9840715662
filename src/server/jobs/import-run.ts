/**
 * The work of an import, phase by phase: read, match, commit. Each phase goes on in short transactions, writes down how
 * far it is in the same ones, and can be taken up again by another process. Used by the jobs, the command line and the
 * benchmark alike.
 */
import { createHash } from 'node:crypto'
import type { ColumnMapping } from '../../domain/import/field.ts'
import { checkMapping, proposeMapping } from '../../domain/import/columns.ts'
import { Problem, type ProblemDetails, type ProblemName } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { stagedColumns } from '../actions/imports/stage-row.ts'
import type { Database, Tx } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { openFileSource } from '../files/sources.ts'
import { newId } from '../ids.ts'
import { insertAudit } from '../queries/audit.ts'
import { rebuildFigures } from '../queries/figures.ts'
import {
  changeBatch,
  completeUpload,
  findBatch,
  hasRegistryMoved,
  insertBatch,
  insertUpload,
  lockBatch,
  prepareBulk,
  readBatchVillages,
  readKnownAreas,
  settleSearchIndex,
  type BatchProgress,
  type StoredBatch,
} from '../queries/imports.ts'
import {
  commitRange,
  insertVillages,
  nothingCommitted,
  touchedProvinces,
  type CommitCounts,
} from '../queries/imports/commit.ts'
import { countVerdicts, rebuildImportFigures } from '../queries/imports/figures.ts'
import type { JudgedBatch } from '../queries/imports/judge.ts'
import {
  clearVerdicts,
  isRegistryEmpty,
  judgeAgainstRegistry,
  judgeAllNew,
  judgeInFile,
  type RowRange,
} from '../queries/imports/match.ts'
import { countDecided } from '../queries/imports/rows.ts'
import { insertStaged, lastStagedRow } from '../queries/imports/stage.ts'
import { findList } from '../queries/lists.ts'
import { readSettings } from '../queries/settings.ts'
import { startThread } from '../thread.ts'
import type { FilePlace, FromThread, LookedFile, LookTask, ReadTask, VillageName } from './read-thread.ts'

type RunDeps = Pick<Deps, 'database' | 'secrets' | 'now'>

/** How the work is asked to pause, and told about. */
export interface RunControl {
  /** True once the program stops: the phase returns at the next safe point. */
  stopping?: () => boolean
  progress?: (progress: BatchProgress) => void
}

export type PhaseOutcome = 'done' | 'again' | 'cancelled'

/** Rows in one transaction. The embedded database has one session: other requests wait for the whole of each. */
const commitRows = { postgres: 20_000, embedded: 3000 } as const
/** Connections that commit side by side. */
const lanes = { postgres: 2, embedded: 1 } as const
const matchRows = { postgres: 2_000_000, embedded: 10_000 } as const
const stageTexts = { postgres: 4, embedded: 1 } as const
const rowsPerText = 2000
const threadHeapMb = 700

/** Looks at a file: format, sheets and the first rows of each. */
export async function lookAtFile(file: FilePlace, keys: string, rowsPerSheet: number): Promise<LookedFile> {
  const task: LookTask = { kind: 'look', file, keys, rowsPerSheet }
  return new Promise((resolve, reject) => {
    const thread = startThread(new URL('./read-thread.ts', import.meta.url), task, threadHeapMb)
    const timer = setTimeout(() => {
      reject(new Problem('hostileFile', { reason: 'time' }))
      void thread.terminate()
    }, 120_000)
    thread.on('message', (message: FromThread) => {
      if (message.kind === 'looked') resolve(message.file)
      else reject(threadError(message))
    })
    thread.on('error', (error) => reject(heapError(error)))
    thread.on('exit', () => {
      clearTimeout(timer)
      reject(new Error('the reading thread ended'))
    })
  })
}

function threadError(message: FromThread): Error {
  if (message.kind === 'problem') return new Problem(message.problem as ProblemName, message.details as ProblemDetails)
  return new Error(message.kind === 'error' ? message.message : 'unexpected message of the reading thread')
}

/** A file that needs more memory than any honest one is refused, not tried again. */
function heapError(error: Error): Error {
  const code = (error as { code?: string }).code
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Problem('hostileFile', { reason: 'memory' }) : error
}

/** Reads every row of the file into source_row. Taken up again, it goes on behind the last row that is stored. */
export async function readPhase(
  deps: RunDeps,
  batch: StoredBatch,
  file: FilePlace,
  control: RunControl = {},
): Promise<PhaseOutcome> {
  const { database } = deps
  const after = await lastStagedRow(database.kysely, batch.id)
  const settings = await readSettings(database.kysely)
  const task: ReadTask = {
    kind: 'rows',
    file,
    keys: deps.secrets.export(),
    mapping: batch.mapping!,
    areas: await readKnownAreas(database.kysely, batch.area_code),
    areaCode: batch.area_code,
    listDate: batch.list_date,
    today: dayInThailand(deps.now()),
    acceptPractice: settings.practice,
    after,
    rowsPerBatch: rowsPerText,
  }
  const meter = createMeter(deps, batch, 'reading', after, null, control)
  const thread = startThread(new URL('./read-thread.ts', import.meta.url), task, threadHeapMb)
  const inbox: FromThread[] = []
  let wake: (() => void) | null = null
  const receive = (message: FromThread): void => {
    inbox.push(message)
    wake?.()
    wake = null
  }
  thread.on('message', receive)
  thread.on('error', (error) => {
    const failure = heapError(error)
    receive(
      failure instanceof Problem
        ? { kind: 'problem', problem: failure.problem, details: failure.details }
        : { kind: 'error', message: error.message },
    )
  })
  thread.on('exit', () => receive({ kind: 'error', message: 'the reading thread ended' }))
  let read = 0
  try {
    for (;;) {
      if (inbox.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      // Several texts that are already here share one commit.
      const texts: string[] = []
      let message = inbox.shift()!
      while (message.kind === 'batch') {
        texts.push(message.json)
        read += message.rows
        if (texts.length >= stageTexts[database.engine] || inbox[0]?.kind !== 'batch') break
        message = inbox.shift()!
      }
      if (message.kind === 'estimate') meter.total = message.rows
      else if (message.kind === 'done') {
        await finishReading(deps, batch, message)
        return 'done'
      } else if (message.kind !== 'batch') throw threadError(message)
      else {
        const goesOn = await inTransaction(database, 'program', async (tx) => {
          for (const text of texts) await insertStaged(tx, batch.id, text, stagedColumns)
          return meter.tell(tx, read)
        })
        if (!goesOn) return 'cancelled'
        if (control.stopping?.()) return 'again'
        for (let index = 0; index < texts.length; index += 1) thread.postMessage('next')
      }
    }
  } finally {
    thread.removeAllListeners('exit')
    await thread.terminate()
  }
}

async function finishReading(
  deps: RunDeps,
  batch: StoredBatch,
  done: { rows: number; faults: Record<string, number>; villages: VillageName[] },
): Promise<void> {
  await inTransaction(deps.database, 'program', async (tx) => {
    const counts = { rows: done.rows, faults: done.faults }
    const change = { state: 'matching', counts, villages: done.villages, sample: null }
    await changeBatch(tx, batch.id, change, deps.now(), ['reading'])
  })
}

/** Gives every household of the file its verdict; starts anew each time, keeping decisions and what is committed. */
export async function matchPhase(deps: RunDeps, batch: StoredBatch, control: RunControl = {}): Promise<PhaseOutcome> {
  const { database } = deps
  const judged = await judgedBatch(deps, batch)
  const last = await lastStagedRow(database.kysely, batch.id)
  const startedAt = deps.now()
  const meter = createMeter(deps, batch, 'matching', 0, last, control)
  await database.tidy(['source_row'])
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
    const counts = {
      ...batch.counts,
      ...(await countVerdicts(tx, batch.id)),
      decided: await countDecided(tx, batch.id),
    }
    const change = {
      counts,
      matchedAt: startedAt,
      progress: {},
      ...(batch.state === 'matching' ? { state: 'reviewing' } : {}),
    }
    await changeBatch(tx, batch.id, change, deps.now(), ['matching', 'committing'])
    await insertAudit(
      tx,
      { id: newId(), at: deps.now(), accountId: batch.account_id, requestId: null },
      {
        action: 'import.judged',
        subjectKind: 'batch',
        subjectId: batch.id,
        areaCode: batch.area_code,
        detail: { households: counts.households, waiting: counts.waiting },
      },
    )
  })
  return 'done'
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
  await inTransaction(database, 'program', (tx) => insertVillages(tx, villages))
  const step = commitRows[database.engine]
  // First the rows in their order; then the whole file once more for those decided behind what was committed.
  const ranges: CommitRange[] = []
  for (let after = batch.committed_through; after < last; after += step)
    ranges.push({ after, through: Math.min(last, after + step), onlyDecided: false })
  for (let after = 0; after < batch.committed_through; after += step * 10)
    ranges.push({ after, through: Math.min(batch.committed_through, after + step * 10), onlyDecided: true })
  let outcome = 'done' as PhaseOutcome
  const next = async (): Promise<void> => {
    for (let range = ranges.shift(); range && outcome === 'done'; range = ranges.shift()) {
      if (!(await commitOne(deps, batch, judged, range, accountId, meter))) outcome = 'cancelled'
      else if (control.stopping?.()) outcome = 'again'
    }
  }
  // Ranges that only make new households touch no row twice: two connections may work at them side by side.
  const { verdicts = {}, decided = 0 } = (await findBatch(database.kysely, batch.id))!.counts
  const onlyNew = (verdicts['match'] ?? 0) + (verdicts['update'] ?? 0) + decided === 0
  await Promise.all(Array.from({ length: onlyNew ? lanes[database.engine] : 1 }, next))
  if (outcome === 'again') return outcome
  await refreshFigures(deps, batch, provinces)
  await inTransaction(database, 'program', settleSearchIndex)
  await inTransaction(database, 'program', (tx) => {
    const change = { state: 'committed', committedThrough: last, committedAt: deps.now(), progress: {} }
    return changeBatch(tx, batch.id, change, deps.now(), ['committing'])
  })
  await database.tidy(['household', 'member', 'listing', 'fact_change', 'source_row', 'row_verdict'])
  return outcome
}

interface CommitRange extends RowRange {
  /** Only rows that were decided after the range was committed. */
  onlyDecided: boolean
}

const rangesPerSettling = 8

async function commitOne(
  deps: RunDeps,
  batch: StoredBatch,
  judged: JudgedBatch,
  { onlyDecided, ...range }: CommitRange,
  accountId: string | null,
  meter: Meter,
): Promise<boolean> {
  const { database } = deps
  const goesOn = await inTransaction(database, 'program', async (tx) => {
    await prepareBulk(tx)
    const counts = await commitRange(tx, judged, range, onlyDecided, { accountId, now: deps.now() })
    const stamp = { id: newId(), at: deps.now(), accountId, requestId: null }
    await insertAudit(tx, stamp, {
      action: 'import.commitRange',
      subjectKind: 'batch',
      subjectId: batch.id,
      areaCode: batch.area_code,
      detail: { after: range.after, through: range.through, ...counts },
    })
    const current = (await lockBatch(tx, batch.id))!
    const change = { result: add(current.result ?? nothingCommitted, counts) }
    // A lane that is ahead of the other leaves the mark alone: what lies before it must be whole.
    const isNext = !onlyDecided && current.committed_through === range.after
    await changeBatch(tx, batch.id, isNext ? { ...change, committedThrough: range.through } : change, deps.now())
    return meter.tell(tx, range.through, true)
  })
  if ((range.through / commitRows[database.engine]) % rangesPerSettling === 0)
    await inTransaction(database, 'program', settleSearchIndex)
  return goesOn
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
    await changeBatch(
      tx,
      batch.id,
      {
        counts: {
          ...current.counts,
          ...(await countVerdicts(tx, batch.id)),
          decided: await countDecided(tx, batch.id),
        },
      },
      deps.now(),
    )
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

const tellEveryMs = 1000

interface Meter {
  total: number | null
  tell(tx: Tx, done: number, always?: boolean): Promise<boolean>
}

/** Writes progress into the batch now and then, in the transaction of the work itself; false when it was cancelled. */
function createMeter(
  deps: RunDeps,
  batch: StoredBatch,
  phase: BatchProgress['phase'],
  from: number,
  total: number | null,
  control: RunControl,
): Meter {
  const since = new Date().toISOString()
  let toldAt = 0
  const meter = {
    total,
    async tell(tx: Tx, done: number, always = false): Promise<boolean> {
      const progress: BatchProgress = {
        phase,
        done: phase === 'reading' ? from + done : done,
        total: meter.total,
        since,
        from,
      }
      control.progress?.(progress)
      if (!always && Date.now() - toldAt < tellEveryMs) return true
      toldAt = Date.now()
      return changeBatch(tx, batch.id, { progress }, deps.now(), ['reading', 'matching', 'committing', 'undoing'])
    },
  }
  return meter
}

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

/** Per cent of the file's households that are invalid or double. */
export function guardShare(batch: Pick<StoredBatch, 'counts'>): number {
  const { households = 0, verdicts = {} } = batch.counts
  if (households === 0) return 0
  return Math.round((100 * ((verdicts['invalid'] ?? 0) + (verdicts['duplicate'] ?? 0))) / households)
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

export type { Database }
