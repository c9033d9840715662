/** A list that comes in as a file makes the same registry as its rows saved one after the other. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/domain/permission.ts'
import { practiceId, registry } from '../http/_imports.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { bring, clear, type ListRow } from './_lists.ts'

interface Row {
  village: number
  house: number | null
  code: number | null
  name: number
  id: number | null
}

const firstNames = ['สมชาย', 'มาลี', 'ประเสริฐ', 'กัญญา']

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

function listRow(row: Row): ListRow {
  return {
    household: {
      areaCode: `3101010${row.village}`,
      villageName: `บ้าน${row.village}`,
      houseCode: row.code === null ? null : `3101000000${row.code}`,
      houseNumber: row.house === null ? null : String(row.house),
    },
    member: {
      firstName: firstNames[row.name]!,
      lastName: ['ใจดี', 'แสงทองคำ', 'วงศ์พานิช', 'สุขสวัสดิ์'][row.name]!,
      nationalId: row.id === null ? null : practiceId(row.id),
    },
  }
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
        await bring(world, account, before.map(listRow), { list: 'tpmap-2565' })
        await bring(world, account, list.map(listRow), { list: 'thaiqm-2' })
        // A doubt is a person's to decide: until then the row is in neither registry.
        fc.pre(!(await anyWaits(world)))
        const atOnce = await registry(world)
        await clear(world)
        await bring(world, account, before.map(listRow), { list: 'tpmap-2565' })
        for (const row of list) await bring(world, account, [listRow(row)], { list: 'thaiqm-2' })
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
        await bring(world, account, list.map(listRow), { list: 'tpmap-2565' })
        const once = await registry(world)
        await bring(world, account, list.map(listRow), { list: 'tpmap-2565' })
        expect(await registry(world)).toEqual(once)
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 20) },
    )
  }, 240_000)
})
