/** What phones fetch: which households they hold, what changed since, and that no commit is ever missed. */
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceList, deviceRevoke } from '../../src/contract/devices.ts'
import {
  householdEdit,
  householdMerge,
  householdShow,
  householdWithdraw,
  type HouseholdRef,
} from '../../src/contract/households.ts'
import { logbookCase, logbookRecord } from '../../src/contract/logbook.ts'
import { syncEstimate, syncHouseholds, syncPull, type PhoneHousehold } from '../../src/contract/sync.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { logbook, problem } from '../support/logbook.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { add, draft, inventedId, makePractice, person } from './_households.ts'
import { getPhone, nothingWaits, type TestPhone } from './_phones.ts'

let world: World
let mentor: Actor
let province: Actor
let phone: TestPhone
const village = '31040101'
const nextVillage = '31040102'
const farVillage = '31050101'
const today = '2023-06-15'

beforeAll(async () => {
  world = await createWorld()
  await makePractice(world)
  world.setNow(`${today}T03:00:00Z`)
  province = await world.person('province', '31')
  mentor = await world.person('mentor', '3104')
  phone = await getPhone(world, mentor, [village])
}, 120_000)
afterAll(() => world.close())

const { says, corrects } = logbook()
const fresh = <Entry extends { id: string }>(entry: Entry): Entry => ({ ...entry, id: newId() })

let houseNumber = 900
async function household(area = village): Promise<HouseholdRef> {
  world.setNow('2022-12-20T03:00:00Z')
  houseNumber += 1
  const members = [
    person(`วันดี${houseNumber} พอเพียง${houseNumber}`, { nationalId: inventedId(houseNumber), sex: 'female' }),
    person(`ใจเย็น${houseNumber} พอเพียง${houseNumber}`, { birthDate: '1947-01-01', birthPrecision: 'year' }),
  ]
  const ref = await add(
    world,
    province,
    draft(area, members, { houseNumber: String(houseNumber), phone: '0812345678' }),
  )
  world.setNow(`${today}T03:00:00Z`)
  return ref
}

const digest = (ids: readonly string[]) => createHash('sha256').update(ids.toSorted().join('\n')).digest('hex')
const record = async (ref: HouseholdRef, entry: EntryDraft) => {
  const answer = await world.ask(province, logbookRecord, { ...ref, entry })
  expect(answer.problem).toBeNull()
}
const version = async (ref: HouseholdRef) => (await world.ask(province, householdShow, { ...ref })).output.version
const edit = async (ref: HouseholdRef, facts: Record<string, unknown>, more = {}) => {
  const input = { ...ref, version: await version(ref), facts, reason: 'แก้ไขข้อมูล', ...more }
  expect((await world.ask(province, householdEdit, input)).problem).toBeNull()
}
const fetched = async (ids: readonly string[], areas?: readonly string[]) =>
  (await phone.households(ids, areas)).output as unknown as { households: PhoneHousehold[]; gone: string[] }

const patiently = { timeout: 50_000, interval: 100 }
/** Longer than to be patient twice. */
const slow = { timeout: 120_000 }

/**
 * A cursor after which nothing changed: a server's transactions are numbered together, so that one that is under way in
 * another database lets a household come twice.
 */
async function settled(): Promise<string> {
  let { cursor, changed } = await phone.pull(null)
  await expect
    .poll(async () => {
      ;({ cursor, changed } = await phone.pull(cursor))
      return changed
    }, patiently)
    .toEqual([])
  return cursor
}

