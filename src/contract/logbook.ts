/** The logbook of a household: its case as its entries tell it, recording entries, and their photographs. */
import { z } from 'zod'
import { householdStates } from '../domain/household.ts'
import {
  contentSchemas,
  dimensions,
  entryKinds,
  entrySchema,
  fourTSchema,
  healthConditions,
  indicatorSchema,
  paths,
  planStepSchema,
  problemResults,
  specialOutcomes,
  stages,
} from '../domain/logbook/entry.ts'
import type { ClassReason } from '../domain/logbook/classes.ts'
import { dutyReasons, dutyStatuses } from '../domain/logbook/duty.ts'
import type { HelpQuestion, HelpReason } from '../domain/logbook/eligibility.ts'
import type { CaseState } from '../domain/logbook/state.ts'
import { householdRefSchema } from './households.ts'
import { route } from './route.ts'

// Names a file: in small letters, as the database writes it.
const photoIdSchema = z.uuid().toLowerCase()
/** ISO with milliseconds, UTC. */
const momentSchema = z.string()
const daySchema = z.string()
const personSchema = z.object({ id: z.string(), name: z.string() })

const problemCaseSchema = z.object({
  id: z.string(),
  dimension: z.enum(dimensions),
  indicator: indicatorSchema.nullable(),
  memberId: z.string().nullable(),
  problem: z.string(),
  need: z.string().nullable(),
  solution: z.string().nullable(),
  entryId: z.string(),
  statedOn: daySchema,
  assistance: z.array(z.string()),
  result: z
    .object({ entryId: z.string(), result: z.enum(problemResults), on: daySchema, words: z.string().nullable() })
    .nullable(),
  relapsedOn: daySchema.nullable(),
  state: z.enum(['open', 'helped', 'relapsed', ...problemResults]),
})

const outcomeCaseSchema = z.object({
  entryId: z.string(),
  versionId: z.string(),
  outcome: z.enum(specialOutcomes),
  on: daySchema,
  accountId: z.string(),
  sameAs: z.string().optional(),
  state: z.enum(['waiting', 'approved', 'refused', 'undone']),
  decidedBy: z.string().nullable(),
})

/** As domain/logbook/state.ts says; the compiler holds the two equal. */
export const caseStateSchema: z.ZodType<CaseState> = z.object({
  entries: z.number(),
  firstEntryOn: daySchema.nullable(),
  lastEntryOn: daySchema.nullable(),
  problems: z.array(problemCaseSchema),
  pictures: z.array(
    z.object({
      on: daySchema,
      entryId: z.string(),
      dimensions: z.record(z.enum(dimensions), z.enum(['pass', 'fail', 'unknown'])),
    }),
  ),
  fourT: fourTSchema.extend({ entryId: z.string(), on: daySchema }).nullable(),
  assessedOn: daySchema.nullable(),
  noProblem: z.boolean(),
  incomePerPerson: z.number().nullable(),
  path: z.enum(paths).nullable(),
  stage: z.enum(stages).nullable(),
  visits: z.number(),
  lastVisitOn: daySchema.nullable(),
  nextVisitOn: daySchema.nullable(),
  visitedMonths: z.array(z.string()),
  assistance: z.object({ count: z.number(), value: z.number(), lastOn: daySchema.nullable() }),
  plan: z.array(planStepSchema),
  hold: z.object({ fromOn: daySchema, untilOn: daySchema, reason: z.string(), entryId: z.string() }).nullable(),
  outcomes: z.array(outcomeCaseSchema),
  outcome: outcomeCaseSchema.nullable(),
  relapsedOn: daySchema.nullable(),
  loose: z.array(z.string()),
})

/** What an entry says; a correction says another entry anew, so it has no content of its own here. */
export const saidSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assessment'), content: contentSchemas.assessment }),
  z.object({ kind: z.literal('visit'), content: contentSchemas.visit }),
  z.object({ kind: z.literal('plan'), content: contentSchemas.plan }),
  z.object({ kind: z.literal('assistance'), content: contentSchemas.assistance }),
  z.object({ kind: z.literal('result'), content: contentSchemas.result }),
  z.object({ kind: z.literal('followUp'), content: contentSchemas.followUp }),
  z.object({ kind: z.literal('relapse'), content: contentSchemas.relapse }),
  z.object({ kind: z.literal('hold'), content: contentSchemas.hold }),
  z.object({ kind: z.literal('outcome'), content: contentSchemas.outcome }),
  z.object({ kind: z.literal('outcomeDecision'), content: contentSchemas.outcomeDecision }),
])
export type Said = z.infer<typeof saidSchema>

const versionSchema = z.object({
  /** The entry itself for the first version, the correction's id for each later one. */
  id: z.string(),
  recordedAt: momentSchema,
  by: personSchema,
  happenedOn: daySchema,
  /** Why it was corrected; null for the first version. */
  reason: z.string().nullable(),
  /** Null when this correction took the entry back. */
  said: saidSchema.nullable(),
  /** Exactly one version of an entry counts: the last of its chain; of two that branch, the one with the larger id. */
  counts: z.boolean(),
})

