/** Which days and facts the progress of an area is read for, and what is kept back of them from those who see totals only. */
import { areaPath } from '../../domain/area.ts'
import { addDays, addMonths, daysBetween, endOfMonth, monthOf } from '../../domain/days.ts'
import { targetFact, visitedFact } from '../../domain/logbook/rules/facts.ts'
import { hiddenAtTop, hiddenOfChildren, smallest, totalColumn, type SetCounts } from '../../domain/suppression.ts'
import { areaDirectory } from '../areas/directory.ts'
import type { Db } from '../db/database.ts'
import { readProgress, type FactOnDay, type ProgressQuestion, type ProgressReading } from '../queries/progress.ts'

/** Households on any of these lists, each once; null for all. */
export type Lists = readonly string[] | null

export interface Plan {
  area: string
  asOf: string
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
 */
export async function readPlan(db: Db, plan: Plan, knownChildren: readonly string[]): Promise<Progress> {
  const reading = await readProgress(db, questionOf(plan, knownChildren))
  const { area } = plan
  const digits = Math.min(area.length + 2, 8)
  const found = reading.codes.filter((code) => code.length === digits)
  const childCodes = area.length < 8 ? found : []
  // Of a village these are its neighbours, itself among them.
  const below = [...new Set([...knownChildren, ...found])].toSorted()
  const protection = plan.isRestricted ? createProtection(plan, below, reading) : null
  return {
    childCodes,
    count: (code, fact, day, lists) => sumOf(reading.counts(code, fact, day), lists),
    isHidden: (code, fact, day, lists) => protection?.(code, fact, day, lists) ?? false,
    listsUsed: (code, fact, day) =>
      new Set([...reading.counts(code, fact, day).keys()].flatMap((set) => (set === '' ? [] : set.split(',')))),
  }
}

function questionOf(plan: Plan, knownChildren: readonly string[]): ProgressQuestion {
  const { area, asOf, isRestricted } = plan
  const shown = distinct([
    ...[...plan.facts, ...plan.milestoneFacts].map((fact) => ({ fact, day: asOf })),
    ...plan.curveDays.flatMap((day) => [targetFact, plan.measure.fact].map((fact) => ({ fact, day }))),
    ...plan.months.flatMap((month) => [
      { fact: visitedFact(month), day: asOf },
      { fact: visitedFact(month), day: dayOfMonth(month, asOf) },
      { fact: targetFact, day: dayOfMonth(month, asOf) },
    ]),
  ])
  const own = distinct([...shown, ...paceDays(asOf).flatMap((day) => paceFacts(plan).map((fact) => ({ fact, day })))])
  // What lies in the area has no say in what is kept back of it, and shows nothing but what is measured.
  const ofChildren = [targetFact, plan.measure.fact].map((fact) => ({ fact, day: asOf }))
  const areas = area.length < 8 ? [{ area, asked: own }] : []
  if (isRestricted)
    for (const step of areaPath(area).slice(0, -1)) {
      areas.push({ area: step, asked: shown })
      const siblings = step.length < 6 ? areaDirectory().childCodes(step) : []
      for (const code of siblings) if (code !== area) areas.push({ area: code, asked: shown })
    }
  const villagesOf: ProgressQuestion['villagesOf'][number][] = []
  if (area.length === 6) villagesOf.push({ area, facts: [targetFact, plan.measure.fact], days: [asOf] })
  else if (area.length === 8) {
    const days = [...new Set(own.map(({ day }) => day))].toSorted()
    const facts = [...new Set(own.map(({ fact }) => fact))]
    villagesOf.push({ area: isRestricted ? area.slice(0, 6) : area, facts, days })
  }
  return {
    areas,
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

function isOn(set: string, lists: Lists): boolean {
  return lists === null || (set !== '' && set.split(',').some((code) => lists.includes(code)))
}

/**
 * Decides what is kept back, from the nation down and each area in the light of its neighbours, for a fact and for the
 * households of the target that it does not hold for: the one is the target less the other. A choice of several lists is
 * a column like a list, under a name of its own.
 */
function createProtection(plan: Plan, children: readonly string[], { counts, sets: rawSets }: ProgressReading) {
  const several = plan.choices.filter((lists): lists is readonly string[] => lists !== null && lists.length > 1)
  const unions = [...new Map(several.map((lists) => [unionColumn(lists), lists])).values()]
  const singles = new Set(plan.choices.flatMap((lists) => lists ?? []))
  const columns = [totalColumn, ...singles, ...unions.map(unionColumn)]
  const marked = remembered((set: string) => {
    const marks = unions.filter((lists) => isOn(set, lists)).map(unionColumn)
    return [...(set === '' ? [] : [set]), ...marks].join(',')
  })
  const known = new Map<string, SetCounts>()
  const setsOf = (area: string, fact: string, day: string): SetCounts => {
    const key = `${area} ${fact} ${day}`
    const found = known.get(key)
    if (found) return found
    const sets = new Map<string, number>()
    for (const [set, count] of counts(area, fact, day)) sets.set(marked(set), (sets.get(marked(set)) ?? 0) + count)
    known.set(key, sets)
    return sets
  }
  const path = areaPath(plan.area)
  const levels = path.map((step, index) => {
    const below = step === plan.area || step.length === 6 ? children : areaDirectory().childCodes(step)
    return { step, below: below.length === 0 ? [] : [...new Set([...below, ...path.slice(index + 1, index + 2)])] }
  })

  /**
   * What is hidden of the areas on the way; of those in the area itself once somebody asks for one of them.
   *
   * @param mayHide whether an area has a set so small that something of it or of its neighbours is kept back
   */
  function decide(
    setsIn: (area: string) => SetCounts,
    mayHide: (area: string) => boolean,
  ): (area: string) => ReadonlySet<string> | undefined {
    const decided = new Map<string, ReadonlySet<string>>([['', hiddenAtTop(setsIn(''), columns)]])
    let next = 0
    const decideLevel = () => {
      const { step, below } = levels[next]!
      if (step.length === 8 || below.length === 0) {
        next = levels.length
        return
      }
      next += 1
      // Where no set is small nothing is kept back but what is above: so it is of nearly all large areas.
      if (!below.some(mayHide)) {
        for (const code of below) decided.set(code, decided.get(step) ?? new Set(columns))
        return
      }
      const sets = new Map(below.map((code) => [code, setsIn(code)]))
      for (const [code, set] of hiddenOfChildren(decided.get(step) ?? new Set(columns), sets, columns))
        decided.set(code, set)
    }
    return (area) => {
      while (next < levels.length && !decided.has(area)) decideLevel()
      return decided.get(area)
    }
  }

  const decisions = new Map<string, ReturnType<typeof decide>[]>()
  return (area: string, fact: string, day: string, lists: Lists): boolean => {
    const key = `${fact} ${day}`
    let both = decisions.get(key)
    if (!both) {
      const held = (code: string) => rawSets(code, fact, day)
      both = [
        decide(
          (code) => setsOf(code, fact, day),
          (code) => hasSmall(held(code)),
        ),
      ]
      if (fact !== targetFact)
        both.push(
          decide(
            (code) => lackOf(setsOf(code, targetFact, day), setsOf(code, fact, day)),
            (code) => hasSmall(rawSets(code, targetFact, day), held(code)),
          ),
        )
      decisions.set(key, both)
    }
    const column = lists === null ? totalColumn : lists.length === 1 ? lists[0]! : unionColumn(lists)
    return both.some((hiddenOf) => hiddenOf(area)?.has(column) ?? true)
  }
}

/** Whether the households of any set, less those of the same set in `others`, are few; nobody is not few. */
function hasSmall(
  counts: Readonly<Record<string, number>>,
  others: Readonly<Record<string, number>> | null = null,
): boolean {
  for (const set in counts) {
    const count = counts[set]! - (others?.[set] ?? 0)
    if (count > 0 && count < smallest) return true
  }
  return false
}

function remembered<Result>(make: (key: string) => Result): (key: string) => Result {
  const known = new Map<string, Result>()
  return (key) => {
    let result = known.get(key)
    if (result === undefined) known.set(key, (result = make(key)))
    return result
  }
}

/** What is left of each set; a fact that holds outside the target has no such rest. */
function lackOf(target: SetCounts, held: SetCounts): SetCounts {
  const rest = new Map<string, number>()
  for (const [set, count] of target) rest.set(set, count - (held.get(set) ?? 0))
  return [...held.keys()].some((set) => (rest.get(set) ?? -1) < 0) ? new Map() : rest
}

/** No list has such a code. */
function unionColumn(lists: readonly string[]): string {
  return `~${[...lists].toSorted().join('+')}`
}

/** Whether a count may be told to somebody who sees totals only, taken by itself. */
export function isTellable(count: number): boolean {
  return count === 0 || count >= smallest
}
