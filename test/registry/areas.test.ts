import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaAdd, areaChildren, areaRename, areaSearch, areaShow } from '../../src/contract/areas.ts'
import { loadReference } from '../../src/server/actions/reference.ts'
import { createWorld, engine, type World } from '../_world.ts'

describe(`areas (${engine})`, () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
    world.setNow('2023-01-10T03:00:00Z')
  })
  afterAll(() => world.close())

  it('shows every province to anybody signed in, and nobody else', async () => {
    const mentor = await world.person('mentor', '31040101')
    const { output } = await world.ask(mentor, areaChildren, { area: '' })
    expect(output.children).toHaveLength(77)
    expect(output.children[0]).toEqual({ code: '10', level: 'province', nameTh: 'กรุงเทพมหานคร', nameEn: 'Bangkok' })
    expect((await world.ask(null, areaChildren, { area: '' })).problem).toBe('signInRequired')
  })

  it('finds Nang Rong by part of its name, with its province, in the wrong keyboard layout and by code', async () => {
    const officer = await world.person('district', '3104')
    const first = async (text: string, more = {}) =>
      (await world.ask(officer, areaSearch, { text, ...more })).output.areas[0]
    expect((await first('นางรอง', { levels: ['district'] }))?.code).toBe('3104')
    expect((await first('รอง บุรีรัมย์'))?.path.map(({ nameTh }) => nameTh)).toEqual(['ประเทศไทย', 'บุรีรัมย์', 'นางรอง'])
    expect((await first('อ.นางรอง'))?.code).toBe('3104')
    expect((await first("ok'iv'", { levels: ['district'] }))?.code).toBe('3104')
    expect((await first('nang rong', { levels: ['district'] }))?.code).toBe('3104')
    expect((await first('๓๑๐๔'))?.code).toBe('3104')
    expect((await world.ask(officer, areaSearch, { text: 'นางรอง สงขลา' })).output.areas).toEqual([])
  })

  it('calls an area that does not exist not found', async () => {
    const officer = await world.person('province', '31')
    expect((await world.ask(officer, areaChildren, { area: '99' })).problem).toBe('notFound')
  })

  it('lets a province add a village and name it anew, and keeps the old name', async () => {
    const officer = await world.person('province', '31')
    const added = await world.ask(officer, areaAdd, { area: '310401', moo: 7, nameTh: 'โคกสวาย' })
    expect(added.output.area).toMatchObject({ code: '31040107', level: 'village', nameTh: 'โคกสวาย' })
    expect(added.output.area.path).toHaveLength(5)
    expect((await world.ask(officer, areaAdd, { area: '310401', moo: 7, nameTh: 'อื่น' })).problem).toBe('alreadyExists')

    world.setNow('2023-03-01T03:00:00Z')
    expect((await world.ask(officer, areaRename, { area: '31040107', nameTh: 'โคกสว่าง' })).status).toBe(200)
    expect((await world.ask(officer, areaRename, { area: '31040107', nameTh: 'โคกสว่างพัฒนา' })).status).toBe(200)
    const { output } = await world.ask(officer, areaShow, { area: '31040107' })
    expect(output.names.map(({ nameTh, validFrom, validTo }) => [nameTh, validFrom, validTo])).toEqual([
      ['โคกสวาย', null, '2023-02-28'],
      ['โคกสว่างพัฒนา', '2023-03-01', null],
    ])
    const found = await world.ask(officer, areaSearch, { text: 'สวาง นางรอง' })
    expect(found.output.areas.map(({ code }) => code)).toContain('31040107')
    const children = await world.ask(officer, areaChildren, { area: '310401' })
    expect(children.output.children.map(({ nameTh }) => nameTh)).toEqual(['โคกสว่างพัฒนา'])
  })

  it('keeps villages of other provinces, and editing by a district, out', async () => {
    const village = { area: '300101', moo: 1, nameTh: 'ใน' }
    expect((await world.ask(await world.person('province', '31'), areaAdd, village)).problem).toBe('notFound')
    expect((await world.ask(await world.person('district', '3001'), areaAdd, village)).problem).toBe('notPermitted')
  })

  it('stores the shipped areas once, and keeps the ids of centres when they are stored anew', async () => {
    const { database } = world
    expect(await loadReference(database, new Date())).toBe(false)
    const before = await database.kysely.selectFrom('centre').select(['code', 'id']).orderBy('code').execute()
    await database.kysely.deleteFrom('setting').where('key', '=', 'reference.digest').execute()
    expect(await loadReference(database, new Date())).toBe(true)
    const after = await database.kysely.selectFrom('centre').select(['code', 'id']).orderBy('code').execute()
    expect(after).toEqual(before)
    expect(after.length).toBeGreaterThan(77 + 928)
    const names = await world.ask(await world.person('province', '31'), areaShow, { area: '31040107' })
    expect(names.output.names).toHaveLength(2)
  })
})
