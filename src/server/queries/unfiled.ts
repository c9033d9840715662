/** Items of phones that could not be recorded: kept sealed, told to those who answer for the area, and filed in the end. */
import { sql, type Selectable } from 'kysely'
import type { Reach } from '../../domain/permission.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { withinReach } from './places.ts'

export type StoredUnfiled = Selectable<Tables['unfiled_item']>
export type UnfiledKind = 'entry' | 'household' | 'unknown'

export interface NewUnfiled extends Omit<
  StoredUnfiled,
  'details' | 'content' | 'kind' | 'state' | 'recorded_household' | 'decided_by' | 'decided_at' | 'reason'
> {
  details: Record<string, unknown>
  content: Uint8Array
  kind: UnfiledKind
}

/** Keeps items, each in the place of what its author sent before under the same id. Somebody else's of that id stays. */
export async function putUnfiled(tx: Tx, items: readonly NewUnfiled[]): Promise<void> {
  if (items.length === 0) return
  // Always in one order, so that two messages cannot wait for each other; the last of one id counts.
  const byId = new Map(items.map((item) => [item.id, item]))
  const sorted = [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  await tx
    .insertInto('unfiled_item')
    .values(sorted.map((item) => ({ ...item, details: JSON.stringify(item.details), content: item.content })))
    .onConflict((conflict) =>
      conflict
        .columns(['province_code', 'id'])
        .doUpdateSet((eb) => ({
          area_code: eb.ref('excluded.area_code'),
          device_id: eb.ref('excluded.device_id'),
          kind: eb.ref('excluded.kind'),
          household_id: eb.ref('excluded.household_id'),
          saved_at: eb.ref('excluded.saved_at'),
          received_at: sql`case when unfiled_item.digest = excluded.digest then unfiled_item.received_at
            else excluded.received_at end`,
          problem: eb.ref('excluded.problem'),
          details: sql`excluded.details`,
          content: eb.ref('excluded.content'),
          digest: eb.ref('excluded.digest'),
          protocol: eb.ref('excluded.protocol'),
          state: 'waiting',
          recorded_household: null,
          decided_by: null,
          decided_at: null,
          reason: null,
        }))
        .whereRef('unfiled_item.account_id', '=', 'excluded.account_id'),
    )
    .execute()
}

/** Those of the ids that are kept, or were, of one author. */
export async function knownUnfiled(
  db: Db,
  accountId: string,
  provinceCodes: readonly number[],
  ids: readonly string[],
): Promise<Map<string, StoredUnfiled>> {
  const { rows } = await sql<StoredUnfiled>`
    ${sql.raw('/* unfiled.known */')}
    select * from unfiled_item where province_code = any(${[...provinceCodes]}::smallint[])
      and id = any(${[...ids]}::uuid[]) and account_id = ${accountId}`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

export interface FoundWhere {
  id: string
  state: string
  /** The household of the registry that it turned out to be; null while it waits. */
  recorded_household: string | null
}

/** What became of households that were found, by the ids under which phones know them. */
export async function foundHouseholds(
  db: Db,
  provinceCode: number,
  ids: readonly string[],
): Promise<Map<string, FoundWhere>> {
  const rows = await db
    .selectFrom('unfiled_item')
    .select(['id', 'state', 'recorded_household'])
    .where('province_code', '=', provinceCode)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .where('kind', '=', 'household')
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Entries that wait for these households to be in the registry, in the order in which they came; held. */
export async function lockWaitingEntries(
  tx: Tx,
  provinceCode: number,
  householdIds: readonly string[],
): Promise<StoredUnfiled[]> {
  return tx
    .selectFrom('unfiled_item')
    .selectAll()
    .where('province_code', '=', provinceCode)
    .where(sql<boolean>`household_id = any(${[...householdIds]}::uuid[])`)
    .where('kind', '=', 'entry')
    .where('state', '=', 'waiting')
    .orderBy('id')
    .forUpdate()
    .execute()
}

export function findUnfiled(db: Db, provinceCode: number, id: string): Promise<StoredUnfiled | undefined> {
  return selectUnfiled(db, provinceCode, id).executeTakeFirst()
}

/** The item, held until the transaction ends. */
export function lockUnfiled(tx: Tx, provinceCode: number, id: string): Promise<StoredUnfiled | undefined> {
  return selectUnfiled(tx, provinceCode, id).forUpdate().executeTakeFirst()
}

function selectUnfiled(db: Db, provinceCode: number, id: string) {
  return db.selectFrom('unfiled_item').selectAll().where('province_code', '=', provinceCode).where('id', '=', id)
}

export interface Settled {
  provinceCode: number
  id: string
  householdId: string
}

/** Notes that items stand in the registry now; what was sent is not needed any more. */
export async function markRecorded(
  tx: Tx,
  items: readonly Settled[],
  at: Date,
  decision: { accountId: string; reason: string } | null = null,
): Promise<void> {
  for (const item of items.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    await tx
      .updateTable('unfiled_item')
      .set({
        state: 'recorded',
        content: null,
        recorded_household: item.householdId,
        decided_at: at,
        decided_by: decision?.accountId ?? null,
        reason: decision?.reason ?? null,
      })
      .where('province_code', '=', item.provinceCode)
      .where('id', '=', item.id)
      .execute()
}

export async function setAside(
  tx: Tx,
  item: Pick<StoredUnfiled, 'province_code' | 'id'>,
  decision: { accountId: string; reason: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('unfiled_item')
    .set({ state: 'setAside', decided_by: decision.accountId, decided_at: decision.at, reason: decision.reason })
    .where('province_code', '=', item.province_code)
    .where('id', '=', item.id)
    .execute()
}

export interface ListedUnfiled extends StoredUnfiled {
  account_name: string
}

/** What waits inside the reach and the area, oldest first, and how many there are. */
export async function listUnfiled(
  db: Db,
  filter: { reach: Reach; area: string; limit: number },
): Promise<{ rows: ListedUnfiled[]; total: number }> {
  const waiting = db
    .selectFrom('unfiled_item as u')
    .where('u.state', '=', 'waiting')
    .where(withinReach(sql<string>`u.area_code`, filter.reach, null))
    .where(sql<boolean>`starts_with(u.area_code, ${filter.area})`)
  const { total } = await waiting.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await waiting
    .innerJoin('account as a', 'a.id', 'u.account_id')
    .selectAll('u')
    .select('a.name as account_name')
    .orderBy('u.received_at')
    .orderBy('u.id')
    .limit(filter.limit)
    .execute()
  return { rows, total: Number(total) }
}

export interface EntryStored {
  id: string
  household_id: string
  recorded_at: Date
  digest: Uint8Array
}

/** Those of the entries that stand in the logbook under this author, wherever their household is now. */
export async function entriesOfAuthor(
  db: Db,
  accountId: string,
  provinceCode: number,
  ids: readonly string[],
): Promise<EntryStored[]> {
  return db
    .selectFrom('entry')
    .select(['id', 'household_id', 'recorded_at', 'digest'])
    .where('province_code', '=', provinceCode)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .where('account_id', '=', accountId)
    .execute()
}

/** When somebody brought a household of that id into the registry; undefined when they did not. */
export async function addedBy(
  db: Db,
  accountId: string,
  provinceCode: number,
  id: string,
): Promise<{ created_at: Date; area_code: string } | undefined> {
  return db
    .selectFrom('household as h')
    .select(['h.created_at', 'h.area_code'])
    .where('h.province_code', '=', provinceCode)
    .where('h.id', '=', id)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('fact_change as f')
          .select('f.id')
          .whereRef('f.province_code', '=', 'h.province_code')
          .whereRef('f.household_id', '=', 'h.id')
          .where('f.field', '=', 'state')
          .where('f.account_id', '=', accountId),
      ),
    )
    .executeTakeFirst()
}

/** Where households stand, whoever asks; by id. */
export async function areasOfHouseholds(
  db: Db,
  provinceCode: number,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('household')
    .select(['id', 'area_code'])
    .where('province_code', '=', provinceCode)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.area_code]))
}

/**
 * For which household something was filed in the end that names this photograph, or the household of it: where it belongs
 * now, and who decided that; null when its author did.
 */
export async function filedFor(
  db: Db,
  accountId: string,
  photo: { provinceCode: number; householdId: string; photoId: string },
): Promise<{ household_id: string; decided_by: string | null } | undefined> {
  const { rows } = await sql<{ household_id: string; decided_by: string | null }>`
    select u.recorded_household as household_id, u.decided_by
    from unfiled_item u left join entry e on e.province_code = u.province_code and e.id = u.id
    where u.province_code = ${photo.provinceCode} and u.account_id = ${accountId} and u.state = 'recorded'
      and ((u.kind = 'household' and u.id = ${photo.householdId})
        or (u.kind = 'entry' and u.household_id = ${photo.householdId}
          and (jsonb_exists(e.content -> 'photos', ${photo.photoId})
            or jsonb_exists(e.content -> 'replacement' -> 'content' -> 'photos', ${photo.photoId}))))
    order by u.decided_at desc limit 1`.execute(db)
  return rows[0]
}
