/**
 * Entries of the logbook (รายการบันทึก): what a named person recorded about a household, on which day it happened.
 * Entries are only ever added; a correction is an entry too. The rules that need more than one entry stand in fold.ts.
 */
import { z } from 'zod'
import { coordinateLimits } from '../household.ts'
import { maskIdsInText } from '../national-id.ts'

/** In the order in which help usually goes. */
export const entryKinds = [
  'assessment',
  'visit',
  'plan',
  'assistance',
  'result',
  'followUp',
  'relapse',
  'hold',
  'outcome',
  'outcomeDecision',
  'correction',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** The longest texts of an entry, in characters. */
export const entryTextLimits = { words: 2000, line: 300, name: 120, unit: 40 } as const

/** The five dimensions (มิติ) of TPMAP, in its order. */
export const dimensions = ['health', 'living', 'education', 'income', 'access'] as const
export type Dimension = (typeof dimensions)[number]

// What no database keeps as text goes: control characters except tabs and line ends, and halves of characters.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const unkept = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/gu
/** National ids have one place, where they are encrypted: in words they are masked, as in the rows of a list. */
const text = z
  .string()
  .overwrite((typed) => maskIdsInText(typed.replace(unkept, '')))
  .trim()
// Ids are compared as text, and the database writes them small.
const uuid = z.uuid().toLowerCase()
const words = text.max(entryTextLimits.words)
const someWords = words.min(1)
const line = text.min(1).max(entryTextLimits.line)
const name = text.min(1).max(entryTextLimits.name)
const code = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,59}$/)
const day = z.iso.date()
const baht = z.number().int().min(0).max(1_000_000_000)

/** Indicators are numbered within an edition: 31 of 2560–2564, 38 from 2565. */
export const indicatorEditions = ['bmn-2560', 'bmn-2565'] as const
export const indicatorSchema = z.object({
  edition: z.enum(indicatorEditions),
  number: z.number().int().min(1).max(38),
})
export type IndicatorRef = z.infer<typeof indicatorSchema>

/** Three-valued: where nobody lives to whom the question applies, neither pass nor fail is true. */
export const answers = ['pass', 'fail', 'notApplicable'] as const

/** A problem (สภาพปัญหา) with its need (ความต้องการ) and solution (แนวทางการแก้ปัญหา). */
export const problemSchema = z.object({
  /** Made by whoever states it first (UUIDv7); a later assessment that names it again restates it. */
  id: uuid,
  dimension: z.enum(dimensions),
  indicator: indicatorSchema.nullable(),
  /** Null when it is the whole household's. */
  memberId: uuid.nullable(),
  problem: someWords,
  need: words.nullable(),
  solution: words.nullable(),
})
export type ProblemStatement = z.infer<typeof problemSchema>

const sideSchema = z.object({
  /** Codes of the province's choices, of the version that `fourTSchema` names. */
  choices: z.array(code).max(40),
  /** In the household's own words. */
  words: words.nullable(),
})
/** The 4ท analysis: ทัศนคติ ทักษะ ทรัพยากร ทางออก. */
export const fourTSides = ['attitude', 'skill', 'resource', 'wayOut'] as const
export const fourTSchema = z.object({
  /** Version of the choices that were shown, so that old answers stay readable. */
  version: z.number().int().min(0),
  attitude: sideSchema,
  skill: sideSchema,
  resource: sideSchema,
  wayOut: sideSchema,
})
export type FourT = z.infer<typeof fourTSchema>

/** Survive, sufficient, sustainable (อยู่รอด พอเพียง ยั่งยืน). */
export const stages = ['survive', 'sufficient', 'sustainable'] as const
/** Can be developed, or needs welfare (พัฒนาได้ สงเคราะห์). */
export const paths = ['develop', 'welfare'] as const

export const healthConditions = ['normal', 'disabled', 'chronicallyIll'] as const
const memberHealthSchema = z.object({
  memberId: uuid,
  condition: z.enum(healthConditions),
  caresForSelf: z.boolean(),
})
export type MemberHealth = z.infer<typeof memberHealthSchema>

