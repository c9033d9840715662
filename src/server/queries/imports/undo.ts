/**
 * Takes a committed import back, a range of its rows in one transaction. Households that only it made and nobody touched
 * are withdrawn, its listings end, members that it added leave, and a fact goes back where it still says what the import
 * wrote. Whatever a person or another list did since stays. Taking back twice changes nothing more.
 */
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { CommitStamp } from './commit.ts'
import { rederive, renewHouseNumberKeys, renewNameKeys } from './derive.ts'
import { householdColumns, memberColumns } from './facts.ts'
import type { RowRange } from './match.ts'
import { followSpans, touchedCases } from './spans.ts'

export interface UndoneBatch {
  id: string
  listCode: string
  listDate: string
}

export async function undoRange(tx: Tx, batch: UndoneBatch, range: RowRange, stamp: CommitStamp): Promise<void> {
  await sql`drop table if exists touched, wrote`.execute(tx)
  await sql`create temp table touched on commit drop as
    select province_code, household_id from listing
    where batch_id = ${batch.id} and row_number > ${range.after} and row_number <= ${range.through}
    union
    select province_code, household_id from fact_change
    where batch_id = ${batch.id} and source = 'import' and row_number > ${range.after} and row_number <= ${range.through}`.execute(
    tx,
  )
  await sql`analyze touched`.execute(tx)
  // The last that the import wrote in each field, with the first that stood there before it.
  await sql`create temp table wrote on commit drop as
    select province_code, household_id, member_id, field,
      (array_agg(old_value order by at))[1] as old_value, (array_agg(new_value order by at desc))[1] as new_value
    from fact_change
    where batch_id = ${batch.id} and source = 'import' and row_number > ${range.after} and row_number <= ${range.through}
    group by province_code, household_id, member_id, field`.execute(tx)
  await sql`analyze wrote`.execute(tx)
  await restoreFacts(tx, batch, stamp)
  await sql`update member m set state = 'withdrawn', updated_at = ${stamp.now}
    from wrote where wrote.field = 'member' and m.province_code = wrote.province_code and m.id = wrote.member_id
      and m.state = 'active' and m.created_batch = ${batch.id}::uuid and m.updated_at = m.created_at`.execute(tx)
  // A later edition of the list that says the same keeps the household on it.
  await sql`update listing set state = 'withdrawn'
    where batch_id = ${batch.id} and row_number > ${range.after} and row_number <= ${range.through}
      and state = 'active' and list_date <= ${batch.listDate}::date`.execute(tx)
  await sql`update household h set state = 'withdrawn', version = version + 1, updated_at = ${stamp.now}
    from touched where h.province_code = touched.province_code and h.id = touched.household_id
      and h.created_batch = ${batch.id}::uuid and h.state = 'active'
      and not exists (select 1 from listing l where l.province_code = h.province_code and l.household_id = h.id and l.state = 'active')
      and not exists (select 1 from fact_change f where f.province_code = h.province_code and f.household_id = h.id
        and f.batch_id is distinct from ${batch.id}::uuid)
      and not exists (select 1 from household_merge g where g.province_code = h.province_code
        and (g.kept_id = h.id or g.merged_id = h.id))
      and not exists (select 1 from entry e where e.province_code = h.province_code and e.household_id = h.id)`.execute(
    tx,
  )
  await sql`update household h set version = version + 1, updated_at = ${stamp.now}
    from touched where h.province_code = touched.province_code and h.id = touched.household_id and h.state = 'active'`.execute(
    tx,
  )
  await rederive(tx, sql`touched`)
  await followSpans(tx, sql`touched`, stamp.now)
  await stamp.settle(tx, await touchedCases(tx, sql`touched`))
}

