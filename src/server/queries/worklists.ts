/**
 * Work lists: households that wait for something, and how many. Most households of a new registry have no entries and
 * so no case; how many they are follows from the figures, so that counting reads nothing but an index over the cases.
 */
import { sql, type RawBuilder } from 'kysely'
import { areaRange, provinceOf } from '../../domain/area.ts'
import {
  isSortedByAddress,
  lastDay,
  waitingOfList,
  type Worklist,
  type WorklistSort,
} from '../../domain/logbook/work.ts'
import type { Db } from '../db/database.ts'
import { dayOf } from './days.ts'
import { base, columns, orderOf, type ListedHousehold } from './household-order.ts'
import { inAreas, inScope, type Scope } from './household-scope.ts'

/** What waits in one area directly below the one asked for. */
export interface WorkGroup {
  child: string
  households: number
  overdue: number
  due_this_month: number
  outcome_waiting: number
  relapsed: number
  result_missing: number
  not_recorded: number
  never_visited: number
}

/** A list whose households are visited every month, by the rules of a province. */
export interface DutyList {
  provinceCode: number
  list: string
  from: string
  until: string | null
}

export interface WorkQuestion {
  scope: Scope
  /** Digits of the areas that are told apart. */
  digits: number
  /** Areas on hold today, none inside another. */
  held: readonly string[]
  duty: readonly DutyList[]
  today: string
  /** The last day of its month. */
  monthEnd: string
}

/** Rows that add up to everything the person reaches; an area may have several. */
export async function workGroups(db: Db, question: WorkQuestion): Promise<WorkGroup[]> {
  const { scope, digits, held, today, monthEnd } = question
  // What a centre reaches across areas no figure counts; it is a few thousand households.
  const counted = scope.centreIds.length > 0 ? byHousehold(question) : byFigure(question)
  const { rows } = await sql<WorkGroup>`
    ${counted}
    union all
    select left(area_code, ${digits}::int), 0, count(*) filter (where due_on < ${today}::date)::int,
      count(*) filter (where due_on between ${today}::date and ${monthEnd}::date)::int, 0, 0, 0, 0, 0
    from (${dueWithoutCase(question)}) as u where not ${isHeld(held, 'u')} group by 1`.execute(db)
  return rows
}

/** The cases, and beside them the households that the figures count and that have none. */
function byFigure(question: WorkQuestion): RawBuilder<unknown> {
  const { scope, digits } = question
  return sql`
    (with counted as (
      select left(c.area_code, ${digits}::int) as child, count(*)::int as cases,
        count(*) filter (where c.standing = 'target')::int as targets, ${caseCounts(question)}
      from household_case c where ${inAreas(scope.areas, 'c')} and c.standing <> 'closed' group by 1)
    select child, targets as households, overdue, due_this_month, outcome_waiting, relapsed, result_missing,
      not_recorded, never_visited from counted
    union all
    select child, sum(households)::int, 0, 0, 0, 0, 0, sum(households)::int, sum(households)::int from (
      select left(figure.area_code, ${digits}::int) as child, households
      from household_figure figure where ${ofLevel(scope.areas, digits)}
      union all
      select child, -cases from counted) as without group by child having sum(households) > 0)`
}

function byHousehold(question: WorkQuestion): RawBuilder<unknown> {
  const none = sql`count(*) filter (where c.household_id is null)::int`
  return sql`
    (select child, targets as households, overdue, due_this_month, outcome_waiting, relapsed, result_missing,
      not_recorded + without as not_recorded, never_visited + without as never_visited
    from (select left(h.area_code, ${question.digits}::int) as child, ${none} as without,
        count(*) filter (where c.household_id is null or c.standing = 'target')::int as targets, ${caseCounts(question)}
      from household h
      left join household_case c on c.province_code = h.province_code and c.household_id = h.id
      where h.state = 'active' and ${inScope(question.scope, 'h')} group by 1) as counted)`
}

