/**
 * Survivorship as SQL: which facts of a row take the place of what the registry knows, by the same rules as
 * `survive` in the domain. Works on the temporary table `pair` (a row of the file and the household that it is).
 */
import { sql, type RawBuilder } from 'kysely'
import type { SurvivingField } from '../../../domain/survivorship.ts'
import type { Tx } from '../../db/database.ts'
import type { JudgedBatch } from './judge.ts'
import type { RowRange } from './match.ts'

export interface FactColumn {
  /** Its name in fact_change and in the rules. */
  field: SurvivingField
  column: string
  /** SQL type, to turn texts of fact_change back. */
  type: string
}

/** What a row says of a household, without its area, which is judged apart. */
export const householdColumns: readonly FactColumn[] = [
  { field: 'houseCode', column: 'house_code', type: 'text' },
  { field: 'familyNumber', column: 'family_number', type: 'text' },
  { field: 'houseNumber', column: 'house_number', type: 'text' },
  { field: 'lane', column: 'lane', type: 'text' },
  { field: 'road', column: 'road', type: 'text' },
  { field: 'phone', column: 'phone', type: 'text' },
  { field: 'latitude', column: 'latitude', type: 'double precision' },
  { field: 'longitude', column: 'longitude', type: 'double precision' },
  { field: 'memberCount', column: 'stated_members', type: 'smallint' },
  { field: 'note', column: 'note', type: 'text' },
]

export const memberColumns: readonly FactColumn[] = [
  { field: 'order', column: 'position', type: 'smallint' },
  { field: 'relation', column: 'relation', type: 'text' },
  { field: 'title', column: 'title', type: 'text' },
  { field: 'firstName', column: 'first_name', type: 'text' },
  { field: 'lastName', column: 'last_name', type: 'text' },
  { field: 'sex', column: 'sex', type: 'text' },
  { field: 'birthDate', column: 'birth_date', type: 'date' },
  { field: 'birthPrecision', column: 'birth_precision', type: 'text' },
  { field: 'occupation', column: 'occupation', type: 'text' },
  { field: 'annualIncome', column: 'annual_income', type: 'integer' },
]

/** The columns of fact_change as a change of an import fills them. */
export const factTarget = sql`fact_change (province_code, id, household_id, member_id, field, old_value, new_value, source,
  batch_id, row_number, account_id, as_of, at)`

/** The field of fact_change that says which edition of a list a household stands on. */
export const listDateField = (listCode: string): string => `listDate.${listCode}`

/**
 * Whether the incoming value is taken, as SQL over `pair` (newer, trusted, mode), `s` (source_row) and the table of the
 * current value. `mode` 0 follows the rules, 1 is a person's "accept", 2 a person's "keep".
 */
export function takes(rules: JudgedBatch['rules'], target: 'h' | 'm', { field, column }: FactColumn): string {
  return `(${differs(target, field, column)} and (${target}.${column} is null or (pair.mode <> 2 and ${ruleSql(rules[field])})))`
}

/** Whether a person has to be asked about the field. */
export function asks(rules: JudgedBatch['rules'], target: 'h' | 'm', { field, column }: FactColumn): string {
  // The spelling of a name whose owner is known by id is not worth a question; quite another name is asked about apart.
  if (rules[field] !== 'ask' || field === 'firstName') return 'false'
  return `(${differs(target, field, column)} and ${target}.${column} is not null)`
}

function differs(target: 'h' | 'm', field: SurvivingField, column: string): string {
  // ๑๒ and 12 are one house number.
  const compared = field === 'houseNumber' ? 'house_number_key' : column
  return `(s.${column} is not null and s.${compared} is distinct from ${target}.${compared})`
}

function ruleSql(rule: JudgedBatch['rules'][SurvivingField]): string {
  switch (rule) {
    case 'newest':
      return 'pair.newer'
    case 'trusted':
      return 'pair.trusted'
    case 'fill':
      return 'false'
    case 'ask':
      return 'pair.mode = 1'
  }
}

/** A village that is not known says nothing; one inside the subdistrict that was known alone fills it in. */
const areaSaysMore = `(s.area_code <> h.area_code and s.area_code not like '%00' and s.province_code = h.province_code)`
const areaIsFilledIn = `(h.area_code like '%00' and left(s.area_code, 6) = left(h.area_code, 6))`

export function takesArea(rules: JudgedBatch['rules']): string {
  return `(${areaSaysMore} and (${areaIsFilledIn} or (pair.mode <> 2 and ${ruleSql(rules.areaCode)})))`
}

export function asksArea(rules: JudgedBatch['rules']): string {
  return rules.areaCode === 'ask' ? `(${areaSaysMore} and not ${areaIsFilledIn})` : 'false'
}

