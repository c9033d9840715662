/** Work lists: what waits where, why, and what becomes of it; and the holds of areas. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditList } from '../../src/contract/audit.ts'
import { holdAdd, holdEnd, holdList } from '../../src/contract/holds.ts'
import {
  householdAdd,
  householdEdit,
  type HouseholdRef,
  householdShow,
  householdWithdraw,
} from '../../src/contract/households.ts'
import { logbookRecord, logbookRecordMany } from '../../src/contract/logbook.ts'
import type { OutputOf } from '../../src/contract/route.ts'
import { worklistCounts, worklistPage, type WorklistRow } from '../../src/contract/worklists.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import { type Worklist, worklists, type WorklistSort } from '../../src/domain/logbook/work.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import { jobHandlers } from '../../src/server/jobs/handlers.ts'
import { type Answer, createWorld, engine, type World } from '../_world.ts'
import { add, draft } from './_households.ts'

const today = '2026-11-24'
const [moo1, moo2, elsewhere] = ['31040101', '31040102', '31040301']
let world: World
let province: Actor
let district: Actor
let secretary: Actor
let mentor: Actor
let mentor2: Actor
let other: Actor
const homes: HouseholdRef[] = []

beforeAll(async () => {
  world = await createWorld()
  world.setNow(`${today}T03:00:00Z`)
  province = await world.person('province', '31')
  district = await world.person('district', '3104')
  secretary = await world.person('district', '3104')
  mentor = await world.person('mentor', moo1)
  mentor2 = await world.person('mentor', '310401')
  other = await world.person('district', '3001')
  // The province decides that those found in the area are visited every month.
  await world.database.kysely
    .insertInto('rule_version')
    .values({
      province_code: 31,
      kind: 'duty',
      version: 1,
      content: JSON.stringify({
        monthly: [{ list: 'found', from: '2022-12-09', until: null }],
        watchMonths: [1, 2, 3, 6, 12],
        longestHoldDays: 120,
      }),
      created_at: new Date(`${today}T00:00:00Z`),
    })
    .execute()
  const names = ['สมชาย ใจดี', 'สมหญิง มีสุข', 'บุญมา นาดี', 'คำปุ่น แสนสุข', 'ทองดี ศรีสุข', 'จันทร์ ดวงดี']
  const villages = [moo1, moo1, moo1, moo2, moo2, elsewhere]
  for (const [index, name] of names.entries()) {
    const answer = await world.ask(province, householdAdd, {
      id: newId(),
      draft: draft(villages[index]!, [name], { houseNumber: `${index + 1}` }),
      // The last one was found today: nobody is late there.
      foundOn: index < 5 ? '2026-10-05' : today,
      separateReason: 'เป็นคนละครัวเรือนกัน',
    })
    if (answer.output.verdict === 'added') homes.push(answer.output.household)
  }
  expect(homes).toHaveLength(6)
})
afterAll(() => world.close())

const counts = async (actor: Actor, area: string) => {
  const answer = await world.ask(actor, worklistCounts, { area })
  expect(answer.status, answer.problem ?? '').toBe(200)
  return answer.output
}

async function walk(actor: Actor, area: string, worklist: Worklist, sort: WorklistSort = 'since', limit = 2) {
  const rows: WorklistRow[] = []
  let cursor: string | null = null
  do {
    const answer: Answer<OutputOf<typeof worklistPage>> = await world.ask(actor, worklistPage, {
      ...{ area, worklist, sort, limit, cursor },
    })
    expect(answer.status, answer.problem ?? '').toBe(200)
    rows.push(...answer.output.rows)
    cursor = answer.output.next
  } while (cursor !== null)
  return rows
}

/** Whatever happened before: every count is what its pages hold, each household once, in every order and part. */
async function countsAreTheirPages(actor: Actor, area: string): Promise<void> {
  const { counts: counted, children, households } = await counts(actor, area)
  for (const worklist of worklists) {
    const ids = (await walk(actor, area, worklist)).map(({ id }) => id)
    const byAddress = (await walk(actor, area, worklist, 'address')).map(({ id }) => id)
    expect(ids.length, worklist).toBe(counted[worklist])
    expect(new Set(ids).size, worklist).toBe(ids.length)
    expect(byAddress.toSorted(), worklist).toEqual(ids.toSorted())
    if (area.length < 8)
      expect(
        children.reduce((sum, child) => sum + child.counts[worklist], 0),
        worklist,
      ).toBe(counted[worklist])
  }
  if (area.length < 8) expect(children.reduce((sum, child) => sum + child.households, 0)).toBe(households)
}

