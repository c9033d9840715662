import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  householdEdit,
  householdHistory,
  householdList,
  householdRestore,
  householdShow,
  householdWithdraw,
  type HouseholdRef,
  type HouseholdView,
} from '../../src/contract/households.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { newId } from '../../src/server/ids.ts'
import { insertFactChanges } from '../../src/server/queries/fact-changes.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { add, draft, inventedId, makePractice, person } from './_households.ts'

let world: World
let secretary: Actor
let province: Actor
let house: HouseholdRef
let view: HouseholdView

beforeAll(async () => {
  world = await createWorld()
  world.setNow('2023-01-15T03:00:00Z')
  await makePractice(world)
  secretary = await world.person('district', '3104')
  province = await world.person('province', '31')
  house = await add(
    world,
    secretary,
    draft('31040105', [person('สมชาย ใจดี', { title: 'นาย', nationalId: inventedId(1) }), 'มาลี ใจดี'], {
      houseNumber: '27',
      phone: '0812345678',
    }),
  )
}, 120_000)

afterAll(() => world.close())

const look = async () => (await world.ask(secretary, householdShow, house)).output
const edit = async (change: Record<string, unknown>, actor = secretary) =>
  world.ask(actor, householdEdit, { ...house, version: (await look()).version, ...change })
const figures = async () =>
  (
    await world.database.kysely
      .selectFrom('household_figure')
      .select(['area_code', 'households', 'persons'])
      .where('households', '>', 0)
      .orderBy('area_code')
      .execute()
  ).map((row) => `${row.area_code} ${row.households} ${row.persons}`)

