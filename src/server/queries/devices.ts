/** Phones of the field app: who carries which, when each was heard of last, and what waits on it. */
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { Reach } from '../../domain/permission.ts'
import type { Db, Tx } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'

export type StoredDevice = Selectable<Tables['device']>

export interface NamedDevice extends Omit<StoredDevice, 'data_key' | 'secret_digest'> {
  person_name: string
  username: string | null
  is_disabled: boolean
  revoked_by_name: string | null
}

export function findDevice(db: Db, id: string): Promise<StoredDevice | undefined> {
  return db.selectFrom('device').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The phone, kept as it is until the transaction ends: what it sends comes in one message after the other. */
export function lockDevice(tx: Tx, id: string): Promise<StoredDevice | undefined> {
  return tx.selectFrom('device').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
}

/** @returns false when a phone of that id is already there; waits for whoever is registering it right now */
export async function insertDevice(
  tx: Tx,
  device: Pick<
    StoredDevice,
    | 'id'
    | 'account_id'
    | 'name'
    | 'province_code'
    | 'areas'
    | 'data_key'
    | 'secret_digest'
    | 'app_version'
    | 'protocol'
    | 'registered_at'
    | 'last_seen_at'
  >,
): Promise<boolean> {
  const result = await tx
    .insertInto('device')
    .values(device)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1
}

export type DeviceChange = Partial<Omit<StoredDevice, 'id' | 'account_id' | 'data_key' | 'secret_digest'>>

export async function changeDevice(tx: Tx, id: string, change: DeviceChange): Promise<void> {
  await tx.updateTable('device').set(change).where('id', '=', id).execute()
}

/** The columns that hold what waits. */
export function waitingColumns(waiting: { items: number; photos: number; since: string | null }): DeviceChange {
  return {
    waiting_items: waiting.items,
    waiting_photos: waiting.photos,
    waiting_since: waiting.since === null ? null : new Date(waiting.since),
  }
}

const columns = sql.raw(`d.id, d.account_id, d.name, d.province_code, d.areas, d.state, d.app_version, d.protocol,
  d.registered_at, d.last_seen_at, d.last_sync_at, d.waiting_items, d.waiting_photos, d.waiting_since, d.to_fetch,
  d.clock_offset, d.cursor_given, d.cursor_before, d.revoked_at, d.revoked_by, d.revoke_reason, d.wiped_at, d.lost_items,
  a.name as person_name, a.username, a.disabled_at is not null as is_disabled, r.name as revoked_by_name`)
const sources = sql.raw(`device d join account a on a.id = d.account_id left join account r on r.id = d.revoked_by`)

export async function namedDevice(db: Db, id: string): Promise<NamedDevice | undefined> {
  const { rows } = await sql<NamedDevice>`select ${columns} from ${sources} where d.id = ${id}`.execute(db)
  return rows[0]
}

/** The phones of a person, those in use first. */
export async function devicesOf(db: Db, accountId: string): Promise<NamedDevice[]> {
  const { rows } = await sql<NamedDevice>`
    select ${columns} from ${sources} where d.account_id = ${accountId}
    order by d.state, d.last_seen_at desc, d.id`.execute(db)
  return rows
}

const sorts = {
  silent: sql.raw('d.state, coalesce(d.last_sync_at, d.registered_at), d.id'),
  waiting: sql.raw(`d.state, d.waiting_items + d.waiting_photos desc, d.waiting_since, d.id`),
  name: sql.raw('a.name collate "und-x-icu", d.id'),
} as const

export interface DeviceFilter {
  reach: Reach
  /** Any level; '' for everything in reach. */
  area: string
  sort: keyof typeof sorts
  /** Only those in use that had their last sync before; null for all. */
  silentBefore: Date | null
  /** Phones that wiped themselves before are left out. */
  wipedSince: Date
  limit: number
}

/** Phones that hold an area of the reach, inside the area asked for. */
export async function listDevices(db: Db, filter: DeviceFilter): Promise<NamedDevice[]> {
  const isSilent =
    filter.silentBefore === null
      ? sql`true`
      : sql`d.state = 'active' and coalesce(d.last_sync_at, d.registered_at) < ${filter.silentBefore}`
  const { rows } = await sql<NamedDevice>`
    select ${columns} from ${sources} where ${answeredFor(filter)} and ${isSilent}
    order by ${sorts[filter.sort]} limit ${filter.limit}`.execute(db)
  return rows
}

export interface DeviceTotals {
  devices: number
  silent: number
  waiting_items: number
  waiting_photos: number
}

/** Of the phones in use. */
export async function deviceTotals(
  db: Db,
  filter: Pick<DeviceFilter, 'reach' | 'area' | 'wipedSince'> & { silentBefore: Date },
): Promise<DeviceTotals> {
  const { rows } = await sql<DeviceTotals>`
    select count(*)::int as devices,
      count(*) filter (where coalesce(d.last_sync_at, d.registered_at) < ${filter.silentBefore})::int as silent,
      coalesce(sum(d.waiting_items), 0)::int as waiting_items, coalesce(sum(d.waiting_photos), 0)::int as waiting_photos
    from device d where d.state = 'active' and ${answeredFor(filter)}`.execute(db)
  return rows[0]!
}

function answeredFor({ reach, area, wipedSince }: Pick<DeviceFilter, 'reach' | 'area' | 'wipedSince'>) {
  const within = reach.areas.map((code) => sql<boolean>`starts_with(held.code, ${code})`)
  const inReach: RawBuilder<boolean> =
    within.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(within, sql` or `)})`
  return sql<boolean>`(d.wiped_at is null or d.wiped_at > ${wipedSince})
    and exists (select 1 from unnest(string_to_array(d.areas, ',')) as held(code)
      where ${inReach} and starts_with(held.code, ${area}))`
}
