import type { Tx } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { insertAudit } from '../queries/audit.ts'

/** The audit row of a step that an import takes in the background; `accountId` is null where nobody ordered it. */
export async function auditStep(
  { now }: Pick<Deps, 'now'>,
  tx: Tx,
  batch: { id: string; area_code: string },
  accountId: string | null,
  action: string,
  detail: Record<string, string | number> = {},
): Promise<void> {
  const stamp = { id: newId(), at: now(), accountId, requestId: null }
  await insertAudit(tx, stamp, {
    action,
    subjectKind: 'batch',
    subjectId: batch.id,
    areaCode: batch.area_code,
    detail,
  })
}
