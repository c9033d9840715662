/**
 * The ledger of progress: from when until when a fact held for a household, and where and on which lists it was counted
 * then. Spans are begun and ended, never rewritten; every change leaves its +1 and -1 in `progress_pending`, from where
 * they go into the figures.
 */
import { sql, type RawBuilder } from 'kysely'
import { dayInThailand } from '../../domain/time.ts'
import type { Db, Tx } from '../db/database.ts'
import { newId } from '../ids.ts'
import type { HouseholdKey } from './households.ts'

/** Where a household is counted, and the facts that hold for it. */
export interface Standing {
  /** 8 digits. */
  areaCode: string
  /** Codes of its lists in order, joined by commas. */
  listSet: string
  facts: readonly string[]
}

/** What a change of standing does to the ledger; pure, so that both doors of writing use the same. */
export interface SpanChange {
  end: string[]
  /** Null when nothing begins. */
  begin: Standing | null
  pending: { fact: string; areaCode: string; listSet: string; delta: 1 | -1 }[]
}

/**
 * The difference between two standings; null stands for a household that is not counted. When the place or the lists
 * change, every span ends and those that still hold begin anew.
 */
export function spanChange(before: Standing | null, after: Standing | null): SpanChange {
  const isSamePlace = before?.areaCode === after?.areaCode && before?.listSet === after?.listSet
  const had = new Set(before?.facts)
  const has = new Set(after?.facts)
  const end = [...had].filter((fact) => !isSamePlace || !has.has(fact)).toSorted()
  const begin = [...has].filter((fact) => !isSamePlace || !had.has(fact)).toSorted()
  const counted = (facts: readonly string[], at: Standing | null, delta: 1 | -1) =>
    at === null ? [] : facts.map((fact) => ({ fact, areaCode: at.areaCode, listSet: at.listSet, delta }))
  return {
    end,
    begin: after && begin.length > 0 ? { ...after, facts: begin } : null,
    pending: [...counted(end, before, -1), ...counted(begin, after, 1)],
  }
}

/** What the ledger says of a household now; null when it is not counted. */
export async function standingOf(db: Db, key: HouseholdKey): Promise<Standing | null> {
  const { rows } = await sql<{ fact: string; area_code: string; list_set: string }>`
    select fact, area_code, list_set from fact_span
    where province_code = ${key.provinceCode} and household_id = ${key.id} and to_at is null
    order by fact`.execute(db)
  return standingFrom(rows)
}

/** Open spans of one household as its standing; all of them say the same place and lists. */
export function standingFrom(rows: readonly { fact: string; area_code: string; list_set: string }[]): Standing | null {
  const [first] = rows
  if (!first) return null
  return { areaCode: first.area_code, listSet: first.list_set, facts: rows.map(({ fact }) => fact) }
}

/**
 * Ends and begins spans at a moment. A span that would begin and end at the same moment is taken out instead, so that
 * none is empty. The caller holds the household, and `at` is not before any moment that its ledger knows.
 */
export async function changeSpans(
  tx: Tx,
  key: HouseholdKey,
  before: Standing | null,
  after: Standing | null,
  at: Date,
): Promise<void> {
  const change = spanChange(before, after)
  if (change.pending.length === 0) return
  await sql`with ${spanWrites(key, change, at)} select 1`.execute(tx)
}

/** The writes of a change, to stand in a `with` beside others of the same statement. */
export function spanWrites(key: HouseholdKey, change: SpanChange, at: Date): RawBuilder<unknown> {
  const { provinceCode, id } = key
  const day = dayInThailand(at)
  const begin = change.begin?.facts ?? []
  return sql`
    span_emptied as (delete from fact_span
      where province_code = ${provinceCode} and household_id = ${id} and to_at is null and from_at = ${at}
        and fact = any(${change.end}::text[])),
    span_ended as (update fact_span set to_at = ${at}
      where province_code = ${provinceCode} and household_id = ${id} and to_at is null and from_at < ${at}
        and fact = any(${change.end}::text[])),
    span_begun as (insert into fact_span (province_code, household_id, fact, from_at, area_code, list_set)
      select ${provinceCode}::smallint, ${id}::uuid, fact, ${at}::timestamptz, ${change.begin?.areaCode ?? ''},
        ${change.begin?.listSet ?? ''}
      from unnest(${begin}::text[]) as fact),
    span_pending as (insert into progress_pending (province_code, id, area_code, list_set, fact, day, delta)
      select ${provinceCode}::smallint, id, area_code, list_set, fact, ${day}::date, delta
      from unnest(${change.pending.map(() => newId())}::uuid[], ${change.pending.map((one) => one.areaCode)}::text[],
        ${change.pending.map((one) => one.listSet)}::text[], ${change.pending.map((one) => one.fact)}::text[],
        ${change.pending.map((one) => one.delta)}::smallint[]) as given(id, area_code, list_set, fact, delta))`
}
