/** What a list changes in households that are there, and what is left of it when it is taken back. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/domain/permission.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { practiceId } from '../http/_imports.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { bring, clear, decide, undo, type ListRow } from './_lists.ts'

interface Row {
  /** Who it is: one id, one house code. */
  person: number
  first: number
  last: number
  house: number
  title: number
  phone: number | null
}

const firstNames = ['สมชาย', 'สมชัย', 'นางลักษณ์', 'เก่งกล้า', 'Mary-Ann', 'ว่าที่ ร.ต. เอก']
const lastNames = [null, 'ใจดี', 'น้อยใจ', 'ณ อยุธยา', 'Smith-Jones', 'แก้ว๑', 'ก๊ก.ก']
const houseNumbers = [null, '12', '๐๑๒/๓', '7 ก', '27/1 ม.5', 'ซอย 3-4.']
const titles = [null, 'นาย', 'นาง', 'Mr', 'ด.ช.']

const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  person: fc.integer({ min: 1, max: 5 }),
  first: fc.nat(firstNames.length - 1),
  last: fc.nat(lastNames.length - 1),
  house: fc.nat(houseNumbers.length - 1),
  title: fc.nat(titles.length - 1),
  phone: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 3 }),
})

const listArbitrary = fc.uniqueArray(rowArbitrary, { minLength: 1, maxLength: 5, selector: ({ person }) => person })

function listRow(row: Row): ListRow {
  return {
    household: {
      areaCode: '31010101',
      houseCode: `3101000000${row.person}`,
      houseNumber: houseNumbers[row.house]!,
      phone: row.phone === null ? null : `081111111${row.phone}`,
    },
    member: {
      title: titles[row.title]!,
      firstName: firstNames[row.first]!,
      lastName: lastNames[row.last]!,
      nationalId: practiceId(row.person),
    },
  }
}

const derived = ['listSet', 'memberCount', 'headName', 'sortKey', 'searchText', 'houseNumberKey', 'place']

/** What the registry derived otherwise than the domain would from the same facts. */
async function wrong(world: World): Promise<string[]> {
  const { differences } = await recount(world.database.kysely)
  return differences.map(({ kind }) => kind).filter((kind) => derived.includes(kind))
}

const runs = Number(process.env['PROPERTY_RUNS'] ?? 25)

describe(`A list that changes what is known (${engine})`, () => {
  let world: World
  let account: Actor
  beforeAll(async () => {
    world = await createWorld()
    account = await world.person('province', '31')
  })
  afterAll(() => world.close())

  it('leaves every household in its place of the Thai order and found by its new name, also when it is taken back', async () => {
    await fc.assert(
      fc.asyncProperty(listArbitrary, listArbitrary, async (before, after) => {
        await clear(world)
        await bring(world, account, before.map(listRow), { list: 'tpmap-2565' })
        const newer = await bring(world, account, after.map(listRow), { list: 'thaiqm-2', listDate: '2023-01-31' })
        expect(await wrong(world)).toEqual([])
        await decide(world, account, newer, 'accept')
        expect(await wrong(world)).toEqual([])
        await undo(world, account, newer)
        expect(await wrong(world)).toEqual([])
      }),
      { numRuns: runs },
    )
  }, 240_000)
})
