import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  householdAdd,
  householdEdit,
  householdList,
  householdMerge,
  householdRestore,
  householdShow,
  householdUnmerge,
  householdWithdraw,
  type HouseholdRef,
  type HouseholdView,
} from '../../src/contract/households.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { newId } from '../../src/server/ids.ts'
import { rebuildFigures } from '../../src/server/queries/figures.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { add, draft, inventedId, makePractice, person } from './_households.ts'

let world: World
let secretary: Actor
let province: Actor
const reason = 'เป็นครัวเรือนเดียวกัน'

beforeAll(async () => {
  world = await createWorld()
  world.setNow('2023-01-15T03:00:00Z')
  await makePractice(world)
  secretary = await world.person('district', '3104')
  province = await world.person('province', '31')
}, 120_000)

afterAll(() => world.close())

const look = async (ref: HouseholdRef, actor = province) => (await world.ask(actor, householdShow, ref)).output
const merge = async (kept: HouseholdRef, other: HouseholdRef, actor = province) =>
  world.ask(actor, householdMerge, {
    ...kept,
    version: (await look(kept)).version,
    otherId: other.id,
    otherVersion: (await look(other)).version,
    reason,
  })
const standing = (mergeId: string, view: HouseholdView) => view.merges.find(({ id }) => id === mergeId)!

/** Puts a household on a list as an import would. */
async function enlist(ref: HouseholdRef, list: string): Promise<void> {
  const { kysely } = world.database
  const household = await kysely.selectFrom('household').selectAll().where('id', '=', ref.id).executeTakeFirstOrThrow()
  const { province_code, area_code } = household
  await kysely
    .insertInto('listing')
    .values({
      province_code,
      area_code,
      id: newId(),
      household_id: ref.id,
      list_code: list,
      list_date: '2022-12-09',
      created_at: new Date(),
    })
    .execute()
  const list_set = [...new Set([...household.list_set.split(',').filter(Boolean), list])].toSorted().join(',')
  await kysely.updateTable('household').set({ list_set }).where('id', '=', ref.id).execute()
  await inTransaction(world.database, 'program', (tx) => rebuildFigures(tx, province_code))
}

/** Everything that a merge may touch and an undo must put back. */
async function snapshot(refs: readonly HouseholdRef[]) {
  const ids = refs.map(({ id }) => id)
  const { kysely } = world.database
  const households = await kysely.selectFrom('household').selectAll().where('id', 'in', ids).orderBy('id').execute()
  const members = await kysely.selectFrom('member').selectAll().where('household_id', 'in', ids).orderBy('id').execute()
  const listings = await kysely
    .selectFrom('listing')
    .selectAll()
    .where('household_id', 'in', ids)
    .orderBy('id')
    .execute()
  return {
    households: households.map(({ version: _version, updated_at: _updated, ...rest }) => rest),
    members: members.map((member) => ({ ...member, national_id_cipher: null, national_id_hash: null })),
    listings,
    figures: await figures(),
  }
}

async function figures() {
  return world.database.kysely
    .selectFrom('household_figure')
    .selectAll()
    .orderBy('area_code')
    .orderBy('list_set')
    .execute()
}

