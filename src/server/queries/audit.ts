import { provinceOf } from '../../domain/area.ts'
import type { Tx } from '../db/database.ts'

/** What was done to what; `detail` holds counts and names of fields, never their personal values. */
export interface AuditEntry {
  action: string
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
  await tx
    .insertInto('audit_entry')
    .values({
      province_code: provinceOf(entry.areaCode ?? ''),
      id: stamp.id,
      at: stamp.at,
      account_id: stamp.accountId,
      action: entry.action,
      subject_kind: entry.subjectKind ?? null,
      subject_id: entry.subjectId ?? null,
      area_code: entry.areaCode ?? '',
      detail: JSON.stringify(entry.detail ?? {}),
      request_id: stamp.requestId,
    })
    .execute()
}
