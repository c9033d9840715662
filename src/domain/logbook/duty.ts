/**
 * When a household must be visited next (หน้าที่ติดตาม): every month for some lists, ever more rarely after help, and on the
 * day that was agreed at the last visit. Whole months count: a visit on any day of a month is that month's visit. The day
 * that is due does not depend on today, so that it can be stored and stays true; only the status does.
 */
import { addDays, addMonths, endOfMonth, monthOf } from '../days.ts'
import { predicatesOf } from './facts.ts'
import type { DutyRule } from './rules/duty.ts'
import type { OutcomesRule } from './rules/outcomes.ts'
import type { CaseState } from './state.ts'

/** Why a visit is due; of two reasons for one day, the first here. */
export const dutyReasons = ['agreed', 'afterHelp', 'monthly'] as const
export type DutyReason = (typeof dutyReasons)[number]

/**
 * `none`: no visit is ever due; `held`: suspended for a reason; `never`: due and never visited; `overdue`: the day is
 * past; `due`: by the end of this month; `done`: nothing more is due this month.
 */
export const dutyStatuses = ['none', 'held', 'never', 'overdue', 'due', 'done'] as const
export type DutyStatus = (typeof dutyStatuses)[number]

export interface Duty {
  /** The last day on which the next visit is in time; null when none is due. */
  dueOn: string | null
  reason: DutyReason | null
  status: DutyStatus
  /** Whether somebody visited in the month of `today`. */
  doneThisMonth: boolean
}

export interface DutyAsked {
  /** Null for a household without entries. */
  state: CaseState | null
  /** The household's lists now: code, and the day of its earliest listing there (null when the list has no date). */
  lists: readonly { code: string; from: string | null }[]
  rules: { duty: DutyRule; outcomes: OutcomesRule }
  /** The day in Thailand. */
  today: string
  /** Holds of the areas the household lies in; they suspend, they do not move the day that is due. */
  areaHolds?: readonly { fromOn: string; untilOn: string }[]
}

export function dutyOf({ state, lists, rules, today, areaHolds = [] }: DutyAsked): Duty {
  const month = monthOf(today)
  const doneThisMonth = state?.visitedMonths.includes(month) ?? false
  const next = nextDuty({ state, lists, rules })
  if (next === null) return { dueOn: null, reason: null, status: 'none', doneThisMonth }
  const isHeld =
    areaHolds.some((hold) => hold.fromOn <= today && today <= hold.untilOn) ||
    (state?.hold != null && today <= holdEnd(state.hold, rules.duty))
  const status = statusOf(next.dueOn, today, (state?.visits ?? 0) > 0, isHeld)
  return { ...next, status, doneThisMonth }
}

function statusOf(dueOn: string, today: string, wasVisited: boolean, isHeld: boolean): DutyStatus {
  if (isHeld) return 'held'
  if (dueOn > endOfMonth(monthOf(today))) return 'done'
  if (!wasVisited) return 'never'
  return dueOn < today ? 'overdue' : 'due'
}

/** The day that is due and why: what is stored beside the case, whatever the day is today. */
export function nextDuty({
  state,
  lists,
  rules,
}: Pick<DutyAsked, 'state' | 'lists' | 'rules'>): { dueOn: string; reason: DutyReason } | null {
  if (state && predicatesOf(state, rules.outcomes).has('left')) return null
  let next: { dueOn: string; reason: DutyReason } | null = null
  const candidates: [DutyReason, string | null][] = [
    ['agreed', state?.nextVisitOn ?? null],
    ['afterHelp', state && afterHelp(state, rules.duty)],
    ['monthly', monthly(state, lists, rules.duty)],
  ]
  for (const [reason, dueOn] of candidates)
    if (dueOn !== null && (next === null || dueOn < next.dueOn)) next = { dueOn, reason }
  if (next === null || !state?.hold) return next
  const until = holdEnd(state.hold, rules.duty)
  // What fell due before or during the hold is due by the end of the month that follows it.
  return next.dueOn <= until ? { ...next, dueOn: endOfMonth(monthOf(addDays(until, 1))) } : next
}

function holdEnd(hold: NonNullable<CaseState['hold']>, rule: DutyRule): string {
  const latest = addDays(hold.fromOn, rule.longestHoldDays)
  return hold.untilOn < latest ? hold.untilOn : latest
}

/** The first month of the watch that no visit has reached; a visit in a later month covers those before it. */
function afterHelp(state: CaseState, { watchMonths }: DutyRule): string | null {
  const { lastOn } = state.assistance
  if (lastOn === null) return null
  const visited = state.lastVisitOn === null ? '' : monthOf(state.lastVisitOn)
  for (const after of watchMonths) {
    const month = addMonths(monthOf(lastOn), after)
    if (month > visited) return endOfMonth(month)
  }
  return null
}

/** By the end of the month after the last visit; before the first visit, of the month in which the duty began. */
function monthly(state: CaseState | null, lists: DutyAsked['lists'], { monthly: duties }: DutyRule): string | null {
  let earliest: string | null = null
  for (const duty of duties) {
    const listing = lists.find(({ code }) => code === duty.list)
    if (!listing) continue
    const start = listing.from !== null && listing.from > duty.from ? listing.from : duty.from
    const first = monthOf(start)
    const following = state?.lastVisitOn ? addMonths(monthOf(state.lastVisitOn), 1) : first
    const dueOn = endOfMonth(following > first ? following : first)
    if (duty.until !== null && dueOn > endOfMonth(monthOf(duty.until))) continue
    if (earliest === null || dueOn < earliest) earliest = dueOn
  }
  return earliest
}
