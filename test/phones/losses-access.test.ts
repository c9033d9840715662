/** Every way in which phones of other systems lost work, tried on this one: sessions, keys, lines, clocks, photographs. */
import { beforeEach, describe, expect, it } from 'vitest'
import { flushOutbox } from '../../src/web/offline/flush.ts'
import { StillWaiting, Trouble } from '../../src/web/offline/phone.ts'
import { createTransport } from '../../src/web/offline/transport.ts'
import { FakeServer } from './_fake-server.ts'
import { Browser, Program, copyOf, picture, pin, register, registered, reopened, visit } from './_simulated.ts'

const noAnswer = () => {
  throw new Trouble('noAnswer')
}

describe('nothing is lost on the way', () => {
  let server: FakeServer
  let browser: Browser
  const home = copyOf('นางมาลี ใจดี')
  beforeEach(() => {
    server = new FakeServer()
    browser = new Browser()
    server.put(home)
  })

  it('when the session ends: the PIN still opens, visits are saved, sign-in is asked only to send', async () => {
    await registered(browser, server.transport)
    server.isSignedIn = false
    const phone = await reopened(browser, server.transport)
    await phone.save({ items: [visit(home)], photos: [] })
    await phone.sync('saved')
    expect(phone.status()).toMatchObject({ state: 'open', trouble: 'signIn', waiting: { items: 1 } })
    await expect(phone.signOutAndWipe()).rejects.toThrow(StillWaiting)
    expect(phone.status()).toMatchObject({ state: 'open', waiting: { items: 1 } })
    server.isSignedIn = true
    expect(await phone.signOutAndWipe()).toEqual({ lost: 0 })
    expect(server.recorded.size).toBe(1)
    expect(phone.status().state).toBe('new')
    expect([...server.devices.values()]).toMatchObject([{ state: 'wiped', lost: 0 }])
  })

  it('when somebody signs out all the same: what was lost is counted, also when the server hears of it later', async () => {
    const phone = await registered(browser, server.transport)
    await phone.save({ items: [visit(home)], photos: [{ id: phone.newId(), household: home, jpeg: picture(10) }] })
    await phone.writeDraft('visit/1', 'ค้าง')
    server.instead = { 'sync.push': noAnswer, 'device.wiped': noAnswer, 'sync.photoStart': noAnswer }
    await expect(phone.signOutAndWipe()).rejects.toMatchObject({ items: 1, photos: 1, drafts: 1 })
    expect(await phone.signOutAndWipe({ force: true })).toEqual({ lost: 3 })
    server.instead = {}
    const later = await browser.start(server.transport)
    expect(later.status().state).toBe('new')
    await later.sync('start')
    expect([...server.devices.values()]).toMatchObject([{ state: 'wiped', lost: 3 }])
  })

  it('nor sent twice when two tabs and a worker send at once', async () => {
    const phone = await registered(browser, server.transport)
    const other = await reopened(browser, server.transport)
    await phone.save({ items: [visit(home), visit(home), visit(home)], photos: [] })
    const sent: string[] = []
    server.instead['sync.push'] = async (input) => {
      sent.push(...input.items.map(({ itemId }) => itemId))
      return server.answer('sync.push', input)
    }
    const worker = flushOutbox(browser.parts(server.transport))
    await Promise.all([phone.sync('online'), other.sync('online'), phone.sync('button'), worker])
    expect(await worker).toBe(true)
    expect(sent).toHaveLength(3)
    expect(new Set(sent).size).toBe(3)
  })

  it('while the phone is locked: a worker sends what is sealed, without the PIN', async () => {
    const phone = await registered(browser, server.transport)
    server.instead['sync.push'] = noAnswer
    await phone.save({ items: [visit(home)], photos: [{ id: phone.newId(), household: home, jpeg: picture(700_000) }] })
    expect(await flushOutbox(browser.parts(server.transport))).toBe(false)
    server.instead = {}
    expect(await flushOutbox(browser.parts(server.transport))).toBe(true)
    expect([server.recorded.size, server.photos.size]).toEqual([1, 1])
  })

  it('when the clock is wrong by years: the day is asked, and the server’s day proposed', async () => {
    let device = Date.parse('2026-03-02T02:00:00Z')
    server.now = () => new Date('2026-03-02T02:00:00Z')
    const phone = await registered(browser, server.transport, { now: () => new Date(device) })
    expect(phone.today()).toEqual({ day: '2026-03-02', isSure: false })
    await phone.sync('start')
    expect(phone.today()).toEqual({ day: '2026-03-02', isSure: true })
    device += 3 * 86_400_000
    expect(phone.today()).toEqual({ day: '2026-03-05', isSure: true })
    for (const wrong of [
      '2010-01-01T00:00:00Z',
      '2024-12-31T00:00:00Z',
      '2031-01-01T00:00:00Z',
      '1970-01-01T00:00:00Z',
    ]) {
      device = Date.parse(wrong)
      // Without a line: the day that the server said last is proposed, so that the true one can be chosen.
      expect([wrong, phone.today()]).toEqual([wrong, { day: '2026-03-02', isSure: false }])
      await phone.save({ items: [visit(home)], photos: [] })
      await phone.sync('saved')
      expect([wrong, phone.today()]).toEqual([wrong, { day: '2026-03-02', isSure: false }])
      expect(phone.status()).toMatchObject({ trouble: 'clock', held: 1 })
    }
    // Set right again in the village: not known for sure, and nothing that is held goes.
    device = Date.parse('2026-03-06T02:00:00Z')
    expect(phone.today().isSure).toBe(false)
    await phone.unlock(pin)
    expect(phone.status().held).toBe(1)
    expect(server.recorded.size).toBe(4)
    device = Number.NaN
    expect(phone.today().isSure).toBe(false)
    await phone.save({ items: [visit(home)], photos: [] })
  })

  it('when a hotel’s sign-in page answers in the place of the server', async () => {
    const page = async () => new Response('<html>Welcome!</html>', { headers: { 'content-type': 'text/html' } })
    const json = async () => Response.json({ ok: true })
    const refusing = async () => Response.json({ error: 'payment' }, { status: 402 })
    const phone = await registered(browser, server.transport)
    await phone.save({ items: [visit(home)], photos: [] })
    for (const fetch of [page, json, refusing]) {
      const there = await reopened(browser, createTransport(fetch))
      await there.sync('online')
      expect(there.status()).toMatchObject({ trouble: 'offline', waiting: { items: 1 } })
    }
  })

  it('when the key is tried out: ten tries, then the key is gone and the server gives it again', async () => {
    const phone = await registered(browser, server.transport)
    await phone.save({ items: [visit(home)], photos: [] })
    const thief = await browser.start(server.transport)
    for (let left = 9; left > 0; left -= 1) {
      expect(await thief.unlock(String(100_000 + left))).toBe('wrong')
      expect(thief.status().triesLeft).toBe(left)
    }
    expect(await thief.unlock('100000')).toBe('blocked')
    expect(await thief.unlock(pin)).toBe('blocked')
    const owner = await browser.start(server.transport)
    expect(owner.status().state).toBe('blocked')
    await owner.resetPin('135791')
    expect(await owner.outbox()).toHaveLength(1)
    owner.lock()
    expect(await owner.unlock('135791')).toBe('open')
  })

  it('when the program is stopped while a PIN is tried: the try counts', async () => {
    await registered(browser, server.transport)
    for (let left = 9; left >= 0; left -= 1) {
      const program = new Program()
      const thief = await browser.start(server.transport, {}, program)
      program.writesLeft = 1
      await thief.unlock('000000').catch(() => {})
      program.kill()
      expect((await browser.start(server.transport)).status().triesLeft).toBe(left)
    }
    expect(await (await browser.start(server.transport)).unlock(pin)).toBe('blocked')
  })

  it('when the answer to registering is lost: the same phone registers again', async () => {
    const phone = await browser.start(server.transport)
    server.instead['device.register'] = async (input) => {
      await server.answer('device.register', input)
      return noAnswer()
    }
    await expect(register(phone)).rejects.toThrow('noAnswer')
    server.instead = {}
    const again = await browser.start(server.transport)
    expect(again.status().state).toBe('new')
    await register(again)
    await again.save({ items: [visit(home)], photos: [] })
    await again.sync('saved')
    expect([server.devices.size, server.recorded.size]).toEqual([1, 1])
  })

  it('when the server was set back to a day before the phone was registered', async () => {
    const phone = await registered(browser, server.transport)
    await phone.save({ items: [visit(home)], photos: [] })
    server.devices.clear()
    await phone.sync('start')
    expect(phone.status()).toMatchObject({ trouble: null, waiting: { items: 0 }, held: 1 })
    expect(server.recorded.size).toBe(1)
  })

  it('when photographs are long and the line is short: pieces go on where they stopped', async () => {
    const phone = await registered(browser, server.transport)
    const jpeg = picture(1_500_000)
    const id = phone.newId()
    await phone.save({ items: [visit(home)], photos: [{ id, household: home, jpeg }] })
    let pieces = 0
    server.instead['sync.photoPiece'] = noAnswer
    for (let turn = 0; turn < 20 && phone.status().waiting.photos > 0; turn += 1) {
      const lossy = {
        ask: async (name: string, input: unknown, piece?: Uint8Array<ArrayBuffer>) => {
          if (name === 'sync.photoPiece') {
            pieces += 1
            if (pieces % 3 === 0) return noAnswer()
            const answer = await server.answer(name, input as never, piece)
            if (pieces % 3 === 1) return noAnswer()
            return answer
          }
          return server.answer(name as 'sync.pull', input as never)
        },
      }
      await (await reopened(browser, lossy as never)).sync('online')
      await phone.sync('saved').catch(() => {})
    }
    const whole = server.photos.get(id)!
    expect(Buffer.compare(Buffer.from(await jpeg.arrayBuffer()), Buffer.from(whole))).toBe(0)
    expect(pieces).toBeLessThan(16)
  })

  it('when one photograph is refused: it stays and says so, the next one goes', async () => {
    const phone = await registered(browser, server.transport)
    const [bad, good] = [phone.newId(), phone.newId()]
    const photos = [bad, good].map((id) => ({ id, household: home, jpeg: picture(10) }))
    await phone.save({ items: [], photos })
    server.instead['sync.photoStart'] = async (input) => {
      if (input.photoId === bad) throw new Trouble('notAPhotograph', 400.12)
      return server.answer('sync.photoStart', input)
    }
    await phone.sync('saved')
    expect([...server.photos.keys()]).toEqual([good])
    expect(phone.status().waiting.photos).toBe(1)
  })
})
