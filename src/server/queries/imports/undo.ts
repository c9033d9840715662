/**
 * Takes a committed import back, a range of its rows in one transaction. Households that only it made and nobody touched
 * are withdrawn, its listings end, members that it added leave, and a fact goes back where it still says what the import
 * wrote. Whatever a person or another list did since stays, and so does what another standing import of the same list says
 * too: that is from then on its doing, and goes back with it. Taking back twice changes nothing more.
 */
import { sql } from 'kysely'
import { dayInThailand } from '../../../domain/time.ts'
import type { Tx } from '../../db/database.ts'
import { centreFor } from '../centres.ts'
import type { CommitStamp } from './commit.ts'
import { rederive, renewHouseNumberKeys, renewNameKeys } from './derive.ts'
import { householdColumns, listDateField, memberColumns } from './facts.ts'
import type { RowRange } from './match.ts'
import { followSpans, touchedCases } from './spans.ts'

export interface UndoneBatch {
  id: string
  listCode: string
  listDate: string
}

/** Batches that were taken back, or are being: the one at hand is among them. What they did does not stand. */
const takenBack = sql`(select id from import_batch where state in ('undoing', 'undone'))`

/** Whether a fact_change `f` stands: of a person, of a merge, or of an import that was not taken back. */
const stands = sql`(f.batch_id is null or f.batch_id not in ${takenBack})`

/** Whether something that stands said another value of a field in `wrote` since, or the same value for itself. */
const saidSince = sql`exists (select 1 from fact_change f where f.province_code = wrote.province_code
  and f.household_id = wrote.household_id and f.member_id is not distinct from wrote.member_id
  and f.field = wrote.field and f.at > wrote.last_at and ${stands})`

/** Takes a range of rows back. The batch must be in the state `undoing`. */
export async function undoRange(tx: Tx, batch: UndoneBatch, range: RowRange, stamp: CommitStamp): Promise<void> {
  await sql`drop table if exists touched, wrote, said, told`.execute(tx)
  await sql`create temp table touched on commit drop as
    select province_code, household_id from listing
    where batch_id = ${batch.id} and row_number > ${range.after} and row_number <= ${range.through}
    union
    select province_code, household_id from fact_change
    where batch_id = ${batch.id} and source = 'import' and row_number > ${range.after} and row_number <= ${range.through}`.execute(
    tx,
  )
  await sql`analyze touched`.execute(tx)
  await findWritten(tx, batch, range)
  await findSaid(tx, batch)
  await restoreFacts(tx, batch, stamp)
  await withdraw(tx, batch, stamp)
  await sql`update household h set version = version + 1, updated_at = ${stamp.now}
    from touched where h.province_code = touched.province_code and h.id = touched.household_id and h.state = 'active'`.execute(
    tx,
  )
  await rederive(tx, sql`touched`)
  await followSpans(tx, sql`touched`, stamp.now)
  await stamp.settle(tx, await touchedCases(tx, sql`touched`))
}

/**
 * Makes the temporary table `wrote`: what the import wrote in each field, until when, and what stood there before it. A
 * value that came from an import which was itself taken back is followed to what stood before that one.
 */
async function findWritten(tx: Tx, batch: UndoneBatch, range: RowRange): Promise<void> {
  await sql`create temp table wrote on commit drop as
    with recursive own as (
      select province_code, household_id, member_id, field, max(at) as last_at, array_agg(new_value) as new_values,
        min(at) as at, (array_agg(old_value order by at))[1] as old_value, 0 as step
      from fact_change
      where batch_id = ${batch.id} and source = 'import' and row_number > ${range.after} and row_number <= ${range.through}
      group by province_code, household_id, member_id, field),
    back as (
      select * from own
      union all
      select back.province_code, back.household_id, back.member_id, back.field, back.last_at, back.new_values,
        earlier.at, earlier.old_value, back.step + 1
      from back cross join lateral (
        select f.* from fact_change f
        where f.province_code = back.province_code and f.household_id = back.household_id
          and f.member_id is not distinct from back.member_id and f.field = back.field and f.at < back.at
        order by f.at desc limit 1) earlier
      where earlier.new_value is not distinct from back.old_value and earlier.batch_id in ${takenBack})
    select distinct on (province_code, household_id, member_id, field) province_code, household_id, member_id, field,
      last_at, new_values, old_value
    from back order by province_code, household_id, member_id, field, step desc`.execute(tx)
  await sql`analyze wrote`.execute(tx)
}

