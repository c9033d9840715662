/**
 * The rules of an entry that need a clock, the household's lists or its other entries. Each fault is a numbered problem
 * (domain/problem.ts) that says what happened and what to do; what was typed is never lost.
 */
import { endOfMonth } from '../days.ts'
import type { ProblemName } from '../problem.ts'
import { effectiveEntries, versionsHolding, type EffectiveEntries } from './effective.ts'
import type { Entry, EntryDraft, Replacement } from './entry.ts'
import { foldEffective } from './fold.ts'
import type { OutcomesRule } from './rules/outcomes.ts'
import type { CaseState } from './state.ts'
import { sharesExceedValue } from './worth.ts'

export interface EntryFault {
  /** Name of the problem that a person is shown. */
  fault: EntryFaultName
  /** Path in the draft: `happenedOn`, `content.nextOn`, `content.results.1.problemId`, … */
  field: string
  /** For `buddhistYear`, the day that was probably meant; null otherwise. */
  suggestion: string | null
}

export const entryFaultNames = [
  'buddhistYear',
  'futureDay',
  'dayBeforeList',
  'dayTooLongAgo',
  'dayBeforeEntry',
  'unknownProblem',
  'unknownOutcome',
  'outcomeDecided',
  'outcomeNotApproved',
  'outcomeApproved',
  'ownProposal',
  'unknownEntry',
  'correctedMeanwhile',
  'otherKind',
  'decisionStands',
  'sharesExceedValue',
  'unknownHousehold',
] as const satisfies readonly ProblemName[]
export type EntryFaultName = (typeof entryFaultNames)[number]

export interface EntryContext {
  /** The day in Thailand. */
  today: string
  /** The earliest day of the lists on which the household stands; null when none has one. */
  listDate: string | null
  /** Who sends the entry. */
  accountId: string
  rules: { outcomes: OutcomesRule }
  /** Other households that the sender may see: only these can be named. None where it is absent. */
  others?: ReadonlySet<string>
}

/**
 * Everything that is wrong with a new entry, in the order of its fields; empty when it can be stored. Whether the same id
 * was stored before with other content is the storage's to see; the entry itself, sent again, is not held against it.
 * @param existing the household's entries and those of every household merged into it
 */
export function checkEntry(existing: readonly Entry[], draft: EntryDraft, context: EntryContext): EntryFault[] {
  const others = effectiveEntries(existing.filter(({ id }) => id !== draft.id))
  const state = foldEffective(others, context.rules)
  const faults = dayFaults(draft, 'happenedOn', context)
  if (draft.kind === 'correction') faults.push(...correctionFaults(draft, others, state, context))
  else faults.push(...statedFaults(draft, 'content', others, state, context))
  return faults
}

type Stated = Exclude<EntryDraft, { kind: 'correction' }>
type Saying = Pick<Stated, 'kind' | 'happenedOn' | 'content'> & (Stated | NonNullable<Replacement>)

function fault(name: EntryFaultName, field: string, suggestion: string | null = null): EntryFault {
  return { fault: name, field, suggestion }
}

/** From here on a year can only be of the Buddhist era. */
const firstBuddhistYear = 2400

function buddhistYear(day: string, field: string): EntryFault[] {
  const year = Number(day.slice(0, 4))
  if (year < firstBuddhistYear) return []
  const month = `${year - 543}-${day.slice(5, 7)}`
  // 29 February of a year that has none.
  const last = endOfMonth(month)
  const meant = `${month}-${day.slice(8)}`
  return [fault('buddhistYear', field, meant < last ? meant : last)]
}

/** Help may have come before a list named the household, but not longer ago than this. */
const yearsOfEarlierHelp = 10
/** Where no list has a day, nobody recorded anything longer ago than this: the year was mistyped. */
const yearsOfEarlierEntries = 100

function dayFaults(saying: { kind: string; happenedOn: string }, field: string, context: EntryContext): EntryFault[] {
  const { kind, happenedOn: day } = saying
  const buddhist = buddhistYear(day, field)
  if (buddhist.length > 0) return buddhist
  if (day > context.today) return [fault('futureDay', field)]
  if (kind === 'correction') return []
  if (context.listDate === null) {
    const years = kind === 'assistance' ? yearsOfEarlierHelp : yearsOfEarlierEntries
    return day < yearsBefore(context.today, years) ? [fault('dayTooLongAgo', field)] : []
  }
  const earliest = kind === 'assistance' ? yearsBefore(context.listDate, yearsOfEarlierHelp) : context.listDate
  return day < earliest ? [fault('dayBeforeList', field)] : []
}

function yearsBefore(day: string, years: number): string {
  return `${String(Number(day.slice(0, 4)) - years).padStart(4, '0')}${day.slice(4)}`
}

