/** Rows of a list on their way into the database, as the reading thread hands them over. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../db/database.ts'

/** Each column of source_row under the short name that it has in the texts, with its type. */
export type StagedColumns = readonly (readonly [key: string, column: string, type: string])[]

/** Stores one text of rows; a row that is stored already stays as it is. */
export async function insertStaged(tx: Tx, batchId: string, json: string, columns: StagedColumns): Promise<void> {
  const names = columns.map(([, column]) => column).join(', ')
  const values = columns
    .map(([key, , type]) =>
      type === 'hex' ? `decode(r."${key}", 'hex')` : key === 'i' ? `coalesce(r."${key}", false)` : `r."${key}"`,
    )
    .join(', ')
  const types = columns.map(([key, , type]) => `"${key}" ${type === 'hex' ? 'text' : type}`).join(', ')
  await sql`insert into source_row (batch_id, ${sql.raw(names)})
    select ${batchId}::uuid, ${sql.raw(values)} from jsonb_to_recordset(${json}::text::jsonb) as r (${sql.raw(types)})
    on conflict do nothing`.execute(tx)
}

export async function lastStagedRow(db: Db, batchId: string): Promise<number> {
  const row = await db
    .selectFrom('source_row')
    .select((select) => select.fn.max('row_number').as('last'))
    .where('batch_id', '=', batchId)
    .executeTakeFirst()
  return row?.last ?? 0
}

/** @returns how many rows there were */
export async function deleteStaged(tx: Tx, batchId: string): Promise<number> {
  await tx.deleteFrom('row_verdict').where('batch_id', '=', batchId).execute()
  const { numDeletedRows } = await tx.deleteFrom('source_row').where('batch_id', '=', batchId).executeTakeFirstOrThrow()
  await tx.deleteFrom('import_figure').where('batch_id', '=', batchId).execute()
  return Number(numDeletedRows)
}
