/**
 * The arithmetic of milestones. Thresholds are tested on whole numbers, never on a rounded per cent: 63,974 of 85,300
 * prints 75.00 and is not reached. 0 of 0 is not applicable.
 */
import { addDays, daysBetween } from '../days.ts'

/** Per cent with two decimals, half up, from whole numbers; null when there is nothing to be counted. */
export function percentText(done: number, target: number): string | null {
  if (target === 0) return null
  const hundredths = Math.floor((20_000 * done + target) / (2 * target))
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}

/** Whether `share` per cent of `target` are done; nothing of nothing is not. */
export function isReached(done: number, target: number, share: number): boolean {
  return target > 0 && 100 * done >= share * target
}

/** The fewest households that reach the share. */
export function neededFor(target: number, share: number): number {
  return Math.ceil((share * target) / 100)
}

/** Households still missing to reach the share; 0 once it is reached. */
export function gapTo(done: number, target: number, share: number): number {
  return Math.max(0, neededFor(target, share) - done)
}

/**
 * `open`: there is still time; `missed`: the day is past and the share was not reached; `reached`;
 * `notApplicable`: nobody to be counted.
 */
export const milestoneStatuses = ['reached', 'open', 'missed', 'notApplicable'] as const
export type MilestoneStatus = (typeof milestoneStatuses)[number]

/** @param asOf the day at whose end `done` and `target` were counted; the milestone's own last day can still be met */
export function milestoneStatus(
  done: number,
  target: number,
  share: number,
  asOf: string,
  dueOn: string,
): MilestoneStatus {
  if (target === 0) return 'notApplicable'
  if (isReached(done, target, share)) return 'reached'
  return asOf < dueOn ? 'open' : 'missed'
}

export interface Pace {
  /** Days from the day counted to the last day, the last included. */
  daysLeft: number
  /** Households per day and per week, rounded up, so that keeping to it is enough. */
  perDay: number
  perWeek: number
}

/** What must be done each day and week to close the gap in time; null when nothing is missing or no day is left. */
export function paceNeeded(gap: number, asOf: string, dueOn: string): Pace | null {
  const daysLeft = daysBetween(asOf, dueOn)
  if (gap <= 0 || daysLeft <= 0) return null
  return { daysLeft, perDay: Math.ceil(gap / daysLeft), perWeek: Math.min(gap, Math.ceil((gap * 7) / daysLeft)) }
}

/** A point of a curve: how many at the end of a day. A day without a point is like the day before it. */
export interface CurvePoint {
  day: string
  done: number
}

/** How many at the end of a day; 0 before the first point. @param points by day, rising */
export function doneAt(points: readonly CurvePoint[], day: string): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (points[middle]!.day <= day) low = middle + 1
    else high = middle
  }
  return low === 0 ? 0 : points[low - 1]!.done
}

export interface Forecast {
  /** Households per week in the weeks looked at: their mean, rounded. */
  perWeek: number
  /** At the end of the last day: if it goes on as on average, and one spread slower or faster. */
  expected: number
  low: number
  high: number
  /** The day on which the share is reached at the average pace; null when that is more than ten years off, or never. */
  reachedOn: string | null
}

const weeksLookedAt = 6
const fewestWeeks = 3
/** A household every other week leads thousands of years ahead: a day that no calendar writes, and nobody plans for. */
const longestDays = 3650

/**
 * Where the curve leads if the coming weeks are like the last six: the mean of their weekly gains, and as the band the
 * mean plus and minus one standard deviation. No season and no hurry before a deadline is guessed. Null with fewer than
 * three whole weeks of curve, or when the last day has come.
 */
export function forecast(
  points: readonly CurvePoint[],
  { asOf, dueOn, target, share }: { asOf: string; dueOn: string; target: number; share: number },
): Forecast | null {
  const first = points[0]
  const daysLeft = daysBetween(asOf, dueOn)
  if (!first || daysLeft <= 0 || target === 0) return null
  const weeks = Math.min(weeksLookedAt, Math.floor(daysBetween(first.day, asOf) / 7))
  if (weeks < fewestWeeks) return null
  const gains = Array.from(
    { length: weeks },
    (_, week) => doneAt(points, addDays(asOf, -7 * week)) - doneAt(points, addDays(asOf, -7 * (week + 1))),
  )
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / weeks
  const spread = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (weeks - 1))
  const done = doneAt(points, asOf)
  const at = (perWeek: number) => Math.min(target, Math.max(0, Math.round(done + (perWeek * daysLeft) / 7)))
  const gap = gapTo(done, target, share)
  const days = gap === 0 ? 0 : mean > 0 ? Math.ceil((gap * 7) / mean) : null
  return {
    perWeek: Math.round(mean),
    expected: at(mean),
    // Entries can be taken back, but nobody plans for a curve that falls.
    low: at(Math.min(mean, Math.max(0, mean - spread))),
    high: at(mean + spread),
    reachedOn: days !== null && days <= longestDays ? addDays(asOf, days) : null,
  }
}
