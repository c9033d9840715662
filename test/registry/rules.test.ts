import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { householdWithdraw } from '../../src/contract/households.ts'
import { ruleList, ruleSave, ruleShow } from '../../src/contract/rules.ts'
import { logbookCase, logbookRecord } from '../../src/contract/logbook.ts'
import { defaultRules } from '../../src/domain/logbook/rules/index.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { settleNext } from '../../src/server/actions/rules.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { jobHandlers } from '../../src/server/jobs/handlers.ts'
import { newId } from '../../src/server/ids.ts'
import { recountText } from '../../src/server/cli/print.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { currentRules, rulesFor } from '../../src/server/queries/rules.ts'
import { createWorld, engine, type World } from '../_world.ts'

const day = '2023-01-15'

describe(`rules that are data (${engine})`, () => {
  let world: World
  let buriram: Actor
  let administrator: Actor
  beforeAll(async () => {
    world = await createWorld()
    buriram = await world.person('province', '31')
    administrator = await world.person('administrator', '')
  })
  afterAll(() => world.close())

  const version = async (area: string, kind: string) =>
    (await world.ask(buriram, ruleList, { area })).output.kinds.find((one) => one.kind === kind)!
  const save = (actor: Actor, area: string, kind: string, content: unknown, after: number) =>
    world.ask(actor, ruleSave, { area, kind, content, after, reason: 'ประชุม ศจพ. ครั้งที่ 1/2566' })

  it('are what the program ships with until somebody decides', async () => {
    const { output } = await world.ask(await world.person('mentor', '310401'), ruleList, { area: '31' })
    expect(output.current).toEqual(JSON.parse(JSON.stringify(defaultRules)))
    expect(output.mayEdit).toBe(false)
    expect(output.kinds.map(({ version: number, history }) => [number, history.length])).toEqual(
      Array.from({ length: 6 }, () => [0, 1]),
    )
  })

  it('are a province’s own once it saved them, with who, when and why; others keep theirs', async () => {
    const classes = { ...defaultRules.classes, lowIncome: 90_000 }
    const saved = await save(buriram, '31', 'classes', classes, 0)
    expect(saved.output.version).toBe(1)
    expect((await rulesFor(world.database.kysely, 31)).classes.lowIncome).toBe(90_000)
    expect((await rulesFor(world.database.kysely, 30)).classes.lowIncome).toBe(100_000)
    const { history } = await version('31', 'classes')
    expect(history[0]).toMatchObject({
      version: 1,
      area: '31',
      savedBy: 'province 31',
      reason: 'ประชุม ศจพ. ครั้งที่ 1/2566',
    })
    expect(history.at(-1)).toMatchObject({ version: 0, area: null, savedAt: null })
    expect(
      (await world.ask(await world.person('province', '30'), ruleList, { area: '31' })).output.kinds
        .flatMap((kind) => kind.history)
        .every(({ savedBy }) => savedBy === null),
    ).toBe(true)
  })

  it('of everybody hold where a province decided nothing, and their numbers mean one thing', async () => {
    const fourT = { ...defaultRules.fourT, skill: [{ code: 'weaving', th: 'ทอผ้า', en: 'Weaving' }] }
    expect((await save(administrator, '', 'fourT', fourT, 0)).output.version).toBe(1)
    expect((await rulesFor(world.database.kysely, 31)).fourT.skill).toHaveLength(1)
    const own = { ...fourT, skill: [...fourT.skill, { code: 'silk', th: 'เลี้ยงไหม', en: 'Silkworms' }] }
    expect((await save(buriram, '31', 'fourT', own, 1)).output.version).toBe(2)
    expect((await save(administrator, '', 'fourT', defaultRules.fourT, 1)).output.version).toBe(3)
    const current = await currentRules(world.database.kysely, 31)
    expect([current.rules.fourT.skill.length, current.versions.fourT]).toEqual([2, { version: 2, province: 31 }])
    const shown = async (number: number) =>
      (await world.ask(buriram, ruleShow, { kind: 'fourT', area: '31', version: number })).output.rules?.fourT?.skill
        .length
    expect([await shown(0), await shown(1), await shown(2)]).toEqual([10, 1, 2])
    expect((await world.ask(buriram, ruleShow, { kind: 'fourT', area: '31', version: 9 })).problem).toBe('notFound')
  })

  it('are not overwritten by somebody who did not see the last version', async () => {
    expect((await save(buriram, '31', 'classes', defaultRules.classes, 0)).problem).toBe('conflictingEdit')
  })

  it('are saved by those of the place only', async () => {
    const { classes } = defaultRules
    expect((await save(await world.person('district', '3104'), '31', 'classes', classes, 1)).problem).toBe(
      'notPermitted',
    )
    expect((await save(await world.person('province', '30'), '31', 'classes', classes, 1)).problem).toBe('notFound')
    expect((await save(buriram, '', 'classes', classes, 0)).problem).toBe('notFound')
  })

  it('say which field is wrong, and stay in harmony', async () => {
    const wrong = await save(buriram, '31', 'classes', { ...defaultRules.classes, workTo: 10, childTo: -1 }, 1)
    expect([wrong.problem, wrong.details]).toEqual([
      'invalidFacts',
      {
        fields: [
          { field: 'childTo', fault: 'too_small' },
          { field: 'workTo', fault: 'beforeStart' },
        ],
      },
    ])
    const late = await save(buriram, '31', 'classes', { ...defaultRules.classes, workTo: 10 }, 1)
    expect(late.details).toEqual({ fields: [{ field: 'workTo', fault: 'beforeStart' }] })
    const without = defaultRules.facts.filter(({ code }) => code !== 'helpedWithResult')
    const broken = await save(buriram, '31', 'facts', without, 0)
    expect(broken.details).toMatchObject({ fields: [{ fault: 'factUnknown' }, { fault: 'factUnknown' }] })
  })

  it('that decide what is counted settle every case of the province, from that moment on', async () => {
    world.setNow('2023-02-01T03:00:00Z')
    const { kysely } = world.database
    const household = async (province: number, area: string) => {
      const id = newId()
      const now = new Date('2023-01-01T00:00:00Z')
      await kysely
        .insertInto('household')
        .values({ province_code: province, id, area_code: area, as_of: day, created_at: now, updated_at: now })
        .execute()
      const actor = await world.person('province', String(province))
      const visit = { met: [], seen: 'ไม่มีใครอยู่', words: null, place: null, photos: [], skipped: null, nextOn: null }
      const entry = { id: newId(), happenedOn: day, kind: 'visit', content: visit }
      const answer = await world.ask(actor, logbookRecord, { province: String(province), id, entry })
      expect(answer.problem).toBeNull()
      return id
    }
    const inBuriram = [await household(31, '31040101'), await household(31, '31040102')]
    await household(30, '30010101')
    const spans = async (fact: string) =>
      (
        await kysely
          .selectFrom('fact_span')
          .select(['household_id', 'from_at'])
          .where('fact', '=', fact)
          .where('to_at', 'is', null)
          .orderBy('household_id')
          .execute()
      ).map(({ household_id: id, from_at: at }) => [id, at.toISOString()])
    expect(await spans('reached')).toEqual([])

    world.setNow('2023-03-01T03:00:00Z')
    const reached = { ...defaultRules.facts[0]!, code: 'reached', th: 'ลงพื้นที่แล้ว', en: 'Reached', all: ['visited'] }
    const saved = await save(buriram, '31', 'facts', [...defaultRules.facts, reached], 0)
    expect(saved.problem).toBeNull()
    const isSettling = async () => (await world.ask(buriram, ruleList, { area: '31' })).output.isSettling
    expect(await isSettling()).toBe(true)
    // A process that stops after one household leaves the rest to the next one.
    const one = () => inTransaction(world.database, 'program', (tx) => settleNext({ tx, now: world.deps.now() }, 31, 1))
    expect(await one()).toBe(true)
    expect(await spans('reached')).toHaveLength(1)
    expect(await isSettling()).toBe(true)
    await world.deps.jobs.exhaust(jobHandlers(world.deps))
    expect(await isSettling()).toBe(false)
    expect(await spans('reached')).toEqual(inBuriram.sort().map((id) => [id, '2023-03-01T03:00:00.000Z']))
    expect((await world.ask(buriram, logbookCase, { province: '31', id: inBuriram[0] })).status).toBe(200)
  })

  it('settle a withdrawn household too, and a recount says while that is not finished', async () => {
    const { kysely } = world.database
    const id = newId()
    const now = new Date('2023-01-01T00:00:00Z')
    const place = { province_code: 31, area_code: '31040103', as_of: day, created_at: now, updated_at: now }
    await kysely
      .insertInto('household')
      .values({ id, ...place })
      .execute()
    const content = { outcome: 'notFound', evidence: 'ผู้ใหญ่บ้านยืนยัน', photos: [] }
    const entry = { id: newId(), happenedOn: day, kind: 'outcome', content }
    expect((await world.ask(buriram, logbookRecord, { province: '31', id, entry })).problem).toBeNull()
    const withdrawn = await world.ask(buriram, householdWithdraw, { province: '31', id, version: 1, reason: 'บันทึกผิด' })
    expect(withdrawn.problem).toBeNull()

    const outcomes = defaultRules.outcomes.map((rule) =>
      rule.code === 'notFound' ? { ...rule, needsApproval: false } : rule,
    )
    // Nobody works at what is queued meanwhile: what is unfinished is looked at first.
    await world.deps.jobs.exhaust({})
    expect((await save(buriram, '31', 'outcomes', outcomes, 0)).problem).toBeNull()
    const cases = async () => {
      const { differences, unsettled } = await recount(kysely)
      return { unsettled, cases: differences.filter(({ kind }) => kind === 'case').map(({ subject }) => subject) }
    }
    const unfinished = await cases()
    expect(unfinished).toEqual({ unsettled: [31], cases: [id] })
    const shown = { households: 1, differences: [], count: 1, unsettled: [31], history: null }
    expect(recountText(shown)).toContain('Province 31')
    await world.deps.jobs.exhaust(jobHandlers(world.deps))
    expect(await cases()).toEqual({ unsettled: [], cases: [] })
  })
})
