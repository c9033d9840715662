/** What the progress of areas is read from, in one statement of one moment, and the households behind a figure. */
import { sql, type RawBuilder } from 'kysely'
import { areaPath, areaRange, provinceOf } from '../../domain/area.ts'
import type { Db } from '../db/database.ts'
import { dayOf, endOf } from './days.ts'
import type { HouseholdKey } from './households.ts'
import { nation } from './progress-figures.ts'

/** How many for whom a fact held at the end of a day. */
export interface FactOnDay {
  fact: string
  day: string
}

export interface ProgressQuestion {
  /** Stored areas: the nation ('') down to subdistricts. */
  areas: readonly { area: string; asked: readonly FactOnDay[] }[]
  /** Everything directly in an area above the subdistrict, also codes that only stand in the figures. */
  childrenOf: { area: string; known: readonly string[]; asked: readonly FactOnDay[] } | null
  /** Villages, counted from the ledger: of an 8-digit code, or all in a subdistrict. */
  villagesOf: {
    area: string
    facts: readonly string[]
    /** The days that are asked of, rising; others may be told wrongly. */
    days: readonly string[]
  }[]
}

/** Households by exact set of lists (codes joined by commas, '' for none). */
export type Counts = Map<string, number>

export interface ProgressReading {
  /** Codes of the areas directly in `childrenOf`, and of every village that was counted, in order. */
  codes: string[]
  /** What was asked for; empty where nothing is. */
  counts(area: string, fact: string, day: string): Counts
  /** The same as it was read, for whoever looks at thousands of them. A set with nobody may be told as 0. */
  sets(area: string, fact: string, day: string): Readonly<Record<string, number>>
}

interface Part {
  kind: 'stored' | 'pending' | 'village' | 'child'
  area: string
  fact: string
  day: string
  counts: Record<string, number>
}

/** Reads figures and what still waits for them together, so that they are exact whatever is written meanwhile. */
export async function readProgress(db: Db, question: ProgressQuestion): Promise<ProgressReading> {
  const { areas, childrenOf, villagesOf } = question
  // Neighbours are asked the same of: said once for all of them.
  const questions = [...new Set(areas.map(({ asked }) => asked))]
  const own = areas.map(({ area, asked }) => ({
    p: area === '' ? nation : provinceOf(area),
    area,
    question: questions.indexOf(asked),
  }))
  const each = questions.flatMap((asked, question) => asked.map(({ fact, day }) => ({ question, fact, day })))
  const parts: RawBuilder<unknown>[] = [
    sql`select 'stored' as kind, asked.area, asked.fact, asked.day, figure.counts
      from asked cross join lateral (
        select counts from progress_figure figure
        where figure.province_code = asked.p and figure.area_code = asked.area and figure.fact = asked.fact
          and figure.day <= asked.day
        order by figure.day desc limit 1) as figure`,
    sql`select 'pending', left(area_code, 6), fact, day, jsonb_object_agg(list_set, delta)
      from (select area_code, fact, day, list_set, sum(delta) as delta from (
          select left(area_code, 6) as area_code, fact, day, list_set, delta from progress_pending
          where ${pendingWithin(question)}) as waiting
        group by 1, 2, 3, 4) as summed
      group by 2, 3, 4`,
    ...villagesOf.map((villages) => villagePart(villages)),
  ]
  if (childrenOf) parts.push(sql`select 'child', code, '', null, null from child`)
  const { rows } = await sql<Part>`
    with recursive ${childrenPart(childrenOf)}
    -- Most neighbours of a province that stands alone have no figures at all. Asked once for each, not for each of their figures.
    own(p, area, question) as materialized (
      select given.p, given.area, given.question
      from unnest(${own.map(({ p }) => p)}::smallint[], ${own.map(({ area }) => area)}::text[] collate "C",
        ${own.map(({ question }) => question)}::int[]) as given(p, area, question)
      where exists (
        select from progress_figure figure where figure.province_code = given.p and figure.area_code = given.area)),
    asked(p, area, fact, day) as (
      select own.p, own.area, each.fact, each.day
      from own
      join unnest(${each.map(({ question }) => question)}::int[], ${each.map(({ fact }) => fact)}::text[] collate "C",
        ${each.map(({ day }) => day)}::date[]) as each(question, fact, day) on each.question = own.question
      ${
        childrenOf === null
          ? sql``
          : sql`union all
      select left(child.code, 2)::smallint, child.code, each.fact, each.day
      from child cross join jsonb_to_recordset(${JSON.stringify(childrenOf.asked)}::text::jsonb)
        as each(fact text collate "C", day date)`
      })
    ${sql.join(parts, sql` union all `)}`.execute(db)
  return reading(rows)
}

