import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nationalIdWithCheckDigit } from '../../src/domain/national-id.ts'
import { importFile } from '../../src/server/cli/import.ts'
import { recordPracticeYear, writePracticeHouseholds } from '../../src/server/cli/practice-year.ts'
import { markPractice } from '../../src/server/cli/practice.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { createWorld, engine, type World } from '../_world.ts'

const root = resolve(import.meta.dirname, '../..')
const people = 80

describe(`a practice year (${engine})`, () => {
  let world: World
  let folder: string
  let year: string
  beforeAll(async () => {
    world = await createWorld()
    folder = mkdtempSync(join(tmpdir(), 'kaejon-year-'))
    year = join(folder, 'year.jsonl')
    await markPractice(world.deps)
    const header = 'เลขประจำตัวประชาชน,คำนำหน้า,ชื่อ,นามสกุล,บ้านเลขที่,หมู่ที่,ตำบล,อำเภอ,จังหวัด'
    const rows = Array.from({ length: people }, (_, index) => {
      const id = nationalIdWithCheckDigit(`9310400${String(index + 1).padStart(5, '0')}`)
      return `${id},นาย,สมชาย${index + 1},ใจดี,${index + 1},1,นางรอง,นางรอง,บุรีรัมย์`
    })
    const file = join(folder, 'list.csv')
    writeFileSync(file, `${[header, ...rows].join('\r\n')}\r\n`)
    const options = { file, list: 'tpmap-2565', area: '31', isDryRun: false, isConfirmed: true }
    await importFile(world.deps, { ...options, username: undefined })
    const households = join(folder, 'households.jsonl')
    expect(await writePracticeHouseholds(world.deps, households)).toBe(people)
    const script = ['--import', 'tsx', 'src/practice/history-main.ts', '--households', households, '--out', year]
    expect(spawnSync(process.execPath, script, { cwd: root }).status).toBe(0)
  }, 240_000)
  afterAll(async () => {
    await world.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const count = async (what: string) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.raw(what)}`.execute(
      world.deps.database.kysely,
    )
    return rows[0]!.count
  }
  const planned = () =>
    readFileSync(year, 'utf8')
      .split('\n')
      .reduce((sum, line) => sum + (line.match(/"entry":/g)?.length ?? 0), 0)

  it('is recorded whole, each entry at its moment of the year by a person of the place', async () => {
    const told: number[] = []
    const found = await recordPracticeYear(world.deps, year, (entries) => told.push(entries))
    expect(found).toEqual({ recorded: planned(), refused: 0 })
    expect(told.at(-1)).toBe(planned())
    expect(await count('entry')).toBe(planned())
    expect(await count(`entry where recorded_at < '2023-01-01' or recorded_at >= '2024-01-01'`)).toBe(0)
    expect(await count(`entry e join account a on a.id = e.account_id where a.name like '%(ฝึกหัด)'`)).toBe(planned())
    expect(await count(`fact_span where from_at < '2022-12-09T02:00:00Z'`)).toBe(0)
    expect(await count(`fact_span where fact = 'recorded' and from_at < '2023-04-01'`)).toBeGreaterThan(people / 3)
  })

  it('agrees with a recount', async () => {
    expect((await recount(world.deps.database.kysely)).differences).toEqual([])
  })

  it('can be recorded again, and nothing is doubled', async () => {
    const people = await count('account')
    const spans = await count('fact_span')
    await recordPracticeYear(world.deps, year, () => undefined)
    expect([await count('entry'), await count('account'), await count('fact_span')]).toEqual([planned(), people, spans])
  })

  it('is refused by a registry of real households', async () => {
    await world.deps.database.kysely.deleteFrom('setting').where('key', '=', 'practice').execute()
    await expect(recordPracticeYear(world.deps, year, () => undefined)).rejects.toThrow('practice')
    await expect(writePracticeHouseholds(world.deps, join(folder, 'no.jsonl'))).rejects.toThrow('practice')
  })
})
