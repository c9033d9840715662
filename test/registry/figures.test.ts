import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { figureOverview } from '../../src/contract/figures.ts'
import { listList } from '../../src/contract/lists.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { applyFigureDelta, rebuildFigures } from '../../src/server/queries/figures.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { plantHouseholds, type PlantedHousehold } from './_households.ts'

const many = (count: number, household: PlantedHousehold) => Array.from({ length: count }, () => household)

describe(`figures (${engine})`, () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
    await plantHouseholds(world.database, [
      ...many(12, { area: '31040101', lists: ['tpmap-2565'], persons: 3 }),
      ...many(3, { area: '31040102', lists: ['thaiqm-2', 'tpmap-2565'], persons: 2 }),
      ...many(20, { area: '31040300', lists: ['thaiqm-2'], persons: 1 }),
      ...many(9, { area: '31050101', lists: ['thaiqm-2'], persons: 1 }),
      ...many(2, { area: '31060101', lists: ['found'], persons: 1 }),
      ...many(30, { area: '30010101', lists: ['tpmap-2565'], persons: 4 }),
      { area: '31040101', lists: ['tpmap-2565'], state: 'merged' },
      { area: '31040101', lists: [], persons: 0 },
    ])
  })
  afterAll(() => world.close())

  const overview = async (role: 'province' | 'district' | 'nation' | 'auditor', place: string, area: string) =>
    (await world.ask(await world.person(role, place), figureOverview, { area })).output

  it('adds up: lists, each household once, overlap, and the lines below to the line above', async () => {
    const shown = await overview('province', '31', '31')
    expect(shown.restricted).toBe(false)
    expect(shown.total.households.value).toBe(47)
    expect(shown.total.persons.value).toBe(12 * 3 + 3 * 2 + 20 + 9 + 2)
    expect(shown.total.listings.value).toBe(12 + 3 * 2 + 20 + 9 + 2)
    const byList = Object.fromEntries(shown.total.byList.map((entry) => [entry.list, entry.households.value]))
    expect(byList).toEqual({ 'tpmap-2565': 15, 'thaiqm-2': 32, vulnerable: 0, found: 2 })
    const sum = (values: (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0)
    expect(sum(shown.children.map((line) => line.households.value))).toBe(47)
    expect(sum(shown.overlap!.map((line) => line.households.value))).toBe(47)
    expect(shown.overlap).toContainEqual({
      lists: ['thaiqm-2', 'tpmap-2565'],
      households: { value: 3, suppressed: false },
      persons: { value: 6, suppressed: false },
      filter: { area: '31', listSet: 'thaiqm-2,tpmap-2565' },
    })
    expect(shown.overlap!.find(({ lists }) => lists.length === 0)?.filter).toEqual({ area: '31', list: 'none' })
    expect(shown.children).toHaveLength(23)
  })

  it('puts the official figure with its document beside the count', async () => {
    const shown = await overview('province', '31', '31')
    const tpmap = shown.total.byList.find(({ list }) => list === 'tpmap-2565')!
    expect(tpmap.official).toMatchObject({ households: 29010, asOf: '2022-12-09' })
    expect(tpmap.official?.document).toContain('๒๘๗๓')
    expect(shown.children[0]!.byList[0]!.official).toBeNull()
    const lists = await world.ask(await world.person('province', '31'), listList, { area: '31' })
    expect(lists.output.lists[0]).toMatchObject({
      code: 'tpmap-2565',
      registry: { households: { value: 15 } },
      mayEdit: false,
    })
  })

  it('goes down to the village, with those whose village is not known', async () => {
    const shown = await overview('district', '3104', '310403')
    expect(shown.children.map(({ area, households }) => [area.code, area.nameTh, households.value])).toEqual([
      ['31040300', 'ไม่ทราบหมู่บ้าน', 20],
    ])
    expect((await overview('district', '3104', '31040300')).total.households.value).toBe(20)
  })

  it('shows the nation to the nation, without a way to the households, and keeps few households back', async () => {
    const shown = await overview('nation', '', '')
    expect(shown.restricted).toBe(true)
    expect(shown.total.households).toEqual({ value: 77, suppressed: false })
    expect(shown.total.filter).toBeNull()
    expect(shown.overlap!.find(({ lists }) => lists.join() === 'found')?.households).toEqual({
      value: null,
      suppressed: true,
    })
    const province = await overview('nation', '', '31')
    expect(province.overlap).toBeNull()
    const small = province.children.find(({ area }) => area.code === '3106')!
    expect(small.households).toEqual({ value: null, suppressed: true })
    const hidden = province.children.filter(({ households }) => households.suppressed)
    expect(hidden.length).toBeGreaterThan(1)
    // Whoever goes down finds the same kept back.
    expect((await overview('auditor', '3106', '3106')).total.households.suppressed).toBe(true)
    expect((await overview('nation', '', '310601')).total.households.suppressed).toBe(true)
  })

  it('does not answer for an area of somebody else, or for a role without figures', async () => {
    const officer = await world.person('district', '3104')
    expect((await world.ask(officer, figureOverview, { area: '3105' })).problem).toBe('notFound')
    expect((await world.ask(officer, figureOverview, { area: '31' })).problem).toBe('notFound')
    const agency = await world.person('agency', '31')
    expect((await world.ask(agency, figureOverview, { area: '31' })).problem).toBe('notPermitted')
    const lists = await world.ask(agency, listList, { area: '31' })
    expect(lists.output.lists[0]?.registry).toBeNull()
  })

  it('changes with one household exactly as a count of everything would', async () => {
    const { database } = world
    const all = () =>
      database.kysely
        .selectFrom('household_figure')
        .selectAll()
        .where('province_code', '=', 31)
        .orderBy('area_code')
        .orderBy('list_set')
        .execute()
    const household = (await database.kysely
      .selectFrom('household')
      .select(['id', 'area_code', 'list_set', 'member_count'])
      .where('area_code', '=', '31060101')
      .limit(1)
      .executeTakeFirst())!
    const change = { area_code: '31060102', list_set: 'found,vulnerable', member_count: 5 }
    await inTransaction(database, 'program', async (tx) => {
      await tx.updateTable('household').set(change).where('id', '=', household.id).execute()
      const counted = (stored: { area_code: string; list_set: string; member_count: number }) => ({
        areaCode: stored.area_code,
        listSet: stored.list_set,
        persons: stored.member_count,
      })
      await applyFigureDelta(tx, [counted(household)], [counted(change)])
    })
    const kept = await all()
    await inTransaction(database, 'program', (tx) => rebuildFigures(tx, 31))
    expect(kept).toEqual(await all())
    expect(kept.some(({ list_set }) => list_set === 'found,vulnerable')).toBe(true)
  })
})
