/**
 * A household's case from its entries: a pure fold, the same for any order of arrival and for entries that arrive twice.
 * Entries count in the order of the day on which they happened, then of their ids. What each rule assumes stands in
 * docs/decisions/0010-the-case.md. It runs on every write and over the whole registry when everything is recounted.
 */
import { effectiveEntries, type EffectiveEntries, type EffectiveEntry } from './effective.ts'
import type { ContentOf, Entry } from './entry.ts'
import { dimensionPicture } from './indicators.ts'
import type { OutcomesRule } from './rules/outcomes.ts'
import type { CaseState, OutcomeCase, ProblemCase } from './state.ts'
import { worthOf } from './worth.ts'

type Of<Kind extends EffectiveEntry['kind']> = Extract<EffectiveEntry, { kind: Kind }>

/** The household that a case is of, and all that its case was made of: itself and those merged into it. */
export interface Home {
  id: string
  family: readonly string[]
}

/**
 * @param entries of the household and of every one merged into it, in any order
 * @param home null where nothing was ever merged
 */
export function fold(
  entries: readonly Entry[],
  rules: { outcomes: OutcomesRule },
  home: Home | null = null,
): CaseState {
  return foldEffective(effectiveEntries(entries), rules, home)
}

/** The same for entries whose versions are settled already. */
export function foldEffective(
  { effective, loose }: EffectiveEntries,
  rules: { outcomes: OutcomesRule },
  home: Home | null = null,
): CaseState {
  const state = emptyState()
  state.entries = effective.length
  state.firstEntryOn = effective[0]?.happenedOn ?? null
  state.lastEntryOn = effective.at(-1)?.happenedOn ?? null
  const building: Building = {
    state,
    problems: new Map(),
    outcomes: new Map(),
    decisions: [],
    steps: new Map(),
    loose: new Set(loose),
  }
  // Problems and proposals first: help may come before the day on which its problem was written down.
  for (const entry of effective) {
    if (entry.kind === 'assessment') assess(building, entry)
    else if (entry.kind === 'outcome') propose(building, entry, rules.outcomes)
  }
  for (const entry of effective) happen(building, entry)
  decide(building)
  if (home) endDuplicates(building, effective, home)
  state.problems = [...building.problems.values()]
  state.plan = [...building.steps.values()]
  state.pictures.reverse()
  state.outcomes = [...building.outcomes.values()]
  state.outcome =
    state.outcomes.findLast((each) => each.state === 'waiting') ??
    state.outcomes.findLast((each) => each.state === 'approved') ??
    state.outcomes.at(-1) ??
    null
  state.visitedMonths = [...new Set(state.visitedMonths)]
  state.loose = [...building.loose].sort()
  return state
}

interface Building {
  state: CaseState
  problems: Map<string, ProblemCase>
  /** By the id of the entry that proposed it. */
  outcomes: Map<string, OutcomeCase>
  decisions: Decision[]
  steps: Map<string, ContentOf<'plan'>['steps'][number]>
  loose: Set<string>
}

function emptyState(): CaseState {
  return {
    entries: 0,
    firstEntryOn: null,
    lastEntryOn: null,
    problems: [],
    pictures: [],
    fourT: null,
    assessedOn: null,
    noProblem: false,
    incomePerPerson: null,
    path: null,
    stage: null,
    visits: 0,
    lastVisitOn: null,
    nextVisitOn: null,
    visitedMonths: [],
    assistance: { count: 0, value: 0, lastOn: null },
    plan: [],
    hold: null,
    outcomes: [],
    outcome: null,
    relapsedOn: null,
    loose: [],
  }
}

function assess({ state, problems }: Building, entry: Of<'assessment'>): void {
  const { id, happenedOn: on, content } = entry
  for (const statement of content.problems) stateProblem(problems, statement, id, on)
  state.assessedOn = on
  // An assessment that neither states a problem nor says there is none leaves the question as it was.
  if (content.noProblem || content.problems.length > 0) state.noProblem = content.noProblem
  if (content.fourT) state.fourT = { ...content.fourT, entryId: id, on }
  state.incomePerPerson = content.incomePerPerson ?? state.incomePerPerson
  state.path = content.path ?? state.path
  state.stage = content.stage ?? state.stage
  const dimensions = dimensionPicture(content.answers, content.problems, { perPerson: content.incomePerPerson, on })
  if (content.noProblem)
    for (const dimension of Object.keys(dimensions) as (keyof typeof dimensions)[])
      if (dimensions[dimension] === 'unknown') dimensions[dimension] = 'pass'
  state.pictures.push({ on, entryId: id, dimensions })
}

/** A problem that is stated again takes the new words; a need or solution left empty does not wipe out what was known. */
function stateProblem(
  problems: Map<string, ProblemCase>,
  statement: ContentOf<'assessment'>['problems'][number],
  entryId: string,
  statedOn: string,
): void {
  const before = problems.get(statement.id)
  problems.set(statement.id, {
    id: statement.id,
    dimension: statement.dimension,
    indicator: statement.indicator,
    memberId: statement.memberId,
    problem: statement.problem,
    need: statement.need || before?.need || null,
    solution: statement.solution || before?.solution || null,
    entryId,
    statedOn,
    assistance: [],
    result: null,
    relapsedOn: null,
    state: 'open',
  })
}

