/**
 * What is kept back of the progress of an area from those who see totals only: decided from the nation down and each area in
 * the light of its neighbours, for a fact and for the households of the target that it does not hold for: the one is the
 * target less the other.
 */
import { areaPath } from '../../domain/area.ts'
import { addDays } from '../../domain/days.ts'
import { targetFact } from '../../domain/logbook/rules/facts.ts'
import { hiddenAtTop, hiddenOfChildren, smallest, totalColumn, type SetCounts } from '../../domain/suppression.ts'
import { areaDirectory } from '../areas/directory.ts'
import type { FactOnDay, ProgressReading } from '../queries/progress.ts'
import type { Lists, Plan } from './progress-reading.ts'

/** The columns that are hidden, by area. */
type Decided = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Decisions of days that are over, of one registry: the ledger of such a day never changes, so they need not be made, nor the
 * figures of all neighbours read, for everybody anew.
 */
export class PastDecisions {
  readonly #decided = new Map<string, Decided>()
  #today = ''

  /** Where the clock was set back, what was over is not. */
  noteToday(today: string): void {
    if (today < this.#today) this.#decided.clear()
    this.#today = today
  }

  get(key: string): Decided | undefined {
    return this.#decided.get(key)
  }

  put(key: string, decided: Decided): void {
    const [oldest] = this.#decided.size >= mostKept ? this.#decided.keys() : []
    if (oldest !== undefined) this.#decided.delete(oldest)
    this.#decided.set(key, decided)
  }
}

/** Some twenty megabytes at most: the neighbours of a hundred districts. */
const mostKept = 10_000
/** What began before midnight may be stored after it. */
const daysUntilOver = 2

export interface Protection {
  /** The areas whose figures the decisions need, beside those of the plan's own area. */
  asked: { area: string; asked: readonly FactOnDay[] }[]
  /**
   * Whether the count of an area is kept back: the plan's own area, one on the way to it or one directly in it.
   *
   * @param children codes directly in the area; of a village, those of its subdistrict
   */
  decide(
    children: readonly string[],
    reading: ProgressReading,
  ): (area: string, fact: string, day: string, lists: Lists) => boolean
}

/** Areas that are decided together: those directly in one that was decided before; the nation alone. */
interface Level {
  above: string | null
  areas: readonly string[]
  /** Names the level and all above it, with every area and column that had a say. */
  key: string
}

type Kind = 'held' | 'lacked'

/** @param shown what is shown of the area */
export function prepareProtection(plan: Plan, shown: readonly FactOnDay[], past: PastDecisions): Protection {
  past.noteToday(plan.today)
  const columns = columnsOf(plan)
  const path = areaPath(plan.area)
  const levelBelow = (above: string, areas: readonly string[], before: Level): Level => {
    const all = areas.length === 0 ? [] : [...new Set([...areas, ...path.filter((step) => isIn(step, above))])]
    return { above, areas: all, key: `${before.key} ${all.join(',')}` }
  }
  const upper: Level[] = [{ above: null, areas: [''], key: columns.all.join(';') }]
  for (const step of path)
    if (step !== plan.area && step.length < 6)
      upper.push(levelBelow(step, areaDirectory().childCodes(step), upper.at(-1)!))

  const over = addDays(plan.today, -daysUntilOver)
  const keyOf = (level: Level, kind: Kind, { fact, day }: FactOnDay) => `${kind} ${fact} ${day} ${level.key}`
  // Taken now: others may push them out while the figures are read.
  const known = new Map<string, Decided>()
  const isKnown = (level: Level, one: FactOnDay): boolean => {
    if (one.day > over) return false
    const kinds: Kind[] = one.fact === targetFact ? ['held'] : ['held', 'lacked']
    const found = kinds.map((kind) => [keyOf(level, kind, one), past.get(keyOf(level, kind, one))] as const)
    if (!found.every((each): each is [string, Decided] => each[1] !== undefined)) return false
    for (const [key, decided] of found) known.set(key, decided)
    return true
  }
  const asked = upper.flatMap((level) => {
    const unknown = shown.filter((one) => !isKnown(level, one))
    const days = new Set(unknown.map(({ day }) => day))
    // What a fact lacks is told from the target of the same day.
    const needed = shown.filter((one) => unknown.includes(one) || (one.fact === targetFact && days.has(one.day)))
    return needed.length === 0
      ? []
      : level.areas.filter((code) => code !== plan.area).map((area) => ({ area, asked: needed }))
  })

  return {
    asked,
    decide(children, reading) {
      const levels = [...upper]
      for (const step of path)
        if ((step === plan.area && step.length < 8) || step.length === 6)
          levels.push(levelBelow(step, children, levels.at(-1)!))
      const setsOf = markedSets(reading, columns)
      const held = (code: string, one: FactOnDay) => reading.sets(code, one.fact, one.day)

      function decideLevel(level: Level, kind: Kind, one: FactOnDay, before: Decided): Decided {
        const key = keyOf(level, kind, one)
        const found = known.get(key) ?? (upper.includes(level) || one.day > over ? undefined : past.get(key))
        if (found) return found
        const target = { fact: targetFact, day: one.day }
        const setsIn = (code: string) =>
          kind === 'held' ? setsOf(code, one) : lackOf(setsOf(code, target), setsOf(code, one))
        const mayHide = (code: string) =>
          kind === 'held' ? hasSmall(held(code, one)) : hasSmall(held(code, target), held(code, one))
        const decided = decideAnew(level, before, setsIn, mayHide, columns.all)
        if (one.day <= over) past.put(key, decided)
        return decided
      }

      const decisions = new Map<string, (area: string) => ReadonlySet<string> | undefined>()
      const decisionsOf = (kind: Kind, one: FactOnDay) => {
        const key = `${kind} ${one.fact} ${one.day}`
        let hiddenOf = decisions.get(key)
        if (!hiddenOf) {
          const decided = new Map<string, ReadonlySet<string>>()
          let next = 0
          hiddenOf = (area) => {
            // Level by level, and no further than somebody asks.
            while (next < levels.length && !decided.has(area)) {
              const level = levels[next]!
              next = level.areas.length === 0 ? levels.length : next + 1
              for (const [code, hidden] of decideLevel(level, kind, one, decided)) decided.set(code, hidden)
            }
            return decided.get(area)
          }
          decisions.set(key, hiddenOf)
        }
        return hiddenOf
      }
      return (area, fact, day, lists) => {
        const kinds: Kind[] = fact === targetFact ? ['held'] : ['held', 'lacked']
        const column = columns.of(lists)
        // Both at once, also where one is enough: what is decided whole need not be read again.
        const hidden = kinds.map((kind) => decisionsOf(kind, { fact, day })(area))
        return hidden.some((columnsOfArea) => columnsOfArea?.has(column) ?? true)
      }
    },
  }
}

function isIn(step: string, above: string): boolean {
  return step.startsWith(above) && step.length === (above.length < 8 ? above.length + 2 : above.length)
}

/** @param mayHide whether an area has a set so small that something of it or of its neighbours is kept back */
function decideAnew(
  { above, areas }: Level,
  before: Decided,
  setsIn: (area: string) => SetCounts,
  mayHide: (area: string) => boolean,
  columns: readonly string[],
): Decided {
  if (above === null) return new Map([['', hiddenAtTop(setsIn(''), columns)]])
  const hiddenAbove = before.get(above) ?? new Set(columns)
  // Where no set is small nothing is kept back but what is above: so it is of nearly all large areas.
  if (!areas.some(mayHide)) return new Map(areas.map((code) => [code, hiddenAbove]))
  return hiddenOfChildren(hiddenAbove, new Map(areas.map((code) => [code, setsIn(code)])), columns)
}

/** The columns of a page: all, each list, and each choice of several lists, which is a column like a list under a name of its own. */
interface Columns {
  all: readonly string[]
  of(lists: Lists): string
  unions: readonly (readonly string[])[]
}

function columnsOf({ choices }: Plan): Columns {
  const several = choices.filter((lists): lists is readonly string[] => lists !== null && lists.length > 1)
  const unions = [...new Map(several.map((lists) => [unionColumn(lists), lists])).values()]
  const singles = new Set(choices.flatMap((lists) => lists ?? []))
  return {
    all: [totalColumn, ...singles, ...unions.map(unionColumn)],
    of: (lists) => (lists === null ? totalColumn : lists.length === 1 ? lists[0]! : unionColumn(lists)),
    unions,
  }
}

/** No list has such a code. */
function unionColumn(lists: readonly string[]): string {
  return `~${[...lists].toSorted().join('+')}`
}

/** Households by set of lists and of the choices of several lists that a set belongs to. */
function markedSets({ counts }: ProgressReading, { unions }: Columns): (area: string, one: FactOnDay) => SetCounts {
  const marked = remembered((set: string) => {
    const marks = unions.filter((lists) => isOn(set, lists)).map(unionColumn)
    return [...(set === '' ? [] : [set]), ...marks].join(',')
  })
  const known = new Map<string, SetCounts>()
  return (area, { fact, day }) => {
    const key = `${area} ${fact} ${day}`
    const found = known.get(key)
    if (found) return found
    const sets = new Map<string, number>()
    for (const [set, count] of counts(area, fact, day)) sets.set(marked(set), (sets.get(marked(set)) ?? 0) + count)
    known.set(key, sets)
    return sets
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

/** Whether households of an exact set of lists stand on any of these. */
export function isOn(set: string, lists: Lists): boolean {
  return lists === null || (set !== '' && set.split(',').some((code) => lists.includes(code)))
}
