/** Which photographs there are, and of whom; the bytes lie encrypted beside the database. */
import { sql, type Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import type { HouseholdKey } from './households.ts'

export type StoredPhoto = Selectable<Tables['photo']>

/** @returns false when a photograph of that id is already there; waits for whoever is storing one right now */
export async function insertPhoto(tx: Tx, photo: StoredPhoto): Promise<boolean> {
  const result = await tx
    .insertInto('photo')
    .values(photo)
    .onConflict((conflict) => conflict.columns(['province_code', 'id']).doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1
}

/** Which of these photographs are stored, of whatever household. */
export async function storedPhotoIds(db: Db, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select id from photo where id = any(${[...ids]}::uuid[])`.execute(db)
  return new Set(rows.map((row) => row.id))
}

/** A photograph of a household, or of one that was merged into it. */
export async function findPhoto(db: Db, key: HouseholdKey, photoId: string): Promise<StoredPhoto | undefined> {
  const { rows } = await sql<StoredPhoto>`
    with recursive family(id) as (
      select ${key.id}::uuid
      union
      select m.merged_id from family f
      join household_merge m on m.province_code = ${key.provinceCode} and m.kept_id = f.id and m.undone_at is null)
    select photo.* from photo
    where province_code = ${key.provinceCode} and id = ${photoId} and household_id in (select id from family)`.execute(
    db,
  )
  return rows[0]
}
