/** Target lists and the official figures that documents state for them. */
import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import { endOf } from './days.ts'

export interface StoredList {
  code: string
  name_th: string
  name_en: string
  list_date: string
  document: string
  clause: string | null
  trust: number
  position: number
  province_code: number
}

export interface StoredDenominator {
  list_code: string
  area_code: string
  households: number
  persons: number | null
  document: string
  as_of: string
}

/** Every list in order; those of one province and of the nation when a province is given. */
export function readLists(db: Db, provinceCode: number | null): Promise<StoredList[]> {
  let query = db
    .selectFrom('target_list')
    .select(['code', 'name_th', 'name_en', 'list_date', 'document', 'clause', 'trust', 'position', 'province_code'])
    .orderBy('position')
    .orderBy('code')
  if (provinceCode !== null) query = query.where('province_code', 'in', [0, provinceCode])
  return query.execute()
}

export function findList(db: Db, code: string): Promise<StoredList | undefined> {
  return db
    .selectFrom('target_list')
    .select(['code', 'name_th', 'name_en', 'list_date', 'document', 'clause', 'trust', 'position', 'province_code'])
    .where('code', '=', code)
    .executeTakeFirst()
}

/** Official figures of areas, the newest first: as they stand, or as they were known at the end of a day. */
export function readDenominators(
  db: Db,
  areas: readonly string[],
  { list, knownOn }: { list?: string; knownOn?: string } = {},
): Promise<StoredDenominator[]> {
  let query = db
    .selectFrom('list_denominator')
    .select(['list_code', 'area_code', 'households', 'persons', 'document', 'as_of'])
    .where(sql<boolean>`area_code = any(${[...areas]}::text[])`)
    .where(
      knownOn === undefined
        ? sql<boolean>`replaced_at is null`
        : sql<boolean>`entered_at < ${endOf(knownOn)} and (replaced_at is null or replaced_at >= ${endOf(knownOn)})`,
    )
    .orderBy('as_of', 'desc')
    .orderBy('list_code')
  if (list !== undefined) query = query.where('list_code', '=', list)
  return query.execute()
}

export interface ListWithOfficial extends StoredList {
  /** Null on lists without an official figure for any of the areas. */
  area_code: string | null
  households: number | null
  persons: number | null
  official_document: string | null
  as_of: string | null
}

/** Lists with the newest official figure of each of the areas: one row per list and figure, one read. */
export async function readListsWithOfficial(db: Db, areas: readonly string[]): Promise<ListWithOfficial[]> {
  const { rows } = await sql<ListWithOfficial>`
    select list.code, list.name_th, list.name_en, list.list_date, list.document, list.clause, list.trust, list.position,
      list.province_code, official.area_code, official.households, official.persons,
      official.document as official_document, official.as_of
    from target_list list
    left join (
      select distinct on (list_code, area_code) * from list_denominator
      where replaced_at is null and area_code = any(${[...areas]}::text[]) order by list_code, area_code, as_of desc
    ) as official on official.list_code = list.code
    order by list.position, list.code`.execute(db)
  return rows
}

export interface ListFacts {
  nameTh: string
  nameEn: string
  listDate: string
  document: string
  clause: string | null
  trust: number
}

export async function insertList(
  tx: Tx,
  list: ListFacts & { code: string; provinceCode: number; now: Date },
): Promise<void> {
  const { highest } = await tx
    .selectFrom('target_list')
    .select(({ fn }) => fn.max('position').as('highest'))
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('target_list')
    .values({
      code: list.code,
      ...columnsOf(list),
      position: Math.min((highest ?? 0) + 1, 32_000),
      province_code: list.provinceCode,
      created_at: list.now,
    })
    .execute()
}

export async function updateList(tx: Tx, code: string, list: ListFacts): Promise<void> {
  await tx.updateTable('target_list').set(columnsOf(list)).where('code', '=', code).execute()
}

function columnsOf(list: ListFacts) {
  return {
    name_th: list.nameTh,
    name_en: list.nameEn,
    list_date: list.listDate,
    document: list.document,
    clause: list.clause,
    trust: list.trust,
  }
}

/** What stood for the same list, area and day stays as what was known until now. */
export async function putDenominator(tx: Tx, given: StoredDenominator, now: Date): Promise<void> {
  await removeDenominator(tx, given.list_code, given.area_code, given.as_of, now)
  const { households, persons, document } = given
  await tx
    .insertInto('list_denominator')
    .values({ ...given, entered_at: now, replaced_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(['list_code', 'area_code', 'as_of', 'entered_at'])
        .doUpdateSet({ households, persons, document, replaced_at: null }),
    )
    .execute()
}

/** @returns whether there was one */
export async function removeDenominator(tx: Tx, list: string, area: string, asOf: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('list_denominator')
    .set({ replaced_at: now })
    .where('list_code', '=', list)
    .where('area_code', '=', area)
    .where('as_of', '=', asOf)
    .where('replaced_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
