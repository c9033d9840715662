/**
 * Lists of households: filtered by place, list, centre, state and words, in three orders, page by page. Written so that
 * no question is slow in a nation's registry (2.5 million households), whatever is asked:
 *
 * - Without words a page is read off an index that is in the order asked for. A list that few households of the area
 *   stand on is read from its listings (or, for a set of lists, from the villages that the figures name) and sorted.
 * - With words, up to 1,000 matches are fetched and sorted: exact. When there are more, the words are common, and a page
 *   is soon full when the ordered index is walked and every household is looked at. A walk that finds too little after
 *   `longestWalk` households is given up for the search index.
 * - Words of one or two letters are looked for at the beginning of words only (`likePattern`): inside words they are
 *   everywhere, and the trigram index knows nothing shorter than three letters, except behind a space.
 * - Across several provinces a common word gives some of its households, and says so (`tooMany`).
 */
import { sql, type RawBuilder } from 'kysely'
import { provinceOf } from '../../domain/area.ts'
import type { HouseholdState } from '../../domain/household.ts'
import { alikeWords } from '../../domain/likeness.ts'
import type { Reach } from '../../domain/permission.ts'
import { likePattern, type Search, type SearchWord } from '../../domain/search.ts'
import type { Db } from '../db/database.ts'
import { base, columns, orderOf, type HouseholdOrder, type ListedHousehold, type Order } from './household-order.ts'
import { countsBySet, inAreas, inScope, narrowed, ofCentres, scopeOf, type Scope } from './household-scope.ts'

export interface ListQuestion {
  reach: Reach
  area: string
  /** A list's code; '' for households on no list; null for all. */
  list: string | null
  /** Exactly these lists; null for all. */
  listSet: string | null
  centreId: string | null
  state: HouseholdState
  search: Search
  /** For each word of the search, in order, the areas that it names. */
  places: readonly PlaceNamed[]
  order: HouseholdOrder
  limit: number
  after: ListPosition | null
}

/** Areas that a word names; where it says that it is a place (อ.นางรอง), it is looked for nowhere else. */
export interface PlaceNamed {
  codes: readonly string[]
  isSaid: boolean
}

/** Where a page ended. */
export interface ListPosition {
  keys: (string | number)[]
  total: ListTotal
  /** The words were found to be common on the first page. */
  common: boolean
}

export interface ListTotal {
  count: number
  atLeast: boolean
}

export interface ListPage {
  rows: ListedHousehold[]
  next: ListPosition | null
  total: ListTotal
  similar: boolean
  tooMany: boolean
}

const mostCounted = 1000
/** Households looked at one by one before the search index is asked instead; about 20 ms. */
const longestWalk = 20_000
/** Matches taken of a word that is common across provinces. */
const mostOfCommon = 4000
/** More rows than these are never walked past to find the few of a rare list; about 15 ms. */
const longestSkip = 15_000
/** Up to so many households are compared by likeness one by one; 40 µs each. */
const mostCompared = 1000
const mostSimilar = 20
/** Words that are tried in place of one, and how many of those that are in use are looked for. */
const mostTried = 40
const mostAlike = 4

type Condition = RawBuilder<boolean>

export async function listHouseholds(db: Db, question: ListQuestion): Promise<ListPage> {
  const scope = await scopeOf(db, question.reach, question.area)
  await prepare(db)
  const { search } = question
  if (search.kind === 'nothing') return listAll(db, question, scope)
  if (search.kind === 'nationalId' || search.kind === 'wrongNationalId') return nothing(false)
  if (search.kind !== 'words') return listMatches(db, question, scope, conditionOf(search))
  return listByWords(db, question, scope, search.words)
}