/** Codes of one level below an area, hopping from one to the next along the key of the figures. */
function childrenPart(childrenOf: ProgressQuestion['childrenOf']): RawBuilder<unknown> {
  if (childrenOf === null) return sql``
  const { area, known } = childrenOf
  const digits = area.length + 2
  const { from, to } = areaRange(area)
  const next = (after: RawBuilder<unknown>) => sql`(
    select area_code from progress_figure
    where province_code = ${provinceOf(area)} and area_code > ${after} and area_code < ${to}
    order by province_code, area_code limit 1)`
  const found =
    area === ''
      ? sql`select null::text as code`
      : sql`
    select ${next(sql`${from}`)} as code
    union all
    select ${next(sql`(found.code || '~')`)} from found where found.code is not null`
  return sql`found(code) as (${found}),
    child(code) as (
      select code collate "C" from unnest(${[...known]}::text[]) as code
      union
      select code collate "C" from found where length(code) = ${digits}
      union
      select left(area_code, ${digits}::int) collate "C" from progress_pending
      where ${area === '' ? sql`true` : sql`province_code = ${provinceOf(area)}`}
        and area_code > ${from} and area_code < ${to}),`
}

/** What waits in the smallest area that holds all that are asked about. */
function pendingWithin({ areas, childrenOf }: ProgressQuestion): RawBuilder<unknown> {
  const codes = [...areas.map(({ area }) => area), ...(childrenOf ? [childrenOf.area] : [])]
  const [first] = codes
  if (first === undefined) return sql`false`
  const around = areaPath(first).findLast((step) => codes.every((code) => code.startsWith(step)))!
  if (around === '') return sql`true`
  const { from, to } = areaRange(around)
  return sql`province_code = ${provinceOf(around)} and area_code >= ${from} and area_code < ${to}`
}

/** Changes of the ledger, each counted on the first of the days that it is seen on. */
function villagePart({ area, facts, days }: ProgressQuestion['villagesOf'][number]): RawBuilder<unknown> {
  const { from, to } = areaRange(area)
  const end = endOf(days.at(-1)!)
  const asked = sql`${[...days]}::date[]`
  return sql`select 'village', area_code, fact, day, jsonb_object_agg(list_set, delta)
    from (
      select area_code, fact, list_set, (${asked})[width_bucket(${dayOf(sql`moment`)} - 1, ${asked}) + 1] as day,
        sum(delta)::int as delta
      from fact_span cross join lateral (values (from_at, 1), (to_at, -1)) as change(moment, delta)
      where province_code = ${provinceOf(area)} and area_code >= ${from} and area_code < ${to}
        and fact = any(${[...facts]}::text[]) and from_at < ${end} and moment < ${end}
      group by 1, 2, 3, 4 having sum(delta) <> 0) as summed
    group by area_code, fact, day`
}

