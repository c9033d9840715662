/**
 * What help the catalogue (เมนูแก้จน) holds for a household: each item says who may have it, and what the registry knows
 * is compared with that. The program proposes with its reasons and says what must still be asked; a person decides.
 */
import { z } from 'zod'
import type { Classes } from './classes.ts'
import { paths, stages, type Dimension, type MemberHealth } from './entry.ts'
import type { EffectiveEntry } from './effective.ts'
import type { CaseState } from './state.ts'

/** What the registry does not know and somebody must ask before the item is given; in the order of screens. */
export const askedConditions = [
  'disabled',
  'bedridden',
  'chronicallyIll',
  'pregnant',
  'fosterChild',
  'studying',
  'outOfSchool',
  'noWelfareCard',
  'noAllowance',
  'noNationalId',
  'houseUnsafe',
  'ownsHouse',
  'inDebt',
  'noLand',
  'disaster',
  'urgent',
] as const
export type AskedCondition = (typeof askedConditions)[number]

const age = z.number().int().min(0).max(120)

export const eligibleSchema = z.object({
  /** One member must be of this age (full years, both included; null: no end); null where it is for the household. */
  member: z
    .object({ ageFrom: age.nullable(), ageTo: age.nullable() })
    .refine(({ ageFrom, ageTo }) => ageFrom === null || ageTo === null || ageFrom <= ageTo, {
      path: ['ageTo'],
      message: 'beforeStart',
    })
    .nullable(),
  /** Baht per person and year. */
  incomeAtMost: z.number().int().min(0).max(10_000_000).nullable(),
  /** Empty for any. */
  paths: z.array(z.enum(paths)).max(paths.length),
  stages: z.array(z.enum(stages)).max(stages.length),
  vulnerabilityFrom: z.number().int().min(1).max(3).nullable(),
  /** Only for households with an unsolved problem in the item's dimension. */
  needsProblem: z.boolean(),
  ask: z.array(z.enum(askedConditions)).max(askedConditions.length),
  /** For the same person or household once and never again: whenever it comes again, that is noticed. */
  onlyOnce: z.boolean().default(false),
  /** Months after which it may be given again to the same person or household; null: runs without end, or nobody said. */
  againAfterMonths: z.number().int().min(1).max(120).nullable(),
  /** How often in all; null for no limit. */
  mostTimes: z.number().int().min(1).max(100).nullable(),
})
export type Eligible = z.infer<typeof eligibleSchema>

/** For anybody: what an item's rules are while nothing is stated. */
export const anybody: Eligible = {
  member: null,
  incomeAtMost: null,
  paths: [],
  stages: [],
  vulnerabilityFrom: null,
  needsProblem: false,
  ask: [],
  onlyOnce: false,
  againAfterMonths: null,
  mostTimes: null,
}

/** An item as the rules see it. */
export interface HelpItem {
  code: string
  dimension: Dimension
  eligible: Eligible
  /** Common-era days, both included. */
  validFrom: string
  validTo: string | null
}

export interface HelpFacts {
  /** Those who live there. */
  members: readonly { id: string; age: number | null; health?: Omit<MemberHealth, 'memberId'> | undefined }[]
  state: Pick<CaseState, 'problems' | 'incomePerPerson' | 'pictures'>
  classes: Classes
  /** Help of the catalogue that was given; `givenHelp` reads it from the logbook. */
  given: readonly { item: string | null; memberId: string | null; on: string }[]
  /** Common-era day. */
  on: string
}

/** Why an item fits; the sentences stand in web/text/reasons.ts. */
export type HelpReason =
  | { code: 'age'; age: number }
  | { code: 'health'; condition: HealthQuestion }
  | { code: 'income'; baht: number; limit: number }
  | { code: 'problem'; dimension: Dimension }
  | { code: 'path'; path: (typeof paths)[number] }
  | { code: 'stage'; stage: (typeof stages)[number] }
  | { code: 'vulnerability'; level: number }
  | { code: 'neverGiven' }
  | { code: 'givenLongAgo'; on: string }

/** Of the conditions, those that an assessment may have answered. */
type HealthQuestion = 'disabled' | 'bedridden' | 'chronicallyIll'

/** What is not known and must be asked: conditions of the item, or facts that the registry lacks for this household. */
export type HelpQuestion = AskedCondition | 'income' | 'class'

export interface HelpProposal {
  item: string
  /** For whom; null for the household. */
  memberId: string | null
  reasons: HelpReason[]
  /** Empty when everything that the item asks for is known. */
  ask: HelpQuestion[]
  /** Unsolved problems of the item's dimension, of this member or of the household. */
  problemIds: string[]
}

/**
 * The items that fit a household on a day, each once per member or household: those that meet a stated problem first,
 * then those with the least to ask. What the registry does not know is asked, not taken for a refusal; a member whose
 * age is not known gets no proposal that hangs on it.
 */
export function proposeHelp(facts: HelpFacts, items: readonly HelpItem[]): HelpProposal[] {
  const proposals = items
    .filter((item) => item.validFrom <= facts.on && (item.validTo === null || facts.on <= item.validTo))
    .flatMap((item) => candidates(facts, item).flatMap((memberId) => proposalFor(facts, item, memberId) ?? []))
  return proposals.sort(
    (a, b) =>
      Number(b.problemIds.length > 0) - Number(a.problemIds.length > 0) ||
      a.ask.length - b.ask.length ||
      compare(a.item, b.item) ||
      compare(a.memberId ?? '', b.memberId ?? ''),
  )
}

