/** Work lists: how many households wait for what where the person reaches, and one page of them with the reason. */
import type { worklistCounts, WorklistCounts, worklistPage, WorklistRow } from '../../contract/worklists.ts'
import type { InputOf, OutputOf } from '../../contract/route.ts'
import { areaPath, isAreaWithin, provinceOf } from '../../domain/area.ts'
import { daysBetween, endOfMonth, monthOf } from '../../domain/days.ts'
import { nextDuty } from '../../domain/logbook/duty.ts'
import type { Rules } from '../../domain/logbook/rules/index.ts'
import type { CaseState } from '../../domain/logbook/state.ts'
import { withoutResult, worklists, type Worklist } from '../../domain/logbook/work.ts'
import { mayAt, type Actor, type Reach } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { holdsInForce } from '../queries/holds.ts'
import type { ListPosition } from '../queries/household-search.ts'
import { scopeOf } from '../queries/household-scope.ts'
import { rulesFor } from '../queries/rules.ts'
import {
  keysOf,
  listSetsIn,
  namesOfAccounts,
  workGroups,
  workPage,
  type DueSet,
  type WorkGroup,
  type WorkQuestion,
  type WorkRow,
} from '../queries/worklists.ts'
import { findArea, nameAreas, unnamedVillage } from './areas.ts'
import type { ActionContext } from './context.ts'
import { householdRows, placeOf } from './household-view.ts'

type Reader = Pick<ActionContext, 'tx' | 'actor' | 'now'>

/** @throws Problem notFound for an area that does not exist */
export async function countWork(context: Reader, reach: Reach, area: string): Promise<OutputOf<typeof worklistCounts>> {
  const { tx, now } = context
  const today = dayInThailand(now)
  const found = await findArea(tx, area, today)
  if (!found) throw new Problem('notFound')
  const question = await questionOf(context, reach, area)
  const counted = await countedByChild(context, question)
  const codes = [...areaPath(area), ...counted.keys()]
  const names = await nameAreas(tx, codes, today)
  const named = (code: string) => names.get(code) ?? unnamedVillage(code)
  const parts = [...counted].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    area: found,
    path: areaPath(area).map((code) => (code === area ? found : named(code))),
    today,
    counts: sumOf(parts.map(([, part]) => part.counts)),
    households: parts.reduce((sum, [, part]) => sum + part.households, 0),
    children: area.length === 8 ? [] : parts.map(([code, part]) => ({ area: named(code), ...part })),
  }
}

/** Pages of work are found by their keys alone; how many there are, the counts say. */
const notCounted = { total: { count: 0, atLeast: true }, common: false }

export interface WorkPage extends Omit<OutputOf<typeof worklistPage>, 'next'> {
  next: ListPosition | null
}

export async function pageOfWork(
  context: Reader,
  reach: Reach,
  input: InputOf<typeof worklistPage>,
  after: ListPosition | null,
): Promise<WorkPage> {
  const { tx } = context
  const question = await questionOf(context, reach, input.area)
  const { rows, isMore } = await workPage(tx, {
    ...question,
    worklist: input.worklist,
    sort: input.sort,
    dueSets: await dueSets(context, input.worklist, question),
    limit: input.limit,
    after: after?.keys ?? null,
  })
  const last = rows.at(-1)
  return {
    today: question.today,
    rows: await shown(context, rows, question.today),
    next: isMore && last ? { keys: keysOf(input, last), ...notCounted } : null,
  }
}

async function questionOf({ tx, now }: Reader, reach: Reach, area: string): Promise<WorkQuestion> {
  const today = dayInThailand(now)
  const held = (await holdsInForce(tx, area, today)).map(({ area_code }) => area_code)
  return {
    scope: await scopeOf(tx, reach, area),
    digits: Math.min(area.length + 2, 8),
    held: [...new Set(held)].filter((code) => !held.some((other) => other !== code && isAreaWithin(code, other))),
    today,
    monthEnd: endOfMonth(monthOf(today)),
  }
}

interface Counted {
  households: number
  counts: WorklistCounts
}

