/** What an import tells of people whom the person who brings the file does not answer for. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { importAreas, importDecide, importDecideAll, importRows } from '../../src/contract/import-rows.ts'
import { importCommit, importShow, importWaiveElsewhere } from '../../src/contract/imports.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { defaultSettings } from '../../src/domain/settings.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { putSetting } from '../../src/server/queries/settings.ts'
import { createWorld, type World } from '../_world.ts'
import { allowPractice, bringIn, commit, judge, listText, practiceId, rowsOf, type Line } from './_imports.ts'

let world: World
let officer: Actor
let province: Actor

beforeAll(async () => {
  world = await createWorld()
  await allowPractice(world)
})
beforeEach(async () => {
  for (const table of ['listing', 'member', 'fact_change', 'household', 'row_verdict', 'source_row'] as const)
    await world.database.kysely.deleteFrom(table).execute()
  for (const table of ['import_figure', 'household_figure', 'import_batch', 'audit_entry'] as const)
    await world.database.kysely.deleteFrom(table).execute()
  officer = await world.person('district', '3101')
  province = await world.person('province', '31')
  await setLimits({})
})
afterAll(() => world.close())

async function setLimits(limits: Partial<(typeof defaultSettings)['import.limits']>): Promise<void> {
  const value = { ...defaultSettings['import.limits'], ...limits }
  await inTransaction(world.database, 'program', (tx) => putSetting(tx, 'import.limits', value, new Date()))
}

/** Households of people with the ids of these numbers, told apart by their house numbers. */
function people(from: number, count: number, more: Line = {}): string {
  return listText(
    Array.from({ length: count }, (_, index) => ({
      houseNumber: String(from + index),
      firstName: 'บุญมี',
      lastName: 'ศรีสุข',
      nationalId: practiceId(from + index),
      ...more,
    })),
  )
}

const reason = 'บัญชีตามหนังสือจังหวัด'

it('does not tell which of many ids stand in other areas before another person of the province allows it', async () => {
  await bringIn(world, await world.person('province', '32'), people(1, 21, { subdistrict: '320101' }), { area: '32' })
  const judged = await judge(world, officer, people(1, 24), { area: '3101', list: 'thaiqm-2' })
  expect(judged.counts?.verdicts).toMatchObject({ conflict: 21, new: 3 })
  expect(judged.elsewhere).toEqual({ rows: 21, waived: false, mayWaive: false })
  const batchId = judged.id
  for (const actor of [officer, province]) {
    expect((await world.ask(actor, importRows, { batchId })).problem).toBe('importElsewhere')
    expect((await world.ask(actor, importAreas, { batchId })).problem).toBe('importElsewhere')
    const decided = await world.ask(actor, importDecideAll, { batchId, decision: 'reject' })
    expect(decided.problem).toBe('importElsewhere')
    expect((await world.ask(actor, importCommit, { batchId })).problem).toBe('importElsewhere')
  }
  const colleague = await world.person('district', '3101')
  for (const actor of [officer, colleague])
    expect((await world.ask(actor, importWaiveElsewhere, { batchId, reason })).problem).toBe('notPermitted')
  const waived = await world.ask(province, importWaiveElsewhere, { batchId, reason })
  expect(waived.output.elsewhere).toEqual({ rows: 21, waived: true, mayWaive: true })
  expect(await rowsOf(world, officer, batchId, { reason: 'standsElsewhere' })).toHaveLength(20)
  // Looked at again before the commit, it stays allowed.
  await world.database.kysely.updateTable('import_batch').set({ matched_at: null }).where('id', '=', batchId).execute()
  expect((await commit(world, officer, batchId)).result?.householdsMade).toBe(3)
  const audits = await world.database.kysely
    .selectFrom('audit_entry')
    .select(['action', 'detail'])
    .where('subject_id', '=', batchId)
    .where('action', 'in', ['import.judged', 'import.waiveElsewhere'])
    .orderBy('at')
    .orderBy('id')
    .execute()
  expect(audits.slice(0, 2)).toMatchObject([
    { action: 'import.judged', detail: { households: 24, elsewhere: 21 } },
    { action: 'import.waiveElsewhere', detail: { rows: 21, reason } },
  ])
})

