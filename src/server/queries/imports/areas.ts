import type { Db } from '../../db/database.ts'

/** Whether an area code is one that exists or existed; the nation always does. */
export async function findArea(db: Db, code: string): Promise<boolean> {
  if (code === '') return true
  const row = await db.selectFrom('area').select('code').where('code', '=', code).executeTakeFirst()
  return row !== undefined
}
