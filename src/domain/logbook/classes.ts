/**
 * The classes of a household (ประเภทครัวเรือน): its path, its stage and its level of vulnerability, by thresholds that
 * are data, each with its reasons. What a person judged stands before what the rule says. Unknown facts make no class:
 * a household whose ages nobody wrote down is not called one that needs welfare.
 */
import type { Dimension } from './entry.ts'
import { paths, stages } from './entry.ts'
import { editionOn } from './indicators.ts'
import type { ClassesRule } from './rules/classes.ts'
import type { CaseState } from './state.ts'

type Path = (typeof paths)[number]
type Stage = (typeof stages)[number]

export interface ClassFacts {
  /** Those who live there. */
  members: readonly {
    /** Full years; null when the birth date is not known. */
    age: number | null
    /** Does not care for themselves, where somebody recorded it. */
    needsCare?: boolean
  }[]
  state: Pick<CaseState, 'pictures' | 'problems' | 'incomePerPerson' | 'path' | 'stage'>
  /** Common-era day on which the classes are asked for. */
  on: string
}

/** Why a class was given; the sentences stand in web/text/reasons.ts. */
export type ClassReason =
  | { code: 'judged' }
  | { code: 'workers'; count: number }
  | { code: 'noWorkers' }
  | { code: 'dependents'; count: number }
  | { code: 'noDependents' }
  | { code: 'lowIncome'; baht: number; limit: number }
  | { code: 'incomeBelow'; baht: number; limit: number }
  | { code: 'incomeReached'; baht: number; limit: number }
  | { code: 'dimensionFails'; dimension: Dimension }
  | { code: 'housingProblem' }
  | { code: 'problemsUnsolved'; count: number }
  | { code: 'noSigns' }
  | { code: 'agesUnknown'; count: number }
  | { code: 'incomeUnknown' }

export interface ClassOf<Value> {
  /** Null when too little is known. */
  value: Value | null
  by: 'person' | 'rule'
  reasons: ClassReason[]
}

export interface Classes {
  path: ClassOf<Path>
  stage: ClassOf<Stage>
  /** 0 to 3. */
  vulnerability: ClassOf<0 | 1 | 2 | 3>
}

/** The classes of a household on a day, with the reasons; what a person judged in the assessment comes first. */
export function classesOf(facts: ClassFacts, rule: ClassesRule): Classes {
  const { path, stage } = facts.state
  return {
    path: path === null ? pathByRule(facts, rule) : judged(path),
    stage: stage === null ? stageByRule(facts, rule) : judged(stage),
    vulnerability: vulnerabilityByRule(facts, rule),
  }
}

function judged<Value>(value: Value): ClassOf<Value> {
  return { value, by: 'person', reasons: [{ code: 'judged' }] }
}

const byRule = <Value>(value: Value | null, ...reasons: ClassReason[]): ClassOf<Value> => ({
  value,
  by: 'rule',
  reasons,
})

function pathByRule({ members }: ClassFacts, rule: ClassesRule): ClassOf<Path> {
  const workers = members.filter(
    ({ age, needsCare }) => age !== null && age >= rule.workFrom && age <= rule.workTo && !needsCare,
  )
  if (workers.length >= rule.leastWorkers) return byRule('develop', { code: 'workers', count: workers.length })
  const unknown = unknownAges(members)
  if (unknown > 0 || members.length === 0) return byRule<Path>(null, { code: 'agesUnknown', count: unknown })
  return byRule<Path>(
    'welfare',
    workers.length === 0 ? { code: 'noWorkers' } : { code: 'workers', count: workers.length },
  )
}

function stageByRule({ state, on }: ClassFacts, rule: ClassesRule): ClassOf<Stage> {
  const failing = rule.basics.filter((dimension) => isFailing(state, dimension))
  if (failing.length > 0) {
    return byRule<Stage>('survive', ...failing.map((dimension) => ({ code: 'dimensionFails' as const, dimension })))
  }
  const baht = state.incomePerPerson
  if (baht === null) return byRule<Stage>(null, { code: 'incomeUnknown' })
  const sufficientFrom = rule.sufficientFrom ?? editionOn(on).incomeThreshold
  if (baht < sufficientFrom) return byRule('survive', { code: 'incomeBelow', baht, limit: sufficientFrom })
  if (baht < rule.sustainableFrom) {
    return byRule('sufficient', { code: 'incomeReached', baht, limit: sufficientFrom })
  }
  const unsolved = state.problems.filter((problem) => problem.state !== 'solved' && problem.state !== 'bySelf').length
  if (rule.sustainableNeedsAllSolved && unsolved > 0) {
    return byRule('sufficient', { code: 'problemsUnsolved', count: unsolved })
  }
  return byRule('sustainable', { code: 'incomeReached', baht, limit: rule.sustainableFrom })
}

/**
 * Level 0: none of the signs; 1: a low income or a housing problem; 2 and 3: beside those, so many dependents. Without
 * an income and without a housing problem the level is not known.
 */
function vulnerabilityByRule({ members, state }: ClassFacts, rule: ClassesRule): ClassOf<0 | 1 | 2 | 3> {
  const baht = state.incomePerPerson
  const signs: ClassReason[] = []
  if (baht !== null && baht <= rule.lowIncome) signs.push({ code: 'lowIncome', baht, limit: rule.lowIncome })
  if (isFailing(state, 'living')) signs.push({ code: 'housingProblem' })
  if (signs.length === 0) {
    return baht === null ? byRule<0>(null, { code: 'incomeUnknown' }) : byRule(0, { code: 'noSigns' })
  }
  const dependents = members.filter(
    ({ age, needsCare }) => needsCare || (age !== null && (age <= rule.childTo || age >= rule.elderlyFrom)),
  ).length
  const level = dependents >= rule.level3From ? 3 : dependents >= rule.level2From ? 2 : 1
  signs.push(dependents === 0 ? { code: 'noDependents' } : { code: 'dependents', count: dependents })
  const unknown = unknownAges(members)
  if (unknown > 0 && level < 3) signs.push({ code: 'agesUnknown', count: unknown })
  return byRule(level, ...signs)
}

/**
 * Failing now: an open problem says so, or the latest picture that knows the dimension while none of its problems was
 * solved since. An assessment that asked about something else takes nothing back.
 */
function isFailing(state: ClassFacts['state'], dimension: Dimension): boolean {
  const problems = state.problems.filter((problem) => problem.dimension === dimension)
  if (problems.some((problem) => problem.state !== 'solved' && problem.state !== 'bySelf')) return true
  const known = state.pictures.find(({ dimensions }) => dimensions[dimension] !== 'unknown')
  return problems.length === 0 && known?.dimensions[dimension] === 'fail'
}

function unknownAges(members: ClassFacts['members']): number {
  return members.filter(({ age }) => age === null).length
}
