/** Two households that are one: what stands under one goes to the other, and can go back. */
import type { HouseholdRef, HouseholdView } from '../../contract/households.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { newId } from '../ids.ts'
import { moveLogbook } from '../queries/case.ts'
import type { FactChange, FactChangeOrigin } from '../queries/fact-changes.ts'
import { findHousehold, lockHouseholds, type HouseholdKey, type StoredHousehold } from '../queries/households.ts'
import { membersOf, moveMember, type StoredMember } from '../queries/members.ts'
import {
  insertMerge,
  markMergeUndone,
  mergesOf,
  movableListings,
  moveListings,
  setListingStates,
  type Moved,
} from '../queries/merges.ts'
import { requireAt, type ActionContext } from './context.ts'
import { householdAt, keyOf, requireState, requireVersion, settleHousehold } from './household-change.ts'
import { householdView, latestMerge, memberName, placeOf } from './household-view.ts'
import { auditHousehold } from './households.ts'

/**
 * Merges another household of the province into this one. Its listings come over, except on lists where this one stands
 * already, and its members, except those who are here already by their national id. Its own facts and history stay with
 * it, out of every count.
 */
export async function mergeHouseholds(
  context: ActionContext,
  input: HouseholdRef & { version: number; otherId: string; otherVersion: number; reason: string },
): Promise<HouseholdView> {
  const key = keyOf(input)
  const otherKey: HouseholdKey = { provinceCode: key.provinceCode, id: input.otherId }
  const { kept, other } = await bothAt(context, key, otherKey)
  requireState(kept, 'active')
  requireState(other, 'active')
  if (kept.id === other.id) throw new Problem('wrongState', { state: 'same' })
  await requireVersion(context, kept, input.version)
  await requireVersion(context, other, input.otherVersion)
  const { moved, changes } = await moveOver(context, kept, other)
  const origin = originOf(context, 'merge', input.reason)
  const merged = [
    { memberId: null, field: 'state', oldValue: 'active', newValue: 'merged' },
    { memberId: null, field: 'mergedInto', oldValue: null, newValue: kept.id },
  ]
  await insertMerge(context.tx, {
    provinceCode: key.provinceCode,
    id: newId(),
    keptId: kept.id,
    mergedId: other.id,
    moved,
    reason: input.reason,
    accountId: context.actor.userId,
    at: context.now,
  })
  // Its logbook is read with the one that stays, by those who reach that one.
  await moveLogbook(context.tx, otherKey, kept.area_code)
  await settleHousehold(context, other, { state: 'merged', merged_into: kept.id }, merged, origin)
  const after = await settleHousehold(context, kept, {}, changes, origin)
  await auditHousehold(context, 'household.merge', after, {
    other: other.id,
    members: moved.members.length,
    listings: moved.listings.length,
  })
  return householdView(context, after)
}

/** Takes the latest merge back: what came over goes back, what was written down since stays. */
export async function unmergeHouseholds(
  context: ActionContext,
  input: HouseholdRef & { mergeId: string; reason: string },
): Promise<HouseholdView> {
  const { tx, actor, now } = context
  const key = keyOf(input)
  await householdAt(context, 'household.merge', key)
  const merges = await mergesOf(tx, key)
  const merge = merges.find(({ id, kept_id }) => id === input.mergeId && kept_id === input.id)
  if (!merge) throw new Problem('notFound')
  const { kept, other } = await bothAt(context, key, { provinceCode: key.provinceCode, id: merge.merged_id })
  requireState(kept, 'active')
  requireState(other, 'merged')
  // Asked again now that both are held: somebody may have taken it back a moment ago.
  if (latestMerge(await mergesOf(tx, key), kept.id)?.id !== merge.id)
    throw new Problem('wrongState', { state: 'later' })
  const changes = await moveBack(context, kept, other, merge.moved)
  await markMergeUndone(tx, key.provinceCode, merge.id, actor.userId, now)
  await moveLogbook(tx, keyOfHousehold(other), other.area_code)
  const origin = originOf(context, 'undo', input.reason)
  const after = await settleHousehold(context, kept, {}, changes, origin)
  const restored = [
    { memberId: null, field: 'state', oldValue: 'merged', newValue: 'active' },
    { memberId: null, field: 'mergedInto', oldValue: kept.id, newValue: null },
  ]
  await settleHousehold(context, other, { state: 'active', merged_into: null }, restored, origin)
  await auditHousehold(context, 'household.unmerge', after, { other: other.id, merge: merge.id })
  return householdView(context, after)
}

