/** Who may give which role where, and what must hold afterwards: the registry always has an administrator. */
import { grantState, mayGive, roleFitsPlace } from '../../domain/grant.ts'
import { permissionsByRole, reaches, type Actor, type Reach, type Role } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import type { RolePlace, roleRevoke } from '../../contract/people.ts'
import type { InputOf } from '../../contract/route.ts'
import type { Db } from '../db/database.ts'
import { newId } from '../ids.ts'
import {
  administratorGrants,
  findAccount,
  grantsOf,
  insertGrant,
  lockPeople,
  revokeGrant,
  type AccountRow,
  type GrantRow,
} from '../queries/people.ts'
import { findPlace, type PlaceRow } from '../queries/places.ts'
import { deleteSessions } from '../queries/sessions.ts'
import { requirePermission, type ActionContext } from './context.ts'
import { requireNothingWaiting } from './devices.ts'

export interface NewGrant {
  role: Role
  place: RolePlace
  from?: string | undefined
  to?: string | undefined
}

/** A person within reach, with every role they ever held. */
export interface Known {
  account: AccountRow
  grants: GrantRow[]
}

/** Called after the commit of anything that changes what people may do. */
export type Forget = () => void

/** Gives a role. It holds from its first day on; the person's next request already has it. */
export async function grantRole(context: ActionContext, personId: string, wanted: NewGrant, forget: Forget) {
  const { account } = await requirePerson(context, 'people.edit', personId)
  const place = await requireGrantable(context, wanted)
  const grantId = await storeGrant(context, account.id, wanted, place)
  context.afterCommit(forget)
  await context.audit({
    action: 'role.grant',
    subjectKind: 'person',
    subjectId: account.id,
    areaCode: place.areaCode,
    detail: { grant: grantId, role: wanted.role, place: place.kind, to: wanted.to ?? null },
  })
  return grantId
}

/** Takes a role back and ends the person's sessions, so that no page goes on under it. @throws Problem phonesWaiting */
export async function revokeRole(
  context: ActionContext,
  { personId, grantId, despiteWaiting }: InputOf<typeof roleRevoke>,
  forget: Forget,
) {
  const { account, grants } = await requirePerson(context, 'people.edit', personId)
  const reach = requirePermission(context.actor, 'people.edit')
  const grant = grants.find((one) => one.id === grantId)
  if (!grant || !isWithin(reach, grant)) throw new Problem('notFound')
  if (!mayGive(context.actor, grant.role, grant.areaCode)) throw new Problem('notPermitted')
  if (grant.isRevoked) throw new Problem('wrongState')
  await keepAnAdministrator(context, (one) => one.id === grant.id)
  const mayRecord = permissionsByRole[grant.role].includes('logbook.record')
  const left = mayRecord ? await requireNothingWaiting(context, account.id, despiteWaiting) : {}
  await revokeGrant(context.tx, grant.id, context.now)
  const sessions = await deleteSessions(context.tx, account.id)
  context.afterCommit(forget)
  await context.audit({
    action: 'role.revoke',
    subjectKind: 'person',
    subjectId: account.id,
    areaCode: grant.areaCode,
    detail: { grant: grant.id, role: grant.role, sessions, ...left },
  })
}

/** Checks that the person who acts may give this role there; the problem for a place out of reach is `notFound`. */
export async function requireGrantable(context: ActionContext, wanted: NewGrant): Promise<PlaceRow> {
  const reach = requirePermission(context.actor, 'people.edit')
  const place = await findPlace(context.tx, wanted.place.kind, idOfPlace(wanted.place))
  if (!place || !isWithin(reach, place)) throw new Problem('notFound')
  if (!mayGive(context.actor, wanted.role, place.areaCode)) throw new Problem('notPermitted')
  if (!roleFitsPlace(wanted.role, place.kind, place.areaCode, place.isMunicipal)) {
    throw new Problem('invalidFacts', { fields: [{ field: 'place', fault: 'roleDoesNotFitPlace' }] })
  }
  const from = wanted.from ?? dayInThailand(context.now)
  if (wanted.to !== undefined && wanted.to < from) {
    throw new Problem('invalidFacts', { fields: [{ field: 'to', fault: 'beforeFrom' }] })
  }
  return place
}

export async function storeGrant(context: ActionContext, accountId: string, wanted: NewGrant, place: PlaceRow) {
  const id = newId()
  await insertGrant(context.tx, {
    id,
    accountId,
    role: wanted.role,
    kind: place.kind,
    placeId: place.placeId,
    from: wanted.from ?? dayInThailand(context.now),
    to: wanted.to ?? null,
    grantedBy: context.actor.userId,
    now: context.now,
  })
  return id
}

/** A person of whose roles one, now or ever, lies within reach; else the same problem as for nobody. */
export async function requirePerson(
  context: ActionContext,
  permission: 'people.read' | 'people.edit',
  personId: string,
): Promise<Known> {
  const reach = requirePermission(context.actor, permission)
  const account = await findAccount(context.tx, personId)
  const grants = account ? await grantsOf(context.tx, [account.id], dayInThailand(context.now)) : []
  if (!account || !isKnownIn(reach, grants)) throw new Problem('notFound')
  return { account, grants }
}

/** The same, and every role that they hold or are to hold is one that the person who acts could have given. */
export async function requireEditable(context: ActionContext, personId: string): Promise<Known> {
  const known = await requirePerson(context, 'people.edit', personId)
  if (!mayEdit(context.actor, known, dayInThailand(context.now))) throw new Problem('notPermitted')
  return known
}

/** Nobody disables or resets themselves: that is for somebody else to see. */
export function mayEdit(actor: Actor, known: Known, day: string): boolean {
  if (known.account.id === actor.userId) return false
  const live = known.grants.filter((grant) => !['ended', 'revoked'].includes(grantState(grant, day)))
  const deciding = live.length > 0 ? live : known.grants
  if (deciding.length === 0) return mayGive(actor, 'administrator', '')
  return deciding.every((grant) => mayGive(actor, grant.role, grant.areaCode))
}

export function isWithin(reach: Reach, place: { areaCode: string; centreId: string | null }): boolean {
  return reaches(reach, { areaCode: place.areaCode, centreId: place.centreId })
}

/** People without any role are nobody's but the nation's. */
export function isKnownIn(reach: Reach, grants: readonly GrantRow[]): boolean {
  return reach.areas.includes('') || grants.some((grant) => isWithin(reach, grant))
}

/**
 * Refuses to take away the roles that `isTaken` names when nobody would be left to administer the registry. Whoever
 * does the same at the same moment waits, and then counts without them.
 */
export async function keepAnAdministrator(
  context: ActionContext,
  isTaken: (grant: { id: string; accountId: string }) => boolean,
): Promise<void> {
  await lockPeople(context.tx)
  const all = await administratorGrants(context.tx, dayInThailand(context.now))
  if (all.some(isTaken) && all.every(isTaken)) throw new Problem('lastAdministrator')
}

/** Where an act of or about this person belongs: the widest place of the roles they hold, '' without any. */
export async function areaOfPerson(db: Db, accountId: string, day: string): Promise<string> {
  const grants = await grantsOf(db, [accountId], day)
  const current = grants.filter((grant) => grantState(grant, day) === 'current')
  const codes = (current.length > 0 ? current : grants).map((grant) => grant.areaCode)
  return codes.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? ''
}

function idOfPlace(place: RolePlace): string {
  if (place.kind === 'area') return place.areaCode
  if (place.kind === 'centre') return place.centreId
  return place.kind === 'team' ? place.teamId : place.agencyId
}