function propose({ outcomes }: Building, entry: Of<'outcome'>, rules: OutcomesRule): void {
  const { outcome } = entry.content
  const needsApproval = rules.find(({ code }) => code === outcome)?.needsApproval ?? true
  outcomes.set(entry.id, {
    entryId: entry.id,
    versionId: entry.versionId,
    outcome,
    on: entry.happenedOn,
    accountId: entry.accountId,
    ...(entry.content.sameAs === undefined ? {} : { sameAs: entry.content.sameAs }),
    state: needsApproval ? 'waiting' : 'approved',
    decidedBy: null,
  })
}

function happen(building: Building, entry: EffectiveEntry): void {
  const { state } = building
  switch (entry.kind) {
    case 'visit':
    case 'followUp':
      state.visits += 1
      state.lastVisitOn = entry.happenedOn
      state.nextVisitOn = entry.content.nextOn
      state.visitedMonths.push(entry.happenedOn.slice(0, 7))
      break
    case 'plan':
      for (const step of entry.content.steps) building.steps.set(step.id, step)
      break
    case 'assistance':
      assist(building, entry)
      break
    case 'result':
      for (const { problemId, result, words } of entry.content.results)
        withProblem(building, problemId, entry.id, (problem) => {
          problem.result = { entryId: entry.id, result, on: entry.happenedOn, words }
          problem.state = result
        })
      break
    case 'relapse':
      for (const problemId of entry.content.problemIds)
        withProblem(building, problemId, entry.id, (problem) => {
          problem.result = null
          problem.relapsedOn = entry.happenedOn
          problem.state = 'relapsed'
          state.relapsedOn = entry.happenedOn
        })
      break
    case 'hold':
      state.hold = {
        fromOn: entry.happenedOn,
        untilOn: entry.content.untilOn,
        reason: entry.content.reason,
        entryId: entry.id,
      }
      break
    case 'outcomeDecision':
      building.decisions.push(entry)
      break
    case 'assessment':
    case 'outcome':
      break
  }
}

function assist(building: Building, entry: Of<'assistance'>): void {
  const { assistance } = building.state
  assistance.count += 1
  assistance.value += worthOf(entry.content) ?? 0
  assistance.lastOn = entry.happenedOn
  for (const problemId of entry.content.problemIds)
    withProblem(building, problemId, entry.id, (problem) => {
      if (problem.assistance.at(-1) !== entry.id) problem.assistance.push(entry.id)
      if (problem.result === null) problem.state = 'helped'
    })
}

function withProblem(building: Building, id: string, entryId: string, act: (problem: ProblemCase) => void): void {
  const problem = building.problems.get(id)
  if (problem) act(problem)
  else building.loose.add(entryId)
}

/**
 * Waiting → approved or refused; approved → undone, for good. A decision counts only for the version that it names: a
 * proposal that was corrected after its approval waits again. Of two verdicts the first made counts.
 */
function decide({ outcomes, decisions, loose }: Building): void {
  const open = new Set(decisions)
  for (const outcome of outcomes.values()) {
    const named = decisions.filter(({ content }) => content.outcomeId === outcome.versionId)
    const verdict = outcome.state === 'waiting' && first(named, (decision) => decision !== 'undo')
    if (verdict) {
      open.delete(verdict)
      outcome.state = verdict.content.decision === 'approve' ? 'approved' : 'refused'
      outcome.decidedBy = verdict.accountId
    }
    const undo = outcome.state === 'approved' && first(named, (decision) => decision === 'undo')
    if (undo) {
      open.delete(undo)
      outcome.state = 'undone'
      outcome.decidedBy = undo.accountId
    }
  }
  for (const { id } of open) loose.add(id)
}

/** Once two are one household, that one of them was a duplicate says nothing of the one that stayed. */
function endDuplicates({ outcomes }: Building, effective: readonly EffectiveEntry[], { id, family }: Home): void {
  const isEnded = ({ householdId = id, ...entry }: Of<'outcome'>) =>
    entry.content.outcome === 'duplicate' &&
    (householdId !== id || (entry.content.sameAs !== undefined && family.includes(entry.content.sameAs)))
  for (const entry of effective)
    if (entry.kind === 'outcome' && isEnded(entry)) outcomes.get(entry.id)!.state = 'undone'
}

type Decision = Of<'outcomeDecision'>

/** The first made: the one with the smallest id, whatever day it names. */
function first(
  decisions: Decision[],
  isMeant: (decision: Decision['content']['decision']) => boolean,
): Decision | null {
  let found: Decision | null = null
  for (const each of decisions)
    if (isMeant(each.content.decision) && (found === null || each.id < found.id)) found = each
  return found
}
