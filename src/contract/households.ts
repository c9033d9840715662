/** Households: the list and its search, one household's page, and every change that a person makes by hand. */
import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { householdFactsSchema, householdStates, mostMembers } from '../domain/household.ts'
import { birthPrecisions, memberFactsSchema } from '../domain/member.ts'
import { route } from './route.ts'
import { reasonSchema, wordsSchema } from './values.ts'

/** Two digits; with the id it is the household's key. */
export const provinceSchema = z.string().regex(/^[1-9][0-9]$/)
export const householdRefSchema = z.object({ province: provinceSchema, id: z.uuid() })
export type HouseholdRef = z.infer<typeof householdRefSchema>

const moment = z.string()
const day = z.iso.date()

/** Names on the way from the village up to the province; a name is null while it is not known. */
export const placeSchema = z.object({
  /** 8 digits; the last two are 00 while the village is not known. */
  areaCode: z.string(),
  /** Village number (หมู่ที่). */
  moo: z.number().nullable(),
  village: z.string().nullable(),
  subdistrict: z.string().nullable(),
  district: z.string().nullable(),
  province: z.string().nullable(),
})

export const householdRowSchema = householdRefSchema.extend({
  /** With title; null for a household that nobody is named in. */
  headName: z.string().nullable(),
  houseNumber: z.string().nullable(),
  place: placeSchema,
  memberCount: z.number(),
  /** Codes of the lists it stands on, in order. */
  lists: z.array(z.string()),
  state: z.enum(householdStates),
  centre: z.string().nullable(),
  updatedAt: moment,
})
export type HouseholdRow = z.infer<typeof householdRowSchema>

/** name: Thai dictionary order of the head; address: village by village, then house number; updated: latest first. */
export const householdSorts = ['name', 'address', 'updated'] as const
export const noList = 'none'

/**
 * What became of the words: `exact` rows hold every word; `similar` rows only sound like it, best first, one page;
 * `nationalId` was not searched here (ask household.findByNationalId); `wrongNationalId` has a wrong check digit.
 */
export const searchOutcomes = ['none', 'exact', 'similar', 'nationalId', 'wrongNationalId'] as const

export const householdList = route({
  name: 'household.list',
  method: 'POST',
  path: '/api/households/list',
  access: 'household.list',
  effect: 'read',
  subject: 'none',
  beyondWall: true,
  input: z.object({
    /** Any level; '' is everything that the person reaches. What lies outside their reach is left out. */
    area: areaCodeSchema.default(''),
    /** A list's code, `none` for households on no list, null for all. */
    list: z.string().max(40).nullable().default(null),
    /** Exactly these lists, codes in order joined by commas; '' for households on none. Null for all. */
    listSet: z.string().max(500).nullable().default(null),
    centreId: z.uuid().nullable().default(null),
    state: z.enum(householdStates).default('active'),
    /** Name part, village, subdistrict, district, house number, house code, in any layout. Only ever in the body. */
    search: z.string().max(200).default(''),
    sort: z.enum(householdSorts).default('name'),
    limit: z.number().int().min(1).max(100).default(50),
    /** From the answer before, with the same filters. */
    cursor: z.string().max(2000).nullable().default(null),
  }),
  output: z.object({
    /** `matchedMember`: in whose name the words stand, when it is not the head's. */
    rows: z.array(householdRowSchema.extend({ matchedMember: z.string().nullable() })),
    /** Null on the last page. */
    next: z.string().nullable(),
    /** Exact without a search; with one, counted up to 1,000, and `atLeast` says that there are more. */
    total: z.object({ count: z.number(), atLeast: z.boolean() }),
    outcome: z.enum(searchOutcomes),
    /** The words are so common that only some of the matches were looked at: add a word or choose a smaller area. */
    tooMany: z.boolean(),
  }),
})