/** What waits in each of the areas directly below; areas that hold nothing in reach are not among them. */
async function countedByChild(context: Reader, question: WorkQuestion): Promise<Map<string, Counted>> {
  const groups = await workGroups(context.tx, question)
  const rulesByProvince = new Map<number, Rules>()
  for (const province of new Set(groups.map(({ child }) => provinceOf(child))))
    rulesByProvince.set(province, await rulesFor(context.tx, province))
  const counted = new Map<string, Counted>()
  for (const group of groups) {
    const before = counted.get(group.child) ?? { households: 0, counts: sumOf([]) }
    const counts =
      group.list_set === null
        ? ofCases(group)
        : withoutCase(group, dueOf(group.list_set, rulesByProvince.get(provinceOf(group.child))!), question)
    counted.set(group.child, {
      households: before.households + group.households,
      counts: sumOf([before.counts, counts]),
    })
  }
  return counted
}

function ofCases(group: WorkGroup): WorklistCounts {
  return {
    overdue: group.overdue,
    dueThisMonth: group.due_this_month,
    outcomeWaiting: group.outcome_waiting,
    relapsed: group.relapsed,
    resultMissing: group.result_missing,
    notRecorded: group.not_recorded,
    neverVisited: group.never_visited,
  }
}

/** Households that nobody has recorded anything about: all of them wait to be recorded and visited. */
function withoutCase(
  { households, held }: WorkGroup,
  due: string | null,
  { today, monthEnd }: WorkQuestion,
): WorklistCounts {
  const isDue = due !== null && !held
  return {
    ...sumOf([]),
    overdue: isDue && due < today ? households : 0,
    dueThisMonth: isDue && due >= today && due <= monthEnd ? households : 0,
    notRecorded: households,
    neverVisited: households,
  }
}

function sumOf(parts: readonly WorklistCounts[]): WorklistCounts {
  const add = (list: Worklist) => parts.reduce((sum, part) => sum + part[list], 0)
  return Object.fromEntries(worklists.map((list) => [list, add(list)])) as WorklistCounts
}

/** The day on which a visit was or is due to households of exactly these lists without entries; null for none. */
function dueOf(listSet: string, rules: Rules): string | null {
  // A listing's own date matters only where it came after the duty began, and then to the case that its first entry makes.
  const lists = listSet === '' ? [] : listSet.split(',').map((code) => ({ code, from: null }))
  return nextDuty({ state: null, lists, rules })?.dueOn ?? null
}

/** Only the lists of visits that are due ask for it. */
async function dueSets({ tx }: Reader, worklist: Worklist, { scope }: WorkQuestion) {
  if (worklist !== 'overdue' && worklist !== 'dueThisMonth') return []
  const sets: DueSet[] = []
  for (const { provinceCode, listSet } of await listSetsIn(tx, scope)) {
    const dueOn = dueOf(listSet, await rulesFor(tx, provinceCode))
    if (dueOn !== null) sets.push({ provinceCode, listSet, dueOn })
  }
  return sets
}

async function shown(context: Reader, rows: readonly WorkRow[], today: string): Promise<WorklistRow[]> {
  const households = await householdRows(context.tx, rows, context.now)
  const states = rows.map(({ case_state }) => case_state as CaseState | null)
  const proposers = states.flatMap((state) => (state?.outcome?.state === 'waiting' ? [state.outcome.accountId] : []))
  const names = await namesOfAccounts(context.tx, proposers)
  return rows.map((row, index): WorklistRow => {
    const state = states[index] ?? null
    return {
      ...households[index]!,
      since: row.since,
      dueOn: row.due_on,
      overdueDays: row.due_on !== null && row.due_on < today ? daysBetween(row.due_on, today) : null,
      lastVisitOn: row.last_visit_on,
      problems: state?.problems.length ?? 0,
      withoutResult: state ? withoutResult(state).length : 0,
      outcome: state ? waitingOutcome(context.actor, state, row, names) : null,
    }
  })
}

function waitingOutcome(
  actor: Actor,
  { outcome }: CaseState,
  row: WorkRow,
  names: ReadonlyMap<string, string>,
): WorklistRow['outcome'] {
  if (outcome?.state !== 'waiting') return null
  return {
    outcomeId: outcome.versionId,
    outcome: outcome.outcome,
    on: outcome.on,
    by: names.get(outcome.accountId) ?? null,
    mayDecide: outcome.accountId !== actor.userId && mayAt(actor, 'outcome.approve', placeOf(row)),
  }
}