/** An entry with every version of it. The one that counts is spread out; `said` is null when it was taken back. */
export const entryViewSchema = z.object({
  id: z.string(),
  /** Never `correction`: corrections stand in `versions`. */
  kind: z.enum(entryKinds).exclude(['correction']),
  happenedOn: daySchema,
  said: saidSchema.nullable(),
  /** When and by whom the first version was recorded. */
  recordedAt: momentSchema,
  by: personSchema,
  /** To be sent as `corrects` by whoever corrects it now. */
  latestId: z.string(),
  /** Oldest first; more than one when it was corrected. */
  versions: z.array(versionSchema),
  /** Where it was recorded, when that is a household that was merged into this one. */
  fromHouseholdId: z.string().nullable(),
  /** It names something that this logbook does not hold, such as a problem nobody stated: kept, not counted. */
  isLoose: z.boolean(),
})
export type EntryView = z.infer<typeof entryViewSchema>

export const dutySchema = z.object({
  /** The last day on which the next visit is in time; null when none is due. */
  dueOn: daySchema.nullable(),
  reason: z.enum(dutyReasons).nullable(),
  status: z.enum(dutyStatuses),
  /** Whether somebody visited this month. */
  doneThisMonth: z.boolean(),
  /** Holds of the areas around it that suspend it today; the household's own hold stands in its state. */
  areaHolds: z.array(z.object({ areaCode: z.string(), fromOn: daySchema, untilOn: daySchema, reason: z.string() })),
})

/** A code that has a sentence in text/reasons.ts, with the values in it. The rules make them; nothing to check anew. */
const classReasonSchema = z.custom<ClassReason>()
const helpReasonSchema = z.custom<HelpReason>()
const judgedSchema = <Value extends z.ZodType>(value: Value) =>
  z.object({
    /** Null when too little is known. */
    value: value.nullable(),
    /** `person`: judged in the last assessment; `rule`: follows from the province's rules. */
    by: z.enum(['person', 'rule']),
    reasons: z.array(classReasonSchema),
  })
export const classesSchema = z.object({
  path: judgedSchema(z.enum(paths)),
  stage: judgedSchema(z.enum(stages)),
  vulnerability: judgedSchema(z.literal([0, 1, 2, 3])),
})

/** Help that fits, from the catalogue; a person decides. */
export const proposalSchema = z.object({
  /** Code of the catalogue item, with what the catalogue says of it. */
  item: z.string(),
  nameTh: z.string(),
  nameEn: z.string(),
  agency: z.string(),
  dimension: z.enum(dimensions),
  amountTh: z.string(),
  amountEn: z.string(),
  amountBaht: z.number().nullable(),
  /** For whom; null for the whole household. */
  memberId: z.string().nullable(),
  reasons: z.array(helpReasonSchema),
  /** What the registry does not know and must be asked. */
  ask: z.array(z.custom<HelpQuestion>()),
  /** Unsolved problems that it would meet. */
  problemIds: z.array(z.string()),
})

/** The same help given more than once. */
export const doubleHelpSchema = z.object({
  /** Entries of assistance, by day. */
  entryIds: z.array(z.string()),
  /** `sameItem`: the same item of the catalogue; `alike`: words that say the same. */
  why: z.enum(['sameItem', 'alike']),
  acrossGivers: z.boolean(),
  firstOn: daySchema,
  lastOn: daySchema,
})

export const caseSchema = householdRefSchema.extend({
  /** How many entries are stored, corrections too: grows with each. To be sent with `logbook.newer`. */
  version: z.number(),
  /** The household's own version: changes when its facts, members or lists change, and when it is merged. */
  householdVersion: z.number(),
  householdState: z.enum(householdStates),
  /** Where its logbook goes on, when the household was merged into another. */
  mergedInto: z.string().nullable(),
  state: caseStateSchema,
  /** Newest first: by the day it happened, then as recorded. */
  entries: z.array(entryViewSchema),
  /** The newest that assessments say of the health of each member; those who may not read the household get none of it. */
  health: z.array(
    z.object({ memberId: z.string(), condition: z.enum(healthConditions), caresForSelf: z.boolean(), on: daySchema }),
  ),
  duty: dutySchema,
  classes: classesSchema,
  proposals: z.array(proposalSchema),
  doubleHelp: z.array(doubleHelpSchema),
  /** Of the catalogue's items that this household was given: when each may come again, for who types the next help. */
  givenAgain: z.array(z.object({ item: z.string(), onlyOnce: z.boolean(), againAfterMonths: z.number().nullable() })),
  /** The 4ท analysis in Thai sentences, ready to be pasted into TPMAP Logbook; null before the first analysis. */
  prose: z.string().nullable(),
  /** What this person may do here. */
  may: z.object({ record: z.boolean(), approve: z.boolean() }),
})
export type CaseView = z.infer<typeof caseSchema>

