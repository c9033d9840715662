/** Phones: registered, listed for those who answer for their areas, revoked, wiped, and asked for their key again. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  deviceKey,
  deviceList,
  deviceOwn,
  deviceRegister,
  deviceRevoke,
  deviceStatus,
  deviceWiped,
} from '../../src/contract/devices.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { dismiss, employ, registration } from './_phones.ts'

let world: World
let mentor: Actor
let other: Actor
let district: Actor
let elsewhere: Actor
const village = '31040101'

beforeAll(async () => {
  world = await createWorld()
  world.setNow('2023-06-15T03:00:00Z')
  mentor = await world.person('mentor', village)
  other = await world.person('mentor', village)
  district = await world.person('district', '3104')
  elsewhere = await world.person('district', '3105')
}, 120_000)
afterAll(() => world.close())

const device = (id: string) =>
  world.database.kysely.selectFrom('device').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const traces = (id: string) =>
  world.database.kysely.selectFrom('audit_entry').selectAll().where('subject_id', '=', id).orderBy('id').execute()

async function registered(by = mentor, areas = [village]) {
  const input = registration(areas)
  const answer = await world.ask(by, deviceRegister, input)
  expect(answer.problem).toBeNull()
  return { ...input, deviceId: input.id, view: answer.output.device }
}

describe(`registering a phone (${engine})`, () => {
  it('keeps what it seals with sealed, and of its secret only the digest', async () => {
    const phone = await registered()
    expect(phone.view).toMatchObject({ id: phone.id, state: 'active', areas: [village], lastSyncAt: null })
    expect(phone.view.person).toMatchObject({ id: mentor.userId, name: mentor.name })
    const stored = await device(phone.id)
    for (const column of Object.values(stored)) {
      const bytes = column instanceof Uint8Array ? Buffer.from(column) : Buffer.from(String(column))
      expect(bytes.includes(Buffer.from(phone.dataKey, 'base64'))).toBe(false)
      expect(bytes.includes(Buffer.from(phone.secret, 'base64'))).toBe(false)
    }
    expect((await traces(phone.id)).map((row) => row.action)).toEqual(['device.register'])
  })

  it('again keeps the first key and takes the new areas', async () => {
    const phone = await registered(district, ['3104'])
    const { dataKey, id, secret } = phone
    const again = await world.ask(district, deviceRegister, registration(['310401'], { id, secret }))
    expect(again.output.dataKey).toBe(dataKey)
    expect(again.output.device).toMatchObject({ areas: ['310401'] })
  })

  it('that is somebody else’s, or with another secret, is refused', async () => {
    const { id, secret } = await registered()
    expect((await world.ask(other, deviceRegister, registration([village], { id, secret }))).problem).toBe(
      'alreadyExists',
    )
    expect((await world.ask(mentor, deviceRegister, registration([village], { id }))).problem).toBe('alreadyExists')
  })

  it('for areas out of reach, or of another province than it names, is refused', async () => {
    expect((await world.ask(mentor, deviceRegister, registration(['31050101']))).problem).toBe('notFound')
    const mixed = registration([village], { areas: [village, '30010101'] })
    expect((await world.ask(mentor, deviceRegister, mixed)).problem).toBe('notFound')
  })
})

describe(`the key of a phone (${engine})`, () => {
  it('is told again to its person, when it knows its secret', async () => {
    const { deviceId, secret, dataKey } = await registered()
    const answer = await world.ask(mentor, deviceKey, { deviceId, secret })
    expect(answer.output.dataKey).toBe(dataKey)
    expect((await traces(deviceId)).map((row) => row.action)).toEqual(['device.register', 'device.key'])
  })

  it('is told to nobody else, and to nobody without the secret', async () => {
    const { deviceId, secret } = await registered()
    const wrong = randomBytes(32).toString('base64')
    expect((await world.ask(other, deviceKey, { deviceId, secret })).problem).toBe('deviceUnknown')
    expect((await world.ask(mentor, deviceKey, { deviceId, secret: wrong })).problem).toBe('deviceUnknown')
    expect((await world.ask(mentor, deviceKey, { deviceId: newId(), secret })).problem).toBe('deviceUnknown')
    await world.ask(mentor, deviceRevoke, { deviceId, reason: 'เครื่องหาย' })
    expect((await world.ask(mentor, deviceKey, { deviceId, secret })).problem).toBe('deviceRevoked')
  })
})

describe(`a phone without a session (${engine})`, () => {
  it('learns what it is to do, and that it is unknown when its secret is wrong', async () => {
    const { deviceId, secret } = await registered()
    const state = async (input: object) => (await world.ask(null, deviceStatus, { ...input })).output.state
    expect(await state({ deviceId, secret })).toBe('active')
    expect(await state({ deviceId, secret: randomBytes(32).toString('base64') })).toBe('unknown')
    expect(await state({ deviceId: newId(), secret })).toBe('unknown')
    await world.ask(mentor, deviceRevoke, { deviceId, reason: 'เครื่องหาย' })
    expect(await state({ deviceId, secret })).toBe('revoked')
  })

  it('says that it wiped itself, and how much was lost; said twice, the larger number stays', async () => {
    const { deviceId, secret } = await registered()
    expect((await world.ask(null, deviceWiped, { deviceId, secret, lost: 3 })).problem).toBeNull()
    world.setNow('2023-06-15T04:00:00Z')
    expect((await world.ask(null, deviceWiped, { deviceId, secret, lost: 0 })).problem).toBeNull()
    world.setNow('2023-06-15T03:00:00Z')
    const stored = await device(deviceId)
    expect(stored).toMatchObject({ state: 'wiped', lost_items: 3 })
    expect(stored.wiped_at?.toISOString()).toBe('2023-06-15T03:00:00.000Z')
    const trace = (await traces(deviceId)).filter((row) => row.action === 'device.wiped')
    expect(trace.map((row) => row.account_id)).toEqual([mentor.userId, mentor.userId])
    const wrong = { deviceId, secret: randomBytes(32).toString('base64'), lost: 0 }
    expect((await world.ask(null, deviceWiped, wrong)).problem).toBe('deviceUnknown')
  })

  it('that guesses too often is stopped for a while', async () => {
    const secret = randomBytes(32).toString('base64')
    const ask = () => world.ask(null, deviceStatus, { deviceId: newId(), secret })
    world.setNow('2023-07-01T03:00:00Z')
    let stopped = 0
    for (let tries = 0; tries < 120; tries += 1) if ((await ask()).problem === 'tooManyTries') stopped += 1
    expect(stopped).toBe(20)
    world.setNow('2023-07-01T03:11:00Z')
    expect((await ask()).problem).toBeNull()
    world.setNow('2023-06-15T03:00:00Z')
  })
})

describe(`who answers for a phone (${engine})`, () => {
  const list = async (by: Actor, input = {}) => (await world.ask(by, deviceList, input)).output
  const ids = async (by: Actor, input = {}) => (await list(by, input)).devices.map(({ id }) => id)

  it('sees those that hold their areas, and no others', async () => {
    const { id } = await registered(other)
    expect(await ids(district)).toContain(id)
    expect(await ids(district, { area: '310402' })).not.toContain(id)
    expect(await ids(elsewhere)).not.toContain(id)
    expect((await world.ask(mentor, deviceList, {})).problem).toBe('notPermitted')
    const own = (await world.ask(other, deviceOwn, {})).output.devices
    expect(own.map((one) => one.id)).toContain(id)
    expect((await world.ask(district, deviceOwn, {})).output.devices.map((one) => one.id)).not.toContain(id)
  })

  it('sees which had no sync for days, those longest without one first', async () => {
    const people = await Promise.all([1, 2].map(() => world.person('mentor', '31040201')))
    world.setNow('2023-05-01T03:00:00Z')
    const [first, second] = [
      await registered(people[0], ['31040201']),
      await (async () => {
        world.setNow('2023-06-10T03:00:00Z')
        return registered(people[1], ['31040201'])
      })(),
    ]
    world.setNow('2023-06-15T03:00:00Z')
    expect(await ids(district, { area: '310402' })).toEqual([first.id, second.id])
    expect(await ids(district, { area: '310402', silentDays: 14 })).toEqual([first.id])
    expect((await list(district, { area: '310402' })).totals).toMatchObject({ devices: 2, silent: 1 })
  })

  it('sees what waits on phones of people who left, and not of those who still work there', async () => {
    const leaver = await world.person('mentor', '31040301')
    await employ(world, leaver)
    const { id } = await registered(leaver, ['31040301'])
    const isLeaving = async () =>
      (await list(district, { area: '310403' })).devices.find((one) => one.id === id)?.isLeaving
    const { kysely } = world.database
    await kysely.updateTable('device').set({ waiting_items: 2 }).where('id', '=', id).execute()
    expect(await isLeaving()).toBe(false)
    await dismiss(world, leaver)
    expect(await isLeaving()).toBe(true)
    await kysely.updateTable('device').set({ waiting_items: 0 }).where('id', '=', id).execute()
    expect(await isLeaving()).toBe(false)
  })

  it('revokes it, with the reason; who does not answer for it cannot tell it from one that is not there', async () => {
    const { deviceId } = await registered()
    const input = { deviceId, reason: 'ทำหายที่ตลาด' }
    for (const by of [elsewhere, other])
      expect((await world.ask(by, deviceRevoke, input)).problem).toBe('deviceUnknown')
    expect((await world.ask(district, deviceRevoke, { ...input, deviceId: newId() })).problem).toBe('deviceUnknown')
    const answer = await world.ask(district, deviceRevoke, input)
    expect(answer.output.device).toMatchObject({
      state: 'revoked',
      revokedBy: district.name,
      revokeReason: 'ทำหายที่ตลาด',
    })
    expect((await world.ask(district, deviceRevoke, input)).problem).toBe('wrongState')
    const trace = (await traces(deviceId)).find((row) => row.action === 'device.revoke')
    expect(trace).toMatchObject({ account_id: district.userId, area_code: village, detail: { isOwn: false } })
    expect(JSON.stringify(trace!.detail)).not.toContain('ตลาด')
  })

  it('and everybody revokes their own', async () => {
    const { deviceId } = await registered()
    const answer = await world.ask(mentor, deviceRevoke, { deviceId, reason: 'เปลี่ยนเครื่อง' })
    expect(answer.output.device.state).toBe('revoked')
  })
})
