/**
 * Takes what writers left in `progress_pending` over into the figures, every two seconds and at once at the start. Readers
 * add what waits, so nothing is ever behind or lost when this stands still; it only keeps reading fast.
 */
import type { Database } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Log } from '../log.ts'
import { pendingProvinces, rollUp } from '../queries/progress-figures.ts'

const everyMs = 2000

export interface ProgressTimer {
  start(): void
  /** Waits for what is under way. */
  stop(): Promise<void>
}

/** Rolls up every province that something waits for, each in a short transaction of its own. */
export async function rollUpAll(database: Database, isStopping: () => boolean = () => false): Promise<void> {
  for (const province of await pendingProvinces(database.kysely)) {
    if (isStopping()) return
    await inTransaction(database, 'program', (tx) => rollUp(tx, province))
  }
}

export function createProgressTimer({ database, log }: { database: Database; log: Log }): ProgressTimer {
  let timer: NodeJS.Timeout | null = null
  let current: Promise<void> | null = null
  let isStopping = false

  function tick(): void {
    if (current !== null || isStopping) return
    current = rollUpAll(database, () => isStopping)
      .catch((error: unknown) => {
        // It is tried again at the next tick: the database may be restarting, or another server was faster.
        log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'progress')
      })
      .finally(() => (current = null))
  }

  return {
    start() {
      timer = setInterval(tick, everyMs)
      timer.unref()
      tick()
    },
    async stop() {
      isStopping = true
      if (timer) clearInterval(timer)
      await current
    },
  }
}