/** What `household.show` is for facts, this is for the story. A merged household answers with its own entries alone. */
export const logbookCase = route({
  name: 'logbook.case',
  method: 'GET',
  path: '/api/households/:province/:id/case',
  access: 'household.read',
  effect: 'logged-read',
  subject: 'household',
  input: householdRefSchema,
  output: caseSchema,
})

const recordedSchema = z.object({
  /** `alreadyThere`: the very same entry was recorded before; nothing was added. */
  outcome: z.enum(['recorded', 'alreadyThere']),
  recordedAt: momentSchema,
  /** The household whose case it counts for: another than the one sent when that was merged. */
  household: householdRefSchema,
  isMerged: z.boolean(),
  /** Entries stored for that household now. */
  version: z.number(),
})

/**
 * Records one entry. The same entry sent twice is stored once; the same id with other content is `sameIdOtherContent`. An entry
 * for a household that was merged is stored under it and counts for the one that stayed. `withCase` answers with the
 * whole case as it is then. Problems: those of domain/logbook/check.ts, wrongState for a withdrawn household.
 */
export const logbookRecord = route({
  name: 'logbook.record',
  method: 'POST',
  path: '/api/households/:province/:id/entries',
  access: 'logbook.record',
  effect: 'write',
  subject: 'household',
  // An entry for a merged household counts for the one that stayed, which may lie beyond the person's own areas.
  beyondWall: true,
  input: householdRefSchema.extend({ entry: entrySchema, withCase: z.boolean().default(false) }),
  output: recordedSchema.extend({ case: caseSchema.nullable() }),
})

export const mostEntriesAtOnce = 200

export const recordOutcomeSchema = z.discriminatedUnion('outcome', [
  recordedSchema.extend({ entryId: z.string(), outcome: z.literal('recorded') }),
  recordedSchema.extend({ entryId: z.string(), outcome: z.literal('alreadyThere') }),
  /** Nothing of this entry was stored; the others were. */
  z.object({
    entryId: z.string(),
    outcome: z.literal('refused'),
    /** Number and name of the problem, as for a single entry. */
    code: z.number(),
    problem: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
])
export type RecordOutcome = z.infer<typeof recordOutcomeSchema>

/** Records entries of several households; each is stored or refused by itself, in the order sent. */
export const logbookRecordMany = route({
  name: 'logbook.recordMany',
  method: 'POST',
  path: '/api/logbook/entries',
  access: 'logbook.record',
  effect: 'write',
  subject: 'none',
  beyondWall: true,
  input: z.object({
    entries: z
      .array(householdRefSchema.extend({ entry: entrySchema }))
      .min(1)
      .max(mostEntriesAtOnce),
  }),
  /** One outcome for each entry, in the order sent. */
  output: z.object({ outcomes: z.array(recordOutcomeSchema) }),
})

/**
 * What others recorded since: so that two people who work on one household see each other's entries. Gives nothing that
 * was there before; `reload` says that the household itself changed (merged, moved, edited) and the case must be read anew.
 */
export const logbookNewer = route({
  name: 'logbook.newer',
  method: 'GET',
  path: '/api/households/:province/:id/entries/newer',
  access: 'household.read',
  effect: 'read',
  subject: 'household',
  input: householdRefSchema.extend({
    version: z.coerce.number().int().min(0),
    householdVersion: z.coerce.number().int().min(0),
  }),
  output: z.object({
    version: z.number(),
    reload: z.boolean(),
    /** As recorded, oldest first; a correction names what it corrects. */
    entries: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(entryKinds),
        happenedOn: daySchema,
        recordedAt: momentSchema,
        by: personSchema,
        corrects: z.string().nullable(),
        /** Of a correction: what it puts in the place; null when it takes the entry back. */
        said: saidSchema.nullable(),
        reason: z.string().nullable(),
      }),
    ),
  }),
})

/** Photographs are at most this long, in bytes. */
export const mostBytesPerPhoto = 8 * 1024 * 1024

const photoRefSchema = householdRefSchema.extend({ photoId: photoIdSchema })

/**
 * The body is a JPEG, PNG or WebP file; what the camera wrote beside the picture is to be taken out by the sender. The
 * same photograph sent twice is stored once. Sent before or after the entry that names it.
 */
export const photoAdd = route({
  name: 'photo.add',
  method: 'PUT',
  path: '/api/households/:province/:id/photos/:photoId',
  access: 'logbook.record',
  effect: 'write',
  subject: 'household',
  body: 'bytes',
  input: photoRefSchema,
  output: z.object({ photoId: z.string(), bytes: z.number(), outcome: z.enum(['recorded', 'alreadyThere']) }),
})

export const photoShow = route({
  name: 'photo.show',
  method: 'GET',
  path: '/api/households/:province/:id/photos/:photoId',
  access: 'household.read',
  effect: 'logged-read',
  subject: 'household',
  answer: 'file',
  input: photoRefSchema,
  output: z.unknown(),
})

export const logbookRoutes = [logbookCase, logbookRecord, logbookRecordMany, logbookNewer, photoAdd, photoShow] as const
