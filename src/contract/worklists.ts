/** Work lists (รายการงาน): which households wait for what, from a village to a province. */
import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { specialOutcomes } from '../domain/logbook/entry.ts'
import { worklists, worklistSorts } from '../domain/logbook/work.ts'
import { areaSchema } from './areas.ts'
import { householdRowSchema } from './households.ts'
import { route } from './route.ts'

const day = z.iso.date()
/** Households on each list. */
const countsSchema = z.record(z.enum(worklists), z.number().int())
export type WorklistCounts = z.infer<typeof countsSchema>

/** How many households the pages of each list hold, of what the person reaches in the area; what lies outside of their reach is left out. */
export const worklistCounts = route({
  name: 'worklist.counts',
  method: 'GET',
  path: '/api/worklists/counts',
  access: 'household.list',
  effect: 'read',
  subject: 'none',
  input: z.object({ area: areaCodeSchema.default('') }),
  output: z.object({
    area: areaSchema,
    /** From the nation down to the area itself. */
    path: z.array(areaSchema),
    /** The day in Thailand that "overdue" is judged by. */
    today: day,
    counts: countsSchema,
    /** Households that are to be served, the whole of which the lists are parts. */
    households: z.number().int(),
    /** Of the areas directly in it that hold households in reach, by code. */
    children: z.array(z.object({ area: areaSchema, households: z.number().int(), counts: countsSchema })),
  }),
})

export const worklistRowSchema = householdRowSchema.extend({
  /** The day since which it has waited; null where nothing tells. */
  since: day.nullable(),
  /** The day on which a visit is or was due. */
  dueOn: day.nullable(),
  /** Days from `dueOn` to today; null when nothing is overdue. */
  overdueDays: z.number().int().nullable(),
  lastVisitOn: day.nullable(),
  /** Problems that are stated, and those that were helped and have no result. */
  problems: z.number().int(),
  withoutResult: z.number().int(),
  /** The proposal that waits; `mayDecide` is false for whoever proposed it. */
  outcome: z
    .object({
      /** What a decision names: the proposal, or its latest correction. */
      outcomeId: z.uuid(),
      outcome: z.enum(specialOutcomes),
      on: day,
      by: z.string().nullable(),
      mayDecide: z.boolean(),
    })
    .nullable(),
})
export type WorklistRow = z.infer<typeof worklistRowSchema>

export const worklistPage = route({
  name: 'worklist.page',
  method: 'POST',
  path: '/api/worklists/page',
  access: 'household.list',
  effect: 'read',
  subject: 'none',
  input: z.object({
    area: areaCodeSchema.default(''),
    worklist: z.enum(worklists),
    sort: z.enum(worklistSorts).default('since'),
    limit: z.number().int().min(1).max(100).default(50),
    /** From the answer before, with the same filters. */
    cursor: z.string().max(2000).nullable().default(null),
  }),
  output: z.object({
    today: day,
    rows: z.array(worklistRowSchema),
    /** Null on the last page. */
    next: z.string().nullable(),
  }),
})

export const worklistRoutes = [worklistCounts, worklistPage] as const
