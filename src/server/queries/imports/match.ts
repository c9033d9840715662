/**
 * The dry run: every household of a file gets a verdict, set by set, cheapest and surest first. Exact keys decide by
 * themselves; whatever leaves a doubt waits for a person. The rules in words:
 *
 * - In the file: the same id, or the same house code with the same family and head, or the same name at the same house
 *   number of a village, is the row before it again; so is a name in a village with nothing that tells it apart.
 * - By national id of anybody in the household; then by house code where the head is the same person by name; then by
 *   name and house number in a village.
 * - An edition of a list tells its own rows apart: a household that stands on it already is the same only by exact keys.
 * - Everything else is compared with the households of its own village that nothing exact claimed: likeness, scored.
 * - A household outside the batch's reach is never named, only that there is one.
 */
import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '../../db/database.ts'
import {
  asks,
  asksArea,
  changesHousehold,
  changesMember,
  householdColumns,
  makePersons,
  memberColumns,
  pairFlags,
  rowsWithin,
} from './facts.ts'
import type { JudgedBatch } from './judge.ts'

/** Forgets what an earlier dry run found, except what people decided and what is committed. */
export async function clearVerdicts(tx: Tx, batchId: string, committedThrough: number): Promise<void> {
  await sql`delete from row_verdict where batch_id = ${batchId} and decision is null
    and (row_number > ${committedThrough} or waiting)`.execute(tx)
}

/** Forgets what the dry run found for a range against the registry, except what people decided and what is committed. */
export async function clearRange(tx: Tx, batchId: string, range: RowRange): Promise<void> {
  await sql`delete from row_verdict where batch_id = ${batchId} and row_number > ${range.after}
    and row_number <= ${range.through} and decision is null and committed_at is null
    and verdict not in ('invalid', 'duplicate')`.execute(tx)
}

/** Rows that the file itself rules out: invalid ones, and those that repeat an earlier row. */
export async function judgeInFile(tx: Tx, batch: JudgedBatch): Promise<void> {
  await sql`insert into row_verdict (province_code, batch_id, row_number, area_code, verdict, reason)
    select province_code, batch_id, row_number, area_code, 'invalid', 'faults' from source_row
    where batch_id = ${batch.id} and invalid on conflict do nothing`.execute(tx)
  const leaders = sql`source_row where batch_id = ${batch.id} and leader_row = row_number and not invalid`
  await sql`insert into row_verdict (province_code, batch_id, row_number, area_code, verdict, reason, duplicate_of)
    with found as (
      select s.row_number, s.province_code, s.area_code, first.row_number as first_row, 'nationalIdInFile' as reason, 1 as rank
      from (select national_id_hash, min(row_number) as row_number from ${leaders} and national_id_hash is not null
        group by 1 having count(*) > 1) first
      join source_row s on s.batch_id = ${batch.id} and s.national_id_hash = first.national_id_hash
        and s.leader_row = s.row_number and not s.invalid and s.row_number > first.row_number
      union all
      select s.row_number, s.province_code, s.area_code, first.row_number, 'houseCodeInFile', 2
      from (select house_code, coalesce(family_number, '') as family, coalesce(name_key, '') as name,
          min(row_number) as row_number
        from ${leaders} and house_code is not null group by 1, 2, 3 having count(*) > 1) key
      join source_row first on first.batch_id = ${batch.id} and first.row_number = key.row_number
      join source_row s on s.batch_id = ${batch.id} and s.house_code = key.house_code
        and coalesce(s.family_number, '') = key.family and coalesce(s.name_key, '') = key.name
        and s.leader_row = s.row_number and not s.invalid and s.row_number > first.row_number
        and (s.national_id_hash is null or first.national_id_hash is null or s.national_id_hash = first.national_id_hash)
      union all
      select s.row_number, s.province_code, s.area_code, first.row_number, 'nameInFile', 3
      from (select area_code, house_number_key, name_key, coalesce(family_number, '') as family,
          min(row_number) as row_number
        from ${leaders} and house_number_key is not null and name_key is not null and area_code not like '%00'
        group by 1, 2, 3, 4 having count(*) > 1) key
      join source_row first on first.batch_id = ${batch.id} and first.row_number = key.row_number
      join source_row s on s.batch_id = ${batch.id} and s.area_code = key.area_code
        and s.house_number_key = key.house_number_key and s.name_key = key.name_key
        and coalesce(s.family_number, '') = key.family
        and s.leader_row = s.row_number and not s.invalid and s.row_number > first.row_number
        and (s.national_id_hash is null or first.national_id_hash is null or s.national_id_hash = first.national_id_hash)
        and (s.house_code is null or first.house_code is null or s.house_code = first.house_code)
      union all
      select s.row_number, s.province_code, s.area_code, first.row_number, 'nameInFile', 4
      from (select area_code, coalesce(house_number_key, '') as house, name_key, coalesce(family_number, '') as family,
          min(row_number) as row_number
        from ${leaders} and name_key is not null and (house_number_key is null or area_code like '%00')
        group by 1, 2, 3, 4 having count(*) > 1) first
      join source_row s on s.batch_id = ${batch.id} and s.area_code = first.area_code
        and coalesce(s.house_number_key, '') = first.house and s.name_key = first.name_key
        and coalesce(s.family_number, '') = first.family
        and s.leader_row = s.row_number and not s.invalid and s.row_number > first.row_number
        and s.national_id_hash is null and s.house_code is null)
    select distinct on (row_number) province_code, ${batch.id}::uuid, row_number, area_code, 'duplicate', reason, first_row
    from found order by row_number, rank
    on conflict do nothing`.execute(tx)
}

