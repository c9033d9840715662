/** Households by their key: read, lock, insert, change. Members and listings that go with them move here too. */
import { sql, type Selectable, type Updateable } from 'kysely'
import { areaPath, mooOf, villageCode } from '../../domain/area.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

export type StoredHousehold = Selectable<Tables['household']>
export type HouseholdChange = Omit<Updateable<Tables['household']>, 'province_code' | 'id' | 'version'>

export interface HouseholdKey {
  provinceCode: number
  id: string
}

export function findHousehold(db: Db, key: HouseholdKey): Promise<StoredHousehold | undefined> {
  return selectHousehold(db, key).executeTakeFirst()
}

/** Those of the households that exist, in no order. */
export async function householdsById(db: Db, keys: readonly HouseholdKey[]): Promise<StoredHousehold[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<StoredHousehold>`
    ${sql.raw('/* household.many */')}
    select h.* from (select distinct p, id
      from unnest(${keys.map((key) => key.provinceCode)}::smallint[], ${keys.map((key) => key.id)}::uuid[]) as given(p, id)
    ) as given
    join household h on h.province_code = given.p and h.id = given.id`.execute(db)
  return rows
}

/** The active household that was changed last among those with a house code; two families may share one. */
export function householdByHouseCode(
  db: Db,
  provinceCode: number,
  houseCode: string,
): Promise<StoredHousehold | undefined> {
  return db
    .selectFrom('household')
    .selectAll()
    .where('province_code', '=', provinceCode)
    .where('house_code', '=', houseCode)
    .where('state', '=', 'active')
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The household, held until the transaction ends, so that two changes of it come one after the other. */
export function lockHousehold(tx: Tx, key: HouseholdKey): Promise<StoredHousehold | undefined> {
  return selectHousehold(tx, key).forUpdate().executeTakeFirst()
}

/** Two households of a province, always locked in the order of their ids, so that two merges cannot wait for each other. */
export async function lockHouseholds(
  tx: Tx,
  provinceCode: number,
  ids: readonly string[],
): Promise<Map<string, StoredHousehold>> {
  const rows = await tx
    .selectFrom('household')
    .selectAll()
    .where('province_code', '=', provinceCode)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

function selectHousehold(db: Db, key: HouseholdKey) {
  return db.selectFrom('household').selectAll().where('province_code', '=', key.provinceCode).where('id', '=', key.id)
}

/**
 * Lets one household at a time be checked and added in a province, so that two people who found the same family, or a
 * phone that sends twice, cannot both be told that nobody has it.
 */
export async function holdAdding(tx: Tx, provinceCode: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(2566, ${provinceCode})`.execute(tx)
}

/**
 * The same for a range of an import: nobody adds in its provinces until it is committed. Beside each other stand ranges of
 * one import only, where no other import commits.
 *
 * @param provinces in order, so that two imports never wait for each other
 */
export async function holdAddingIn(tx: Tx, provinces: readonly number[], besideEachOther: boolean): Promise<void> {
  const lock = sql.raw(besideEachOther ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')
  for (const province of provinces) await sql`select ${lock}(2566, ${province})`.execute(tx)
}

/** @returns false when a household of that id is already there */
export async function insertHousehold(
  tx: Tx,
  household: Omit<StoredHousehold, 'version' | 'merged_into' | 'created_batch'>,
): Promise<boolean> {
  const result = await tx
    .insertInto('household')
    .values(household)
    .onConflict((conflict) => conflict.columns(['province_code', 'id']).doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1
}

/** Writes a change and counts the version up; the caller holds the lock and has compared versions. */
export async function updateHousehold(tx: Tx, key: HouseholdKey, change: HouseholdChange): Promise<void> {
  await tx
    .updateTable('household')
    .set({ ...change, version: sql<number>`version + 1` })
    .where('province_code', '=', key.provinceCode)
    .where('id', '=', key.id)
    .execute()
}

/** Takes the members and listings of a household along to its new village. */
export async function moveBelongings(tx: Tx, key: HouseholdKey, areaCode: string): Promise<void> {
  for (const table of ['member', 'listing'] as const) {
    await tx
      .updateTable(table)
      .set({ area_code: areaCode })
      .where('province_code', '=', key.provinceCode)
      .where('household_id', '=', key.id)
      .execute()
  }
}

export interface StoredListing {
  id: string
  list_code: string
  name_th: string
  name_en: string
  list_date: string
  state: 'active' | 'withdrawn'
  batch_id: string | null
  file_name: string | null
  row_number: number | null
  account_name: string | null
  created_at: Date
}

/** Where a household stands, with where each listing came from. */
export async function listingsOf(db: Db, key: HouseholdKey): Promise<StoredListing[]> {
  const { rows } = await sql<StoredListing>`
    select listing.id, listing.list_code, target_list.name_th, target_list.name_en, listing.list_date, listing.state,
      listing.batch_id, import_batch.file_name, listing.row_number, account.name as account_name, listing.created_at
    from listing
    left join target_list on target_list.code = listing.list_code
    left join import_batch on import_batch.id = listing.batch_id
    left join account on account.id = coalesce(listing.account_id, import_batch.account_id)
    where listing.province_code = ${key.provinceCode} and listing.household_id = ${key.id}
    order by target_list.position, listing.list_code`.execute(db)
  return rows
}

export async function insertListing(
  tx: Tx,
  listing: {
    id: string
    key: HouseholdKey
    areaCode: string
    listCode: string
    listDate: string
    accountId: string
    at: Date
  },
): Promise<void> {
  await tx
    .insertInto('listing')
    .values({
      province_code: listing.key.provinceCode,
      id: listing.id,
      household_id: listing.key.id,
      area_code: listing.areaCode,
      list_code: listing.listCode,
      list_date: listing.listDate,
      account_id: listing.accountId,
      created_at: listing.at,
    })
    .execute()
}

/** The codes of the lists that a household stands on, in order and joined by commas: its `list_set`. */
export async function listSetOf(db: Db, key: HouseholdKey): Promise<string> {
  const rows = await db
    .selectFrom('listing')
    .select('list_code')
    .where('province_code', '=', key.provinceCode)
    .where('household_id', '=', key.id)
    .where('state', '=', 'active')
    .execute()
  return rows
    .map((row) => row.list_code)
    .sort()
    .join(',')
}

export interface PlaceNames {
  areaCode: string
  moo: number | null
  village: string | null
  subdistrict: string | null
  district: string | null
  province: string | null
}

/** Names on the day of each place (8 digits) and what lies around it. */
export async function placeNames(db: Db, codes: readonly string[], day: string): Promise<Map<string, PlaceNames>> {
  const wanted = new Set(codes.flatMap((code) => areaPath(code).slice(1)))
  const { rows } = await sql<{ code: string; name_th: string }>`
    select distinct on (code) code, name_th from area
    where code = any(${[...wanted]}::text[]) and valid_from <= ${day}
    order by code, valid_from desc`.execute(db)
  const nameByCode = new Map(rows.map((row) => [row.code, row.name_th]))
  const name = (code: string) => nameByCode.get(code) ?? null
  return new Map(
    codes.map((code) => [
      code,
      {
        areaCode: code,
        moo: mooOf(code),
        village: code === villageCode(code.slice(0, 6), null) ? null : name(code),
        subdistrict: name(code.slice(0, 6)),
        district: name(code.slice(0, 4)),
        province: name(code.slice(0, 2)),
      },
    ]),
  )
}

/** Short names of centres by id. */
export async function centreShortNames(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('centre')
    .select(['id', 'short_name_th'])
    .where(sql<boolean>`id = any(${[...new Set(ids)]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.short_name_th]))
}