function originOf(context: ActionContext, source: 'merge' | 'undo', reason: string): FactChangeOrigin {
  const { actor, now } = context
  return { source, accountId: actor.userId, reason, asOf: dayInThailand(now), at: now }
}

/** Both households, held; each must lie where the person may merge. */
async function bothAt(
  context: ActionContext,
  key: HouseholdKey,
  otherKey: HouseholdKey,
): Promise<{ kept: StoredHousehold; other: StoredHousehold }> {
  const { tx, actor } = context
  for (const each of [key, otherKey]) {
    const found = await findHousehold(tx, each)
    requireAt(actor, 'household.merge', found && placeOf(found))
  }
  const held = await lockHouseholds(tx, key.provinceCode, [key.id, otherKey.id])
  return { kept: held.get(key.id)!, other: held.get(otherKey.id)! }
}

async function moveOver(
  context: ActionContext,
  kept: StoredHousehold,
  other: StoredHousehold,
): Promise<{ moved: Moved; changes: FactChange[] }> {
  const { tx } = context
  const [to, from] = [keyOfHousehold(kept), keyOfHousehold(other)]
  const here = new Map((await movableListings(tx, to)).map((listing) => [listing.list_code, listing]))
  const there = await movableListings(tx, from)
  const listings = there.filter(({ list_code }) => !here.has(list_code))
  const reinstated = there.flatMap(({ list_code, state }) => {
    const own = here.get(list_code)
    return own && own.state !== 'active' && state === 'active' ? [own.id] : []
  })
  await moveListings(
    tx,
    listings.map(({ id }) => id),
    from,
    to,
    kept.area_code,
  )
  await setListingStates(tx, to.provinceCode, reinstated, 'active')

  const residents = await membersOf(tx, to)
  const known = new Set(residents.flatMap((member) => (member.state === 'active' ? [idOf(member)] : [])))
  known.delete('')
  const movers = (await membersOf(tx, from)).filter((member) => !known.has(idOf(member)))
  let position = Math.max(0, ...residents.map((member) => member.position))
  for (const member of movers) {
    position += 1
    await moveMember(tx, member, { householdId: to.id, areaCode: kept.area_code, position })
  }
  const changes: FactChange[] = [
    ...listings
      .filter(({ state }) => state === 'active')
      .map(({ list_code }) => ({ memberId: null, field: 'list', oldValue: null, newValue: list_code })),
    ...movers
      .filter(({ state }) => state === 'active')
      .map((member) => ({ memberId: member.id, field: 'member', oldValue: null, newValue: memberName(member) })),
  ]
  const moved = {
    listings: listings.map(({ id }) => id),
    reinstated,
    members: movers.map((member) => ({ id: member.id, position: member.position })),
  }
  return { moved, changes }
}

/** Only what still stands under the household that stayed can go back; whoever moved on since has gone their way. */
async function moveBack(
  context: ActionContext,
  kept: StoredHousehold,
  other: StoredHousehold,
  moved: Partial<Moved>,
): Promise<FactChange[]> {
  const { tx } = context
  const [from, to] = [keyOfHousehold(kept), keyOfHousehold(other)]
  const wanted = new Set(moved.listings)
  const listings = (await movableListings(tx, from)).filter(({ id }) => wanted.has(id))
  await moveListings(
    tx,
    listings.map(({ id }) => id),
    from,
    to,
    other.area_code,
  )
  await setListingStates(tx, from.provinceCode, moved.reinstated ?? [], 'withdrawn')
  const positionById = new Map((moved.members ?? []).map(({ id, position }) => [id, position]))
  const movers = (await membersOf(tx, from)).filter(({ id }) => positionById.has(id))
  for (const member of movers) {
    const position = positionById.get(member.id)!
    await moveMember(tx, member, { householdId: to.id, areaCode: other.area_code, position })
  }
  return [
    ...listings
      .filter(({ state }) => state === 'active')
      .map(({ list_code }) => ({ memberId: null, field: 'list', oldValue: list_code, newValue: null })),
    ...movers
      .filter(({ state }) => state === 'active')
      .map((member) => ({ memberId: member.id, field: 'member', oldValue: memberName(member), newValue: null })),
  ]
}

function keyOfHousehold(household: StoredHousehold): HouseholdKey {
  return { provinceCode: household.province_code, id: household.id }
}

/** The hash of a member's id as text; '' for a member without one, who is never taken for another. */
function idOf(member: StoredMember): string {
  return member.national_id_hash === null ? '' : Buffer.from(member.national_id_hash).toString('hex')
}
