import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { figureSchema, householdFilterSchema, officialFigureSchema } from './figures.ts'
import { route } from './route.ts'

export const listCodeSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/)

/** A target list (บัญชีกลุ่มเป้าหมาย). */
export const targetListSchema = z.object({
  code: z.string(),
  nameTh: z.string(),
  nameEn: z.string(),
  /** The day that the list speaks of. */
  listDate: z.string(),
  document: z.string(),
  clause: z.string().nullable(),
  /** Where two lists disagree and the rule is "the trusted list", the larger wins; 1 to 100. */
  trust: z.number().int(),
  /** '' for a list of the nation, else the province that added it. */
  area: areaCodeSchema,
})
export type TargetListAnswer = z.infer<typeof targetListSchema>

const listFacts = {
  nameTh: z.string().trim().min(1).max(200),
  nameEn: z.string().trim().min(1).max(200),
  listDate: z.iso.date(),
  document: z.string().trim().min(1).max(300),
  clause: z.string().trim().min(1).max(200).nullable().default(null),
  trust: z.number().int().min(1).max(100).default(50),
}

/** The lists of the nation and of a province, with official figures beside what the registry counts there. */
export const listList = route({
  name: 'list.list',
  method: 'GET',
  path: '/api/lists',
  access: 'list.read',
  effect: 'read',
  subject: 'none',
  input: z.object({ area: areaCodeSchema.default('') }),
  output: z.object({
    lists: z.array(
      targetListSchema.extend({
        /** Newest first; of the area asked about and, below it, none. */
        denominators: z.array(officialFigureSchema.extend({ area: areaCodeSchema })),
        /** Null for those who may not see figures of that area. */
        registry: z
          .object({ households: figureSchema, persons: figureSchema, filter: householdFilterSchema.nullable() })
          .nullable(),
        mayEdit: z.boolean(),
      }),
    ),
    /** Whether this person may add a list for the area's province (or, at the nation, for everybody). */
    mayCreate: z.boolean(),
  }),
})

/** Adds a list of a province, or of the nation when `area` is ''. */
export const listCreate = route({
  name: 'list.create',
  method: 'POST',
  path: '/api/lists',
  access: 'list.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({ area: z.string().regex(/^([1-9][0-9])?$/), code: listCodeSchema, ...listFacts }),
  output: z.object({ list: targetListSchema }),
})

export const listEdit = route({
  name: 'list.edit',
  method: 'PUT',
  path: '/api/lists/:code',
  access: 'list.edit',
  effect: 'write',
  subject: 'list',
  input: z.object({ code: listCodeSchema, ...listFacts }),
  output: z.object({ list: targetListSchema }),
})

/** States an official figure of a list for an area on a day; the same day again puts it right. */
export const listSetDenominator = route({
  name: 'list.setDenominator',
  method: 'PUT',
  path: '/api/lists/:code/denominators',
  access: 'list.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({
    code: listCodeSchema,
    area: areaCodeSchema,
    households: z.number().int().min(0).max(100_000_000),
    persons: z.number().int().min(0).max(100_000_000).nullable().default(null),
    document: z.string().trim().min(1).max(300),
    asOf: z.iso.date(),
  }),
  output: z.object({ denominators: z.array(officialFigureSchema.extend({ area: areaCodeSchema })) }),
})

/** Takes back an official figure that was stated by mistake. */
export const listRemoveDenominator = route({
  name: 'list.removeDenominator',
  method: 'POST',
  path: '/api/lists/:code/denominators/remove',
  access: 'list.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({ code: listCodeSchema, area: areaCodeSchema, asOf: z.iso.date() }),
  output: z.object({ denominators: z.array(officialFigureSchema.extend({ area: areaCodeSchema })) }),
})

export const listRoutes = [listList, listCreate, listEdit, listSetDenominator, listRemoveDenominator]
