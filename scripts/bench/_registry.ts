/** Fills a registry with invented households in bulk: derived columns by the product's own functions, rows past its doors. */
import { sql } from 'kysely'
import { deriveHousehold } from '../../src/domain/derive.ts'
import { houseNumberKey } from '../../src/domain/house-code.ts'
import { nameKey } from '../../src/domain/thai/key.ts'
import { loadNames } from '../../src/practice/names.ts'
import { createRandom } from '../../src/practice/random.ts'
import { provinceShares } from '../../src/practice/shares.ts'
import { areasOn, loadAreas } from '../../src/server/areas/areas.ts'
import type { Database } from '../../src/server/db/database.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { newId } from '../../src/server/ids.ts'
import { rebuildFigures } from '../../src/server/queries/figures.ts'

const rowsAtOnce = 5000

/** What the benchmark asks about: names that were really given. */
export interface Filled {
  given: string[]
  surnames: string[]
}

/** The names of a registry of that size, the same each time. */
export function namesOf(size: number): Filled {
  const random = createRandom('bench registry', size)
  const names = loadNames()
  const given = Array.from({ length: 800 }, (_, index) =>
    names.given(random, index % 2 ? 'male' : 'female', 1935 + random.below(60)),
  )
  return { given, surnames: names.surnamesOf(random, '31', 6000) }
}

/** `size` households spread over the nation as its lists are, or over one province. Most bear one member. */
export async function fillRegistry(database: Database, size: number, province: string | null): Promise<Filled> {
  const random = createRandom('bench households', size)
  const { given, surnames } = namesOf(size)
  const areas = areasOn(loadAreas(), '2022-12-09')
  const shares = provinceShares(areas).filter((share) => province === null || share.province === province)
  const total = shares.reduce((sum, share) => sum + share.households + share.thaiqm, 0)
  const indexes = await dropIndexes(database)
  for (const share of shares) {
    const count = Math.round((size * (share.households + share.thaiqm)) / total)
    const subdistricts = areas.filter(({ code }) => code.length === 6 && code.startsWith(share.province))
    let rows: Record<string, unknown>[] = []
    for (let index = 0; index < count; index += 1) {
      const subdistrict = subdistricts[Math.floor((index * subdistricts.length) / count)]!
      rows.push(household(share.province, subdistrict.code, index % 4 === 0 ? 'tpmap-2565' : 'thaiqm-2'))
      if (rows.length === rowsAtOnce || index === count - 1) {
        await insertRows(database, rows)
        rows = []
      }
    }
  }
  for (const definition of indexes) await sql.raw(definition).execute(database.kysely)
  for (const share of shares)
    await inTransaction(database, 'program', (tx) => rebuildFigures(tx, Number(share.province)))
  await database.tidy()
  return { given, surnames }

  function household(provinceCode: string, subdistrict: string, list: string): Record<string, unknown> {
    const firstName = random.pick(given)
    const lastName = random.pick(surnames)
    const houseNumber = random.chance(0.3)
      ? `${1 + random.below(300)}/${1 + random.below(9)}`
      : String(1 + random.below(300))
    const moo = 1 + random.below(14)
    const houseCode = `${subdistrict.slice(0, 4)}${String(random.below(10_000_000)).padStart(7, '0')}`
    const derived = deriveHousehold({ houseNumber, houseCode, villageName: `หมู่ ${moo}` }, [
      { position: 1, title: 'นาย', firstName, lastName },
    ])
    const area = subdistrict + String(moo).padStart(2, '0')
    return {
      p: Number(provinceCode),
      h: newId(),
      m: newId(),
      l: newId(),
      area,
      list,
      code: houseCode,
      number: houseNumber,
      number_key: houseNumberKey(houseNumber),
      head: derived.headName,
      sort: derived.sortKey,
      search: derived.searchText,
      first: firstName,
      last: lastName,
      name_key: nameKey(`${firstName} ${lastName}`),
    }
  }
}

async function insertRows(database: Database, rows: readonly Record<string, unknown>[]): Promise<void> {
  await inTransaction(database, 'program', async (tx) => {
    await sql`
      with given as (select * from json_to_recordset(${JSON.stringify(rows)}::json) as row
          (p smallint, h uuid, m uuid, l uuid, area text, list text, code text, number text, number_key text, head text,
           sort text, search text, first text, last text, name_key text)),
        houses as (insert into household (province_code, id, area_code, house_code, house_number, house_number_key, head_name,
            sort_key, search_text, member_count, list_set, as_of, created_at, updated_at)
          select p, h, area, code, number, number_key, head, sort, search, 1, list, '2022-09-30', now(), now() from given),
        members as (insert into member (province_code, id, household_id, area_code, position, title, first_name, last_name,
            name_key, created_at, updated_at)
          select p, m, h, area, 1, 'นาย', first, last, name_key, now(), now() from given)
      insert into listing (province_code, id, household_id, area_code, list_code, list_date, created_at)
      select p, l, h, area, list, '2022-09-30', now() from given`.execute(tx)
  })
}

/** Indexes and foreign keys are made after the rows: minutes instead of an hour. */
async function dropIndexes(database: Database): Promise<string[]> {
  const { rows: keys } = await sql<{ table: string; name: string; definition: string }>`
    select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
    where contype = 'f' and conrelid in ('member'::regclass, 'listing'::regclass)`.execute(database.kysely)
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid in ('household'::regclass, 'member'::regclass, 'listing'::regclass) and not indisunique`.execute(
    database.kysely,
  )
  for (const key of keys) await sql.raw(`alter table ${key.table} drop constraint ${key.name}`).execute(database.kysely)
  for (const index of indexes) await sql.raw(`drop index ${index.name}`).execute(database.kysely)
  return [
    "set maintenance_work_mem = '1GB'",
    ...indexes.map(({ definition }) => definition),
    ...keys.map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
  ]
}
