/**
 * The ledger of progress along with an import: households that come in begin to count in the statement that stores them,
 * and those that move, change their lists or leave are followed in the transaction that changes them.
 */
import { sql, type RawBuilder } from 'kysely'
import { factsOf } from '../../../domain/logbook/facts.ts'
import { dayInThailand } from '../../../domain/time.ts'
import type { Tx } from '../../db/database.ts'
import type { CaseHousehold } from '../case.ts'
import { dayOf } from '../days.ts'
import { rulesFor } from '../rules.ts'

/** The facts that hold for a household of which nothing is recorded yet, for each province of a table. */
export async function factsOfNew(tx: Tx, table: RawBuilder<unknown>): Promise<string> {
  const { rows } = await sql<{ province_code: number }>`select distinct province_code from ${table} as t`.execute(tx)
  const facts: { p: number; fact: string }[] = []
  for (const { province_code } of rows)
    for (const fact of factsOf(null, await rulesFor(tx, province_code))) facts.push({ p: province_code, fact })
  return JSON.stringify(facts)
}

/**
 * Members of a `with` that begin the ledger of the households of `made` (province_code, id, area_code, list_set), stored by
 * the same statement.
 */
export function beginSpans(made: RawBuilder<unknown>, facts: string, now: Date): RawBuilder<unknown> {
  return sql`
    span_begun as (
      insert into fact_span (province_code, household_id, fact, from_at, area_code, list_set)
      select made.province_code, made.id, holds.fact, ${now}, made.area_code, made.list_set
      from ${made} as made join jsonb_to_recordset(${facts}::text::jsonb) as holds(p smallint, fact text)
        on holds.p = made.province_code
      returning province_code, fact, area_code, list_set),
    span_counted as (
      insert into progress_pending (province_code, id, area_code, list_set, fact, day, delta)
      select province_code, gen_random_uuid(), left(area_code, 6), list_set, fact, ${dayInThailand(now)}::date, count(*)
      from span_begun group by province_code, left(area_code, 6), list_set, fact)`
}

/**
 * Lets the ledger follow households of a table (province_code, household_id) of which nothing is recorded: where the place
 * or the lists changed, every span ends and begins anew there; what is no longer active only ends.
 */
export async function followSpans(tx: Tx, households: RawBuilder<unknown>, now: Date): Promise<void> {
  await sql`
    with turned as (
      select h.province_code, h.id, h.area_code, h.list_set, h.state = 'active' as is_active,
        -- Later than all that the ledger knows, whatever clocks did.
        greatest(${now}::timestamptz, (select max(greatest(s.from_at, s.to_at)) + interval '1 millisecond' from fact_span s
          where s.province_code = h.province_code and s.household_id = h.id)) as at
      from ${households} as touched
      join household h on h.province_code = touched.province_code and h.id = touched.household_id
      where not exists (select 1 from household_case c
          where c.province_code = h.province_code and c.household_id = h.id)
        and exists (select 1 from fact_span s where s.province_code = h.province_code and s.household_id = h.id
          and s.to_at is null and (h.state <> 'active' or s.area_code <> h.area_code or s.list_set <> h.list_set))),
    ended as (
      update fact_span s set to_at = turned.at from turned
      where s.province_code = turned.province_code and s.household_id = turned.id and s.to_at is null
      returning s.province_code, s.household_id, s.fact, s.area_code, s.list_set, turned.at, turned.is_active,
        turned.area_code as next_area, turned.list_set as next_lists),
    begun as (
      insert into fact_span (province_code, household_id, fact, from_at, area_code, list_set)
      select province_code, household_id, fact, at, next_area, next_lists from ended where is_active
      returning province_code, fact, from_at as at, area_code, list_set)
    insert into progress_pending (province_code, id, area_code, list_set, fact, day, delta)
    select province_code, gen_random_uuid(), left(area_code, 6), list_set, fact,
      ${dayOf(sql`at`)}, sum(delta)
    from (select province_code, area_code, list_set, fact, at, -1 as delta from ended
      union all select province_code, area_code, list_set, fact, at, 1 from begun) as change
    group by 1, 3, 4, 5, 6 having sum(delta) <> 0`.execute(tx)
}

/** A household with a case that an import touched. */
export interface TouchedCase extends CaseHousehold {
  /** Its case still stands elsewhere. */
  moved: boolean
}

/** Households of a table (province_code, household_id) that have a case, held: what follows for them is settled by the fold. */
export async function touchedCases(tx: Tx, households: RawBuilder<unknown>): Promise<TouchedCase[]> {
  const { rows } = await sql<TouchedCase>`
    select h.province_code, h.id, h.area_code, h.centre_id, h.state, h.list_set, h.version,
      c.area_code <> h.area_code as moved
    from ${households} as touched
    join household_case c on c.province_code = touched.province_code and c.household_id = touched.household_id
    join household h on h.province_code = touched.province_code and h.id = touched.household_id
    order by h.province_code, h.id for update of h`.execute(tx)
  return rows
}
