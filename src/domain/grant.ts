/** Rules of giving roles: where each may be held, who may give it, and when it holds. */
import { areaLevel, isAreaWithin } from './area.ts'
import { permissionsByRole, type Actor, type Role } from './permission.ts'

export type PlaceKind = 'area' | 'centre' | 'team' | 'agency'

/** Higher levels may give, take and reset what lower and equal levels hold. */
const levelOf: Readonly<Record<Role, number>> = {
  mentor: 1,
  agency: 1,
  partner: 1,
  operations: 2,
  district: 3,
  province: 4,
  auditor: 4,
  nation: 5,
  administrator: 6,
}

/** The kinds of place that each role may be held at, the usual one first. */
export const placesOf: Readonly<Record<Role, readonly PlaceKind[]>> = {
  mentor: ['area', 'centre', 'team'],
  operations: ['area', 'centre', 'team'],
  district: ['area', 'centre'],
  province: ['area', 'centre'],
  nation: ['area', 'centre'],
  agency: ['agency'],
  partner: ['agency'],
  auditor: ['area'],
  administrator: ['area'],
}

/**
 * Whether a role may be held at such a place: a district's at a district or a municipal centre, a province's at a
 * province, the nation's at the nation, field roles in one district at the widest. Auditors and administrators may be
 * held anywhere.
 *
 * @param areaCode the area that the place stands in
 * @param isMunicipal whether the place is a municipal centre, which stands in a province but is of a district's rank
 */
export function roleFitsPlace(role: Role, kind: PlaceKind, areaCode: string, isMunicipal = false): boolean {
  if (!placesOf[role].includes(kind)) return false
  if (role === 'province') return areaLevel(areaCode) === 'province' && !isMunicipal
  if (role === 'nation') return areaCode === ''
  if (role === 'district') return isMunicipal || areaLevel(areaCode) === 'district'
  if (role === 'mentor' || role === 'operations') return isMunicipal || kind === 'team' || areaCode.length >= 4
  return true
}

/** Whether this person may give, or take back, a role held in that area. */
export function mayGive(actor: Actor, role: Role, areaCode: string): boolean {
  return actor.grants.some(
    (grant) =>
      permissionsByRole[grant.role].includes('people.edit') &&
      levelOf[grant.role] >= levelOf[role] &&
      grant.areas.some((area) => isAreaWithin(areaCode, area)),
  )
}

export type GrantState = 'current' | 'coming' | 'ended' | 'revoked'

/** Whether a role holds on a day in Thailand (`YYYY-MM-DD`); its first and last days both count. */
export function grantState(grant: { from: string; to: string | null; isRevoked: boolean }, day: string): GrantState {
  if (grant.isRevoked) return 'revoked'
  if (day < grant.from) return 'coming'
  return grant.to !== null && grant.to < day ? 'ended' : 'current'
}
