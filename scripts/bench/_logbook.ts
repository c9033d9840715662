/**
 * Fills the logbook of a filled registry in bulk: about twelve entries for each household, with the case, the ledger and
 * the figures that follow from them. The fold itself makes a few hundred cases; each household gets one of them with ids
 * of its own. Whoever uses this lets the recount look at a sample of it.
 */
import { sql } from 'kysely'
import { addDays, addMonths } from '../../src/domain/days.ts'
import { nextDuty } from '../../src/domain/logbook/duty.ts'
import type { Entry, EntryDraft } from '../../src/domain/logbook/entry.ts'
import { factsOf } from '../../src/domain/logbook/facts.ts'
import { fold } from '../../src/domain/logbook/fold.ts'
import { targetFact } from '../../src/domain/logbook/rules/facts.ts'
import { defaultRules } from '../../src/domain/logbook/rules/index.ts'
import { waitingOf } from '../../src/domain/logbook/work.ts'
import { createRandom, type Random } from '../../src/practice/random.ts'
import type { Database } from '../../src/server/db/database.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { nation, rebuildNation, rebuildProgress } from '../../src/server/queries/progress-figures.ts'
import { recountCases, recountProgress, type LogbookDifference } from '../../src/server/queries/recount-logbook.ts'

const shapes = 150
const idsOfShape = 24
const lists = ['tpmap-2565', 'thaiqm-2'] as const
const listDate = '2022-09-30'
const registered = '2022-12-20T02:00:00.000Z'

