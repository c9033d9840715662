/**
 * Background work: a job is a row, queued in the transaction of the write that asked for it, claimed with SKIP LOCKED,
 * tried at most five times with growing pauses. A claim ends by itself, so a job whose process died is taken up again.
 */
import type { Database, Tx } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Log } from '../log.ts'
import { claimJob, extendClaim, finishJob, insertJob, releaseClaims, retryJob } from '../queries/jobs.ts'

const mostAttempts = 5
const claimMs = 60_000
const tidyEveryMs = 60 * 60_000

export interface JobRun {
  payload: unknown
  /** True once the program is asked to stop: the handler should return at the next safe point; the job is resumed later. */
  stopping(): boolean
  /** No other try follows this one: what fails now has failed for good. */
  isLastTry: boolean
}

/** Done, or to be taken up again because the program stops. */
export type JobOutcome = 'done' | 'again'
export type JobHandler = (run: JobRun) => Promise<JobOutcome>

export interface Jobs {
  /** Queues a job inside the caller's transaction; it starts after the commit. */
  add(tx: Tx, kind: string, payload: unknown, now: Date): Promise<void>
  /** Looks for work at once instead of at the next tick. */
  wake(): void
  /** Works at whatever waits from now on, and runs `tidy` at once and then every hour. */
  start(handlers: Record<string, JobHandler>, tidy: () => Promise<void>): void
  /** Gives back at once what a process that is gone was working at, where that can be told: on the embedded database. */
  takeOver(): Promise<void>
  /** Runs one waiting job about a batch, now; false when there is none that this process may take. */
  runOne(handlers: Record<string, JobHandler>, batchId: string): Promise<boolean>
  /** Runs everything that waits, now, and returns when nothing is left: for tests and the command line. */
  exhaust(handlers: Record<string, JobHandler>): Promise<void>
  /** Asks the running job to pause and waits for it. */
  stop(): Promise<void>
}

export function createJobs(parts: { database: Database; log: Log; now(): Date }): Jobs {
  const { database, log, now } = parts
  let stopping = false
  let current: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | null = null
  let handlers: Record<string, JobHandler> = {}
  let isRunning = false
  let tidy = async (): Promise<void> => {}
  let tidiedAt: number | null = null

  async function runNext(batchId?: string): Promise<boolean> {
    const job = await inTransaction(database, 'program', (tx) =>
      claimJob(tx, now(), new Date(now().getTime() + claimMs), Object.keys(handlers), batchId),
    )
    if (!job) return false
    const heartbeat = setInterval(() => {
      void extendClaim(database.kysely, job.id, new Date(now().getTime() + claimMs)).catch(() => {})
    }, claimMs / 3)
    const isLastTry = job.attempts >= mostAttempts
    try {
      const outcome = await handlers[job.kind]!({ payload: job.payload, stopping: () => stopping, isLastTry })
      if (outcome === 'done') await inTransaction(database, 'program', (tx) => finishJob(tx, job.id))
      else await inTransaction(database, 'program', (tx) => retryJob(tx, job.id, now(), null, job.attempts - 1))
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown'
      log.error({ job: job.kind, attempt: job.attempts, error: name }, 'job failed')
      const pauseMs = Math.min(60_000, 1000 * 4 ** (job.attempts - 1))
      await inTransaction(database, 'program', (tx) =>
        retryJob(tx, job.id, isLastTry ? null : new Date(now().getTime() + pauseMs), name, job.attempts),
      )
    } finally {
      clearInterval(heartbeat)
    }
    return true
  }

  async function drain(): Promise<void> {
    if (tidiedAt === null || Date.now() - tidiedAt > tidyEveryMs) {
      tidiedAt = Date.now()
      await tidy()
    }
    while (!stopping && (await runNext()));
  }

  function tick(): void {
    if (isRunning || stopping) return
    isRunning = true
    current = drain()
      .catch((error: unknown) => log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'jobs'))
      .finally(() => (isRunning = false))
  }

  /** The embedded database has one process: what is claimed was claimed by one that is gone. */
  async function takeOver(): Promise<void> {
    if (database.engine === 'embedded') await inTransaction(database, 'program', releaseClaims)
  }

  return {
    takeOver,
    add: (tx, kind, payload, at) => insertJob(tx, kind, payload, at),
    wake: () => void setImmediate(tick),
    start(given, givenTidy) {
      handlers = given
      tidy = givenTidy
      timer = setInterval(tick, 2000)
      timer.unref()
      void takeOver().then(tick, () => {})
    },
    runOne(given, batchId) {
      handlers = given
      return runNext(batchId)
    },
    async exhaust(given) {
      handlers = given
      // A job that was woken meanwhile runs beside this: it is waited for too.
      do {
        while (await runNext());
        await current
      } while (isRunning)
    },
    async stop() {
      stopping = true
      if (timer) clearInterval(timer)
      await current
    },
  }
}
