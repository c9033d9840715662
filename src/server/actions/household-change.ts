/** What every change of a household has in common: the right version, and all that follows from the change. */
import { deriveHousehold } from '../../domain/derive.ts'
import type { Permission } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { moveLogbook } from '../queries/case.ts'
import { responsibleCentre } from '../queries/centres.ts'
import {
  fieldsOfLastChanges,
  insertFactChanges,
  type FactChange,
  type FactChangeOrigin,
} from '../queries/fact-changes.ts'
import { applyFigureDelta, type CountedHousehold } from '../queries/figures.ts'
import {
  findHousehold,
  listSetOf,
  lockHousehold,
  moveBelongings,
  placeNames,
  updateHousehold,
  type HouseholdChange,
  type HouseholdKey,
  type StoredHousehold,
} from '../queries/households.ts'
import { membersOf } from '../queries/members.ts'
import { settleCase } from './case-change.ts'
import { requireAt, type ActionContext } from './context.ts'
import { placeOf } from './household-view.ts'

export function keyOf(ref: { province: string; id: string }): HouseholdKey {
  return { provinceCode: Number(ref.province), id: ref.id }
}

/** A household that the person may do this to. @throws Problem notFound, notPermitted */
export async function householdAt(
  context: ActionContext,
  permission: Permission,
  key: HouseholdKey,
  lock = false,
): Promise<StoredHousehold> {
  const household = lock ? await lockHousehold(context.tx, key) : await findHousehold(context.tx, key)
  requireAt(context.actor, permission, household && placeOf(household))
  return household!
}

/** @throws Problem conflictingEdit with the fields that others changed since `version` */
export async function requireVersion(
  context: ActionContext,
  household: StoredHousehold,
  version: number,
): Promise<void> {
  if (household.version === version) return
  const key = { provinceCode: household.province_code, id: household.id }
  const fields = await fieldsOfLastChanges(context.tx, key, Math.max(0, household.version - version))
  throw new Problem('conflictingEdit', {
    version: household.version,
    fields: fields.map((field) => ({ field, fault: 'changedMeanwhile' })),
  })
}

/** Only households that are counted can be changed. @throws Problem wrongState */
export function requireState(household: StoredHousehold, state: 'active' | 'merged' | 'withdrawn'): void {
  if (household.state !== state) throw new Problem('wrongState', { state: household.state })
}

/**
 * Stores a change of a household whose members and listings are changed already: what is derived from them, the
 * responsible centre, the history, the figures and the case follow. The caller holds its lock.
 */
export async function settleHousehold(
  context: ActionContext,
  before: StoredHousehold,
  change: HouseholdChange,
  changes: readonly FactChange[],
  origin: FactChangeOrigin,
): Promise<StoredHousehold> {
  const { tx, now } = context
  const key = { provinceCode: before.province_code, id: before.id }
  const day = dayInThailand(now)
  const areaCode = change.area_code ?? before.area_code
  const moved = areaCode !== before.area_code
  if (moved) {
    await moveBelongings(tx, key, areaCode)
    await moveLogbook(tx, key, areaCode)
  }
  const members = (await membersOf(tx, key)).filter((member) => member.state === 'active')
  const place = (await placeNames(tx, [areaCode], day)).get(areaCode)!
  const derived = deriveHousehold(
    {
      houseNumber: change.house_number === undefined ? before.house_number : change.house_number,
      houseCode: change.house_code === undefined ? before.house_code : change.house_code,
      villageName: place.village,
    },
    members.map((member) => ({
      position: member.position,
      title: member.title,
      firstName: member.first_name,
      lastName: member.last_name,
    })),
  )
  await updateHousehold(tx, key, {
    ...change,
    ...(moved ? { centre_id: await responsibleCentre(tx, areaCode, day) } : {}),
    head_name: derived.headName,
    sort_key: derived.sortKey,
    search_text: derived.searchText,
    member_count: derived.memberCount,
    house_number_key: derived.houseNumberKey,
    list_set: await listSetOf(tx, key),
    updated_at: now,
  })
  await insertFactChanges(tx, key, changes, origin)
  const after = (await findHousehold(tx, key))!
  await applyFigureDelta(tx, counted(before), counted(after))
  await settleCase(context, after)
  return after
}

/** As the figures count it: nothing unless it is active. */
export function counted(household: StoredHousehold): CountedHousehold[] {
  if (household.state !== 'active') return []
  return [{ areaCode: household.area_code, listSet: household.list_set, persons: household.member_count }]
}
