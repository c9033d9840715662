/** What a registry stores of its logbooks, to be put back as it was and held against what another order of entries leaves. */
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../src/server/db/database.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'

/** What entries, merges and moves change. */
const tables = [
  'entry',
  'fact_change',
  'fact_span',
  'household',
  'household_case',
  'household_figure',
  'household_merge',
  'listing',
  'member',
  'progress_figure',
  'progress_pending',
] as const

/** Keeps these tables beside themselves. */
export async function keep({ kysely }: Database): Promise<void> {
  await sql`create schema kept`.execute(kysely)
  for (const table of tables)
    await sql`create table kept.${sql.raw(table)} as table ${sql.table(table)}`.execute(kysely)
  for (const table of referred) await sql`create index on kept.${sql.raw(table)} (id)`.execute(kysely)
}

/** What other rows refer to, so that it can only be made as it was where it stands. */
const referred = ['household', 'member', 'listing'] as const

/** Makes them as they were: rows that are not as kept go, and those that are missing come back. */
export async function putBack(database: Database): Promise<void> {
  await inTransaction(database, 'program', async (tx) => {
    for (const table of referred) {
      const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
        where table_schema = 'kept' and table_name = ${table}`.execute(tx)
      const columns = sql.join(rows.map(({ name }) => sql.ref(name)))
      const kept = sql.raw(`kept.${table}`)
      await sql`update ${sql.table(table)} a set (${columns}) = (select ${columns} from ${kept} b where b.id = a.id)
        where exists (select 1 from ${kept} b where b.id = a.id and b::text <> a::text)`.execute(tx)
    }
    for (const table of tables) {
      const [now, kept] = [sql.table(table), sql.raw(`kept.${table}`)]
      await sql`delete from ${now} a where not exists (select 1 from ${kept} b where md5(b::text) = md5(a::text))`.execute(
        tx,
      )
      await sql`insert into ${now} select * from ${kept} b
        where not exists (select 1 from ${now} a where md5(a::text) = md5(b::text))`.execute(tx)
    }
  })
}

/** One line of text for each thing that is stored; what the household, its moments and its figures are called comes first. */
export interface Standing {
  cases: ReadonlySet<string>
  /** The spans that are open. */
  ledger: ReadonlySet<string>
  /** Households and persons on lists, per area. */
  listed: ReadonlySet<string>
  /** Of the last day. */
  figures: ReadonlySet<string>
  /** What only an order that keeps each household's own leaves the same: every span with its moments, every day's figures. */
  moments: { spans: ReadonlySet<string>; days: ReadonlySet<string>; entries: ReadonlySet<string> }
}

export async function standingOf({ kysely }: Database): Promise<Standing> {
  const lines = async (query: RawBuilder<{ line: string }>) =>
    new Set((await query.execute(kysely)).rows.map(({ line }) => line))
  return {
    cases: await lines(sql`select concat_ws(' ', household_id, area_code, list_set, standing, recorded, entries,
        last_visit_on, due_on, waiting, state) as line from household_case`),
    ledger: await lines(sql`select concat_ws(' ', household_id, fact, area_code, list_set) as line
      from fact_span where to_at is null`),
    listed: await lines(sql`select concat_ws(' ', area_code, list_set, households, persons) as line
      from household_figure where households <> 0`),
    figures: await lines(sql`select concat_ws(' ', area_code, fact, lists.key, lists.value) as line
      from (select distinct on (area_code, fact) area_code, fact, counts from progress_figure
        order by area_code, fact, day desc) as latest, jsonb_each_text(latest.counts) as lists where lists.value <> '0'`),
    moments: {
      spans: await lines(sql`select concat_ws(' ', household_id, fact, area_code, list_set, from_at, to_at) as line
        from fact_span`),
      // Each figure on the days on which it turns: a row of a day may hold what did not turn.
      days: await lines(sql`
        with cell as (
          select figure.area_code, figure.fact, figure.day, lists.list_set,
            coalesce((figure.counts->>lists.list_set)::int, 0) as households
          from progress_figure figure
          join (select distinct area_code, fact, jsonb_object_keys(counts) as list_set from progress_figure) as lists
            using (area_code, fact))
        select concat_ws(' ', area_code, fact, day, list_set, households) as line
        from (select *, lag(households, 1, 0) over (partition by area_code, fact, list_set order by day) as before
          from cell) as turn where households <> before`),
      entries: await lines(sql`select concat_ws(' ', id, household_id, area_code, recorded_at) as line from entry`),
    },
  }
}

/** The first lines that only one of two has; none where they are the same. */
export function differences(one: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
  const only = (a: ReadonlySet<string>, b: ReadonlySet<string>, sign: string) =>
    [...a].filter((line) => !b.has(line)).map((line) => `${sign} ${line}`)
  return [...only(one, other, '-'), ...only(other, one, '+')]
    .toSorted((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1))
    .slice(0, 12)
}