/** Words that say that they are places make the scope narrower; the others are looked for in it. */
async function listByWords(
  db: Db,
  question: ListQuestion,
  asked: Scope,
  words: readonly SearchWord[],
): Promise<ListPage> {
  const named = words.map((word, index) => ({ word, codes: question.places[index]?.codes ?? [] }))
  const isPlace = (index: number) => question.places[index]?.isSaid === true && named[index]!.codes.length > 0
  const scope = named.reduce((wide, { codes }, index) => (isPlace(index) ? narrowed(wide, codes) : wide), asked)
  const rest = named.filter((_, index) => !isPlace(index))
  if (rest.length === 0) return listAll(db, question, scope)
  const conditions = rest.map(({ word, codes }) => {
    // An area around the whole scope tells nothing by itself: as the only word it is no more than a name.
    const telling = rest.length > 1 ? codes : codes.filter((code) => !scope.areas.some((area) => area.startsWith(code)))
    const isNamed = holdsWord(word.readings)
    return telling.length === 0 ? isNamed : sql<boolean>`(${isNamed} or ${inAreas(telling, 'h')})`
  })
  const page = await listMatches(db, question, scope, all(conditions))
  if (page.total.count > 0 || question.after !== null) return page
  return listSimilar(
    db,
    question,
    scope,
    rest.map(({ word }) => word.readings),
  )
}

/**
 * A bitmap that fits into memory is exact; one that does not makes every row of its pages be read again. And the planner,
 * who cannot know how rare a Thai word is, must never read the whole registry in the hope of a full page.
 */
async function prepare(db: Db): Promise<void> {
  await sql`select set_config('work_mem', '32MB', true), set_config('enable_seqscan', 'off', true),
    set_config('jit', 'off', true)`.execute(db)
}

/** Walks go along an index that is in order already, whatever the planner guesses that the filters leave. */
async function walking<Result>(db: Db, read: () => Promise<Result>): Promise<Result> {
  await switchPlanner(db, 'off')
  const result = await read()
  await switchPlanner(db, 'on')
  return result
}

async function switchPlanner(db: Db, value: 'on' | 'off'): Promise<void> {
  await sql`select set_config('enable_sort', ${value}, true), set_config('enable_bitmapscan', ${value}, true)`.execute(
    db,
  )
}

function nothing(similar: boolean): ListPage {
  return { rows: [], next: null, total: { count: 0, atLeast: false }, similar, tooMany: false }
}

function conditionOf(search: Search): Condition {
  if (search.kind === 'houseCode') return sql<boolean>`h.house_code = ${search.houseCode}`
  if (search.kind === 'houseNumber') {
    const number = search.houseNumber
    // The number itself and what follows it after a stroke: in the order of bytes, '0' comes right after '/'.
    return sql<boolean>`(h.house_number_key = ${number}
      or (h.house_number_key >= ${`${number}/`} and h.house_number_key < ${`${number}0`}))`
  }
  return sql<boolean>`true`
}

/** Any one of the readings of a word. */
function holdsWord(readings: readonly string[]): Condition {
  const found = readings.map((word) => sql<boolean>`h.search_text like ${likePattern(word)}`)
  return found.length === 1 ? found[0]! : sql<boolean>`(${sql.join(found, sql` or `)})`
}

