/**
 * Cases of households, as many at once as are asked for: held, read with everything that decides about them, and written
 * whole. One household and a thousand take the same number of statements.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Entry } from '../../domain/logbook/entry.ts'
import { recordedFact, targetFact } from '../../domain/logbook/rules/facts.ts'
import type { Rules } from '../../domain/logbook/rules/index.ts'
import type { CaseState } from '../../domain/logbook/state.ts'
import { dayInThailand } from '../../domain/time.ts'
import type { Db, Tx } from '../db/database.ts'
import { newId } from '../ids.ts'
import type { NewAuditRow } from './audit.ts'
import { spanChange, standingFrom, type Standing } from './fact-spans.ts'
import type { HouseholdKey, StoredHousehold } from './households.ts'
import { newestVersionsIn, rulesOfVersions, type StoredVersion } from './rules.ts'

/** What recording needs of a household. */
export type CaseHousehold = Pick<
  StoredHousehold,
  'province_code' | 'id' | 'area_code' | 'centre_id' | 'state' | 'list_set' | 'version'
>

/** A household that was asked for, and the one whose case its entries count for: itself unless it was merged. */
export interface HeldHousehold {
  asked: CaseHousehold
  root: CaseHousehold
}

const columns = sql.raw('h.province_code, h.id, h.area_code, h.centre_id, h.state, h.list_set, h.version')

/**
 * Households that are held until the transaction ends, by province and id as text (`keyText`); those that do not exist
 * are left out. Always held in the order of their keys, and a merged one together with the household that it went into, so that
 * recording, merging and taking a merge back wait for each other and never in a circle.
 */
export async function holdHouseholds(tx: Tx, keys: readonly HouseholdKey[]): Promise<Map<string, HeldHousehold>> {
  for (;;) {
    const held = await holdWithRoots(tx, keys)
    const asked = keys.map(keyText).filter((key) => held.has(key))
    // One that is held and not merged is its own root; the way of a merged one may have changed while we waited.
    const isAnyMerged = asked.some((key) => held.get(key)!.state === 'merged')
    const roots = isAnyMerged ? await rootsOf(tx, keys) : new Map(asked.map((key) => [key, key]))
    if ([...roots].every(([key, root]) => held.has(key) && held.has(root)))
      return new Map([...roots].map(([key, root]) => [key, { asked: held.get(key)!, root: held.get(root)! }]))
  }
}

/** As keys of a map; sorts like the database does. */
export function keyText(key: HouseholdKey): string {
  return `${String(key.provinceCode).padStart(2, '0')}/${key.id.toLowerCase()}`
}

/** Rows `up(province_code, asked, id, state, merged_into)`: each household that is asked for, and all on its way to its root. */
function waysUp(keys: readonly HouseholdKey[]): RawBuilder<unknown> {
  return sql`up(province_code, asked, id, state, merged_into) as (
      select h.province_code, h.id, h.id, h.state, h.merged_into
      from unnest(${keys.map((key) => key.provinceCode)}::smallint[], ${keys.map((key) => key.id)}::uuid[]) as given(p, id)
      join household h on h.province_code = given.p and h.id = given.id
      union
      select h.province_code, up.asked, h.id, h.state, h.merged_into
      from up join household h on h.province_code = up.province_code and h.id = up.merged_into
      where up.state = 'merged')`
}

/** Where each household's logbook goes on, both as `keyText`. */
async function rootsOf(db: Db, keys: readonly HouseholdKey[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ province_code: number; asked: string; id: string }>`
    ${sql.raw('/* case.roots */')}
    with recursive ${waysUp(keys)} select province_code, asked, id from up where state <> 'merged'`.execute(db)
  return new Map(
    rows.map((row) => [
      keyText({ provinceCode: row.province_code, id: row.asked }),
      keyText({ provinceCode: row.province_code, id: row.id }),
    ]),
  )
}

/** The households that are asked for and their roots, held and as they are once held. */
async function holdWithRoots(tx: Tx, keys: readonly HouseholdKey[]): Promise<Map<string, CaseHousehold>> {
  const { rows } = await sql<CaseHousehold>`
    ${sql.raw('/* case.holdmany */')}
    with recursive ${waysUp(keys)},
    wanted as (select province_code, id from up where id = asked or state <> 'merged' group by 1, 2)
    select ${columns} from wanted join household h on h.province_code = wanted.province_code and h.id = wanted.id
    order by h.province_code, h.id for update of h`.execute(tx)
  return new Map(rows.map((row) => [keyText({ provinceCode: row.province_code, id: row.id }), row]))
}