/**
 * Makes the temporary tables `said`: the rows of other imports of the same list that stand and are a touched household; and
 * `told`: every person of these rows with what the rows tell.
 */
async function findSaid(tx: Tx, batch: UndoneBatch): Promise<void> {
  await sql`create temp table said on commit drop as
    select v.province_code, v.household_id, v.batch_id, v.row_number, b.list_date,
      -- Whoever kept what the registry said took the row's place on the list only.
      v.decision is distinct from 'keep' as tells
    from import_batch b join row_verdict v on v.batch_id = b.id
      join touched on touched.province_code = v.province_code and touched.household_id = v.household_id
    where b.list_code = ${batch.listCode} and b.id <> ${batch.id} and b.id not in ${takenBack} and not v.waiting
      and (v.committed_at is not null or (v.decision is null and v.row_number <= b.committed_through))`.execute(tx)
  await sql`analyze said`.execute(tx)
  await sql`create temp table told on commit drop as
    select said.household_id, said.list_date, said.row_number as said_row, s.*
    from said join source_row s on s.batch_id = said.batch_id and s.leader_row = said.row_number
      and s.province_code = said.province_code
    where said.tells and not s.invalid`.execute(tx)
  await sql`analyze told`.execute(tx)
}

/** Members, listings and households that only imports brought that were taken back, and nobody touched since. */
async function withdraw(tx: Tx, batch: UndoneBatch, stamp: CommitStamp): Promise<void> {
  await sql`update member m set state = 'withdrawn', updated_at = ${stamp.now}
    from wrote where m.province_code = wrote.province_code and m.id = wrote.member_id
      and m.state = 'active' and m.created_batch in ${takenBack}
      and exists (select 1 from fact_change f where f.province_code = m.province_code and f.household_id = wrote.household_id
        and f.member_id = m.id and f.field = 'member' and f.batch_id = m.created_batch)
      and not exists (select 1 from fact_change f where f.province_code = m.province_code
        and f.household_id = wrote.household_id and f.member_id = m.id and ${stands})`.execute(tx)
  // Another import of the list that has the household too answers for its place from now on.
  await sql`update listing l set batch_id = other.batch_id, row_number = other.row_number, list_date = other.list_date
    from (select distinct on (province_code, household_id) * from said
        order by province_code, household_id, list_date desc, batch_id desc, row_number) other, import_batch b
    where l.province_code = other.province_code and l.household_id = other.household_id
      and l.list_code = ${batch.listCode} and l.state = 'active' and b.id = l.batch_id and b.state in ('undoing', 'undone')
      and l.list_date <= b.list_date`.execute(tx)
  // A later edition of the list that says the same keeps the household on it.
  await sql`update listing l set state = 'withdrawn' from touched, import_batch b
    where l.province_code = touched.province_code and l.household_id = touched.household_id
      and l.list_code = ${batch.listCode} and l.state = 'active' and b.id = l.batch_id and b.state in ('undoing', 'undone')
      and l.list_date <= b.list_date`.execute(tx)
  await sql`update household h set state = 'withdrawn', version = version + 1, updated_at = ${stamp.now}
    from touched where h.province_code = touched.province_code and h.id = touched.household_id
      and h.created_batch in ${takenBack} and h.state = 'active'
      and not exists (select 1 from listing l where l.province_code = h.province_code and l.household_id = h.id and l.state = 'active')
      and not exists (select 1 from fact_change f where f.province_code = h.province_code and f.household_id = h.id
        and ${stands})
      and not exists (select 1 from household_merge g where g.province_code = h.province_code
        and (g.kept_id = h.id or g.merged_id = h.id))
      and not exists (select 1 from entry e where e.province_code = h.province_code and e.household_id = h.id)`.execute(
    tx,
  )
}

/** The day that the household's facts speak of and how far their source is trusted: they decide against later lists. */
const standing = [
  { field: 'asOf', column: 'as_of', type: 'date' },
  { field: 'trust', column: 'trust', type: 'smallint' },
] as const

