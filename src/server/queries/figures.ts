/** Households and persons per area and set of lists: kept with every change, rebuilt after imports, read by screens. */
import { sql } from 'kysely'
import { areaRange, provinceOf } from '../../domain/area.ts'
import type { Db, Tx } from '../db/database.ts'
import { countedRows } from './imports/figures.ts'

/** One active household as figures see it. */
export interface CountedHousehold {
  /** 8 digits. */
  areaCode: string
  /** Codes of its lists in order, joined by commas. */
  listSet: string
  persons: number
}

/**
 * Counts all active households of a province anew, in one pass. The lock keeps it apart from changes to single
 * households: what is not yet committed here adds its own difference afterwards.
 *
 * Must run as the program: behind the wall it would count only what one person sees.
 */
export async function rebuildFigures(tx: Tx, provinceCode: number): Promise<void> {
  await lockFigures(tx, provinceCode)
  await sql`delete from household_figure where province_code = ${provinceCode}`.execute(tx)
  await sql`
    insert into household_figure (province_code, area_code, list_set, households, persons)
    ${countedFigures(sql`where province_code = ${provinceCode} and state = 'active'`)}`.execute(tx)
}

/** Every figure as the households give it. */
export function countedFigures(where: ReturnType<typeof sql>) {
  return sql`
    select province_code, coalesce(village, subdistrict, district, province) as area_code, list_set,
      count(*)::int as households, coalesce(sum(member_count), 0)::int as persons
    from (
      select province_code, list_set, member_count, area_code as village, left(area_code, 6) as subdistrict,
        left(area_code, 4) as district, left(area_code, 2) as province
      from household ${where}) as counted
    group by grouping sets ((province_code, village, list_set), (province_code, subdistrict, list_set),
      (province_code, district, list_set), (province_code, province, list_set))`
}

/** Replaces what single households counted before by what they count now; each side may be empty. */
export async function applyFigureDelta(
  tx: Tx,
  before: readonly CountedHousehold[],
  after: readonly CountedHousehold[],
): Promise<void> {
  const changes = new Map<
    string,
    { province: number; area: string; lists: string; households: number; persons: number }
  >()
  const add = ({ areaCode, listSet, persons }: CountedHousehold, sign: 1 | -1) => {
    for (const length of [2, 4, 6, 8]) {
      const area = areaCode.slice(0, length)
      const key = `${area} ${listSet}`
      const change = changes.get(key) ?? { province: provinceOf(area), area, lists: listSet, households: 0, persons: 0 }
      change.households += sign
      change.persons += sign * persons
      changes.set(key, change)
    }
  }
  for (const household of before) add(household, -1)
  for (const household of after) add(household, 1)
  const rows = [...changes.values()].filter(({ households, persons }) => households !== 0 || persons !== 0)
  if (rows.length === 0) return
  const provinces = [...new Set(rows.map(({ province }) => province))].toSorted((a, b) => a - b)
  for (const province of provinces) await lockFigures(tx, province)
  await sql`
    insert into household_figure as figure (province_code, area_code, list_set, households, persons)
    select province, area, lists, households, persons from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given (province smallint, area text, lists text, households int, persons int)
    order by province, area, lists
    on conflict (province_code, area_code, list_set) do update
      set households = figure.households + excluded.households, persons = figure.persons + excluded.persons`.execute(tx)
  await sql`
    delete from household_figure figure
    using jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (province smallint, area text, lists text)
    where figure.province_code = given.province and figure.area_code = given.area and figure.list_set = given.lists
      and figure.households = 0 and figure.persons = 0`.execute(tx)
}

/** Held until the transaction ends. */
async function lockFigures(tx: Tx, provinceCode: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(2565, ${provinceCode})`.execute(tx)
}

export interface FigureRow {
  area_code: string
  /** Null on rows that count import rows. */
  list_set: string | null
  households: number
  persons: number
  invalid_rows: number
  waiting_rows: number
}

/**
 * Figures of some areas, those of the villages of `villagesOf`, and the invalid and waiting rows of imports in `rowsOf`
 * grouped to `digits` of their area: one read.
 */
export async function readFigures(
  db: Db,
  wanted: { areas: readonly string[]; villagesOf: string | null; rowsOf: string; digits: number; now: Date },
): Promise<FigureRow[]> {
  const provinces = wanted.areas.map(provinceOf)
  const villages = areaRange(wanted.villagesOf ?? '')
  const villagesRead = wanted.villagesOf
    ? sql`union all select area_code, list_set, households, persons, 0, 0 from household_figure
        where province_code = ${provinceOf(wanted.villagesOf)} and area_code > ${villages.from}
          and area_code < ${villages.to}`
    : sql``
  const result = await sql<FigureRow>`
    select figure.area_code, figure.list_set, figure.households, figure.persons, 0 as invalid_rows, 0 as waiting_rows
    from unnest(${provinces}::smallint[], ${[...wanted.areas]}::text[]) as asked(province, area)
    join household_figure figure on figure.province_code = asked.province and figure.area_code = asked.area
    ${villagesRead}
    union all
    select left(counted.area_code, ${wanted.digits}::int), null, 0, 0,
      coalesce(sum(rows) filter (where kind = 'invalid'), 0)::int,
      coalesce(sum(rows) filter (where kind = 'waiting'), 0)::int
    from (${countedRows(wanted.rowsOf, wanted.now)}) as counted group by 1`.execute(db)
  return result.rows
}
