/** The orders of a list of households: what each sorts by, where a page goes on, and which index is in that order. */
import { sql, type RawBuilder } from 'kysely'
import { areaRange, provinceOf } from '../../domain/area.ts'

export type HouseholdOrder = 'name' | 'address' | 'updated'

export interface ListedHousehold {
  province_code: number
  id: string
  area_code: string
  head_name: string | null
  house_number: string | null
  member_count: number
  list_set: string
  state: 'active' | 'merged' | 'withdrawn'
  centre_id: string | null
  updated_at: Date
  sort_key: string
  /** The number that a house number begins with; houses without one come last. */
  house_order: number
  house_key: string
  /** With all its digits, which a Date has not. */
  updated_text: string
}

export interface Order {
  by: RawBuilder<unknown>
  /** Households behind a position; all of them when it is null. */
  after(keys: readonly (string | number)[] | null): RawBuilder<boolean>
  /** Whether areas come one after the other in it. */
  byArea: boolean
  keysOf(row: ListedHousehold): (string | number)[]
  /** Whether an index gives the households of an area in this order. */
  walks(area: string): boolean
  sort<Row extends ListedHousehold>(rows: readonly Row[]): Row[]
  /** The first `most` households of each area in this order that the condition leaves; `walked` names the area. */
  walk(areas: readonly string[], condition: RawBuilder<boolean>, most: number): RawBuilder<unknown>
}

/** The household table under the alias h, with the terms that lists sort by. */
export const base = sql`(select household.*,
    coalesce(substring(house_number_key, '^[0-9]{1,7}')::int, 10000000) as house_order,
    coalesce(house_number_key, '') as house_key, updated_at::text as updated_text from household) as h`

export const columns = sql`h.province_code, h.id, h.area_code, h.head_name, h.house_number, h.member_count, h.list_set,
    h.state, h.centre_id, h.updated_at, h.sort_key, h.house_order, h.house_key, h.updated_text`

/** Walked rows keep what words are looked for in. */
const walkedColumns = sql`${columns}, h.search_text, h.house_number_key, h.house_code`

export function orderOf(name: HouseholdOrder): Order {
  return orders[name]
}

const orders: Record<HouseholdOrder, Order> = {
  name: {
    by: sql`h.sort_key, h.id`,
    after: (keys) =>
      keys === null ? sql<boolean>`true` : sql<boolean>`(h.sort_key, h.id) > (${keys[0]}::text, ${keys[1]}::uuid)`,
    byArea: false,
    keysOf: (row) => [row.sort_key, row.id],
    sort: (rows) => [...rows].sort((a, b) => compare(a.sort_key, b.sort_key) || compare(a.id, b.id)),
    walks: (area) => area.length === 2 || area.length === 4,
    walk: (areas, condition, most) => eachArea(areas, condition, sql`h.sort_key, h.id`, most),
  },
  address: {
    by: sql`h.area_code, h.house_order, h.house_key, h.id`,
    after: (keys) =>
      keys === null
        ? sql<boolean>`true`
        : sql<boolean>`h.area_code >= ${keys[0]}
          and (h.area_code, h.house_order, h.house_key, h.id) > (${keys[0]}::text, ${keys[1]}::int, ${keys[2]}::text, ${keys[3]}::uuid)`,
    byArea: true,
    keysOf: (row) => [row.area_code, row.house_order, row.house_key, row.id],
    sort: (rows) =>
      [...rows].sort(
        (a, b) =>
          compare(a.area_code, b.area_code) ||
          a.house_order - b.house_order ||
          compare(a.house_key, b.house_key) ||
          compare(a.id, b.id),
      ),
    walks: () => true,
    walk: (areas, condition, most) =>
      eachArea(areas, condition, sql`h.area_code, h.house_order, h.house_key, h.id`, most, true),
  },
  updated: {
    by: sql`h.updated_at desc, h.id desc`,
    after: (keys) =>
      keys === null
        ? sql<boolean>`true`
        : sql<boolean>`(h.updated_at, h.id) < (${keys[0]}::timestamptz, ${keys[1]}::uuid)`,
    byArea: false,
    keysOf: (row) => [row.updated_text, row.id],
    sort: (rows) => [...rows].sort((a, b) => compare(b.updated_text, a.updated_text) || compare(b.id, a.id)),
    walks: (area) => area.length === 2,
    walk: (areas, condition, most) => eachArea(areas, condition, sql`h.updated_at desc, h.id desc`, most),
  },
}

/** As the C collation compares UTF-8: by code point. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Areas of one kind lead one index; each area is its own walk along it. */
function eachArea(
  areas: readonly string[],
  condition: RawBuilder<boolean>,
  by: RawBuilder<unknown>,
  most: number,
  byRange = false,
): RawBuilder<unknown> {
  const walks = areas.map(
    (code) => sql`(select ${walkedColumns}, ${code}::text as walked from ${base}
      where ${inOneArea(code, byRange)} and ${condition} order by ${by} limit ${most})`,
  )
  return sql.join(walks, sql` union all `)
}

function inOneArea(code: string, byRange: boolean): RawBuilder<boolean> {
  const { from, to } = areaRange(code)
  const range = sql<boolean>`h.province_code = ${provinceOf(code)} and h.area_code >= ${from} and h.area_code < ${to}`
  if (byRange) return range
  if (code.length === 2) return sql<boolean>`h.province_code = ${provinceOf(code)}`
  return sql<boolean>`h.province_code = ${provinceOf(code)} and left(h.area_code, 4) = ${code}`
}
