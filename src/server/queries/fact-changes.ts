/** The history of facts: what was known before and after, field by field. */
import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import { newId } from '../ids.ts'
import type { HouseholdKey } from './households.ts'

export interface FactChange {
  memberId: string | null
  field: string
  /** As text; national ids masked. */
  oldValue: string | null
  newValue: string | null
}

export interface FactChangeOrigin {
  source: 'desk' | 'merge' | 'undo'
  accountId: string
  reason: string | null
  /** The day that the new values speak of. */
  asOf: string
  at: Date
}

export async function insertFactChanges(
  tx: Tx,
  key: HouseholdKey,
  changes: readonly FactChange[],
  origin: FactChangeOrigin,
): Promise<void> {
  if (changes.length === 0) return
  await tx
    .insertInto('fact_change')
    .values(
      changes.map((change) => ({
        province_code: key.provinceCode,
        id: newId(),
        household_id: key.id,
        member_id: change.memberId,
        field: change.field,
        old_value: change.oldValue,
        new_value: change.newValue,
        source: origin.source,
        account_id: origin.accountId,
        reason: origin.reason,
        as_of: origin.asOf,
        at: origin.at,
      })),
    )
    .execute()
}

export interface StoredFactChange {
  id: string
  at: Date
  as_of: string
  member_id: string | null
  field: string
  old_value: string | null
  new_value: string | null
  source: 'desk' | 'import' | 'merge' | 'undo'
  batch_id: string | null
  file_name: string | null
  row_number: number | null
  account_name: string | null
  reason: string | null
}

/** What an import remembers beside the facts themselves, to be able to go back. */
const besideFacts = sql`(change.field in ('asOf', 'trust') or change.field like 'listDate.%')`

/**
 * What changed, latest first, at most `limit`.
 *
 * @param before the id of a change of this household: only what came before it
 */
export async function historyOf(
  db: Db,
  key: HouseholdKey,
  limit: number,
  before: string | null,
): Promise<StoredFactChange[]> {
  const earlier =
    before === null
      ? sql``
      : sql`and (change.at, change.id) < (select shown.at, shown.id from fact_change shown
          where shown.province_code = ${key.provinceCode} and shown.household_id = ${key.id} and shown.id = ${before})`
  const { rows } = await sql<StoredFactChange>`
    select change.id, change.at, change.as_of, change.member_id, change.field, change.old_value, change.new_value,
      change.source, change.batch_id, import_batch.file_name, change.row_number, account.name as account_name,
      change.reason
    from fact_change change
    left join import_batch on import_batch.id = change.batch_id
    left join account on account.id = coalesce(change.account_id, import_batch.account_id)
    where change.province_code = ${key.provinceCode} and change.household_id = ${key.id}
      and not ${besideFacts} ${earlier}
    order by change.at desc, change.id desc limit ${limit}`.execute(db)
  return rows
}

/** Fields that the last `versions` changes of a household touched; a member's fields as `members.<id>.<field>`. */
export async function fieldsOfLastChanges(db: Db, key: HouseholdKey, versions: number): Promise<string[]> {
  const { rows } = await sql<{ member_id: string | null; field: string }>`
    select distinct member_id, field from fact_change change
    where province_code = ${key.provinceCode} and household_id = ${key.id} and not ${besideFacts} and at in (
      select distinct at from fact_change change
      where province_code = ${key.provinceCode} and household_id = ${key.id} and not ${besideFacts} order by at desc limit ${versions})
    order by field, member_id`.execute(db)
  return rows.map(({ member_id, field }) => (member_id === null ? field : `members.${member_id}.${field}`))
}
