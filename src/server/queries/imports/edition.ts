/** A list comes in editions, each with its day; a household stands on one of them. */
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { CommitStamp } from './commit.ts'
import { factTarget, listDateField } from './facts.ts'
import type { JudgedBatch } from './judge.ts'
import type { RowRange } from './match.ts'
import { touchedCases } from './spans.ts'

/**
 * Households that stand on an older edition of the list: their listing moves to this edition, and the history says from
 * which. One that an import brought which was taken back since is from now on this batch's.
 */
export async function moveEdition(
  tx: Tx,
  batch: JudgedBatch,
  range: RowRange,
  onlyDecided: boolean,
  stamp: CommitStamp,
): Promise<void> {
  const byRules = onlyDecided
    ? sql``
    : sql`union all select v.row_number, v.province_code, v.candidate_id from row_verdict v
        where v.batch_id = ${batch.id} and v.row_number > ${range.after} and v.row_number <= ${range.through}
          and v.verdict in ('same', 'update') and not v.waiting and v.decision is null`
  const { rows } = await sql<{ province_code: number; household_id: string }>`
    with stands as (
      select row_number, province_code, household_id from work where mode > 0 ${byRules}),
    older as (
      select distinct on (l.province_code, l.id) l.province_code, l.id, l.household_id, l.list_date, stands.row_number,
        b.id is not null as orphan
      from stands
        -- From each household to its own listings. Of a list that is just coming in the planner knows no rows, would begin at the
        -- list, and pass all of it for each household: fenced off, and the list's code kept from its index.
        cross join lateral (
          select listing.province_code, listing.id, listing.household_id, listing.list_date, listing.batch_id from listing
          where listing.province_code = stands.province_code and listing.household_id = stands.household_id
            and listing.list_code || '' = ${batch.listCode} and listing.state = 'active' offset 0) as l
        left join import_batch b on b.id = l.batch_id and b.state in ('undoing', 'undone')
      where l.list_date < ${batch.listDate}::date or b.id is not null
      order by l.province_code, l.id, stands.row_number),
    moved as (
      update listing l set list_date = greatest(l.list_date, ${batch.listDate}::date),
        batch_id = case when older.orphan then ${batch.id}::uuid else l.batch_id end,
        row_number = case when older.orphan then older.row_number else l.row_number end
      from older where l.province_code = older.province_code and l.id = older.id),
    told as (
      insert into ${factTarget}
      select province_code, gen_random_uuid(), household_id, null, ${listDateField(batch.listCode)}, list_date::text,
        ${batch.listDate}, 'import', ${batch.id}::uuid, row_number, ${stamp.accountId}::uuid, ${batch.listDate}::date, ${stamp.now}
      from older where list_date < ${batch.listDate}::date)
    select distinct c.province_code, c.household_id from older
    join household_case c on c.province_code = older.province_code and c.household_id = older.household_id`.execute(tx)
  if (rows.length === 0) return
  // When a visit is due may follow from the list's day.
  const cases = sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)`
  await stamp.settle(
    tx,
    await touchedCases(tx, sql`(select * from ${cases} as one(province_code smallint, household_id uuid))`),
  )
}
