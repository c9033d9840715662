/** Merges of two households, with what moved, so that they can be taken back. */
import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { HouseholdKey } from './households.ts'

/** Written into `household_merge.moved`. */
export interface Moved {
  /** Ids of listings that went to the household that stayed. */
  listings: string[]
  /** Listings of the household that stayed which were withdrawn before, and stand again because the other stood there. */
  reinstated: string[]
  /** Members that went over, with the position that they had. */
  members: { id: string; position: number }[]
}

export interface StoredMerge {
  id: string
  kept_id: string
  merged_id: string
  moved: Partial<Moved>
  reason: string | null
  account_name: string | null
  at: Date
  undone_name: string | null
  undone_at: Date | null
  /** Of the other household, seen from the one asked about. */
  other_head_name: string | null
  other_house_number: string | null
}

/** Every merge that a household was part of, latest first. */
export async function mergesOf(db: Db, key: HouseholdKey): Promise<StoredMerge[]> {
  const { rows } = await sql<StoredMerge>`
    select merge.id, merge.kept_id, merge.merged_id, merge.moved, merge.reason, account.name as account_name, merge.at,
      undoer.name as undone_name, merge.undone_at, other.head_name as other_head_name,
      other.house_number as other_house_number
    from household_merge merge
    left join account on account.id = merge.account_id
    left join account undoer on undoer.id = merge.undone_by
    left join household other on other.province_code = merge.province_code
      and other.id = case when merge.kept_id = ${key.id} then merge.merged_id else merge.kept_id end
    where merge.province_code = ${key.provinceCode} and (merge.kept_id = ${key.id} or merge.merged_id = ${key.id})
    order by merge.at desc, merge.id desc`.execute(db)
  return rows
}

export async function insertMerge(
  tx: Tx,
  merge: {
    provinceCode: number
    id: string
    keptId: string
    mergedId: string
    moved: Moved
    reason: string
    accountId: string
    at: Date
  },
): Promise<void> {
  await tx
    .insertInto('household_merge')
    .values({
      province_code: merge.provinceCode,
      id: merge.id,
      kept_id: merge.keptId,
      merged_id: merge.mergedId,
      moved: JSON.stringify(merge.moved),
      reason: merge.reason,
      account_id: merge.accountId,
      at: merge.at,
    })
    .execute()
}

export async function markMergeUndone(
  tx: Tx,
  provinceCode: number,
  id: string,
  accountId: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('household_merge')
    .set({ undone_by: accountId, undone_at: at })
    .where('province_code', '=', provinceCode)
    .where('id', '=', id)
    .execute()
}

export interface MovableListing {
  id: string
  list_code: string
  state: string
}

export function movableListings(db: Db, key: HouseholdKey): Promise<MovableListing[]> {
  return db
    .selectFrom('listing')
    .select(['id', 'list_code', 'state'])
    .where('province_code', '=', key.provinceCode)
    .where('household_id', '=', key.id)
    .execute()
}

/** Puts listings under another household of the province; only those that stand under `from` now. */
export async function moveListings(
  tx: Tx,
  ids: readonly string[],
  from: HouseholdKey,
  to: HouseholdKey,
  areaCode: string,
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('listing')
    .set({ household_id: to.id, area_code: areaCode })
    .where('province_code', '=', from.provinceCode)
    .where('household_id', '=', from.id)
    .where('id', 'in', [...ids])
    .execute()
}

export async function setListingStates(
  tx: Tx,
  provinceCode: number,
  ids: readonly string[],
  state: 'active' | 'withdrawn',
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('listing')
    .set({ state })
    .where('province_code', '=', provinceCode)
    .where('id', 'in', [...ids])
    .execute()
}
