/** Photographs from phones: sealed, in pieces, gone on with after any break, and stored like one from a desk. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deviceRevoke, deviceWiped } from '../../src/contract/devices.ts'
import { householdEdit, householdShow, type HouseholdRef } from '../../src/contract/households.ts'
import { photoShow } from '../../src/contract/logbook.ts'
import {
  mostBytesPerPhotoPiece,
  syncPhotoPiece,
  syncPhotoStart,
  syncProtocol,
  syncRescue,
  syncUnfiledDecide,
} from '../../src/contract/sync.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { loadReference } from '../../src/server/actions/reference.ts'
import { readConfig } from '../../src/server/config.ts'
import { connect } from '../../src/server/db/connect.ts'
import { migrate } from '../../src/server/db/migrate.ts'
import { newId } from '../../src/server/ids.ts'
import { sweepSealedPhotos } from '../../src/server/jobs/sealed-photos.ts'
import { logbook } from '../support/logbook.ts'
import { createWorld, engine, openWorld, requestFor, type World } from '../_world.ts'
import { add, draft, makePractice } from './_households.ts'
import { dismiss, employ, entryItem, getPhone, householdItem, sealBytes, type TestPhone } from './_phones.ts'

let world: World
let mentor: Actor
let province: Actor
let phone: TestPhone
const village = '31040101'
const today = '2023-06-15'
const { says } = logbook()

beforeAll(async () => {
  world = await createWorld()
  await makePractice(world)
  world.setNow(`${today}T03:00:00Z`)
  province = await world.person('province', '31')
  mentor = await world.person('mentor', '3104')
  await employ(world, mentor)
  await employ(world, province)
  phone = await getPhone(world, mentor, ['3104'])
}, 120_000)
afterAll(() => world.close())

let houseNumber = 1300
async function household(area = village): Promise<HouseholdRef> {
  houseNumber += 1
  return add(
    world,
    province,
    draft(area, [`รูปถ่าย${houseNumber} มีบ้าน${houseNumber}`], { houseNumber: String(houseNumber) }),
  )
}

function picture(bytes: number): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(bytes - 4)])
}

interface Sent {
  photoId: string
  sealed: Buffer
  ref: HouseholdRef
  of: TestPhone
}

function sealedPhoto(ref: HouseholdRef, jpeg: Buffer, of = phone): Sent {
  const photoId = newId()
  const { nonce, cipher } = sealBytes(of.key, `${of.id}/${photoId}`, jpeg)
  return { photoId, sealed: Buffer.concat([nonce, cipher]), ref, of }
}

const start = (sent: Sent, by = sent.of.owner, within = world) =>
  within.ask(by, syncPhotoStart, { deviceId: sent.of.id, photoId: sent.photoId, bytes: sent.sealed.length })

function piece(sent: Sent, offset: number, length = mostBytesPerPhotoPiece, by = sent.of.owner, within = world) {
  const { photoId, ref, sealed, of } = sent
  const place = { province: ref.province, householdId: ref.id }
  const body = sealed.subarray(offset, offset + length)
  return within.ask(by, syncPhotoPiece, { deviceId: of.id, photoId, ...place, offset, bytes: sealed.length, body })
}

async function sendAll(sent: Sent, by = sent.of.owner) {
  let { received, complete } = (await start(sent, by)).output
  while (!complete) {
    const answer = await piece(sent, received, undefined, by)
    if (answer.problem !== null) return answer
    ;({ received, complete } = answer.output)
  }
  return null
}

/** The photograph as it is shown, or the problem instead. */
async function shown(ref: HouseholdRef, photoId: string): Promise<Buffer | string> {
  const { path, init } = requestFor(photoShow, { ...ref, photoId })
  const response = await world.fetch(province, path, init)
  if (response.status === 200) return Buffer.from(await response.arrayBuffer())
  return ((await response.json()) as { problem: string }).problem
}
const audits = (action: string) =>
  world.database.kysely.selectFrom('audit_entry').selectAll().where('action', '=', action).orderBy('id').execute()
const storedFiles = async () => (await world.deps.sealedPhotos.list()).length

