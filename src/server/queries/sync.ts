/**
 * What a phone holds, and what of it changed since it looked last. Every row version names the transaction that wrote it
 * (`xmin`); a pull sends what was written by transactions that had not ended at the pull before, so that no column and no
 * trigger has to say that something changed, and a commit that comes late is seen by the next pull.
 */
import { sql, type RawBuilder } from 'kysely'
import { areaPath, areaRange, provinceOf } from '../../domain/area.ts'
import type { Db } from '../db/database.ts'
import { inScope, type Scope } from './household-scope.ts'
import type { HouseholdKey } from './households.ts'

/** A moment of one database; transaction numbers of another one mean something else. */
export interface SyncMoment {
  /** Names the database: server, timeline and database of it. */
  epoch: string
  /** Every transaction before this one had ended: number of 64 bits. */
  before: number
}

/** To be read before the rows: whatever commits in between is seen twice, never missed. */
export async function syncMoment(db: Db): Promise<SyncMoment> {
  const { rows } = await sql<SyncMoment>`
    ${sql.raw('/* sync.moment */')}
    select (select system_identifier from pg_control_system()) || '-'
        || (select timeline_id from pg_control_checkpoint()) || '-'
        || (select oid from pg_database where datname = current_database()) as epoch,
      pg_snapshot_xmin(pg_current_snapshot())::text::bigint as before`.execute(db)
  return rows[0]!
}

export interface Holding {
  id: string
  is_changed: boolean
}

/** Rows keep 32 bits of the transaction's number: further back than this they cannot be told apart. */
export const longestLook = 2_000_000_000

/**
 * The households of a scope that are counted, in the order of their ids.
 *
 * @param since everything before that transaction is known; null where nothing is known
 * @param limit so many at most
 */
export async function holdings(db: Db, scope: Scope, since: number | null, limit: number): Promise<readonly Holding[]> {
  if (since === null) {
    const { rows } = await sql<Holding>`
      select h.id, true as is_changed from household h where h.state = 'active' and ${inScope(scope, 'h')}
      order by h.id limit ${limit}`.execute(db)
    return rows
  }
  // A row of an older turn of the 32 bits may look new, and is then sent once more; a new one never looks old.
  const isNew = (alias: string): RawBuilder<boolean> =>
    sql<boolean>`((moment.next - ${sql.ref(`${alias}.xmin`)}::text::bigint) & 4294967295) <= moment.next - ${since}::bigint`
  const hasNew = (table: 'member' | 'listing' | 'household_case') => sql<boolean>`exists (
    select 1 from ${sql.table(table)} t
    where t.province_code = h.province_code and t.household_id = h.id and ${isNew('t')})`
  const province = provinceOf(scope.within)
  const around = [...new Set(scope.areas.flatMap(areaPath))].filter((code) => code.length >= 2)
  const inside = scope.areas.map((code) => {
    const { from, to } = areaRange(code)
    return sql<boolean>`(a.code >= ${from} and a.code < ${to})`
  })
  const { rows } = await sql<Holding>`
    with moment as materialized (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next),
    -- What is shown of a household and does not stand with it: names of places, holds, and the rules of its province.
    place as materialized (
      select a.code from area a, moment
      where (a.code = any(${around}::text[]) or ${inside.length === 0 ? sql`false` : sql.join(inside, sql` or `)}) and ${isNew('a')}
      union
      select d.area_code from duty_hold d, moment where d.province_code = ${province} and ${isNew('d')}
      union
      select ${scope.within}::text from rule_version r, moment where r.province_code in (0, ${province}) and ${isNew('r')})
    select h.id, ${isNew('h')} or ${hasNew('household_case')} or ${hasNew('member')} or ${hasNew('listing')}
      or exists (select 1 from place where starts_with(h.area_code, place.code)) as is_changed
    from household h, moment
    where h.state = 'active' and ${inScope(scope, 'h')}
    order by h.id limit ${limit}`.execute(db)
  return rows
}

/** How much a scope holds: households, and entries that would travel with them. */
export async function sizeOf(
  db: Db,
  scope: Scope,
  entriesEach: number,
): Promise<{ households: number; persons: number; entries: number }> {
  const { rows } = await sql<{ households: number; persons: number; entries: number }>`
    select count(*)::int as households, coalesce(sum(h.member_count), 0)::int as persons,
      coalesce(sum(least(c.entries, ${entriesEach}::int)), 0)::int as entries
    from household h
    left join household_case c on c.province_code = h.province_code and c.household_id = h.id
    where h.state = 'active' and ${inScope(scope, 'h')}`.execute(db)
  return rows[0]!
}

/** A member as a phone shows them: nothing by which a person is known outside. */
export interface PhoneMember {
  household_id: string
  id: string
  position: number
  title: string | null
  first_name: string
  last_name: string | null
  relation: string | null
  sex: string | null
  birth_date: string | null
  birth_precision: string | null
}

/** Those who live in these households of a province, by their place in them. */
export async function membersOfHouseholds(db: Db, keys: readonly HouseholdKey[]): Promise<PhoneMember[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<PhoneMember>`
    ${sql.raw('/* sync.members */')}
    select household_id, id, position, title, first_name, last_name, relation, sex, birth_date, birth_precision
    from member
    where province_code = any(${[...new Set(keys.map((key) => key.provinceCode))]}::smallint[])
      and household_id = any(${keys.map(({ id }) => id)}::uuid[]) and state = 'active'
    order by household_id, position, id`.execute(db)
  return rows
}
