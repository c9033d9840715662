/**
 * Progress of an area: for how many households each fact held at the end of a day, how far the milestones are, and the
 * households behind every figure. A figure of a past day is the one that was true then.
 */
import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { milestoneStatuses } from '../domain/logbook/progress.ts'
import { areaSchema } from './areas.ts'
import { figureSchema, officialFigureSchema } from './figures.ts'
import { householdRowSchema } from './households.ts'
import { route } from './route.ts'

const day = z.iso.date()
const code = z.string().max(60)
const bothLanguages = z.object({ th: z.string(), en: z.string() })

/** All lists: each household once, also those on no list. */
export const allLists = 'all'

/** Opens the households behind a figure: these are inputs of progress.households. */
export const progressFilterSchema = z.object({
  area: areaCodeSchema,
  /** The end of this day in Thailand; today stands for now. */
  asOf: day,
  /** Households that stood on any of these lists; null for all households. */
  lists: z.array(code).max(40).nullable(),
  /** The fact that held: `target`, `recorded`, … or `visited-YYYY-MM`. */
  fact: code,
  /** A fact that did not hold beside it (`target` without `recorded` are those not yet recorded); null for none. */
  without: code.nullable(),
})
export type ProgressFilter = z.infer<typeof progressFilterSchema>

/** A count with what opens it; `filter` is null for those who may not list households. */
export const progressFigureSchema = figureSchema.extend({ filter: progressFilterSchema.nullable() })
export type ProgressFigure = z.infer<typeof progressFigureSchema>

/** A fact that is counted, and the document that defines it; an assumption is shown as one beside its figures. */
export const countedFactSchema = z.object({
  code,
  nameTh: z.string(),
  nameEn: z.string(),
  document: z.string().nullable(),
  clause: z.string().nullable(),
  /** Where no document states the fact, or none says what it means: `notes` say what is assumed. */
  isAssumption: z.boolean(),
  notes: z.array(bothLanguages),
})
export type CountedFact = z.infer<typeof countedFactSchema>

/** One row of figures: a list's, or each household once. In the order of `facts`. */
export const factFiguresSchema = z.array(progressFigureSchema.extend({ fact: code }))

/** Where the curve leads if the coming weeks are like the last ones: households at the end of the due day. */
export const forecastSchema = z.object({
  perWeek: z.number().int(),
  expected: z.number().int(),
  low: z.number().int(),
  high: z.number().int(),
  /** The day on which the share is reached at that pace; null when it never is. */
  reachedOn: day.nullable(),
})

/** With two decimals, rounded half up, as `75.00`; null when kept back, and of a target of none. */
const percent = z.string().nullable()

/** A milestone against one of its denominators. Null values are kept back together with the figures they come from. */
export const milestoneAgainstSchema = z.object({
  target: progressFigureSchema,
  percent,
  /** Households still missing until the share is reached. */
  gap: z.number().int().nullable(),
  /** Decided on whole numbers, never on the per cent. Null when kept back. */
  standing: z.enum(milestoneStatuses).nullable(),
  /** Households a day and a week, rounded up, that reach it in time; null when nothing is missing or no day is left. */
  paceNeeded: z.object({ perDay: z.number().int(), perWeek: z.number().int() }).nullable(),
  /** Null when the due day has come, and where too little is known. */
  forecast: forecastSchema.nullable(),
})
export type MilestoneAgainst = z.infer<typeof milestoneAgainstSchema>

export const milestoneSchema = z.object({
  code,
  nameTh: z.string(),
  nameEn: z.string(),
  /** Codes of the lists whose households make the denominator, each household once. */
  lists: z.array(code),
  fact: code,
  /** Per cent that is asked for. */
  share: z.number().int(),
  from: day,
  /** For monthly milestones the last day of the month of `asOf`. */
  dueOn: day,
  /** YYYY-MM of the month that is looked at, for milestones that come every month. */
  month: z.string().nullable(),
  document: z.string(),
  clause: z.string().nullable(),
  isAssumption: z.boolean(),
  done: progressFigureSchema,
  /** In the target and not done. */
  missing: progressFigureSchema,
  /** Special outcomes that left the target. */
  left: progressFigureSchema,
  /** Against the households of the registry. */
  registry: milestoneAgainstSchema,
  /** Against the figure that a document states; null when no document states one for this area and these lists. */
  official: milestoneAgainstSchema.extend({ stated: officialFigureSchema }).nullable(),
  /** Days from `asOf` to the due day; negative when it is past. */
  daysLeft: z.number().int(),
  /** What the figures assume, where no rule exists. */
  assumptions: z.array(bothLanguages),
})
export type Milestone = z.infer<typeof milestoneSchema>