/** Rows of figures of one level inside the areas; an area of that level or below stands for itself. */
function ofLevel(areas: readonly string[], digits: number): RawBuilder<boolean> {
  const conditions = areas.map((code) => {
    if (code.length >= digits) return sql<boolean>`(province_code = ${provinceOf(code)} and figure.area_code = ${code})`
    const { from, to } = areaRange(code)
    return sql<boolean>`(province_code = ${provinceOf(code)} and figure.area_code >= ${from}
      and figure.area_code < ${to} and length(figure.area_code) = ${digits})`
  })
  return conditions.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(conditions, sql` or `)})`
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

/**
 * Households of the scope without a case that stand on a list of monthly visits, with the day on which the first visit
 * is due: as `nextDuty` (domain/logbook/duty.ts) says of a household without entries.
 */
function dueWithoutCase({ scope, duty }: WorkQuestion): RawBuilder<unknown> {
  if (duty.length === 0)
    return sql`select 0::smallint as province_code, null::uuid as id, ''::text collate "C" as area_code,
      null::date as due_on where false`
  const isCentre = scope.centreIds.length > 0
  // Listings stand where their household stands, so that only the few households that are not active are looked at.
  const household = isCentre
    ? sql`join household h on h.province_code = l.province_code and h.id = l.household_id and h.state = 'active'`
    : sql``
  const reached = isCentre
    ? inScope(scope, 'h')
    : sql`${inAreas(scope.areas, 'l')} and not exists (select 1 from household h
        where h.province_code = l.province_code and h.id = l.household_id and h.state <> 'active')`
  return sql`
    select l.province_code, l.household_id as id, l.area_code, min(${firstDue}) as due_on
    from ${dutyTable(duty)}
    join listing l on l.province_code = d.province_code and l.list_code = d.list_code
    ${household}
    where l.state = 'active' and ${reached} and ${isOwed}
      and not exists (select 1 from household_case other
        where other.province_code = l.province_code and other.household_id = l.household_id)
    group by l.province_code, l.household_id, l.area_code`
}

function dutyTable(duty: readonly DutyList[]): RawBuilder<unknown> {
  const rows = duty.map(
    ({ provinceCode, list, from, until }) =>
      sql`(${provinceCode}::smallint, ${list}::text, ${from}::date, ${until}::date)`,
  )
  return sql`(values ${sql.join(rows)}) as d(province_code, list_code, from_on, until_on)`
}

const endOfMonth = (day: RawBuilder<unknown>) =>
  sql`(date_trunc('month', ${day}::timestamp) + interval '1 month - 1 day')::date`
/** The end of the month in which the duty began for a listing l under a duty d. */
const firstDue = endOfMonth(sql`greatest(l.list_date, d.from_on)`)
const isOwed = sql<boolean>`(d.until_on is null or ${firstDue} <= ${endOfMonth(sql`d.until_on`)})`

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
  /** As the fold made it; null for a household without entries. */
  case_state: unknown
}

export interface PageQuestion extends WorkQuestion {
  worklist: Worklist
  sort: WorklistSort
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
  const { worklist, today, monthEnd, held } = question
  const cases = sql`household_case c on c.province_code = h.province_code and c.household_id = h.id`
  const isOfVisits = worklist === 'overdue' || worklist === 'dueThisMonth'
  // Lists of what waits hold no household without a case; lists of visits only those that stand on a list of visits.
  const join = isOfVisits
    ? sql`left join ${cases} left join lateral (${dueOfOne(question)}) as u on c.household_id is null`
    : worklist in waitingOfList
      ? sql`join ${cases}`
      : sql`left join ${cases}`
  const due = isOfVisits ? sql`coalesce(c.due_on, u.due_on)` : sql`c.due_on`
  const without = isOfVisits
    ? sql`(c.household_id is null and not ${isHeld(held, 'h')} and ${isDue(worklist, sql`u.due_on`, today, monthEnd)})`
    : sql`${worklist in waitingOfList ? sql`false` : sql`c.household_id is null`}`
  return sql`
    select h.province_code, h.id, (${sinceOf(question, due)})::text as since, ${due} as due_on
    from ${base} ${join}
    where h.state = 'active' and ${inScope(question.scope, 'h')} and ${orderOf('address').after(question.after)}
      and (${conditionOfCase(question)} or ${without})
    order by ${orderOf('address').by} limit ${question.limit + 1}`
}

/** `dueWithoutCase` of the one household under the alias h. */
function dueOfOne({ duty }: PageQuestion): RawBuilder<unknown> {
  if (duty.length === 0) return sql`select null::date as due_on`
  return sql`select min(${firstDue}) as due_on from ${dutyTable(duty)}
    join listing l on l.province_code = d.province_code and l.list_code = d.list_code
    where l.province_code = h.province_code and l.household_id = h.id and l.state = 'active' and ${isOwed}`
}

/** What has waited longest: the cases, and the households without one, each sorted by itself. */
function bySince(question: PageQuestion): RawBuilder<unknown> {
  const { scope, after, limit, worklist, today, monthEnd, held } = question
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
  if (worklist !== 'overdue' && worklist !== 'dueThisMonth') return withCase
  const dueText = sql`due_on::text collate "C"`
  const withoutCase = sql`
    select province_code, id, area_code, ${dueText} as since, due_on from (${dueWithoutCase(question)}) as u
    where not ${isHeld(held, 'u')} and ${isDue(worklist, sql`due_on`, today, monthEnd)}
      and ${behind(dueText, sql`area_code`, sql`id`)}
    order by since, area_code, id limit ${limit + 1}`
  return sql`select * from ((${withCase}) union all (${withoutCase})) as both_kinds
    order by since, area_code, id limit ${limit + 1}`
}

/** Of a household with a case, under the alias c. */
function conditionOfCase({ worklist, held, today, monthEnd }: PageQuestion): RawBuilder<boolean> {
  const condition = {
    notRecorded: () => sql`not c.recorded`,
    neverVisited: () => sql`c.last_visit_on is null`,
    overdue: () => sql`${isDue('overdue', sql`c.due_on`, today, monthEnd)} and not ${isHeld(held, 'c')}`,
    dueThisMonth: () => sql`${isDue('dueThisMonth', sql`c.due_on`, today, monthEnd)} and not ${isHeld(held, 'c')}`,
    outcomeWaiting: () => isWaiting('outcomeWaiting'),
    relapsed: () => isWaiting('relapsed'),
    resultMissing: () => isWaiting('resultMissing'),
  }[worklist]()
  return sql<boolean>`(c.standing = 'target' and ${condition})`
}

function isDue(
  worklist: 'overdue' | 'dueThisMonth',
  day: RawBuilder<unknown>,
  today: string,
  monthEnd: string,
): RawBuilder<boolean> {
  if (worklist === 'overdue') return sql<boolean>`${day} < ${today}::date`
  return sql<boolean>`${day} between ${today}::date and ${monthEnd}::date`
}

function sinceOf({ worklist }: PageQuestion, due: RawBuilder<unknown>): RawBuilder<unknown> {
  if (worklist === 'overdue' || worklist === 'dueThisMonth') return due
  if (worklist === 'notRecorded' || worklist === 'neverVisited') return dayOf(sql`h.created_at`)
  return sql`substring(c.waiting from ${`${waitingOfList[worklist]}:(.{10})`})`
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

/** Of corrected entries, by the id of the latest correction: the accounts of all who wrote them or a correction. */
export async function writersOf(
  db: Db,
  latest: readonly { provinceCode: number; id: string }[],
): Promise<Map<string, string[]>> {
  if (latest.length === 0) return new Map()
  const { rows } = await sql<{ latest: string; accounts: string[] }>`
    with recursive version(province_code, latest, id, corrects, account_id) as (
      select e.province_code, e.id, e.id, e.corrects, e.account_id
      from unnest(${latest.map(({ provinceCode }) => provinceCode)}::smallint[], ${latest.map(({ id }) => id)}::uuid[])
        as given(p, id)
      join entry e on e.province_code = given.p and e.id = given.id
      union all
      select e.province_code, version.latest, e.id, e.corrects, e.account_id from version
      join entry e on e.province_code = version.province_code and e.id = version.corrects)
    select latest, json_agg(account_id) as accounts from version group by latest`.execute(db)
  return new Map(rows.map((row) => [row.latest, row.accounts]))
}

/** The provinces in which centres lie. */
export async function provincesOfCentres(db: Db, ids: readonly string[]): Promise<number[]> {
  const rows = await db
    .selectFrom('centre')
    .select('province_code')
    .where('id', 'in', [...ids])
    .execute()
  return [...new Set(rows.map(({ province_code }) => province_code))]
}