describe(`a photograph (${engine})`, () => {
  it('comes in pieces, is stored under its author, and its pieces go', async () => {
    const ref = await household()
    const jpeg = picture(600_000)
    const sent = sealedPhoto(ref, jpeg)
    expect((await start(sent)).output).toEqual({ received: 0, complete: false })
    const first = await piece(sent, 0)
    expect(first.output).toEqual({ received: mostBytesPerPhotoPiece, complete: false })
    expect((await start(sent)).output).toEqual(first.output)
    // Sent again, because its answer was lost.
    expect((await piece(sent, 0)).output).toEqual(first.output)
    const ahead = await piece(sent, 2 * mostBytesPerPhotoPiece)
    expect([ahead.problem, ahead.details['received']]).toEqual(['uploadOutOfOrder', mostBytesPerPhotoPiece])
    // A piece that overlaps what is there.
    expect((await piece(sent, 100_000)).output.received).toBe(100_000 + mostBytesPerPhotoPiece)
    expect(await sendAll(sent)).toBeNull()
    expect((await piece(sent, 0)).output).toEqual({ received: sent.sealed.length, complete: true })
    expect((await start(sent)).output).toEqual({ received: sent.sealed.length, complete: true })
    expect(await shown(ref, sent.photoId)).toEqual(jpeg)
    const stored = await world.database.kysely.selectFrom('photo').selectAll().where('id', '=', sent.photoId).execute()
    expect(stored).toMatchObject([{ account_id: mentor.userId, household_id: ref.id, bytes: 600_000 }])
    expect((await audits('photo.add')).at(-1)).toMatchObject({ account_id: mentor.userId, subject_id: ref.id })
    await expect.poll(storedFiles).toBe(0)
  })

  it('is carried by somebody else and stands under its author', async () => {
    const ref = await household()
    const carrier = await world.person('operations', '3105')
    const sent = sealedPhoto(ref, picture(1000))
    expect(await sendAll(sent, carrier)).toBeNull()
    const stored = await world.database.kysely.selectFrom('photo').selectAll().where('id', '=', sent.photoId).execute()
    expect(stored).toMatchObject([{ account_id: mentor.userId }])
    expect((await audits('photo.add')).at(-1)).toMatchObject({ account_id: carrier.userId })
  })

  it('that does not open is sent once more, and then refused', async () => {
    const ref = await household()
    const sent = sealedPhoto(ref, picture(1000))
    const good = Buffer.from(sent.sealed)
    sent.sealed[500] = sent.sealed[500]! ^ 1
    expect((await piece(sent, 0)).output).toEqual({ received: 0, complete: false })
    sent.sealed = good
    expect((await piece(sent, 0)).output.complete).toBe(true)
    const wrong = sealedPhoto(ref, picture(1000))
    wrong.of = { ...phone, key: randomBytes(32) }
    wrong.sealed = sealedPhoto(ref, picture(1000), wrong.of).sealed
    expect((await piece(wrong, 0)).output.received).toBe(0)
    expect((await piece(wrong, 0)).problem).toBe('uploadChecksumMismatch')
  })

  it('that is none, or too long, is refused', async () => {
    const ref = await household()
    const words = sealedPhoto(ref, Buffer.from('ไม่ใช่รูปถ่าย'.repeat(10)))
    expect((await piece(words, 0)).problem).toBe('notAPhotograph')
    const sent = sealedPhoto(ref, picture(1000))
    expect((await piece({ ...sent, sealed: picture(400_000) }, 0, 300_000)).problem).toBe('tooLarge')
    const longer = await world.ask(mentor, syncPhotoPiece, {
      ...{ deviceId: phone.id, photoId: sent.photoId, province: '31', householdId: ref.id, offset: 0, bytes: 10 },
      body: sent.sealed,
    })
    expect(longer.problem).toBe('tooLarge')
  })

  it('of a revoked phone still comes from its person; of a wiped one, or one that nobody knows, it is refused', async () => {
    const ref = await household()
    const lost = await getPhone(world, mentor, ['3104'])
    const [sent, late, carried] = [1000, 1001, 1002].map((bytes) => sealedPhoto(ref, picture(bytes), lost))
    expect((await start({ ...sent!, of: { ...lost, id: newId() } })).problem).toBe('deviceUnknown')
    await world.ask(mentor, deviceRevoke, { deviceId: lost.id, reason: 'ทำหาย' })
    expect(await sendAll(sent!)).toBeNull()
    expect(await shown(ref, sent!.photoId)).toBeInstanceOf(Buffer)
    await world.ask(mentor, deviceWiped, { deviceId: lost.id, secret: lost.secret, lost: 0 })
    expect((await start(late!)).problem).toBe('deviceRevoked')
    expect((await piece(late!, 0)).problem).toBe('deviceRevoked')
    expect(await sendAll(carried!, province)).toBeNull()
    expect(await shown(ref, carried!.photoId)).toBeInstanceOf(Buffer)
  })

  it('of somebody whose roles ended comes from their revoked phone too, and is stored with its entry', async () => {
    const ref = await household()
    const leaver = await world.person('mentor', '3104')
    await employ(world, leaver)
    const lost = await getPhone(world, leaver, ['3104'])
    const sent = sealedPhoto(ref, picture(1000), lost)
    const visit = { ...says('visit', '2023-06-15', { photos: [sent.photoId] }), id: newId() }
    await dismiss(world, leaver)
    leaver.grants = []
    await world.ask(province, deviceRevoke, { deviceId: lost.id, reason: 'พ้นหน้าที่' })
    const { id: deviceId, secret } = lost
    const items = [lost.seal(entryItem(ref, visit))]
    const rescued = await world.ask(null, syncRescue, { protocol: syncProtocol, deviceId, secret, items })
    expect(rescued.output.outcomes).toMatchObject([{ outcome: 'unfiled', problem: 'notPermitted' }])
    expect(await sendAll(sent)).toBeNull()
    expect(await shown(ref, sent.photoId)).toBe('notFound')
    const decision = { province: '31', itemId: visit.id, decision: 'record', reason: 'ตรวจแล้ว' }
    expect((await world.ask(province, syncUnfiledDecide, decision)).problem).toBeNull()
    expect(await shown(ref, sent.photoId)).toBeInstanceOf(Buffer)
  })

  it('of a found household that waits is kept, and stored with it', async () => {
    const known = householdItem(draft(village, ['จำปี เคยมา'], { houseNumber: '77/1' }))
    const same = householdItem(draft(village, ['จำปี เคยม'], { houseNumber: '77/1' }))
    const outcomes = await phone.push([phone.seal(known), phone.seal(same)])
    expect(outcomes).toMatchObject([{ outcome: 'recorded' }, { outcome: 'unfiled' }])
    const jpeg = picture(2000)
    const sent = sealedPhoto(same.household, jpeg)
    expect(await sendAll(sent)).toBeNull()
    expect((await start(sent)).output.complete).toBe(true)
    expect(await shown(same.household, sent.photoId)).toBe('notFound')
    await phone.push([phone.seal({ ...same, separateReason: 'คนละครอบครัว' })])
    expect(await shown(same.household, sent.photoId)).toEqual(jpeg)
  })

  it('of a household that moved out of reach follows its entry, whether it comes before the decision or after', async () => {
    const ref = await household()
    const [early, late] = [sealedPhoto(ref, picture(1500)), sealedPhoto(ref, picture(1600))]
    const visit = { ...says('visit', '2023-06-15', { photos: [early.photoId, late.photoId] }), id: newId() }
    const { version } = (await world.ask(province, householdShow, { ...ref })).output
    const facts = { areaCode: '31050101' }
    await world.ask(province, householdEdit, { ...ref, version, facts, reason: 'ย้ายบ้าน' })
    expect(await phone.push([phone.seal(entryItem(ref, visit))])).toMatchObject([{ outcome: 'unfiled' }])
    expect(await sendAll(early)).toBeNull()
    const decision = { province: '31', itemId: visit.id, decision: 'record', reason: 'ย้ายไปแล้วจริง' }
    expect((await world.ask(province, syncUnfiledDecide, decision)).problem).toBeNull()
    expect(await shown(ref, early.photoId)).toBeInstanceOf(Buffer)
    expect(await sendAll(late)).toBeNull()
    expect(await shown(ref, late.photoId)).toBeInstanceOf(Buffer)
  })

  it('that never came whole is forgotten after a month; one that waits is not', async () => {
    const begun = sealedPhoto(await household(), picture(600_000))
    await piece(begun, 0)
    const waiting = sealedPhoto({ province: '31', id: newId() }, picture(1000))
    expect(await sendAll(waiting)).toBeNull()
    const before = await storedFiles()
    await sweepSealedPhotos(world.deps)
    expect(await storedFiles()).toBe(before)
    const later = new Date(Date.now() + 31 * 24 * 60 * 60 * 1000)
    await sweepSealedPhotos({ ...world.deps, now: () => later })
    expect((await start(begun)).output).toEqual({ received: 0, complete: false })
    expect((await start(waiting)).output.complete).toBe(true)
    const { file_id: fileId } = await world.database.kysely
      .selectFrom('sealed_photo')
      .select('file_id')
      .where('photo_id', '=', waiting.photoId)
      .executeTakeFirstOrThrow()
    expect((await world.deps.sealedPhotos.list()).map(({ uploadId }) => uploadId)).toEqual([fileId])
  })
})

