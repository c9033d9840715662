/**
 * Work lists: households that wait for something, and how many. Most households of a new registry have no entries and
 * so no case; how many they are follows from the figures, so that counting reads nothing but an index over the cases.
 */
import { sql, type RawBuilder, type Selectable } from 'kysely'
import { areaRange, provinceOf } from '../../domain/area.ts'
import {
  isSortedByAddress,
  lastDay,
  waitingOfList,
  type Worklist,
  type WorklistSort,
} from '../../domain/logbook/work.ts'
import type { Db } from '../db/database.ts'
import type { Tables } from '../db/tables.ts'
import { base, columns, orderOf, type ListedHousehold } from './household-order.ts'
import { inAreas, inScope, type Scope } from './household-scope.ts'

/** Households that are alike in everything that the lists ask of them. */
export interface WorkGroup {
  /** The area directly in the one asked for. */
  child: string
  /** Null for households with entries, whose lists the columns below count. */
  list_set: string | null
  households: number
  held: boolean
  overdue: number
  due_this_month: number
  outcome_waiting: number
  relapsed: number
  result_missing: number
  not_recorded: number
  never_visited: number
}

export interface WorkQuestion {
  scope: Scope
  /** Digits of the areas that are told apart. */
  digits: number
  /** Areas on hold today, none inside another. */
  held: readonly string[]
  today: string
  /** The last day of its month. */
  monthEnd: string
}

/** Groups that add up to everything the person reaches; those without entries are told apart by their lists. */
export async function workGroups(db: Db, question: WorkQuestion): Promise<WorkGroup[]> {
  // What a centre reaches across areas no figure counts; it is a few thousand households.
  if (question.scope.centreIds.length > 0) return groupsByHousehold(db, question)
  const { rows } = await sql<WorkGroup>`
    with counted as (
      select left(c.area_code, ${question.digits}::int) as child, c.list_set, ${isHeld(question.held, 'c')} as held,
        count(*)::int as households, count(*) filter (where c.standing = 'target')::int as targets,
        ${caseCounts(question)}
      from household_case c where ${inAreas(question.scope.areas, 'c')} and c.standing <> 'closed'
      group by 1, 2, 3)
    select child, null as list_set, held, sum(targets)::int as households, sum(overdue)::int as overdue,
      sum(due_this_month)::int as due_this_month, sum(outcome_waiting)::int as outcome_waiting,
      sum(relapsed)::int as relapsed, sum(result_missing)::int as result_missing,
      sum(not_recorded)::int as not_recorded, sum(never_visited)::int as never_visited
    from counted group by child, held
    union all
    select child, list_set, held, sum(households)::int, 0, 0, 0, 0, 0, 0, 0 from (
      select child, list_set, held, -households as households from counted
      union all
      ${withoutHolds(question)}
    ) as without group by child, list_set, held having sum(households) > 0`.execute(db)
  return rows
}

/** Active households by area and lists from the figures, those of held areas apart. */
function withoutHolds({ scope, digits, held }: WorkQuestion): RawBuilder<unknown> {
  const rows = (areas: readonly string[], isHeldNow: boolean, sign: 1 | -1) => sql`
    select left(figure.area_code, ${digits}::int) as child, list_set, ${sql.lit(isHeldNow)} as held,
      ${sql.lit(sign)} * households as households
    from household_figure figure where ${ofLevel(areas, digits)}`
  // A hold lies in one of the scope's areas, or holds all of it.
  const heldAreas = [
    ...held.filter((hold) => scope.areas.some((area) => hold.startsWith(area))),
    ...scope.areas.filter((area) => held.some((hold) => area.startsWith(hold) && area !== hold)),
  ]
  const all = rows(scope.areas, false, 1)
  if (heldAreas.length === 0) return all
  return sql`${all} union all ${rows(heldAreas, false, -1)} union all ${rows(heldAreas, true, 1)}`
}

/** Rows of figures for exactly these areas. */
function atAreas(areas: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`(province_code = any(${[...new Set(areas.map(provinceOf))]}::smallint[])
    and figure.area_code = any(${[...areas]}::text[]))`
}

