import { sql } from 'kysely'
import { areaRange, provinceOf } from '../../domain/area.ts'
import type { Db, Tx } from '../db/database.ts'

/** What was done to what; `detail` holds counts and names of fields, never their personal values. */
export interface AuditEntry {
  action: string
  /** Who acts, where the session cannot tell yet: at signing in. */
  actorId?: string
  subjectKind?: string
  subjectId?: string
  /** The area it happened in, '' when it is the nation's or nobody's. */
  areaCode?: string
  detail?: Record<string, string | number | boolean | null | readonly string[]>
}

export interface AuditStamp {
  id: string
  at: Date
  accountId: string | null
  requestId: string | null
}

export async function insertAudit(tx: Tx, stamp: AuditStamp, entry: AuditEntry): Promise<void> {
  const row = newAuditRow(stamp, entry)
  await tx
    .insertInto('audit_entry')
    .values({ ...row, detail: JSON.stringify(row.detail) })
    .execute()
}

export type NewAuditRow = ReturnType<typeof newAuditRow>

/** The row as it is stored, for statements that write it beside other things. */
export function newAuditRow(stamp: AuditStamp, entry: AuditEntry) {
  return {
    province_code: provinceOf(entry.areaCode ?? ''),
    id: stamp.id,
    at: stamp.at,
    account_id: stamp.accountId,
    action: entry.action,
    subject_kind: entry.subjectKind ?? null,
    subject_id: entry.subjectId ?? null,
    area_code: entry.areaCode ?? '',
    detail: entry.detail ?? {},
    request_id: stamp.requestId,
  }
}

export interface AuditRow {
  id: string
  at: Date
  accountId: string | null
  name: string | null
  action: string
  subjectKind: string | null
  subjectId: string | null
  areaCode: string
  detail: unknown
  requestId: string | null
}

export interface AuditFilter {
  /** Codes of areas, each with everything in it; '' is everything there is. */
  areas: readonly string[]
  accountId: string | null
  /** A whole action, or the beginning of actions when it ends in a dot. */
  action: string | null
  subjectKind: string | null
  subjectId: string | null
  from: Date | null
  before: Date | null
  /** The last entry of the page before. */
  after: { at: Date; id: string } | null
  limit: number
}

/** The trace, newest first. */
export async function listAudit(db: Db, filter: AuditFilter): Promise<AuditRow[]> {
  let query = db
    .selectFrom('audit_entry as e')
    .leftJoin('account as a', 'a.id', 'e.account_id')
    .select([
      'e.id',
      'e.at',
      'e.account_id as accountId',
      'a.name',
      'e.action',
      'e.subject_kind as subjectKind',
      'e.subject_id as subjectId',
      'e.area_code as areaCode',
      'e.detail',
      'e.request_id as requestId',
    ])
  if (!filter.areas.includes('')) {
    const provinces = [...new Set(filter.areas.map(provinceOf))]
    query = query.where('e.province_code', 'in', provinces.length > 0 ? provinces : [-1]).where((eb) =>
      eb.or(
        filter.areas.map((code) => {
          const { from, to } = areaRange(code)
          return eb.and([eb('e.area_code', '>=', from), eb('e.area_code', '<', to)])
        }),
      ),
    )
  }
  if (filter.accountId !== null) query = query.where('e.account_id', '=', filter.accountId)
  if (filter.action !== null) {
    const { action } = filter
    query = action.endsWith('.')
      ? query.where(sql<boolean>`starts_with(e.action, ${action})`)
      : query.where('e.action', '=', action)
  }
  if (filter.subjectKind !== null) query = query.where('e.subject_kind', '=', filter.subjectKind)
  if (filter.subjectId !== null) query = query.where('e.subject_id', '=', filter.subjectId)
  if (filter.from !== null) query = query.where('e.at', '>=', filter.from)
  if (filter.before !== null) query = query.where('e.at', '<', filter.before)
  if (filter.after !== null) {
    const { at, id } = filter.after
    query = query.where(sql<boolean>`(e.at, e.id) < (${at}, ${id}::uuid)`)
  }
  return query.orderBy('e.at', 'desc').orderBy('e.id', 'desc').limit(filter.limit).execute()
}
