import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import { newId } from '../ids.ts'

export interface ClaimedJob {
  id: string
  kind: string
  payload: unknown
  /** Including this one. */
  attempts: number
}

export async function insertJob(tx: Tx, kind: string, payload: unknown, now: Date): Promise<void> {
  await tx
    .insertInto('job')
    .values({ id: newId(), kind, payload: JSON.stringify(payload), run_at: now, created_at: now })
    .execute()
}

/**
 * Takes the oldest job that is due, or whose claim ran out, among the kinds that this process can do.
 *
 * @param batchId only a job about this batch
 */
export async function claimJob(
  tx: Tx,
  now: Date,
  until: Date,
  kinds: readonly string[],
  batchId?: string,
): Promise<ClaimedJob | null> {
  const ofBatch = batchId === undefined ? sql`` : sql`and payload->>'batchId' = ${batchId}`
  const { rows } = await sql<ClaimedJob>`
    update job set state = 'running', attempts = attempts + 1, claimed_until = ${until}
    where id = (
      select id from job
      where kind = any(${[...kinds]}::text[]) and run_at <= ${now} ${ofBatch}
        and (state = 'waiting' or (state = 'running' and claimed_until < ${now}))
      order by run_at, id limit 1 for update skip locked)
    returning id, kind, payload, attempts`.execute(tx)
  return rows[0] ?? null
}

/** Whether work on a batch waits or is under way somewhere; `claimedUntil` while a process has it, or had it last. */
export async function findBatchJob(db: Db, batchId: string): Promise<{ claimedUntil: Date | null } | undefined> {
  return db
    .selectFrom('job')
    .select('claimed_until as claimedUntil')
    .where(sql<string>`payload->>'batchId'`, '=', batchId)
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirst()
}

export async function extendClaim(db: Db, id: string, until: Date): Promise<void> {
  await db
    .updateTable('job')
    .set({ claimed_until: until })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}

export async function finishJob(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('job').where('id', '=', id).execute()
}

/** Puts a job back for `runAt`, or gives it up for good when that is null. */
export async function retryJob(
  tx: Tx,
  id: string,
  runAt: Date | null,
  error: string | null,
  attempts: number,
): Promise<void> {
  await tx
    .updateTable('job')
    .set({
      state: runAt ? 'waiting' : 'failed',
      claimed_until: null,
      last_error: error,
      attempts,
      ...(runAt ? { run_at: runAt } : {}),
    })
    .where('id', '=', id)
    .execute()
}

/** Gives claims of a process that is gone back at once: only for the embedded database, which has one process. */
export async function releaseClaims(tx: Tx): Promise<void> {
  await tx.updateTable('job').set({ state: 'waiting', claimed_until: null }).where('state', '=', 'running').execute()
}
