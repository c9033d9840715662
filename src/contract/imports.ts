/**
 * Bringing a list in: upload in pieces → detect → map → dry run → decide the doubtful rows → commit → result, and the way
 * back. A batch (รอบนำเข้า) is one file for one list. Long work is a background job: `import.show` tells how far it is.
 */
import { z } from 'zod'
import { areaCodeSchema, villageCodeSchema } from '../domain/area.ts'
import { importFields } from '../domain/import/field.ts'
import { rowFaults, type RowFault } from '../domain/import/staged.ts'
import { listCodeSchema } from './lists.ts'
import { permissions } from '../domain/permission.ts'
import { verdicts } from '../domain/import/verdict.ts'
import { route } from './route.ts'
import { booleanInQuery, daySchema, idSchema, momentSchema, numberInQuery, wordsSchema } from './values.ts'

const fieldSchema = z.enum(importFields)
export const faultSchema = z.object({
  field: fieldSchema,
  fault: z.enum(Object.keys(rowFaults) as [RowFault, ...RowFault[]]),
  /** The day that the sentence of the fault names, where it names one. */
  day: daySchema.optional(),
  /** False for a note, which does not keep the row out. */
  invalid: z.boolean(),
})

/**
 * uploaded: being looked at → detected: waits for a mapping → mapped: waits for `import.start` → reading → matching →
 * reviewing: the dry run is done → committing → committed (rows may still wait for a decision; commit again then).
 */
export const batchStates = [
  'uploaded',
  'detected',
  'mapped',
  'reading',
  'matching',
  'reviewing',
  'committing',
  'committed',
  'cancelled',
  'failed',
  'undoing',
  'undone',
] as const
export type BatchState = (typeof batchStates)[number]

export const columnMappingSchema = z.object({
  sheet: z.string().max(255),
  headerRow: z.number().int().min(0).max(1_000_000),
  columns: z.partialRecord(fieldSchema, z.number().int().min(0).max(16_383)),
})

export const countsSchema = z.object({
  /** Rows of the file that are somebody, right or wrong. */
  rows: z.number(),
  /** Households of the file: every row, or the leading row of each household in files with one row per person. */
  households: z.number(),
  verdicts: z.record(z.enum(verdicts), z.number()),
  /** Households that wait for a person's decision. */
  waiting: z.number(),
  /** Households decided but not yet committed: `import.commit` takes them in. */
  decided: z.number(),
  /** Households that a person left out. */
  rejected: z.number(),
  /** Households that `import.commit` would take in now: first what waits for nobody, then what was decided since. */
  ready: z.number(),
  /** Rows per fault, notes included. */
  faults: z.partialRecord(z.enum(Object.keys(rowFaults) as [RowFault, ...RowFault[]]), z.number()),
})
export type BatchCounts = z.infer<typeof countsSchema>

const resultSchema = z.object({
  householdsMade: z.number(),
  householdsChanged: z.number(),
  membersMade: z.number(),
  listingsMade: z.number(),
  factsChanged: z.number(),
})

