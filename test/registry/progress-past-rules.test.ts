import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listList, listRemoveDenominator, listSetDenominator } from '../../src/contract/lists.ts'
import { progressOverview } from '../../src/contract/progress.ts'
import { ruleSave } from '../../src/contract/rules.ts'
import { defaultRules } from '../../src/domain/logbook/rules/index.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { createWorld, engine, type World } from '../_world.ts'

describe(`progress of a day before the rules changed (${engine})`, () => {
  let world: World
  let officer: Actor
  beforeAll(async () => {
    world = await createWorld()
    officer = await world.person('province', '31')
  })
  afterAll(() => world.close())

  const shown = async (asOf: string, more: object = {}) =>
    world.ask(officer, progressOverview, { area: '31', asOf, ...more })
  const milestone = async (asOf: string, code: string) =>
    (await shown(asOf)).output.milestones.find((one) => one.code === code)
  const save = async (kind: string, content: unknown, after = 0) =>
    expect((await world.ask(officer, ruleSave, { area: '31', kind, content, after, reason: 'มติ ศจพ.' })).problem).toBe(
      null,
    )

  it('measures it by the share, the lists and the names of that day', async () => {
    const [first, ...others] = defaultRules.milestones
    world.setNow('2023-02-10T03:00:00Z')
    const added = { ...first!, code: 'later', share: 10 }
    const stricter = { ...first!, share: 90, lists: ['tpmap-2565'], dueOn: '2023-04-30' }
    await save('milestones', [stricter, ...others, added])
    await save(
      'facts',
      defaultRules.facts.map((fact) => (fact.code === 'helped' ? { ...fact, th: 'ช่วยแล้ว', en: 'Given help' } : fact)),
    )
    for (const [day, share, name] of [
      ['2023-02-09', first!.share, 'Helped'],
      ['2023-02-10', 90, 'Given help'],
    ] as const) {
      const found = (await milestone(day, first!.code))!
      const expected = share === 90 ? stricter : first!
      expect([found.share, found.lists, found.dueOn]).toEqual([share, expected.lists, expected.dueOn])
      const { facts } = (await shown(day)).output
      expect(facts.find(({ code }) => code === 'helped')?.nameEn).toBe(name)
    }
    // One that came later leaves the day's own in its place; one that there never was is no milestone.
    expect((await shown('2023-02-10', { milestone: 'later' })).output.measure.milestone).toBe('later')
    const before = (await shown('2023-02-09', { milestone: 'later' })).output
    expect(before.measure.milestone).not.toBeNull()
    expect(before.milestones.map(({ code }) => code)).not.toContain('later')
    expect((await shown('2023-02-09', { milestone: 'never' })).problem).toBe('malformedInput')
  })

  it('against the official figure that was known on that day', async () => {
    const code = 'thaiqm-2'
    const state = (households: number, asOf: string) =>
      world.ask(officer, listSetDenominator, { code, area: '3104', households, document: 'บร ๑', asOf })
    const stated = async (day: string) => {
      const { milestones } = (await world.ask(officer, progressOverview, { area: '3104', asOf: day })).output
      return milestones.find(({ lists }) => lists.join() === code)?.official?.stated.households ?? null
    }
    world.setNow('2023-03-01T03:00:00Z')
    await state(1000, '2023-01-01')
    world.setNow('2023-03-05T03:00:00Z')
    await state(1200, '2023-01-01')
    world.setNow('2023-03-09T03:00:00Z')
    await state(1300, '2023-03-08')
    world.setNow('2023-03-12T03:00:00Z')
    await world.ask(officer, listRemoveDenominator, { code, area: '3104', asOf: '2023-03-08' })
    world.setNow('2023-03-20T03:00:00Z')
    const days = ['2023-02-28', '2023-03-01', '2023-03-04', '2023-03-05', '2023-03-08', '2023-03-09', '2023-03-12']
    const known: (number | null)[] = []
    for (const day of days) known.push(await stated(day))
    expect(known).toEqual([null, 1000, 1000, 1200, 1200, 1300, 1200])
    // The list's own page shows what stands.
    const list = (await world.ask(officer, listList, { area: '3104' })).output.lists.find((one) => one.code === code)!
    expect(list.denominators.filter(({ area }) => area === '3104')).toEqual([
      { area: '3104', households: 1200, persons: null, document: 'บร ๑', asOf: '2023-01-01' },
    ])
  })
})
