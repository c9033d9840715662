/** Members of a household. National ids come and go hashed and encrypted. */
import { sql, type Insertable, type Selectable, type Updateable } from 'kysely'
import type { Reach } from '../../domain/permission.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { inAreas } from './household-scope.ts'
import type { HouseholdKey } from './households.ts'

export type StoredMember = Selectable<Tables['member']>
export type NewMember = Insertable<Tables['member']>
export type MemberChange = Omit<Updateable<Tables['member']>, 'province_code' | 'id'>

/** Everybody who lives there or did, by their place in the household. */
export function membersOf(db: Db, key: HouseholdKey): Promise<StoredMember[]> {
  return db
    .selectFrom('member')
    .selectAll()
    .where('province_code', '=', key.provinceCode)
    .where('household_id', '=', key.id)
    .orderBy('position')
    .orderBy('id')
    .execute()
}

export type NamedMember = Pick<StoredMember, 'household_id' | 'title' | 'first_name' | 'last_name' | 'name_key'> & {
  /** 0 to 1: how much of the typed words the name resembles. */
  likeness: number
}

/** The names of those who live in each of these households, by their place in it, held against words that were typed. */
export function membersOfMany(db: Db, keys: readonly HouseholdKey[], typed: string): Promise<NamedMember[]> {
  return db
    .selectFrom('member')
    .select([
      'household_id',
      'title',
      'first_name',
      'last_name',
      'name_key',
      sql<number>`word_similarity(${typed}, name_key)`.as('likeness'),
    ])
    .where(sql<boolean>`province_code = any(${[...new Set(keys.map((key) => key.provinceCode))]}::smallint[])`)
    .where(sql<boolean>`household_id = any(${keys.map(({ id }) => id)}::uuid[])`)
    .where('state', '=', 'active')
    .orderBy('position')
    .orderBy('id')
    .execute()
}

export async function insertMembers(tx: Tx, members: readonly NewMember[]): Promise<void> {
  if (members.length > 0)
    await tx
      .insertInto('member')
      .values([...members])
      .execute()
}

export async function updateMember(tx: Tx, provinceCode: number, id: string, change: MemberChange): Promise<void> {
  await tx.updateTable('member').set(change).where('province_code', '=', provinceCode).where('id', '=', id).execute()
}

/** Which of these ids are taken by members of the province, whatever their household. */
export async function knownMemberIds(db: Db, provinceCode: number, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('member')
    .select('id')
    .where('province_code', '=', provinceCode)
    .where('id', 'in', [...ids])
    .execute()
  return new Set(rows.map(({ id }) => id))
}

export interface FoundMember {
  province_code: number
  household_id: string
  member_id: string
  title: string | null
  first_name: string
  last_name: string | null
}

/** Members of active households who bear the id, inside the reach. */
export async function membersByNationalId(db: Db, hash: Uint8Array, reach: Reach): Promise<FoundMember[]> {
  const { rows } = await sql<FoundMember>`
    select member.province_code, member.household_id, member.id as member_id, member.title, member.first_name,
      member.last_name
    from member join household h on h.province_code = member.province_code and h.id = member.household_id
    where member.national_id_hash = ${hash} and member.state = 'active' and h.state = 'active'
      and (${inReach(reach)})
    order by member.id limit 20`.execute(db)
  return rows
}

/** An active household outside the reach in which somebody bears one of the ids. */
export async function householdElsewhere(
  db: Db,
  hashes: readonly Uint8Array[],
  reach: Reach,
): Promise<{ centre_id: string | null; area_code: string } | undefined> {
  if (hashes.length === 0) return undefined
  const { rows } = await sql<{ centre_id: string | null; area_code: string }>`
    select h.centre_id, h.area_code
    from member join household h on h.province_code = member.province_code and h.id = member.household_id
    where (${sql.join(
      hashes.map((hash) => sql`member.national_id_hash = ${hash}`),
      sql` or `,
    )}) and member.state = 'active' and h.state = 'active' and not (${inReach(reach)})
    order by h.updated_at desc limit 1`.execute(db)
  return rows[0]
}

function inReach(reach: Reach) {
  if (reach.areas.includes('')) return sql<boolean>`true`
  const areas = inAreas(reach.areas, 'h')
  if (reach.centreIds.length === 0) return areas
  return sql<boolean>`(${areas} or coalesce(h.centre_id = any(${[...reach.centreIds]}::uuid[]), false))`
}

/** Puts a member into another household of the province. */
export async function moveMember(
  tx: Tx,
  member: { province_code: number; id: string },
  to: { householdId: string; areaCode: string; position: number },
): Promise<void> {
  await tx
    .updateTable('member')
    .set({ household_id: to.householdId, area_code: to.areaCode, position: to.position })
    .where('province_code', '=', member.province_code)
    .where('id', '=', member.id)
    .execute()
}