/** Rows of figures of one level inside the areas; an area of that level or below stands for itself. */
function ofLevel(areas: readonly string[], digits: number): RawBuilder<boolean> {
  const conditions = areas.map((code) => {
    if (code.length >= digits || code.length === 8) return atAreas([code])
    const { from, to } = areaRange(code)
    return sql<boolean>`(province_code = ${provinceOf(code)} and figure.area_code >= ${from}
      and figure.area_code < ${to} and length(figure.area_code) = ${digits})`
  })
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`
}

async function groupsByHousehold(db: Db, question: WorkQuestion): Promise<WorkGroup[]> {
  const { rows } = await sql<WorkGroup>`
    select left(h.area_code, ${question.digits}::int) as child,
      case when c.household_id is null then h.list_set end as list_set, ${isHeld(question.held, 'h')} as held,
      count(*) filter (where c.household_id is null or c.standing = 'target')::int as households,
      ${caseCounts(question)}
    from household h
    left join household_case c on c.province_code = h.province_code and c.household_id = h.id
    where h.state = 'active' and ${inScope(question.scope, 'h')}
    group by 1, 2, 3`.execute(db)
  return rows
}

/** The columns that count cases under the alias c; a household without one counts in none of them. */
function caseCounts({ held, today, monthEnd }: WorkQuestion): RawBuilder<unknown> {
  const due = sql`c.standing = 'target' and not ${isHeld(held, 'c')}`
  const waits = (list: keyof typeof waitingOfList) =>
    sql`count(*) filter (where c.standing = 'target' and ${isWaiting(list)})::int`
  return sql`
    count(*) filter (where ${due} and c.due_on < ${today}::date)::int as overdue,
    count(*) filter (where ${due} and c.due_on between ${today}::date and ${monthEnd}::date)::int as due_this_month,
    ${waits('outcomeWaiting')} as outcome_waiting, ${waits('relapsed')} as relapsed,
    ${waits('resultMissing')} as result_missing,
    count(*) filter (where c.standing = 'target' and not c.recorded)::int as not_recorded,
    count(*) filter (where c.standing = 'target' and c.last_visit_on is null)::int as never_visited`
}

/** As domain/logbook/work.ts writes them. */
function isWaiting(list: keyof typeof waitingOfList): RawBuilder<boolean> {
  return sql<boolean>`position(${`${waitingOfList[list]}:`} in c.waiting) > 0`
}

function isHeld(held: readonly string[], alias: string): RawBuilder<boolean> {
  if (held.length === 0) return sql<boolean>`false`
  return sql<boolean>`${inAreas(held, alias)}`
}

export interface WorkRow extends ListedHousehold {
  /** The day since which it waits. */
  since: string | null
  due_on: string | null
  last_visit_on: string | null
  case_state: Selectable<Tables['household_case']>['state'] | null
}

/** Households without entries that stand on exactly these lists, and the day on which a visit to them is due. */
export interface DueSet {
  provinceCode: number
  /** Codes in order, joined by commas. */
  listSet: string
  dueOn: string
}

export interface PageQuestion extends WorkQuestion {
  worklist: Worklist
  sort: WorklistSort
  dueSets: readonly DueSet[]
  limit: number
  /** Keys of the last row seen, as `keysOf` gave them. */
  after: readonly (string | number)[] | null
}

/**
 * One page, and whether more follow. Keys are found first, by the narrow index over the cases where that is enough; only
 * the rows of the page are then read whole.
 */
export async function workPage(db: Db, question: PageQuestion): Promise<{ rows: WorkRow[]; isMore: boolean }> {
  const { limit } = question
  const isByAddress = isSortedByAddress(question.worklist, question.sort)
  const found = isByAddress ? byAddress(question) : bySince(question)
  const { rows } = await sql<WorkRow>`
    with found as (${found})
    select ${columns}, found.since, found.due_on::text as due_on, c.last_visit_on, c.state as case_state
    from found
    join ${base} on h.province_code = found.province_code and h.id = found.id
    left join household_case c on c.province_code = found.province_code and c.household_id = found.id
    order by ${isByAddress ? orderOf('address').by : sql`found.since, h.area_code, h.id`}`.execute(db)
  return { rows: rows.slice(0, limit), isMore: rows.length > limit }
}

/** Where the page after this row begins. */
export function keysOf(question: Pick<PageQuestion, 'worklist' | 'sort'>, row: WorkRow): (string | number)[] {
  if (isSortedByAddress(question.worklist, question.sort)) return orderOf('address').keysOf(row)
  return [row.since ?? lastDay, row.area_code, row.id]
}

/** Household by household along the areas; the walk ends when the page is full. */
function byAddress(question: PageQuestion): RawBuilder<unknown> {
  const due = sql`coalesce(c.due_on, ${uncasedDue(question)})`
  const cases = sql`household_case c on c.province_code = h.province_code and c.household_id = h.id`
  // Lists of what waits hold no household without a case.
  const join = question.worklist in waitingOfList ? sql`join ${cases}` : sql`left join ${cases}`
  const without = sql<boolean>`(c.household_id is null and ${conditionWithoutCase(question)})`
  return sql`
    select h.province_code, h.id, (${sinceOf(question, due)})::text as since, ${due} as due_on
    from ${base} ${join}
    where h.state = 'active' and ${inScope(question.scope, 'h')} and ${orderOf('address').after(question.after)}
      and (${conditionOfCase(question)} or ${without})
    order by ${orderOf('address').by} limit ${question.limit + 1}`
}

/** What has waited longest: the cases, and the households without one, each sorted by itself. */
function bySince(question: PageQuestion): RawBuilder<unknown> {
  const { scope, after, limit } = question
  const isCentre = scope.centreIds.length > 0
  const behind = (since: RawBuilder<unknown>, area: RawBuilder<unknown>, id: RawBuilder<unknown>) =>
    after === null
      ? sql`true`
      : sql`(${since}, ${area}, ${id}) > (${after[0]}::text, ${after[1]}::text collate "C", ${after[2]}::uuid)`
  const since = sql`(${sinceOf(question, sql`c.due_on`)})::text collate "C"`
  const withCase = sql`
    select c.province_code, c.household_id as id, c.area_code, ${since} as since, c.due_on
    from household_case c
    ${isCentre ? sql`join household h on h.province_code = c.province_code and h.id = c.household_id` : sql``}
    where ${isCentre ? inScope(scope, 'h') : inAreas(scope.areas, 'c')} and ${conditionOfCase(question)}
      and ${behind(since, sql`c.area_code`, sql`c.household_id`)}
    order by since, area_code, id limit ${limit + 1}`
  if (question.dueSets.length === 0) return withCase
  const due = uncasedDue(question)
  const uncasedSince = sql`(${due})::text collate "C"`
  const withoutCase = sql`
    select h.province_code, h.id, h.area_code, ${uncasedSince} as since, ${due} as due_on
    from household h
    where h.state = 'active' and ${inScope(scope, 'h')} and ${conditionWithoutCase(question)}
      and not exists (select 1 from household_case other
        where other.province_code = h.province_code and other.household_id = h.id)
      and ${behind(uncasedSince, sql`h.area_code`, sql`h.id`)}
    order by since, area_code, id limit ${limit + 1}`
  return sql`select * from ((${withCase}) union all (${withoutCase})) as both_kinds
    order by since, area_code, id limit ${limit + 1}`
}

/** Of a household with a case, under the alias c. */
function conditionOfCase({ worklist, held, today, monthEnd }: PageQuestion): RawBuilder<boolean> {
  const condition = {
    notRecorded: () => sql`not c.recorded`,
    neverVisited: () => sql`c.last_visit_on is null`,
    overdue: () => sql`c.due_on < ${today}::date and not ${isHeld(held, 'c')}`,
    dueThisMonth: () => sql`c.due_on between ${today}::date and ${monthEnd}::date and not ${isHeld(held, 'c')}`,
    outcomeWaiting: () => isWaiting('outcomeWaiting'),
    relapsed: () => isWaiting('relapsed'),
    resultMissing: () => isWaiting('resultMissing'),
  }[worklist]()
  return sql<boolean>`(c.standing = 'target' and ${condition})`
}

/** Of a household without one, under the alias h. */
function conditionWithoutCase(question: PageQuestion): RawBuilder<boolean> {
  const { worklist, held, today, monthEnd } = question
  if (worklist === 'notRecorded' || worklist === 'neverVisited') return sql<boolean>`true`
  if (worklist !== 'overdue' && worklist !== 'dueThisMonth') return sql<boolean>`false`
  const isIn = question.dueSets.filter(({ dueOn }) =>
    worklist === 'overdue' ? dueOn < today : dueOn >= today && dueOn <= monthEnd,
  )
  if (isIn.length === 0) return sql<boolean>`false`
  const sets = isIn.map(
    ({ provinceCode, listSet }) => sql`(h.province_code = ${provinceCode} and h.list_set = ${listSet})`,
  )
  return sql<boolean>`((${sql.join(sets, sql` or `)}) and not ${isHeld(held, 'h')})`
}

/** When a visit is due to a household without entries: by the lists it stands on. */
function uncasedDue({ dueSets }: PageQuestion): RawBuilder<unknown> {
  if (dueSets.length === 0) return sql`null::date`
  const cases = dueSets.map(
    ({ provinceCode, listSet, dueOn }) =>
      sql`when h.province_code = ${provinceCode} and h.list_set = ${listSet} then ${dueOn}::date`,
  )
  return sql`case ${sql.join(cases, sql` `)} end`
}

function sinceOf({ worklist }: PageQuestion, due: RawBuilder<unknown>): RawBuilder<unknown> {
  if (worklist === 'overdue' || worklist === 'dueThisMonth') return due
  if (worklist === 'notRecorded' || worklist === 'neverVisited')
    return sql`(h.created_at at time zone 'Asia/Bangkok')::date`
  return sql`substring(c.waiting from ${`${waitingOfList[worklist]}:(.{10})`})`
}

/** The sets of lists that active households in the scope stand on; with centres, those of their provinces. */
export async function listSetsIn(db: Db, scope: Scope): Promise<{ provinceCode: number; listSet: string }[]> {
  const isReached =
    scope.centreIds.length > 0
      ? sql`length(area_code) = 2`
      : sql`(province_code = any(${[...new Set(scope.areas.map(provinceOf))]}::smallint[])
          and area_code = any(${[...scope.areas]}::text[]))`
  const { rows } = await sql<{ province_code: number; list_set: string }>`
    select province_code, list_set from household_figure where ${isReached} order by 1, 2`.execute(db)
  return rows.map((row) => ({ provinceCode: row.province_code, listSet: row.list_set }))
}

/** Names of people by the id of their account. */
export async function namesOfAccounts(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('account')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