const assessmentSchema = z.object({
  problems: z.array(problemSchema).max(40),
  /** The person looked and found no problem: with no open problems this completes the record. */
  noProblem: z.boolean(),
  answers: z.array(indicatorSchema.extend({ memberId: uuid.nullable(), answer: z.enum(answers) })).max(400),
  /** Of the members that were asked about. Absent, never empty, where none was: what was sent before is the same still. */
  health: z.array(memberHealthSchema).min(1).max(60).optional(),
  fourT: fourTSchema.nullable(),
  /** Baht per person and year, as the household states it. */
  incomePerPerson: baht.nullable(),
  /** As judged by the person; null leaves it to the rule. */
  path: z.enum(paths).nullable(),
  stage: z.enum(stages).nullable(),
  words: words.nullable(),
})

const placeSchema = z.object({
  latitude: z.number().min(coordinateLimits.latitude[0]).max(coordinateLimits.latitude[1]),
  longitude: z.number().min(coordinateLimits.longitude[0]).max(coordinateLimits.longitude[1]),
  accuracyMetres: z.number().min(0).max(100_000).nullable(),
})

const metSchema = z.array(z.object({ memberId: uuid.nullable(), name: name.nullable() })).max(20)
const photosSchema = z.array(uuid).max(12)

const visitSchema = z.object({
  /** Who was met; empty when nobody was at home. */
  met: metSchema,
  seen: words.nullable(),
  /** In the household's own words. */
  words: words.nullable(),
  place: placeSchema.nullable(),
  photos: photosSchema,
  /** What could not be asked this time, and why. */
  skipped: words.nullable(),
  nextOn: day.nullable(),
})

/** How near a step of the micro plan is: now, within months, long-term. */
export const planHorizons = ['now', 'months', 'long'] as const
export const planStepStates = ['planned', 'doing', 'done', 'dropped'] as const
export const planStepSchema = z.object({
  id: uuid,
  horizon: z.enum(planHorizons),
  text: line,
  /** Who does it: a name or an office, as people say it. */
  owner: name.nullable(),
  dueOn: day.nullable(),
  state: z.enum(planStepStates),
  problemId: uuid.nullable(),
})
/** Only the steps that are new or changed; the others stay. */
const planSchema = z.object({ steps: z.array(planStepSchema).min(1).max(40) })

export const giverKinds = ['agency', 'partner', 'community', 'other'] as const
export const moneySources = ['state', 'local', 'fund', 'partner', 'donation', 'other'] as const
const assistanceSchema = z.object({
  /** The problems it is meant for; empty for help that meets none of those stated. */
  problemIds: z.array(uuid).max(40),
  memberId: uuid.nullable(),
  /** Code of the catalogue item (เมนูแก้จน) that was given. */
  item: code.nullable(),
  what: line,
  /** All who gave it together; its value is counted once. */
  givers: z
    .array(
      z.object({
        kind: z.enum(giverKinds),
        name,
        /** Baht of the whole that came from this giver, and from which money. Absent where nobody said. */
        value: baht.optional(),
        source: z.enum(moneySources).optional(),
      }),
    )
    .min(1)
    .max(12),
  /** Baht of the whole: money, or what the thing is worth; null when nobody knows. */
  value: baht.nullable(),
  source: z.enum(moneySources).nullable(),
  quantity: z
    .object({
      amount: z.number().positive().max(1_000_000_000),
      unit: text.min(1).max(entryTextLimits.unit),
    })
    .nullable(),
  /** A document's number, or words about what proves it. */
  evidence: words.nullable(),
  photos: photosSchema,
})

/** What became of a problem: solved, partly, by the household itself, not yet, beyond what the area can do. */
export const problemResults = ['solved', 'partly', 'bySelf', 'notYet', 'beyondArea'] as const
export type ProblemResult = (typeof problemResults)[number]
const resultSchema = z.object({
  results: z
    .array(z.object({ problemId: uuid, result: z.enum(problemResults), words: words.nullable() }))
    .min(1)
    .max(40),
})

export const conditions = ['better', 'same', 'worse'] as const
const followUpSchema = z.object({
  met: metSchema,
  condition: z.enum(conditions),
  words: words.nullable(),
  photos: photosSchema,
  nextOn: day.nullable(),
})

/** The trouble came back: these problems are open again. */
const relapseSchema = z.object({ problemIds: z.array(uuid).min(1).max(40), words: someWords })

/** No visit is due until a day, for a reason such as harvest or flood. */
const holdSchema = z.object({ untilOn: day, reason: line })

