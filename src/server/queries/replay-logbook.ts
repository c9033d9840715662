/**
 * Replays the logbook: which spans of facts, ended ones too, the entries of a household must have left, entry by entry in
 * the order in which they were recorded. `recount-logbook.ts` believes ended spans; this does not, and so finds what the
 * writer got wrong in the ledger and in the figures alike. It shares nothing with the writer but the rules.
 */
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Entry } from '../../domain/logbook/entry.ts'
import { replayFacts, type HeldFact } from '../../domain/logbook/replay.ts'
import type { Rules } from '../../domain/logbook/rules/index.ts'
import type { Db } from '../db/database.ts'
import type { LogbookDifference } from './recount-logbook.ts'
import { rulesEver } from './rules.ts'
import { readSettings } from './settings.ts'

/**
 * Why the history of a household cannot be replayed: nothing tells the moment at which its ledger turned. The first that
 * applies is counted.
 *
 * - merged: it was merged, or another into it, also where that was taken back
 * - withdrawn: it is withdrawn, or was and was restored
 * - moved: its place was changed
 * - lists: a listing came later than the household, ended, or came from another import
 * - rules: it would have had other facts by other rules that held in its time, so that their settling may have turned it
 */
export type LeftOutReason = 'merged' | 'withdrawn' | 'moved' | 'lists' | 'rules'

export interface Replayed {
  replayed: number
  leftOut: Record<LeftOutReason, number>
}

export function nothingReplayed(): Replayed {
  return { replayed: 0, leftOut: { merged: 0, withdrawn: 0, moved: 0, lists: 0, rules: 0 } }
}

const step = 1000
const firstId = '00000000-0000-0000-0000-000000000000'
const day = 24 * 60 * 60 * 1000

/**
 * Replays every household of a province that can be, page by page, and adds to `result`.
 *
 * @param progress told how many were looked at with each page
 */
export async function replayProvince(
  db: Db,
  provinceCode: number,
  result: Replayed,
  add: (difference: LogbookDifference) => void,
  progress: (households: number) => void,
): Promise<void> {
  const isPractice = (await readSettings(db)).practice
  const sets = await rulesEver(db, provinceCode)
  for (let after = firstId; ;) {
    const page = await readPage(db, provinceCode, after)
    if (page.length === 0) return
    after = page.at(-1)!.id
    for (const household of page) {
      const spans = household.left_out === null ? expected(household, sets, isPractice) : null
      if (spans === null) result.leftOut[household.left_out ?? 'rules'] += 1
      else {
        result.replayed += 1
        compare(household, spans, add)
      }
    }
    progress(page.length)
  }
}

interface StoredSpan extends HeldFact {
  area: string
  lists: string
}

interface PageRow {
  id: string
  area_code: string
  list_set: string
  /** Milliseconds. */
  made: number
  left_out: LeftOutReason | null
  entries: Entry[] | null
  spans: StoredSpan[] | null
}

/** What decides whether a household is left out is read from its records, never from the ledger that is put to the test. */
async function readPage(db: Db, provinceCode: number, after: string): Promise<PageRow[]> {
  const { rows } = await sql<PageRow>`
    with page as (
      select h.province_code, h.id, h.area_code, h.list_set, h.created_at,
        case
          when h.state = 'merged' or exists (select 1 from household_merge m where m.province_code = h.province_code
            and (m.kept_id = h.id or m.merged_id = h.id)) then 'merged'
          when h.state = 'withdrawn' or exists (select 1 from fact_change f where f.province_code = h.province_code
            and f.household_id = h.id and f.field = 'state' and f.old_value is not null) then 'withdrawn'
          when exists (select 1 from fact_change f where f.province_code = h.province_code and f.household_id = h.id
            and f.member_id is null and f.field = 'areaCode') then 'moved'
          when exists (select 1 from fact_change f where f.province_code = h.province_code and f.household_id = h.id
              and f.field = 'list')
            or exists (select 1 from listing l where l.province_code = h.province_code and l.household_id = h.id
              and (l.state <> 'active' or l.created_at <> h.created_at or l.batch_id is distinct from h.created_batch))
            then 'lists'
        end as left_out
      from household h where h.province_code = ${provinceCode} and h.id > ${after} order by h.id limit ${step})
    select page.id, page.area_code, page.list_set, page.left_out,
      (extract(epoch from page.created_at) * 1000)::float8 as made,
      case when left_out is null then
        (select json_agg(json_build_object('id', e.id, 'kind', e.kind, 'happenedOn', e.happened_on,
            'recordedAt', to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'accountId', e.account_id, 'content', e.content))
          from entry e where e.province_code = page.province_code and e.household_id = page.id) end as entries,
      case when left_out is null then
        (select json_agg(json_build_object('fact', s.fact, 'from', (extract(epoch from s.from_at) * 1000)::float8,
            'to', (extract(epoch from s.to_at) * 1000)::float8, 'area', s.area_code, 'lists', s.list_set)
            order by s.fact, s.from_at)
          from fact_span s where s.province_code = page.province_code and s.household_id = page.id) end as spans
    from page order by page.id`.execute(db)
  return rows
}

/** The spans that a household must have; null when rules of its time do not agree on them. */
function expected(
  { made, entries, spans }: PageRow,
  sets: readonly { rules: Rules; until: number | null }[],
  isPractice: boolean,
): HeldFact[] | null {
  // A practice year moves the ledger back to before the year, and with it when everything began.
  const first = Math.min(made, ...(spans ?? []).map(({ from }) => from))
  const begun = isPractice ? first : made
  // A day to spare: whoever wrote while rules were being saved may have gone by the older ones.
  const [current, ...older] = sets
    .filter(({ until }) => until === null || until >= begun - day)
    .toReversed()
    .map(({ rules }) => replayFacts(begun, entries ?? [], rules))
  return older.every((spansByThose) => isDeepStrictEqual(spansByThose, current)) ? current! : null
}

/** Tells each fact whose spans are not those that they must be: a moment, a place, the lists, one too many or too few. */
function compare(household: PageRow, spans: readonly HeldFact[], add: (difference: LogbookDifference) => void): void {
  const stored = textsByFact(household.spans ?? [])
  const counted = textsByFact(spans.map((span) => ({ ...span, area: household.area_code, lists: household.list_set })))
  for (const fact of new Set([...stored.keys(), ...counted.keys()])) {
    const [is, must] = [stored.get(fact) ?? '-', counted.get(fact) ?? '-']
    if (is !== must) add({ kind: 'history', subject: `${household.id} ${fact}`, stored: is, counted: must })
  }
}

function textsByFact(spans: readonly StoredSpan[]): Map<string, string> {
  const texts = new Map<string, string>()
  for (const { fact, from, to, area, lists } of spans) {
    const text = `${momentText(from)}/${to === null ? '' : momentText(to)} ${area} ${lists}`.trim()
    const before = texts.get(fact)
    texts.set(fact, before === undefined ? text : `${before} · ${text}`)
  }
  return texts
}

function momentText(milliseconds: number): string {
  return new Date(Math.round(milliseconds)).toISOString()
}