export const householdFindByNationalId = route({
  name: 'household.findByNationalId',
  method: 'POST',
  path: '/api/households/find-by-national-id',
  access: 'nationalId.search',
  effect: 'logged-read',
  subject: 'none',
  /** 13 digits, dashes and spaces allowed. Problems: invalidFacts (check digit), tooManyTries. */
  input: z.object({ nationalId: z.string().max(40) }),
  output: z.object({
    rows: z.array(householdRowSchema.extend({ memberId: z.string(), memberName: z.string() })),
    /** Searches that the person has left in this hour. */
    left: z.number(),
  }),
})

/** National ids are masked (x-xxxx-xxxxx-12-3); the kind is the class of person by the first digit. */
export const nationalIdViewSchema = z.object({
  masked: z.string(),
  kind: z.enum(['noStatus', 'national', 'temporary', 'bornToTemporary', 'resident', 'practice']),
})

export const memberSchema = z.object({
  id: z.string(),
  /** `withdrawn`: left the household, or was entered by mistake. */
  state: z.enum(['active', 'withdrawn']),
  order: z.number(),
  relation: z.string().nullable(),
  title: z.string().nullable(),
  firstName: z.string(),
  lastName: z.string().nullable(),
  /** Null for a person without one, or whose list gave none. */
  nationalId: nationalIdViewSchema.nullable(),
  sex: z.enum(['male', 'female']).nullable(),
  birthDate: z.string().nullable(),
  birthPrecision: z.enum(birthPrecisions).nullable(),
  occupation: z.string().nullable(),
  annualIncome: z.number().nullable(),
})
export type MemberView = z.infer<typeof memberSchema>

/** A change of one fact, with what was known before. */
export const factChangeSchema = z.object({
  id: z.string(),
  at: moment,
  /** The day that the new value speaks of. */
  asOf: z.string(),
  memberId: z.string().nullable(),
  /** A field of the facts or of a member, or `state`, `member`, `list`, `mergedInto`. */
  field: z.string(),
  old: z.string().nullable(),
  new: z.string().nullable(),
  source: z.enum(['desk', 'import', 'merge', 'undo']),
  batch: z.object({ id: z.string(), fileName: z.string(), rowNumber: z.number().nullable() }).nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
})

export const householdSchema = householdRefSchema.extend({
  /** To be sent back with every change. */
  version: z.number(),
  state: z.enum(householdStates),
  /** Where it went, when it was merged into another. */
  mergedInto: z.string().nullable(),
  place: placeSchema,
  centre: z.object({ id: z.string(), shortName: z.string() }).nullable(),
  headName: z.string().nullable(),
  facts: householdFactsSchema.omit({ villageName: true }),
  /** Those who live there, by their place in the household. */
  members: z.array(memberSchema),
  /** Those who left. */
  formerMembers: z.array(memberSchema),
  listings: z.array(
    z.object({
      list: z.string(),
      listNameTh: z.string(),
      listNameEn: z.string(),
      listDate: z.string(),
      state: z.enum(['active', 'withdrawn']),
      /** Null when it was put on the list by hand. */
      batch: z.object({ id: z.string(), fileName: z.string(), rowNumber: z.number().nullable() }).nullable(),
      by: z.string().nullable(),
      at: moment,
    }),
  ),
  /** Latest first, a page of them; household.history tells what came before. */
  history: z.array(factChangeSchema),
  hasEarlierHistory: z.boolean(),
  merges: z.array(
    z.object({
      id: z.string(),
      /** Whether this household stayed, or went into the other. */
      side: z.enum(['kept', 'merged']),
      otherId: z.string(),
      otherHeadName: z.string().nullable(),
      otherHouseNumber: z.string().nullable(),
      reason: z.string().nullable(),
      by: z.string().nullable(),
      at: moment,
      undoneBy: z.string().nullable(),
      undoneAt: moment.nullable(),
      /** Whether it can be taken back now: later merges of the same household come first. */
      canBeUndone: z.boolean(),
    }),
  ),
  /** The day that the facts speak of. */
  asOf: z.string(),
  createdAt: moment,
  updatedAt: moment,
  /** What this person may do here. */
  may: z.object({ edit: z.boolean(), merge: z.boolean(), reveal: z.boolean() }),
})
export type HouseholdView = z.infer<typeof householdSchema>

