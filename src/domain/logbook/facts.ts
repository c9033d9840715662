/** The facts of a case: what it says (predicates), and which counted facts follow from that by the rules. */
import { targetFact, visitedFact, type FactsRule } from './rules/facts.ts'
import type { OutcomesRule } from './rules/outcomes.ts'
import type { CaseState, Predicate } from './state.ts'

/** Everything that holds of a case. A household without entries has none. */
export function predicatesOf(state: CaseState, outcomes: OutcomesRule): Set<Predicate> {
  const found = new Set<Predicate>()
  const { problems } = state
  const results = problems.filter(({ result }) => result !== null).length
  const holds = (predicate: Predicate, isTrue: boolean) => isTrue && found.add(predicate)
  holds('assessed', state.assessedOn !== null)
  holds('complete', problems.length === 0 ? state.noProblem : problems.every(({ need, solution }) => need && solution))
  holds('noProblem', state.noProblem && problems.every((problem) => isSolved(problem.state)))
  holds(
    'planned',
    state.plan.some((step) => step.state !== 'dropped'),
  )
  holds('visited', state.visits > 0)
  holds('assisted', state.assistance.count > 0)
  holds('resultRecorded', results > 0)
  holds('allResults', results > 0 && results === problems.length)
  holds('allSolved', problems.length > 0 && problems.every((problem) => isSolved(problem.state)))
  holds(
    'relapsed',
    problems.some((problem) => problem.relapsedOn !== null && problem.result === null),
  )
  holds(
    'left',
    approvedOutcomes(state, outcomes).some(({ effect }) => effect === 'leaves'),
  )
  return found
}

/**
 * Codes of every fact that holds, in code order: `target` and `visited-YYYY-MM` beside those of the rules.
 * @param state null for a household without entries
 */
export function factsOf(state: CaseState | null, rules: { facts: FactsRule; outcomes: OutcomesRule }): string[] {
  const holding = state ? predicatesOf(state, rules.outcomes) : new Set<Predicate>()
  const codes = new Set<string>()
  for (const { code, all, none } of rules.facts)
    if (all.every((each) => holding.has(each)) && !none.some((each) => holding.has(each))) codes.add(code)
  if (!holding.has('left')) {
    codes.add(targetFact)
    if (state) {
      for (const month of state.visitedMonths) codes.add(visitedFact(month))
      for (const { countsAs } of approvedOutcomes(state, rules.outcomes)) for (const code of countsAs) codes.add(code)
    }
  }
  return [...codes].sort()
}

function approvedOutcomes(state: CaseState, outcomes: OutcomesRule): OutcomesRule {
  if (state.outcomes.length === 0) return []
  return state.outcomes.flatMap((each) =>
    each.state === 'approved' ? outcomes.filter(({ code }) => code === each.outcome) : [],
  )
}

function isSolved(state: CaseState['problems'][number]['state']): boolean {
  return state === 'solved' || state === 'bySelf'
}
