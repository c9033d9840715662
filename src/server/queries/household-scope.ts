/** Where a person's list of households reaches: their areas, cut with the area asked for, and their municipal centres. */
import { sql, type RawBuilder } from 'kysely'
import { areaRange, isAreaWithin, provinceOf } from '../../domain/area.ts'
import type { Reach } from '../../domain/permission.ts'
import type { Db } from '../db/database.ts'

export interface Scope {
  /** Area codes that do not overlap, in order; the nation stands as its provinces. */
  areas: readonly string[]
  /** Centres whose households are reached although they lie outside `areas`. */
  centreIds: readonly string[]
  /** The area asked for: households of the centres must lie in it too. */
  within: string
  /** Areas that were named besides: households of the centres must lie in one of them; null for anywhere. */
  only: readonly string[] | null
}

/** The scope of a list. Empty when nothing that was asked for lies in the person's reach. */
export async function scopeOf(db: Db, reach: Reach, within: string): Promise<Scope> {
  const areas = reach.areas.some((area) => isAreaWithin(within, area))
    ? [within]
    : reach.areas.filter((area) => isAreaWithin(area, within))
  return {
    areas: areas.includes('') ? await provinces(db) : [...areas].sort(),
    centreIds: await centresBeyond(db, reach),
    within,
    only: null,
  }
}

/** The scope cut with areas that were named, of any level. */
export function narrowed(scope: Scope, codes: readonly string[]): Scope {
  const areas = scope.areas.flatMap((area) =>
    codes.flatMap((code) => (isAreaWithin(code, area) ? [code] : isAreaWithin(area, code) ? [area] : [])),
  )
  return { ...scope, areas: [...new Set(areas)].sort(), only: cut(scope.only, codes) }
}

/** The areas that lie in both. */
function cut(some: readonly string[] | null, others: readonly string[]): readonly string[] {
  if (some === null) return others
  return some.flatMap((one) =>
    others.flatMap((other) => (isAreaWithin(one, other) ? [one] : isAreaWithin(other, one) ? [other] : [])),
  )
}

async function provinces(db: Db): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select distinct code from area where length(code) = 2 order by code`.execute(db)
  return rows.map(({ code }) => code)
}

/** Centres whose own area the person reaches anyway add nothing. */
async function centresBeyond(db: Db, reach: Reach): Promise<string[]> {
  if (reach.centreIds.length === 0) return []
  const centres = await db
    .selectFrom('centre')
    .select(['id', 'area_code'])
    .where('id', 'in', [...reach.centreIds])
    .execute()
  return centres
    .filter(({ area_code }) => !reach.areas.some((area) => isAreaWithin(area_code, area)))
    .map(({ id }) => id)
}

/** Condition on `province_code` and `area_code` of a table under its alias, as ranges. False when nothing is reached. */
export function inAreas(areas: readonly string[], alias: string): RawBuilder<boolean> {
  const province = sql.ref(`${alias}.province_code`)
  const area = sql.ref(`${alias}.area_code`)
  const whole = areas.filter((code) => code.length === 2).map(provinceOf)
  const parts = areas.filter((code) => code.length > 2)
  const conditions = parts.map((code) => {
    const { from, to } = areaRange(code)
    return sql<boolean>`(${province} = ${provinceOf(code)} and ${area} >= ${from} and ${area} < ${to})`
  })
  if (whole.length === 1) conditions.push(sql<boolean>`${province} = ${whole[0]}`)
  else if (whole.length > 1) conditions.push(sql<boolean>`${province} = any(${whole}::smallint[])`)
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`
}

/** The whole scope as one condition: what lies in its areas, or stands with its centres inside the area asked for. */
export function inScope(scope: Scope, alias: string): RawBuilder<boolean> {
  if (scope.centreIds.length === 0) return inAreas(scope.areas, alias)
  return sql<boolean>`(${inAreas(scope.areas, alias)} or ${ofCentres(scope, alias)})`
}

/** Households of the scope's centres inside the area asked for. */
export function ofCentres(scope: Scope, alias: string): RawBuilder<boolean> {
  const { from, to } = areaRange(scope.within)
  const area = sql.ref(`${alias}.area_code`)
  return sql<boolean>`(${sql.ref(`${alias}.centre_id`)} = any(${[...scope.centreIds]}::uuid[])
    and ${area} >= ${from} and ${area} < ${to}
    and ${scope.only === null ? sql`true` : inAreas(scope.only, alias)})`
}

/** Active households of the areas per set of lists, from the figures; without those that only a centre reaches. */
export async function countsBySet(db: Db, areas: readonly string[]): Promise<Map<string, number>> {
  if (areas.length === 0) return new Map()
  const { rows } = await sql<{ list_set: string; households: number }>`
    select list_set, sum(households)::int as households from household_figure
    where province_code = any(${[...new Set(areas.map(provinceOf))]}::smallint[])
      and area_code = any(${[...areas]}::text[])
    group by list_set`.execute(db)
  return new Map(rows.map((row) => [row.list_set, row.households]))
}
