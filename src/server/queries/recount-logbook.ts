/**
 * Recounts the logbook: each case from its entries, the ledger from the cases, and every figure of every day from the
 * ledger. It knows the rules from the domain and shares nothing with what writes.
 */
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { nextDuty } from '../../domain/logbook/duty.ts'
import type { Entry } from '../../domain/logbook/entry.ts'
import { factsOf } from '../../domain/logbook/facts.ts'
import { fold } from '../../domain/logbook/fold.ts'
import type { Rules } from '../../domain/logbook/rules/index.ts'
import { recordedFact, targetFact } from '../../domain/logbook/rules/facts.ts'
import { waitingOf } from '../../domain/logbook/work.ts'
import type { Db } from '../db/database.ts'
import { deltasOfFigures, deltasOfLedger, nation } from './progress-figures.ts'

export const logbookKinds = ['case', 'facts', 'spans', 'entryPlace', 'progress', 'history'] as const

/** Something of the logbook that is stored otherwise than it counts; never holds words of an entry. */
export interface LogbookDifference {
  kind: (typeof logbookKinds)[number]
  subject: string
  stored: string | null
  counted: string | null
}
type Add = (difference: LogbookDifference) => void

const step = 1000
const firstId = '00000000-0000-0000-0000-000000000000'

/**
 * Every household of a province, whatever its state: its case, its open spans, its history, and where its entries stand.
 *
 * @param progress told how many were looked at with each slice
 */
export async function recountCases(
  db: Db,
  provinceCode: number,
  rules: Rules,
  add: Add,
  progress: (households: number) => void,
): Promise<void> {
  for (let after = firstId; ;) {
    const slice = await readSlice(db, provinceCode, after)
    if (slice.length === 0) return
    after = slice.at(-1)!.id
    for (const household of slice) compare(household, rules, add)
    progress(slice.length)
  }
}

interface Span {
  fact: string
  from: number
  to: number | null
  area: string
  lists: string
}

interface SliceRow {
  id: string
  state: 'active' | 'merged' | 'withdrawn'
  area_code: string
  list_set: string
  lists: { code: string; from: string }[] | null
  entries: Entry[] | null
  family: string[]
  misplaced: number
  spans: Span[] | null
  stored: {
    area_code: string
    list_set: string
    standing: string
    recorded: boolean
    entries: number
    state: unknown
    last_visit_on: string | null
    due_on: string | null
    waiting: string
  } | null
}

async function readSlice(db: Db, provinceCode: number, after: string): Promise<SliceRow[]> {
  const { rows } = await sql<SliceRow>`
    with slice as (
      select h.province_code, h.id, h.state, h.area_code, h.list_set,
        case when exists (select 1 from household_merge m where m.province_code = h.province_code and m.kept_id = h.id
            and m.undone_at is null)
          then array(
            with recursive family(id) as (
              select h.id
              union
              select m.merged_id from family f
              join household_merge m on m.province_code = h.province_code and m.kept_id = f.id and m.undone_at is null)
            select id from family)
          else array[h.id] end as family
      from household h where h.province_code = ${provinceCode} and h.id > ${after} order by h.id limit ${step})
    select slice.id, slice.state, slice.area_code, slice.list_set, to_json(slice.family) as family,
      (select json_agg(json_build_object('code', l.list_code, 'from', l.list_date)) from listing l
        where l.province_code = slice.province_code and l.household_id = slice.id and l.state = 'active') as lists,
      (select json_agg(json_build_object('id', e.id, 'householdId', e.household_id, 'kind', e.kind, 'happenedOn', e.happened_on,
          'recordedAt', to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'accountId', e.account_id, 'content', e.content))
        from entry e where e.province_code = slice.province_code and e.household_id = any(slice.family)) as entries,
      (select count(*)::int from entry e where e.province_code = slice.province_code
        and e.household_id = any(slice.family) and e.area_code <> slice.area_code) as misplaced,
      (select json_agg(json_build_object('fact', s.fact, 'from', (extract(epoch from s.from_at) * 1000)::bigint,
          'to', (extract(epoch from s.to_at) * 1000)::bigint, 'area', s.area_code, 'lists', s.list_set)
          order by s.fact, s.from_at)
        from fact_span s where s.province_code = slice.province_code and s.household_id = slice.id) as spans,
      (select json_build_object('area_code', c.area_code, 'list_set', c.list_set, 'standing', c.standing,
          'recorded', c.recorded, 'entries', c.entries, 'state', c.state, 'last_visit_on', c.last_visit_on,
          'due_on', c.due_on, 'waiting', c.waiting)
        from household_case c where c.province_code = slice.province_code and c.household_id = slice.id) as stored
    from slice order by slice.id`.execute(db)
  return rows
}