describe(`which households a phone holds (${engine})`, slow, () => {
  it('is told whole at first, then only what changed', async () => {
    const [one, two] = [await household(), await household()]
    const elsewhere = await household(nextVillage)
    const first = await phone.pull(null)
    expect(first.present).toEqual(expect.arrayContaining([one.id, two.id]))
    expect(first.present).not.toContain(elsewhere.id)
    expect(first.changed).toEqual(first.present)
    expect(first.keepDays).toBe(30)
    const held = digest(first.present!)
    const second = await phone.pull(await settled(), held)
    expect(second).toMatchObject({ present: null, changed: [] })
    await record(one, fresh(says('visit', '2023-06-01')))
    const third = await phone.pull(second.cursor, held)
    expect(third).toMatchObject({ present: null, changed: [one.id] })
    // The answer got lost: the phone asks with the cursor that it has.
    expect(await phone.pull(second.cursor, held)).toMatchObject({ present: null, changed: [one.id] })
  })

  const changes: [string, (ref: HouseholdRef) => Promise<unknown>][] = [
    ['its house number', (ref) => edit(ref, { houseNumber: '1/1' })],
    [
      'a member who left',
      async (ref) => {
        const { members } = (await world.ask(province, householdShow, { ...ref })).output
        return edit(ref, {}, { left: [members[1]!.id] })
      },
    ],
    ['an entry', (ref) => record(ref, fresh(says('visit', '2023-06-02')))],
    [
      'a hold of its district',
      async () =>
        world.database.kysely
          .insertInto('duty_hold')
          .values({
            province_code: 31,
            id: newId(),
            area_code: '3104',
            from_on: '2023-06-01',
            until_on: '2023-06-30',
            reason: 'น้ำท่วม',
            account_id: province.userId,
            created_at: new Date(),
          })
          .execute(),
    ],
    [
      'the name of its subdistrict',
      async () =>
        world.database.kysely.updateTable('area').set({ name_th: 'ตำบลชื่อใหม่' }).where('code', '=', '310401').execute(),
    ],
  ]
  for (const [what, change] of changes)
    it(`sees ${what}`, async () => {
      const ref = await household()
      const cursor = await settled()
      await change(ref)
      expect((await phone.pull(cursor)).changed).toContain(ref.id)
    })

  it('those that were merged, withdrawn or moved away go, and those that moved in come', async () => {
    const [kept, merged, withdrawn, moved] = [
      await household(),
      await household(),
      await household(),
      await household(),
    ]
    const { cursor } = await phone.pull(null)
    const input = { ...kept, version: await version(kept), otherId: merged.id, otherVersion: await version(merged) }
    expect((await world.ask(province, householdMerge, { ...input, reason: 'บ้านเดียวกัน' })).problem).toBeNull()
    await world.ask(province, householdWithdraw, { ...withdrawn, version: await version(withdrawn), reason: 'บันทึกผิด' })
    await edit(moved, { areaCode: farVillage })
    const incoming = await household(nextVillage)
    await edit(incoming, { areaCode: village })
    const answer = await phone.pull(cursor)
    expect(answer.present).toEqual(expect.arrayContaining([kept.id, incoming.id]))
    for (const gone of [merged, withdrawn, moved]) expect(answer.present).not.toContain(gone.id)
    expect(answer.changed).toEqual(expect.arrayContaining([kept.id, incoming.id]))
    const ids = [kept, merged, withdrawn, moved].map(({ id }) => id)
    const { households, gone } = await fetched([...ids, newId()])
    expect(households.map(({ id }) => id)).toEqual([kept.id])
    expect(gone).toHaveLength(4)
  })

  it('reaches no further than its person does, whatever areas it names', async () => {
    const far = await household(farVillage)
    const near = await household()
    const answer = await phone.pull(null, null, ['31'])
    expect(answer.present).toContain(near.id)
    expect(answer.present).not.toContain(far.id)
    expect((await phone.pull(null, null, [farVillage])).present).toEqual([])
    expect((await fetched([far.id, near.id], ['31'])).gone).toEqual([far.id])
    expect((await fetched([near.id], [nextVillage])).gone).toEqual([near.id])
  })

  it('a cursor that this registry did not give begins anew', async () => {
    const ref = await household()
    const cursor = await settled()
    const anew = async (other: string) => (await phone.pull(other)).changed.includes(ref.id)
    expect(await anew(cursor)).toBe(false)
    const [kind, epoch, before] = cursor.split('.')
    expect(await anew([kind, epoch, before, 'AAAAAAAA'].join('.'))).toBe(true)
    expect(await anew('what nobody gave')).toBe(true)
    // A registry that was restored knows other cursors, and transactions of another database are no measure.
    const restored = ['1', '0-1-5', before, 'AAAAAAAA'].join('.')
    await world.database.kysely
      .updateTable('device')
      .set({ cursor_given: restored })
      .where('id', '=', phone.id)
      .execute()
    expect(await anew(restored)).toBe(true)
    const ahead = ['1', epoch, Number(before) + 1_000_000, 'AAAAAAAA'].join('.')
    await world.database.kysely.updateTable('device').set({ cursor_given: ahead }).where('id', '=', phone.id).execute()
    expect(await anew(ahead)).toBe(true)
  })

  // The embedded engine has one connection, so that two transactions never overlap there.
  it.skipIf(engine === 'embedded')('a commit that came late is seen by the next pull', async () => {
    const ref = await household()
    const other = await household()
    await settled()
    const { kysely } = world.database
    const touch = (db: typeof kysely, id: string) =>
      sql`update household set note = 'ช้า', version = version + 1 where id = ${id}`.execute(db)
    let commit = () => {}
    const written = new Promise<void>((begun) => {
      void inTransaction(world.database, 'program', async (tx) => {
        await touch(tx, ref.id)
        begun()
        await new Promise<void>((resolve) => (commit = resolve))
      })
    })
    await written
    // Later transactions begin and end meanwhile.
    await touch(kysely, other.id)
    const first = await phone.pull(null)
    await touch(kysely, other.id)
    const second = await phone.pull(first.cursor)
    expect(second.changed).toContain(other.id)
    expect(second.changed).not.toContain(ref.id)
    commit()
    await expect.poll(async () => (await phone.pull(second.cursor)).changed, patiently).toContain(ref.id)
  })

  it('numbers of transactions that ran over their 32 bits are compared all the same', async () => {
    // As the statement compares them, with numbers that a young database does not have.
    const isNew = async (next: bigint, row: bigint, since: bigint) => {
      const { rows } = await sql<{ is_new: boolean }>`
        select ((${String(next)}::bigint - ${String(row & 0xffffffffn)}::bigint) & 4294967295)
          <= ${String(next)}::bigint - ${String(since)}::bigint as is_new`.execute(world.database.kysely)
      return rows[0]!.is_new
    }
    const turn = 1n << 32n
    expect(await isNew(turn + 10n, turn + 5n, turn - 100n)).toBe(true)
    expect(await isNew(turn + 10n, turn - 50n, turn - 100n)).toBe(true)
    expect(await isNew(turn + 10n, turn - 500n, turn - 100n)).toBe(false)
  })

  it('is asked by nobody else, and by no phone that was revoked', async () => {
    const other = await world.person('mentor', '3104')
    const mine = await getPhone(world, mentor, [village])
    const input = { protocol: 1, deviceId: mine.id, province: '31', areas: [village] }
    const asked = { ...input, cursor: null, held: null, waiting: nothingWaits, deviceTime: '2023-06-15T03:00:00Z' }
    expect((await world.ask(other, syncPull, asked)).problem).toBe('deviceUnknown')
    expect((await world.ask(other, syncHouseholds, { ...input, ids: [newId()] })).problem).toBe('deviceUnknown')
    await world.ask(mentor, deviceRevoke, { deviceId: mine.id, reason: 'ทำหาย' })
    expect((await world.ask(mentor, syncPull, asked)).problem).toBe('deviceRevoked')
    expect((await world.ask(mentor, syncHouseholds, { ...input, ids: [newId()] })).problem).toBe('deviceRevoked')
  })
})

