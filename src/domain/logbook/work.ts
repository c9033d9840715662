/** What a case leaves for somebody to do, as it is stored beside the case for the work lists. */
import type { CaseState } from './state.ts'

/**
 * In the order in which they are stored: `outcome` — a proposed special outcome waits for approval; `relapse` — the
 * trouble came back and was not helped since; `result` — help was given and a helped problem has no result.
 */
export const waitingCodes = ['outcome', 'relapse', 'result'] as const
export type WaitingCode = (typeof waitingCodes)[number]

/** Each code with the day since which it waits: `result:2026-08-01`; the last day that there is where nothing tells. */
export function waitingOf(
  state: Pick<CaseState, 'problems' | 'outcome' | 'relapsedOn' | 'assistance'>,
): `${WaitingCode}:${string}`[] {
  const sinceByCode: Record<WaitingCode, string | null | undefined> = {
    outcome: state.outcome?.state === 'waiting' ? state.outcome.on : undefined,
    relapse: state.problems.some((problem) => problem.state === 'relapsed') ? state.relapsedOn : undefined,
    result: withoutResult(state).length > 0 ? state.assistance.lastOn : undefined,
  }
  return waitingCodes.flatMap((code) => {
    const since = sinceByCode[code]
    return since === undefined ? [] : [`${code}:${since ?? lastDay}` as const]
  })
}

/** Stands behind every day that there is. */
export const lastDay = '9999-12-31'

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

/**
 * since: what has waited longest first; address: village by village, then house number. Who is not recorded or not
 * visited waits since the list came, all alike, so those lists are always by address.
 */
export const worklistSorts = ['since', 'address'] as const
export type WorklistSort = (typeof worklistSorts)[number]

export function isSortedByAddress(list: Worklist, sort: WorklistSort): boolean {
  return sort === 'address' || list === 'notRecorded' || list === 'neverVisited'
}
