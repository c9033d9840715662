/** Villages and every other area in the database, by code and day. */
import { sql } from 'kysely'
import { areaRange } from '../../domain/area.ts'
import type { Db, Tx } from '../db/database.ts'
import { rederive } from './imports/derive.ts'

export interface StoredArea {
  code: string
  name_th: string
  name_en: string | null
  origin: string
  valid_from: string
  valid_to: string | null
}

/** The first day of rows whose beginning is not known. */
export const beginning = '1900-01-01'

/** Villages of an area of any level that exist on the day, by code. */
export function villagesIn(db: Db, area: string, day: string): Promise<StoredArea[]> {
  const range = areaRange(area)
  return selectAreas(db)
    .where('code', '>=', range.from)
    .where('code', '<', range.to)
    .where(sql<boolean>`length(code) = 8`)
    .where('valid_from', '<=', day)
    .where((check) => check.or([check('valid_to', 'is', null), check('valid_to', '>=', day)]))
    .orderBy('code')
    .execute()
}

/** Villages by number and name alone that exist on the day; at most `limit`. */
export function villagesByCode(db: Db, codes: readonly string[], day: string): Promise<StoredArea[]> {
  return selectAreas(db)
    .where(sql<boolean>`code = any(${[...codes]}::text[])`)
    .where('valid_from', '<=', day)
    .where((check) => check.or([check('valid_to', 'is', null), check('valid_to', '>=', day)]))
    .execute()
}

/** Villages of which a word stands in the name; `readings` are keys without tone marks and spaces. */
export function villagesNamed(
  db: Db,
  readings: readonly string[],
  within: string,
  day: string,
  limit: number,
): Promise<StoredArea[]> {
  const range = areaRange(within)
  const patterns = readings.map((reading) => `%${reading.replace(/[\\%_]/g, '\\$&')}%`)
  return selectAreas(db)
    .where('code', '>=', range.from)
    .where('code', '<', range.to)
    .where(sql<boolean>`length(code) = 8`)
    .where(sql<boolean>`replace(name_key, ' ', '') like any(${patterns}::text[])`)
    .where('valid_from', '<=', day)
    .where((check) => check.or([check('valid_to', 'is', null), check('valid_to', '>=', day)]))
    .orderBy(sql`length(name_key)`)
    .orderBy('code')
    .limit(limit)
    .execute()
}

/** Every name that a code has had, oldest first. */
export function areaNames(db: Db, code: string): Promise<StoredArea[]> {
  return selectAreas(db).where('code', '=', code).orderBy('valid_from').execute()
}

function selectAreas(db: Db) {
  return db.selectFrom('area').select(['code', 'name_th', 'name_en', 'origin', 'valid_from', 'valid_to'])
}

export interface NewArea {
  code: string
  nameTh: string
  nameEn: string | null
  /** `wordsKey` of the Thai name. */
  nameKey: string
  origin: 'official' | 'import' | 'desk'
  validFrom: string
  validTo: string | null
}

/** Stores areas; the same code on the same first day takes the new name. */
export async function putAreas(tx: Tx, areas: readonly NewArea[]): Promise<void> {
  const rows = areas.map((area) => ({
    code: area.code,
    name_th: area.nameTh,
    name_en: area.nameEn,
    name_key: area.nameKey,
    origin: area.origin,
    valid_from: area.validFrom,
    valid_to: area.validTo,
  }))
  await sql`
    insert into area (code, name_th, name_en, name_key, origin, valid_from, valid_to)
    select code, name_th, name_en, name_key, origin, valid_from, valid_to
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (code text, name_th text, name_en text,
      name_key text, origin text, valid_from date, valid_to date)
    on conflict (code, valid_from) do update set name_th = excluded.name_th, name_en = excluded.name_en,
      name_key = excluded.name_key, valid_to = excluded.valid_to, origin = excluded.origin`.execute(tx)
}

/** Ends the name that holds on the day before `day`, so that another can begin on it. */
export async function endArea(tx: Tx, code: string, day: string): Promise<void> {
  await sql`update area set valid_to = ${day}::date - 1 where code = ${code} and valid_from < ${day} and valid_to is null`.execute(
    tx,
  )
}

/** Removes official areas that are not in the shipped table any more. */
export async function removeOfficialAreasExcept(tx: Tx, keys: readonly { code: string; validFrom: string }[]) {
  await sql`
    delete from area where origin = 'official' and not exists (
      select from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as kept (code text, "validFrom" date)
      where kept.code = area.code and kept."validFrom" = area.valid_from)`.execute(tx)
}

/** Households are found by the name of their village too: to be called when it changes. */
export async function renewSearchOfVillage(tx: Tx, village: string): Promise<void> {
  await rederive(
    tx,
    sql`(select province_code, id as household_id from household where area_code = ${village} and state = 'active')`,
  )
}