describe(`a household on a phone (${engine})`, () => {
  it('tells what its page tells, with the last entries and every version of them', async () => {
    const ref = await household()
    await record(ref, fresh(says('assessment', '2023-01-02', { problems: [problem(1, { id: newId() })] })))
    const visits = []
    for (let month = 1; month <= 9; month += 1) {
      const visit = fresh(says('visit', `2023-0${Math.min(month, 6)}-1${month % 5}`, { words: `ครั้งที่ ${month}` }))
      await record(ref, visit)
      visits.push(visit)
    }
    const seen = visits.at(-1)!
    const content = { ...seen.content, words: 'พูดใหม่' }
    await record(ref, fresh(corrects(seen, { kind: 'visit', happenedOn: seen.happenedOn, content }, {}, 'ผิด', today)))
    const { households } = await fetched([ref.id])
    const [one] = households
    const page = (await world.ask(province, logbookCase, { ...ref })).output
    const whole = (await world.ask(province, householdShow, { ...ref })).output
    expect(one!.case).toEqual(page.state)
    expect(one!.duty).toEqual(page.duty)
    expect(one!.recent).toEqual(page.entries.slice(0, 8))
    expect(one!.recent.some(({ versions }) => versions.length === 2)).toBe(true)
    expect(one).toMatchObject({ entryCount: 11, version: whole.version, place: whole.place, headName: whole.headName })
    expect(one!.members.map(({ firstName }) => firstName)).toEqual(whole.members.map(({ firstName }) => firstName))
  })

  it('without entries is there too, and nothing of it is a national id', async () => {
    const ref = await household()
    const answer = await phone.households([ref.id])
    const text = JSON.stringify(answer.output)
    expect(text).not.toContain(inventedId(houseNumber))
    expect(text).not.toMatch(/nationalId/)
    expect((answer.output as { households: PhoneHousehold[] }).households[0]).toMatchObject({
      entryCount: 0,
      recent: [],
      phone: '0812345678',
    })
    const rows = await world.database.kysely
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', 'sync.households')
      .orderBy('id', 'desc')
      .limit(1)
      .execute()
    expect(rows).toMatchObject([{ account_id: mentor.userId, detail: { households: [ref.id] } }])
  })

  it('comes compressed to those who take it so', async () => {
    const ids = (await phone.pull(null)).present!.slice(0, 20)
    const body = JSON.stringify({ protocol: 1, deviceId: phone.id, province: '31', areas: [village], ids })
    const ask = (encoding: string) =>
      world.fetch(mentor, syncHouseholds.path, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'accept-encoding': encoding },
      })
    const [plain, zipped, refused] = [await ask('identity'), await ask('br, gzip;q=0.8'), await ask('gzip;q=0, br')]
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    expect([plain, refused].map((one) => one.headers.get('content-encoding'))).toEqual([null, null])
    const [text, bytes] = [await plain.text(), Buffer.from(await zipped.arrayBuffer())]
    expect(gunzipSync(bytes).toString()).toBe(text)
    expect(bytes.length).toBeLessThan(text.length / 3)
  })
})

