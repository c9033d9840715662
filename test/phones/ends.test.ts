/** The ends of a phone: revoked, read by a stranger, carried by another. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createCodeReader } from '../../src/web/offline/codes.ts'
import { DamagedFile } from '../../src/web/offline/collect.ts'
import { flushOutbox } from '../../src/web/offline/flush.ts'
import { PhoneGone, Trouble, anyWaits } from '../../src/web/offline/phone.ts'
import { FakeServer } from './_fake-server.ts'
import { Browser, Program, copyOf, person, picture, pin, register, registered, reopened, visit } from './_simulated.ts'

const noAnswer = () => {
  throw new Trouble('noAnswer')
}
const supervisor = { id: '01890000-0000-7000-8000-000000000002', name: 'นิภา ดูแล' }

let server: FakeServer
let browser: Browser
const home = copyOf('นางมาลี ใจดี')
beforeEach(() => {
  server = new FakeServer()
  browser = new Browser()
  server.put(home)
})

/** Everything that lies in the browser, as bytes read as text; keys cannot be read. */
async function everythingStored(): Promise<string> {
  const database = await browser.storage().open(person.id)
  let all = ''
  const decoder = new TextDecoder()
  for (const name of database.objectStoreNames)
    for (const value of await database.getAll(name))
      all += JSON.stringify(value, (_, part: unknown) =>
        part instanceof Uint8Array ? decoder.decode(part) : part instanceof CryptoKey ? 'key' : part,
      )
  return all + browser.localStorage(new Program()).getItem('kaejon.phone')
}

describe('a phone that was revoked', () => {
  const revoke = () => Object.assign([...server.devices.values()][0]!, { state: 'revoked' })

  for (const isSignedIn of [true, false])
    it(`sends what waits, then drops everything, ${isSignedIn ? 'signed in' : 'without a session'}`, async () => {
      const phone = await registered(browser, server.transport)
      await phone.sync('start')
      await phone.writeDraft('visit/1', 'ค้าง')
      await phone.writeDraft('open', { page: 'visit' })
      server.instead['sync.push'] = noAnswer
      await phone.save({ items: [visit(home), visit(home)], photos: [] })
      server.instead = {}
      revoke()
      server.isSignedIn = isSignedIn
      await phone.sync('online')
      expect(server.recorded.size).toBe(2)
      // The half-typed form is counted.
      expect(phone.status()).toMatchObject({ state: 'revoked', held: 0, lost: 1 })
      expect([...server.devices.values()]).toMatchObject([{ state: 'wiped', lost: 1 }])
      expect(await everythingStored()).not.toMatch(/cipher|key/)
      const after = await browser.start(server.transport)
      expect(after.status().state).toBe('revoked')
      server.isSignedIn = true
      await register(after)
      expect(after.status()).toMatchObject({ state: 'open', waiting: { items: 0 }, held: 0 })
      expect(server.devices.size).toBe(2)
    })

  it('is known to another tab as soon as that asks', async () => {
    const phone = await registered(browser, server.transport)
    const tab = await reopened(browser, server.transport)
    revoke()
    await phone.sync('online')
    expect(tab.status().state).toBe('open')
    await expect(tab.households()).rejects.toThrow(PhoneGone)
    expect(tab.status().state).toBe('revoked')
  })

  it('while it is locked, by a worker or when it is opened', async () => {
    const phone = await registered(browser, server.transport)
    server.instead['sync.push'] = noAnswer
    await phone.save({ items: [visit(home)], photos: [] })
    server.instead = {}
    revoke()
    await flushOutbox(browser.parts(server.transport))
    expect(server.recorded.size).toBe(1)
    expect((await browser.start(server.transport)).status().state).toBe('revoked')

    const second = new Browser()
    const idle = await registered(second, server.transport)
    Object.assign([...server.devices.values()][1]!, { state: 'revoked' })
    idle.lock()
    await idle.sync('timer')
    expect(idle.status().state).toBe('revoked')
  })

  it('keeps everything while the rescue breaks off, and goes on with the next line', async () => {
    const phone = await registered(browser, server.transport)
    await phone.save({ items: Array.from({ length: 120 }, () => visit(home)), photos: [] })
    revoke()
    let messages = 0
    server.instead['sync.rescue'] = async (input) => {
      messages += 1
      if (messages === 2) await server.answer('sync.rescue', input)
      if (messages >= 2) return noAnswer()
      return server.answer('sync.rescue', input)
    }
    await phone.sync('online')
    expect(phone.status()).toMatchObject({ state: 'open', waiting: { items: 70 } })
    server.instead = { 'device.wiped': noAnswer }
    await phone.sync('online')
    expect(server.recorded.size).toBe(120)
    expect(phone.status()).toMatchObject({ state: 'revoked' })
    expect([...server.devices.values()]).toMatchObject([{ state: 'revoked' }])
    server.instead = {}
    await (await browser.start(server.transport)).sync('start')
    expect([...server.devices.values()]).toMatchObject([{ state: 'wiped', lost: 0 }])
  })

  it('sends its photographs too while its person is signed in, and waits for a server in trouble', async () => {
    const phone = await registered(browser, server.transport)
    const photo = { id: phone.newId(), household: home, jpeg: picture(300_000) }
    await phone.save({ items: [visit(home)], photos: [photo] })
    revoke()
    const trouble = () => {
      throw new Trouble('unexpected', 500.1)
    }
    server.instead = { 'sync.photoPiece': trouble }
    await phone.sync('online')
    expect(phone.status()).toMatchObject({ state: 'open', waiting: { photos: 1 } })
    server.instead = {}
    await phone.sync('online')
    expect([...server.photos.keys()]).toEqual([photo.id])
    expect(phone.status()).toMatchObject({ state: 'revoked', lost: 0 })
    expect([...server.devices.values()]).toMatchObject([{ state: 'wiped', lost: 0 }])
  })

  it('counts what could not be rescued: photographs need a session, and one item was refused', async () => {
    const phone = await registered(browser, server.transport)
    await phone.save({
      items: [visit(home), visit(home)],
      photos: [{ id: phone.newId(), household: home, jpeg: picture(9) }],
    })
    const badId = (await phone.outbox())[0]!.itemId
    server.instead['sync.rescue'] = async (input) => {
      if (input.items.some(({ itemId }) => itemId === badId)) throw new Trouble('tooLarge', 413.1)
      return server.answer('sync.rescue', input)
    }
    revoke()
    server.isSignedIn = false
    await phone.sync('online')
    expect(server.recorded.size).toBe(1)
    expect([...server.devices.values()]).toMatchObject([{ state: 'wiped', lost: 2 }])
    expect(phone.status()).toMatchObject({ state: 'revoked', lost: 2 })
  })
})