describe(`merging two households (${engine})`, () => {
  it('brings listings and members together, counts once, and keeps both histories', async () => {
    const kept = await add(
      world,
      secretary,
      draft('31040105', [person('สมชาย ใจดี', { nationalId: inventedId(1) })], { houseNumber: '27' }),
    )
    const other = await add(world, secretary, draft('31040106', ['มาลี ใจดี', 'กล้า ใจดี'], { houseNumber: '28' }))
    await enlist(other, 'tpmap-2565')
    const { output } = await merge(kept, other, secretary)
    expect(output.members.map(({ firstName }) => firstName)).toEqual(['สมชาย', 'มาลี', 'กล้า'])
    expect(output.listings.map(({ list }) => list).sort()).toEqual(['found', 'tpmap-2565'])
    expect(output.merges).toMatchObject([{ side: 'kept', otherId: other.id, reason, canBeUndone: true }])
    expect(
      output.history
        .filter(({ source }) => source === 'merge')
        .map(({ field, new: value }) => `${field} ${value}`)
        .sort(),
    ).toEqual(['list tpmap-2565', 'member กล้า ใจดี', 'member มาลี ใจดี'])
    const gone = await look(other)
    expect(gone).toMatchObject({
      state: 'merged',
      mergedInto: kept.id,
      merges: [{ side: 'merged', canBeUndone: false }],
    })
    expect(gone.history.map(({ field }) => field)).toContain('mergedInto')
    const { rows, total } = (await world.ask(secretary, householdList, {})).output
    expect([rows.length, total.count, rows[0]!.memberCount, rows[0]!.lists]).toEqual([1, 1, 3, ['found', 'tpmap-2565']])
    expect((await world.ask(secretary, householdEdit, { ...other, version: gone.version, facts: {} })).problem).toBe(
      'wrongState',
    )
  })

  it('leaves a person who stands in both where they are, by national id', async () => {
    const somchai = person('สมชาย เดียวกัน', { nationalId: inventedId(11) })
    const kept = await add(world, secretary, draft('31040105', [somchai], { houseNumber: '31' }))
    const other = await add(world, secretary, draft('31040105', ['วิภา เดียวกัน'], { houseNumber: '32' }))
    const { version } = await look(other)
    await world.ask(secretary, householdEdit, { ...other, version, add: [{ id: newId(), ...somchai }] })
    const { output } = await merge(kept, other)
    expect(output.members.map(({ firstName }) => firstName)).toEqual(['สมชาย', 'วิภา'])
  })

  it('undone, gives back exactly what came over and keeps what was written since', async () => {
    const kept = await add(world, secretary, draft('31040105', ['เอก คืนค่า'], { houseNumber: '41' }))
    const other = await add(world, secretary, draft('31040106', ['โท คืนค่า', 'ตรี คืนค่า'], { houseNumber: '42' }))
    await enlist(other, 'thaiqm-2')
    const before = await snapshot([other])
    const merged = (await merge(kept, other)).output
    const since = await world.ask(secretary, householdEdit, {
      ...kept,
      version: merged.version,
      facts: { phone: '0899999999' },
      add: [{ id: newId(), ...person('เพิ่มทีหลัง คืนค่า') }],
    })
    expect(since.status).toBe(200)
    const mergeId = merged.merges[0]!.id
    const undone = await world.ask(secretary, householdUnmerge, { ...kept, mergeId, reason: 'คนละครัวเรือน' })
    expect(undone.output.members.map(({ firstName }) => firstName)).toEqual(['เอก', 'เพิ่มทีหลัง'])
    expect(undone.output.facts.phone).toBe('0899999999')
    expect(standing(mergeId, undone.output)).toMatchObject({ undoneBy: 'district 3104', canBeUndone: false })
    const after = await snapshot([other])
    expect(after.households).toEqual(before.households)
    expect(after.members).toEqual(before.members)
    expect(after.listings).toEqual(before.listings)
    expect((await world.ask(secretary, householdUnmerge, { ...kept, mergeId, reason })).problem).toBe('wrongState')
  })

  it('is taken back in turn: the latest first', async () => {
    const [a, b, c] = await Promise.all(
      ['หนึ่ง ลำดับ', 'สองคน ลำดับ', 'สาม ลำดับ'].map((name, index) =>
        add(world, province, draft(`310405${String(index + 11)}`, [name], { houseNumber: `5${index}` })),
      ),
    )
    const first = (await merge(a!, b!)).output.merges[0]!.id
    const second = (await merge(a!, c!)).output.merges[0]!.id
    const undo = (mergeId: string) => world.ask(province, householdUnmerge, { ...a!, mergeId, reason })
    expect((await undo(first)).problem).toBe('wrongState')
    expect((await undo(second)).status).toBe(200)
    expect((await undo(first)).status).toBe(200)
  })

  it('needs the right to merge at both places, one province, two households and the newest versions', async () => {
    const here = await add(world, province, draft('31040105', ['ที่นี่ สิทธิ'], { houseNumber: '61' }))
    const there = await add(world, province, draft('31050101', ['ที่โน่น สิทธิ'], { houseNumber: '62' }))
    expect((await merge(here, there, secretary)).problem).toBe('notFound')
    const mentor = await world.person('mentor', '31040105')
    expect((await merge(here, here, mentor)).problem).toBe('notPermitted')
    expect((await merge(here, here)).problem).toBe('wrongState')
    const stale = { ...here, version: 0, otherId: there.id, otherVersion: 1, reason }
    expect((await world.ask(province, householdMerge, stale)).problem).toBe('conflictingEdit')
    expect((await world.ask(province, householdMerge, { ...stale, version: 1, otherId: newId() })).problem).toBe(
      'notFound',
    )
  })
})

