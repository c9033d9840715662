/** A household's case as its entries tell it: what fold.ts makes, what is stored beside them and shown on screens. */
import type { ContentOf, Dimension, FourT, IndicatorRef, ProblemResult, SpecialOutcome } from './entry.ts'

/** A problem's place in the chain: stated → helped → one of the results; `relapsed` when it came back. */
export type ProblemState = 'open' | 'helped' | ProblemResult | 'relapsed'

export interface ProblemCase {
  id: string
  dimension: Dimension
  indicator: IndicatorRef | null
  memberId: string | null
  problem: string
  need: string | null
  solution: string | null
  /** The entry that stated it last, and the day. */
  entryId: string
  statedOn: string
  /** Entries of assistance that were meant for it, by day. */
  assistance: string[]
  /** The latest result, when one was recorded after the last relapse. */
  result: { entryId: string; result: ProblemResult; on: string; words: string | null } | null
  /** The day of the last relapse; null when it never came back. */
  relapsedOn: string | null
  state: ProblemState
}

/** How the household stood in each dimension on the day of an assessment: TPMAP counts it poor that fails any. */
export interface DimensionPicture {
  on: string
  entryId: string
  /** `fail` when an indicator or a stated problem says so; `unknown` when nothing was asked. */
  dimensions: Record<Dimension, 'pass' | 'fail' | 'unknown'>
}

export interface OutcomeCase {
  entryId: string
  /** The proposal or its latest correction: what a decision must name, so that nobody approves what they have not seen. */
  versionId: string
  outcome: SpecialOutcome
  on: string
  accountId: string
  /** Of a duplicate, the household that it is; absent where nobody said. */
  sameAs?: string | undefined
  /** A duplicate that was merged is undone by that. */
  state: 'waiting' | 'approved' | 'refused' | 'undone'
  decidedBy: string | null
}

/** Every fact that rules can ask for; each is true or not at a moment. Order is that of screens. */
export const predicates = [
  'assessed',
  'complete',
  'noProblem',
  'planned',
  'visited',
  'assisted',
  'resultRecorded',
  'allResults',
  'allSolved',
  'relapsed',
  'left',
] as const
export type Predicate = (typeof predicates)[number]

export interface CaseState {
  /** Entries that count: those that were taken back, corrections and what they replaced are not among them. */
  entries: number
  firstEntryOn: string | null
  lastEntryOn: string | null
  problems: ProblemCase[]
  /** Latest first. */
  pictures: DimensionPicture[]
  fourT: (FourT & { entryId: string; on: string }) | null
  assessedOn: string | null
  noProblem: boolean
  incomePerPerson: number | null
  path: ContentOf<'assessment'>['path']
  stage: ContentOf<'assessment'>['stage']
  /** Visits and follow-ups. */
  visits: number
  lastVisitOn: string | null
  /** The day that the last visit or follow-up agreed on. */
  nextVisitOn: string | null
  /** Months (YYYY-MM) in which somebody visited or followed up, in order. */
  visitedMonths: string[]
  assistance: { count: number; /** Baht, each help once. */ value: number; lastOn: string | null }
  plan: ContentOf<'plan'>['steps']
  hold: { fromOn: string; untilOn: string; reason: string; entryId: string } | null
  /** Every proposal of a special outcome, by day. */
  outcomes: OutcomeCase[]
  /** The one to show: the latest that waits for a decision, else the latest that was approved, else the latest. */
  outcome: OutcomeCase | null
  /** The last relapse; null when none was recorded. */
  relapsedOn: string | null
  /** Entries that name something the household's logbook does not hold (a problem, an outcome): kept, not counted. */
  loose: string[]
}
