import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { packageRoot } from '../package-root.ts'
import { DatabaseRefused, type Database } from './database.ts'

/** What a migration run did, for the log: numbers of the files applied. */
export interface MigrationResult {
  applied: string[]
  /** Whether the database was there before, and older than the program. */
  wasOlder: boolean
}

/**
 * Brings the database to the program's version: numbered SQL files, forward only, each in one transaction that first
 * writes its own number, so that two programs starting at once cannot both apply it.
 *
 * @throws DatabaseRefused when the database is newer than the program
 */
export async function migrate(
  database: Database,
  folder = join(packageRoot(), 'migrations'),
): Promise<MigrationResult> {
  const files = readdirSync(folder)
    .filter((name) => /^[0-9]{4}_.*\.sql$/.test(name))
    .sort()
  await sql`create table if not exists migration (name text primary key, applied_at timestamptz not null default now())`.execute(
    database.kysely,
  )
  const known = await sql<{ name: string }>`select name from migration order by name`.execute(database.kysely)
  const done = new Set(known.rows.map(({ name }) => name))
  const newer = [...done].filter((name) => !files.includes(name))
  if (newer.length > 0) {
    throw new DatabaseRefused(
      `The database was made by a newer Kaejon (it knows ${newer.join(', ')}). Start that version, or restore an older backup.`,
    )
  }
  const applied: string[] = []
  for (const name of files) {
    if (done.has(name)) continue
    const text = readFileSync(join(folder, name), 'utf8')
    await database.script(`insert into migration (name) values ('${name}'); ${text}`)
    applied.push(name)
  }
  return { applied, wasOlder: done.size > 0 && applied.length > 0 }
}

/** Migrates and says so, whatever the log shows: whoever has an older backup or program should know. */
export async function migrateAndTell(
  database: Database,
  tell: (line: string) => void = (line) => void process.stderr.write(line),
  folder?: string,
): Promise<void> {
  const { applied, wasOlder } = await migrate(database, folder)
  if (!wasOlder) return
  const names = applied.map((name) => name.replace(/\.sql$/, '')).join(', ')
  tell(`ปรับฐานข้อมูลเดิมให้ตรงกับโปรแกรมรุ่นนี้แล้ว · The older database was brought up to date: ${names}\n`)
}
