import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { householdAdd, householdCheck, householdList, householdShow } from '../../src/contract/households.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { add, draft, inventedId, makePractice, person } from './_households.ts'

let world: World
let villageHead: Actor
let secretary: Actor
let neighbour: Actor

beforeAll(async () => {
  world = await createWorld()
  world.setNow('2023-01-15T03:00:00Z')
  await makePractice(world)
  villageHead = await world.person('mentor', '31040105')
  secretary = await world.person('district', '3104')
  neighbour = await world.person('district', '3105')
  await add(
    world,
    secretary,
    draft('31040105', [person('สมชาย ใจดี', { nationalId: inventedId(1) }), person('มาลี ใจดี')], {
      houseNumber: '27/1',
      houseCode: '31040012345',
    }),
  )
  await add(world, neighbour, draft('31050101', [person('วิชัย ทองสุข', { nationalId: inventedId(2) })]))
}, 120_000)

afterAll(() => world.close())

const check = async (actor: Actor, household: ReturnType<typeof draft>) =>
  world.ask(actor, householdCheck, { draft: household })
const lastAudit = async () =>
  (await world.database.kysely.selectFrom('audit_entry').selectAll().orderBy('id', 'desc').limit(1).execute())[0]!

describe(`a household that no list has (${engine})`, () => {
  it('is clear to save when nothing is like it, and nothing is saved by asking', async () => {
    const answer = await check(villageHead, draft('31040105', ['บุญเลิศ พันธ์ศรี'], { houseNumber: '88' }))
    expect(answer.output).toEqual({ verdict: 'clear' })
    expect((await world.ask(villageHead, householdList, { search: 'บุญเลิศ' })).output.rows).toEqual([])
    expect(await lastAudit()).toMatchObject({ action: 'household.check', account_id: villageHead.userId })
  })

  it('is added once, however often the phone sends it, and stands on the list of found households', async () => {
    const input = { id: newId(), draft: draft('31040105', ['ทองใบ งามดี', 'คำแก้ว งามดี'], { houseNumber: '99' }) }
    const first = await world.ask(villageHead, householdAdd, input)
    const second = await world.ask(villageHead, householdAdd, input)
    expect(first.output).toEqual({ verdict: 'added', household: { province: '31', id: input.id } })
    expect(second.output).toEqual(first.output)
    const { output } = await world.ask(villageHead, householdShow, { province: '31', id: input.id })
    expect(output).toMatchObject({ version: 1, headName: 'ทองใบ งามดี', listings: [{ list: 'found' }] })
    expect(output.members.map(({ firstName }) => firstName)).toEqual(['ทองใบ', 'คำแก้ว'])
    expect(output.centre?.shortName).toContain('นางรอง')
    const { rows, total } = (await world.ask(villageHead, householdList, { search: 'งามดี' })).output
    expect([rows.length, total.count]).toEqual([1, 1])
  })

  it('is here already when somebody’s id is, and the person who may see it is told where', async () => {
    const household = draft('31040105', [person('สมชาย ใจดี', { nationalId: inventedId(1) })], { houseNumber: '5' })
    const answer = await check(villageHead, household)
    expect(answer.output).toMatchObject({
      verdict: 'alreadyHere',
      because: 'nationalId',
      household: { headName: 'สมชาย ใจดี', houseNumber: '27/1' },
    })
    const input = { id: newId(), draft: household, separateReason: 'เป็นคนละครัวเรือน' }
    expect((await world.ask(villageHead, householdAdd, input)).output.verdict).toBe('alreadyHere')
    expect((await world.ask(villageHead, householdShow, { province: '31', id: input.id })).problem).toBe('notFound')
  })

  it('is doubtful when it is only alike, shows why, and is added when a person says why it is another', async () => {
    const household = draft('31040105', ['สมชาญ ใจดี', 'มาลี ใจดี'], { houseNumber: '๒๗/๑' })
    const answer = await check(villageHead, household)
    expect(answer.output).toMatchObject({ verdict: 'doubtful', candidates: [{ household: { headName: 'สมชาย ใจดี' } }] })
    const id = newId()
    expect((await world.ask(villageHead, householdAdd, { id, draft: household })).output.verdict).toBe('doubtful')
    const said = await world.ask(villageHead, householdAdd, { id, draft: household, separateReason: 'ลูกชายแยกเรือนแล้ว' })
    expect(said.output.verdict).toBe('added')
    const { history } = (await world.ask(villageHead, householdShow, { province: '31', id })).output
    expect(history[0]).toMatchObject({ field: 'state', new: 'active', reason: 'ลูกชายแยกเรือนแล้ว' })
  })

  it('offers up to three that it may be, the best first, and none that the person may not see', async () => {
    // In the subdistrict, of a village nobody knows: the head of a village does not see it, the district does.
    await add(world, secretary, draft('31040100', ['อำนาจ มั่งมี', 'อุไร มั่งมี'], { houseNumber: '61' }))
    for (const [head, houseNumber] of [
      ['อำนาจ มั่งมี', '61'],
      ['อำนาจ มั่งมา', '61'],
      ['อำนาจ มั่งมี', '62'],
      ['อำนาจ มั่งมาก', '63'],
    ] as const)
      await add(world, secretary, draft('31040105', [head, 'อุไร มั่งมี'], { houseNumber }))
    const household = draft('31040105', ['อำนาจ มั่งมิ', 'อุไร มั่งมี'], { houseNumber: '61' })
    for (const actor of [villageHead, secretary]) {
      const { output } = await check(actor, household)
      if (output.verdict !== 'doubtful') return expect(output.verdict).toBe('doubtful')
      const scores = output.candidates.map(({ score }) => score)
      expect(scores).toHaveLength(3)
      expect(scores).toEqual(scores.toSorted((one, other) => other - one))
      const ids = output.candidates.map(({ household: { id } }) => id)
      expect(new Set(ids).size).toBe(3)
      const villages = new Set(output.candidates.map(({ household: { place } }) => place.areaCode))
      if (actor === villageHead) expect([...villages]).toEqual(['31040105'])
      expect(await lastAudit()).toMatchObject({ detail: { verdict: 'doubtful', shown: ids } })
    }
  })

  it('stands elsewhere when somebody is registered in another district: only the centre is named', async () => {
    const household = draft('31040105', [person('วิชัย ทองสุข', { nationalId: inventedId(2) })])
    const answer = await check(villageHead, household)
    expect(answer.output).toEqual({ verdict: 'standsElsewhere', centre: expect.stringContaining('หนองกี่') })
    expect(await lastAudit()).toMatchObject({ action: 'household.check', detail: { verdict: 'standsElsewhere' } })
    const added = await world.ask(villageHead, householdAdd, {
      id: newId(),
      draft: household,
      separateReason: 'ย้ายมาแล้ว',
    })
    expect(added.output.verdict).toBe('standsElsewhere')
    expect(JSON.stringify(await lastAudit())).not.toContain(inventedId(2))
  })

  it('is no way to look citizens up: after ten households elsewhere there are no more answers in this hour', async () => {
    const curious = await world.person('mentor', '31040105')
    const household = draft('31040105', [person('วิชัย ทองสุข', { nationalId: inventedId(2) })])
    for (let time = 0; time < 10; time += 1)
      expect((await check(curious, household)).output.verdict).toBe('standsElsewhere')
    expect((await check(curious, household)).problem).toBe('tooManyTries')
    expect((await world.ask(curious, householdAdd, { id: newId(), draft: household })).problem).toBe('tooManyTries')
    world.setNow('2023-01-15T04:00:01Z')
    expect((await check(curious, household)).status).toBe(200)
    world.setNow('2023-01-15T03:00:00Z')
  })

  it('cannot be added in a village that is not one’s own', async () => {
    expect((await check(villageHead, draft('31040106', ['ก ข']))).problem).toBe('notFound')
    const nation = await world.person('nation', '')
    expect((await check(nation, draft('31040105', ['ก ข']))).problem).toBe('notPermitted')
  })

  it('must be right in itself', async () => {
    const answer = await check(
      villageHead,
      draft('31040105', [person('นาย'), person('ดวงใจ', { nationalId: '1111111111111' })]),
    )
    expect(answer.problem).toBe('invalidFacts')
    expect(answer.details['fields']).toEqual([
      { field: 'members.0.firstName', fault: 'nameMissing' },
      { field: 'members.1.nationalId', fault: 'nationalIdChecksum' },
    ])
  })

  it('is one household when two phones send it at the same moment', async () => {
    const input = { id: newId(), draft: draft('31040105', ['พร้อมกัน สองเครื่อง'], { houseNumber: '111' }) }
    const both = await Promise.all([
      world.ask(villageHead, householdAdd, input),
      world.ask(villageHead, householdAdd, input),
    ])
    expect(both.map(({ output }) => output.verdict)).toEqual(['added', 'added'])
    expect((await world.ask(villageHead, householdList, { search: 'พร้อมกัน' })).output.rows).toHaveLength(1)
    expect((await world.ask(villageHead, householdShow, { province: '31', id: input.id })).output.members).toHaveLength(
      1,
    )
  })
})
