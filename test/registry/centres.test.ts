import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaAdd } from '../../src/contract/areas.ts'
import { centreCreate, centreEdit, centreList, centreSetCoverage, centreShow } from '../../src/contract/centres.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { assignCentres, responsibleCentre } from '../../src/server/queries/centres.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { plantHouseholds } from './_households.ts'

const day = '2023-01-10'

describe(`centres (${engine})`, () => {
  let world: World
  let province: Actor
  beforeAll(async () => {
    world = await createWorld()
    world.setNow(`${day}T03:00:00Z`)
    province = await world.person('province', '31')
    await plantHouseholds(world.database, [
      { area: '31040101', lists: ['tpmap-2565'] },
      { area: '31040102', lists: ['tpmap-2565'] },
      { area: '31040301', lists: ['tpmap-2565'] },
      { area: '31050100', lists: ['tpmap-2565'] },
      { area: '30010101', lists: ['tpmap-2565'] },
    ])
    await world.ask(province, areaAdd, { area: '310401', moo: 1, nameTh: 'ในเมือง' })
    await inTransaction(world.database, 'program', async (tx) => {
      await assignCentres(tx, 31, {}, day)
      await assignCentres(tx, 30, {}, day)
    })
  })
  afterAll(() => world.close())

  const answering = async () => {
    const households = await world.database.kysely
      .selectFrom('household')
      .select(['area_code', 'centre_id'])
      .orderBy('area_code')
      .execute()
    const centres = await world.database.kysely.selectFrom('centre').select(['id', 'code']).execute()
    const codeById = new Map(centres.map(({ id, code }) => [id, code]))
    return Object.fromEntries(
      households.map(({ area_code, centre_id }) => [area_code, codeById.get(centre_id ?? '') ?? null]),
    )
  }

  it('gives every household to the centre of its district at first', async () => {
    expect(await answering()).toEqual({
      30010101: 'DISTRICT-3001',
      31040101: 'DISTRICT-3104',
      31040102: 'DISTRICT-3104',
      31040301: 'DISTRICT-3104',
      31050100: 'DISTRICT-3105',
    })
  })

  it('hands households over when a town is given parts of two districts, and back when it loses them', async () => {
    const founded = await world.ask(province, centreCreate, {
      area: '31',
      kind: 'town',
      nameTh: 'ศูนย์ทดสอบ',
      shortNameTh: 'ศจพ.ทม.ทดสอบ',
      nameEn: 'Test Town',
    })
    expect(founded.status).toBe(200)
    const { id, code } = founded.output.centre
    expect(code).toMatch(/^TOWN-31\d\d$/)

    const first = await world.ask(province, centreSetCoverage, { id, areas: ['31040101', '310501'] })
    expect(first.output).toMatchObject({ reassigned: 2, centre: { coverageCount: 2 } })
    expect(await answering()).toMatchObject({ 31040101: code, 31040102: 'DISTRICT-3104', 31050100: code })

    const second = await world.ask(province, centreSetCoverage, { id, areas: ['310401'] })
    expect(second.output.reassigned).toBe(2)
    expect(await answering()).toMatchObject({ 31040101: code, 31040102: code, 31050100: 'DISTRICT-3105' })
    const shown = await world.ask(province, centreShow, { id })
    expect(shown.output.households).toBe(2)
    expect(shown.output.coverage.map((area) => area.code)).toEqual(['310401'])

    world.setNow('2023-02-10T03:00:00Z')
    const ended = await world.ask(province, centreEdit, {
      id,
      nameTh: 'ศูนย์ทดสอบ',
      shortNameTh: 'ศจพ.ทม.ทดสอบ',
      nameEn: 'Test Town',
      validTo: '2023-02-09',
    })
    expect(ended.output.reassigned).toBe(2)
    expect(await answering()).toMatchObject({ 31040101: 'DISTRICT-3104', 31040102: 'DISTRICT-3104' })
    world.setNow(`${day}T03:00:00Z`)
  })

  it('prefers the village over the subdistrict, and says nothing for a province that does not exist', async () => {
    const { kysely } = world.database
    expect(await responsibleCentre(kysely, '99010101', day)).toBeNull()
    const bangkok = await responsibleCentre(kysely, '10010100', day)
    const centre = await kysely.selectFrom('centre').select('code').where('id', '=', bangkok!).executeTakeFirst()
    expect(centre?.code).toBe('DISTRICT-1001')
  })

  it('refuses an area of another province, and one that another town answers for', async () => {
    const listed = await world.ask(province, centreList, { area: '31', kind: 'town' })
    const existing = listed.output.centres.find((centre) => centre.validTo === null)!
    const strange = await world.ask(province, centreSetCoverage, { id: existing.id, areas: ['300101'] })
    expect(strange.problem).toBe('invalidFacts')
    await world.ask(province, centreSetCoverage, { id: existing.id, areas: ['310403'] })
    const other = await world.ask(province, centreCreate, {
      area: '31',
      kind: 'town',
      nameTh: 'สอง',
      shortNameTh: 'สอง',
      nameEn: 'Two',
    })
    const taken = await world.ask(province, centreSetCoverage, { id: other.output.centre.id, areas: ['310403'] })
    expect(taken.details['area']).toBe('310403')
  })

  it('lets nobody of another province, and no district, change a centre; a district centre follows the areas', async () => {
    const listed = await world.ask(province, centreList, { area: '3104' })
    const district = listed.output.centres.find((centre) => centre.kind === 'district')!
    const town = listed.output.centres.find((centre) => centre.kind === 'town')!
    const change = { id: town.id, areas: [] }
    expect((await world.ask(await world.person('province', '30'), centreSetCoverage, change)).problem).toBe('notFound')
    expect((await world.ask(await world.person('district', '3104'), centreSetCoverage, change)).problem).toBe(
      'notPermitted',
    )
    expect((await world.ask(province, centreSetCoverage, { id: district.id, areas: [] })).problem).toBe('wrongState')
  })
})