/** Where a household's own ids go, in an id's place; SQL's `format` puts them there. */
const idMark = (index: number) => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`
const asFormat = (value: unknown) =>
  JSON.stringify(value)
    .replaceAll('%', '%%')
    .replace(/00000000-0000-7000-8000-0*(\d+?)(?=")/g, (_, index: string) => `%${Number(index) + 1}$s`)

export interface FilledLogbook {
  entries: number
  spans: number
  /** What the recount of a sample found; empty when all is well. */
  differences: LogbookDifference[]
}

export async function fillLogbook(database: Database, accountId: string): Promise<FilledLogbook> {
  const { kysely } = database
  await sql`drop table if exists shape, shape_entry, shape_span`.execute(kysely)
  await sql`create unlogged table shape (n int, list text, state text, entries int, standing text, recorded boolean,
    visited date, due date, waiting text)`.execute(kysely)
  await sql`create unlogged table shape_entry (n int, k int, kind text, happened_on date, recorded_at timestamptz,
    content text)`.execute(kysely)
  await sql`create unlogged table shape_span (n int, fact text, from_at timestamptz, to_at timestamptz)`.execute(kysely)
  for (let n = 0; n < shapes; n += 1) await insertShape(database, n)
  await sql`analyze shape, shape_entry, shape_span`.execute(kysely)

  const later = await dropIndexes(database)
  const { rows: provinces } = await sql<{ code: number }>`
    select distinct province_code as code from household order by 1`.execute(kysely)
  const counts = { entries: 0, spans: 0 }
  for (const { code } of provinces) {
    const households = sql`(select h.*, abs(hashtext(h.id::text)) % ${shapes} as n,
      array(select md5(h.id::text || k)::uuid::text from generate_series(0, ${idsOfShape - 1}) as k order by k) as ids
      from household h where h.province_code = ${code}
      -- Keeps the ids from being made anew for each entry.
      offset 0)`
    await inTransaction(database, 'program', async (tx) => {
      const entries = await sql`
        insert into entry (province_code, id, household_id, area_code, kind, happened_on, recorded_at, account_id, content,
          digest)
        select h.province_code, h.ids[e.k + 1]::uuid, h.id, h.area_code, e.kind, e.happened_on, e.recorded_at,
          ${accountId}::uuid, format(e.content, variadic h.ids)::jsonb, '\\x00'
        from ${households} as h join shape_entry e on e.n = h.n`.execute(tx)
      await sql`
        insert into household_case (province_code, household_id, area_code, list_set, standing, recorded, entries, state,
          last_visit_on, due_on, waiting, updated_at)
        select h.province_code, h.id, h.area_code, h.list_set, s.standing, s.recorded, s.entries,
          format(s.state, variadic h.ids || ${accountId}::text)::jsonb, s.visited, s.due, s.waiting, now()
        from ${households} as h join shape s on s.n = h.n and s.list = h.list_set`.execute(tx)
      const spans = await sql`
        insert into fact_span (province_code, household_id, fact, from_at, to_at, area_code, list_set)
        select h.province_code, h.id, s.fact, s.from_at, s.to_at, h.area_code, h.list_set
        from (select h.*, abs(hashtext(h.id::text)) % ${shapes} as n from household h where province_code = ${code}) as h
        join shape_span s on s.n = h.n`.execute(tx)
      counts.entries += Number(entries.numAffectedRows ?? 0)
      counts.spans += Number(spans.numAffectedRows ?? 0)
    })
  }
  for (const definition of later) await sql.raw(definition).execute(kysely)
  await database.tidy(['entry', 'household_case', 'fact_span'])
  for (const { code } of provinces) await inTransaction(database, 'program', (tx) => rebuildProgress(tx, code, false))
  await inTransaction(database, 'program', rebuildNation)
  await database.tidy(['progress_figure', 'progress_pending'])
  await sql`drop table shape, shape_entry, shape_span`.execute(kysely)

  const differences: LogbookDifference[] = []
  const add = (difference: LogbookDifference) => void differences.push(difference)
  const sample = provinces[Math.floor(provinces.length / 2)]!.code
  await recountCases(kysely, sample, defaultRules, add, () => {})
  for (const code of [sample, nation]) await recountProgress(kysely, code, add)
  return { ...counts, differences }
}

async function insertShape(database: Database, n: number): Promise<void> {
  const entries = storyOf(n)
  const spans = spansOf(entries)
  const state = entries.length === 0 ? null : fold(entries, defaultRules)
  await inTransaction(database, 'program', async (tx) => {
    for (const list of state ? lists : []) {
      const facts = factsOf(state, defaultRules)
      const due = nextDuty({ state, lists: [{ code: list, from: listDate }], rules: defaultRules })
      await sql`insert into shape values (${n}, ${list}, ${asFormat(state)}, ${state!.entries},
        ${facts.includes(targetFact) ? 'target' : 'left'}, ${facts.includes('recorded')}, ${state!.lastVisitOn}::date,
        ${due?.dueOn ?? null}::date, ${waitingOf(state!).join(',')})`.execute(tx)
    }
    for (const [k, { kind, happenedOn, recordedAt, content }] of entries.entries())
      await sql`insert into shape_entry values (${n}, ${k}, ${kind}, ${happenedOn}::date, ${recordedAt}::timestamptz,
        ${asFormat(content)})`.execute(tx)
    for (const { fact, from, to } of spans)
      await sql`insert into shape_span values (${n}, ${fact}, ${from}::timestamptz, ${to}::timestamptz)`.execute(tx)
  })
}

/** Twelve entries or so, in the order in which they are recorded; a few households have none, a few have left. */
function storyOf(n: number): Entry[] {
  const random: Random = createRandom('bench logbook', n)
  if (n % 50 === 49) return []
  const drafts: Omit<EntryDraft, 'id'>[] = []
  const problem = idMark(idsOfShape - 1)
  let day = addDays('2022-12-21', random.below(90))
  const say = (kind: EntryDraft['kind'], content: object) =>
    drafts.push({ kind, happenedOn: day, content } as Omit<EntryDraft, 'id'>)
  const seen = { met: [], words: null, photos: [], nextOn: null }
  const isComplete = random.chance(0.85)
  say('assessment', {
    problems: [
      {
        id: problem,
        dimension: 'living',
        indicator: null,
        memberId: null,
        problem: 'บ้านทรุดโทรม',
        need: 'ซ่อมบ้าน',
        solution: isComplete ? 'ช่างอาสา' : null,
      },
    ],
    noProblem: false,
    answers: [],
    fourT: null,
    incomePerPerson: null,
    path: null,
    stage: null,
    words: null,
  })
  const isHelped = random.chance(0.7)
  const helpedAfter = 1 + random.below(6)
  for (let month = 0; month < (isHelped ? 10 : 12); month += 1) {
    day = `${addMonths(day.slice(0, 7), 1)}-${String(1 + random.below(28)).padStart(2, '0')}`
    if (random.chance(0.05)) continue
    if (month % 2) say('followUp', { ...seen, condition: 'same' })
    else say('visit', { ...seen, seen: 'พบที่บ้าน', place: null, skipped: null })
    if (isHelped && month === helpedAfter)
      say('assistance', {
        problemIds: [problem],
        memberId: null,
        item: null,
        what: 'ซ่อมบ้าน',
        givers: [{ kind: 'agency', name: 'อบต.' }],
        value: 20_000,
        source: 'local',
        quantity: null,
        evidence: null,
        photos: [],
      })
    if (isHelped && month === helpedAfter + 1 && random.chance(0.8))
      say('result', { results: [{ problemId: problem, result: 'solved', words: null }] })
  }
  return drafts.map((draft, index) => ({
    ...draft,
    id: idMark(index),
    recordedAt: `${addDays(draft.happenedOn, random.below(3))}T0${random.below(10)}:${String(10 + index)}:00.000Z`,
    accountId: idMark(idsOfShape),
  })) as Entry[]
}

interface ShapeSpan {
  fact: string
  from: string
  to: string | null
}

/** What settling after each entry leaves in the ledger. */
function spansOf(entries: readonly Entry[]): ShapeSpan[] {
  const spans: ShapeSpan[] = factsOf(null, defaultRules).map((fact) => ({ fact, from: registered, to: null }))
  const byMoment = entries.toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1))
  for (const [index, { recordedAt: at }] of byMoment.entries()) {
    const facts = new Set(factsOf(fold(byMoment.slice(0, index + 1), defaultRules), defaultRules))
    for (const span of spans) if (span.to === null && !facts.delete(span.fact)) span.to = at
    for (const fact of facts) spans.push({ fact, from: at, to: null })
  }
  return spans
}

/** Indexes and foreign keys are made after the rows. */
async function dropIndexes(database: Database): Promise<string[]> {
  const tables = sql.raw("('entry'::regclass, 'household_case'::regclass, 'fact_span'::regclass)")
  const { rows: keys } = await sql<{ table: string; name: string; definition: string }>`
    select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
    where contype in ('f', 'p') and conrelid in ${tables} order by contype desc`.execute(database.kysely)
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid in ${tables} and not indisunique`.execute(database.kysely)
  for (const key of keys) await sql.raw(`alter table ${key.table} drop constraint ${key.name}`).execute(database.kysely)
  for (const index of indexes) await sql.raw(`drop index ${index.name}`).execute(database.kysely)
  return [
    "set maintenance_work_mem = '1GB'",
    ...keys.map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
    ...indexes.map(({ definition }) => definition),
  ]
}
