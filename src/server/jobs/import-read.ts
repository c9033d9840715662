/** Looking at a file and reading all of it, in a thread of its own; rows reach the database in texts as they come. */
import { Problem, type ProblemDetails, type ProblemName } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { stagedColumns } from '../actions/imports/stage-row.ts'
import { inTransaction } from '../db/transaction.ts'
import { changeBatch, readKnownAreas, type StoredBatch } from '../queries/imports.ts'
import { insertStaged, lastStagedRow } from '../queries/imports/stage.ts'
import { readSettings } from '../queries/settings.ts'
import { startThread } from '../thread.ts'
import { createMeter, type PhaseOutcome, type RunControl, type RunDeps } from './import-meter.ts'
import type { FilePlace, FromThread, LookedFile, LookTask, ReadTask, VillageName } from './read-thread.ts'

/** Texts that share one transaction. */
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