/** One of the areas directly below. */
export const progressAreaSchema = z.object({
  area: areaSchema,
  done: progressFigureSchema,
  target: progressFigureSchema,
  /** In the target and not done. */
  missing: progressFigureSchema,
  percent,
  /** How many of `missing` have to follow until the share is reached; it opens them. */
  gap: progressFigureSchema,
  standing: z.enum(milestoneStatuses).nullable(),
  /** True where its per cent is less than its parent's. */
  isBehind: z.boolean(),
  /** From 1, the farthest first; the same per cent has the same rank. Null where there is no per cent. */
  rank: z.number().int().nullable(),
})
export type ProgressArea = z.infer<typeof progressAreaSchema>

export const progressOverview = route({
  name: 'progress.overview',
  method: 'GET',
  path: '/api/progress/overview',
  access: 'figure.read',
  effect: 'read',
  subject: 'area',
  beyondWall: true,
  input: z.object({
    area: areaCodeSchema,
    /** A day in Thailand, today or earlier; today when left out. */
    asOf: day.optional(),
    /** The milestone that the curve and the areas below are measured by; the next one due when left out. */
    milestone: code.optional(),
    /** A list's code or `all`, in the place of the milestone's own lists. */
    list: code.optional(),
  }),
  output: z.object({
    /** From the nation down to the area itself. */
    path: z.array(areaSchema),
    asOf: day,
    today: day,
    /** Every list that households stand or stood on, in order. */
    lists: z.array(z.object({ code, nameTh: z.string(), nameEn: z.string(), listDate: day })),
    facts: z.array(countedFactSchema),
    milestones: z.array(milestoneSchema),
    /** Each household once, then the lists in the order of `lists`. */
    figures: z.object({
      all: factFiguresSchema,
      byList: z.array(z.object({ list: code, figures: factFiguresSchema })),
    }),
    /** What the curve, the areas below and the months are measured by. */
    measure: z.object({
      /** Null when the rules hold no milestone. */
      milestone: code.nullable(),
      fact: code,
      share: z.number().int(),
      /** Null for all households. */
      lists: z.array(code).nullable(),
    }),
    curve: z.object({
      /** By day, at most 70, the last is `asOf`. */
      points: z.array(z.object({ day, target: progressFigureSchema, done: progressFigureSchema })),
      /** Where the milestone asks to be on each of its two days: a straight line from none to the share of the target. */
      line: z.object({ from: day, dueOn: day, households: z.number().int().nullable() }).nullable(),
      /** From the last point to the due day; null as in `forecast` of the milestone. */
      forecast: forecastSchema.nullable(),
    }),
    /** The farthest behind first. Areas without households of the measure come last, by code. */
    children: z.array(progressAreaSchema),
    /**
     * The latest 13 months to that of `asOf`, latest last: households visited or followed up in the month. `visited` and
     * `target` are of the same day, the month's last or `asOf`: the one is a part of the other.
     */
    months: z.array(
      z.object({
        /** YYYY-MM */
        month: z.string(),
        visited: progressFigureSchema,
        /** Of the lists that are to be visited every month. */
        target: progressFigureSchema,
        percent,
        /** Visited in the month as known at `asOf`: with what was recorded later, of the households of that day. */
        withLater: progressFigureSchema,
      }),
    ),
    /** Codes of the lists that `months` counts; null for all households. */
    monthLists: z.array(code).nullable(),
    /** True when figures of few households are kept back from this viewer. */
    restricted: z.boolean(),
  }),
})

/** Households behind a figure, as they were counted then: place and lists in the row are those of today. */
export const progressHouseholds = route({
  name: 'progress.households',
  method: 'POST',
  path: '/api/progress/households',
  access: 'household.list',
  effect: 'read',
  subject: 'area',
  input: progressFilterSchema.extend({
    asOf: day.optional(),
    lists: z.array(code).max(40).nullable().default(null),
    without: code.nullable().default(null),
    limit: z.number().int().min(1).max(100).default(50),
    /** From the answer before, with the same filter. */
    cursor: z.string().max(200).nullable().default(null),
  }),
  output: z.object({
    asOf: day,
    rows: z.array(
      householdRowSchema.extend({
        /** Where and on which lists it was counted on that day. */
        counted: z.object({ areaCode: z.string(), lists: z.array(z.string()) }),
        /** False for a household that has left this person's reach since: it is counted, and no more is told of it. */
        mayOpen: z.boolean(),
      }),
    ),
    /** Null on the last page. */
    next: z.string().nullable(),
    /** Equal to the figure. */
    total: z.number().int(),
  }),
})

export const progressRoutes = [progressOverview, progressHouseholds] as const