async function restoreFacts(tx: Tx, batch: UndoneBatch, stamp: CommitStamp): Promise<void> {
  const { rows } = await sql<{ field: string; of_member: boolean }>`
    select distinct field, member_id is not null as of_member from wrote`.execute(tx)
  const fields = new Set(rows.map(({ field }) => field))
  for (const column of [...householdColumns, ...standing])
    if (fields.has(column.field)) await restore(tx, batch, stamp, 'household', column)
  if (fields.has('houseNumber')) await renewHouseNumberKeys(tx, sql`(select * from wrote where field = 'houseNumber')`)
  if (fields.has('areaCode')) {
    await restore(tx, batch, stamp, 'household', { field: 'areaCode', column: 'area_code', type: 'text' })
    for (const table of ['member', 'listing'])
      await sql`update ${sql.raw(table)} x set area_code = h.area_code
        from touched join household h on h.province_code = touched.province_code and h.id = touched.household_id
        where x.province_code = h.province_code and x.household_id = h.id and x.area_code <> h.area_code`.execute(tx)
    await sql`update household h set centre_id = ${centreFor(sql.ref('h.area_code'), dayInThailand(stamp.now))}
      from wrote where wrote.field = 'areaCode' and h.province_code = wrote.province_code and h.id = wrote.household_id`.execute(
      tx,
    )
  }
  const listDate = listDateField(batch.listCode)
  if (fields.has(listDate))
    await restore(tx, batch, stamp, 'listing', { field: listDate, column: 'list_date', type: 'date' })
  for (const column of memberColumns) if (fields.has(column.field)) await restore(tx, batch, stamp, 'member', column)
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
  table: 'household' | 'member' | 'listing',
  { field, column, type }: { field: string; column: string; type: string },
): Promise<void> {
  const owner =
    table === 'household'
      ? sql`before.id = wrote.household_id`
      : table === 'member'
        ? sql`before.id = wrote.member_id`
        : sql`before.household_id = wrote.household_id and before.list_code = ${batch.listCode}`
  const current = sql`before.${sql.ref(column)}::text`
  const isOfRows = table !== 'listing' && !standing.some((one) => one.column === column)
  if (isOfRows) await handOver(tx, stamp, table, { field, column })
  await sql`with restored as (
      update ${sql.table(table)} x set ${sql.ref(column)} = wrote.old_value::${sql.raw(type)}
      from wrote join ${sql.table(table)} before on before.province_code = wrote.province_code and ${owner}
      where wrote.field = ${field} and x.province_code = before.province_code and x.id = before.id
        and ${current} = any(wrote.new_values) and ${current} is distinct from wrote.old_value
        and not ${saidSince}
      returning wrote.province_code, wrote.household_id, wrote.member_id, ${current} as new_value, wrote.old_value)
    insert into fact_change (province_code, id, household_id, member_id, field, old_value, new_value, source, batch_id,
      account_id, as_of, at)
    select province_code, gen_random_uuid(), household_id, member_id, ${field}, new_value, old_value, 'undo', ${batch.id}::uuid,
      ${stamp.accountId}::uuid, ${batch.listDate}::date, ${stamp.now} from restored`.execute(tx)
}

/**
 * A value that another standing import of the list says too becomes that one's doing, in place of what it found before the
 * import at hand: so `restore` sees a later fact that stands, and leaves it.
 */
async function handOver(
  tx: Tx,
  stamp: CommitStamp,
  table: 'household' | 'member',
  { field, column }: { field: string; column: string },
): Promise<void> {
  const owner =
    table === 'household'
      ? sql`before.id = wrote.household_id and told.row_number = told.said_row`
      : sql`before.id = wrote.member_id
          and (told.national_id_hash = before.national_id_hash or told.name_key = before.name_key)`
  const current = sql`before.${sql.ref(column)}::text`
  await sql`insert into fact_change (province_code, id, household_id, member_id, field, old_value, new_value, source, batch_id,
      row_number, account_id, as_of, at)
    select distinct on (wrote.province_code, wrote.household_id, wrote.member_id) wrote.province_code, gen_random_uuid(),
      wrote.household_id, wrote.member_id, wrote.field, wrote.old_value, ${current}, 'import', told.batch_id,
      told.said_row, ${stamp.accountId}::uuid, told.list_date, ${stamp.now}
    from wrote join told on told.province_code = wrote.province_code and told.household_id = wrote.household_id
      join ${sql.table(table)} before on before.province_code = wrote.province_code and ${owner}
    where wrote.field = ${field} and told.${sql.ref(column)}::text = ${current}
      and ${current} = any(wrote.new_values) and ${current} is distinct from wrote.old_value and not ${saidSince}
    order by wrote.province_code, wrote.household_id, wrote.member_id, told.list_date desc, told.batch_id desc`.execute(
    tx,
  )
}