export type StoredEntry = Entry & { householdId: string }

/** All that a case is settled from. */
export interface StoredCase {
  provinceCode: number
  id: string
  /** Of the household and of every one that was merged into it, as recorded. */
  entries: StoredEntry[]
  /** The household itself and every one that was merged into it. */
  family: string[]
  /** What the ledger says now; null when the household is not counted. */
  standing: Standing | null
  /** The last moment that the case or its ledger knows, in milliseconds; the next one must be later. */
  lastAt: number
  isStored: boolean
  /** The lists it stands on, each with the day of its earliest listing there. */
  lists: { code: string; from: string }[]
}

interface CaseRow {
  province_code: number
  id: string
  entries: StoredEntry[]
  family: string[]
  spans: { fact: string; area_code: string; list_set: string }[]
  last_at: number | null
  is_stored: boolean
  lists: StoredCase['lists']
}

/** The columns of a case, for each row of `given(province_code, id)`. */
const caseColumns = sql.raw(`
  coalesce((select json_agg(json_build_object('id', e.id, 'householdId', e.household_id, 'kind', e.kind,
      'happenedOn', e.happened_on, 'recordedAt', to_char(e.recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'accountId', e.account_id, 'content', e.content) order by e.recorded_at, e.id)
    from entry e where e.province_code = given.province_code and e.household_id = any(family.ids)), '[]') as entries,
  to_json(family.ids) as family,
  coalesce(ledger.spans, '[]') as spans,
  stored.household_id is not null as is_stored,
  (extract(epoch from greatest(stored.updated_at, ledger.last_at)) * 1000)::float8 as last_at,
  coalesce((select json_agg(json_build_object('code', l.list_code, 'from', l.list_date)) from listing l
    where l.province_code = given.province_code and l.household_id = given.id and l.state = 'active'), '[]') as lists`)

/**
 * What stands beside `given`: the household with all that were merged into it (`offset 0`: worked out once, not for each
 * use), its ledger and its stored case.
 */
const caseSources = sql.raw(`
  cross join lateral (select array(
    with recursive family(id) as (
      select given.id
      union
      select m.merged_id from family f
      join household_merge m on m.province_code = given.province_code and m.kept_id = f.id and m.undone_at is null)
    select id from family) as ids offset 0) as family
  cross join lateral (
    select json_agg(json_build_object('fact', s.fact, 'area_code', s.area_code, 'list_set', s.list_set))
        filter (where s.to_at is null) as spans,
      max(greatest(s.from_at, s.to_at)) as last_at
    from fact_span s where s.province_code = given.province_code and s.household_id = given.id) as ledger
  left join household_case stored on stored.province_code = given.province_code and stored.household_id = given.id`)

/**
 * The cases of households, in no order. To be called once they are held: a statement that waits for a row still sees the
 * rest as it was before.
 */
export async function readCases(db: Db, keys: readonly HouseholdKey[]): Promise<StoredCase[]> {
  const { rows } = await sql<CaseRow>`
    ${sql.raw('/* case.read */')}
    select given.province_code, given.id, ${caseColumns}
    from unnest(${keys.map((key) => key.provinceCode)}::smallint[], ${keys.map((key) => key.id)}::uuid[])
      as given(province_code, id)
    ${caseSources}`.execute(db)
  return rows.map(storedCase)
}

function storedCase(row: CaseRow): StoredCase {
  return {
    provinceCode: row.province_code,
    id: row.id,
    entries: row.entries,
    family: row.family,
    standing: standingFrom(row.spans),
    lastAt: row.last_at ?? 0,
    isStored: row.is_stored,
    lists: row.lists,
  }
}

/**
 * One household that is not merged, held, with its case and the rules of its province: the usual way of an entry, in one
 * statement. When somebody else wrote to it while this waited, what was read beside it may be older and is read again.
 * Null when there is no such household, or it was merged.
 */
