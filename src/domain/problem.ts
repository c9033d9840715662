/**
 * Every problem that a person can be shown, numbered. The whole part is the HTTP status, the fraction names the case.
 * A number is never used twice: a retired one keeps its line. The sentences stand in `text/problems.ts`.
 */
export const problemCodes = {
  malformedInput: 400.1,
  unknownFileFormat: 400.2,
  hostileFile: 400.3,
  truncatedFile: 400.4,
  emptyFile: 400.5,
  passwordProtectedFile: 400.6,
  uploadOutOfOrder: 400.7,
  uploadChecksumMismatch: 400.8,
  sheetNotFound: 400.9,
  mappingIncomplete: 400.11,
  notAPhotograph: 400.12,
  signInRequired: 401.1,
  signInRefused: 401.2,
  secondFactorRequired: 401.3,
  secondFactorRefused: 401.4,
  oneTimePasswordOver: 401.5,
  codeUsedBefore: 401.6,
  notPermitted: 403.1,
  secondFactorMustBeSet: 403.2,
  crossSiteRequest: 403.3,
  ownProposal: 403.4,
  deviceRevoked: 403.5,
  notFound: 404.1,
  routeNotFound: 404.2,
  deviceUnknown: 404.3,
  conflictingEdit: 409.1,
  alreadySetUp: 409.2,
  alreadyExists: 409.3,
  wrongState: 409.4,
  alreadyHere: 409.5,
  standsElsewhere: 409.6,
  importNeedsDecision: 409.7,
  importGuard: 409.8,
  importRunning: 409.9,
  lastAdministrator: 409.11,
  correctedMeanwhile: 409.12,
  outcomeDecided: 409.13,
  outcomeNotApproved: 409.14,
  decisionStands: 409.15,
  sameIdOtherContent: 409.16,
  looksAlike: 409.17,
  importElsewhere: 409.18,
  outcomeApproved: 409.19,
  phonesWaiting: 409.21,
  fileNotKept: 410.1,
  photoNotKept: 410.2,
  tooLarge: 413.1,
  invalidFacts: 422.1,
  weakPassword: 422.2,
  otherProvince: 422.3,
  futureDay: 422.4,
  dayBeforeList: 422.5,
  buddhistYear: 422.6,
  dayBeforeEntry: 422.7,
  unknownProblem: 422.8,
  unknownOutcome: 422.9,
  unknownEntry: 422.11,
  otherKind: 422.12,
  notUnderstood: 422.13,
  dayTooLongAgo: 422.14,
  sharesExceedValue: 422.15,
  unknownHousehold: 422.16,
  tooManyTries: 429.1,
  unexpected: 500.1,
  databaseNotReady: 503.1,
} as const

export type ProblemName = keyof typeof problemCodes

/** What went wrong with one field, so that the form can show it beside the field. */
export interface FieldFault {
  field: string
  fault: string
}

/** Small facts for the sentence: counts, limits, names of fields. Never personal data. */
export type ProblemDetails = Record<string, string | number | boolean | null | FieldFault[]>

/** Thrown to end a request, a command or an import with a sentence for a person; anything else thrown is a bug. */
export class Problem extends Error {
  override readonly name: string = 'Problem'
  readonly problem: ProblemName
  readonly code: number
  readonly details: ProblemDetails

  constructor(problem: ProblemName, details: ProblemDetails = {}) {
    super(`${problemCodes[problem]} ${problem}`)
    this.problem = problem
    this.code = problemCodes[problem]
    this.details = details
  }

  /** The HTTP status: the whole part of the code. */
  get status(): number {
    return Math.trunc(this.code)
  }
}
