/**
 * Takes judged rows into the registry, a range of rows in one transaction. Ids were made when the row was read and
 * nothing is inserted twice, so a range that is committed again after a kill changes nothing.
 */
import { sql, type RawBuilder } from 'kysely'
import { dayInThailand } from '../../../domain/time.ts'
import type { Db, Tx } from '../../db/database.ts'
import { centreFor } from '../centres.ts'
import { fullNameSql, rederive, renewNameKeys } from './derive.ts'
import { moveEdition } from './edition.ts'
import {
  factTarget,
  householdColumns,
  makeFacts,
  makePersons,
  memberColumns,
  pairFlags,
  rowsWithin,
  takes,
  takesArea,
} from './facts.ts'
import type { JudgedBatch } from './judge.ts'
import type { RowRange } from './match.ts'
import { beginSpans, factsOfNew, followSpans, touchedCases, type TouchedCase } from './spans.ts'

export interface CommitCounts {
  householdsMade: number
  householdsChanged: number
  membersMade: number
  listingsMade: number
  factsChanged: number
}

export const nothingCommitted: CommitCounts = {
  householdsMade: 0,
  householdsChanged: 0,
  membersMade: 0,
  listingsMade: 0,
  factsChanged: 0,
}

/** Who commits, and when. */
export interface CommitStamp {
  accountId: string | null
  now: Date
  /** Settles the cases of households that were touched, which `queries` cannot do by itself. */
  settle(tx: Tx, households: readonly TouchedCase[]): Promise<void>
}

/**
 * Commits the rows of a range: those that the rules decided and, with `onlyDecided`, those that a person decided after
 * the range was committed.
 */
export async function commitRange(
  tx: Tx,
  batch: JudgedBatch,
  range: RowRange,
  onlyDecided: boolean,
  stamp: CommitStamp,
): Promise<CommitCounts> {
  await makeWork(tx, batch, range, onlyDecided, stamp.now)
  const { rows } = await sql<{ creates: number; attaches: number; groups: number }>`
    select (count(*) filter (where creates))::int as creates, (count(*) filter (where not creates))::int as attaches,
      -- In the order of the index of such rows: where there are none the planner would else look at every row of the file.
      (select count(*)::int from (select leader_row from source_row where batch_id = ${batch.id} and leader_row <> row_number
        order by batch_id, leader_row limit 1) as any_group) as groups
    from work`.execute(tx)
  const { creates, attaches, groups } = rows[0]!
  const counts = { ...nothingCommitted }
  if (creates > 0) {
    counts.householdsMade = await insertHouseholds(tx, batch, range, stamp, groups > 0)
    counts.membersMade = await insertMembersOfNew(tx, batch, range, stamp, groups > 0)
    counts.listingsMade = await insertListings(tx, batch, range, stamp)
  }
  if (attaches > 0) {
    const attached = await attach(tx, batch, range, stamp)
    counts.membersMade += attached.membersMade
    counts.listingsMade += attached.listingsMade
    counts.householdsChanged = attached.householdsChanged
    counts.factsChanged = attached.factsChanged
  }
  await moveEdition(tx, batch, range, onlyDecided, stamp)
  await sql`update row_verdict v set committed_at = ${stamp.now}, household_id = work.household_id
    from work where v.batch_id = ${batch.id} and v.row_number = work.row_number and v.province_code = work.province_code
      and v.decision is not null and v.committed_at is null`.execute(tx)
  return counts
}