describe(`changing a household by hand (${engine})`, () => {
  it('keeps what stood before, who changed it, why and as of which day', async () => {
    world.setNow('2023-01-16T03:00:00Z')
    const answer = await edit({
      facts: { houseNumber: '๒๗/๑', phone: null },
      reason: 'เทศบาลออกเลขบ้านใหม่',
      asOf: '2023-01-10',
    })
    view = answer.output
    expect(view).toMatchObject({ version: 2, facts: { houseNumber: '27/1', phone: null } })
    const changes = view.history.map(({ field, old, new: now, source, by, reason, asOf }) => {
      return { field, old, now, source, by, reason, asOf }
    })
    const origin = { source: 'desk', by: 'district 3104', reason: 'เทศบาลออกเลขบ้านใหม่', asOf: '2023-01-10' }
    expect(changes).toContainEqual({ field: 'houseNumber', old: '27', now: '27/1', ...origin })
    expect(changes).toContainEqual({ field: 'phone', old: '0812345678', now: null, ...origin })
    expect(view.history.filter(({ at }) => at.startsWith('2023-01-16'))).toHaveLength(2)
  })

  it('adds a member, corrects another and marks one as left, and the row of the list follows', async () => {
    const [somchai, malee] = (await look()).members
    const answer = await edit({
      add: [{ id: newId(), ...person('เด็กชายกล้า ใจดี', { nationalId: inventedId(7) }) }],
      change: [{ id: malee!.id, facts: { lastName: 'ใจงาม', occupation: 'รับจ้าง' } }],
      left: [somchai!.id],
    })
    expect(
      answer.output.members.map((member) => `${member.title ?? ''}${member.firstName} ${member.lastName}`),
    ).toEqual(['มาลี ใจงาม', 'เด็กชายกล้า ใจดี'])
    expect(answer.output.formerMembers.map(({ firstName }) => firstName)).toEqual(['สมชาย'])
    expect(answer.output.headName).toBe('มาลี ใจงาม')
    const { rows } = (await world.ask(secretary, householdList, { search: 'กล้า' })).output
    expect(rows).toMatchObject([{ headName: 'มาลี ใจงาม', memberCount: 2 }])
    expect((await world.ask(secretary, householdList, { search: 'สมชาย' })).output.rows).toEqual([])
    expect(await figures()).toContain('31040105 1 2')
    const back = await edit({ back: [somchai!.id] })
    expect(back.output.headName).toBe('นายสมชาย ใจดี')
    expect(back.output.members).toHaveLength(3)
  })

  it('changes an id, and its history shows it masked only', async () => {
    const { members } = await look()
    const answer = await edit({ change: [{ id: members[0]!.id, facts: { nationalId: inventedId(9) } }] })
    const change = answer.output.history.find(({ field }) => field === 'nationalId')!
    expect([change.old, change.new]).toEqual([expect.stringMatching(/^x-xxxx/), expect.stringMatching(/^x-xxxx/)])
    expect(JSON.stringify(answer.output)).not.toContain(inventedId(9))
  })

  it('refuses what a list would be refused for, field by field, and changes nothing', async () => {
    const before = await look()
    const answer = await edit({
      facts: { houseNumber: '99' },
      add: [{ id: newId(), ...person('กขค จฉช', { nationalId: '9000000000001', birthDate: '2023-02-01' }) }],
    })
    expect(answer.problem).toBe('invalidFacts')
    expect(answer.details['fields']).toEqual([
      { field: 'add.0.nationalId', fault: 'nationalIdChecksum' },
      { field: 'add.0.birthDate', fault: 'dateInFuture' },
    ])
    expect((await look()).facts).toEqual(before.facts)
  })

  it('tells the second of two people which fields the first has changed', async () => {
    const { version } = await look()
    world.setNow('2023-01-17T03:00:00Z')
    expect((await edit({ facts: { road: 'ถนนหลวง' } })).status).toBe(200)
    world.setNow('2023-01-17T03:01:00Z')
    expect((await edit({ facts: { lane: 'ซอย 1' } })).status).toBe(200)
    const late = await edit({ version, facts: { road: 'ถนนอื่น' } })
    expect(late.problem).toBe('conflictingEdit')
    expect(late.details).toEqual({
      version: version + 2,
      fields: [
        { field: 'lane', fault: 'changedMeanwhile' },
        { field: 'road', fault: 'changedMeanwhile' },
      ],
    })
  })

  it('lets only one of two who save at once win', async () => {
    const { version } = await look()
    const both = await Promise.all([
      edit({ version, facts: { note: 'ก' } }),
      edit({ version, facts: { note: 'ข' } }, province),
    ])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  })

  it('moves to another village with members, listings, centre and figures', async () => {
    const answer = await edit({ facts: { areaCode: '31040506', villageName: 'โนนสมบูรณ์' } })
    expect(answer.output.place).toMatchObject({ areaCode: '31040506', moo: 6, village: 'โนนสมบูรณ์' })
    for (const table of ['member', 'listing'] as const) {
      const rows = await world.database.kysely
        .selectFrom(table)
        .select('area_code')
        .where('household_id', '=', house.id)
        .execute()
      expect(new Set(rows.map((row) => row.area_code))).toEqual(new Set(['31040506']))
    }
    expect(await figures()).toEqual(['31 1 3', '3104 1 3', '310405 1 3', '31040506 1 3'])
    expect((await world.ask(secretary, householdList, { search: 'โนนสมบูรณ์' })).output.rows).toHaveLength(1)
  })

  it('goes neither to a place out of reach nor out of the province, nor to one that does not exist', async () => {
    const outside = await edit({ facts: { areaCode: '31050101' } })
    expect(outside.details['fields']).toEqual([{ field: 'areaCode', fault: 'areaOutsidePermission' }])
    expect((await edit({ facts: { areaCode: '30010101' } }, province)).problem).toBe('otherProvince')
    const nowhere = await edit({ facts: { areaCode: '31049901' } })
    expect(nowhere.details['fields']).toEqual([{ field: 'areaCode', fault: 'areaUnknown' }])
    const district = await edit({ facts: { areaCode: '31050101' } }, province)
    expect(district.output.centre?.shortName).toContain('หนองกี่')
    expect((await world.ask(secretary, householdShow, house)).problem).toBe('notFound')
    const version = district.output.version
    expect((await edit({ version, facts: { areaCode: '31040105' } }, province)).status).toBe(200)
  })

  it('leaves every count when it was entered by mistake, and comes back when that was the mistake', async () => {
    const version = (await look()).version
    const reason = 'บันทึกซ้ำ'
    const gone = await world.ask(secretary, householdWithdraw, { ...house, version, reason })
    expect(gone.output.state).toBe('withdrawn')
    expect(await figures()).toEqual([])
    expect((await edit({ facts: { note: 'ก' } })).problem).toBe('wrongState')
    expect((await world.ask(secretary, householdWithdraw, { ...house, version: version + 1, reason })).problem).toBe(
      'wrongState',
    )
    const back = await world.ask(secretary, householdRestore, { ...house, version: version + 1, reason })
    expect(back.output.state).toBe('active')
    expect(await figures()).toContain('31040105 1 3')
    expect(back.output.history[0]).toMatchObject({ field: 'state', old: 'withdrawn', new: 'active', reason })
  })

  it('tells the whole history, page by page, each change once', async () => {
    const far = await add(world, secretary, draft('31040105', ['ยาวนาน มั่นคง'], { houseNumber: '501' }))
    const key = { provinceCode: 31, id: far.id }
    const origin = { source: 'desk', accountId: secretary.userId, reason: null, asOf: '2023-01-15' } as const
    // After it was added; several of one moment on either side of where a page ends.
    await inTransaction(world.database, 'program', async (tx) => {
      for (let act = 0; act < 25; act += 1) {
        const changes = Array.from({ length: 18 }, (_, one) => ({
          memberId: null,
          field: 'note',
          oldValue: null,
          newValue: `${act}/${one}`,
        }))
        await insertFactChanges(tx, key, changes, { ...origin, at: new Date(Date.UTC(2023, 0, 20, 4, act)) })
      }
    })
    const first = (await world.ask(secretary, householdShow, far)).output
    const told = [...first.history]
    let hasEarlier = first.hasEarlierHistory
    while (hasEarlier) {
      const page = (await world.ask(secretary, householdHistory, { ...far, before: told.at(-1)!.id })).output
      told.push(...page.changes)
      hasEarlier = page.hasEarlier
    }
    expect(first.history).toHaveLength(200)
    expect(told).toHaveLength(25 * 18 + 1)
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length)
    expect(told.map(({ at }) => at)).toEqual(
      told
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    expect(told.at(-1)).toMatchObject({ field: 'state', new: 'active' })
    const audit = world.database.kysely.selectFrom('audit_entry').selectAll().where('action', '=', 'household.history')
    expect((await audit.execute()).map(({ subject_id }) => subject_id)).toEqual([far.id, far.id])
    const elsewhere = await add(world, secretary, draft('31040105', ['อีกหลัง หนึ่ง'], { houseNumber: '502' }))
    const ofAnother = { ...elsewhere, before: told[0]!.id }
    expect((await world.ask(secretary, householdHistory, ofAnother)).output).toEqual({ changes: [], hasEarlier: false })
  })
})
