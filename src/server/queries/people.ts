/** Accounts and the roles they hold. */
import { sql } from 'kysely'
import { grantState, type PlaceKind } from '../../domain/grant.ts'
import type { Actor, Grant, Reach, Role } from '../../domain/permission.ts'
import type { Db, Tx } from '../db/database.ts'
import { isMunicipal, withinReach } from './places.ts'

export interface AccountRow {
  id: string
  name: string
  username: string
  secondFactor: boolean
  oneTimePassword: boolean
  /** When somebody else made the password; null for one that the person chose. */
  oneTimeSince: Date | null
  disabledAt: Date | null
  createdAt: Date
  lastSeenAt: Date | null
}

export interface GrantRow {
  id: string
  accountId: string
  role: Role
  kind: PlaceKind
  placeId: string
  placeName: string
  /** The area that the place stands in. */
  areaCode: string
  /** The centre of a centre's or a team's role. */
  centreId: string | null
  centreKind: string | null
  /** What a municipal centre answers for on that day. */
  coverage: readonly string[]
  from: string
  to: string | null
  isRevoked: boolean
}

/**
 * The person of a session with the roles that hold on a day; null when the account is disabled. Somebody whose password
 * was made by another person holds no role until they have changed it.
 */
export async function actorOf(
  db: Db,
  session: { accountId: string; sessionId: string },
  day: string,
): Promise<Actor | null> {
  const account = await findAccount(db, session.accountId)
  if (!account || account.disabledAt !== null) return null
  const grants = account.oneTimePassword ? [] : await grantsOf(db, [account.id], day)
  return {
    userId: account.id,
    name: account.name,
    sessionId: session.sessionId,
    grants: grants.filter((grant) => grantState(grant, day) === 'current').map(resolveGrant),
    secondFactor: account.secondFactor,
  }
}

/** What a role reaches: the place's area, or, for a municipal centre, what it covers and its own households. */
export function resolveGrant(row: GrantRow): Grant {
  const teamId = row.kind === 'team' ? row.placeId : null
  const agencyId = row.kind === 'agency' ? row.placeId : null
  if (row.kind === 'agency') return { role: row.role, areas: [], centreId: null, teamId, agencyId }
  if (row.kind === 'centre' && isMunicipal(row.centreKind)) {
    return { role: row.role, areas: row.coverage, centreId: row.placeId, teamId, agencyId }
  }
  return { role: row.role, areas: [row.areaCode], centreId: null, teamId, agencyId }
}

export async function findAccount(db: Db, id: string): Promise<AccountRow | null> {
  return (await accounts(db).where('account.id', '=', id).executeTakeFirst()) ?? null
}

export async function findAccountByUsername(db: Db, username: string): Promise<AccountRow | null> {
  return (await accounts(db).where('account.username', '=', username.toLowerCase()).executeTakeFirst()) ?? null
}

export async function hasAccounts(db: Db): Promise<boolean> {
  const people = db.selectFrom('account').select('id').where('username', 'is not', null)
  return (await people.limit(1).executeTakeFirst()) !== undefined
}

/**
 * The account that acts of the machine's operator are recorded under: without a name to sign in with, and disabled.
 *
 * @returns its id
 */