export async function holdCase(
  tx: Tx,
  key: HouseholdKey,
): Promise<{ household: CaseHousehold; stored: StoredCase; rules: Rules } | null> {
  const { rows } = await sql<CaseHousehold & CaseRow & { is_current: boolean; versions: StoredVersion[] }>`
    ${sql.raw('/* case.hold */')}
    with given as (select ${columns} from household h
      where h.province_code = ${key.provinceCode}::smallint and h.id = ${key.id}::uuid and h.state <> 'merged' for update),
    latest as (select c.updated_at from given join household_case c
      on c.province_code = given.province_code and c.household_id = given.id for update of c)
    select given.*, ${caseColumns},
      -- A held row is read as it is now, the rest as it was when the statement began. A first entry is read anew always.
      coalesce((select updated_at from latest) = stored.updated_at, false) as is_current,
      coalesce((select json_agg(newest) from (${newestVersionsIn(sql`given.province_code`)}) as newest), '[]') as versions
    from given ${caseSources}`.execute(tx)
  const [row] = rows
  if (!row) return null
  const [stored] = row.is_current ? [storedCase(row)] : await readCases(tx, [key])
  const { rules } = await rulesOfVersions(tx, row.versions)
  return { household: row, stored: stored!, rules }
}

export interface NewEntry {
  entry: Entry
  /** The household at which it is recorded. */
  householdId: string
  digest: Buffer
}

/** What becomes of one household, at one moment. */
export interface CaseWrite {
  provinceCode: number
  id: string
  at: Date
  /** Of the household that the entries count for: they stand where it stands. */
  areaCode: string
  added: readonly NewEntry[]
  /** Null when no row is to be kept: a household that was merged, or that has no entries. */
  state: CaseState | null
  dueOn: string | null
  waiting: readonly string[]
  before: Standing | null
  after: Standing | null
  isStored: boolean
}

/**
 * Writes cases, their new entries, and what changes in the ledger: one statement, however many. Nothing is written for a
 * household that has none of these. `audit` is the trace of the calls.
 *
 * @returns how many of the new entries were stored: an entry whose id another household has is not
 */
export async function writeCases(
  tx: Tx,
  writes: readonly CaseWrite[],
  audit: readonly NewAuditRow[] = [],
): Promise<number> {
  const entries = writes.flatMap((write) => write.added.map((one) => entryRow(write, one)))
  const cases = writes.flatMap((write) => (write.state === null ? [] : [caseRow(write, write.state)]))
  const gone = writes.flatMap((write) =>
    write.state === null && write.isStored ? [{ p: write.provinceCode, h: write.id }] : [],
  )
  const changes = writes.map((write) => ({ write, change: spanChange(write.before, write.after) }))
  const ended = changes.flatMap(({ write, change }) =>
    change.end.map((fact) => ({ p: write.provinceCode, h: write.id, fact, at: write.at })),
  )
  const begun = changes.flatMap(({ write, change: { begin } }) =>
    (begin?.facts ?? []).map((fact) => ({
      p: write.provinceCode,
      h: write.id,
      fact,
      at: write.at,
      area: begin!.areaCode,
      lists: begin!.listSet,
    })),
  )
  const pending = changes.flatMap(({ write, change }) =>
    change.pending.map((one) => ({
      p: write.provinceCode,
      id: newId(),
      area: one.areaCode,
      lists: one.listSet,
      fact: one.fact,
      day: dayInThailand(write.at),
      delta: one.delta,
    })),
  )
  const all = { traced: audit, added: entries, kept: cases, taken: gone, ended, begun, counted: pending }
  const parts = (Object.keys(writing) as (keyof typeof writing)[]).filter((name) => all[name].length > 0)
  if (parts.length === 0) return 0
  // Nearly every write is one of a few of these combinations, each a statement that is planned once.
  const { rows } = await sql<{ stored: number }>`
    ${sql.raw(`/* case.write.${parts.join('.')} */`)}
    with ${sql.join(parts.map((name) => sql`${sql.raw(name)} as (${writing[name](JSON.stringify(all[name]))})`))}
    select ${entries.length > 0 ? sql`(select count(*)::int from added)` : sql`0`} as stored`.execute(tx)
  return rows[0]!.stored
}

