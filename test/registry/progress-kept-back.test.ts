import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { progressHouseholds, progressOverview } from '../../src/contract/progress.ts'
import { logbookRecord } from '../../src/contract/logbook.ts'
import type { Role } from '../../src/domain/permission.ts'
import { PastDecisions } from '../../src/server/actions/progress-protection.ts'
import { settleCases } from '../../src/server/actions/case-change.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { newId } from '../../src/server/ids.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { plantHouseholds, type PlantedHousehold } from './_households.ts'

const many = (count: number, household: PlantedHousehold) => Array.from({ length: count }, () => household)

describe(`progress for those who see totals only (${engine})`, () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
    world.setNow('2023-02-10T03:00:00Z')
    await plantHouseholds(world.database, [
      ...many(12, { area: '31040101', lists: ['tpmap-2565'] }),
      ...many(3, { area: '31040102', lists: ['thaiqm-2', 'tpmap-2565'] }),
      ...many(20, { area: '31040300', lists: ['thaiqm-2'] }),
      ...many(9, { area: '31050101', lists: ['thaiqm-2'] }),
      ...many(2, { area: '31060101', lists: ['thaiqm-2'] }),
      ...many(30, { area: '30010101', lists: ['thaiqm-2'] }),
    ])
    await inTransaction(world.database, 'program', async (tx) => {
      const households = await tx.selectFrom('household').selectAll().execute()
      await settleCases({ tx, now: world.deps.now() }, households)
    })
  })
  afterAll(() => world.close())

  const overview = async (role: Role, place: string, area: string) =>
    (await world.ask(await world.person(role, place), progressOverview, { area })).output
  const targets = (shown: Awaited<ReturnType<typeof overview>>) =>
    new Map(shown.children.map(({ area, target }) => [area.code, target]))

  it('shows everything to those who may list the households', async () => {
    const shown = await overview('province', '31', '31')
    expect(shown.restricted).toBe(false)
    expect(targets(shown).get('3106')).toMatchObject({ value: 2, suppressed: false })
    expect(shown.figures.all[0]).toMatchObject({ fact: 'target', value: 46 })
  })

  it('keeps few households back, and a neighbour with them, and gives no way to them', async () => {
    const shown = await overview('nation', '', '31')
    expect(shown.restricted).toBe(true)
    const below = targets(shown)
    expect(below.get('3106')).toEqual({ value: null, suppressed: true, filter: null })
    expect([...below.values()].filter(({ suppressed }) => suppressed).length).toBeGreaterThan(1)
    expect(shown.figures.all[0]).toMatchObject({ fact: 'target', suppressed: false, filter: null })
    const hidden = shown.children.find(({ area }) => area.code === '3106')!
    expect([hidden.percent, hidden.gap.value, hidden.standing, hidden.rank]).toEqual([null, null, null, null])
    const person = await world.person('nation', '')
    expect((await world.ask(person, progressHouseholds, { area: '31', fact: 'target' })).problem).toBe('notPermitted')
  })

  it('keeps the same back whoever asks and whichever page they come from', async () => {
    for (const area of ['3106', '310601', '31060101']) {
      const shown = await overview('nation', '', area)
      expect([area, shown.figures.all[0]!.suppressed]).toEqual([area, true])
      for (const point of shown.curve.points.slice(-1)) expect(point.target.value).toBeNull()
    }
    expect((await overview('auditor', '3106', '3106')).figures.all[0]!.suppressed).toBe(true)
  })

  it('puts the figure that a document states beside the count', async () => {
    const recorded = (await overview('nation', '', '31')).milestones.find(({ code }) => code === 'recorded-thaiqm')!
    expect(recorded.registry.standing).toBe('open')
    expect(recorded.official?.stated.households).toBe(85_300)
  })

  it('keeps a figure back that would tell the few of whom the fact does not hold', async () => {
    const households = await world.database.kysely
      .selectFrom('household')
      .select('id')
      .where('area_code', '=', '31050101')
      .limit(7)
      .execute()
    const answers = { answers: [], fourT: null, incomePerPerson: null, path: null, stage: null, words: null }
    const person = await world.person('district', '3105')
    for (const { id } of households) {
      const content = { problems: [], noProblem: true, ...answers }
      const entry = { id: newId(), kind: 'assessment', happenedOn: '2023-02-09', content }
      expect((await world.ask(person, logbookRecord, { province: '31', id, entry })).problem).toBeNull()
    }
    const recorded = async (role: Role, place: string) =>
      (await overview(role, place, '3105')).figures.all.find(({ fact }) => fact === 'recorded')!
    expect(await recorded('district', '3105')).toMatchObject({ value: 7 })
    // Nine households stand there, and that is told: two of them would be known as not recorded.
    expect(await recorded('nation', '')).toMatchObject({ value: null, suppressed: true })
  })

  describe('of days that are over', () => {
    const areas = [
      '',
      '31',
      '3104',
      '310401',
      '31040101',
      '31040102',
      '310403',
      '3105',
      '31050101',
      '3106',
      '30',
      '3001',
    ]
    const days = ['2023-02-09', '2023-02-11', '2023-04-30', '2023-06-18', '2023-06-19', '2023-06-20']

    class Counted extends PastDecisions {
      made = 0
      override put(...given: Parameters<PastDecisions['put']>) {
        this.made += 1
        super.put(...given)
      }
    }
    /** What every area shows on every day, with what was decided before. */
    const shownWith = async (past: () => PastDecisions) => {
      const shown = new Map<string, unknown>()
      const person = await world.person('nation', '')
      for (const asOf of days)
        for (const area of areas) {
          world.deps.pastDecisions = past()
          const { output, problem } = await world.ask(person, progressOverview, { area, asOf })
          expect(problem).toBeNull()
          shown.set(`${area} ${asOf}`, output)
        }
      return shown
    }
    const fromNothing = () => shownWith(() => new PastDecisions())

    it('shows the same whether what is kept back was decided before or is decided now, and decides once', async () => {
      world.setNow('2023-06-20T03:00:00Z')
      const anew = await fromNothing()
      const past = new Counted()
      expect(await shownWith(() => past)).toEqual(anew)
      const { made } = past
      expect(made).toBeGreaterThan(100)
      expect(await shownWith(() => past)).toEqual(anew)
      expect(past.made).toBe(made)
      expect([...anew.values()].some((shown) => (shown as { restricted: boolean }).restricted)).toBe(true)
    })

    it('decides anew once the clock was set back, since what was over is not', async () => {
      const past = new PastDecisions()
      world.setNow('2023-06-20T03:00:00Z')
      const before = await shownWith(() => past)
      world.setNow('2023-02-11T03:00:00Z')
      world.deps.pastDecisions = past
      await world.ask(await world.person('nation', ''), progressOverview, { area: '31' })
      await plantHouseholds(world.database, many(6, { area: '31060101', lists: ['thaiqm-2'] }))
      await inTransaction(world.database, 'program', async (tx) => {
        const households = await tx.selectFrom('household').selectAll().where('area_code', '=', '31060101').execute()
        await settleCases({ tx, now: world.deps.now() }, households)
      })
      world.setNow('2023-06-20T03:00:00Z')
      const after = await shownWith(() => past)
      expect(after).not.toEqual(before)
      expect(after).toEqual(await fromNothing())
    })
  })
})
