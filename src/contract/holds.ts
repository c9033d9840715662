/** Holds (พักการติดตาม): no visit is due in an area between two days, for a reason such as harvest or flood. */
import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { areaSchema } from './areas.ts'
import { route } from './route.ts'
import { reasonSchema } from './values.ts'

/** From the province down; a whole nation is never held. */
const heldAreaSchema = z.string().regex(/^[1-9][0-9]([0-9]{2}){0,3}$/)

/** The longest hold, in days: longer than a rice season, shorter than giving up. */
export const longestHold = 184

export const holdSchema = z.object({
  id: z.uuid(),
  area: areaSchema,
  from: z.iso.date(),
  /** The last day of the hold. */
  until: z.iso.date(),
  reason: z.string(),
  /** Who set it. */
  by: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** Whether it holds today; otherwise it is still to come. */
  isNow: z.boolean(),
  mayEnd: z.boolean(),
})
export type Hold = z.infer<typeof holdSchema>

/** Holds that are in force or to come where the person reaches, in the area and around it. The earliest first. */
export const holdList = route({
  name: 'hold.list',
  method: 'GET',
  path: '/api/holds',
  access: 'household.list',
  effect: 'read',
  subject: 'none',
  input: z.object({ area: areaCodeSchema.default('') }),
  output: z.object({ holds: z.array(holdSchema), mayAdd: z.boolean() }),
})

/**
 * Problems: invalidFacts with `until` (`beforeFrom`, `tooLong`), or `from` (`tooEarly`: a hold that begins in an earlier
 * month would rewrite what was overdue then).
 */
export const holdAdd = route({
  name: 'hold.add',
  method: 'POST',
  path: '/api/holds',
  access: 'duty.hold',
  effect: 'write',
  subject: 'area',
  input: z.object({
    /** Made by the sender (UUIDv7): the same hold sent twice is one hold. */
    id: z.uuid(),
    area: heldAreaSchema,
    from: z.iso.date(),
    until: z.iso.date(),
    reason: reasonSchema,
  }),
  output: z.object({ hold: holdSchema }),
})

/** Ends a hold early: from now on visits are due again. Problems: wrongState when it has ended. */
export const holdEnd = route({
  name: 'hold.end',
  method: 'POST',
  path: '/api/holds/:id/end',
  access: 'duty.hold',
  effect: 'write',
  subject: 'area',
  input: z.object({ id: z.uuid(), area: heldAreaSchema }),
  output: z.object({ ended: z.literal(true) }),
})

export const holdRoutes = [holdList, holdAdd, holdEnd] as const