export const householdShow = route({
  name: 'household.show',
  method: 'GET',
  path: '/api/households/:province/:id',
  access: 'household.read',
  effect: 'logged-read',
  subject: 'household',
  input: householdRefSchema,
  output: householdSchema,
})

/** What changed before a change that was shown; leaves its trace as opening the household does. */
export const householdHistory = route({
  name: 'household.history',
  method: 'GET',
  path: '/api/households/:province/:id/history',
  access: 'household.read',
  effect: 'logged-read',
  subject: 'household',
  input: householdRefSchema.extend({
    /** The id of the last change that was shown; without it from the latest. */
    before: z.uuid().optional(),
  }),
  output: z.object({ changes: z.array(factChangeSchema), hasEarlier: z.boolean() }),
})

export const nationalIdReveal = route({
  name: 'nationalId.reveal',
  method: 'POST',
  path: '/api/households/:province/:id/members/:memberId/national-id',
  access: 'nationalId.reveal',
  effect: 'logged-read',
  subject: 'household',
  input: householdRefSchema.extend({ memberId: z.uuid(), reason: reasonSchema }),
  /** 13 digits. */
  output: z.object({ nationalId: z.string() }),
})

/** A member as typed; the national id in clear, null for none. `order` null puts them last. */
export const memberDraftSchema = memberFactsSchema
export type MemberDraft = z.infer<typeof memberDraftSchema>

const editableFactsSchema = householdFactsSchema.omit({ memberCount: true })

/**
 * Only what changed is sent: a field that is left out stays as it is, null empties it. Problems: conflictingEdit (details
 * `version` now, `fields` that others changed meanwhile with the fault `changedMeanwhile`), invalidFacts (`fields`),
 * otherProvince for a move out of the province.
 */
export const householdEdit = route({
  name: 'household.edit',
  method: 'PATCH',
  path: '/api/households/:province/:id',
  access: 'household.edit',
  effect: 'write',
  subject: 'household',
  input: householdRefSchema.extend({
    version: z.number().int(),
    /** `villageName` names a village that the registry has no name for yet. */
    facts: editableFactsSchema.partial().default({}),
    /** The id of a new member is made by the sender (UUIDv7), so that sending twice adds once. */
    add: z
      .array(memberDraftSchema.extend({ id: z.uuid() }))
      .max(mostMembers)
      .default([]),
    change: z
      .array(z.object({ id: z.uuid(), facts: memberDraftSchema.partial() }))
      .max(mostMembers)
      .default([]),
    /** Members who left the household. */
    left: z.array(z.uuid()).max(mostMembers).default([]),
    /** Former members who are back, or were marked by mistake. */
    back: z.array(z.uuid()).max(mostMembers).default([]),
    /** The day that the new facts speak of; today when null. */
    asOf: day.nullable().default(null),
    reason: wordsSchema.max(300).nullable().default(null),
  }),
  output: householdSchema,
})

/** A household as found in the village. */
export const householdDraftSchema = editableFactsSchema.extend({
  members: z.array(memberDraftSchema).min(1).max(mostMembers),
})
export type HouseholdDraft = z.infer<typeof householdDraftSchema>

/** Why a household of the registry is, or may be, the one that is being added. */
export const likenessSchema = z.object({
  /** 0–100. */
  score: z.number(),
  reasons: z.array(
    z.object({ term: z.enum(['name', 'houseNumber', 'village', 'members']), points: z.number(), of: z.number() }),
  ),
})

