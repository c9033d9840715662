/** Sessions, credentials and tries, as far as the sign-in library leaves them to us. */
import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'

export interface SessionRow {
  id: string
  userAgent: string | null
  address: string | null
  signedInAt: Date
  lastSeenAt: Date
}

/** The sessions of an account that have not run out at `now`, the latest used first. */
export async function sessionsOf(db: Db, accountId: string, now: Date): Promise<SessionRow[]> {
  return db
    .selectFrom('session')
    .select([
      'id',
      'user_agent as userAgent',
      'ip_address as address',
      'created_at as signedInAt',
      'updated_at as lastSeenAt',
    ])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .orderBy('updated_at', 'desc')
    .execute()
}

/** Ends one session of an account; false when it has none of that id. */
export async function deleteSession(tx: Tx, accountId: string, sessionId: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('session')
    .where('account_id', '=', accountId)
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Ends the sessions of an account, all or all but one; returns how many. */
export async function deleteSessions(tx: Tx, accountId: string, exceptId: string | null = null): Promise<number> {
  let query = tx.deleteFrom('session').where('account_id', '=', accountId)
  if (exceptId !== null) query = query.where('id', '!=', exceptId)
  return Number((await query.executeTakeFirst()).numDeletedRows)
}

/** The account whose second factor a sign-in under way waits for; null when there is none of that name. */
export async function awaitedBy(db: Db, identifier: string): Promise<string | null> {
  const row = await db
    .selectFrom('verification')
    .select('value')
    .where('identifier', '=', identifier)
    .where('identifier', 'like', '2fa-%')
    .where('identifier', 'not like', '2fa-attempts-%')
    .executeTakeFirst()
  return row?.value ?? null
}

/** Counts one try in its window and returns how many there were since when (milliseconds of the epoch). */
export async function countAttempt(
  tx: Tx,
  attempt: { id: string; key: string; now: number; windowMs: number },
): Promise<{ tries: number; since: number }> {
  const isOver = sql<boolean>`attempt.last_request <= ${attempt.now - attempt.windowMs}`
  const row = await tx
    .insertInto('attempt')
    .values({ id: attempt.id, key: attempt.key, count: 1, last_request: attempt.now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        count: sql`case when ${isOver} then 1 else attempt.count + 1 end`,
        last_request: sql`case when ${isOver} then ${attempt.now} else attempt.last_request end`,
      }),
    )
    .returning(['count', 'last_request'])
    .executeTakeFirstOrThrow()
  return { tries: row.count, since: row.last_request }
}

/** Forgets tries: those whose key begins so, and everything older than a day. */
export async function forgetAttempts(tx: Tx, keyBeginning: string, now: Date): Promise<void> {
  await tx
    .deleteFrom('attempt')
    .where((eb) =>
      eb.or([
        eb(sql`left(key, ${keyBeginning.length})`, '=', keyBeginning),
        eb('last_request', '<', now.getTime() - 24 * 60 * 60 * 1000),
      ]),
    )
    .execute()
}

export async function setPassword(
  tx: Tx,
  accountId: string,
  hash: string,
  isOneTime: boolean,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('credential')
    .set({ password: hash, updated_at: now })
    .where('account_id', '=', accountId)
    .where('provider_id', '=', 'credential')
    .execute()
  await setOneTime(tx, accountId, isOneTime, now)
}

export async function setOneTime(tx: Tx, accountId: string, isOneTime: boolean, now: Date): Promise<void> {
  await tx
    .updateTable('account')
    .set({ password_one_time: isOneTime, password_one_time_at: isOneTime ? now : null, updated_at: now })
    .where('id', '=', accountId)
    .execute()
}

/** The secret of a person's authenticator as the library keeps it, encrypted; null when there is none. */
export async function secondFactorSecret(db: Db, accountId: string): Promise<string | null> {
  const row = await db
    .selectFrom('second_factor')
    .select('secret')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.secret ?? null
}

/**
 * Takes the step of a code as used, whoever is faster; false when a code of that step or a later one was used before.
 *
 * @param step of 30 seconds since 1970 (RFC 6238, section 5.2: a code is accepted once)
 */
export async function useStep(tx: Tx, accountId: string, step: number): Promise<boolean> {
  const result = await tx
    .updateTable('second_factor')
    .set({ last_used_step: step })
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('last_used_step', 'is', null), eb('last_used_step', '<', step)]))
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function deleteSecondFactor(tx: Tx, accountId: string, now: Date): Promise<void> {
  await tx.deleteFrom('second_factor').where('account_id', '=', accountId).execute()
  await tx
    .updateTable('account')
    .set({ second_factor_enabled: false, updated_at: now })
    .where('id', '=', accountId)
    .execute()
}
