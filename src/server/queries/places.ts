/** The places that roles are held at: areas, centres, teams and agencies. */
import { sql, type Expression, type SqlBool } from 'kysely'
import { areaRange } from '../../domain/area.ts'
import type { PlaceKind } from '../../domain/grant.ts'
import type { Reach } from '../../domain/permission.ts'
import type { Db, Tx } from '../db/database.ts'

const municipalKinds: readonly string[] = ['city', 'town', 'pattaya']

export function isMunicipal(kind: string | null): boolean {
  return kind !== null && municipalKinds.includes(kind)
}

export interface PlaceRow {
  kind: PlaceKind
  placeId: string
  areaCode: string
  centreId: string | null
  isMunicipal: boolean
}

/** The place that a role is to be held at; null when there is none. An area exists when it has a row, or is the nation. */
export async function findPlace(db: Db, kind: PlaceKind, id: string): Promise<PlaceRow | null> {
  const found = await findPlaceRow(db, kind, id)
  if (!found) return null
  const { areaCode, centreId = null, centreKind = null } = found
  return { kind, placeId: id, areaCode, centreId, isMunicipal: kind === 'centre' && isMunicipal(centreKind) }
}

async function findPlaceRow(
  db: Db,
  kind: PlaceKind,
  id: string,
): Promise<{ areaCode: string; centreId?: string; centreKind?: string } | undefined> {
  if (kind === 'area') return id === '' || (await areaExists(db, id)) ? { areaCode: id } : undefined
  if (kind === 'centre') {
    return db
      .selectFrom('centre')
      .select(['area_code as areaCode', 'id as centreId', 'kind as centreKind'])
      .where('id', '=', id)
      .executeTakeFirst()
  }
  if (kind === 'team') {
    return db
      .selectFrom('team')
      .select(['area_code as areaCode', 'centre_id as centreId'])
      .where('id', '=', id)
      .executeTakeFirst()
  }
  return db.selectFrom('agency').select('area_code as areaCode').where('id', '=', id).executeTakeFirst()
}

export async function areaExists(db: Db, code: string): Promise<boolean> {
  return (await db.selectFrom('area').select('code').where('code', '=', code).limit(1).executeTakeFirst()) !== undefined
}

export interface TeamRow {
  id: string
  kind: 'mentor' | 'operations'
  name: string
  centreId: string
  centreName: string
  areaCode: string
  people: number
}

export async function listTeams(db: Db, reach: Reach, day: string): Promise<TeamRow[]> {
  const rows = await db
    .selectFrom('team as t')
    .innerJoin('centre as c', 'c.id', 't.centre_id')
    .select((eb) => [
      't.id',
      't.kind',
      't.name',
      't.centre_id as centreId',
      'c.short_name_th as centreName',
      't.area_code as areaCode',
      eb
        .selectFrom('role_grant as g')
        .innerJoin('account as a', 'a.id', 'g.account_id')
        .select(sql<number>`count(distinct g.account_id)::int`.as('people'))
        .whereRef('g.team_id', '=', 't.id')
        .where('g.revoked_at', 'is', null)
        .where('a.disabled_at', 'is', null)
        .where('g.valid_from', '<=', day)
        .where((w) => w.or([w('g.valid_to', 'is', null), w('g.valid_to', '>=', day)]))
        .as('people'),
    ])
    .where(withinReach(sql<string>`t.area_code`, reach, sql<string>`t.centre_id`))
    .orderBy('t.area_code')
    .orderBy(sql`t.name collate "und-x-icu"`)
    .orderBy('t.id')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as TeamRow['kind'], people: row.people ?? 0 }))
}

export interface AgencyRow {
  id: string
  kind: 'agency' | 'partner'
  nameTh: string
  nameEn: string | null
  areaCode: string
}

export async function listAgencies(db: Db, reach: Reach): Promise<AgencyRow[]> {
  const rows = await db
    .selectFrom('agency as a')
    .select(['a.id', 'a.kind', 'a.name_th as nameTh', 'a.name_en as nameEn', 'a.area_code as areaCode'])
    .where(withinReach(sql<string>`a.area_code`, reach, null))
    .orderBy(sql`a.name_th collate "und-x-icu"`)
    .orderBy('a.id')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as AgencyRow['kind'] }))
}

/** The filter that holds a list to a reach: by the area and, for people of a municipal centre, by the centre. */
export function withinReach(
  area: Expression<string>,
  reach: Reach,
  centre: Expression<string> | null,
): Expression<SqlBool> {
  const parts = reach.areas.map((code) => inArea(area, code))
  if (centre !== null && reach.centreIds.length > 0) {
    parts.push(sql<boolean>`${centre} in (${sql.join(reach.centreIds.map((id) => sql`${id}::uuid`))})`)
  }
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` or `)})`
}

export async function insertTeam(
  tx: Tx,
  team: { id: string; kind: string; name: string; centreId: string; areaCode: string; now: Date },
): Promise<void> {
  await tx
    .insertInto('team')
    .values({
      id: team.id,
      kind: team.kind,
      name: team.name,
      centre_id: team.centreId,
      area_code: team.areaCode,
      created_at: team.now,
    })
    .execute()
}

export async function insertAgency(
  tx: Tx,
  agency: { id: string; kind: string; nameTh: string; nameEn: string | null; areaCode: string; now: Date },
): Promise<void> {
  await tx
    .insertInto('agency')
    .values({
      id: agency.id,
      kind: agency.kind,
      name_th: agency.nameTh,
      name_en: agency.nameEn,
      area_code: agency.areaCode,
      created_at: agency.now,
    })
    .execute()
}

function inArea(area: Expression<string>, code: string): Expression<SqlBool> {
  const { from, to } = areaRange(code)
  return sql<boolean>`(${area} >= ${from} and ${area} < ${to})`
}
