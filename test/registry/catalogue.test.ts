import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogueAdd, catalogueChange, catalogueEnd, catalogueList } from '../../src/contract/catalogue.ts'
import { anybody } from '../../src/domain/logbook/eligibility.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { loadCatalogue } from '../../src/server/actions/catalogue.ts'
import { createWorld, engine, type World } from '../_world.ts'

const facts = {
  nameTh: 'ทุนปลูกผักสวนครัว',
  nameEn: 'Seed money for a kitchen garden',
  dimension: 'income',
  agency: 'พัฒนาการอำเภอนางรอง',
  eligible: { ...anybody, paths: ['develop'] },
  amountTh: '1,500 บาท',
  amountEn: '1,500 baht',
  amountBaht: 1500,
  source: 'คำสั่งจังหวัด',
}

describe(`the catalogue of help (${engine})`, () => {
  let world: World
  let buriram: Actor
  beforeAll(async () => {
    world = await createWorld()
    buriram = await world.person('province', '31')
  })
  afterAll(() => world.close())

  const list = async (area: string, more: Record<string, unknown> = {}) =>
    (await world.ask(await world.person('province', area || '31'), catalogueList, { area, ...more })).output
  const daysOf = async (area: string, code: string) =>
    (await list(area)).items.filter((item) => item.code === code).map((item) => [item.validFrom, item.validTo])

  it('is there from the start, each item with its source', async () => {
    const { items, mayEdit } = await list('')
    expect(items.length).toBeGreaterThan(25)
    expect(items.every((item) => item.source !== '' && item.changedBy === null && item.area === '')).toBe(true)
    expect(mayEdit).toBe(false)
    expect(items.find(({ code }) => code === 'elder-allowance')!.eligible.member).toEqual({ ageFrom: 60, ageTo: null })
  })

  it('takes an item of a province, which other provinces do not see', async () => {
    const made = await world.ask(buriram, catalogueAdd, { area: '31', ...facts, validFrom: '2023-01-01' })
    expect(made.output.item).toMatchObject({
      area: '31',
      nameTh: facts.nameTh,
      validTo: null,
      changedBy: 'province 31',
    })
    const twice = await world.ask(buriram, catalogueAdd, { area: '31', ...facts, validFrom: '2023-02-01' })
    expect(twice.problem).toBe('alreadyExists')
    expect((await list('31')).items.map(({ code }) => code)).toContain(made.output.item.code)
    expect((await list('30')).items.map(({ code }) => code)).not.toContain(made.output.item.code)
  })

  it('says an item anew from a day on, and keeps what stood before', async () => {
    const { item } = (
      await world.ask(buriram, catalogueAdd, { area: '31', ...facts, nameTh: 'ทุนเลี้ยงไก่', validFrom: '2023-01-01' })
    ).output
    const { code } = item
    const raise = { area: '31', code, of: '2023-01-01', ...facts, amountTh: '2,000 บาท', amountBaht: 2000 }
    await world.ask(buriram, catalogueChange, { ...raise, validFrom: '2023-07-01' })
    expect(await daysOf('31', code)).toEqual([
      ['2023-01-01', '2023-06-30'],
      ['2023-07-01', null],
    ])
    const on = async (day: string) => (await list('31', { on: day })).items.find((one) => one.code === code)?.amountBaht
    expect([await on('2022-12-31'), await on('2023-06-30'), await on('2023-07-01')]).toEqual([undefined, 1500, 2000])

    const early = await world.ask(buriram, catalogueChange, { ...raise, of: '2023-07-01', validFrom: '2023-06-01' })
    expect([early.problem, early.details]).toEqual([
      'invalidFacts',
      { fields: [{ field: 'validFrom', fault: 'beforeStart' }] },
    ])
    const over = await world.ask(buriram, catalogueEnd, { area: '31', code, of: '2023-01-01', validTo: '2023-08-01' })
    expect(over.details).toEqual({ fields: [{ field: 'validTo', fault: 'afterNext' }] })
    await world.ask(buriram, catalogueEnd, { area: '31', code, of: '2023-07-01', validTo: '2023-12-31' })
    expect(await on('2024-01-01')).toBeUndefined()
  })

  it('lets a province change an item of everybody for itself alone, for ever', async () => {
    const shipped = (await list('31')).items.find(({ code }) => code === 'elder-house')!
    const change = { ...shipped, area: '31', of: shipped.validFrom, validFrom: '2023-04-01', amountBaht: 50_000 }
    expect((await world.ask(buriram, catalogueChange, change)).status).toBe(200)
    expect(await daysOf('31', 'elder-house')).toEqual([
      ['2022-10-01', '2023-03-31'],
      ['2023-04-01', null],
    ])
    expect(await daysOf('30', 'elder-house')).toEqual([['2022-10-01', null]])
    await world.ask(buriram, catalogueEnd, {
      area: '31',
      code: 'rural-house',
      of: '2017-01-01',
      validTo: '2023-01-31',
    })
    const on = async (area: string) =>
      (await list(area, { on: '2023-02-01' })).items.some(({ code }) => code === 'rural-house')
    expect([await on('31'), await on('30')]).toEqual([false, true])
  })

  it('leaves everybody’s items to the administrator, and what they wrote to themselves when the program is renewed', async () => {
    const shipped = (await list('')).items.find(({ code }) => code === 'child-grant')!
    const change = { ...shipped, of: shipped.validFrom, amountBaht: 700 }
    expect((await world.ask(buriram, catalogueChange, change)).problem).toBe('notFound')
    const administrator = await world.person('administrator', '')
    expect((await world.ask(administrator, catalogueChange, change)).output.item.amountBaht).toBe(700)
    await world.database.kysely.deleteFrom('setting').where('key', '=', 'catalogue.digest').execute()
    expect(await loadCatalogue(world.database, new Date())).toBe(true)
    expect(await loadCatalogue(world.database, new Date())).toBe(false)
    expect((await list('')).items.find(({ code }) => code === 'child-grant')!.amountBaht).toBe(700)
  })

  it('shows only one dimension where asked', async () => {
    const { items } = await list('30', { dimension: 'living', on: '2023-01-15' })
    expect(new Set(items.map(({ dimension }) => dimension))).toEqual(new Set(['living']))
  })
})