/** The columns of `pair` that the rules ask for, where `h` is the household and `mode` an expression. */
export function pairFlags(batch: JudgedBatch, mode: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(${batch.listDate}::date > h.as_of) as newer,
    (${batch.trust}::smallint > h.trust or (${batch.trust}::smallint = h.trust and ${batch.listDate}::date > h.as_of)) as trusted,
    ${mode} as mode`
}

/** Rows of the file that lie in a range, as a table: a join with all of them would read the whole file for each range. */
export function rowsWithin(batch: JudgedBatch, range: RowRange): RawBuilder<unknown> {
  return sql`(select * from source_row
    where batch_id = ${batch.id} and row_number > ${range.after} and row_number <= ${range.through})`
}

/**
 * Makes the temporary table `person`: every person of the rows in `pair` with the member that they are, or null. By id
 * first; else by name among those whose id does not say otherwise.
 *
 * @param range where the rows of `pair` lie
 * @returns where the rows of the persons lie, of whom some may stand behind the range
 */
export async function makePersons(tx: Tx, batch: JudgedBatch, range: RowRange, bulk: boolean): Promise<RowRange> {
  await sql`drop table if exists person`.execute(tx)
  await sql`create temp table person on commit drop as
    with named as (
      select pair.row_number as leader_row, pair.province_code, pair.household_id, s.row_number, s.national_id_hash, s.name_key
      from pair join ${rowsWithin(batch, range)} s on s.row_number = pair.row_number
      where s.first_name is not null
      union all
      select pair.row_number, pair.province_code, pair.household_id, s.row_number, s.national_id_hash, s.name_key
      from pair join source_row s on s.batch_id = ${batch.id} and s.leader_row = pair.row_number
      where s.leader_row > ${range.after} and s.leader_row <= ${range.through} and s.leader_row <> s.row_number
        and not s.invalid and s.first_name is not null),
    by_id as (
      select distinct on (named.row_number) named.*, m.id as id_member
      from named left join member m on m.province_code = named.province_code and m.household_id = named.household_id
        and m.national_id_hash = named.national_id_hash and m.state = 'active'
      order by named.row_number, m.id)
    select by_id.leader_row, by_id.province_code, by_id.household_id, by_id.row_number,
      coalesce(by_id.id_member, alike.id) as member_id
    from by_id left join lateral (
      select m.id from member m
      where by_id.id_member is null and m.province_code = by_id.province_code and m.household_id = by_id.household_id
        and m.state = 'active'
        and (m.national_id_hash is null or by_id.national_id_hash is null or m.national_id_hash = by_id.national_id_hash)
        and (m.name_key = by_id.name_key or similarity(m.name_key, by_id.name_key) >= ${batch.thresholds.sameName}::real)
      order by (m.name_key = by_id.name_key) desc, similarity(m.name_key, by_id.name_key) desc, m.id limit 1) alike on true`.execute(
    tx,
  )
  if (bulk) await sql`analyze person`.execute(tx)
  const { rows } = await sql<RowRange>`
    select coalesce(min(row_number) - 1, 0) as after, coalesce(max(row_number), 0) as through from person`.execute(tx)
  return rows[0]!
}

/** An id that the registry does not have yet fills in, whatever the rules say. */
const takesId = `(s.national_id_hash is not null and m.national_id_hash is null)`

/** Whether the row says anything of the household that is taken over, over `pair`, `s` and `h`. */
export function changesHousehold({ rules }: JudgedBatch): RawBuilder<boolean> {
  return sql.raw([takesArea(rules), ...householdColumns.map((column) => takes(rules, 'h', column))].join(' or '))
}

/** The same for a member, over `pair`, `s` and `m`. */
export function changesMember({ rules }: JudgedBatch): RawBuilder<boolean> {
  return sql.raw([takesId, ...memberColumns.map((column) => takes(rules, 'm', column))].join(' or '))
}

/**
 * Makes the temporary table `fact`: every fact that is taken over, with the value before and after as text.
 *
 * @param range where the rows of `pair` lie
 * @param persons where those of `person` lie
 */
export async function makeFacts(tx: Tx, batch: JudgedBatch, range: RowRange, persons: RowRange): Promise<void> {
  const { rules } = batch
  const values = (target: 'h' | 'm', columns: readonly FactColumn[], first: string) =>
    sql.raw(
      [
        first,
        ...columns.map(
          (one) =>
            `('${one.field}', ${target}.${one.column}::text, s.${one.column}::text, ${takes(rules, target, one)})`,
        ),
      ].join(', '),
    )
  const area = `('areaCode', h.area_code, s.area_code, ${takesArea(rules)})`
  const nationalId = `('nationalId', null, 'x-xxxx-xxxxx-xx-x', ${takesId})`
  await sql`drop table if exists fact`.execute(tx)
  await sql`create temp table fact on commit drop as
    select pair.row_number, pair.province_code, pair.household_id, null::uuid as member_id, pair.row_number as person_row,
      change.field, change.old_value, change.new_value
    from pair join ${rowsWithin(batch, range)} s on s.row_number = pair.row_number
      join household h on h.province_code = pair.province_code and h.id = pair.household_id
      cross join lateral (values ${values('h', householdColumns, area)}) as change (field, old_value, new_value, taken)
    where (${changesHousehold(batch)}) and change.taken
    union all
    select person.leader_row, person.province_code, person.household_id, m.id, person.row_number,
      change.field, change.old_value, change.new_value
    from person join pair on pair.row_number = person.leader_row and pair.household_id = person.household_id
      join ${rowsWithin(batch, persons)} s on s.row_number = person.row_number
      join member m on m.province_code = person.province_code and m.id = person.member_id
      cross join lateral (values ${values('m', memberColumns, nationalId)}) as change (field, old_value, new_value, taken)
    where (${changesMember(batch)}) and change.taken`.execute(tx)
}