type Content = { kind: EntryDraft['kind']; content: unknown; happenedOn?: string }
const entryOf = ({ kind, content, happenedOn = today }: Content) => ({ id: newId(), kind, happenedOn, content })
async function record(actor: Actor, home: HouseholdRef, said: Content) {
  const entry = entryOf(said)
  const answer = await world.ask(actor, logbookRecord, { ...home, entry })
  expect(answer.status, JSON.stringify(answer.output)).toBe(200)
  return entry.id
}

const visit: Content = {
  kind: 'visit',
  content: { met: [], seen: null, words: null, place: null, photos: [], skipped: null, nextOn: null },
}
const problemId = newId()
const stated = {
  problems: [
    {
      id: problemId,
      dimension: 'living',
      indicator: null,
      memberId: null,
      problem: 'หลังคารั่ว',
      need: 'ซ่อมหลังคา',
      solution: 'ช่างชุมชนซ่อม',
    },
  ],
  noProblem: false,
  answers: [],
  fourT: null,
  incomePerPerson: null,
  path: null,
  stage: null,
  words: null,
}
const assessment: Content = { kind: 'assessment', content: stated }
const given = {
  problemIds: [problemId],
  memberId: null,
  item: null,
  what: 'สังกะสี 20 แผ่น',
  givers: [{ kind: 'agency', name: 'อบต.' }],
  value: 4000,
  source: 'local',
  quantity: null,
  evidence: null,
  photos: [],
}
const help: Content = { kind: 'assistance', content: given }
const outcome = (which: string): Content => ({
  kind: 'outcome',
  content: { outcome: which, evidence: 'ผู้ใหญ่บ้านยืนยัน', photos: [] },
})

