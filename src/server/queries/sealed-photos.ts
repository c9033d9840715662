/** Photographs on their way from phones: how far each came, and which wait for their household. */
import { sql, type Selectable } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

export type SealedPhoto = Selectable<Tables['sealed_photo']>

export function findSealedPhoto(db: Db, deviceId: string, photoId: string): Promise<SealedPhoto | undefined> {
  return db
    .selectFrom('sealed_photo')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('photo_id', '=', photoId)
    .executeTakeFirst()
}

/** The photograph, begun where nothing is known of it, and held until the transaction ends. */
export async function holdSealedPhoto(
  tx: Tx,
  photo: Omit<SealedPhoto, 'received' | 'failures' | 'completed_at' | 'filed_at'>,
): Promise<{ photo: SealedPhoto; isNew: boolean }> {
  const inserted = await tx
    .insertInto('sealed_photo')
    .values(photo)
    .onConflict((conflict) => conflict.columns(['device_id', 'photo_id']).doNothing())
    .executeTakeFirst()
  const held = await tx
    .selectFrom('sealed_photo')
    .selectAll()
    .where('device_id', '=', photo.device_id)
    .where('photo_id', '=', photo.photo_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { photo: held, isNew: Number(inserted.numInsertedOrUpdatedRows ?? 0) === 1 }
}

export async function changeSealedPhoto(
  tx: Tx,
  photo: Pick<SealedPhoto, 'device_id' | 'photo_id'>,
  change: Partial<Omit<SealedPhoto, 'device_id' | 'photo_id' | 'file_id'>>,
): Promise<void> {
  await tx
    .updateTable('sealed_photo')
    .set(change)
    .where('device_id', '=', photo.device_id)
    .where('photo_id', '=', photo.photo_id)
    .execute()
}

/**
 * Photographs of one author that came whole and wait: of a household, or named by an entry that was filed elsewhere. Held
 * until the transaction ends.
 */
export async function lockHeldPhotos(
  tx: Tx,
  accountId: string,
  which: { provinceCode: number; householdIds: readonly string[]; photoIds: readonly string[] },
): Promise<SealedPhoto[]> {
  const { rows } = await sql<SealedPhoto>`
    select s.* from sealed_photo s join device d on d.id = s.device_id and d.account_id = ${accountId}
    where s.completed_at is not null and s.filed_at is null
      and ((s.province_code = ${which.provinceCode} and s.household_id = any(${[...which.householdIds]}::uuid[]))
        or s.photo_id = any(${[...which.photoIds]}::uuid[]))
    order by s.device_id, s.photo_id for update of s`.execute(tx)
  return rows
}

/** Of these files those that are still needed: begun not too long ago, or whole and not filed. */
export async function neededFiles(db: Db, fileIds: readonly string[], touchedSince: Date): Promise<Set<string>> {
  if (fileIds.length === 0) return new Set()
  const { rows } = await sql<{ file_id: string }>`
    select file_id from sealed_photo where file_id = any(${[...fileIds]}::uuid[]) and filed_at is null
      and (completed_at is not null or updated_at > ${touchedSince})`.execute(db)
  return new Set(rows.map((row) => row.file_id))
}

/** Forgets photographs that were begun and never went on, so that their phone begins anew should it come back. */
export async function forgetUnfinished(tx: Tx, untouchedSince: Date): Promise<void> {
  await tx
    .deleteFrom('sealed_photo')
    .where('completed_at', 'is', null)
    .where('updated_at', '<=', untouchedSince)
    .execute()
}
