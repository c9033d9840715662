/** The rows of an import that was judged, and what people decide about the doubtful ones. */
import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { decisions, decisionOutcomes, verdictReasons, verdicts } from '../domain/import/verdict.ts'
import { batchInput, countsSchema, faultSchema, readHouseholdSchema, readMemberSchema } from './imports.ts'
import { route } from './route.ts'
import { booleanInQuery, daySchema, idSchema, momentSchema, numberInQuery } from './values.ts'

const rowNumberSchema = z.coerce.number().int().min(1).max(10_000_000)

const candidateSchema = z.object({
  householdId: idSchema,
  household: readHouseholdSchema,
  members: z.array(readMemberSchema),
  /** Codes of the lists it stands on. */
  lists: z.array(z.string()),
  asOf: daySchema,
})

export const importRowSchema = z.object({
  rowNumber: z.number(),
  areaCode: z.string(),
  verdict: z.enum(verdicts),
  reason: z.enum(verdictReasons),
  /** 0–100 where likeness was scored. */
  score: z.number().nullable(),
  /** Points of each term, as the screen explains them. */
  scoreTerms: z.array(z.object({ term: z.string(), points: z.number(), of: z.number() })),
  waiting: z.boolean(),
  decision: z.enum(decisions).nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: momentSchema.nullable(),
  committed: z.boolean(),
  /** The earlier row of the same file that it repeats. */
  duplicateOf: z.number().nullable(),
  /** Decisions that this row may be given. */
  choices: z.array(z.enum(decisions)),
  household: readHouseholdSchema,
  /** Members of the household as the file gives them, the leading row's person first. */
  members: z.array(readMemberSchema),
  faults: z.array(faultSchema),
  /** Null when there is none, or it stands outside the reach of the batch (`reason` is standsElsewhere) or of the person. */
  candidate: candidateSchema.nullable(),
  /** The household that it may be stands outside the reach of the person who asks: the level above decides. */
  isCandidateHidden: z.boolean(),
  /** Fields in which the two sides differ, with what would stand after `accept`. */
  differences: z.array(
    z.object({
      field: z.string(),
      current: z.string().nullable(),
      incoming: z.string().nullable(),
      takes: z.boolean(),
    }),
  ),
})
export type ImportRow = z.infer<typeof importRowSchema>

/** Shows as much of people as their page does, and is logged with the households that it showed beside the rows. */
export const importRows = route({
  name: 'import.rows',
  method: 'GET',
  path: '/api/imports/:batchId/rows',
  access: 'import.read',
  effect: 'logged-read',
  subject: 'batch',
  input: batchInput.extend({
    verdict: z.enum(verdicts).optional(),
    reason: z.enum(verdictReasons).optional(),
    areaCode: areaCodeSchema.optional(),
    waiting: booleanInQuery.optional(),
    cursor: z.string().max(200).optional(),
    limit: numberInQuery.min(1).max(100).default(20),
  }),
  output: z.object({ rows: z.array(importRowSchema), nextCursor: z.string().nullable() }),
})

/** The queue split by area: one line per area one level below `areaCode` (the batch's own area when left out). */
export const importAreas = route({
  name: 'import.areas',
  method: 'GET',
  path: '/api/imports/:batchId/areas',
  access: 'import.read',
  effect: 'read',
  subject: 'batch',
  input: batchInput.extend({ areaCode: areaCodeSchema.optional() }),
  output: z.object({
    areas: z.array(
      z.object({
        areaCode: z.string(),
        nameTh: z.string(),
        nameEn: z.string().nullable(),
        verdicts: z.record(z.enum(verdicts), z.number()),
        waiting: z.number(),
      }),
    ),
  }),
})

/**
 * accept: it is the candidate, and the file's values stand; keep: it is the candidate, and the registry's values stay
 * (only what is empty is filled); separate: a household of its own; reject: leave it out.
 */
export const importDecide = route({
  name: 'import.decide',
  method: 'POST',
  path: '/api/imports/:batchId/decisions',
  access: 'import.decide',
  effect: 'write',
  subject: 'row',
  input: batchInput.extend({
    rows: z.array(rowNumberSchema).min(1).max(1000),
    /** Null takes a decision back while the row is not committed. */
    decision: z.enum(decisions).nullable(),
  }),
  output: z.object({
    outcomes: z.array(z.object({ rowNumber: z.number(), outcome: z.enum(decisionOutcomes) })),
    counts: countsSchema,
  }),
})

/** The same for every waiting row of one kind that lies in the person's area. */
export const importDecideAll = route({
  name: 'import.decideAll',
  method: 'POST',
  path: '/api/imports/:batchId/decisions/all',
  access: 'import.decide',
  effect: 'write',
  subject: 'batch',
  input: batchInput.extend({
    decision: z.enum(decisions),
    verdict: z.enum(['match', 'conflict']).optional(),
    reason: z.enum(verdictReasons).optional(),
    areaCode: areaCodeSchema.optional(),
    leastScore: z.number().int().min(0).max(100).optional(),
    mostScore: z.number().int().min(0).max(100).optional(),
  }),
  output: z.object({ decided: z.number(), counts: countsSchema }),
})

export const importRowRoutes = [importRows, importAreas, importDecide, importDecideAll] as const