/** The rows to be committed with the household that each ends up in, and the centres that answer for their places. */
async function makeWork(tx: Tx, batch: JudgedBatch, range: RowRange, onlyDecided: boolean, now: Date): Promise<void> {
  await sql`drop table if exists work, home, pair, fact, person`.execute(tx)
  await sql`create temp table work on commit drop as
    select v.row_number, v.province_code, v.area_code, v.decision,
      (v.decision is not null and v.decision = 'separate') or (v.decision is null and v.verdict = 'new') as creates,
      case when v.decision in ('accept', 'keep') then v.candidate_id
        when v.decision = 'separate' then (select s.new_household_id from source_row s
          where s.batch_id = v.batch_id and s.row_number = v.row_number and s.province_code = v.province_code)
        else v.household_id end as household_id,
      case v.decision when 'accept' then 1 when 'keep' then 2 else 0 end as mode
    from row_verdict v
    where v.batch_id = ${batch.id} and v.row_number > ${range.after} and v.row_number <= ${range.through}
      and not v.waiting and v.committed_at is null
      and ${
        onlyDecided
          ? sql`v.decision in ('accept', 'keep', 'separate')`
          : sql`(v.decision in ('accept', 'keep', 'separate')
              or (v.decision is null and v.verdict in ('new', 'update', 'match')))`
      }`.execute(tx)
  await sql`analyze work`.execute(tx)
  await sql`create temp table home on commit drop as
    select area_code, ${centreFor(sql.ref('areas.area_code'), dayInThailand(now))} as centre_id
    from (select distinct area_code from work) areas`.execute(tx)
  // Joined to rows of which the planner expects too few: it would go through the whole table for each.
  await sql`alter table home add primary key (area_code)`.execute(tx)
}

async function insertHouseholds(
  tx: Tx,
  batch: JudgedBatch,
  range: RowRange,
  stamp: CommitStamp,
  groups: boolean,
): Promise<number> {
  // In files with one row per person the head is the one with the lowest place, and everybody is found by name.
  const people = groups
    ? sql`left join lateral (
        select count(*)::smallint as count, (array_agg(${sql.raw(fullNameSql('p'))} order by p.position nulls last, p.row_number))[1] as head_name,
          (array_agg(p.sort_key order by p.position nulls last, p.row_number))[1] as sort_key,
          ' ' || string_agg(distinct p.name_key, '  ') || ' ' as names
        from (${distinctPeople(batch, sql`s.row_number`)}) p) people on true`
    : sql``
  const own = groups
    ? sql`people.head_name, coalesce(people.sort_key, ''),
        coalesce(people.names, '') || coalesce(case when s.name_key is null then s.search_text else substr(s.search_text, length(s.name_key) + 2) end, ''),
        coalesce(people.count, 0)`
    : sql`case when s.first_name is not null then ${sql.raw(fullNameSql('s'))} end, coalesce(s.sort_key, ''),
        coalesce(s.search_text, ''), case when s.first_name is null then 0 else 1 end`
  const facts = await factsOfNew(tx, sql`(select province_code from work where creates)`)
  const { rows } = await sql<{
    made: number
  }>`with made as (insert into household (province_code, id, area_code, centre_id, house_code, family_number,
      house_number, house_number_key, lane, road, phone, latitude, longitude, stated_members, note, head_name, sort_key,
      search_text, member_count, list_set, as_of, trust, created_batch, created_at, updated_at)
    select s.province_code, work.household_id, s.area_code, home.centre_id, s.house_code, s.family_number, s.house_number,
      s.house_number_key, s.lane, s.road, s.phone, s.latitude, s.longitude, s.stated_members, s.note, ${own},
      ${batch.listCode}, ${batch.listDate}::date, ${batch.trust}::smallint, ${batch.id}::uuid, ${stamp.now}, ${stamp.now}
    from work join ${rowsWithin(batch, range)} s on s.row_number = work.row_number and s.province_code = work.province_code
      left join home on home.area_code = s.area_code
      ${people}
    where work.creates
    on conflict do nothing returning province_code, id, area_code, list_set),
    ${beginSpans(sql`made`, facts, stamp.now)}
    select count(*)::int as made from made`.execute(tx)
  return rows[0]!.made
}

