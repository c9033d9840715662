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
import { decisions, decisionOutcomes, verdictReasons, verdicts } from '../domain/import/verdict.ts'
import { route } from './route.ts'

const idSchema = z.uuid()
const daySchema = z.iso.date()
const momentSchema = z.string()
const rowNumberSchema = z.coerce.number().int().min(1).max(10_000_000)
const fieldSchema = z.enum(importFields)
const faultSchema = z.object({
  field: fieldSchema,
  fault: z.enum(Object.keys(rowFaults) as [RowFault, ...RowFault[]]),
  /** False for a note, which does not keep the row out. */
  invalid: z.boolean(),
})
/** A number of the query string. */
const numberInQuery = z.coerce.number().int()
const booleanInQuery = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])

// ── Upload ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Pieces of an upload are at most this long; any shorter length will do. */
export const mostBytesPerPiece = 8 * 1024 * 1024

export const uploadSchema = z.object({
  id: idSchema,
  fileName: z.string(),
  /** Bytes, as announced. */
  size: z.number(),
  /** Bytes that are stored for good: the next piece begins here. */
  received: z.number(),
  complete: z.boolean(),
})
export type Upload = z.infer<typeof uploadSchema>

export const uploadBegin = route({
  name: 'upload.begin',
  method: 'POST',
  path: '/api/uploads',
  access: 'import.write',
  effect: 'write',
  subject: 'none',
  input: z.object({ fileName: z.string().min(1).max(255), size: z.number().int().min(1) }),
  output: uploadSchema,
})

export const uploadShow = route({
  name: 'upload.show',
  method: 'GET',
  path: '/api/uploads/:uploadId',
  access: 'import.write',
  effect: 'read',
  subject: 'upload',
  input: z.object({ uploadId: idSchema }),
  output: uploadSchema,
})

/**
 * The body is the piece itself. A piece that was stored already is answered like the first time; one that begins beyond
 * what was received is `uploadOutOfOrder` with `received` in the details.
 */
export const uploadAppend = route({
  name: 'upload.append',
  method: 'PUT',
  path: '/api/uploads/:uploadId/bytes',
  access: 'import.write',
  effect: 'write',
  subject: 'upload',
  body: 'bytes',
  input: z.object({ uploadId: idSchema, offset: numberInQuery.min(0) }),
  output: uploadSchema,
})

const earlierImportSchema = z.object({
  batchId: idSchema,
  listCode: z.string(),
  at: momentSchema,
  state: z.string(),
})

export const uploadComplete = route({
  name: 'upload.complete',
  method: 'POST',
  path: '/api/uploads/:uploadId/complete',
  access: 'import.write',
  effect: 'write',
  subject: 'upload',
  /** The SHA-256 of the file in hex, when the browser could compute it: checked against what was received. */
  input: z.object({
    uploadId: idSchema,
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  output: uploadSchema.extend({
    digest: z.string(),
    /** Imports of the very same file that this person may see, newest first. */
    earlierImports: z.array(earlierImportSchema),
  }),
})

// ── Batch ───────────────────────────────────────────────────────────────────────────────────────────────────────────

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

const countsSchema = z.object({
  /** Rows of the file that are somebody, right or wrong. */
  rows: z.number(),
  /** Households of the file: every row, or the leading row of each household in files with one row per person. */
  households: z.number(),
  verdicts: z.record(z.enum(verdicts), z.number()),
  /** Households that wait for a person's decision. */
  waiting: z.number(),
  /** Households decided but not yet committed: `import.commit` takes them in. */
  decided: z.number(),
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
  /** Why it failed, as the answer of a request would say it. */
  problem: z.object({ code: z.number(), problem: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
  accountName: z.string(),
  createdAt: momentSchema,
  updatedAt: momentSchema,
  committedAt: momentSchema.nullable(),
  undoneAt: momentSchema.nullable(),
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
    cursor: z.string().max(200).optional(),
    limit: numberInQuery.min(1).max(100).default(30),
  }),
  output: z.object({ batches: z.array(batchSchema), nextCursor: z.string().nullable() }),
})

const batchInput = z.object({ batchId: idSchema })

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

const readHouseholdSchema = z.object({
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

const readMemberSchema = z.object({
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

// ── Rows and decisions ──────────────────────────────────────────────────────────────────────────────────────────────

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
  /** Null when there is none, or it stands outside the reach of the person who asks (`reason` is then standsElsewhere). */
  candidate: candidateSchema.nullable(),
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

export const importRows = route({
  name: 'import.rows',
  method: 'GET',
  path: '/api/imports/:batchId/rows',
  access: 'import.read',
  effect: 'read',
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

const reasonSchema = z.string().trim().min(3).max(500)

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
  uploadBegin,
  uploadShow,
  uploadAppend,
  uploadComplete,
  importCreate,
  importList,
  importShow,
  importProposal,
  importMap,
  importStart,
  importRows,
  importAreas,
  importDecide,
  importDecideAll,
  importWaiveGuard,
  importCommit,
  importCancel,
  importUndo,
  importRejects,
] as const
