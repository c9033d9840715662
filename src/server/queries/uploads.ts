/** Files on their way to the server: how much of each has arrived, and what it turned out to be. */
import type { Db, Tx } from '../db/database.ts'

export interface StoredUpload {
  id: string
  account_id: string
  file_name: string
  size: number
  received: number
  digest: string | null
  completed_at: Date | null
}

export async function insertUpload(
  tx: Tx,
  upload: { id: string; accountId: string; fileName: string; size: number; now: Date },
): Promise<void> {
  await tx
    .insertInto('upload')
    .values({
      id: upload.id,
      account_id: upload.accountId,
      file_name: upload.fileName,
      size: upload.size,
      created_at: upload.now,
    })
    .execute()
}

/** @param lock holds other pieces of the same upload back until the transaction ends */
export async function findUpload(db: Db, id: string, lock = false): Promise<StoredUpload | undefined> {
  let query = db
    .selectFrom('upload')
    .select(['id', 'account_id', 'file_name', 'size', 'received', 'digest', 'completed_at'])
    .where('id', '=', id)
  if (lock) query = query.forUpdate()
  return query.executeTakeFirst()
}

export async function advanceUpload(tx: Tx, id: string, received: number): Promise<void> {
  await tx.updateTable('upload').set({ received }).where('id', '=', id).execute()
}

export async function completeUpload(tx: Tx, id: string, digest: string, now: Date): Promise<void> {
  await tx.updateTable('upload').set({ digest, completed_at: now }).where('id', '=', id).execute()
}

/** Uploads that a person began since a moment and that did not arrive whole. */
export async function countOpenUploads(db: Db, accountId: string, since: Date): Promise<number> {
  const { count } = await db
    .selectFrom('upload')
    .select((select) => select.fn.countAll<string>().as('count'))
    .where('account_id', '=', accountId)
    .where('completed_at', 'is', null)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}