function reading(rows: readonly Part[]): ProgressReading {
  const stored = new Map<string, Record<string, number>>()
  const changes = new Map<string, { day: string; counts: Record<string, number> }[]>()
  const codes = new Set<string>()
  const addChange = (key: string, { day, counts }: Part) => {
    const known = changes.get(key)
    if (known) known.push({ day, counts })
    else changes.set(key, [{ day, counts }])
  }
  for (const row of rows) {
    if (row.kind === 'stored') stored.set(`${row.area} ${row.fact} ${row.day}`, row.counts)
    else if (row.kind === 'child') codes.add(row.area)
    else if (row.kind === 'pending')
      for (const length of [0, 2, 4, 6]) addChange(`${row.area.slice(0, length)} ${row.fact}`, row)
    else {
      codes.add(row.area)
      addChange(`${row.area} ${row.fact}`, row)
    }
  }
  const sets = (area: string, fact: string, day: string): Readonly<Record<string, number>> => {
    const known = stored.get(`${area} ${fact} ${day}`) ?? {}
    const later = changes.get(`${area} ${fact}`)?.filter((change) => change.day <= day) ?? []
    if (later.length === 0) return known
    const total = { ...known }
    for (const { counts } of later)
      for (const [set, delta] of Object.entries(counts)) total[set] = (total[set] ?? 0) + delta
    return total
  }
  return {
    codes: [...codes].toSorted((a, b) => (a < b ? -1 : 1)),
    sets,
    counts: (area, fact, day) => new Map(Object.entries(sets(area, fact, day)).filter(([, count]) => count !== 0)),
  }
}

/** Which households are behind a figure. */
export interface FactFilter {
  area: string
  day: string
  /** On any of these lists; null for all households. */
  lists: readonly string[] | null
  fact: string
  without: string | null
}

export interface CountedHousehold extends HouseholdKey {
  /** Where and on which lists it was counted. */
  areaCode: string
  listSet: string
}

/** A page of the households behind a figure, by area and id. @param after the last one of the page before */
export async function householdsBehind(
  db: Db,
  filter: FactFilter,
  limit: number,
  after: { areaCode: string; id: string } | null,
): Promise<CountedHousehold[]> {
  const page = after
    ? sql`and (s.area_code, s.household_id) > (${after.areaCode}::text collate "C", ${after.id}::uuid)`
    : sql``
  const { rows } = await sql<{ province_code: number; household_id: string; area_code: string; list_set: string }>`
    select s.province_code, s.household_id, s.area_code, s.list_set from fact_span s
    where ${isBehind(filter)} ${page}
    order by s.area_code, s.household_id limit ${limit}`.execute(db)
  return rows.map((row) => ({
    provinceCode: row.province_code,
    id: row.household_id,
    areaCode: row.area_code,
    listSet: row.list_set,
  }))
}

export async function countBehind(db: Db, filter: FactFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from fact_span s where ${isBehind(filter)}`.execute(db)
  return rows[0]!.count
}

function isBehind({ area, day, lists, fact, without }: FactFilter): RawBuilder<boolean> {
  const { from, to } = areaRange(area)
  const end = endOf(day)
  const held = (alias: string) =>
    sql`${sql.ref(`${alias}.from_at`)} < ${end} and (${sql.ref(`${alias}.to_at`)} is null or ${sql.ref(`${alias}.to_at`)} >= ${end})`
  const onLists = lists === null ? sql`` : sql`and string_to_array(s.list_set, ',') && ${[...lists]}::text[]`
  const lacks =
    without === null
      ? sql``
      : sql`and not exists (select 1 from fact_span w where w.province_code = s.province_code
          and w.household_id = s.household_id and w.fact = ${without} and ${held('w')})`
  return sql<boolean>`s.area_code >= ${from} and s.area_code < ${to} and s.fact = ${fact} and ${held('s')}
    ${onLists} ${lacks}`
}

/** Rows of households as they are now; those that the wall hides are left out. */
export async function householdsNow(db: Db, keys: readonly HouseholdKey[]) {
  if (keys.length === 0) return []
  return db
    .selectFrom('household')
    .selectAll()
    .where('province_code', 'in', [...new Set(keys.map((key) => key.provinceCode))])
    .where(
      'id',
      'in',
      keys.map((key) => key.id),
    )
    .execute()
}
