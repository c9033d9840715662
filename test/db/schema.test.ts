/** Reads the catalogue: the schema stays fit to be partitioned or spread by province, and its types are up to date. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeTables } from '../../src/server/db/describe.ts'
import { createWorld, type World } from '../_world.ts'

/** Tables of people, words and work that every province shares or that stay on one machine. */
const shared = [
  ...['account', 'agency', 'area', 'attempt', 'centre', 'centre_coverage', 'credential', 'device', 'durability_check'],
  ...['import_batch', 'job', 'list_denominator', 'migration', 'remembered_mapping', 'role_grant', 'second_factor'],
  ...['sealed_photo', 'session', 'setting', 'target_list', 'team', 'upload', 'verification'],
]

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function rows<Row>(text: string): Promise<Row[]> {
  return (await sql.raw<Row>(text).execute(world.database.kysely)).rows
}

describe('the schema can be spread by province', () => {
  it('every key and unique constraint of a province table carries province_code', async () => {
    const keys = await rows<{ table: string; name: string; columns: string[] }>(`
      select t.relname as "table", i.relname as name,
        array(select a.attname::text from unnest(x.indkey) k join pg_attribute a on a.attrelid = t.oid and a.attnum = k) as columns
      from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
        join pg_namespace n on n.oid = t.relnamespace
      where n.nspname = 'public' and x.indisunique`)
    const spread = keys.filter(({ table }) => !shared.includes(table))
    expect(spread.length).toBeGreaterThan(8)
    expect(spread.filter(({ columns }) => !columns.includes('province_code'))).toEqual([])
  })

  it('every foreign key between province tables carries province_code', async () => {
    const keys = await rows<{ table: string; target: string; columns: string[] }>(`
      select c.conrelid::regclass::text as "table", c.confrelid::regclass::text as target,
        array(select a.attname::text from unnest(c.conkey) k join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k) as columns
      from pg_constraint c where c.contype = 'f'`)
    const spread = keys.filter(({ table }) => !shared.includes(table))
    expect(spread.filter(({ columns }) => !columns.includes('province_code'))).toEqual([])
    expect(spread.filter(({ target }) => shared.includes(target))).toEqual([])
  })

  it('has no triggers, sequences, enum types or generated ids', async () => {
    expect(await rows(`select tgname from pg_trigger where not tgisinternal`)).toEqual([])
    expect(
      await rows(`select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`),
    ).toEqual([])
    expect(
      await rows(`select typname from pg_type where typtype = 'e' and typnamespace = 'public'::regnamespace`),
    ).toEqual([])
  })

  it('every area code is compared byte by byte, so that ranges use the index', async () => {
    const columns = await rows<{ table: string; collation: string }>(`
      select table_name as "table", coalesce(collation_name, '') as collation from information_schema.columns
      where table_schema = 'public' and column_name = 'area_code'`)
    expect(columns.length).toBeGreaterThan(8)
    expect(columns.filter(({ collation }) => collation !== 'C')).toEqual([])
  })

  it('tables that hold households stand behind the wall', async () => {
    const walled = await rows<{ name: string }>(
      `select relname::text as name from pg_class where relrowsecurity order by 1`,
    )
    expect(walled.map(({ name }) => name)).toEqual([
      'entry',
      'fact_span',
      'household',
      'household_case',
      'listing',
      'member',
      'photo',
      'row_verdict',
      'source_row',
      'unfiled_item',
    ])
  })
})

describe('the types of the tables', () => {
  it('are those of the migrated database', async () => {
    const plain = (text: string) => text.replace(/\s+/g, '').replace(/,(?=[>)])/g, '')
    const stored = readFileSync(join(import.meta.dirname, '../../src/server/db/tables.ts'), 'utf8')
    expect(plain(await describeTables(world.database.kysely))).toBe(plain(stored))
  })
})
