/** How often a person did something lately, counted from the audit. */
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

/**
 * Counts the audit rows of a person and keeps that person's other requests of the kind waiting until the transaction
 * ends, so that many at once cannot all be the last one allowed.
 */
export async function countLately(
  tx: Tx,
  accountId: string,
  what: { actions: readonly string[]; since: Date; detail?: Record<string, string> },
): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${accountId} ${what.actions.join()}`}, 0))`.execute(tx)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from audit_entry
    where account_id = ${accountId} and at > ${what.since} and action = any(${[...what.actions]}::text[])
      and detail @> ${JSON.stringify(what.detail ?? {})}::jsonb`.execute(tx)
  return rows[0]!.count
}