describe(`work lists (${engine})`, () => {
  it('begin with everybody: nobody is recorded or visited, and the duty began when they were found', async () => {
    const { counts: counted, households, children, today: day } = await counts(province, '31')
    expect(day).toBe(today)
    expect(households).toBe(6)
    expect(counted).toMatchObject({ notRecorded: 6, neverVisited: 6, overdue: 5, dueThisMonth: 1, resultMissing: 0 })
    expect(children.map(({ area, households: some }) => [area.code, some])).toEqual([['3104', 6]])
    const [first] = await walk(province, '31', 'overdue')
    expect(first).toMatchObject({ dueOn: '2026-10-31', overdueDays: 24, lastVisitOn: null, since: '2026-10-31' })
    await countsAreTheirPages(province, '31')
  })

  it('let go of a household that was visited in the month, until the month after', async () => {
    await record(mentor, homes[0]!, visit)
    const { counts: counted } = await counts(district, '3104')
    expect(counted).toMatchObject({ overdue: 4, neverVisited: 5, dueThisMonth: 1 })
    await record(mentor, homes[1]!, { ...visit, happenedOn: '2026-11-10' })
    world.setNow('2026-12-05T03:00:00Z')
    expect((await counts(district, '3104')).counts).toMatchObject({ overdue: 4, dueThisMonth: 2 })
    const due = await walk(district, '3104', 'dueThisMonth')
    expect(due.map(({ dueOn, overdueDays }) => [dueOn, overdueDays])).toEqual([
      ['2026-12-31', null],
      ['2026-12-31', null],
    ])
    await countsAreTheirPages(district, '3104')
    world.setNow(`${today}T03:00:00Z`)
  })

  it('ask for the result once there was help, and no longer once it is recorded', async () => {
    await record(mentor, homes[0]!, assessment)
    expect((await counts(mentor, moo1)).counts).toMatchObject({ notRecorded: 2, resultMissing: 0 })
    await record(mentor, homes[0]!, { ...help, happenedOn: '2026-11-20' })
    const [row] = await walk(mentor, moo1, 'resultMissing')
    expect(row).toMatchObject({ id: homes[0]!.id, problems: 1, withoutResult: 1, since: '2026-11-20' })
    await countsAreTheirPages(mentor, moo1)
    await record(mentor, homes[0]!, {
      kind: 'result',
      content: { results: [{ problemId, result: 'solved', words: null }] },
    })
    expect((await counts(mentor, moo1)).counts.resultMissing).toBe(0)
  })

  it('show a trouble that came back until somebody helps again', async () => {
    await record(mentor, homes[0]!, { kind: 'relapse', content: { problemIds: [problemId], words: 'พายุพัดหลังคา' } })
    expect((await walk(mentor, moo1, 'relapsed')).map(({ id, since }) => [id, since])).toEqual([[homes[0]!.id, today]])
    await countsAreTheirPages(mentor, moo1)
    await record(mentor, homes[0]!, help)
    expect((await counts(mentor, moo1)).counts).toMatchObject({ relapsed: 0, resultMissing: 1 })
  })

  it('let many special outcomes be decided at once, each with its own answer, and never by whoever proposed it', async () => {
    await record(district, homes[3]!, outcome('moved'))
    await record(mentor, homes[1]!, outcome('notFound'))
    const own = await walk(district, '3104', 'outcomeWaiting')
    expect(Object.fromEntries(own.map((row) => [row.id, row.outcome!.mayDecide]))).toEqual({
      [homes[1]!.id]: true,
      [homes[3]!.id]: false,
    })
    expect((await walk(mentor, moo1, 'outcomeWaiting')).map((row) => row.outcome!.mayDecide)).toEqual([false])
    const decide = (row: WorklistRow, id = newId()) => ({
      province: row.province,
      id: row.id,
      entry: {
        id,
        kind: 'outcomeDecision',
        happenedOn: today,
        content: { outcomeId: row.outcome!.outcomeId, decision: 'approve', reason: null },
      },
    })
    const entries = own.map((row) => decide(row))
    const before = (await counts(district, '3104')).households
    const first = await world.ask(district, logbookRecordMany, { entries })
    const byHome = new Map(own.map((row, index) => [row.id, first.output.outcomes[index]!]))
    expect(byHome.get(homes[1]!.id)).toMatchObject({ outcome: 'recorded' })
    expect(byHome.get(homes[3]!.id)).toMatchObject({ outcome: 'refused', problem: 'ownProposal' })
    const second = await world.ask(secretary, logbookRecordMany, { entries: own.map((row) => decide(row)) })
    expect(second.output.outcomes.map((one) => one.outcome).toSorted()).toEqual(['recorded', 'refused'])
    // Twice sent is once stored.
    const again = await world.ask(district, logbookRecordMany, { entries })
    expect(again.output.outcomes.find(({ entryId }) => byHome.get(homes[1]!.id)?.entryId === entryId)).toMatchObject({
      outcome: 'alreadyThere',
    })
    expect((await counts(district, '3104')).counts.outcomeWaiting).toBe(0)
    // Who moved away is no longer to be served; who was not found still is.
    expect((await counts(district, '3104')).households).toBe(before - 1)
    await countsAreTheirPages(district, '3104')
  })

  it('hold what lies in the reach of a person, and nothing else', async () => {
    expect((await counts(mentor, '')).households).toBe(3)
    expect((await counts(mentor, '31')).children.map(({ area }) => area.code)).toEqual(['3104'])
    expect((await counts(other, '31')).households).toBe(0)
    expect(await walk(other, '31', 'neverVisited')).toEqual([])
    const nation = await world.person('nation', '')
    expect((await world.ask(nation, worklistCounts, { area: '31' })).problem).toBe('notPermitted')
    expect((await world.ask(district, worklistCounts, { area: '9999' })).problem).toBe('notFound')
  })

  it('show the people of a centre the households it answers for, wherever they lie', async () => {
    const centreId = newId()
    for (const { id } of [homes[2]!, homes[4]!, homes[5]!])
      await world.database.kysely.updateTable('household').set({ centre_id: centreId }).where('id', '=', id).execute()
    const centre = { id: centreId, kind: 'town', name_th: 'ทม.ทดสอบ', short_name_th: 'ทม.ทดสอบ', name_en: 'Test Town' }
    await sql`insert into centre (id, code, kind, name_th, short_name_th, name_en, province_code, area_code, valid_from)
      values (${centre.id}, ${`test-${centreId}`}, ${centre.kind}, ${centre.name_th}, ${centre.short_name_th},
        ${centre.name_en}, 31, '3101', '2020-01-01')`.execute(world.database.kysely)
    const town = await world.person('operations', '310101', { centreId })
    const counted = await counts(town, '31')
    expect(counted.households).toBe(3)
    expect(counted.counts).toMatchObject({ neverVisited: 3, overdue: 2, dueThisMonth: 1 })
    await countsAreTheirPages(town, '31')
    await record(town, homes[2]!, visit)
    expect((await counts(town, '31')).counts).toMatchObject({ neverVisited: 2, overdue: 1 })
    await countsAreTheirPages(town, '31')
  })

  it('let go of a household that was entered by mistake', async () => {
    const home = await add(world, province, draft(moo2, ['ผิด พลาด']))
    await record(province, home, visit)
    const before = await counts(district, '310401')
    const { version } = (await world.ask(province, householdShow, home)).output
    await world.ask(province, householdWithdraw, { ...home, version, reason: 'บันทึกผิด' })
    expect((await counts(district, '310401')).households).toBe(before.households - 1)
    await countsAreTheirPages(district, '310401')
  })

  it('ask for the result of help for many at once, which names no problem, also where it was given before they asked', async () => {
    const home = await add(world, province, draft(moo2, ['สายบัว บานเย็น']))
    const id = newId()
    await record(district, home, {
      kind: 'assessment',
      content: { ...stated, problems: [{ ...stated.problems[0], id }] },
    })
    const before = (await counts(district, moo2)).counts.resultMissing
    const many = { kind: 'assistance', content: { ...given, problemIds: [] } } as const
    await world.ask(district, logbookRecordMany, { entries: [{ ...home, entry: entryOf(many) }] })
    const missing = async () =>
      (await walk(district, moo2, 'resultMissing')).filter((row) => row.id === home.id).map((row) => row.withoutResult)
    expect(await missing()).toEqual([1])
    await countsAreTheirPages(district, '3104')
    // As an earlier version of the program left it.
    const { kysely } = world.database
    await kysely.updateTable('household_case').set({ waiting: '' }).where('household_id', '=', home.id).execute()
    expect(await missing()).toEqual([])
    const migration = join(import.meta.dirname, '../../migrations/0014_settle_results.sql')
    await world.database.script(readFileSync(migration, 'utf8'))
    // The job that it leaves is due by the clock of the database.
    world.setNow(new Date(Date.now() + 60_000).toISOString())
    await world.deps.jobs.exhaust(jobHandlers(world.deps))
    world.setNow(`${today}T03:00:00Z`)
    expect(await missing()).toEqual([1])
    await record(district, home, {
      kind: 'result',
      content: { results: [{ problemId: id, result: 'partly', words: null }] },
    })
    expect((await counts(district, moo2)).counts.resultMissing).toBe(before)
  })

  it('offer no decision to whoever corrected the proposal, which would be refused', async () => {
    const home = await add(world, province, draft(moo2, ['พิมพ์ใจ แก้คำ']))
    const proposed = await record(mentor2, home, outcome('refuses'))
    const replacement = { ...outcome('notFound'), happenedOn: today }
    const corrected = { kind: 'correction', content: { corrects: proposed, reason: 'เลือกผิด', replacement } } as const
    const first = await record(district, home, corrected)
    await record(district, home, { ...corrected, content: { ...corrected.content, corrects: first } })
    const mayDecide = async (actor: Actor) =>
      (await walk(actor, moo2, 'outcomeWaiting')).find(({ id }) => id === home.id)?.outcome?.mayDecide
    expect([await mayDecide(mentor2), await mayDecide(district), await mayDecide(secretary)]).toEqual([
      false,
      false,
      true,
    ])
    const [row] = (await walk(district, moo2, 'outcomeWaiting')).filter(({ id }) => id === home.id)
    const content = { outcomeId: row!.outcome!.outcomeId, decision: 'refuse' as const, reason: null }
    const decision = { kind: 'outcomeDecision', content } as const
    const answer = await world.ask(district, logbookRecord, { ...home, entry: entryOf(decision) })
    expect(answer.problem).toBe('ownProposal')
    await record(secretary, home, decision)
    expect(await mayDecide(secretary)).toBeUndefined()
  })

  it('serve the operations team: what waits in its subdistrict, help and holds for many, each row with its answer', async () => {
    const team = await world.person('operations', '310401')
    const [here, gone, away] = [
      await add(world, province, draft(moo1, ['ปราณี ทำงาน'])),
      await add(world, province, draft(moo1, ['ประยูร ถอนแล้ว'])),
      await add(world, province, draft(moo1, ['ประไพ ย้ายไป'])),
    ]
    const listed = new Set((await walk(team, '310401', 'notRecorded')).map(({ id }) => id))
    for (const { id } of [here, gone, away]) expect(listed.has(id)).toBe(true)
    expect([...listed].every((id) => id !== homes[5]!.id)).toBe(true)
    // The list on the screen is older than what others did since.
    const version = async (home: HouseholdRef) => (await world.ask(province, householdShow, home)).output.version
    const withdraw = { ...gone, version: await version(gone), reason: 'บันทึกผิด' }
    await world.ask(province, householdWithdraw, withdraw)
    const move = { ...away, version: await version(away), facts: { areaCode: elsewhere }, reason: 'ย้ายบ้าน' }
    expect((await world.ask(province, householdEdit, move)).problem).toBeNull()
    const many = async (said: Content) => {
      const entries = [here, gone, away].map((home) => ({ ...home, entry: entryOf(said) }))
      const { output } = await world.ask(team, logbookRecordMany, { entries })
      return output.outcomes.map((one) => (one.outcome === 'refused' ? one.problem : one.outcome))
    }
    expect(await many({ kind: 'assistance', content: { ...given, problemIds: [] } })).toEqual([
      'recorded',
      'wrongState',
      'notFound',
    ])
    const hold = { kind: 'hold', content: { untilOn: '2026-12-20', reason: 'น้ำท่วม' } } as const
    expect(await many(hold)).toEqual(['recorded', 'wrongState', 'notFound'])
    // Approving is the district's.
    const proposed = await record(mentor2, here, outcome('moved'))
    const waiting = (await walk(team, '310401', 'outcomeWaiting')).find(({ id }) => id === here.id)
    expect(waiting?.outcome).toMatchObject({ outcomeId: proposed, mayDecide: false, by: mentor2.name })
    const content = { outcomeId: proposed, decision: 'approve' as const, reason: null }
    expect(await many({ kind: 'outcomeDecision', content })).toEqual(['notPermitted', 'notPermitted', 'notFound'])
    await countsAreTheirPages(team, '310401')
    await countsAreTheirPages(district, '3104')
  })

  it('refuse a cursor that was made for another list', async () => {
    const page = await world.ask(province, worklistPage, { area: '31', worklist: 'neverVisited', limit: 1 })
    const wrong = { area: '31', worklist: 'overdue', limit: 1, cursor: page.output.next }
    expect((await world.ask(province, worklistPage, wrong)).problem).toBe('malformedInput')
  })
})

