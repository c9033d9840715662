/** What a case leaves for somebody to do, as it is stored beside the case for the work lists. */
import type { CaseState } from './state.ts'

/**
 * In the order in which they are stored: `outcome` — a proposed special outcome waits for approval; `relapse` — the
 * trouble came back and was not helped since; `result` — help was given and a helped problem has no result.
 */
export const waitingCodes = ['outcome', 'relapse', 'result'] as const
export type WaitingCode = (typeof waitingCodes)[number]

export function waitingOf(state: Pick<CaseState, 'problems' | 'outcome'>): WaitingCode[] {
  const isWaiting: Record<WaitingCode, boolean> = {
    outcome: state.outcome?.state === 'waiting',
    relapse: state.problems.some((problem) => problem.state === 'relapsed'),
    result: withoutResult(state).length > 0,
  }
  return waitingCodes.filter((code) => isWaiting[code])
}

/** Problems that somebody was helped with and of which nobody has recorded what became. */
export function withoutResult({ problems }: Pick<CaseState, 'problems'>): CaseState['problems'] {
  return problems.filter((problem) => problem.assistance.length > 0 && problem.state === 'helped')
}

/**
 * The work lists, most pressing first. `overdue`: the day of a visit is past and nobody holds the area; `dueThisMonth`:
 * a visit is due from today to the month's end; `notRecorded`: the fact does not hold yet; `neverVisited`: nobody has
 * been there. The others are what waits.
 */
export const worklists = [
  'overdue',
  'dueThisMonth',
  'outcomeWaiting',
  'relapsed',
  'resultMissing',
  'notRecorded',
  'neverVisited',
] as const
export type Worklist = (typeof worklists)[number]

export const waitingOfList = {
  outcomeWaiting: 'outcome',
  relapsed: 'relapse',
  resultMissing: 'result',
} as const satisfies Partial<Record<Worklist, WaitingCode>>

/** since: what has waited longest first; address: village by village, then house number. */
export const worklistSorts = ['since', 'address'] as const
export type WorklistSort = (typeof worklistSorts)[number]
