/** A list that comes in as a file makes the same registry as its rows saved one after the other. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HouseholdFacts } from '../../src/domain/household.ts'
import type { MemberFacts } from '../../src/domain/member.ts'
import { defaultSettings } from '../../src/domain/settings.ts'
import { stagedColumns, stageRow } from '../../src/server/actions/imports/stage-row.ts'
import { settleTouched } from '../../src/server/actions/imports/settle.ts'
import type { Tx } from '../../src/server/db/database.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { newId } from '../../src/server/ids.ts'
import { commitRange } from '../../src/server/queries/imports/commit.ts'
import type { JudgedBatch } from '../../src/server/queries/imports/judge.ts'
import { judgeAgainstRegistry, judgeInFile } from '../../src/server/queries/imports/match.ts'
import type { TouchedCase } from '../../src/server/queries/imports/spans.ts'
import { insertStaged } from '../../src/server/queries/imports/stage.ts'
import { insertBatch } from '../../src/server/queries/imports.ts'
import { completeUpload, insertUpload } from '../../src/server/queries/uploads.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { practiceId, registry } from '../http/_imports.ts'
import { createWorld, engine, type World } from '../_world.ts'

interface Row {
  village: number
  house: number | null
  code: number | null
  name: number
  id: number | null
}

const firstNames = ['สมชาย', 'มาลี', 'ประเสริฐ', 'กัญญา']
const whole = { after: 0, through: 1_000_000 }

const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  village: fc.integer({ min: 1, max: 2 }),
  house: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 4 }),
  code: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 1 }),
  name: fc.integer({ min: 0, max: firstNames.length - 1 }),
  id: fc.option(fc.integer({ min: 1, max: 20 }), { freq: 2 }),
})

/** Whether two rows may be one household of which each says something else: then the order would matter. */
function mayBeOne(a: Row, b: Row): boolean {
  if (a.id !== null && a.id === b.id) return true
  if (a.id !== null && b.id !== null) return false
  if (a.name !== b.name) return false
  return (a.code !== null && a.code === b.code) || (a.village === b.village && a.house === b.house)
}

/** A list: households of their own, some of them repeated word for word. */
const listArbitrary: fc.Arbitrary<Row[]> = fc
  .array(rowArbitrary, { minLength: 1, maxLength: 7 })
  .map((rows) => rows.filter((row, index) => !rows.slice(0, index).some((earlier) => mayBeOne(earlier, row))))
  .chain((rows) =>
    fc
      .array(fc.nat(rows.length - 1), { maxLength: 3 })
      .map((again) => [...rows, ...again.map((index) => rows[index]!)]),
  )

/** A list of which no two different rows may be one and the same household of those that are there before. */
function oneEach(before: readonly Row[], list: readonly Row[]): Row[] {
  const said = new Map<Row, string>()
  return list.filter((row) => {
    const content = JSON.stringify(row)
    const own = before.filter((known) => mayBeOne(known, row))
    if (own.some((known) => (said.get(known) ?? content) !== content)) return false
    for (const known of own) said.set(known, content)
    return true
  })
}

function facts(row: Row): { household: HouseholdFacts; member: MemberFacts } {
  return {
    household: {
      areaCode: `3101010${row.village}`,
      villageName: `บ้าน${row.village}`,
      houseCode: row.code === null ? null : `3101000000${row.code}`,
      familyNumber: null,
      houseNumber: row.house === null ? null : String(row.house),
      lane: null,
      road: null,
      phone: null,
      latitude: null,
      longitude: null,
      memberCount: null,
      note: null,
    },
    member: {
      order: null,
      relation: null,
      title: 'นาย',
      firstName: firstNames[row.name]!,
      lastName: ['ใจดี', 'แสงทองคำ', 'วงศ์พานิช', 'สุขสวัสดิ์'][row.name]!,
      nationalId: row.id === null ? null : practiceId(row.id),
      sex: 'male',
      birthDate: null,
      birthPrecision: null,
      occupation: null,
      annualIncome: null,
    },
  }
}

