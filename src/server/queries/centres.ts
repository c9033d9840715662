/** Centres, what they answer for, and which one answers for a household. */
import { sql } from 'kysely'
import { areaRange } from '../../domain/area.ts'
import type { Db, Tx } from '../db/database.ts'

export interface StoredCentre {
  id: string
  code: string
  kind: string
  name_th: string
  short_name_th: string
  name_en: string
  province_code: number
  area_code: string
  valid_from: string
  valid_to: string | null
  coverage_count: number
}

export interface NewCentre {
  id: string
  code: string
  kind: string
  nameTh: string
  shortNameTh: string
  nameEn: string
  provinceCode: number
  areaCode: string
  validFrom: string
  validTo: string | null
  covers: readonly string[]
}

/**
 * Stores the shipped centres. A code that is known keeps its id; the names of those that follow the areas are renewed,
 * those of municipal centres belong to their province and are left alone.
 */
export async function putCentres(tx: Tx, centres: readonly NewCentre[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into centre (id, code, kind, name_th, short_name_th, name_en, province_code, area_code, valid_from, valid_to)
    select id, code, kind, "nameTh", "shortNameTh", "nameEn", "provinceCode", "areaCode", "validFrom", "validTo"
    from jsonb_to_recordset(${JSON.stringify(centres)}::jsonb) as given (id uuid, code text, kind text, "nameTh" text,
      "shortNameTh" text, "nameEn" text, "provinceCode" smallint, "areaCode" text, "validFrom" date, "validTo" date)
    on conflict (code) do update set name_th = excluded.name_th, short_name_th = excluded.short_name_th,
      name_en = excluded.name_en, valid_from = excluded.valid_from, valid_to = excluded.valid_to
      where centre.kind in ('nation', 'province', 'district')
    returning id`.execute(tx)
  const inserted = new Set(rows.map(({ id }) => id))
  const coverage = centres.flatMap((centre) =>
    inserted.has(centre.id)
      ? centre.covers.map((area) => ({ centre: centre.id, area, validFrom: centre.validFrom }))
      : [],
  )
  if (coverage.length > 0) {
    await sql`
      insert into centre_coverage (centre_id, area_code, valid_from)
      select centre, area, "validFrom"
      from jsonb_to_recordset(${JSON.stringify(coverage)}::jsonb) as given (centre uuid, area text, "validFrom" date)
      on conflict do nothing`.execute(tx)
  }
}

const coverageCount = (day: string) => sql<number>`(select count(*) from centre_coverage
  where centre_coverage.centre_id = centre.id and centre_coverage.valid_from <= ${day}
    and (centre_coverage.valid_to is null or centre_coverage.valid_to >= ${day}))`

function selectCentres(db: Db, day: string) {
  return db.selectFrom('centre').selectAll().select(coverageCount(day).as('coverage_count'))
}

/** Centres that stand for an area or one in it, and the municipal ones of its province; in order of area and code. */
export function centresIn(db: Db, area: string, day: string, kind?: string): Promise<StoredCentre[]> {
  const range = areaRange(area)
  let query = selectCentres(db, day)
    .where((check) => {
      const inside = check.and([check('area_code', '>=', range.from), check('area_code', '<', range.to)])
      if (area.length <= 2) return inside
      const district = check('area_code', '=', area.slice(0, 4))
      const municipal = check.and([
        check('area_code', '=', area.slice(0, 2)),
        check('kind', 'in', ['city', 'town', 'pattaya']),
      ])
      return check.or([inside, district, municipal])
    })
    .orderBy('area_code')
    .orderBy('code')
  if (kind !== undefined) query = query.where('kind', '=', kind)
  return query.execute()
}

export function findCentre(db: Db, id: string, day: string): Promise<StoredCentre | undefined> {
  return selectCentres(db, day).where('id', '=', id).executeTakeFirst()
}

/** Codes that a centre answers for on the day. */
export function coverageOf(
  db: Db,
  centreId: string,
  day: string,
): Promise<{ area_code: string; valid_from: string }[]> {
  return db
    .selectFrom('centre_coverage')
    .select(['area_code', 'valid_from'])
    .where('centre_id', '=', centreId)
    .where('valid_from', '<=', day)
    .where((check) => check.or([check('valid_to', 'is', null), check('valid_to', '>=', day)]))
    .orderBy('area_code')
    .execute()
}

/** The code of another centre that answers for exactly one of these areas on the day. */
export async function otherCentreOf(
  db: Db,
  centreId: string,
  areas: readonly string[],
  day: string,
): Promise<{ area_code: string; short_name_th: string } | undefined> {
  const { rows } = await sql<{ area_code: string; short_name_th: string }>`
    select centre_coverage.area_code, centre.short_name_th
    from centre_coverage join centre on centre.id = centre_coverage.centre_id
    where centre_coverage.area_code = any(${[...areas]}::text[]) and centre.id <> ${centreId}
      and centre_coverage.valid_from <= ${day} and (centre_coverage.valid_to is null or centre_coverage.valid_to >= ${day})
      and (centre.valid_to is null or centre.valid_to >= ${day})
    order by 1 limit 1`.execute(db)
  return rows[0]
}

/** The next free code of a kind in a province, as TOWN-3105. */
export async function nextCentreCode(tx: Tx, kind: string, province: string): Promise<string> {
  const start = `${kind.toUpperCase()}-${province}`
  const rows = await tx.selectFrom('centre').select('code').where('code', 'like', `${start}%`).execute()
  const highest = Math.max(0, ...rows.map(({ code }) => Number(code.slice(start.length)) || 0))
  return `${start}${String(highest + 1).padStart(2, '0')}`
}

export async function insertCentre(tx: Tx, centre: Omit<NewCentre, 'covers'>): Promise<void> {
  await tx
    .insertInto('centre')
    .values({
      id: centre.id,
      code: centre.code,
      kind: centre.kind,
      name_th: centre.nameTh,
      short_name_th: centre.shortNameTh,
      name_en: centre.nameEn,
      province_code: centre.provinceCode,
      area_code: centre.areaCode,
      valid_from: centre.validFrom,
      valid_to: centre.validTo,
    })
    .execute()
}

export async function updateCentre(
  tx: Tx,
  id: string,
  centre: { nameTh: string; shortNameTh: string; nameEn: string; validTo: string | null },
): Promise<void> {
  await tx
    .updateTable('centre')
    .set({
      name_th: centre.nameTh,
      short_name_th: centre.shortNameTh,
      name_en: centre.nameEn,
      valid_to: centre.validTo,
    })
    .where('id', '=', id)
    .execute()
}

/** Coverage from `day` on: what ends is kept with its last day, unless it began on that very day. */
export async function changeCoverage(
  tx: Tx,
  centreId: string,
  change: { added: readonly string[]; removed: readonly string[] },
  day: string,
): Promise<void> {
  const removed = [...change.removed]
  await sql`delete from centre_coverage where centre_id = ${centreId} and area_code = any(${removed}::text[])
    and valid_from = ${day}`.execute(tx)
  await sql`update centre_coverage set valid_to = ${day}::date - 1
    where centre_id = ${centreId} and area_code = any(${removed}::text[]) and (valid_to is null or valid_to >= ${day})`.execute(
    tx,
  )
  await sql`insert into centre_coverage (centre_id, area_code, valid_from)
    select ${centreId}::uuid, given, ${day}::date from unnest(${[...change.added]}::text[]) as given
    on conflict (centre_id, area_code, valid_from) do update set valid_to = null`.execute(tx)
}

/** Households for which a centre answers. */
export async function countHouseholdsOfCentre(db: Db, centreId: string): Promise<number> {
  const { count } = await db
    .selectFrom('household')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('centre_id', '=', centreId)
    .where('state', '=', 'active')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/**
 * The rule, for a column that holds an 8-digit code: the centre whose coverage names the place most exactly, else the
 * centre of the district, else that of the province.
 */
export const centreFor = (areaCode: ReturnType<typeof sql.ref>, day: string) => sql<string | null>`coalesce(
  (select coverage.centre_id from centre_coverage coverage join centre on centre.id = coverage.centre_id
    where coverage.area_code in (${areaCode}, left(${areaCode}, 6), left(${areaCode}, 4))
      and coverage.valid_from <= ${day} and (coverage.valid_to is null or coverage.valid_to >= ${day})
      and centre.valid_from <= ${day} and (centre.valid_to is null or centre.valid_to >= ${day})
    order by length(coverage.area_code) desc, coverage.centre_id limit 1),
  (select centre.id from centre where centre.area_code in (left(${areaCode}, 4), left(${areaCode}, 2))
      and centre.kind in ('district', 'province')
      and centre.valid_from <= ${day} and (centre.valid_to is null or centre.valid_to >= ${day})
    order by length(centre.area_code) desc limit 1))`

/**
 * The centre that answers for households at a place (8 digits) on the day: the one whose coverage names it most
 * exactly, else that of the district, else that of the province; null where there is none.
 */
export async function responsibleCentre(db: Db, areaCode: string, day: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select ${centreFor(sql.ref('place.code'), day)} as id from (select ${areaCode}::text as code) as place`.execute(db)
  return rows[0]?.id ?? null
}

/** Which households of a province: all, those in some areas (any level), or those that a batch brought. */
export interface AssignFilter {
  areas?: readonly string[]
  batchId?: string
}

/**
 * Gives every household of the filter its responsible centre, in one statement; the rule is looked up once per village.
 *
 * @returns how many households changed hands
 */
export async function assignCentres(tx: Tx, provinceCode: number, filter: AssignFilter, day: string): Promise<number> {
  const inAreas = filter.areas
    ? sql`and exists (select from unnest(${[...filter.areas]}::text[]) as given(code)
        where household.area_code >= given.code and household.area_code < given.code || '~')`
    : sql``
  const inBatch = filter.batchId ? sql`and household.created_batch = ${filter.batchId}` : sql``
  const result = await sql`
    with place as materialized (
      select distinct area_code as code from household
      where province_code = ${provinceCode} ${inAreas} ${inBatch}),
    answer as materialized (select place.code, ${centreFor(sql.ref('place.code'), day)} as centre_id from place)
    update household set centre_id = answer.centre_id from answer
    where household.province_code = ${provinceCode} and household.area_code = answer.code
      and household.centre_id is distinct from answer.centre_id ${inAreas} ${inBatch}`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}