it('the person of a province who brought the file does not allow it to themselves', async () => {
  await bringIn(world, await world.person('province', '32'), people(1, 21, { subdistrict: '320101' }), { area: '32' })
  const judged = await judge(world, province, people(1, 21))
  expect(judged.elsewhere?.mayWaive).toBe(false)
  const answer = await world.ask(province, importWaiveElsewhere, { batchId: judged.id, reason })
  expect(answer.problem).toBe('notPermitted')
  const colleague = await world.person('province', '31')
  expect((await world.ask(colleague, importShow, { batchId: judged.id })).output.elsewhere?.mayWaive).toBe(true)
})

it('shows a few that moved, and no more in a day however the ids are spread over files', async () => {
  await setLimits({ elsewherePerDay: 25 })
  await bringIn(world, await world.person('province', '32'), people(1, 40, { subdistrict: '320101' }), { area: '32' })
  const first = await judge(world, officer, people(1, 20), { area: '3101' })
  expect(first.elsewhere).toBeNull()
  expect(await rowsOf(world, officer, first.id, { reason: 'standsElsewhere' })).toHaveLength(20)
  // The same file again tells nothing new.
  expect((await judge(world, officer, people(1, 20), { area: '3101' })).elsewhere).toBeNull()
  const second = await judge(world, officer, people(21, 6), { area: '3101' })
  expect(second.elsewhere).toMatchObject({ rows: 6, waived: false })
  // Somebody else's day is their own.
  const colleague = await world.person('district', '3101')
  expect((await judge(world, colleague, people(21, 6), { area: '3101' })).elsewhere).toBeNull()
})

it('leaves a family that moved between two tambons to somebody who answers for both', async () => {
  const moved = { houseNumber: '7', firstName: 'ประเสริฐ', lastName: 'ทองคำดี', nationalId: practiceId(90) }
  await bringIn(world, province, listText([moved]))
  const { id: batchId } = await judge(world, province, listText([{ ...moved, subdistrict: '310102' }]), {
    list: 'thaiqm-2',
  })
  const team = await world.person('operations', '310102')
  const [row] = await rowsOf(world, team, batchId)
  expect(row).toMatchObject({ reason: 'fieldAsks', candidate: null, isCandidateHidden: true, choices: [] })
  for (const decision of ['accept', 'keep', 'separate'] as const) {
    const one = await world.ask(team, importDecide, { batchId, rows: [2], decision })
    expect(one.output.outcomes).toEqual([{ rowNumber: 2, outcome: 'notPossible' }])
    expect((await world.ask(team, importDecideAll, { batchId, decision })).output.decided).toBe(0)
  }
  const [seen] = await rowsOf(world, officer, batchId)
  expect(seen).toMatchObject({ isCandidateHidden: false, candidate: { household: { houseNumber: '7' } } })
  const above = await world.ask(officer, importDecide, { batchId, rows: [2], decision: 'accept' })
  expect(above.output.outcomes).toEqual([{ rowNumber: 2, outcome: 'decided' }])
  const back = await world.ask(team, importDecide, { batchId, rows: [2], decision: null })
  expect(back.output.outcomes).toEqual([{ rowNumber: 2, outcome: 'notPossible' }])
})

it('writes down which households of the registry a page of rows has shown', async () => {
  await bringIn(world, province, listText([{ houseNumber: '7', firstName: 'ประเสริฐ', lastName: 'ทองคำดี' }]))
  const { id: batchId } = await judge(
    world,
    officer,
    listText([
      { houseNumber: '7', firstName: 'ประเสริด', lastName: 'ทองคำดี' },
      { houseNumber: '8', firstName: 'บุญมี', lastName: 'ศรีสุข' },
    ]),
    { list: 'thaiqm-2', area: '3101' },
  )
  const [row] = await rowsOf(world, officer, batchId, { waiting: true })
  const entry = await world.database.kysely
    .selectFrom('audit_entry')
    .select(['account_id', 'subject_id', 'area_code', 'detail'])
    .where('action', '=', 'import.rows')
    .executeTakeFirstOrThrow()
  expect(entry).toEqual({
    account_id: officer.userId,
    subject_id: batchId,
    area_code: '3101',
    detail: { rows: 1, households: [row!.candidate!.householdId] },
  })
})
