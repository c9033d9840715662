/** What an import changes is followed by everything that is derived from it, by the very functions of the domain. */
import { sql, type RawBuilder } from 'kysely'
import { houseNumberKey } from '../../../domain/house-code.ts'
import { cleanText } from '../../../domain/thai/clean.ts'
import { nameKey } from '../../../domain/thai/key.ts'
import { sortKey } from '../../../domain/thai/sort.ts'
import type { Tx } from '../../db/database.ts'

/** As `fullName` of the domain writes it: Thai titles together with the name. */
export const fullNameSql = (row: string): string =>
  `case when coalesce(${row}.title, '') = '' then '' when ${row}.title ~ '[\\u0e00-\\u0e7f]\\.?$' then ${row}.title else ${row}.title || ' ' end
    || ${row}.first_name || coalesce(' ' || ${row}.last_name, '')`

interface Named {
  province_code: number
  id: string
  first_name: string | null
  last_name: string | null
}

const written = ({ first_name, last_name }: Named): string => [first_name, last_name].filter(Boolean).join(' ')

/** What else the row of a household becomes in the update of what is derived from it. */
export interface HouseholdChange {
  /** Joins behind `touched` and `h`, the household as it stands. */
  joins: RawBuilder<unknown>
  /** New values by column, over these. */
  values: Readonly<Record<string, RawBuilder<unknown>>>
}

const nothingElse: HouseholdChange = { joins: sql``, values: {} }

/**
 * What a household's row says of its members and lists, counted anew for the households of a table with province_code
 * and household_id. The keys of the members and of the house number must be right already.
 *
 * @param change for households that are held already: each row is written once, with all its indexes
 */
export async function rederive(
  tx: Tx,
  households: RawBuilder<unknown>,
  { joins, values }: HouseholdChange = nothingElse,
): Promise<void> {
  const searched = {
    area_code: sql`h.area_code`,
    house_number_key: sql`h.house_number_key`,
    house_code: sql`h.house_code`,
  }
  const next = sql.join(
    Object.entries({ ...searched, ...values }).map(([name, value]) => sql`${value} as ${sql.ref(name)}`),
  )
  const set = Object.keys(values).map((name) => sql`${sql.ref(name)} = next.${sql.ref(name)}, `)
  const { rows } = await sql<Named>`with derived as (update household kept set ${sql.join(set, sql``)}
      list_set = coalesce(lists.codes, ''),
      member_count = coalesce(people.count, 0),
      head_name = people.head_name,
      search_text = rtrim(regexp_replace(coalesce(people.names, '')
        || coalesce(' ' || (select a.name_key from area a where a.code = next.area_code order by a.valid_from desc limit 1), '')
        || coalesce(' ' || next.house_number_key, '') || coalesce(' ' || next.house_code, ''), ' {2,}', ' ', 'g'))
    from ${households} touched
      join household h on h.province_code = touched.province_code and h.id = touched.household_id
      ${joins}
      cross join lateral (select ${next}) next
      left join lateral (select string_agg(l.list_code, ',' order by l.list_code collate "C") as codes from listing l
        where l.province_code = touched.province_code and l.household_id = touched.household_id and l.state = 'active') lists on true
      left join lateral (
        select count(*)::smallint as count,
          (array_agg(${sql.raw(fullNameSql('m'))} order by m.position, m.id))[1] as head_name,
          (array_agg(m.first_name order by m.position, m.id))[1] as head_first,
          (array_agg(m.last_name order by m.position, m.id))[1] as head_last,
          string_agg(' ' || m.name_key || ' ', '' order by m.position, m.id) as names
        from member m where m.province_code = touched.province_code and m.household_id = touched.household_id
          and m.state = 'active') people on true
    where kept.province_code = h.province_code and kept.id = h.id
    returning kept.province_code, kept.id, people.head_first as first_name, people.head_last as last_name,
      kept.head_name is distinct from h.head_name as renamed)
    select province_code, id, first_name, last_name from derived where renamed`.execute(tx)
  await store(
    tx,
    'household',
    'sort_key',
    rows.map((row) => ({ ...row, key: sortKey(cleanText(written(row))) })),
  )
}

/** Renews the keys of members (province_code, member_id) whose names were changed. */
export async function renewNameKeys(tx: Tx, members: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<Named>`select distinct m.province_code, m.id, m.first_name, m.last_name
    from ${members} renamed join member m on m.province_code = renamed.province_code and m.id = renamed.member_id`.execute(
    tx,
  )
  await store(
    tx,
    'member',
    'name_key',
    rows.map((row) => ({ ...row, key: nameKey(written(row)) })),
  )
}

/** Renews the keys of the house numbers of households (province_code, household_id). */
export async function renewHouseNumberKeys(tx: Tx, households: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<{ province_code: number; id: string; house_number: string | null }>`
    select distinct h.province_code, h.id, h.house_number
    from ${households} touched join household h on h.province_code = touched.province_code and h.id = touched.household_id`.execute(
    tx,
  )
  await store(
    tx,
    'household',
    'house_number_key',
    rows.map((row) => ({ ...row, key: houseNumberKey(row.house_number) || null })),
  )
}

async function store(
  tx: Tx,
  table: 'household' | 'member',
  column: string,
  rows: readonly { province_code: number; id: string; key: string | null }[],
): Promise<void> {
  if (rows.length === 0) return
  const given = JSON.stringify(rows.map(({ province_code, id, key }) => ({ province_code, id, key })))
  await sql`update ${sql.table(table)} kept set ${sql.ref(column)} = given.key
    from jsonb_to_recordset(${given}::text::jsonb) as given(province_code smallint, id uuid, key text)
    where kept.province_code = given.province_code and kept.id = given.id
      and kept.${sql.ref(column)} is distinct from given.key`.execute(tx)
}