describe(`whatever is done by hand (${engine})`, () => {
  const villages = ['31040111', '31040112', '31040500', '31050101'] as const
  const step = fc.oneof(
    fc.record({ act: fc.constant('add' as const), at: fc.nat(3), people: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ act: fc.constant('move' as const), of: fc.nat(30), at: fc.nat(3) }),
    fc.record({ act: fc.constant('grow' as const), of: fc.nat(30) }),
    fc.record({ act: fc.constant('leave' as const), of: fc.nat(30) }),
    fc.record({ act: fc.constant('merge' as const), of: fc.nat(30), with: fc.nat(30) }),
    fc.record({ act: fc.constant('undo' as const), of: fc.nat(30) }),
    fc.record({ act: fc.constant('withdraw' as const), of: fc.nat(30) }),
    fc.record({ act: fc.constant('restore' as const), of: fc.nat(30) }),
  )
  let serial = 0

  it('the figures are what a recount gives, and a merge taken back leaves no trace in them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const refs: HouseholdRef[] = []
        const brandNew = async (at: number, people: number) => {
          serial += 1
          const id = newId()
          const names = Array.from({ length: people }, (_, index) =>
            person(`คน${'กขคงจฉชซ'[index]} สกุล${serial}`, { nationalId: inventedId(5000 + serial * 10 + index) }),
          )
          const answer = await world.ask(province, householdAdd, {
            id,
            draft: draft(villages[at]!, names, { houseNumber: String(serial) }),
            separateReason: 'ทดสอบการนับ',
          })
          if (answer.status === 429) return
          expect(answer.output.verdict).toBe('added')
          refs.push({ province: '31', id })
        }
        // Checks are limited by the hour.
        world.setNow(new Date(Date.UTC(2024, 0, 1) + serial * 3_600_000).toISOString())
        await brandNew(0, 2)
        await brandNew(1, 1)
        await enlist(refs[0]!, 'tpmap-2565')
        for (const one of steps) {
          const ref = 'of' in one ? refs[one.of % refs.length]! : refs[0]!
          const view = await look(ref)
          const base = { ...ref, version: view.version }
          if (one.act === 'add') await brandNew(one.at, one.people)
          else if (one.act === 'move')
            await world.ask(province, householdEdit, { ...base, facts: { areaCode: villages[one.at] } })
          else if (one.act === 'grow')
            await world.ask(province, householdEdit, { ...base, add: [{ id: newId(), ...person('เพิ่ม คน') }] })
          else if (one.act === 'leave')
            await world.ask(province, householdEdit, { ...base, left: view.members.slice(0, 1).map(({ id }) => id) })
          else if (one.act === 'merge') await merge(ref, refs[one.with % refs.length]!)
          else if (one.act === 'undo') {
            const open = view.merges.find(({ canBeUndone }) => canBeUndone)
            if (open)
              expect((await world.ask(province, householdUnmerge, { ...ref, mergeId: open.id, reason })).status).toBe(
                200,
              )
          } else if (one.act === 'withdraw') await world.ask(province, householdWithdraw, { ...base, reason })
          else await world.ask(province, householdRestore, { ...base, reason })
        }
        const kept = await figures()
        await inTransaction(world.database, 'program', (tx) => rebuildFigures(tx, 31))
        expect(kept).toEqual(await figures())
        await expectDerived(refs)
      }),
      { numRuns: 15 },
    )
  }, 300_000)

  it('merging and taking it back restores every row of both households', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.subarray(['tpmap-2565', 'thaiqm-2', 'vulnerable']),
        fc.subarray(['tpmap-2565', 'thaiqm-2', 'vulnerable']),
        fc.boolean(),
        async (here, there, lists, otherLists, gone) => {
          serial += 1
          world.setNow(new Date(Date.UTC(2024, 6, 1) + serial * 3_600_000).toISOString())
          const people = (count: number, side: string) =>
            Array.from({ length: count }, (_, index) => person(`${side}${'กขค'[index]} คืน${serial}`))
          const kept = await add(world, province, draft('31040107', people(here, 'ซ้าย'), { houseNumber: `7${serial}` }))
          const other = await add(
            world,
            province,
            draft('31040508', people(there, 'ขวา'), { houseNumber: `8${serial}` }),
          )
          for (const list of lists) await enlist(kept, list)
          for (const list of otherLists) await enlist(other, list)
          if (gone && lists[0]) {
            const { kysely } = world.database
            await kysely
              .updateTable('listing')
              .set({ state: 'withdrawn' })
              .where('household_id', '=', kept.id)
              .where('list_code', '=', lists[0])
              .execute()
            const list_set = ['found', ...lists.slice(1)].toSorted().join(',')
            await kysely.updateTable('household').set({ list_set }).where('id', '=', kept.id).execute()
            await inTransaction(world.database, 'program', (tx) => rebuildFigures(tx, 31))
          }
          const before = await snapshot([kept, other])
          const merged = await merge(kept, other)
          expect(merged.status).toBe(200)
          const mergeId = merged.output.merges[0]!.id
          expect((await world.ask(province, householdUnmerge, { ...kept, mergeId, reason })).status).toBe(200)
          expect(await snapshot([kept, other])).toEqual(before)
        },
      ),
      { numRuns: 12 },
    )
  }, 300_000)
})

/** Counts, lists and places of every household are those of its rows. */
async function expectDerived(refs: readonly HouseholdRef[]): Promise<void> {
  const { kysely } = world.database
  for (const { id } of refs) {
    const household = await kysely.selectFrom('household').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const members = await kysely.selectFrom('member').selectAll().where('household_id', '=', id).execute()
    const listings = await kysely.selectFrom('listing').selectAll().where('household_id', '=', id).execute()
    expect(household.member_count).toBe(members.filter(({ state }) => state === 'active').length)
    expect(household.list_set).toBe(
      listings
        .filter(({ state }) => state === 'active')
        .map(({ list_code }) => list_code)
        .toSorted()
        .join(','),
    )
    for (const row of [...members, ...listings]) expect(row.area_code).toBe(household.area_code)
  }
}
