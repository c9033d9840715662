import { sql } from 'kysely'
import type { Db } from './database.ts'

const typeByUdt: Record<string, string> = {
  text: 'string',
  uuid: 'string',
  date: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float8: 'number',
  bool: 'boolean',
  bytea: 'Uint8Array',
  jsonb: 'Json',
  timestamptz: 'Date',
}

/** The text of tables.ts for the database as it is: one interface for each table, in order of name. */
export async function describeTables(db: Db): Promise<string> {
  const { rows } = await sql<{ table: string; column: string; udt: string; nullable: boolean; hasDefault: boolean }>`
    select c.table_name as "table", c.column_name as "column", c.udt_name as udt, c.is_nullable = 'YES' as nullable,
      c.column_default is not null as "hasDefault"
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> 'durability_check'
    order by c.table_name, c.ordinal_position`.execute(db)
  const tables = [...new Set(rows.map((row) => row.table))]
  const interfaces = tables.map((table) => {
    const columns = rows.filter((row) => row.table === table)
    return `export interface ${interfaceName(table)} {\n${columns.map((row) => `  ${row.column}: ${columnType(row)}`).join('\n')}\n}`
  })
  const index = tables.map((table) => `  ${table}: ${interfaceName(table)}`).join('\n')
  return [
    '// Made by `npm run tables` from the migrated database; a test fails when it is stale.',
    "import type { ColumnType, Generated } from 'kysely'",
    '/** jsonb: parsed when read; written as JSON text. */\nexport type Json = ColumnType<unknown, string, string>',
    ...interfaces,
    `export interface Tables {\n${index}\n}\n`,
  ].join('\n\n')
}

function columnType(row: { udt: string; nullable: boolean; hasDefault: boolean }): string {
  const base = typeByUdt[row.udt]
  if (!base) throw new Error(`No type is known for the column type ${row.udt}`)
  if (base === 'Json') {
    const write = row.nullable ? 'string | null' : 'string'
    return row.nullable || row.hasDefault ? `ColumnType<unknown, ${write} | undefined, ${write}>` : 'Json'
  }
  const type = row.nullable ? `${base} | null` : base
  return row.hasDefault ? `Generated<${type}>` : type
}

function interfaceName(table: string): string {
  return `${table
    .split('_')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('')}Table`
}