/** The persons of a household of the file, each once although the file may repeat them. */
function distinctPeople(batch: JudgedBatch, leader: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select distinct on (coalesce(encode(r.national_id_hash, 'hex'), r.name_key, r.row_number::text)) r.*
    from source_row r
    where r.batch_id = ${batch.id} and (r.row_number = ${leader} or (r.leader_row = ${leader} and r.leader_row <> r.row_number))
      and not r.invalid and r.first_name is not null
    order by coalesce(encode(r.national_id_hash, 'hex'), r.name_key, r.row_number::text), r.row_number`
}

const memberTarget = sql`member (province_code, id, household_id, area_code, position, relation, title, first_name,
  last_name, name_key, national_id_hash, national_id_cipher, sex, birth_date, birth_precision, occupation, annual_income,
  created_batch, created_at, updated_at)`

async function insertMembersOfNew(
  tx: Tx,
  batch: JudgedBatch,
  range: RowRange,
  stamp: CommitStamp,
  groups: boolean,
): Promise<number> {
  const persons = groups
    ? sql`work cross join lateral (${distinctPeople(batch, sql`work.row_number`)}) s`
    : sql`work join ${rowsWithin(batch, range)} s on s.row_number = work.row_number and s.province_code = work.province_code`
  const position = groups
    ? sql`coalesce(s.position, row_number() over (partition by work.row_number order by s.position nulls last, s.row_number))`
    : sql`coalesce(s.position, 1)`
  const result = await sql`insert into ${memberTarget}
    select work.province_code, s.new_member_id, work.household_id, work.area_code, ${position}, s.relation, s.title,
      s.first_name, s.last_name, coalesce(s.name_key, ''), s.national_id_hash, s.national_id_cipher, s.sex, s.birth_date,
      s.birth_precision, s.occupation, s.annual_income, ${batch.id}::uuid, ${stamp.now}, ${stamp.now}
    from ${persons} where work.creates and s.first_name is not null
    on conflict do nothing`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

async function insertListings(tx: Tx, batch: JudgedBatch, range: RowRange, stamp: CommitStamp): Promise<number> {
  const result =
    await sql`insert into listing (province_code, id, household_id, area_code, list_code, list_date, batch_id,
      row_number, account_id, created_at)
    select work.province_code, s.new_listing_id, work.household_id, work.area_code, ${batch.listCode}, ${batch.listDate}::date,
      ${batch.id}::uuid, work.row_number, ${stamp.accountId}::uuid, ${stamp.now}
    from work join ${rowsWithin(batch, range)} s on s.row_number = work.row_number and s.province_code = work.province_code
    where work.creates on conflict do nothing`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

/** Rows that are a household of the registry: facts by survivorship, persons who are not known yet, the listing. */
async function attach(
  tx: Tx,
  batch: JudgedBatch,
  range: RowRange,
  stamp: CommitStamp,
): Promise<Omit<CommitCounts, 'householdsMade'>> {
  // Held from here: what is worked out below from the household as it stands is what its row then says. Two rows that are
  // one household: the first speaks for it.
  await sql`create temp table pair on commit drop as
    with held as (
      select h.province_code, h.id, h.area_code, h.as_of, h.trust from household h
      where h.state = 'active' and exists (select from work
        where not work.creates and work.province_code = h.province_code and work.household_id = h.id)
      order by h.province_code, h.id for update of h)
    select distinct on (work.province_code, work.household_id) work.row_number, work.province_code, work.household_id,
      h.area_code as area_before, ${pairFlags(batch, sql`work.mode`)}
    from work join held h on h.province_code = work.province_code and h.id = work.household_id
    where not work.creates order by work.province_code, work.household_id, work.row_number`.execute(tx)
  await sql`analyze pair`.execute(tx)
  const persons = await makePersons(tx, batch, range, true)
  await makeFacts(tx, batch, range, persons)
  const facts = await writeFactChanges(tx, batch, stamp)
  await updateMembers(tx, batch, persons, stamp)
  const membersMade = await insertMissingMembers(tx, batch, persons, stamp)
  const listingsMade = await attachListings(tx, batch, range, stamp)
  await updateHouseholds(tx, batch, range, stamp)
  await followMoves(tx)
  await followSpans(tx, sql`pair`, stamp.now)
  await stamp.settle(tx, await touchedCases(tx, sql`pair`))
  const householdsChanged = await countChanged(tx)
  return { membersMade, listingsMade, householdsChanged, factsChanged: facts }
}

/** Households of which a fact is another than before; one that only came onto one more list is not among them. */
async function countChanged(tx: Tx): Promise<number> {
  const { rows } = await sql<{ households: number }>`
    select count(*)::int as households from (select distinct province_code, household_id from fact) as changed`.execute(
    tx,
  )
  return rows[0]!.households
}

async function writeFactChanges(tx: Tx, batch: JudgedBatch, stamp: CommitStamp): Promise<number> {
  const result = await sql`insert into ${factTarget}
    select province_code, gen_random_uuid(), household_id, member_id, field, old_value, new_value, 'import',
      ${batch.id}::uuid, person_row, ${stamp.accountId}::uuid, ${batch.listDate}::date, ${stamp.now}
    from fact`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

async function updateMembers(tx: Tx, batch: JudgedBatch, persons: RowRange, stamp: CommitStamp): Promise<void> {
  const sets = memberColumns.map(
    (column) =>
      `${column.column} = case when ${takes(batch.rules, 'm', column)} then s.${column.column} else m.${column.column} end`,
  )
  await sql`update member m set ${sql.raw(sets.join(', '))},
      national_id_cipher = case when m.national_id_hash is null then s.national_id_cipher else m.national_id_cipher end,
      national_id_hash = coalesce(m.national_id_hash, s.national_id_hash),
      updated_at = ${stamp.now}
    from person join pair on pair.row_number = person.leader_row and pair.household_id = person.household_id
      join ${rowsWithin(batch, persons)} s on s.row_number = person.row_number
    where m.province_code = person.province_code and m.id = person.member_id
      and exists (select 1 from fact where fact.member_id = m.id and fact.person_row = person.row_number)`.execute(tx)
  // The file may give one part of a name only, or the rules take one part only.
  await renewNameKeys(tx, sql`(select province_code, member_id from fact where field in ('firstName', 'lastName'))`)
}

async function insertMissingMembers(
  tx: Tx,
  batch: JudgedBatch,
  persons: RowRange,
  stamp: CommitStamp,
): Promise<number> {
  const result = await sql`with missing as (
      select distinct on (person.household_id, coalesce(encode(s.national_id_hash, 'hex'), s.name_key, s.row_number::text))
        person.leader_row, person.household_id, s.*
      from person join pair on pair.row_number = person.leader_row and pair.household_id = person.household_id
        join ${rowsWithin(batch, persons)} s on s.row_number = person.row_number
      where person.member_id is null
      order by person.household_id, coalesce(encode(s.national_id_hash, 'hex'), s.name_key, s.row_number::text), s.row_number),
    inserted as (
      insert into ${memberTarget}
      select missing.province_code, missing.new_member_id, missing.household_id, h.area_code,
        coalesce(missing.position, (select coalesce(max(m.position), 0) from member m
          where m.province_code = missing.province_code and m.household_id = missing.household_id and m.state = 'active')
          + row_number() over (partition by missing.household_id order by missing.row_number)),
        missing.relation, missing.title, missing.first_name, missing.last_name, coalesce(missing.name_key, ''),
        missing.national_id_hash, missing.national_id_cipher, missing.sex, missing.birth_date, missing.birth_precision,
        missing.occupation, missing.annual_income, ${batch.id}::uuid, ${stamp.now}, ${stamp.now}
      from missing join household h on h.province_code = missing.province_code and h.id = missing.household_id
      on conflict do nothing returning province_code, id, household_id, first_name, last_name)
    insert into ${factTarget}
    select inserted.province_code, gen_random_uuid(), inserted.household_id, inserted.id, 'member', null,
      inserted.first_name || coalesce(' ' || inserted.last_name, ''), 'import', ${batch.id}::uuid, missing.row_number,
      ${stamp.accountId}::uuid, ${batch.listDate}::date, ${stamp.now}
    from inserted join missing on missing.new_member_id = inserted.id`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

async function attachListings(tx: Tx, batch: JudgedBatch, range: RowRange, stamp: CommitStamp): Promise<number> {
  const result = await sql`with placed as (
      insert into listing (province_code, id, household_id, area_code, list_code, list_date, batch_id, row_number, account_id,
        created_at)
      select pair.province_code, s.new_listing_id, pair.household_id, pair.area_before, ${batch.listCode}, ${batch.listDate}::date,
        ${batch.id}::uuid, pair.row_number, ${stamp.accountId}::uuid, ${stamp.now}
      from pair join ${rowsWithin(batch, range)} s on s.row_number = pair.row_number
        and s.province_code = pair.province_code
      on conflict (province_code, household_id, list_code) do update
        set state = 'active', list_date = excluded.list_date, batch_id = excluded.batch_id, row_number = excluded.row_number,
          account_id = excluded.account_id
        where listing.state = 'withdrawn'
      returning province_code, household_id, row_number)
    insert into ${factTarget}
    select province_code, gen_random_uuid(), household_id, null, 'list', null, ${batch.listCode}, 'import',
      ${batch.id}::uuid, row_number, ${stamp.accountId}::uuid, ${batch.listDate}::date, ${stamp.now}
    from placed`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

/** The facts that are taken over, and what follows from them and from members and lists, in one update of each row. */
async function updateHouseholds(tx: Tx, batch: JudgedBatch, range: RowRange, stamp: CommitStamp): Promise<void> {
  const houseNumber = householdColumns.find(({ field }) => field === 'houseNumber')!
  const area = takesArea(batch.rules)
  const taken = (take: string, column: string, source = 's') =>
    sql.raw(`case when ${take} then ${source}.${column} else h.${column} end`)
  const asOf = sql`greatest(h.as_of, ${batch.listDate}::date)`
  const trust = sql`case when pair.newer then greatest(h.trust, ${batch.trust}::smallint) else h.trust end`
  // They decide against later lists, and go back with the import.
  await sql`insert into ${factTarget}
    select pair.province_code, gen_random_uuid(), pair.household_id, null, mark.field, mark.old_value, mark.new_value, 'import',
      ${batch.id}::uuid, pair.row_number, ${stamp.accountId}::uuid, ${batch.listDate}::date, ${stamp.now}
    from pair join household h on h.province_code = pair.province_code and h.id = pair.household_id
      cross join lateral (values ('asOf', h.as_of::text, (${asOf})::text), ('trust', h.trust::text, (${trust})::text))
        as mark (field, old_value, new_value)
    where mark.old_value <> mark.new_value`.execute(tx)
  const facts = householdColumns.map((one) => [one.column, taken(takes(batch.rules, 'h', one), one.column)] as const)
  await rederive(tx, sql`pair`, {
    joins: sql`join pair on pair.province_code = h.province_code and pair.household_id = h.id
      join ${rowsWithin(batch, range)} s on s.row_number = pair.row_number and s.province_code = pair.province_code
      left join home on home.area_code = s.area_code`,
    values: {
      ...Object.fromEntries(facts),
      house_number_key: taken(takes(batch.rules, 'h', houseNumber), 'house_number_key'),
      area_code: taken(area, 'area_code'),
      centre_id: taken(area, 'centre_id', 'home'),
      as_of: asOf,
      trust,
      version: sql`h.version + 1`,
      updated_at: sql`${stamp.now}::timestamptz`,
    },
  })
}

/** Members and listings stand where their household stands. */
async function followMoves(tx: Tx): Promise<void> {
  const moved = sql`from pair join household h on h.province_code = pair.province_code and h.id = pair.household_id`
  await sql`update member m set area_code = h.area_code ${moved}
    where m.province_code = h.province_code and m.household_id = h.id and h.area_code <> pair.area_before`.execute(tx)
  await sql`update listing l set area_code = h.area_code ${moved}
    where l.province_code = h.province_code and l.household_id = h.id and h.area_code <> pair.area_before`.execute(tx)
}

/** Names of villages that the registry does not know yet. @returns how many there were */
export async function insertVillages(
  tx: Tx,
  villages: readonly { code: string; name: string; key: string }[],
): Promise<number> {
  if (villages.length === 0) return 0
  const result = await sql`insert into area (code, name_th, name_key, origin)
    select v.code, v.name, v.key, 'import' from jsonb_to_recordset(${JSON.stringify(villages)}::text::jsonb)
      as v (code text, name text, key text)
    where not exists (select 1 from area where area.code = v.code)
    on conflict do nothing`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

/** Provinces that the batch's rows speak of, in order. */
export async function touchedProvinces(db: Db, batchId: string): Promise<number[]> {
  const { rows } = await sql<{ province_code: number }>`
    select distinct province_code from import_figure where batch_id = ${batchId} order by 1`.execute(db)
  return rows.map((row) => row.province_code).filter((code) => code > 0)
}
