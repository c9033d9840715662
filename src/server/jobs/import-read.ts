/** Looking at a file and reading all of it, in a thread of its own; rows reach the database in texts as they come. */
import { isPersonPerRow } from '../../domain/import/row.ts'
import { Problem, type ProblemDetails, type ProblemName } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { stagedColumns } from '../actions/imports/stage-row.ts'
import { areasOf } from '../actions/imports/views.ts'
import { inTransaction } from '../db/transaction.ts'
import { changeBatch, readKnownAreas, type StoredBatch } from '../queries/imports.ts'
import { insertStaged, lastStagedRow } from '../queries/imports/stage.ts'
import { readSettings } from '../queries/settings.ts'
import { startThread } from '../thread.ts'
import { auditStep } from './import-audit.ts'
import { createMeter, type PhaseOutcome, type RunControl, type RunDeps } from './import-meter.ts'
import type { FilePlace, FromThread, LookedFile, LookTask, ReadTask, VillageName } from './read-thread.ts'

/** Threads that read one file; the embedded database needs the other core itself. */
const readers = { postgres: 2, embedded: 1 } as const
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
  const task = {
    kind: 'rows' as const,
    file,
    keys: deps.secrets.export(),
    mapping: batch.mapping!,
    areas: await readKnownAreas(database.kysely, batch.area_code),
    areaCode: batch.area_code,
    allowedAreas: areasOf(batch),
    listDate: batch.list_date,
    today: dayInThailand(deps.now()),
    acceptPractice: settings.practice,
    after,
    rowsPerBatch: rowsPerText,
  }
  const meter = createMeter(deps, batch, 'reading', after, null, control)
  // The rows of one household may stand anywhere, so such files are read by one thread.
  const parts = isPersonPerRow(batch.mapping!) ? 1 : readers[database.engine]
  const threads = Array.from({ length: parts }, (_, part) => startReader({ ...task, part, parts }))
  const done: Extract<FromThread, { kind: 'done' }>[] = []
  let read = 0
  try {
    // Text after text in the order of the file, so that what is stored is always a whole beginning of it.
    for (let turn = 0; done.length < parts; turn += 1) {
      const reader = threads[turn % parts]!
      if (reader.isDone) continue
      const message = await reader.next()
      if (message.kind === 'estimate') {
        meter.total = message.rows
        turn -= 1
      } else if (message.kind === 'done') {
        reader.isDone = true
        done.push(message)
      } else if (message.kind !== 'batch') throw threadError(message)
      else {
        read += message.rows
        const goesOn = await inTransaction(database, 'program', async (tx) => {
          await insertStaged(tx, batch.id, message.json, stagedColumns)
          return meter.tell(tx, read)
        })
        if (!goesOn) return 'cancelled'
        if (control.stopping?.()) return 'again'
        reader.goOn()
      }
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()))
  }
  if (done.every(({ rows }) => rows === 0)) throw new Problem('emptyFile')
  await finishReading(deps, batch, done)
  return 'done'
}

interface Reader {
  isDone: boolean
  next(): Promise<FromThread>
  /** One text was taken: the thread may go on reading. */
  goOn(): void
  stop(): Promise<void>
}

function startReader(task: ReadTask): Reader {
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
  return {
    isDone: false,
    async next() {
      while (inbox.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return inbox.shift()!
    },
    goOn: () => thread.postMessage('next'),
    async stop() {
      thread.removeAllListeners('exit')
      await thread.terminate()
    },
  }
}

async function finishReading(
  deps: RunDeps,
  batch: StoredBatch,
  parts: readonly { rows: number; faults: Record<string, number>; villages: VillageName[] }[],
): Promise<void> {
  const faults: Record<string, number> = {}
  const villages = new Map<string, VillageName>()
  for (const part of parts) {
    for (const [fault, count] of Object.entries(part.faults)) faults[fault] = (faults[fault] ?? 0) + count
    for (const village of part.villages) villages.set(village.code, village)
  }
  await inTransaction(deps.database, 'program', async (tx) => {
    const rows = parts.reduce((sum, part) => sum + part.rows, 0)
    const change = { state: 'matching', counts: { rows, faults }, villages: [...villages.values()], sample: null }
    if (!(await changeBatch(tx, batch.id, change, deps.now(), ['reading']))) return
    await auditStep(deps, tx, batch, batch.account_id, 'import.staged', { rows })
  })
}
