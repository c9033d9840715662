/** What a case leaves for somebody to do, as it is stored beside the case for the work lists. */
import type { CaseState } from './state.ts'

/**
 * In the order in which they are stored: `outcome` — a proposed special outcome waits for approval; `relapse` — the
 * trouble came back and was not helped since; `result` — help was given, and a helped problem has no result or, where
 * nobody wrote down what the help was meant for, no problem at all has one.
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

/**
 * Problems of which nobody has recorded what became: those that somebody was helped with; and, as long as no problem has
 * a result, the open ones of a household that had any help. Help for many households at once names no problem, and such
 * a household counts as helped: without this, nobody would ask what came of it.
 */
export function withoutResult({
  problems,
  assistance,
}: Pick<CaseState, 'problems' | 'assistance'>): CaseState['problems'] {
  const isAnyOwed = assistance.count > 0 && problems.every(({ result }) => result === null)
  return problems.filter(({ state }) => state === 'helped' || (isAnyOwed && state === 'open'))
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