export async function putOperatorAccount(tx: Tx, id: string, now: Date): Promise<string> {
  const email = 'operator@kaejon.invalid'
  await tx
    .insertInto('account')
    .values({ id, name: 'ผู้ดูแลเครื่อง (คำสั่ง kaejon)', email, disabled_at: now, created_at: now, updated_at: now })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute()
  return (await tx.selectFrom('account').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id
}

function accounts(db: Db) {
  return db.selectFrom('account').select((eb) => [
    'account.id',
    'account.name',
    eb.fn.coalesce('account.username', sql<string>`''`).as('username'),
    'account.second_factor_enabled as secondFactor',
    'account.password_one_time as oneTimePassword',
    'account.password_one_time_at as oneTimeSince',
    'account.disabled_at as disabledAt',
    'account.created_at as createdAt',
    eb
      .selectFrom('session')
      .select((session) => session.fn.max('session.updated_at').as('seen'))
      .whereRef('session.account_id', '=', 'account.id')
      .as('lastSeenAt'),
  ])
}

/** Every role of these accounts, whenever it holds, oldest first. */
export async function grantsOf(db: Db, accountIds: readonly string[], day: string): Promise<GrantRow[]> {
  if (accountIds.length === 0) return []
  const rows = await db
    .selectFrom('role_grant as g')
    .leftJoin('team as t', 't.id', 'g.team_id')
    .leftJoin('centre as c', (join) => join.on('c.id', '=', (eb) => eb.fn.coalesce('g.centre_id', 't.centre_id')))
    .leftJoin('agency as a', 'a.id', 'g.agency_id')
    .select((eb) => [
      'g.id',
      'g.account_id as accountId',
      'g.role',
      'g.area_code as ownArea',
      'g.centre_id as ownCentre',
      'g.team_id as teamId',
      'g.agency_id as agencyId',
      'g.valid_from as from',
      'g.valid_to as to',
      'g.revoked_at as revokedAt',
      't.area_code as teamArea',
      't.name as teamName',
      'c.id as centreId',
      'c.kind as centreKind',
      'c.area_code as centreArea',
      'c.short_name_th as centreName',
      'a.area_code as agencyArea',
      'a.name_th as agencyName',
      eb
        .selectFrom('area')
        .select('area.name_th')
        .whereRef('area.code', '=', 'g.area_code')
        .orderBy('area.valid_from', 'desc')
        .limit(1)
        .as('areaName'),
      eb
        .selectFrom('centre_coverage as v')
        .select(sql<string>`string_agg(v.area_code, ',' order by v.area_code)`.as('codes'))
        .whereRef('v.centre_id', '=', 'g.centre_id')
        .where('v.valid_from', '<=', day)
        .where((w) => w.or([w('v.valid_to', 'is', null), w('v.valid_to', '>=', day)]))
        .as('coverage'),
    ])
    .where('g.account_id', 'in', accountIds)
    .orderBy('g.created_at')
    .orderBy('g.id')
    .execute()
  return rows.map((row) => {
    const common = {
      id: row.id,
      accountId: row.accountId,
      role: row.role as Role,
      centreId: row.centreId,
      centreKind: row.centreKind,
      coverage: row.coverage ? row.coverage.split(',') : [],
      from: row.from,
      to: row.to,
      isRevoked: row.revokedAt !== null,
    }
    if (row.teamId !== null) return { ...common, ...place('team', row.teamId, row.teamName, row.teamArea) }
    if (row.agencyId !== null) return { ...common, ...place('agency', row.agencyId, row.agencyName, row.agencyArea) }
    if (row.ownCentre !== null) return { ...common, ...place('centre', row.ownCentre, row.centreName, row.centreArea) }
    const code = row.ownArea ?? ''
    return { ...common, ...place('area', code, row.areaName ?? (code === '' ? 'ประเทศไทย' : code), code) }
  })
}

function place(kind: PlaceKind, placeId: string, name: string | null, areaCode: string | null) {
  return { kind, placeId, placeName: name ?? '', areaCode: areaCode ?? '' }
}

export interface PeopleFilter {
  reach: Reach
  words: string | null
  role: Role | null
  state: 'active' | 'disabled' | null
  /** Name and id of the last person of the page before. */
  after: { name: string; id: string } | null
  limit: number
}

/** People with a role, now or ever, inside the reach, in Thai order of names. */
export async function listAccounts(db: Db, filter: PeopleFilter): Promise<AccountRow[]> {
  const isEverywhere = filter.reach.areas.includes('')
  let query = accounts(db).where('account.username', 'is not', null)
  if (!isEverywhere || filter.role !== null) {
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('role_grant as g')
          .leftJoin('team as t', 't.id', 'g.team_id')
          .leftJoin('centre as c', 'c.id', 'g.centre_id')
          .leftJoin('agency as a', 'a.id', 'g.agency_id')
          .select('g.id')
          .whereRef('g.account_id', '=', 'account.id')
          .$if(filter.role !== null, (grants) => grants.where('g.role', '=', filter.role ?? ''))
          .$if(!isEverywhere, (grants) =>
            grants.where(
              withinReach(
                sql<string>`coalesce(g.area_code, t.area_code, c.area_code, a.area_code)`,
                filter.reach,
                sql<string>`coalesce(g.centre_id, t.centre_id)`,
              ),
            ),
          ),
      ),
    )
  }
  if (filter.words !== null) {
    const part = `%${filter.words.replace(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) => eb.or([eb('account.name', 'ilike', part), eb('account.username', 'ilike', part)]))
  }
  if (filter.state !== null)
    query = query.where('account.disabled_at', filter.state === 'active' ? 'is' : 'is not', null)
  const thaiName = sql<string>`account.name collate "und-x-icu"`
  if (filter.after !== null) {
    const { name, id } = filter.after
    query = query.where(sql<boolean>`(account.name collate "und-x-icu", account.id) > (${name}, ${id}::uuid)`)
  }
  return query.orderBy(thaiName).orderBy('account.id').limit(filter.limit).execute()
}

export async function insertAccount(
  tx: Tx,
  account: {
    id: string
    credentialId: string
    name: string
    username: string
    email: string
    passwordHash: string
    isOneTime: boolean
    now: Date
  },
): Promise<void> {
  const times = { created_at: account.now, updated_at: account.now }
  await tx
    .insertInto('account')
    .values({
      id: account.id,
      name: account.name,
      email: account.email,
      username: account.username,
      password_one_time: account.isOneTime,
      password_one_time_at: account.isOneTime ? account.now : null,
      ...times,
    })
    .execute()
  await tx
    .insertInto('credential')
    .values({
      id: account.credentialId,
      account_id: account.id,
      external_id: account.id,
      provider_id: 'credential',
      password: account.passwordHash,
      ...times,
    })
    .execute()
}

export async function setDisabled(tx: Tx, accountId: string, at: Date | null, now: Date): Promise<void> {
  await tx.updateTable('account').set({ disabled_at: at, updated_at: now }).where('id', '=', accountId).execute()
}

export async function insertGrant(
  tx: Tx,
  grant: {
    id: string
    accountId: string
    role: Role
    kind: PlaceKind
    placeId: string
    from: string
    to: string | null
    grantedBy: string | null
    now: Date
  },
): Promise<void> {
  const column = ({ area: 'area_code', centre: 'centre_id', team: 'team_id', agency: 'agency_id' } as const)[grant.kind]
  await tx
    .insertInto('role_grant')
    .values({
      id: grant.id,
      account_id: grant.accountId,
      role: grant.role,
      [column]: grant.placeId,
      valid_from: grant.from,
      valid_to: grant.to,
      granted_by: grant.grantedBy,
      created_at: grant.now,
    })
    .execute()
}

export async function revokeGrant(tx: Tx, grantId: string, now: Date): Promise<void> {
  await tx.updateTable('role_grant').set({ revoked_at: now }).where('id', '=', grantId).execute()
}

/** Waits until nobody else changes who administers; held to the end of the transaction. */
export async function lockPeople(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('kaejon people'))`.execute(tx)
}

/** The roles that administer the whole registry on a day and have no last day, of accounts that may sign in. */
export async function administratorGrants(db: Db, day: string): Promise<{ id: string; accountId: string }[]> {
  return db
    .selectFrom('role_grant')
    .innerJoin('account', 'account.id', 'role_grant.account_id')
    .select(['role_grant.id', 'role_grant.account_id as accountId'])
    .where('role_grant.role', '=', 'administrator')
    .where('role_grant.area_code', '=', '')
    .where('role_grant.revoked_at', 'is', null)
    .where('role_grant.valid_from', '<=', day)
    .where('role_grant.valid_to', 'is', null)
    .where('account.disabled_at', 'is', null)
    .execute()
}
