/** Work lists: how many households wait for what where the person reaches, and one page of them with the reason. */
import type { worklistCounts, WorklistCounts, worklistPage, WorklistRow } from '../../contract/worklists.ts'
import type { InputOf, OutputOf } from '../../contract/route.ts'
import { areaPath, isAreaWithin, provinceOf } from '../../domain/area.ts'
import { daysBetween, endOfMonth, monthOf } from '../../domain/days.ts'
import type { CaseState } from '../../domain/logbook/state.ts'
import { withoutResult, worklists, type Worklist } from '../../domain/logbook/work.ts'
import { mayAt, type Actor, type Reach } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { holdsInForce } from '../queries/holds.ts'
import type { ListPosition } from '../queries/household-search.ts'
import { scopeOf, type Scope } from '../queries/household-scope.ts'
import { rulesFor } from '../queries/rules.ts'
import {
  keysOf,
  namesOfAccounts,
  workGroups,
  workPage,
  writersOf,
  provincesOfCentres,
  type DutyList,
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
  const scope = await scopeOf(tx, reach, area)
  return {
    scope,
    duty: await dutyIn(tx, scope),
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
  const counted = new Map<string, Counted>()
  for (const group of await workGroups(context.tx, question)) {
    const before = counted.get(group.child) ?? { households: 0, counts: sumOf([]) }
    counted.set(group.child, {
      households: before.households + group.households,
      counts: sumOf([before.counts, countsOf(group)]),
    })
  }
  return counted
}

function countsOf(group: WorkGroup): WorklistCounts {
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

function sumOf(parts: readonly WorklistCounts[]): WorklistCounts {
  const add = (list: Worklist) => parts.reduce((sum, part) => sum + part[list], 0)
  return Object.fromEntries(worklists.map((list) => [list, add(list)])) as WorklistCounts
}

/** The lists of monthly visits, by the rules of each province that the scope reaches into. */
async function dutyIn(tx: Reader['tx'], scope: Scope): Promise<DutyList[]> {
  const provinces = new Set(scope.areas.map(provinceOf))
  // A centre's households may lie outside of the person's areas, in the province asked for.
  if (scope.centreIds.length > 0) for (const code of await provincesOfCentres(tx, scope.centreIds)) provinces.add(code)
  const duty: DutyList[] = []
  for (const provinceCode of provinces) {
    const { monthly } = (await rulesFor(tx, provinceCode)).duty
    duty.push(...monthly.map((one) => ({ provinceCode, ...one })))
  }
  return duty
}

async function shown(context: Reader, rows: readonly WorkRow[], today: string): Promise<WorklistRow[]> {
  const households = await householdRows(context.tx, rows, context.now)
  const states = rows.map(({ case_state }) => case_state as CaseState | null)
  const proposers = states.flatMap((state) => (state?.outcome?.state === 'waiting' ? [state.outcome.accountId] : []))
  const names = await namesOfAccounts(context.tx, proposers)
  const corrected = rows.flatMap(({ province_code: provinceCode }, index) => {
    const { state = null, versionId: id = '', entryId = '' } = states[index]?.outcome ?? {}
    return state === 'waiting' && id !== entryId ? [{ provinceCode, id }] : []
  })
  const writers = await writersOf(context.tx, corrected)
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
      outcome: state ? waitingOutcome(context.actor, state, row, { names, writers }) : null,
    }
  })
}

function waitingOutcome(
  actor: Actor,
  { outcome }: CaseState,
  row: WorkRow,
  { names, writers }: { names: ReadonlyMap<string, string>; writers: ReadonlyMap<string, readonly string[]> },
): WorklistRow['outcome'] {
  if (outcome?.state !== 'waiting') return null
  // Whoever corrected a proposal has a part in it.
  const isOwn = [outcome.accountId, ...(writers.get(outcome.versionId) ?? [])].includes(actor.userId)
  return {
    outcomeId: outcome.versionId,
    outcome: outcome.outcome,
    on: outcome.on,
    by: names.get(outcome.accountId) ?? null,
    mayDecide: !isOwn && mayAt(actor, 'outcome.approve', placeOf(row)),
  }
}
