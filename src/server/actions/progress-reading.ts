/** Which days and facts the progress of an area is read for. */
import { addDays, addMonths, daysBetween, endOfMonth, monthOf } from '../../domain/days.ts'
import { targetFact, visitedFact } from '../../domain/logbook/rules/facts.ts'
import { smallest, type SetCounts } from '../../domain/suppression.ts'
import type { Db } from '../db/database.ts'
import { readProgress, type FactOnDay, type ProgressQuestion } from '../queries/progress.ts'
import { isOn, prepareProtection, type PastDecisions, type Protection } from './progress-protection.ts'

/** Households on any of these lists, each once; null for all. */
export type Lists = readonly string[] | null

export interface Plan {
  area: string
  asOf: string
  today: string
  /** Codes of every counted fact, the target first. */
  facts: readonly string[]
  /** What the milestones count, and the choices of lists that are shown. */
  milestoneFacts: readonly string[]
  choices: readonly Lists[]
  measure: { fact: string; lists: Lists }
  curveDays: readonly string[]
  months: readonly string[]
  isRestricted: boolean
}

export const weeksOfPace = 6
const mostPoints = 70
/** For those who see totals only, every point must be decided with all its neighbours: fewer points. */
const mostProtectedPoints = 9
export const monthsShown = 13

/** Days of the curve, rising, the last is `asOf`; the same for everybody with the same question. */
export function curveDaysOf(from: string, asOf: string, isRestricted: boolean): string[] {
  const length = daysBetween(from, asOf)
  if (length <= 0) return [asOf]
  if (!isRestricted) {
    const step = Math.ceil(length / (mostPoints - 1))
    const days = []
    for (let back = 0; back <= length; back += step) days.unshift(addDays(asOf, -back))
    return days
  }
  const ends = []
  for (let month = monthOf(from); endOfMonth(month) < asOf; month = addMonths(month, 1)) ends.push(endOfMonth(month))
  const step = Math.ceil(ends.length / (mostProtectedPoints - 1))
  return [...ends.filter((_, index) => (ends.length - 1 - index) % step === 0), asOf]
}

/** The month of `asOf` and those before it, in order. */
export function monthsOf(asOf: string): string[] {
  return Array.from({ length: monthsShown }, (_, index) => addMonths(monthOf(asOf), index - monthsShown + 1))
}

/** The day at whose end a month's households are counted. */
export function dayOfMonth(month: string, asOf: string): string {
  const end = endOfMonth(month)
  return end < asOf ? end : asOf
}

export interface Progress {
  /** Areas directly below that households stood in, in order. */
  childCodes: string[]
  /** Households for whom the fact held; exact, whoever asks. */
  count(area: string, fact: string, day: string, lists: Lists): number
  /** Whether the count is kept back. */
  isHidden(area: string, fact: string, day: string, lists: Lists): boolean
  /** Codes of the lists that those of a fact stood on. */
  listsUsed(area: string, fact: string, day: string): Set<string>
}

/**
 * Reads all that a plan needs in one statement.
 *
 * @param knownChildren codes directly below the area; of a village, those in its subdistrict
 * @param past what was decided before of days that are over
 */
export async function readPlan(
  db: Db,
  plan: Plan,
  knownChildren: readonly string[],
  past: PastDecisions,
): Promise<Progress> {
  const shown = shownOf(plan)
  const protection = plan.isRestricted ? prepareProtection(plan, shown, past) : null
  const reading = await readProgress(db, questionOf(plan, shown, knownChildren, protection))
  const { area } = plan
  const digits = Math.min(area.length + 2, 8)
  const found = reading.codes.filter((code) => code.length === digits)
  const childCodes = area.length < 8 ? found : []
  // Of a village these are its neighbours, itself among them.
  const below = [...new Set([...knownChildren, ...found])].toSorted()
  const isHidden = protection?.decide(below, reading) ?? (() => false)
  return {
    childCodes,
    count: (code, fact, day, lists) => sumOf(reading.counts(code, fact, day), lists),
    isHidden,
    listsUsed: (code, fact, day) =>
      new Set([...reading.counts(code, fact, day).keys()].flatMap((set) => (set === '' ? [] : set.split(',')))),
  }
}

function shownOf({ asOf, facts, milestoneFacts, curveDays, months, measure }: Plan): FactOnDay[] {
  return distinct([
    ...[...facts, ...milestoneFacts].map((fact) => ({ fact, day: asOf })),
    ...curveDays.flatMap((day) => [targetFact, measure.fact].map((fact) => ({ fact, day }))),
    ...months.flatMap((month) => [
      { fact: visitedFact(month), day: asOf },
      { fact: visitedFact(month), day: dayOfMonth(month, asOf) },
      { fact: targetFact, day: dayOfMonth(month, asOf) },
    ]),
  ])
}

function questionOf(
  plan: Plan,
  shown: readonly FactOnDay[],
  knownChildren: readonly string[],
  protection: Protection | null,
): ProgressQuestion {
  const { area, asOf, isRestricted } = plan
  const own = distinct([...shown, ...paceDays(asOf).flatMap((day) => paceFacts(plan).map((fact) => ({ fact, day })))])
  // What lies in the area has no say in what is kept back of it, and shows nothing but what is measured.
  const ofChildren = [targetFact, plan.measure.fact].map((fact) => ({ fact, day: asOf }))
  const villagesOf: ProgressQuestion['villagesOf'][number][] = []
  if (area.length === 6) villagesOf.push({ area, facts: [targetFact, plan.measure.fact], days: [asOf] })
  else if (area.length === 8) {
    const days = [...new Set(own.map(({ day }) => day))].toSorted()
    const facts = [...new Set(own.map(({ fact }) => fact))]
    villagesOf.push({ area: isRestricted ? area.slice(0, 6) : area, facts, days })
  }
  return {
    areas: [...(area.length < 8 ? [{ area, asked: own }] : []), ...(protection?.asked ?? [])],
    childrenOf: area.length < 6 ? { area, known: knownChildren, asked: ofChildren } : null,
    villagesOf,
  }
}

export function paceDays(asOf: string): string[] {
  return Array.from({ length: weeksOfPace + 1 }, (_, week) => addDays(asOf, -7 * (weeksOfPace - week)))
}

function paceFacts(plan: Plan): string[] {
  return [...new Set([targetFact, plan.measure.fact, ...plan.milestoneFacts])]
}

function distinct(asked: readonly FactOnDay[]): FactOnDay[] {
  return [...new Map(asked.map((one) => [`${one.fact} ${one.day}`, one])).values()]
}

export function sumOf(counts: SetCounts, lists: Lists): number {
  let sum = 0
  for (const [set, count] of counts) if (isOn(set, lists)) sum += count
  return sum
}

/** Whether a count may be told to somebody who sees totals only, taken by itself. */
export function isTellable(count: number): boolean {
  return count === 0 || count >= smallest
}