describe('a phone in the hands of a stranger', () => {
  it('shows no name and no word in what the browser keeps, and gives its key to nobody', async () => {
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    const photo = { id: phone.newId(), household: home, jpeg: new Blob(['ภาพของบ้าน']) }
    await phone.save({ items: [visit(home, 'เล่าว่าป่วย')], photos: [photo] })
    await phone.writeDraft(`visit/${home.id}`, { words: 'ความลับของบ้าน' })
    await phone.sync('saved')
    server.rule = () => 'doubtful'
    server.details = { candidates: ['นางมาลี ใจดี'] }
    await phone.save({ items: [visit(home, 'คล้ายบ้านอื่น')], photos: [] })
    await phone.sync('saved')
    expect((await phone.outbox())[0]).toMatchObject({ state: 'unfiled', details: server.details })
    await phone.save({ items: [visit(home, 'ยังไม่ส่ง')], photos: [photo] })
    const all = await everythingStored()
    for (const said of ['มาลี', 'ใจดี', 'ป่วย', 'ความลับ', 'ยังไม่ส่ง', 'คล้าย', 'สมศรี', 'ภาพ'])
      expect([said, all.includes(said)]).toEqual([said, false])
    expect(all).toContain(home.id)
    const device = (await (await browser.storage().open(person.id)).get('about', 'device')) as { deviceKey: CryptoKey }
    await expect(crypto.subtle.exportKey('raw', device.deviceKey)).rejects.toThrow()
  })

  it('does not let one record pass for another', async () => {
    const other = copyOf('นายแดง จริง')
    server.put(other)
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    const database = await browser.storage().open(person.id)
    const [a, b] = [(await database.get('household', home.id))!, (await database.get('household', other.id))!]
    await database.put('household', { ...a, sealed: b.sealed })
    const again = await reopened(browser, server.transport)
    expect((await again.households()).map(({ id }) => id)).toEqual([other.id])
    await again.sync('start')
    expect(await again.households()).toHaveLength(2)
  })
})

