/** Finding the household of a citizen by the whole id: for those who may, counted, and written down each time. */
import type { OutputOf } from '../../contract/route.ts'
import type { householdFindByNationalId } from '../../contract/households.ts'
import { checkNationalId } from '../../domain/national-id.ts'
import type { Reach } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { findHousehold, type StoredHousehold } from '../queries/households.ts'
import { countLately } from '../queries/limits.ts'
import { membersByNationalId } from '../queries/members.ts'
import type { ActionContext } from './context.ts'
import { householdRows, memberName } from './household-view.ts'

/** Searches of one person in an hour. */
export const mostNationalIdSearches = 60
const hour = 60 * 60 * 1000
const action = 'household.findByNationalId'

/** Households in reach in which somebody bears the id. @throws Problem invalidFacts, tooManyTries */
export async function findByNationalId(
  context: ActionContext,
  reach: Reach,
  typed: string,
): Promise<OutputOf<typeof householdFindByNationalId>> {
  const { tx, actor, now, secrets } = context
  const read = checkNationalId(typed, { acceptPractice: true })
  if ('fault' in read) throw new Problem('invalidFacts', { fields: [{ field: 'nationalId', fault: read.fault }] })
  const since = new Date(now.getTime() - hour)
  const done = await countLately(tx, actor.userId, { actions: [action], since })
  if (done >= mostNationalIdSearches) throw new Problem('tooManyTries', { limit: mostNationalIdSearches })
  const members = await membersByNationalId(tx, secrets.hashNationalId(read.id), reach)
  const households: StoredHousehold[] = []
  for (const member of members) {
    const household = await findHousehold(tx, { provinceCode: member.province_code, id: member.household_id })
    if (household) households.push(household)
  }
  const only = households.length === 1 ? households[0]! : null
  await context.audit({
    action,
    ...(only ? { subjectKind: 'household', subjectId: only.id, areaCode: only.area_code } : {}),
    detail: { found: households.length },
  })
  const rows = await householdRows(tx, households, now)
  return {
    rows: rows.map((row, index) => ({
      ...row,
      memberId: members[index]!.member_id,
      memberName: memberName(members[index]!),
    })),
    left: mostNationalIdSearches - done - 1,
  }
}