describe('a server that stops in between', () => {
  it('knows after its start how far a photograph came', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kaejon-photo-'))
    const keys = `1:${Buffer.alloc(32, 7).toString('base64')}`
    const config = readConfig({ KAEJON_DATA: folder, KAEJON_LOG_LEVEL: 'silent', KAEJON_KEYS: keys })
    const database = await connect(config.database)
    await migrate(database)
    await loadReference(database, new Date())
    await database.close()
    const first = await openWorld(config)
    const [own, all] = [await first.person('mentor', '3104'), await first.person('province', '31')]
    const ref = await add(first, all, draft(village, ['หยุดกลาง ทางมา']))
    const theirs = await getPhone(first, own, ['3104'])
    const sent = sealedPhoto(ref, picture(600_000), theirs)
    await piece(sent, 0, undefined, own, first)
    await first.close()
    const second = await openWorld(config)
    expect((await start(sent, own, second)).output).toEqual({ received: mostBytesPerPhotoPiece, complete: false })
    await piece(sent, mostBytesPerPhotoPiece, undefined, own, second)
    const last = await piece(sent, 2 * mostBytesPerPhotoPiece, undefined, own, second)
    expect(last.output).toEqual({ received: sent.sealed.length, complete: true })
    await second.close()
    rmSync(folder, { recursive: true, force: true })
  }, 120_000)
})
