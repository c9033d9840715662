import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listCreate, listEdit, listList, listRemoveDenominator, listSetDenominator } from '../../src/contract/lists.ts'
import { settingEdit, settingShow } from '../../src/contract/settings.ts'
import { createWorld, engine, type World } from '../_world.ts'

const facts = {
  nameTh: 'บัญชีผู้ว่าราชการจังหวัด',
  nameEn: "The governor's list",
  listDate: '2023-01-05',
  document: 'บร ๐๐๑๙/ว ๑',
}

describe(`lists and settings (${engine})`, () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
  })
  afterAll(() => world.close())

  it('lets a province add its own list with an official figure, which other provinces do not see', async () => {
    const buriram = await world.person('province', '31')
    const made = await world.ask(buriram, listCreate, { area: '31', code: 'governor-31', ...facts })
    expect(made.output.list).toMatchObject({ code: 'governor-31', area: '31', trust: 50 })
    expect((await world.ask(buriram, listCreate, { area: '31', code: 'governor-31', ...facts })).problem).toBe(
      'alreadyExists',
    )
    const figure = { code: 'governor-31', area: '3104', households: 120, document: 'บร ๑', asOf: '2023-01-05' }
    await world.ask(buriram, listSetDenominator, figure)
    const again = await world.ask(buriram, listSetDenominator, { ...figure, households: 125, persons: 300 })
    expect(again.output.denominators).toEqual([
      { area: '3104', households: 125, persons: 300, document: 'บร ๑', asOf: '2023-01-05' },
    ])
    const removed = await world.ask(buriram, listRemoveDenominator, {
      code: 'governor-31',
      area: '3104',
      asOf: '2023-01-05',
    })
    expect(removed.output.denominators).toEqual([])

    const codes = async (area: string) =>
      (await world.ask(await world.person('province', area), listList, { area })).output.lists.map(({ code }) => code)
    expect(await codes('31')).toEqual(['tpmap-2565', 'thaiqm-2', 'vulnerable', 'found', 'governor-31'])
    expect(await codes('30')).not.toContain('governor-31')
  })

  it('leaves the lists of the nation to the nation', async () => {
    const buriram = await world.person('province', '31')
    const change = { code: 'tpmap-2565', ...facts, trust: 90 }
    expect((await world.ask(buriram, listEdit, change)).problem).toBe('notFound')
    expect((await world.ask(buriram, listCreate, { area: '', code: 'mine', ...facts })).problem).toBe('notFound')
    expect((await world.ask(await world.person('district', '3104'), listEdit, change)).problem).toBe('notPermitted')
    const administrator = await world.person('administrator', '')
    expect((await world.ask(administrator, listEdit, change)).output.list.trust).toBe(90)
  })

  it('takes thresholds that make sense, and tells what the program ships with', async () => {
    const administrator = await world.person('administrator', '')
    const matchThresholds = { doubtful: 55, likely: 80, sameName: 0.5 }
    const changed = await world.ask(administrator, settingEdit, { matchThresholds })
    expect(changed.output).toMatchObject({ matchThresholds, defaults: { matchThresholds: { doubtful: 60 } } })
    const wrong = { ...matchThresholds, doubtful: 90 }
    expect((await world.ask(administrator, settingEdit, { matchThresholds: wrong })).problem).toBe('malformedInput')
    expect((await world.ask(await world.person('province', '31'), settingShow, {})).problem).toBe('notPermitted')
    expect((await world.ask(administrator, settingEdit, { practice: true })).output.practice).toBe(false)
  })
})