/** What a case is written with: each part a statement over its rows, which are given as JSON. */
const writing = {
  traced: (rows: string) => sql`
    insert into audit_entry select one.* from json_populate_recordset(null::audit_entry, ${rows}) as one`,
  added: (rows: string) => sql`
    insert into entry (province_code, id, household_id, area_code, kind, happened_on, recorded_at, account_id, corrects,
      content, digest)
    select e.p, e.id, e.h, e.area, e.kind, e.happened_on, e.at, e.account, e.corrects, e.content, decode(e.digest, 'hex')
    from json_to_recordset(${rows}) as e(p smallint, id uuid, h uuid, area text, kind text, happened_on date,
      at timestamptz, account uuid, corrects uuid, content jsonb, digest text)
    on conflict (province_code, id) do nothing returning 1`,
  kept: (rows: string) => sql`
    insert into household_case (province_code, household_id, area_code, list_set, standing, recorded, entries, state,
      last_visit_on, due_on, waiting, updated_at)
    select c.p, c.h, c.area, c.lists, c.standing, c.recorded, c.entries, c.state, c.visited, c.due, c.waiting, c.at
    from json_to_recordset(${rows}) as c(p smallint, h uuid, area text, lists text, standing text, recorded boolean,
      entries int, state jsonb, visited date, due date, waiting text, at timestamptz)
    on conflict (province_code, household_id) do update set area_code = excluded.area_code,
      list_set = excluded.list_set, standing = excluded.standing, recorded = excluded.recorded, entries = excluded.entries,
      state = excluded.state, last_visit_on = excluded.last_visit_on, due_on = excluded.due_on,
      waiting = excluded.waiting, updated_at = excluded.updated_at`,
  taken: (rows: string) => sql`
    delete from household_case c using json_to_recordset(${rows}) as one(p smallint, h uuid)
    where c.province_code = one.p and c.household_id = one.h`,
  ended: (rows: string) => sql`
    update fact_span s set to_at = one.at
    from json_to_recordset(${rows}) as one(p smallint, h uuid, fact text, at timestamptz)
    where s.province_code = one.p and s.household_id = one.h and s.fact = one.fact and s.to_at is null`,
  begun: (rows: string) => sql`
    insert into fact_span (province_code, household_id, fact, from_at, area_code, list_set)
    select one.p, one.h, one.fact, one.at, one.area, one.lists
    from json_to_recordset(${rows}) as one(p smallint, h uuid, fact text, at timestamptz, area text, lists text)`,
  counted: (rows: string) => sql`
    insert into progress_pending (province_code, id, area_code, list_set, fact, day, delta)
    select one.p, one.id, one.area, one.lists, one.fact, one.day, one.delta
    from json_to_recordset(${rows}) as one(p smallint, id uuid, area text, lists text, fact text, day date,
      delta smallint)`,
}

function entryRow(write: CaseWrite, { entry, householdId, digest }: NewEntry) {
  return {
    p: write.provinceCode,
    id: entry.id,
    h: householdId,
    area: write.areaCode,
    kind: entry.kind,
    happened_on: entry.happenedOn,
    at: entry.recordedAt,
    account: entry.accountId,
    corrects: entry.kind === 'correction' ? entry.content.corrects : null,
    content: entry.content,
    digest: digest.toString('hex'),
  }
}

function caseRow(write: CaseWrite, state: CaseState) {
  return {
    p: write.provinceCode,
    h: write.id,
    area: write.areaCode,
    lists: write.after?.listSet ?? '',
    standing: write.after === null ? 'closed' : write.after.facts.includes(targetFact) ? 'target' : 'left',
    recorded: write.after?.facts.includes(recordedFact) ?? false,
    entries: state.entries,
    state,
    visited: state.lastVisitOn,
    due: write.dueOn,
    waiting: write.waiting.join(','),
    at: write.at,
  }
}

/** Those of the ids that stand in the logbook of any household of the province. */
export async function takenEntryIds(db: Db, provinceCode: number, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    ${sql.raw('/* case.taken */')}
    select id from entry where province_code = ${provinceCode} and id = any(${[...ids]}::uuid[])`.execute(db)
  return new Set(rows.map((row) => row.id))
}

/**
 * Lets entries and photographs stand where their household stands, with those of every household that was merged into
 * it: after a move, a merge, and a merge that was taken back.
 */
export async function moveLogbook(tx: Tx, key: HouseholdKey, areaCode: string): Promise<void> {
  for (const table of ['entry', 'photo']) {
    await sql`
      with recursive family(id) as (
        select ${key.id}::uuid
        union
        select m.merged_id from family f
        join household_merge m on m.province_code = ${key.provinceCode} and m.kept_id = f.id and m.undone_at is null)
      update ${sql.table(table)} set area_code = ${areaCode}
      where province_code = ${key.provinceCode} and household_id in (select id from family)
        and area_code <> ${areaCode}`.execute(tx)
  }
}