function compare(household: SliceRow, rules: Rules, add: Add): void {
  const { id: subject, stored } = household
  const entries = household.entries ?? []
  const isCounted = household.state === 'active'
  const state = entries.length === 0 || household.state === 'merged' ? null : fold(entries, rules, household)
  const facts = isCounted ? factsOf(state, rules) : []
  const tell = (kind: LogbookDifference['kind'], storedText: string | null, counted: string | null) =>
    add({ kind, subject, stored: storedText, counted })

  if (stored === null || state === null) {
    if ((stored === null) !== (state === null)) tell('case', stored && 'a case', state && 'a case')
  } else {
    const counted = {
      area_code: household.area_code,
      list_set: isCounted ? household.list_set : '',
      standing: !isCounted ? 'closed' : facts.includes(targetFact) ? 'target' : 'left',
      recorded: facts.includes(recordedFact),
      entries: state.entries,
      state: JSON.parse(JSON.stringify(state)) as unknown,
      last_visit_on: state.lastVisitOn,
      due_on: isCounted ? (nextDuty({ state, lists: household.lists ?? [], rules })?.dueOn ?? null) : null,
      waiting: isCounted ? waitingOf(state).join(',') : '',
    }
    const fields = Object.keys(counted) as (keyof typeof counted)[]
    const wrong = fields.filter((field) => !isDeepStrictEqual(stored[field], counted[field]))
    if (wrong.length > 0) tell('case', wrong.join(' '), null)
  }

  const spans = household.spans ?? []
  const open = spans.filter(({ to }) => to === null)
  const openText = open.map(({ fact, area, lists }) => `${fact} ${area} ${lists}`).join(' · ')
  const heldText = facts.map((fact) => `${fact} ${household.area_code} ${household.list_set}`).join(' · ')
  if (openText !== heldText) tell('facts', openText, heldText)

  const isBroken = spans.some((span, index) => {
    const next = spans[index + 1]
    const isLast = next?.fact !== span.fact
    return span.to === null ? !isLast : span.to <= span.from || (!isLast && next!.from < span.to)
  })
  if (isBroken) tell('spans', 'overlapping or empty', null)
  if (household.state !== 'merged' && household.misplaced > 0) tell('entryPlace', String(household.misplaced), '0')
}

/** Every figure of every day of a province against its ledger; of the nation against that of all provinces. */
export async function recountProgress(db: Db, provinceCode: number, add: Add): Promise<void> {
  const isNation = provinceCode === nation
  const lengths = isNation ? [0] : [2, 4, 6]
  const where = isNation ? sql`where true` : sql`where province_code = ${provinceCode}`
  const { rows } = await sql<{ area_code: string; fact: string; list_set: string; day: string; off: number }>`
    with side as (
      select area_code, fact, list_set, day, delta from (
        ${deltasOfFigures(sql`where province_code = ${provinceCode}`)}) as figure
      union all
      select left(area_code, length), fact, list_set, day, delta
      from (select area_code, fact, list_set, day, delta from progress_pending ${where}) as waiting
        cross join unnest(${lengths}::int[]) as length
      union all
      select left(area_code, length), fact, list_set, day, -delta
      from (${deltasOfLedger(where)}) as ledger cross join unnest(${lengths}::int[]) as length)
    select area_code, fact, list_set, day, sum(delta)::int as off from side
    group by area_code, fact, list_set, day having sum(delta) <> 0 order by day, area_code, fact, list_set`.execute(db)
  for (const { area_code, fact, list_set, day, off } of rows)
    add({
      kind: 'progress',
      subject: `${day} ${area_code === '' ? 'nation' : area_code} ${fact} ${list_set}`.trim(),
      stored: off > 0 ? `+${off}` : String(off),
      counted: '0',
    })
}