/** Brings rows in under one batch: staged, judged, and committed as far as nobody has to decide. */
async function bring(world: World, account: Actor, list: string, rows: readonly Row[]): Promise<void> {
  const batch: JudgedBatch = {
    id: newId(),
    listCode: list,
    listDate: '2022-09-30',
    trust: 50,
    reach: ['31'],
    rules: defaultSettings.survivorship,
    thresholds: defaultSettings['match.thresholds'],
    weights: defaultSettings['match.weights'],
  }
  const now = new Date()
  const staged = rows.map((row, index) => {
    const { household, member } = facts(row)
    const stagedRow = { rowNumber: index + 1, householdKey: null, household, member, faults: [] }
    return stageRow(stagedRow, world.deps.secrets, { leaderRow: index + 1, areaCode: '31' })
  })
  await inTransaction(world.database, 'program', async (tx) => {
    await insertUpload(tx, { id: batch.id, accountId: account.userId, fileName: 'x', size: 1, now })
    await completeUpload(tx, batch.id, 'x', now)
    await insertBatch(tx, {
      id: batch.id,
      uploadId: batch.id,
      listCode: list,
      listDate: batch.listDate,
      areaCode: '31',
      fileName: 'x',
      fileDigest: 'x',
      accountId: account.userId,
      state: 'committing',
      now,
    })
    await insertStaged(tx, batch.id, JSON.stringify(staged), stagedColumns)
    await judgeInFile(tx, batch)
    await judgeAgainstRegistry(tx, batch, whole, rows.length > 1)
    const settle = (inner: Tx, cases: readonly TouchedCase[]) => settleTouched(inner, now, cases)
    await commitRange(tx, batch, whole, false, { accountId: account.userId, now, settle })
  })
}

async function clear(world: World): Promise<void> {
  for (const table of [
    'listing',
    'member',
    'fact_change',
    'fact_span',
    'progress_pending',
    'household',
    'row_verdict',
    'source_row',
  ] as const)
    await world.database.kysely.deleteFrom(table).execute()
}

async function anyWaits(world: World): Promise<boolean> {
  const row = await world.database.kysely
    .selectFrom('row_verdict')
    .select('row_number')
    .where('waiting', '=', true)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

describe(`A list as a file and row by row (${engine})`, () => {
  let world: World
  let account: Actor
  beforeAll(async () => {
    world = await createWorld()
    account = await world.person('province', '31')
  })
  afterAll(() => world.close())

  it('makes the same households, members and listings', async () => {
    await fc.assert(
      fc.asyncProperty(listArbitrary, listArbitrary, async (before, drawn) => {
        const list = oneEach(before, drawn)
        fc.pre(list.length > 0)
        await clear(world)
        await bring(world, account, 'tpmap-2565', before)
        await bring(world, account, 'thaiqm-2', list)
        // A doubt is a person's to decide: until then the row is in neither registry.
        fc.pre(!(await anyWaits(world)))
        const atOnce = await registry(world)
        await clear(world)
        await bring(world, account, 'tpmap-2565', before)
        for (const row of list) await bring(world, account, 'thaiqm-2', [row])
        // Seen alone, a row may leave a doubt that the rest of its file takes away.
        fc.pre(!(await anyWaits(world)))
        expect(await registry(world)).toEqual(atOnce)
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 25) },
    )
  }, 240_000)

  it('changes nothing when a list comes a second time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rowArbitrary, { minLength: 1, maxLength: 8 }), async (list) => {
        await clear(world)
        await bring(world, account, 'tpmap-2565', list)
        const once = await registry(world)
        await bring(world, account, 'tpmap-2565', list)
        expect(await registry(world)).toEqual(once)
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 20) },
    )
  }, 240_000)
})