/** A special outcome (กรณีพิเศษ) is proposed with evidence, and holds once somebody else approved it. */
export const specialOutcomes = ['refuses', 'deceased', 'moved', 'notFound', 'duplicate', 'notEligible'] as const
export type SpecialOutcome = (typeof specialOutcomes)[number]
const outcomeSchema = z
  .object({
    outcome: z.enum(specialOutcomes),
    evidence: someWords,
    photos: photosSchema,
    /** Of a duplicate: the household of the same province that it is. Absent where nobody said. */
    sameAs: uuid.optional(),
  })
  .refine(({ outcome, sameAs }) => outcome === 'duplicate' || sameAs === undefined, { path: ['sameAs'] })
/** `undo` takes an approval back. */
export const outcomeDecisions = ['approve', 'refuse', 'undo'] as const
const outcomeDecisionSchema = z.object({
  outcomeId: uuid,
  decision: z.enum(outcomeDecisions),
  reason: words.nullable(),
})

/** What each kind of entry holds; a correction holds another kind's content anew. */
export const contentSchemas = {
  assessment: assessmentSchema,
  visit: visitSchema,
  plan: planSchema,
  assistance: assistanceSchema,
  result: resultSchema,
  followUp: followUpSchema,
  relapse: relapseSchema,
  hold: holdSchema,
  outcome: outcomeSchema,
  outcomeDecision: outcomeDecisionSchema,
} as const

const base = { id: uuid, happenedOn: day }
const stated = [
  z.object({ ...base, kind: z.literal('assessment'), content: assessmentSchema }),
  z.object({ ...base, kind: z.literal('visit'), content: visitSchema }),
  z.object({ ...base, kind: z.literal('plan'), content: planSchema }),
  z.object({ ...base, kind: z.literal('assistance'), content: assistanceSchema }),
  z.object({ ...base, kind: z.literal('result'), content: resultSchema }),
  z.object({ ...base, kind: z.literal('followUp'), content: followUpSchema }),
  z.object({ ...base, kind: z.literal('relapse'), content: relapseSchema }),
  z.object({ ...base, kind: z.literal('hold'), content: holdSchema }),
  z.object({ ...base, kind: z.literal('outcome'), content: outcomeSchema }),
  z.object({ ...base, kind: z.literal('outcomeDecision'), content: outcomeDecisionSchema }),
] as const

/** What a correction puts in the place of the entry it corrects: the same kind; null takes the entry back. */
export const replacementSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('assessment'), happenedOn: day, content: assessmentSchema }),
    z.object({ kind: z.literal('visit'), happenedOn: day, content: visitSchema }),
    z.object({ kind: z.literal('plan'), happenedOn: day, content: planSchema }),
    z.object({ kind: z.literal('assistance'), happenedOn: day, content: assistanceSchema }),
    z.object({ kind: z.literal('result'), happenedOn: day, content: resultSchema }),
    z.object({ kind: z.literal('followUp'), happenedOn: day, content: followUpSchema }),
    z.object({ kind: z.literal('relapse'), happenedOn: day, content: relapseSchema }),
    z.object({ kind: z.literal('hold'), happenedOn: day, content: holdSchema }),
    z.object({ kind: z.literal('outcome'), happenedOn: day, content: outcomeSchema }),
  ])
  .nullable()
export type Replacement = z.infer<typeof replacementSchema>

const correctionSchema = z.object({
  /** The entry, or the latest correction of it that the writer had seen. */
  corrects: uuid,
  reason: text.min(3).max(entryTextLimits.line),
  replacement: replacementSchema,
})

/**
 * An entry as it is sent. `id` is made by the sender (UUIDv7): the same entry sent twice is stored once. `happenedOn` is
 * the common-era day on which it happened; the moment it was recorded is the server's.
 */
export const entrySchema = z.discriminatedUnion('kind', [
  ...stated,
  z.object({ ...base, kind: z.literal('correction'), content: correctionSchema }),
])
export type EntryDraft = z.infer<typeof entrySchema>
export type ContentOf<Kind extends EntryKind> = Extract<EntryDraft, { kind: Kind }>['content']

/** An entry as it is stored and folded. */
export type Entry = EntryDraft & {
  /** The server's moment, ISO with milliseconds, UTC. */
  recordedAt: string
  accountId: string
  /** Where it was recorded, which may be a household that was merged since; absent where nobody asks for that. */
  householdId?: string
}