describe(`holds of areas (${engine})`, () => {
  const flood = { area: '310401', from: today, until: '2026-12-20', reason: 'น้ำท่วมถนนเข้าหมู่บ้าน' }

  it('take the visits of an area off the overdue, and give them back when they end', async () => {
    const before = (await counts(district, '3104')).counts
    const elsewhereBefore = (await counts(district, '310403')).counts
    expect(before.overdue).toBeGreaterThan(elsewhereBefore.overdue)
    const id = newId()
    const added = await world.ask(district, holdAdd, { id, ...flood })
    expect(added.output.hold).toMatchObject({
      isNow: true,
      mayEnd: true,
      by: 'district 3104',
      area: { code: '310401' },
    })
    const held = (await counts(district, '3104')).counts
    expect(held).toEqual({
      ...before,
      overdue: elsewhereBefore.overdue,
      dueThisMonth: elsewhereBefore.dueThisMonth,
    })
    for (const area of ['31', '3104', '310401', moo1]) await countsAreTheirPages(province, area)
    expect((await counts(mentor, moo1)).counts.overdue).toBe(0)
    // The mentor of a village in it sees why.
    const seen = (await world.ask(mentor, holdList, { area: moo1 })).output
    expect(seen.holds.map(({ reason, mayEnd }) => [reason, mayEnd])).toEqual([[flood.reason, false]])
    expect(seen.mayAdd).toBe(false)
    expect((await world.ask(other, holdList, { area: '31' })).output.holds).toEqual([])
    await world.ask(district, holdEnd, { id, area: flood.area })
    expect((await counts(district, '3104')).counts).toEqual(before)
    expect((await world.ask(district, holdEnd, { id, area: flood.area })).problem).toBe('wrongState')
    expect((await world.ask(mentor, holdList, { area: moo1 })).output.holds).toEqual([])
    const audits = await world.ask(province, auditList, { areaCode: '3104', action: 'hold.' })
    expect(audits.output.entries.map(({ action }) => action).toSorted()).toEqual(['hold.add', 'hold.end'])
  })

  it('of a village inside a held subdistrict are not taken off twice', async () => {
    for (const area of ['310401', moo1]) await world.ask(district, holdAdd, { ...flood, id: newId(), area })
    for (const area of ['', '31', '3104', '310401', moo2]) await countsAreTheirPages(province, area)
    expect((await counts(district, '3104')).counts.overdue).toBe((await counts(district, '310403')).counts.overdue)
    world.setNow('2026-12-21T03:00:00Z')
    expect((await counts(district, '310401')).counts.overdue).toBeGreaterThan(0)
    world.setNow(`${today}T03:00:00Z`)
  })

  it('are set by districts and provinces, where they work, for days that make sense', async () => {
    const ask = (actor: Actor, more: object) => world.ask(actor, holdAdd, { id: newId(), ...flood, ...more })
    const operations = await world.person('operations', '310401')
    expect((await ask(operations, {})).problem).toBe('notPermitted')
    expect((await ask(other, {})).problem).toBe('notFound')
    const faults = async (more: object) => (await ask(district, more)).details['fields']
    expect(await faults({ until: '2026-11-01' })).toEqual([{ field: 'until', fault: 'beforeFrom' }])
    expect(await faults({ until: '2027-12-01' })).toEqual([{ field: 'until', fault: 'tooLong' }])
    expect(await faults({ from: '2026-10-31' })).toEqual([{ field: 'from', fault: 'tooEarly' }])
    const id = newId()
    const later = { from: '2027-01-05', until: '2027-01-20' }
    expect((await ask(district, { id, ...later })).output.hold.isNow).toBe(false)
    expect((await ask(district, { id, ...later })).status).toBe(200)
    expect((await ask(district, { id, ...later, until: '2027-02-20' })).problem).toBe('alreadyExists')
    const ofId = (await world.ask(district, holdList, { area: '3104' })).output.holds.filter((hold) => hold.id === id)
    expect(ofId).toHaveLength(1)
  })
})