export const batchSchema = z.object({
  id: idSchema,
  listCode: z.string(),
  listNameTh: z.string(),
  listNameEn: z.string(),
  listDate: daySchema,
  areaCode: areaCodeSchema,
  fileName: z.string(),
  format: z.string().nullable(),
  state: z.enum(batchStates),
  mapping: columnMappingSchema.nullable(),
  progress: z
    .object({
      phase: z.enum(['detecting', 'reading', 'matching', 'committing', 'undoing']),
      done: z.number(),
      /** An estimate while reading; null when the file does not say how long it is. */
      total: z.number().nullable(),
      /** Rows a second in this phase so far. */
      rate: z.number().nullable(),
      secondsLeft: z.number().nullable(),
    })
    .nullable(),
  /** Null before the dry run is done. */
  counts: countsSchema.nullable(),
  /** Null before something was committed. */
  result: resultSchema.nullable(),
  /** Set when most rows are invalid or double: a commit then needs `import.waiveGuard`. */
  guard: z.object({ share: z.number(), limit: z.number(), waived: z.boolean() }).nullable(),
  /**
   * Set when so many rows stand in other areas that it is not shown which: rows, decisions and the commit then wait for
   * `import.waiveElsewhere`, by somebody of the province who did not bring the file.
   */
  elsewhere: z.object({ rows: z.number(), waived: z.boolean(), mayWaive: z.boolean() }).nullable(),
  /** Why it failed, as the answer of a request would say it. */
  problem: z.object({ code: z.number(), problem: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
  accountName: z.string(),
  createdAt: momentSchema,
  updatedAt: momentSchema,
  committedAt: momentSchema.nullable(),
  undoneAt: momentSchema.nullable(),
  /** Whether the file is still kept: `import.rejects` makes its workbook from it. */
  isFileKept: z.boolean(),
  /** What the person who asks may do with it now. */
  may: z.array(z.enum(permissions)),
})
export type Batch = z.infer<typeof batchSchema>

export const importCreate = route({
  name: 'import.create',
  method: 'POST',
  path: '/api/imports',
  access: 'import.write',
  effect: 'write',
  subject: 'upload',
  input: z.object({
    uploadId: idSchema,
    listCode: listCodeSchema,
    /** The list's own day when left out. */
    listDate: daySchema.optional(),
    /** The area that the file speaks of; rows outside it are invalid, and it fills in what the file leaves unsaid. */
    areaCode: areaCodeSchema,
  }),
  output: batchSchema,
})

export const importList = route({
  name: 'import.list',
  method: 'GET',
  path: '/api/imports',
  access: 'import.read',
  effect: 'read',
  subject: 'none',
  input: z.object({
    areaCode: areaCodeSchema.optional(),
    listCode: listCodeSchema.optional(),
    /** Only batches with rows that wait for a decision. */
    waiting: booleanInQuery.optional(),
    /** Only batches with rows that this number of the overview counts in `areaCode`. */
    counted: z.enum(['invalid', 'waiting']).optional(),
    cursor: z.string().max(200).optional(),
    limit: numberInQuery.min(1).max(100).default(30),
  }),
  output: z.object({
    batches: z.array(
      batchSchema.extend({
        /** How many of its rows are `counted`; null where nothing was asked to be. */
        countedRows: z.number().int().nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
})

export const batchInput = z.object({ batchId: idSchema })

export const importShow = route({
  name: 'import.show',
  method: 'GET',
  path: '/api/imports/:batchId',
  access: 'import.read',
  effect: 'read',
  subject: 'batch',
  input: batchInput,
  output: batchSchema,
})

const proposedFieldSchema = z.object({
  field: fieldSchema,
  column: z.number(),
  heading: z.string(),
  /** 0–1; below 0.6 a person should look. */
  score: z.number(),
  reason: z.enum(['heading', 'headingPart', 'headingAndValues', 'values', 'mergedHeading', 'remembered']),
})

/** What was found in the file; `wrongState` until the state is `detected`. */
export const importProposal = route({
  name: 'import.proposal',
  method: 'GET',
  path: '/api/imports/:batchId/proposal',
  access: 'import.write',
  effect: 'read',
  subject: 'batch',
  input: batchInput,
  output: z.object({
    format: z.string(),
    /** Of text files. */
    encoding: z.string().nullable(),
    delimiter: z.string().nullable(),
    sheets: z.array(
      z.object({
        name: z.string(),
        hidden: z.boolean(),
        rowEstimate: z.number().nullable(),
        /** Null when no header was found: the person points at one. */
        headerRow: z.number().nullable(),
        headings: z.array(z.string()),
        fields: z.array(proposedFieldSchema),
        /** Whether the mapping is the one that was confirmed for these headings before. */
        remembered: z.boolean(),
        /** The first rows as they stand in the file; what may be a national id is masked. */
        rows: z.array(z.object({ number: z.number(), cells: z.array(z.string()) })),
      }),
    ),
    /** The sheet that the proposal would take. */
    bestSheet: z.string().nullable(),
  }),
})

export const readHouseholdSchema = z.object({
  areaCode: villageCodeSchema.nullable(),
  areaName: z.string().nullable(),
  villageName: z.string().nullable(),
  houseCode: z.string().nullable(),
  familyNumber: z.string().nullable(),
  houseNumber: z.string().nullable(),
  lane: z.string().nullable(),
  road: z.string().nullable(),
  phone: z.string().nullable(),
  memberCount: z.number().nullable(),
  note: z.string().nullable(),
})

export const readMemberSchema = z.object({
  order: z.number().nullable(),
  relation: z.string().nullable(),
  title: z.string().nullable(),
  firstName: z.string(),
  lastName: z.string().nullable(),
  /** `x-xxxx-xxxxx-12-3`, or null. */
  nationalIdMasked: z.string().nullable(),
  sex: z.enum(['male', 'female']).nullable(),
  birthDate: z.string().nullable(),
  birthPrecision: z.enum(['day', 'month', 'year']).nullable(),
  occupation: z.string().nullable(),
  annualIncome: z.number().nullable(),
})

const previewSchema = z.object({
  rows: z.array(
    z.object({
      rowNumber: z.number(),
      household: readHouseholdSchema,
      member: readMemberSchema.nullable(),
      faults: z.array(faultSchema),
    }),
  ),
  /** What the mapping still lacks; `import.start` refuses while there is anything. */
  missing: z.array(z.enum(['subdistrict', 'district', 'household'])),
})

/** Keeps the mapping and answers the first rows as they would be read. Can be called again until `import.start`. */
export const importMap = route({
  name: 'import.map',
  method: 'POST',
  path: '/api/imports/:batchId/mapping',
  access: 'import.write',
  effect: 'write',
  subject: 'batch',
  input: batchInput.extend({ mapping: columnMappingSchema }),
  output: previewSchema,
})

/** Reads the whole file and judges every row; nothing enters the registry. At most so many a day for one person. */
export const importStart = route({
  name: 'import.start',
  method: 'POST',
  path: '/api/imports/:batchId/start',
  access: 'import.write',
  effect: 'write',
  subject: 'batch',
  input: batchInput,
  output: batchSchema,
})

const reasonSchema = wordsSchema.min(3).max(500)

export const importWaiveGuard = route({
  name: 'import.waiveGuard',
  method: 'POST',
  path: '/api/imports/:batchId/guard',
  access: 'import.commit',
  effect: 'write',
  subject: 'batch',
  input: batchInput.extend({ reason: reasonSchema }),
  output: batchSchema,
})

/** Lets everybody who may see the rows see which of them stand in other areas: somebody of the province says why. */
export const importWaiveElsewhere = route({
  name: 'import.waiveElsewhere',
  method: 'POST',
  path: '/api/imports/:batchId/elsewhere',
  access: 'import.commit',
  effect: 'write',
  subject: 'batch',
  input: batchInput.extend({ reason: reasonSchema }),
  output: batchSchema,
})

/** Takes in everything that waits for nobody. `importGuard`, `importNeedsDecision` when there is nothing else to do. */
export const importCommit = route({
  name: 'import.commit',
  method: 'POST',
  path: '/api/imports/:batchId/commit',
  access: 'import.commit',
  effect: 'write',
  subject: 'batch',
  input: batchInput,
  output: batchSchema,
})

/** Stops before anything was committed, or the running job at its next safe point. */
export const importCancel = route({
  name: 'import.cancel',
  method: 'POST',
  path: '/api/imports/:batchId/cancel',
  access: 'import.write',
  effect: 'write',
  subject: 'batch',
  input: batchInput,
  output: batchSchema,
})

export const importUndo = route({
  name: 'import.undo',
  method: 'POST',
  path: '/api/imports/:batchId/undo',
  access: 'import.undo',
  effect: 'write',
  subject: 'batch',
  input: batchInput.extend({ reason: reasonSchema }),
  output: batchSchema,
})

/** A workbook of the rows that were left out, as they stand in the file, with the fault marked in its own cell. */
export const importRejects = route({
  name: 'import.rejects',
  method: 'GET',
  path: '/api/imports/:batchId/rejects',
  access: 'import.write',
  effect: 'logged-read',
  subject: 'batch',
  answer: 'file',
  input: batchInput,
  output: z.unknown(),
})

export const importRoutes = [
  importCreate,
  importList,
  importShow,
  importProposal,
  importMap,
  importStart,
  importWaiveGuard,
  importWaiveElsewhere,
  importCommit,
  importCancel,
  importUndo,
  importRejects,
] as const
