/** People who may sign in, the roles they hold and where, and the teams and agencies that roles are held at. */
import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { roles } from '../domain/permission.ts'
import { route } from './route.ts'
import { personNameSchema, usernameSchema } from './session.ts'
import { daySchema } from './values.ts'

/** A day as `YYYY-MM-DD`, common era. */

/** Where a role is held: exactly one of these. */
export const rolePlaceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('area'), areaCode: areaCodeSchema }),
  z.object({ kind: z.literal('centre'), centreId: z.uuid() }),
  z.object({ kind: z.literal('team'), teamId: z.uuid() }),
  z.object({ kind: z.literal('agency'), agencyId: z.uuid() }),
])
export type RolePlace = z.output<typeof rolePlaceSchema>

/** A role to be given. Without `from` it holds from today; without `to` until it is revoked. Both days count. */
export const newGrantSchema = z.object({
  role: z.enum(roles),
  place: rolePlaceSchema,
  from: daySchema.optional(),
  to: daySchema.optional(),
})

export const grantSchema = z.object({
  id: z.string(),
  role: z.enum(roles),
  place: rolePlaceSchema,
  placeName: z.string(),
  /** The area that the place stands in. */
  areaCode: z.string(),
  from: z.string(),
  to: z.string().nullable(),
  /** `current` holds today; `coming` and `ended` do not; `revoked` was taken back. */
  state: z.enum(['current', 'coming', 'ended', 'revoked']),
  /** Whether the person who asks may revoke it. */
  mayRevoke: z.boolean(),
})

export const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  username: z.string(),
  disabled: z.boolean(),
  secondFactor: z.boolean(),
  /** The password was made by somebody else and not yet changed. */
  oneTimePassword: z.boolean(),
  lastSeenAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  /** Roles within reach of the person who asks. */
  grants: z.array(grantSchema),
  /** Whether the person who asks may disable them or reset their password. */
  mayEdit: z.boolean(),
})

/**
 * People who hold a role inside the area, in the order of their names. A POST, so that words and names stay out of
 * addresses. `next` goes into `after` for the following page; null on the last.
 */
export const peopleList = route({
  name: 'people.list',
  method: 'POST',
  path: '/api/people/search',
  access: 'people.read',
  effect: 'read',
  subject: 'area',
  input: z.object({
    areaCode: areaCodeSchema.optional(),
    /** A part of the name or of the username. */
    words: z.string().trim().max(100).optional(),
    role: z.enum(roles).optional(),
    state: z.enum(['active', 'disabled']).optional(),
    after: z.string().max(400).optional(),
    limit: z.int().min(1).max(200).default(50),
  }),
  output: z.object({ people: z.array(personSchema), next: z.string().nullable() }),
})

export const personShow = route({
  name: 'person.show',
  method: 'GET',
  path: '/api/people/:personId',
  access: 'people.read',
  effect: 'read',
  subject: 'person',
  input: z.object({ personId: z.uuid() }),
  output: personSchema,
})

/** Makes an account with its roles. The one-time password is told this once and must be changed at the first sign-in. */
export const peopleCreate = route({
  name: 'people.create',
  method: 'POST',
  path: '/api/people',
  access: 'people.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({
    name: personNameSchema,
    username: usernameSchema,
    email: z.email().max(200).optional(),
    grants: z.array(newGrantSchema).min(1).max(20),
  }),
  output: z.object({ personId: z.string(), oneTimePassword: z.string() }),
})

/** Goes on although something waits on the person's phones. Without it: `phonesWaiting` (`details.items`, `photos`). */
const despiteWaiting = z.boolean().default(false)

/** Ends the person's sessions at once. `lastAdministrator` when nobody could administer the registry afterwards. */
export const peopleDisable = route({
  name: 'people.disable',
  method: 'POST',
  path: '/api/people/:personId/disable',
  access: 'people.edit',
  effect: 'write',
  subject: 'person',
  input: z.object({ personId: z.uuid(), despiteWaiting }),
  output: z.object({}),
})