function all(conditions: readonly Condition[]): Condition {
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

/** What the question filters by beside the place. */
function filtersOf(question: ListQuestion): Condition[] {
  const filters: Condition[] = [
    question.state === 'active'
      ? sql<boolean>`h.state = 'active'`
      : sql<boolean>`h.state <> 'active' and h.state = ${question.state}`,
  ]
  if (question.centreId !== null) filters.push(sql<boolean>`h.centre_id = ${question.centreId}`)
  if (question.listSet !== null) filters.push(sql<boolean>`h.list_set = ${question.listSet}`)
  if (question.list === '') filters.push(sql<boolean>`h.list_set = ''`)
  else if (question.list !== null)
    filters.push(sql<boolean>`strpos(',' || h.list_set || ',', ${`,${question.list},`}) > 0`)
  return filters
}

async function listAll(db: Db, question: ListQuestion, scope: Scope): Promise<ListPage> {
  const order = orderOf(question.order)
  const filters = filtersOf(question)
  const counted = isPlain(question, scope)
  const counts = await countsOf(db, question, scope)
  const total =
    question.after?.total ??
    (counted ? { count: counts.matching, atLeast: false } : await countUpTo(db, [inScope(scope, 'h'), ...filters]))
  const few = counted ? await fewOf(db, question, scope, counts) : null
  const rows = few
    ? await readSorted(db, question, order, [inAreas(scope.areas, 'h'), few, ...filters])
    : await readOrdered(db, question, scope, order, filters)
  return pageOf(question, order, rows, total, { similar: false, tooMany: false, common: false })
}

function holds(question: ListQuestion, set: string): boolean {
  if (question.listSet !== null && set !== question.listSet) return false
  if (question.list === null) return true
  return question.list === '' ? set === '' : set.split(',').includes(question.list)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

async function countUpTo(db: Db, conditions: readonly Condition[]): Promise<ListTotal> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
    from (select from household h where ${all(conditions)} limit ${mostCounted + 1}) as counted`.execute(db)
  return totalOf(rows[0]!.count)
}

function totalOf(count: number): ListTotal {
  return { count: Math.min(count, mostCounted), atLeast: count > mostCounted }
}

/** One page off the indexes, in order. */
async function readOrdered(
  db: Db,
  question: ListQuestion,
  scope: Scope,
  order: Order,
  filters: readonly Condition[],
): Promise<ListedHousehold[]> {
  if (question.state !== 'active' || question.centreId !== null)
    return readSorted(db, question, order, [inScope(scope, 'h'), ...filters])
  const most = question.limit + 1
  const from = [...filters, order.after(question.after?.keys ?? null)]
  const walked = scope.areas.filter((code) => order.walks(code))
  const rest = scope.areas.filter((code) => !order.walks(code))
  const beyond = [ofCentres(scope, 'h'), sql<boolean>`not ${inAreas(scope.areas, 'h')}`]
  const rows = await walking(db, () => walkAreas(db, walked, order, all(from), most))
  if (rest.length > 0) rows.push(...(await readSorted(db, question, order, [inAreas(rest, 'h'), ...filters])))
  if (scope.centreIds.length > 0) rows.push(...(await readSorted(db, question, order, [...beyond, ...filters])))
  return order.sort(rows).slice(0, most)
}

/** The first of many areas in order. Few of each are read at first; all is well when no area gave its last too early. */
async function walkAreas(
  db: Db,
  areas: readonly string[],
  order: Order,
  condition: Condition,
  most: number,
): Promise<ListedHousehold[]> {
  if (areas.length === 0) return []
  if (order.byArea) return walkInTurn(db, areas, order, condition, most)
  const each = areas.length < 8 ? most : Math.ceil((3 * most) / areas.length) + 4
  const { rows } = await sql<ListedHousehold & { walked: string }>`${order.walk(areas, condition, each)}`.execute(db)
  const found = order.sort(rows).slice(0, most)
  const counts = new Map<string, number>()
  for (const { walked } of found) counts.set(walked, (counts.get(walked) ?? 0) + 1)
  const short = each < most && [...counts.values()].some((count) => count >= each)
  if (!short) return found
  const again = await sql<ListedHousehold>`${order.walk(areas, condition, most)}`.execute(db)
  return order.sort(again.rows).slice(0, most)
}

/** Areas one after the other, as long as the page is not full: for the order that goes by area first. */
async function walkInTurn(
  db: Db,
  areas: readonly string[],
  order: Order,
  condition: Condition,
  most: number,
): Promise<ListedHousehold[]> {
  const found: ListedHousehold[] = []
  for (const area of areas) {
    if (found.length >= most) break
    const { rows } = await sql<ListedHousehold>`${order.walk([area], condition, most - found.length)}`.execute(db)
    found.push(...rows)
  }
  return found
}

/** All that the conditions leave, sorted; `offset 0` keeps the planner from walking an index in order instead. */
function sorted(conditions: readonly Condition[], order: Order, most: number): RawBuilder<unknown> {
  return sql`select * from (select ${columns} from ${base} where ${all(conditions)} offset 0) as h
    order by ${order.by} limit ${most}`
}

async function readSorted(
  db: Db,
  question: ListQuestion,
  order: Order,
  conditions: readonly Condition[],
): Promise<ListedHousehold[]> {
  const from = [...conditions, order.after(question.after?.keys ?? null)]
  const { rows } = await sql<ListedHousehold>`${sorted(from, order, question.limit + 1)}`.execute(db)
  return rows
}

/**
 * Where only few of the area stand on the list, or on the set of lists: the condition that finds them without passing
 * all the others. Null where they are many, or all.
 */
async function fewOf(
  db: Db,
  question: ListQuestion,
  scope: Scope,
  counts: { everything: number; matching: number },
): Promise<Condition | null> {
  const { everything, matching } = counts
  const skipped = ((question.limit + 1) * everything) / Math.max(1, matching)
  if (matching === everything || skipped <= longestSkip) return null
  if (question.list !== null && question.list !== '') {
    return sql<boolean>`(h.province_code, h.id) in (
      select l.province_code, l.household_id from listing l
      where l.list_code = ${question.list} and l.state = 'active' and ${inAreas(scope.areas, 'l')})`
  }
  const villages = await sql<{ area_code: string }>`
    select area_code from household_figure f
    where ${inAreas(scope.areas, 'f')} and length(f.area_code) = 8 and f.list_set = ${question.listSet ?? ''}
      and f.households > 0`.execute(db)
  const codes = villages.rows.map((row) => row.area_code)
  const provinces = [...new Set(codes.map(provinceOf))]
  return sql<boolean>`h.province_code = any(${provinces}::smallint[]) and h.area_code = any(${codes}::text[])`
}

async function listMatches(db: Db, question: ListQuestion, scope: Scope, words: Condition): Promise<ListPage> {
  const order = orderOf(question.order)
  const few = isPlain(question, scope) ? await fewOf(db, question, scope, await countsOf(db, question, scope)) : null
  const conditions = [inScope(scope, 'h'), ...filtersOf(question), ...(few ? [few] : []), words]
  const only = scope.areas.length === 1 && scope.centreIds.length === 0 ? scope.areas[0]! : null
  const most = only === null ? mostOfCommon : mostCounted + 1
  if (only === null || !question.after?.common) {
    const found = await readMatches(db, question, order, conditions, most)
    const total = question.after?.total ?? totalOf(found.matches)
    if (found.matches < most || only === null)
      return pageOf(question, order, found.rows, total, {
        similar: false,
        tooMany: found.matches >= most,
        common: false,
      })
  }
  const total = { count: mostCounted, atLeast: true }
  if (isPlain(question, scope) && few === null && order.walks(only)) {
    const walked = await walking(db, () => readWalking(db, question, only, order, words))
    if (walked.length > question.limit)
      return pageOf(question, order, walked, total, { similar: false, tooMany: false, common: true })
  }
  const found = await readMatches(db, question, order, conditions, null)
  return pageOf(question, order, found.rows, total, { similar: false, tooMany: false, common: true })
}

/** Nothing in the way of walking an index, or of the figures that count for the whole question. */
function isPlain(question: ListQuestion, scope: Scope): boolean {
  return question.state === 'active' && question.centreId === null && scope.centreIds.length === 0
}

async function countsOf(db: Db, question: ListQuestion, scope: Scope) {
  const counts = [...(await countsBySet(db, scope.areas))]
  return {
    everything: sum(counts.map(([, count]) => count)),
    matching: sum(counts.flatMap(([set, count]) => (holds(question, set) ? [count] : []))),
  }
}

/** Fetches the matches (at most `most` of them, in no order), then sorts and cuts the page out of them. */
async function readMatches(
  db: Db,
  question: ListQuestion,
  order: Order,
  conditions: readonly Condition[],
  most: number | null,
): Promise<{ rows: ListedHousehold[]; matches: number }> {
  const { rows } = await sql<ListedHousehold & { matches: number }>`
    with matches as materialized (
      select ${columns} from ${base} where ${all(conditions)} ${most === null ? sql`` : sql`limit ${most}`})
    select h.*, (select count(*)::int from matches) as matches from matches h
    where ${order.after(question.after?.keys ?? null)}
    order by ${order.by} limit ${question.limit + 1}`.execute(db)
  if (rows.length > 0 || question.after === null) return { rows, matches: rows[0]?.matches ?? 0 }
  return { rows, matches: question.after.total.count }
}

/** Looks at up to `longestWalk` households in order and keeps those that hold the words. */
async function readWalking(
  db: Db,
  question: ListQuestion,
  area: string,
  order: Order,
  words: Condition,
): Promise<ListedHousehold[]> {
  const from = [...filtersOf(question), order.after(question.after?.keys ?? null)]
  const { rows } = await sql<ListedHousehold>`
    select * from (${order.walk([area], all(from), longestWalk)}) as h where ${words} limit ${question.limit + 1}`.execute(
    db,
  )
  return rows
}

/** When no household holds the words: those whose words sound or look like them, the most alike first, one page. */
async function listSimilar(
  db: Db,
  question: ListQuestion,
  scope: Scope,
  words: readonly (readonly string[])[],
): Promise<ListPage> {
  const typed = words.map((alternatives) => alternatives.at(-1)!).join(' ')
  const conditions = [inScope(scope, 'h'), ...filtersOf(question)]
  const meant: string[][] = []
  for (const alternatives of words)
    meant.push(await wordsInUse(db, [...alternatives, ...alternatives.flatMap((word) => alikeWords(word, mostTried))]))
  const rows: ListedHousehold[] = []
  if (meant.every((alternatives) => alternatives.length > 0)) {
    rows.push(...(await readAlike(db, [...conditions, ...meant.map(holdsWord)], typed)))
  }
  const few = sum([...(await countsBySet(db, scope.areas)).values()]) <= mostCompared && scope.centreIds.length === 0
  if (rows.length === 0 && few && typed.length > 2) {
    const alike = sql<boolean>`word_similarity(${typed}, h.search_text) >= 0.45`
    rows.push(...(await readAlike(db, [...conditions, alike], typed)))
  }
  const total = { count: rows.length, atLeast: false }
  return { rows, next: null, total, similar: rows.length > 0, tooMany: false }
}

/** Which of the words stand anywhere in the registry: nearly all that are tried do not, and the index knows at once. */
async function wordsInUse(db: Db, words: readonly string[]): Promise<string[]> {
  const patterns = words.map((word) => likePattern(word))
  const { rows } = await sql<{ place: number }>`
    select place::int as place from unnest(${patterns}::text[]) with ordinality as tried (pattern, place)
    where exists (select from household where search_text like tried.pattern)
    limit ${mostAlike}`.execute(db)
  return rows.map(({ place }) => words[place - 1]!)
}

async function readAlike(db: Db, conditions: readonly Condition[], typed: string): Promise<ListedHousehold[]> {
  const { rows } = await sql<ListedHousehold>`
    with alike as materialized (select ${columns}, h.search_text from ${base} where ${all(conditions)} limit 200)
    select ${columns} from alike h
    order by word_similarity(${typed}, h.search_text) desc, h.sort_key, h.id limit ${mostSimilar}`.execute(db)
  return rows
}

function pageOf(
  question: ListQuestion,
  order: Order,
  found: readonly ListedHousehold[],
  total: ListTotal,
  rest: { similar: boolean; tooMany: boolean; common: boolean },
): ListPage {
  const rows = found.slice(0, question.limit)
  const last = rows.at(-1)
  const next = found.length > question.limit && last ? { keys: order.keysOf(last), total, common: rest.common } : null
  return { rows, next, total, similar: rest.similar, tooMany: rest.tooMany }
}
