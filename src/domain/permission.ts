/**
 * Who may do what, where: one table of role × permission, asked by every action before it looks at anything, and
 * turned into an area filter by every query. Roles are those of the letter and its guideline (จังหวัดบุรีรัมย์
 * ที่ บร ๐๐๑๙/ว ๒๘๗๓, ข้อ ๑.๑–๒.๓) with those that a registry of personal data needs beside them.
 */
import { isAreaWithin } from './area.ts'

export const roles = [
  'mentor',
  'operations',
  'district',
  'province',
  'nation',
  'agency',
  'partner',
  'auditor',
  'administrator',
] as const
export type Role = (typeof roles)[number]

export const permissions = [
  'account.own',
  'area.read',
  'area.edit',
  'audit.read',
  'centre.read',
  'centre.edit',
  'device.read',
  'duty.hold',
  'figure.read',
  'household.list',
  'household.read',
  'household.add',
  'household.edit',
  'household.merge',
  'nationalId.search',
  'nationalId.reveal',
  'import.read',
  'import.write',
  'import.decide',
  'import.commit',
  'import.undo',
  'list.read',
  'list.edit',
  'logbook.record',
  'outcome.approve',
  'people.read',
  'people.edit',
  'rule.edit',
  'setting.edit',
] as const
export type Permission = (typeof permissions)[number]

const everyone: readonly Permission[] = ['account.own', 'area.read', 'centre.read', 'list.read']
const readsHouseholds: readonly Permission[] = ['figure.read', 'household.list', 'household.read']
const keepsHouseholds: readonly Permission[] = [...readsHouseholds, 'household.add', 'household.edit', 'logbook.record']
const runsRegistry: readonly Permission[] = [
  ...keepsHouseholds,
  'device.read',
  'household.merge',
  'outcome.approve',
  'duty.hold',
  'nationalId.search',
  'nationalId.reveal',
  'import.read',
  'import.write',
  'import.decide',
  'import.commit',
  'import.undo',
  'people.read',
  'audit.read',
]

/** What each role may do inside the place it is held at. The nation sees totals, never names (design, section 1). */
export const permissionsByRole: Readonly<Record<Role, readonly Permission[]>> = {
  mentor: [...everyone, ...readsHouseholds, 'household.add', 'logbook.record'],
  operations: [...everyone, ...keepsHouseholds, 'device.read', 'nationalId.search', 'import.read', 'import.decide'],
  district: [...everyone, ...runsRegistry],
  province: [...everyone, ...runsRegistry, 'list.edit', 'centre.edit', 'area.edit', 'people.edit', 'rule.edit'],
  nation: [...everyone, 'figure.read'],
  agency: everyone,
  partner: everyone,
  auditor: [...everyone, 'figure.read', 'audit.read', 'people.read'],
  administrator: [
    ...everyone,
    'figure.read',
    'list.edit',
    'centre.edit',
    'area.edit',
    'people.read',
    'people.edit',
    'audit.read',
    'rule.edit',
    'setting.edit',
  ],
}

/** A role as held by a person today: the areas it reaches and, for people of a centre, that centre's households. */
export interface Grant {
  role: Role
  /** Area codes, each standing for everything in it; '' is the nation. */
  areas: readonly string[]
  /** The centre whose households it reaches even where they lie outside `areas`. */
  centreId: string | null
  teamId: string | null
  agencyId: string | null
}

/** The person who acts, as the session knows them. */
export interface Actor {
  userId: string
  name: string
  sessionId: string
  grants: readonly Grant[]
  /** Whether a second factor was shown in this session; administrators must have one set. */
  secondFactor: boolean
}

/** Where a permission reaches: the filter that queries put on `area_code` and `responsible_centre_id`. */
export interface Reach {
  areas: readonly string[]
  centreIds: readonly string[]
}

/** A place that is asked about: a household's village with its responsible centre, or any area. */
export interface Place {
  areaCode: string
  centreId?: string | null
}

/** Everything a permission reaches for this person; null when no role of theirs has it. */
export function reachOf(actor: Actor, permission: Permission): Reach | null {
  const grants = actor.grants.filter((grant) => permissionsByRole[grant.role].includes(permission))
  if (grants.length === 0) return null
  const areas = new Set(grants.flatMap((grant) => grant.areas))
  const outermost = [...areas].filter(
    (area) => ![...areas].some((other) => other !== area && isAreaWithin(area, other)),
  )
  const centreIds = new Set(grants.flatMap((grant) => (grant.centreId ? [grant.centreId] : [])))
  return { areas: outermost.sort(), centreIds: [...centreIds].sort() }
}

/** Whether a reach covers a place. */
export function reaches(reach: Reach | null, place: Place): boolean {
  if (!reach) return false
  if (reach.areas.some((area) => isAreaWithin(place.areaCode, area))) return true
  return place.centreId != null && reach.centreIds.includes(place.centreId)
}

/**
 * What a reach covers of an area: the area itself where it covers all of it, else the parts of it that it names. Of a
 * district, a municipal centre covers some subdistricts and villages.
 */
export function partsWithin(areaCode: string, areas: readonly string[]): string[] {
  if (areas.some((area) => isAreaWithin(areaCode, area))) return [areaCode]
  return areas.filter((area) => isAreaWithin(area, areaCode))
}

/** Whether this person may do this at this place. */
export function mayAt(actor: Actor, permission: Permission, place: Place): boolean {
  return reaches(reachOf(actor, permission), place)
}

/** Whether this person may do this anywhere at all. */
export function mayAnywhere(actor: Actor, permission: Permission): boolean {
  return reachOf(actor, permission) !== null
}