export const checkVerdictSchema = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('clear') }),
  /** It is in the registry, where the person may see it: open it instead. */
  z.object({
    verdict: z.literal('alreadyHere'),
    because: z.enum(['nationalId', 'houseCode', 'likeness']),
    household: householdRowSchema,
  }),
  /** It may be one of these: a person decides, and says why when it is none of them. */
  z.object({
    verdict: z.literal('doubtful'),
    candidates: z.array(likenessSchema.extend({ household: householdRowSchema })),
  }),
  /** A member stands in another area: ask that centre. Nothing else about it is told. */
  z.object({ verdict: z.literal('standsElsewhere'), centre: z.string().nullable() }),
])
export type CheckVerdict = z.infer<typeof checkVerdictSchema>

/** Problems: invalidFacts, notFound (area out of reach), tooManyTries. */
export const householdCheck = route({
  name: 'household.check',
  method: 'POST',
  path: '/api/households/check',
  access: 'household.add',
  effect: 'logged-read',
  subject: 'none',
  beyondWall: true,
  input: z.object({ draft: householdDraftSchema }),
  output: checkVerdictSchema,
})

/** Answers what the check answers, and `added` when it was saved; nothing is saved otherwise. */
export const householdAdd = route({
  name: 'household.add',
  method: 'POST',
  path: '/api/households',
  access: 'household.add',
  effect: 'write',
  subject: 'none',
  beyondWall: true,
  input: z.object({
    /** Made by the sender (UUIDv7): the same add sent twice is one household. */
    id: z.uuid(),
    draft: householdDraftSchema,
    /** The day it was found; today when null. */
    foundOn: day.nullable().default(null),
    /** Why it is none of the doubtful ones. */
    separateReason: reasonSchema.nullable().default(null),
  }),
  output: z.discriminatedUnion('verdict', [
    z.object({ verdict: z.literal('added'), household: householdRefSchema }),
    ...checkVerdictSchema.options,
  ]),
})

/** `id` stays; `otherId` goes into it. Problems: conflictingEdit, wrongState, notFound. */
export const householdMerge = route({
  name: 'household.merge',
  method: 'POST',
  path: '/api/households/:province/:id/merge',
  access: 'household.merge',
  effect: 'write',
  subject: 'household',
  input: householdRefSchema.extend({
    version: z.number().int(),
    otherId: z.uuid(),
    otherVersion: z.number().int(),
    reason: reasonSchema,
  }),
  output: householdSchema,
})

/** `id` is the household that stayed. Problems: wrongState (already undone, or a later merge comes first). */
export const householdUnmerge = route({
  name: 'household.unmerge',
  method: 'POST',
  path: '/api/households/:province/:id/unmerge',
  access: 'household.merge',
  effect: 'write',
  subject: 'household',
  input: householdRefSchema.extend({ mergeId: z.uuid(), reason: reasonSchema }),
  output: householdSchema,
})

/** Entered by mistake: it leaves every count and list, and can be restored. */
export const householdWithdraw = route({
  name: 'household.withdraw',
  method: 'POST',
  path: '/api/households/:province/:id/withdraw',
  access: 'household.edit',
  effect: 'write',
  subject: 'household',
  input: householdRefSchema.extend({ version: z.number().int(), reason: reasonSchema }),
  output: householdSchema,
})

export const householdRestore = route({
  name: 'household.restore',
  method: 'POST',
  path: '/api/households/:province/:id/restore',
  access: 'household.edit',
  effect: 'write',
  subject: 'household',
  input: householdRefSchema.extend({ version: z.number().int(), reason: reasonSchema }),
  output: householdSchema,
})

export const householdRoutes = [
  householdList,
  householdFindByNationalId,
  householdShow,
  householdHistory,
  nationalIdReveal,
  householdEdit,
  householdCheck,
  householdAdd,
  householdMerge,
  householdUnmerge,
  householdWithdraw,
  householdRestore,
] as const