export const peopleEnable = route({
  name: 'people.enable',
  method: 'POST',
  path: '/api/people/:personId/enable',
  access: 'people.edit',
  effect: 'write',
  subject: 'person',
  input: z.object({ personId: z.uuid() }),
  output: z.object({}),
})

/** Ends the person's sessions; the new one-time password is told this once. */
export const peopleResetPassword = route({
  name: 'people.resetPassword',
  method: 'POST',
  path: '/api/people/:personId/reset-password',
  access: 'people.edit',
  effect: 'write',
  subject: 'person',
  input: z.object({ personId: z.uuid() }),
  output: z.object({ oneTimePassword: z.string() }),
})

/** For a lost phone: the second factor is gone, and so are the person's sessions. */
export const peopleResetSecondFactor = route({
  name: 'people.resetSecondFactor',
  method: 'POST',
  path: '/api/people/:personId/reset-second-factor',
  access: 'people.edit',
  effect: 'write',
  subject: 'person',
  input: z.object({ personId: z.uuid() }),
  output: z.object({}),
})

export const roleGrant = route({
  name: 'role.grant',
  method: 'POST',
  path: '/api/people/:personId/roles',
  access: 'people.edit',
  effect: 'write',
  subject: 'person',
  input: newGrantSchema.extend({ personId: z.uuid() }),
  output: z.object({ grantId: z.string() }),
})

/** Takes a role back today and ends the person's sessions. `phonesWaiting` for a role that records, as above. */
export const roleRevoke = route({
  name: 'role.revoke',
  method: 'POST',
  path: '/api/people/:personId/roles/:grantId/revoke',
  access: 'people.edit',
  effect: 'write',
  subject: 'person',
  input: z.object({ personId: z.uuid(), grantId: z.uuid(), despiteWaiting }),
  output: z.object({}),
})

/** Mentor and operations teams within reach, in the order of area and name. */
export const teamList = route({
  name: 'team.list',
  method: 'GET',
  path: '/api/teams',
  access: 'people.read',
  effect: 'read',
  subject: 'area',
  input: z.object({ areaCode: areaCodeSchema.optional() }),
  output: z.object({
    teams: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['mentor', 'operations']),
        name: z.string(),
        centreId: z.string(),
        centreName: z.string(),
        areaCode: z.string(),
        /** People who hold a role in it today. */
        people: z.int(),
      }),
    ),
  }),
})

export const teamCreate = route({
  name: 'team.create',
  method: 'POST',
  path: '/api/teams',
  access: 'people.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({
    kind: z.enum(['mentor', 'operations']),
    name: z.string().trim().min(1).max(120),
    centreId: z.uuid(),
    areaCode: areaCodeSchema,
  }),
  output: z.object({ teamId: z.string() }),
})

/** Agencies (หน่วยงาน) and partners (ภาคี) within reach. */
export const agencyList = route({
  name: 'agency.list',
  method: 'GET',
  path: '/api/agencies',
  access: 'people.read',
  effect: 'read',
  subject: 'area',
  input: z.object({ areaCode: areaCodeSchema.optional() }),
  output: z.object({
    agencies: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['agency', 'partner']),
        nameTh: z.string(),
        nameEn: z.string().nullable(),
        areaCode: z.string(),
      }),
    ),
  }),
})

export const agencyCreate = route({
  name: 'agency.create',
  method: 'POST',
  path: '/api/agencies',
  access: 'people.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({
    kind: z.enum(['agency', 'partner']),
    nameTh: z.string().trim().min(1).max(200),
    nameEn: z.string().trim().max(200).optional(),
    areaCode: areaCodeSchema,
  }),
  output: z.object({ agencyId: z.string() }),
})

export const peopleRoutes = [
  peopleList,
  personShow,
  peopleCreate,
  peopleDisable,
  peopleEnable,
  peopleResetPassword,
  peopleResetSecondFactor,
  roleGrant,
  roleRevoke,
  teamList,
  teamCreate,
  agencyList,
  agencyCreate,
] as const
