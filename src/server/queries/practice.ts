/** What only a practice registry needs: its households for a made-up year, and a ledger that begins before that year. */
import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'

export interface PracticeHouseholdRow {
  province_code: number
  id: string
  area_code: string
  lists: string[]
  /** The earliest day of its lists. */
  list_date: string
  members: { id: string; birthDate: string | null }[]
}

/** Active households that stand on a list, after the given one, in the order of their ids; with members, the head first. */
export async function practiceHouseholds(
  db: Db,
  after: { province: number; id: string },
  limit: number,
): Promise<PracticeHouseholdRow[]> {
  const { rows } = await sql<PracticeHouseholdRow>`
    select h.province_code, h.id, h.area_code,
      (select json_agg(l.list_code order by l.list_code) from listing l
        where l.province_code = h.province_code and l.household_id = h.id and l.state = 'active') as lists,
      (select min(l.list_date)::text from listing l
        where l.province_code = h.province_code and l.household_id = h.id and l.state = 'active') as list_date,
      coalesce((select json_agg(json_build_object('id', m.id, 'birthDate', m.birth_date) order by m.position, m.id)
        from member m where m.province_code = h.province_code and m.household_id = h.id and m.state = 'active'), '[]')
        as members
    from household h
    where (h.province_code, h.id) > (${after.province}::smallint, ${after.id}::uuid) and h.state = 'active'
      and h.list_set <> ''
    order by h.province_code, h.id limit ${limit}`.execute(db)
  return rows
}

/**
 * Moves the whole ledger back in time, so that its first moment is the one given; a ledger that begins there already stays.
 *
 * @returns the provinces it holds
 */
export async function beginLedgerAt(tx: Tx, first: Date): Promise<number[]> {
  await sql`
    update fact_span set from_at = from_at - back.by, to_at = to_at - back.by
    from (select greatest(min(from_at) - ${first}::timestamptz, interval '0') as by from fact_span) as back`.execute(tx)
  const { rows } = await sql<{
    province_code: number
  }>`select distinct province_code from fact_span order by 1`.execute(tx)
  return rows.map((row) => row.province_code)
}