async function restoreFacts(tx: Tx, batch: UndoneBatch, stamp: CommitStamp): Promise<void> {
  const { rows } = await sql<{ field: string; of_member: boolean }>`
    select distinct field, member_id is not null as of_member from wrote`.execute(tx)
  const fields = new Set(rows.map(({ field }) => field))
  for (const { field, column, type } of householdColumns) {
    if (!fields.has(field)) continue
    await restore(tx, batch, stamp, 'household', field, column, `wrote.old_value::${type}`)
  }
  if (fields.has('houseNumber')) await renewHouseNumberKeys(tx, sql`(select * from wrote where field = 'houseNumber')`)
  if (fields.has('areaCode')) {
    await restore(tx, batch, stamp, 'household', 'areaCode', 'area_code', 'wrote.old_value')
    for (const table of ['member', 'listing'])
      await sql`update ${sql.raw(table)} x set area_code = h.area_code
        from touched join household h on h.province_code = touched.province_code and h.id = touched.household_id
        where x.province_code = h.province_code and x.household_id = h.id and x.area_code <> h.area_code`.execute(tx)
    await sql`update household h set centre_id = coalesce(
        (select c.centre_id from centre_coverage c where c.valid_to is null and c.area_code in
          (left(h.area_code, 2), left(h.area_code, 4), left(h.area_code, 6), h.area_code) order by length(c.area_code) desc limit 1),
        (select c.id from centre c where c.kind = 'district' and c.area_code = left(h.area_code, 4) and c.valid_to is null limit 1))
      from wrote where wrote.field = 'areaCode' and h.province_code = wrote.province_code and h.id = wrote.household_id`.execute(
      tx,
    )
  }
  for (const { field, column, type } of memberColumns) {
    if (!fields.has(field)) continue
    await restore(tx, batch, stamp, 'member', field, column, `wrote.old_value::${type}`)
  }
  if (fields.has('firstName') || fields.has('lastName'))
    await renewNameKeys(tx, sql`(select * from wrote where field in ('firstName', 'lastName'))`)
  if (fields.has('nationalId'))
    await sql`update member m set national_id_hash = null, national_id_cipher = null
      from wrote, source_row s
      where wrote.field = 'nationalId' and m.province_code = wrote.province_code and m.id = wrote.member_id
        and s.batch_id = ${batch.id} and s.national_id_hash = m.national_id_hash`.execute(tx)
}

async function restore(
  tx: Tx,
  batch: UndoneBatch,
  stamp: CommitStamp,
  table: 'household' | 'member',
  field: string,
  column: string,
  old: string,
): Promise<void> {
  const isHousehold = table === 'household'
  const alias = isHousehold ? 'h' : 'm'
  const owner = isHousehold ? 'h.id = wrote.household_id' : 'm.id = wrote.member_id'
  await sql`with restored as (
      update ${sql.raw(table)} ${sql.raw(alias)} set ${sql.raw(column)} = ${sql.raw(old)}
      from wrote
      where wrote.field = ${field} and ${sql.raw(alias)}.province_code = wrote.province_code and ${sql.raw(owner)}
        and ${sql.raw(alias)}.${sql.raw(column)}::text is not distinct from wrote.new_value
        and not exists (select 1 from fact_change f where f.province_code = wrote.province_code
          and f.household_id = wrote.household_id and f.member_id is not distinct from wrote.member_id
          and f.field = ${field} and f.source in ('desk', 'undo') and f.at > (select max(w.at) from fact_change w
            where w.batch_id = ${batch.id} and w.source = 'import' and w.household_id = wrote.household_id
              and w.province_code = wrote.province_code and w.field = ${field}))
      returning wrote.province_code, wrote.household_id, wrote.member_id, wrote.old_value, wrote.new_value)
    insert into fact_change (province_code, id, household_id, member_id, field, old_value, new_value, source, batch_id,
      account_id, as_of, at)
    select province_code, gen_random_uuid(), household_id, member_id, ${field}, new_value, old_value, 'undo', ${batch.id}::uuid,
      ${stamp.accountId}::uuid, ${batch.listDate}::date, ${stamp.now} from restored`.execute(tx)
}
