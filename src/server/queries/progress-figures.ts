/**
 * The figures of progress: for how many households each fact held at the end of every day, per area and set of lists.
 * Writers only add to `progress_pending`; one writer at a time takes it over into `progress_figure`. Everything here runs
 * as the program: behind the wall it would count only what one person sees.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import { dayOf } from './days.ts'

/** Provinces of which something waits to be taken over. */
export async function pendingProvinces(db: Db): Promise<number[]> {
  const { rows } = await sql<{ province_code: number }>`
    select distinct province_code from progress_pending order by 1`.execute(db)
  return rows.map((row) => row.province_code)
}

/**
 * Takes what waits of a province over into its figures and the nation's: the rows of the days it belongs to, and of all
 * later days of the same area and fact. False when another process is at it.
 */
export async function rollUp(tx: Tx, provinceCode: number): Promise<boolean> {
  if (!(await tryLockProgress(tx, provinceCode))) return false
  // In this order everywhere: a province, then the nation.
  await lockProgress(tx, nation)
  await sql`
    with taken as (delete from progress_pending where province_code = ${provinceCode}
      returning area_code, list_set, fact, day, delta),
    delta as (
      select case length when 0 then ${nation}::smallint else ${provinceCode}::smallint end as province_code,
        left(area_code, length) as area_code, fact, day, list_set, sum(delta) as delta
      from taken cross join unnest(array[0, 2, 4, 6]) as length
      group by length, left(area_code, length), fact, day, list_set having sum(delta) <> 0),
    series as (select province_code, area_code, fact, min(day) as first from delta group by 1, 2, 3),
    row_day as (
      select distinct province_code, area_code, fact, day from delta
      union
      select figure.province_code, figure.area_code, figure.fact, figure.day from series
      join progress_figure figure on figure.province_code = series.province_code
        and figure.area_code = series.area_code and figure.fact = series.fact and figure.day > series.first),
    base as (
      select row_day.*, (select counts from progress_figure figure
        where figure.province_code = row_day.province_code and figure.area_code = row_day.area_code
          and figure.fact = row_day.fact and figure.day <= row_day.day order by figure.day desc limit 1) as counts
      from row_day),
    part as (
      select province_code, area_code, fact, day, key as list_set, value::bigint as households
      from base cross join jsonb_each_text(counts)
      union all
      select base.province_code, base.area_code, base.fact, base.day, delta.list_set, delta.delta
      from base join delta using (province_code, area_code, fact) where delta.day <= base.day),
    summed as (select province_code, area_code, fact, day, list_set, sum(households) as households
      from part group by 1, 2, 3, 4, 5)
    insert into progress_figure (province_code, area_code, fact, day, counts)
    select province_code, area_code, fact, day,
      coalesce(jsonb_object_agg(list_set, households) filter (where households <> 0), '{}'::jsonb)
    from summed group by province_code, area_code, fact, day order by 1, 2, 3, 4
    on conflict (province_code, area_code, fact, day) do update set counts = excluded.counts`.execute(tx)
  return true
}

/** The province code of the nation's own rows. */
export const nation = 0

/**
 * Makes a province's figures anew from its ledger, and the nation's from all provinces: after rows were put past the
 * doors in bulk, and where a recount found a difference.
 *
 * @param alsoNation false when the nation is rebuilt once at the end (`rebuildNation`)
 */
export async function rebuildProgress(tx: Tx, provinceCode: number, alsoNation = true): Promise<void> {
  await lockProgress(tx, provinceCode)
  if (alsoNation) await lockProgress(tx, nation)
  await sql`delete from progress_figure where province_code = ${provinceCode}`.execute(tx)
  // One statement, so that what is taken away and what is counted are of the same moment.
  await sql`
    with gone as (delete from progress_pending where province_code = ${provinceCode}),
    delta as (${deltasOfLedger(sql`where province_code = ${provinceCode}`)}),
    ${cumulative(sql`
      select ${provinceCode}::smallint as province_code, left(area_code, length) as area_code, fact, day, list_set,
        sum(delta) as delta
      from delta cross join unnest(array[2, 4, 6]) as length group by 2, 3, 4, 5`)}`.execute(tx)
  if (alsoNation) await rebuildNation(tx)
}

/** The nation's rows as the sum of its provinces'. */
export async function rebuildNation(tx: Tx): Promise<void> {
  await lockProgress(tx, nation)
  await sql`delete from progress_figure where province_code = ${nation}`.execute(tx)
  await sql`
    with ${cumulative(sql`
      select ${nation}::smallint as province_code, '' as area_code, fact, day, list_set, sum(delta) as delta
      from (${deltasOfFigures(sql`where province_code <> ${nation} and length(area_code) = 2`)}) as province
      group by fact, day, list_set`)}`.execute(tx)
}

/** The ledger as changes per subdistrict, set of lists, fact and day. */
export function deltasOfLedger(where: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select left(area_code, 6) as area_code, list_set, fact, day, sum(delta) as delta from (
      select area_code, list_set, fact, ${dayOf(sql`from_at`)} as day, 1 as delta from fact_span ${where}
      union all
      select area_code, list_set, fact, ${dayOf(sql`to_at`)}, -1 from fact_span ${where} and to_at is not null
    ) as change group by 1, 2, 3, 4 having sum(delta) <> 0`
}

/** Stored rows as changes from each row to the next of the same area and fact. */
export function deltasOfFigures(where: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select province_code, area_code, fact, list_set, day, sum(households)::bigint as delta from (
      select province_code, area_code, fact, day, key as list_set, value::bigint as households
      from progress_figure cross join jsonb_each_text(counts) ${where}
      union all
      select province_code, area_code, fact, next, key, -value::bigint
      from (select *, lead(day) over (partition by province_code, area_code, fact order by day) as next
        from progress_figure ${where}) as stored
      cross join jsonb_each_text(counts) where next is not null
    ) as side group by province_code, area_code, fact, list_set, day having sum(households) <> 0`
}

/** Inserts the running sums of changes (province_code, area_code, fact, day, list_set, delta) as rows of figures. */
function cumulative(changes: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    change as (${changes}),
    -- From its first day on, a set of lists has a count on every day that the fact changes in the area.
    cell as (
      select row_day.province_code, row_day.area_code, row_day.fact, row_day.day, sets.list_set
      from (select distinct province_code, area_code, fact, day from change) as row_day
      join (select province_code, area_code, fact, list_set, min(day) as first from change group by 1, 2, 3, 4) as sets
        using (province_code, area_code, fact)
      where sets.first <= row_day.day),
    total as (
      select province_code, area_code, fact, day, list_set, sum(coalesce(change.delta, 0)) over (
        partition by province_code, area_code, fact, list_set order by day) as households
      from cell left join change using (province_code, area_code, fact, day, list_set))
    insert into progress_figure (province_code, area_code, fact, day, counts)
    select province_code, area_code, fact, day,
      coalesce(jsonb_object_agg(list_set, households) filter (where households <> 0), '{}'::jsonb)
    from total group by province_code, area_code, fact, day`
}

/** Held until the transaction ends. */
async function lockProgress(tx: Tx, provinceCode: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockClass}, ${provinceCode})`.execute(tx)
}

async function tryLockProgress(tx: Tx, provinceCode: number): Promise<boolean> {
  const { rows } = await sql<{ got: boolean }>`
    select pg_try_advisory_xact_lock(${lockClass}, ${provinceCode}) as got`.execute(tx)
  return rows[0]!.got
}

const lockClass = 2568