/** What a content says, whether in an entry of its own or in a correction; `at` is the path to it. */
function statedFaults(
  saying: Saying,
  at: string,
  others: EffectiveEntries,
  state: CaseState,
  context: EntryContext,
): EntryFault[] {
  switch (saying.kind) {
    case 'visit':
    case 'followUp':
      return laterDay(saying.content.nextOn, `${at}.nextOn`, saying.happenedOn)
    case 'hold':
      return laterDay(saying.content.untilOn, `${at}.untilOn`, saying.happenedOn)
    case 'plan':
      return saying.content.steps.flatMap((step, index) => [
        ...(step.dueOn === null ? [] : buddhistYear(step.dueOn, `${at}.steps.${index}.dueOn`)),
        ...unknownProblems(
          state,
          step.problemId === null ? [] : [step.problemId],
          () => `${at}.steps.${index}.problemId`,
        ),
      ])
    case 'assistance':
      return [
        ...unknownProblems(state, saying.content.problemIds, (index) => `${at}.problemIds.${index}`),
        ...(sharesExceedValue(saying.content) ? [fault('sharesExceedValue', `${at}.value`)] : []),
      ]
    case 'relapse':
      return unknownProblems(state, saying.content.problemIds, (index) => `${at}.problemIds.${index}`)
    case 'result':
      return unknownProblems(
        state,
        saying.content.results.map(({ problemId }) => problemId),
        (index) => `${at}.results.${index}.problemId`,
      )
    case 'outcomeDecision':
      return decisionFaults(saying.content, `${at}.outcomeId`, others, state, context)
    case 'outcome': {
      const { sameAs } = saying.content
      return sameAs === undefined || context.others?.has(sameAs) ? [] : [fault('unknownHousehold', `${at}.sameAs`)]
    }
    case 'assessment':
      return []
  }
}

function laterDay(day: string | null, field: string, happenedOn: string): EntryFault[] {
  if (day === null) return []
  const buddhist = buddhistYear(day, field)
  if (buddhist.length > 0) return buddhist
  return day <= happenedOn ? [fault('dayBeforeEntry', field)] : []
}

function unknownProblems(state: CaseState, ids: readonly string[], field: (index: number) => string): EntryFault[] {
  return ids.flatMap((id, index) =>
    state.problems.some((problem) => problem.id === id) ? [] : [fault('unknownProblem', field(index))],
  )
}

function decisionFaults(
  { outcomeId, decision }: Extract<EntryDraft, { kind: 'outcomeDecision' }>['content'],
  field: string,
  { versions }: EffectiveEntries,
  state: CaseState,
  { accountId }: EntryContext,
): EntryFault[] {
  const found = versionsHolding(versions, outcomeId)
  if (found?.original.kind !== 'outcome' || found.effective === null) return [fault('unknownOutcome', field)]
  if (found.versionId !== outcomeId) return [fault('correctedMeanwhile', field)]
  const outcome = state.outcomes.find(({ entryId }) => entryId === found.original.id)
  if (decision === 'undo') return outcome?.state === 'approved' ? [] : [fault('outcomeNotApproved', field)]
  if (outcome?.state !== 'waiting') return [fault('outcomeDecided', field)]
  const writers = [found.original, ...found.corrections].map((entry) => entry.accountId)
  return writers.includes(accountId) ? [fault('ownProposal', field)] : []
}

function correctionFaults(
  { content }: Extract<EntryDraft, { kind: 'correction' }>,
  others: EffectiveEntries,
  state: CaseState,
  context: EntryContext,
): EntryFault[] {
  const { corrects, replacement } = content
  const found = versionsHolding(others.versions, corrects)
  if (!found) return [fault('unknownEntry', 'content.corrects')]
  if (found.original.kind === 'outcomeDecision') return [fault('decisionStands', 'content.corrects')]
  if (found.versionId !== corrects) return [fault('correctedMeanwhile', 'content.corrects')]
  // Whoever may record could else take away what only somebody with the right to approve may undo.
  const isApproved = ({ entryId, state: now, decidedBy }: CaseState['outcomes'][number]) =>
    entryId === found.original.id && now === 'approved' && decidedBy !== null
  if (state.outcomes.some(isApproved)) return [fault('outcomeApproved', 'content.corrects')]
  if (replacement === null) return []
  if (replacement.kind !== found.original.kind) return [fault('otherKind', 'content.replacement.kind')]
  const { effective } = found
  // Whoever corrects something else need not see the household that somebody has named.
  const named = effective?.kind === 'outcome' ? effective.content.sameAs : undefined
  const seen = named === undefined ? context : { ...context, others: new Set([named, ...(context.others ?? [])]) }
  return [
    ...dayFaults(replacement, 'content.replacement.happenedOn', context),
    ...statedFaults(replacement, 'content.replacement.content', others, state, seen),
  ]
}
