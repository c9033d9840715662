/** After rules were saved: every case of the province is settled by them, in short transactions that say how far they are. */
import { settleNext } from '../actions/rules.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import type { JobHandler } from './worker.ts'

/** The kind of job; its payload is `{ provinceCode }`. */
export const settleJob = 'rules.settle'

/** Households in one transaction. The embedded database has one session: other requests wait for the whole of each. */
const atOnce = { postgres: 1000, embedded: 200 } as const

export function settleHandlers(deps: Deps): Record<string, JobHandler> {
  const { database } = deps
  return {
    [settleJob]: async ({ payload, stopping }) => {
      const { provinceCode } = payload as { provinceCode: number }
      for (;;) {
        if (stopping()) return 'again'
        const isLeft = await inTransaction(database, 'program', (tx) =>
          settleNext({ tx, now: deps.now() }, provinceCode, atOnce[database.engine]),
        )
        if (!isLeft) return 'done'
      }
    },
  }
}