describe(`what supervisors see of a phone’s sync (${engine})`, slow, () => {
  it('when it had nothing left to send or fetch, what waits, and how wrong its clock is', async () => {
    const own = await world.person('mentor', nextVillage)
    const theirs = await getPhone(world, own, [nextVillage])
    const ref = await household(nextVillage)
    const view = async () =>
      (await world.ask(province, deviceList, { area: nextVillage })).output.devices.find(({ id }) => id === theirs.id)!
    const ask = async (more: Record<string, unknown>) => {
      const common = { protocol: 1, deviceId: theirs.id, province: '31', areas: [nextVillage] }
      const input = {
        ...common,
        cursor: null,
        held: null,
        waiting: nothingWaits,
        deviceTime: world.deps.now().toISOString(),
      }
      return (await world.ask(own, syncPull, { ...input, ...more })).output
    }
    const first = await ask({
      waiting: { items: 3, photos: 1, since: '2023-06-10T02:00:00Z' },
      deviceTime: '2033-06-15T03:00:00Z',
    })
    expect(await view()).toMatchObject({
      lastSyncAt: null,
      lastSeenAt: `${today}T03:00:00.000Z`,
      waiting: { items: 3, photos: 1, since: '2023-06-10T02:00:00.000Z' },
      clockOffset: 315_619_200,
    })
    await ask({ waiting: nothingWaits })
    expect((await view()).lastSyncAt).toBeNull()
    await theirs.households(first.present!)
    expect((await view()).lastSyncAt).toBe(`${today}T03:00:00.000Z`)
    world.setNow('2023-06-16T03:00:00Z')
    let { cursor } = await ask({ held: digest(first.present!) })
    await expect
      .poll(async () => {
        ;({ cursor } = await ask({ held: digest(first.present!), cursor }))
        return (await view()).lastSyncAt
      }, patiently)
      .toBe('2023-06-16T03:00:00.000Z')
    expect(first.present).toContain(ref.id)
    world.setNow(`${today}T03:00:00Z`)
  })
})

describe(`what a download would be (${engine})`, () => {
  it('is told before, for the areas within reach', async () => {
    const own = await world.person('mentor', '3104')
    const told = (await world.ask(own, syncEstimate, { province: '31', areas: ['3104', farVillage] })).output
    const all = await phone.pull(null, null, ['3104'])
    expect(told.households).toBe(all.present!.length)
    expect((await world.ask(own, syncEstimate, { province: '31', areas: [farVillage] })).output.households).toBe(0)
    expect(told.bytes).toBeGreaterThan(0)
  })
})
