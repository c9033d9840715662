import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { areaSchema } from './areas.ts'
import { route } from './route.ts'

/** A count. Where few households stand behind it and the viewer may not list them, the value is kept back. */
export const figureSchema = z.object({
  /** Null exactly when `suppressed`. */
  value: z.number().int().nullable(),
  suppressed: z.boolean(),
})
export type Figure = z.infer<typeof figureSchema>

/** Opens the households behind a figure: these are inputs of household.list. */
export const householdFilterSchema = z.object({
  area: areaCodeSchema,
  /** Households that stand on this list, whatever else they stand on. */
  list: z.string().optional(),
  /** Households that stand on exactly these lists: codes in order, joined by commas; '' for those on none. */
  listSet: z.string().optional(),
})
export type HouseholdFilter = z.infer<typeof householdFilterSchema>

/** An official figure with the document that states it; kept apart from what the registry counts. */
export const officialFigureSchema = z.object({
  households: z.number().int(),
  persons: z.number().int().nullable(),
  document: z.string(),
  /** The day that it speaks of. */
  asOf: z.string(),
})
export type OfficialFigure = z.infer<typeof officialFigureSchema>

/** Households and persons of one area on one list, beside the official figure. */
export const listFigureSchema = z.object({
  list: z.string(),
  households: figureSchema,
  persons: figureSchema,
  official: officialFigureSchema.nullable(),
  filter: householdFilterSchema.nullable(),
})

/** One line of the overview. */
export const areaFigureSchema = z.object({
  area: areaSchema,
  /** Each household once, however many lists it stands on. */
  households: figureSchema,
  persons: figureSchema,
  /** The lists added together: a household as often as it is listed. */
  listings: figureSchema,
  /** One for each list, in the order of `lists`. */
  byList: z.array(listFigureSchema),
  /** Rows of imports that were refused as invalid. */
  invalidRows: z.number().int(),
  /** Rows of imports that wait for a person's decision. */
  waitingRows: z.number().int(),
  /** Null for those who may not list households. */
  filter: householdFilterSchema.nullable(),
})
export type AreaFigure = z.infer<typeof areaFigureSchema>

export const overlapSchema = z.object({
  /** Codes of the lists; empty for households on no list. */
  lists: z.array(z.string()),
  households: figureSchema,
  persons: figureSchema,
  filter: householdFilterSchema.nullable(),
})

/**
 * The overview of an area: itself and the areas directly in it. Every figure is counted from the same table, so that
 * the lines add up to the total; where figures are kept back, `restricted` says so.
 */
export const figureOverview = route({
  name: 'figure.overview',
  method: 'GET',
  path: '/api/figures/overview',
  access: 'figure.read',
  effect: 'read',
  subject: 'area',
  input: z.object({ area: areaCodeSchema }),
  output: z.object({
    /** From the nation down to the area itself. */
    path: z.array(areaSchema),
    /** The moment the figures were read. */
    asOf: z.iso.datetime(),
    /** Columns, in order. */
    lists: z.array(
      z.object({
        code: z.string(),
        nameTh: z.string(),
        nameEn: z.string(),
        listDate: z.string(),
        document: z.string(),
        clause: z.string().nullable(),
      }),
    ),
    total: areaFigureSchema,
    /** By code. Areas without households are among them. */
    children: z.array(areaFigureSchema),
    /** Largest first; null where this viewer may not see it (below the nation, without the right to list households). */
    overlap: z.array(overlapSchema).nullable(),
    /** True when figures of few households are kept back from this viewer. */
    restricted: z.boolean(),
  }),
})

export const figureRoutes = [figureOverview]