/** The help of a household as its entries that count tell it. */
export function givenHelp(
  entries: readonly EffectiveEntry[],
): { item: string | null; memberId: string | null; on: string }[] {
  return entries.flatMap((entry) =>
    entry.kind === 'assistance'
      ? [{ item: entry.content.item, memberId: entry.content.memberId, on: entry.happenedOn }]
      : [],
  )
}

function candidates({ members }: HelpFacts, { eligible }: HelpItem): (string | null)[] {
  const wanted = eligible.member
  if (wanted === null) return [null]
  return members
    .filter(
      ({ age: years }) =>
        years !== null &&
        (wanted.ageFrom === null || years >= wanted.ageFrom) &&
        (wanted.ageTo === null || years <= wanted.ageTo),
    )
    .map(({ id }) => id)
}

function proposalFor(facts: HelpFacts, item: HelpItem, memberId: string | null): HelpProposal | null {
  const { eligible } = item
  const reasons: HelpReason[] = []
  const ask: HelpQuestion[] = []
  const years = facts.members.find(({ id }) => id === memberId)?.age ?? null
  if (years !== null) reasons.push({ code: 'age', age: years })

  const problemIds = facts.state.problems
    .filter((problem) => problem.state !== 'solved' && problem.state !== 'bySelf')
    .filter((problem) => problem.dimension === item.dimension)
    .filter((problem) => memberId === null || problem.memberId === null || problem.memberId === memberId)
    .map(({ id }) => id)
  if (problemIds.length > 0) reasons.push({ code: 'problem', dimension: item.dimension })
  else if (eligible.needsProblem) return null

  if (eligible.incomeAtMost !== null) {
    const baht = facts.state.incomePerPerson
    if (baht === null) ask.push('income')
    else if (baht > eligible.incomeAtMost) return null
    else reasons.push({ code: 'income', baht, limit: eligible.incomeAtMost })
  }
  if (!fitsClasses(facts.classes, eligible, reasons, ask)) return null

  const others: AskedCondition[] = []
  for (const condition of eligible.ask) {
    const known = isHealthQuestion(condition) ? isSo(condition, facts.members, memberId) : null
    if (known === false) return null
    if (known === null) others.push(condition)
    else if (isHealthQuestion(condition)) reasons.push({ code: 'health', condition })
  }

  const times = facts.given.filter(
    (help) => help.item === item.code && (help.memberId === memberId || help.memberId === null || memberId === null),
  )
  const last = times
    .map(({ on }) => on)
    .sort()
    .at(-1)
  if (last === undefined) reasons.push({ code: 'neverGiven' })
  else if (eligible.onlyOnce || eligible.againAfterMonths === null) return null
  else if (facts.on < monthsLater(last, eligible.againAfterMonths)) return null
  else if (eligible.mostTimes !== null && times.length >= eligible.mostTimes) return null
  else reasons.push({ code: 'givenLongAgo', on: last })

  return { item: item.code, memberId, reasons, ask: [...ask, ...others], problemIds }
}

function isHealthQuestion(condition: AskedCondition): condition is HealthQuestion {
  return condition === 'disabled' || condition === 'bedridden' || condition === 'chronicallyIll'
}

/** Whether it is so of the member, or of anybody in the household; null while it must be asked. */
function isSo(condition: HealthQuestion, members: HelpFacts['members'], memberId: string | null): boolean | null {
  const said = members.filter(({ id }) => memberId === null || id === memberId).map(({ health }) => health)
  const known = said.map((health) => {
    if (health === undefined) return null
    if (health.condition === condition) return true
    // One condition is recorded of each: who is disabled may be ill as well. Not to care for oneself is not yet bedridden.
    return health.condition === 'normal' || (condition === 'bedridden' && health.caresForSelf) ? false : null
  })
  return known.includes(true) ? true : known.length > 0 && known.every((one) => one === false) ? false : null
}

function fitsClasses(classes: Classes, eligible: Eligible, reasons: HelpReason[], ask: HelpQuestion[]): boolean {
  const path = classes.path.value
  const stage = classes.stage.value
  const level = classes.vulnerability.value
  let isUnknown = false
  if (eligible.paths.length > 0) {
    if (path === null) isUnknown = true
    else if (!eligible.paths.includes(path)) return false
    else reasons.push({ code: 'path', path })
  }
  if (eligible.stages.length > 0) {
    if (stage === null) isUnknown = true
    else if (!eligible.stages.includes(stage)) return false
    else reasons.push({ code: 'stage', stage })
  }
  if (eligible.vulnerabilityFrom !== null) {
    if (level === null) isUnknown = true
    else if (level < eligible.vulnerabilityFrom) return false
    else reasons.push({ code: 'vulnerability', level })
  }
  if (isUnknown) ask.push('class')
  return true
}

/** The same day so many months later; the month's last day where that month is shorter. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const lastDate = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  first.setUTCDate(Math.min(date, lastDate))
  return first.toISOString().slice(0, 10)
}

/** Full years at a day, from a birth date (CE, unknown parts 01); null without one, or before birth. */
export function ageOn(birthDate: string | null, day: string): number | null {
  if (birthDate === null || birthDate > day) return null
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
