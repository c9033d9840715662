/** National ids under an older key than the one that encrypts now. */
import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'

/** Where encrypted ids stand. */
export const cipherTables = ['member', 'source_row'] as const
export type CipherTable = (typeof cipherTables)[number]

/** How many ids of a table are under another key. */
export async function countUnderOtherKeys(db: Db, table: CipherTable, keyNumber: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(table)}
    where national_id_cipher is not null and get_byte(national_id_cipher, 0) <> ${keyNumber}`.execute(db)
  return Number(rows[0]!.count)
}

export interface StoredCipher {
  /** The row's place in the table; good for the transaction in which it was read. */
  place: string
  /** The partition that it stands in. */
  part: number
  hash: Uint8Array
  cipher: Uint8Array
}

/** Some ids under another key, locked until the transaction ends. */
export async function takeUnderOtherKeys(
  tx: Tx,
  table: CipherTable,
  keyNumber: number,
  most: number,
): Promise<StoredCipher[]> {
  const { rows } = await sql<StoredCipher>`
    select ctid::text as place, tableoid::bigint as part, national_id_hash as hash, national_id_cipher as cipher from ${sql.table(table)}
    where national_id_cipher is not null and get_byte(national_id_cipher, 0) <> ${keyNumber}
    limit ${most} for update`.execute(tx)
  return rows
}

/** Stores ids encrypted anew. */
export async function putCiphers(
  tx: Tx,
  table: CipherTable,
  ciphers: readonly { place: string; part: number; cipher: string }[],
): Promise<void> {
  await sql`
    update ${sql.table(table)} as target set national_id_cipher = decode(given.cipher, 'base64')
    from jsonb_to_recordset(${JSON.stringify(ciphers)}::jsonb) as given (place text, part bigint, cipher text)
    where target.ctid = given.place::tid and target.tableoid = given.part::oid`.execute(tx)
}
