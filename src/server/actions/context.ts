import { Problem } from '../../domain/problem.ts'
import {
  mayAnywhere,
  mayAt,
  reachOf,
  type Actor,
  type Permission,
  type Place,
  type Reach,
} from '../../domain/permission.ts'
import type { Tx } from '../db/database.ts'
import { newId } from '../ids.ts'
import { insertAudit, newAuditRow, type AuditEntry, type AuditStamp, type NewAuditRow } from '../queries/audit.ts'
import type { Secrets } from '../secrets.ts'

/** What every action is given: its transaction, who acts, when, and the means to leave its one audit row. */
export interface ActionContext {
  tx: Tx
  actor: Actor
  now: Date
  secrets: Secrets
  /** Leaves the action's audit row; called exactly once in each action that writes or is logged. */
  audit: (entry: AuditEntry) => Promise<void>
  /** The same row, counted as left, for an action that stores it in one statement with all that it writes. */
  auditRow: (entry: AuditEntry) => NewAuditRow
  /** Runs after the transaction is committed, and not at all when it is not. */
  afterCommit: (task: () => void) => void
}

/** Refuses before anything is looked up: the person has no role that may do this anywhere. */
export function requirePermission(actor: Actor, permission: Permission): Reach {
  if (!mayAnywhere(actor, permission)) throw new Problem('notPermitted')
  return reachOf(actor, permission)!
}

/**
 * Refuses a place outside the person's reach with the same problem as a place that does not exist, so that the answer
 * does not tell which of the two it is.
 */
export function requireAt(
  actor: Actor,
  permission: Permission,
  place: Place | undefined | null,
): asserts place is Place {
  requirePermission(actor, permission)
  if (!place || !mayAt(actor, permission, place)) throw new Problem('notFound')
}

export interface ActionRun {
  context: ActionContext
  /** How many audit rows were left. */
  audits(): number
  /** To be called after the commit. */
  runAfterCommit(): void
}

/** Builds the context of one action inside an open transaction: the same for HTTP, jobs and the command line. */
export function createActionRun(parts: {
  tx: Tx
  actor: Actor
  now: Date
  secrets: Secrets
  requestId: string | null
}): ActionRun {
  let audits = 0
  const tasks: (() => void)[] = []
  const { requestId, ...rest } = parts
  const stampOf = (entry: AuditEntry): AuditStamp => {
    audits += 1
    return { id: newId(), at: parts.now, accountId: entry.actorId ?? (parts.actor.userId || null), requestId }
  }
  return {
    context: {
      ...rest,
      audit: (entry) => insertAudit(parts.tx, stampOf(entry), entry),
      auditRow: (entry) => newAuditRow(stampOf(entry), entry),
      afterCommit: (task) => void tasks.push(task),
    },
    audits: () => audits,
    runAfterCommit: () => tasks.forEach((task) => task()),
  }
}
