/** Rules that are data: what holds where, the versions before it, saving a new one, and settling cases by it. */
import type { InputOf, OutputOf } from '../../contract/route.ts'
import type { RuleVersion, ruleList, ruleSave, ruleShow } from '../../contract/rules.ts'
import { provinceOf } from '../../domain/area.ts'
import {
  defaultRules,
  ruleKinds,
  ruleSchemas,
  rulesFaults,
  type RuleKind,
  type Rules,
} from '../../domain/logbook/rules/index.ts'
import { mayAt, type Actor } from '../../domain/permission.ts'
import { Problem, type FieldFault } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import type { Db } from '../db/database.ts'
import { holdHouseholds } from '../queries/case.ts'
import {
  householdsToSettle,
  beginSettling,
  currentRules,
  endSettling,
  everybody,
  findRuleVersion,
  holdSettling,
  insertRuleVersion,
  isSettling,
  moveSettling,
  provinceCodes,
  ruleHistory,
  type RuleHistoryRow,
} from '../queries/rules.ts'
import { findArea } from './areas.ts'
import { settleCases } from './case-change.ts'
import { requireAt, type ActionContext } from './context.ts'

/** What follows from these is stored beside each case, so that cases are settled anew after they change. */
const settledBy: readonly RuleKind[] = ['facts', 'outcomes', 'duty']

export async function listRules(
  { tx, actor }: { tx: Db; actor: Actor },
  { area }: InputOf<typeof ruleList>,
): Promise<OutputOf<typeof ruleList>> {
  const provinceCode = provinceOf(area)
  const mayEdit = mayAt(actor, 'rule.edit', { areaCode: area })
  const { rules, versions } = await currentRules(tx, provinceCode)
  const kinds = []
  for (const kind of ruleKinds) {
    const history = await ruleHistory(tx, provinceCode, kind)
    kinds.push({
      kind,
      version: versions[kind].version,
      history: [...history.map((row) => versionAnswer(row, mayEdit)), shippedVersion],
    })
  }
  return { current: rules, defaults: defaultRules, kinds, mayEdit, isSettling: await isSettling(tx, provinceCode) }
}

/** @throws Problem notFound for a version that this place never had */
export async function showRuleVersion(tx: Db, input: InputOf<typeof ruleShow>): Promise<OutputOf<typeof ruleShow>> {
  const content = await findRuleVersion(tx, provinceOf(input.area), input.kind, input.version)
  if (content === undefined) throw new Problem('notFound')
  return { rules: { [input.kind]: content } }
}

/**
 * Saves a new version.
 *
 * @returns its number, and the provinces whose cases are to be settled by it
 * @throws Problem notFound, invalidFacts by field, conflictingEdit when somebody saved a version meanwhile
 */
export async function saveRules(
  context: ActionContext,
  given: InputOf<typeof ruleSave>,
): Promise<{ version: number; settle: number[] }> {
  const { tx, actor, now } = context
  const { kind, area } = given
  requireAt(actor, 'rule.edit', { areaCode: area })
  if (area !== '' && !(await findArea(tx, area, dayInThailand(now)))) throw new Problem('notFound')
  const provinceCode = provinceOf(area)
  const content = await checked(tx, provinceCode, kind, given.content)
  const version = await insertRuleVersion(tx, {
    provinceCode,
    kind,
    content,
    reason: given.reason,
    accountId: actor.userId,
    now,
    after: given.after,
  })
  if (version === null) throw new Problem('conflictingEdit')
  const settle = settledBy.includes(kind) ? await provincesOf(tx, provinceCode) : []
  for (const province of settle) await beginSettling(tx, province, now)
  await context.audit({
    action: 'rule.save',
    subjectKind: 'rule',
    subjectId: kind,
    areaCode: area,
    detail: { version, reason: given.reason },
  })
  return { version, settle }
}

async function provincesOf(tx: Db, provinceCode: number): Promise<number[]> {
  return provinceCode === everybody ? provinceCodes(tx) : [provinceCode]
}

/** The content as its kind's schema reads it, and in harmony with the other kinds that hold in the place. */
async function checked(tx: Db, provinceCode: number, kind: RuleKind, given: unknown) {
  const parsed = ruleSchemas[kind].safeParse(given)
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map(({ path, message, code }) => ({
        field: path.join('.'),
        // Our own refinements name their fault; for the others the kind of issue is enough.
        fault: code === 'custom' ? message : code,
      })),
    )
  }
  const { rules } = await currentRules(tx, provinceCode)
  const together: Rules = { ...rules, [kind]: parsed.data }
  const faults = rulesFaults(together)
  if (faults.length > 0) throw invalid(faults.map(({ code, fault }) => ({ field: code, fault })))
  return parsed.data
}

function invalid(fields: FieldFault[]): Problem {
  return new Problem('invalidFacts', { fields: fields.slice(0, 40) })
}

function versionAnswer(row: RuleHistoryRow, maySeePeople: boolean): RuleVersion {
  return {
    version: row.version,
    area: row.province_code === everybody ? '' : String(row.province_code),
    savedAt: row.created_at.toISOString(),
    savedBy: maySeePeople ? row.account_name : null,
    reason: row.reason,
  }
}

const shippedVersion: RuleVersion = { version: 0, area: null, savedAt: null, savedBy: null, reason: null }

/**
 * Settles the next cases of a province by the rules that hold now; each call is a transaction of its own, and any
 * process can go on where another stopped.
 *
 * @returns whether any are left
 */
export async function settleNext(
  context: Pick<ActionContext, 'tx' | 'now'>,
  provinceCode: number,
  howMany: number,
): Promise<boolean> {
  const { tx, now } = context
  const settling = await holdSettling(tx, provinceCode)
  if (settling === null) return false
  const ids = await householdsToSettle(tx, provinceCode, settling.through, howMany)
  const last = ids.at(-1)
  if (last === undefined) {
    await endSettling(tx, provinceCode)
    return false
  }
  const held = await holdHouseholds(
    tx,
    ids.map((id) => ({ provinceCode, id })),
  )
  const roots = new Map([...held.values()].map(({ root }) => [root.id, root]))
  await settleCases(context, [...roots.values()])
  await moveSettling(tx, provinceCode, last, now)
  return true
}