/** Whether nothing in the registry could be any row of the batch: a first import needs no matching. */
export async function isRegistryEmpty(db: Db): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select 1 from household where state = 'active') as any`.execute(db)
  return !rows[0]!.any
}

const target = sql`row_verdict (province_code, batch_id, row_number, area_code, verdict, reason, score, candidate_id,
  waiting, household_id)`

/** Every row that the file did not rule out is new. */
export async function judgeAllNew(tx: Tx, batch: JudgedBatch, range: RowRange): Promise<void> {
  await sql`insert into ${target}
    select s.province_code, s.batch_id, s.row_number, s.area_code, 'new', 'nothingAlike', null, null, false, s.new_household_id
    from source_row s
    where s.batch_id = ${batch.id} and s.row_number > ${range.after} and s.row_number <= ${range.through}
      and s.leader_row = s.row_number and not s.invalid
      and not exists (${judgedAlready(batch, range)})`.execute(tx)
}

/**
 * The verdict that a row `s` has already. The batch and the range are said again although the join implies them: new
 * verdicts are not in the planner's statistics yet, and it would look each row up among all verdicts of the batch.
 */
function judgedAlready(batch: JudgedBatch, range: RowRange) {
  return sql`select 1 from row_verdict v where v.batch_id = ${batch.id} and v.row_number = s.row_number
    and v.province_code = s.province_code and v.row_number > ${range.after} and v.row_number <= ${range.through}`
}

/** Rows with numbers above `after`, up to `through`. */
export interface RowRange {
  after: number
  through: number
}

/**
 * Judges the rows of a range that have no verdict yet against the registry.
 *
 * @param bulk thousands of rows: the temporary tables are then analysed, which a single row is too cheap for
 */
export async function judgeAgainstRegistry(tx: Tx, batch: JudgedBatch, range: RowRange, bulk: boolean): Promise<void> {
  await makeLeads(tx, batch, range)
  if (bulk) await sql`analyze lead`.execute(tx)
  await makeHits(tx, batch)
  if (bulk) await sql`analyze hit`.execute(tx)
  await makePicks(tx, batch)
  if (bulk) await sql`analyze pick`.execute(tx)
  await makeLikeness(tx, batch, bulk)
  await makeDifferences(tx, batch, range, bulk)
  await insertVerdicts(tx, batch)
}

async function makeLeads(tx: Tx, batch: JudgedBatch, range: RowRange): Promise<void> {
  await sql`drop table if exists lead, hit, pick, near, alike, pair, difference`.execute(tx)
  await sql`create temp table lead on commit drop as
    select s.row_number, s.province_code, s.area_code, s.house_code, s.family_number, s.house_number_key, s.name_key,
      s.national_id_hash, s.new_household_id
    from source_row s
    where s.batch_id = ${batch.id} and s.row_number > ${range.after} and s.row_number <= ${range.through}
      and s.leader_row = s.row_number and not s.invalid
      and not exists (${judgedAlready(batch, range)})`.execute(tx)
}

/** Every household that shares an exact key with a row: how 1 by id, 2 by house code, 3 by name and house number. */
async function makeHits(tx: Tx, batch: JudgedBatch): Promise<void> {
  await sql`create temp table hit on commit drop as
    with known as (
      select row_number, row_number as person_row, province_code, national_id_hash, name_key from lead where national_id_hash is not null
      union all
      select s.leader_row, s.row_number, s.province_code, s.national_id_hash, s.name_key
      from lead join source_row s on s.batch_id = ${batch.id} and s.leader_row = lead.row_number
      where s.leader_row <> s.row_number and not s.invalid and s.national_id_hash is not null),
    raw_hit as (
      select known.row_number, 1::smallint as how, m.province_code, m.household_id,
        min(similarity(split_part(known.name_key, ' ', 1), split_part(m.name_key, ' ', 1))) as likeness,
        bool_or(known.person_row = known.row_number) as exact, false as other_id
      from known join member m on m.national_id_hash = known.national_id_hash and m.state = 'active'
      group by 1, 3, 4
      union all
      select lead.row_number, 2::smallint, h.province_code, h.id,
        max(case when lead.name_key is null or m.id is null then 1 else similarity(lead.name_key, m.name_key) end),
        bool_or(lead.name_key is not distinct from m.name_key),
        coalesce(bool_or(lead.national_id_hash <> m.national_id_hash
          and similarity(lead.name_key, m.name_key) >= ${batch.thresholds.sameName}::real), false)
      from lead join household h on h.province_code = lead.province_code and h.house_code = lead.house_code
          and h.state = 'active'
        left join member m on m.province_code = h.province_code and m.household_id = h.id and m.state = 'active'
      where lead.family_number is null or h.family_number is null or lead.family_number = h.family_number
      group by 1, 3, 4
      union all
      select lead.row_number, 3::smallint, h.province_code, h.id, 1, true,
        coalesce(bool_or(lead.national_id_hash <> m.national_id_hash), false)
      from lead join household h on h.province_code = lead.province_code and h.area_code = lead.area_code
          and coalesce(h.house_number_key, '') = coalesce(lead.house_number_key, '') and h.state = 'active'
        left join member m on m.province_code = h.province_code and m.household_id = h.id and m.state = 'active'
          and m.name_key = lead.name_key
      where (m.id is not null or (lead.name_key is null and h.member_count = 0 and lead.house_number_key is not null))
        and (lead.family_number is null or h.family_number is null or lead.family_number = h.family_number)
      group by 1, 3, 4)
    select raw_hit.*, h.area_code, h.house_code, ${isWithinReach(batch, sql`h.area_code`)} as within_reach,
      listing.list_date is not null as on_list, coalesce(listing.list_date >= ${batch.listDate}::date, false) as on_edition
    from raw_hit
      join household h on h.province_code = raw_hit.province_code and h.id = raw_hit.household_id and h.state = 'active'
      left join listing on listing.province_code = h.province_code and listing.household_id = h.id
        and listing.list_code = ${batch.listCode} and listing.state = 'active'`.execute(tx)
}

/** One hit for each row, the surest, with what it means. */
async function makePicks(tx: Tx, batch: JudgedBatch): Promise<void> {
  const sameName = sql`${batch.thresholds.sameName}::real`
  await sql`create temp table pick on commit drop as
    with weighed as (
      select lead.row_number, hit.how, hit.province_code, hit.household_id, hit.on_list, hit.on_edition,
        hit.within_reach and hit.province_code = lead.province_code as mine,
        case hit.how
          when 1 then case
            when not (hit.within_reach and hit.province_code = lead.province_code) then 'standsElsewhere'
            when hit.on_edition then 'exact'
            when hit.likeness < ${sameName} then 'differentName'
            else 'exact' end
          when 2 then case
            when not hit.within_reach then case when hit.likeness >= ${sameName} then 'standsElsewhere' end
            when hit.on_edition then case when hit.exact and not hit.other_id then 'exact' end
            when hit.other_id then 'otherNationalId'
            when hit.likeness >= ${sameName} then 'exact'
            else 'houseCodeOtherHead' end
          else case
            when hit.on_edition and (hit.other_id or lead.house_code <> hit.house_code) then null
            when lead.house_number_key is null or lead.area_code like '%00'
              then case when hit.on_list and lead.national_id_hash is null and lead.house_code is null then 'exact' end
            when hit.other_id then 'otherNationalId'
            else 'exact' end
        end as outcome,
        coalesce(lead.house_code = hit.house_code, false) as code_equal, hit.area_code = lead.area_code as area_equal, hit.exact, hit.likeness
      from hit join lead using (row_number)),
    best as (
      select distinct on (row_number) * from weighed where outcome is not null
      order by row_number,
        case when how = 1 and mine then 0 when outcome = 'exact' then how when how = 1 then 4
          when outcome = 'otherNationalId' then 5 when outcome = 'houseCodeOtherHead' then 6 else 7 end,
        on_edition desc, on_list desc, exact desc, code_equal desc, area_equal desc, likeness desc, household_id)
    select best.row_number, best.how, best.province_code, best.household_id, best.on_list, best.on_edition, best.exact,
      case when best.how = 1 and best.outcome = 'exact' and not best.on_edition and not best.code_equal
          and exists (select 1 from weighed other where other.row_number = best.row_number and other.how = 2
            and other.mine and other.household_id <> best.household_id)
        then 'twoHouseholds' else best.outcome end as outcome
    from best`.execute(tx)
  // The file tells its rows apart: of two that would be one household under one name, the first is.
  await sql`delete from pick using lead own, pick earlier join lead first on first.row_number = earlier.row_number
    where own.row_number = pick.row_number and pick.how > 1 and pick.outcome = 'exact' and earlier.outcome = 'exact'
      and earlier.household_id = pick.household_id and earlier.province_code = pick.province_code
      and earlier.row_number < pick.row_number
      and (own.name_key is not distinct from first.name_key or (pick.how = 2 and not pick.exact))`.execute(tx)
  // A household that another row of the file is by an exact key is not also this one under another name.
  await sql`delete from pick using pick other
    where pick.outcome in ('houseCodeOtherHead', 'otherNationalId') and other.outcome = 'exact'
      and other.household_id = pick.household_id and other.province_code = pick.province_code
      and other.row_number <> pick.row_number`.execute(tx)
}

/** Households like a single one that are looked at, so that enough are left when some may not be seen. */
const mostAlike = 12

/** Rows without a pick against the households of their own village, scored as `scoreHouseholds` does. */
async function makeLikeness(tx: Tx, batch: JudgedBatch, bulk: boolean): Promise<void> {
  const { thresholds, weights } = batch
  // A likeness below which no points of the other terms could make up for the name.
  const leastAtHouse = Math.min(
    thresholds.sameName,
    (thresholds.doubtful - weights.houseNumber - weights.village) / Math.max(1, weights.name),
  )
  const leastElsewhere = (thresholds.doubtful - weights.village - weights.members) / Math.max(1, weights.name)
  await sql`create temp table near on commit drop as
    with row_areas as (select distinct area_code from lead l where l.name_key is not null
        and not exists (select 1 from pick where pick.row_number = l.row_number)),
      subdistricts as (select distinct left(area_code, 6) as code from row_areas),
      household_areas as (select distinct h.area_code from subdistricts join household h
        on h.area_code >= subdistricts.code and h.area_code < subdistricts.code || '~' and h.state = 'active')
    select r.area_code as row_area, h.area_code,
      case when r.area_code like '%00' or h.area_code like '%00' then 0.5 else 1 end as village
    from row_areas r join household_areas h on left(h.area_code, 6) = left(r.area_code, 6)
    where h.area_code = r.area_code or h.area_code like '%00' or r.area_code like '%00'`.execute(tx)
  if (bulk) await sql`analyze near`.execute(tx)
  await sql`create temp table alike on commit drop as
    with candidate as (
      select lead.row_number, h.province_code, h.id as household_id, near.village, h.member_count,
        coalesce(h.house_number_key = lead.house_number_key, false) as same_house
      from lead
        join near on near.row_area = lead.area_code
        join household h on h.province_code = lead.province_code and h.area_code = near.area_code and h.state = 'active'
      where lead.name_key is not null
        and not exists (select 1 from pick where pick.row_number = lead.row_number)
        and not exists (select 1 from pick where pick.outcome = 'exact' and pick.household_id = h.id
          and pick.province_code = h.province_code)
        and not exists (select 1 from listing where listing.province_code = h.province_code
          and listing.household_id = h.id and listing.list_code = ${batch.listCode} and listing.state = 'active'
          and listing.list_date >= ${batch.listDate}::date)),
    named as (
      select row_number as leader_row, row_number, name_key, national_id_hash from lead where name_key is not null
      union all
      select s.leader_row, s.row_number, s.name_key, s.national_id_hash
      from lead join source_row s on s.batch_id = ${batch.id} and s.leader_row = lead.row_number
      where s.leader_row <> s.row_number and not s.invalid and s.name_key is not null),
    compared as (
      select candidate.*, named.row_number as person_row, m.id as member_id, similarity(named.name_key, m.name_key) as likeness
      from candidate join named on named.leader_row = candidate.row_number
        join member m on m.province_code = candidate.province_code and m.household_id = candidate.household_id
          and m.state = 'active'
      where candidate.same_house or named.national_id_hash is null or m.national_id_hash is null),
    scored as (
      select row_number, province_code, household_id,
        round(max(likeness) * ${weights.name}::real)
          + case when same_house then ${weights.houseNumber}::int else 0 end
          + round(village * ${weights.village}::int)
          + round(least(1, least(count(distinct person_row) filter (where likeness >= ${thresholds.sameName}::real),
              count(distinct member_id) filter (where likeness >= ${thresholds.sameName}::real))::real
            / greatest(1, least((select count(*) from named where named.leader_row = compared.row_number), member_count)))
            * ${weights.members}::int) as score
      from compared
      where likeness >= case when same_house then ${leastAtHouse}::real else ${leastElsewhere}::real end
      group by row_number, province_code, household_id, same_house, village, member_count)
    select * from (
      select row_number, province_code, household_id, score::smallint as score,
        row_number() over (partition by row_number order by score desc, household_id) as place
      from scored where score >= ${thresholds.doubtful}) placed
    where place <= ${bulk ? 1 : mostAlike}`.execute(tx)
}

/** What the rows would change in the households that they are: `pair` with its flags, `difference` with the findings. */
async function makeDifferences(tx: Tx, batch: JudgedBatch, range: RowRange, bulk: boolean): Promise<void> {
  await sql`create temp table pair on commit drop as
    select pick.row_number, pick.province_code, pick.household_id, ${pairFlags(batch, sql`0`)}
    from pick join household h on h.province_code = pick.province_code and h.id = pick.household_id
    where pick.outcome = 'exact'`.execute(tx)
  if (bulk) await sql`analyze pair`.execute(tx)
  const persons = await makePersons(tx, batch, range, bulk)
  const { rules } = batch
  const householdAsks = [asksArea(rules), ...householdColumns.map((column) => asks(rules, 'h', column))].join(' or ')
  const memberAsks = memberColumns.map((column) => asks(rules, 'm', column)).join(' or ')
  // A person of the row who is not a member yet is a difference, and nothing to be asked about.
  await sql`create temp table difference on commit drop as
    select row_number, bool_or(asked) as asked, bool_or(changed) as changed from (
      select pair.row_number, ${sql.raw(householdAsks)} as asked, ${changesHousehold(batch)} as changed
      from pair join ${rowsWithin(batch, range)} s on s.row_number = pair.row_number
        join household h on h.province_code = pair.province_code and h.id = pair.household_id
      union all
      select person.leader_row, ${sql.raw(memberAsks)}, m.id is null or ${changesMember(batch)}
      from person join pair on pair.row_number = person.leader_row and pair.household_id = person.household_id
        join ${rowsWithin(batch, persons)} s on s.row_number = person.row_number
        left join member m on m.province_code = person.province_code and m.id = person.member_id) found
    where asked or changed group by row_number`.execute(tx)
}

async function insertVerdicts(tx: Tx, batch: JudgedBatch): Promise<void> {
  await sql`insert into ${target}
    select lead.province_code, ${batch.id}::uuid, lead.row_number, lead.area_code, judged.verdict, judged.reason, alike.score,
      case when judged.reason = 'standsElsewhere' then null else coalesce(pick.household_id, alike.household_id) end,
      judged.waiting,
      case when judged.waiting then null when judged.verdict = 'new' then lead.new_household_id else pick.household_id end
    from lead
      left join pick using (row_number)
      left join difference using (row_number)
      left join alike on alike.row_number = lead.row_number and alike.place = 1 and pick.row_number is null
      cross join lateral (select
        case
          when pick.row_number is null and alike.row_number is null then 'new'
          when pick.row_number is null then case when alike.score >= ${batch.thresholds.likely} then 'match' else 'conflict' end
          when pick.outcome <> 'exact' then 'conflict'
          when coalesce(difference.asked, false) and not pick.on_edition then 'conflict'
          when not pick.on_list then 'match'
          when coalesce(difference.changed, false) then 'update'
          else 'same' end as verdict,
        case
          when pick.row_number is null and alike.row_number is null then 'nothingAlike'
          when pick.row_number is null then case when alike.score >= ${batch.thresholds.likely} then 'likeness' else 'likenessDoubtful' end
          when pick.outcome <> 'exact' then pick.outcome
          when coalesce(difference.asked, false) and not pick.on_edition then 'fieldAsks'
          when pick.how = 1 then 'nationalId' when pick.how = 2 then 'houseCode' else 'nameAndHouseNumber' end as reason,
        case
          when pick.row_number is null then alike.row_number is not null
          else pick.outcome <> 'exact' or (coalesce(difference.asked, false) and not pick.on_edition) end as waiting) judged`.execute(
    tx,
  )
}

/** Rows of which the registry has the household outside the reach. */
export async function countElsewhere(db: Db, batchId: string): Promise<number> {
  const { rows } = await sql<{ rows: number }>`select count(*)::int as rows from row_verdict
    where batch_id = ${batchId} and verdict = 'conflict' and reason = 'standsElsewhere'`.execute(db)
  return rows[0]!.rows
}

function isWithinReach(batch: JudgedBatch, area: RawBuilder<unknown>): RawBuilder<unknown> {
  if (batch.reach.includes('')) return sql`true`
  if (batch.reach.length === 0) return sql`false`
  return sql`(${sql.join(
    batch.reach.map((code) => sql`(${area} >= ${code} and ${area} < ${`${code}~`})`),
    sql` or `,
  )})`
}