describe('work carried from phone to phone', () => {
  it('arrives under its author’s device, once, and the carrier cannot read it', async () => {
    const phone = await registered(browser, server.transport)
    const items = [visit(home, 'ความลับ'), visit(home)]
    await phone.save({ items, photos: [{ id: phone.newId(), household: home, jpeg: picture(600_000) }] })
    const file = await phone.exportWaiting()
    expect(await file.text()).not.toContain('ความลับ')

    const second = new Browser()
    const carrier = await second.start(server.transport)
    await register(carrier, supervisor)
    expect(await carrier.collect(file)).toEqual({ items: 2, photos: 1 })
    expect(await carrier.collect(file)).toEqual({ items: 0, photos: 0 })
    expect(carrier.status()).toMatchObject({ carried: { items: 2, photos: 1 }, waiting: { items: 0 } })
    expect(anyWaits(carrier.status())).toBe(true)
    expect(await carrier.outbox()).toEqual([])
    await carrier.sync('button')
    expect([...server.recorded.values()]).toEqual(items)
    expect(server.photos.size).toBe(1)
    expect(carrier.status()).toMatchObject({ carried: { items: 0, photos: 0 }, trouble: null })
    expect(anyWaits(carrier.status())).toBe(false)

    // The author's phone sends them too, and hears that they are there.
    await phone.sync('online')
    expect(server.recorded.size).toBe(2)
    expect((await phone.outbox()).map(({ state }) => state)).toEqual(['sent', 'sent'])
  })

  it('goes on through a third hand, and does not stand in the way of the carrier’s own', async () => {
    const phone = await registered(browser, server.transport)
    await phone.save({ items: [visit(home)], photos: [] })
    const [second, third] = [new Browser(), new Browser()]
    const carrier = await second.start(server.transport)
    await register(carrier, supervisor)
    await carrier.collect(await phone.exportWaiting())
    await carrier.save({ items: [visit(home)], photos: [] })
    const last = await third.start(server.transport)
    await register(last, { id: '01890000-0000-7000-8000-000000000003', name: 'สาม' })
    expect(await last.collect(await carrier.exportWaiting())).toEqual({ items: 2, photos: 0 })
    const authorId = [...server.devices.keys()][0]!
    server.instead['sync.push'] = async (input) => {
      if (input.deviceId === authorId) throw new Trouble('deviceUnknown', 404.3)
      return server.answer('sync.push', input)
    }
    await carrier.sync('button')
    expect(server.recorded.size).toBe(1)
    expect(carrier.status()).toMatchObject({ carried: { items: 1 }, waiting: { items: 0 } })
    server.instead = {}
    await last.sync('button')
    expect(server.recorded.size).toBe(2)
  })

  for (const isSignedIn of [true, false])
    it(`is sent before a revoked carrier wipes itself, or counted, ${isSignedIn ? 'signed in' : 'without a session'}`, async () => {
      const phone = await registered(browser, server.transport)
      await phone.save({ items: [visit(home)], photos: [{ id: phone.newId(), household: home, jpeg: picture(9) }] })
      const carrier = await new Browser().start(server.transport)
      await register(carrier, supervisor)
      await carrier.collect(await phone.exportWaiting())
      Object.assign(server.devices.get(carrier.status().deviceId!)!, { state: 'revoked' })
      server.isSignedIn = isSignedIn
      await carrier.sync('online')
      expect([server.recorded.size, server.photos.size]).toEqual(isSignedIn ? [1, 1] : [0, 0])
      expect(carrier.status()).toMatchObject({ state: 'revoked', lost: isSignedIn ? 0 : 2 })
    })

  it('keeps a carrier from handing the phone back without a word', async () => {
    const phone = await registered(browser, server.transport)
    await phone.save({ items: [visit(home)], photos: [{ id: phone.newId(), household: home, jpeg: picture(9) }] })
    const carrier = await new Browser().start(server.transport)
    await register(carrier, supervisor)
    await carrier.collect(await phone.exportWaiting())
    server.instead = { 'sync.push': noAnswer, 'sync.photoStart': noAnswer }
    await expect(carrier.signOutAndWipe()).rejects.toMatchObject({ items: 1, photos: 1, drafts: 0 })
    expect(await carrier.signOutAndWipe({ force: true })).toEqual({ lost: 2 })
  })

  it('is told when the browser drops it', async () => {
    const phone = await registered(browser, server.transport)
    await phone.save({ items: [visit(home)], photos: [] })
    const second = new Browser()
    const carrier = await second.start(server.transport)
    await register(carrier, supervisor)
    await carrier.collect(await phone.exportWaiting())
    second.evict()
    expect((await second.start(server.transport)).status()).toMatchObject({ state: 'lost', lost: 1 })
  })

  it('comes back to the phone that it is of, whose list stays readable', async () => {
    let device = Date.parse('2026-03-02T02:00:00Z')
    const now = () => new Date(device)
    server.now = now
    const phone = await registered(browser, server.transport, { now })
    await phone.save({ items: [visit(home)], photos: [] })
    const file = await phone.exportWaiting()
    await phone.sync('button')
    for (let days = 0; days < 31; days += 10) {
      device += 11 * 86_400_000
      await phone.sync('button')
    }
    expect(await phone.outbox()).toEqual([])
    expect(await phone.collect(file)).toEqual({ items: 1, photos: 0 })
    expect(await phone.outbox()).toMatchObject([{ kind: 'visit', household: { id: home.id }, item: { kind: 'entry' } }])
    await phone.sync('button')
    expect(await phone.outbox()).toMatchObject([{ kind: 'visit', state: 'sent' }])
    // Whatever is spoilt in one row hides no other.
    await phone.save({ items: [visit(home)], photos: [] })
    const database = await browser.storage().open(person.id)
    const [row] = await database.getAll('outbox')
    await database.put('outbox', { ...row!, label: null })
    expect((await phone.outbox()).map(({ kind }) => kind)).toEqual(['visit', 'unknown'])
    expect(await phone.households()).toHaveLength(1)
  })

  it('goes as QR codes without its photographs, in any order, beside codes of others', async () => {
    const phone = await registered(browser, server.transport)
    const photos = [{ id: phone.newId(), household: home, jpeg: picture(600_000) }]
    await phone.save({ items: [visit(home, 'บ้านริมคลองมีผู้ป่วยติดเตียง '.repeat(20)), visit(home)], photos })
    const codes = (await phone.exportCodes())!
    expect(codes.length).toBeGreaterThan(1)
    expect(Math.max(...codes.map((code) => code.length))).toBeLessThan(1_300)
    const carrier = await new Browser().start(server.transport)
    await register(carrier, supervisor)
    const reader = createCodeReader()
    expect(await reader.take('https://example.org')).toBeNull()
    const read = []
    for (const code of [...codes.toReversed(), codes[0]!]) read.push(await reader.take(code))
    expect(read[0]).toEqual({ have: 1, of: codes.length, file: null })
    expect(await carrier.collect(read.at(-2)!.file!)).toEqual({ items: 2, photos: 0 })
    // Something else in the place of a part is told, not taken.
    for (const code of codes) read.push(await reader.take(code.replace(/.{8}$/, 'AAAAAAAA')))
    await expect(carrier.collect(read.at(-1)!.file!)).rejects.toThrow(DamagedFile)
    // A full outbox is for a file.
    await phone.save({ items: Array.from({ length: 60 }, () => visit(home)), photos: [] })
    expect(await phone.exportCodes()).toBeNull()
  })

  it('is refused when the file was cut short or changed', async () => {
    const phone = await registered(browser, server.transport)
    await phone.save({ items: [visit(home)], photos: [] })
    const whole = new Uint8Array(await (await phone.exportWaiting()).arrayBuffer())
    const changed = whole.slice()
    changed[60]! ^= 1
    for (const bytes of [whole.slice(0, -1), whole.slice(0, 40), whole.slice(0, 3), new Uint8Array(), changed])
      await expect(phone.collect(new Blob([bytes]))).rejects.toThrow(DamagedFile)
    expect(await phone.collect(new Blob([whole]))).toEqual({ items: 0, photos: 0 })
  })
})

describe('two people on one phone', () => {
  it('have a database each; what one left waiting goes with the other’s session', async () => {
    const phone = await registered(browser, server.transport)
    server.instead['sync.push'] = noAnswer
    await phone.save({ items: [visit(home)], photos: [] })
    const other = await browser.start(server.transport)
    await register(other, supervisor)
    expect(other.status()).toMatchObject({ person: supervisor, waiting: { items: 0 } })
    server.instead = {}
    await other.sync('start')
    expect(server.recorded.size).toBe(1)
    // The one who registered last is asked for the PIN.
    expect((await browser.start(server.transport)).status().person).toEqual(supervisor)
    expect(await (await browser.start(server.transport)).unlock(pin)).toBe('open')
  })
})
