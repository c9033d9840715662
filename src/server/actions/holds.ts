/** Sets a hold on an area and ends it: harvest and flood suspend the visits that are due, not the help. */
import { longestHold, type Hold, type holdAdd } from '../../contract/holds.ts'
import type { InputOf } from '../../contract/route.ts'
import { isAreaWithin, provinceOf } from '../../domain/area.ts'
import { mayAt, type Reach } from '../../domain/permission.ts'
import { Problem, type FieldFault } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { endHold, insertHold, lockHold, openHolds, type StoredHold } from '../queries/holds.ts'
import { findArea, nameAreas, unnamedVillage } from './areas.ts'
import { requireAt, type ActionContext } from './context.ts'

type Reader = Pick<ActionContext, 'tx' | 'actor' | 'now'>

/** Holds in force or to come where the person reaches, in the area and around it. */
export async function listHolds(
  context: Reader,
  reach: Reach,
  area: string,
): Promise<{ holds: Hold[]; mayAdd: boolean }> {
  const { tx, actor, now } = context
  const holds = await openHolds(tx, area, dayInThailand(now))
  // A centre that cuts across areas may have households under any of them.
  const touches = ({ area_code }: StoredHold) =>
    reach.centreIds.length > 0 ||
    reach.areas.some((reached) => isAreaWithin(area_code, reached) || isAreaWithin(reached, area_code))
  return {
    holds: await shown(context, holds.filter(touches)),
    mayAdd: area !== '' && mayAt(actor, 'duty.hold', { areaCode: area }),
  }
}

/** @throws Problem invalidFacts, notFound, alreadyExists when the id is taken by another hold */
export async function addHold(context: ActionContext, input: InputOf<typeof holdAdd>): Promise<{ hold: Hold }> {
  const { tx, actor, now } = context
  requireAt(actor, 'duty.hold', { areaCode: input.area })
  const today = dayInThailand(now)
  if (!(await findArea(tx, input.area, today))) throw new Problem('notFound')
  const fields = faultsOf(input, today)
  if (fields.length > 0) throw new Problem('invalidFacts', { fields })
  const provinceCode = provinceOf(input.area)
  const stored = {
    province_code: provinceCode,
    id: input.id,
    area_code: input.area,
    from_on: input.from,
    until_on: input.until,
    reason: input.reason,
    account_id: actor.userId,
    created_at: now,
  }
  if (!(await insertHold(tx, stored))) {
    const known = await lockHold(tx, provinceCode, input.id)
    if (known?.area_code !== input.area || known.from_on !== input.from || known.until_on !== input.until)
      throw new Problem('alreadyExists')
  }
  await context.audit({
    action: 'hold.add',
    subjectKind: 'hold',
    subjectId: input.id,
    areaCode: input.area,
    detail: { from: input.from, until: input.until },
  })
  const [hold] = await shown(context, [{ ...stored, ended_at: null, account_name: actor.name }])
  return { hold: hold! }
}

/** From now on visits are due again. @throws Problem notFound, wrongState when it has ended */
export async function endHoldNow(
  context: ActionContext,
  input: { id: string; area: string },
): Promise<{ ended: true }> {
  const { tx, actor, now } = context
  requireAt(actor, 'duty.hold', { areaCode: input.area })
  const provinceCode = provinceOf(input.area)
  const hold = await lockHold(tx, provinceCode, input.id)
  if (!hold || hold.area_code !== input.area) throw new Problem('notFound')
  if (hold.ended_at !== null || hold.until_on < dayInThailand(now)) throw new Problem('wrongState', { state: 'ended' })
  await endHold(tx, provinceCode, input.id, now)
  await context.audit({
    action: 'hold.end',
    subjectKind: 'hold',
    subjectId: input.id,
    areaCode: hold.area_code,
    detail: { from: hold.from_on, until: hold.until_on },
  })
  return { ended: true }
}

function faultsOf({ from, until }: { from: string; until: string }, today: string): FieldFault[] {
  if (until < from) return [{ field: 'until', fault: 'beforeFrom' }]
  const days = (Date.parse(until) - Date.parse(from)) / 86_400_000 + 1
  if (days > longestHold) return [{ field: 'until', fault: 'tooLong' }]
  // What was overdue in the months before has been seen and acted on.
  if (from.slice(0, 7) < today.slice(0, 7)) return [{ field: 'from', fault: 'tooEarly' }]
  return []
}

async function shown({ tx, actor, now }: Reader, holds: readonly StoredHold[]): Promise<Hold[]> {
  const today = dayInThailand(now)
  const names = await nameAreas(
    tx,
    holds.map(({ area_code }) => area_code),
    today,
  )
  return holds.map((hold) => ({
    id: hold.id,
    area: names.get(hold.area_code) ?? unnamedVillage(hold.area_code),
    from: hold.from_on,
    until: hold.until_on,
    reason: hold.reason,
    by: hold.account_name,
    createdAt: hold.created_at.toISOString(),
    isNow: hold.from_on <= today,
    mayEnd: mayAt(actor, 'duty.hold', { areaCode: hold.area_code }),
  }))
}
