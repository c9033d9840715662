/** Every way in which phones of other systems lost work, tried on this one. */
import { beforeEach, describe, expect, it } from 'vitest'
import { flushOutbox } from '../../src/web/offline/flush.ts'
import { PhoneFull, PhoneGone, StillWaiting, Trouble } from '../../src/web/offline/phone.ts'
import { NewerApp, upgrades, type PhoneSchema } from '../../src/web/offline/storage.ts'
import { createTransport } from '../../src/web/offline/transport.ts'
import { FakeServer } from './_fake-server.ts'
import {
  Browser,
  Program,
  copyOf,
  person,
  picture,
  pin,
  register,
  registered,
  reopened,
  visit,
  whileFull,
} from './_simulated.ts'

const noAnswer = () => {
  throw new Trouble('noAnswer')
}

describe('nothing is lost', () => {
  let server: FakeServer
  let browser: Browser
  const home = copyOf('นางมาลี ใจดี')
  beforeEach(() => {
    server = new FakeServer()
    browser = new Browser()
    server.put(home)
  })

  it('when the browser does not promise to keep the storage: it is told', async () => {
    const phone = await registered(browser, server.transport, { persist: async () => false })
    expect(phone.status().isPersisted).toBe(false)
    const kept = await registered(new Browser(), server.transport, { persist: async () => true })
    expect(kept.status().isPersisted).toBe(true)
  })

  it('without a word when the browser drops the database: person and server hear how much', async () => {
    const phone = await registered(browser, server.transport)
    server.instead['sync.push'] = noAnswer
    await phone.save({ items: [visit(home), visit(home)], photos: [] })
    await phone.sync('saved')
    server.instead = {}
    browser.evict()
    const after = await browser.start(server.transport)
    expect(after.status()).toMatchObject({ state: 'lost', lost: 2 })
    await after.sync('start')
    expect([...server.devices.values()]).toMatchObject([{ state: 'wiped', lost: 2 }])
    await register(after)
    expect(after.status()).toMatchObject({ state: 'open', waiting: { items: 0 } })
    expect(server.devices.size).toBe(2)
  })

  it('into an empty database, when it is dropped under an open page', async () => {
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    await new Promise((resolve, reject) => {
      const request = browser.indexedDB.deleteDatabase(`kaejon-phone-${person.id}`)
      request.addEventListener('success', resolve)
      request.addEventListener('error', reject)
    })
    await expect(phone.save({ items: [visit(home)], photos: [] })).rejects.toThrow(PhoneGone)
    expect(phone.status().state).toBe('lost')
    await expect(phone.writeDraft('visit/1', 'ครึ่ง')).rejects.toThrow('locked')
  })

  it('when the database is brought to a newer version, with an older page still open', async () => {
    const old = await registered(browser, server.transport)
    server.instead['sync.push'] = noAnswer
    const item = visit(home)
    await old.save({ items: [item], photos: [] })
    await old.writeDraft('visit/1', { words: 'ครึ่งประโยค' })
    const storage = browser.storage(new Program(), {
      upgrades: [...upgrades, (database) => void database.createObjectStore('later' as keyof PhoneSchema & 'about')],
    })
    const renewed = await reopened(browser, server.transport, { storage })
    expect((await renewed.outbox())[0]!.item).toEqual(item)
    expect(await renewed.draft('visit/1')).toEqual({ words: 'ครึ่งประโยค' })
    // The old page may not write any more, and says why.
    await expect(old.save({ items: [visit(home)], photos: [] })).rejects.toThrow(NewerApp)
    await old.sync('button')
    expect(old.status().trouble).toBe('reload')
    server.instead = {}
    await renewed.sync('button')
    expect([...server.recorded.keys()]).toEqual([(item as { entry: { id: string } }).entry.id])
  })

  it('when the household left the phone’s areas while a visit waits: its copy stays until that is sent', async () => {
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    const item = visit(home)
    await phone.save({ items: [item], photos: [] })
    server.instead['sync.push'] = () => ({ outcomes: [{ itemId: 'another', outcome: 'unreadable' }], serverTime: '' })
    server.households.delete(home.id)
    await phone.sync('button')
    // Sending failed, so fetching did not begin; a service worker, or another tab, fetches without sending.
    expect(await phone.household(home.id)).toMatchObject({ waiting: [{ state: 'waiting' }] })
    server.instead['sync.push'] = () => {
      throw new Trouble('tooLarge', 413.1)
    }
    await phone.sync('button')
    expect(await phone.household(home.id)).toMatchObject({ keptBecause: 'waiting', waiting: [{ problem: 'tooLarge' }] })
    server.instead = {}
    await phone.sync('button')
    expect(server.recorded.size).toBe(1)
    expect(await phone.household(home.id)).toBeNull()
  })

  it('when the phone’s areas shrink while a visit waits', async () => {
    const far = copyOf('นายไกล จริง', '31040301')
    server.put(far)
    const phone = await browser.start(server.transport)
    await register(phone, person, ['310401', '310403'])
    await phone.sync('start')
    expect(await phone.households()).toHaveLength(2)
    server.instead['sync.push'] = noAnswer
    await phone.save({ items: [visit(far)], photos: [] })
    await phone.changeAreas(['310401'])
    await phone.sync('button')
    expect(phone.status()).toMatchObject({ trouble: 'offline', waiting: { items: 1 } })
    server.instead = {}
    await phone.sync('button')
    expect(server.recorded.size).toBe(1)
    expect((await phone.households()).map(({ id }) => id)).toEqual([home.id])
  })

  it('when the household leaves while a form for it is half typed: its copy stays until that is sent or thrown away', async () => {
    const [moved, merged, other] = ['ก', 'ข', 'ค'].map((name) => copyOf(name))
    for (const household of [moved!, merged!, other!]) server.put(household)
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    const forms = [`visit/${moved!.id}`, `correct/${merged!.id}/${phone.newId()}`, `help/${home.id}`]
    for (const name of forms) await phone.writeDraft(name, { words: 'ครึ่ง' })
    server.households.clear()
    await phone.sync('button')
    const kept = new Map((await phone.households()).map(({ id, keptBecause }) => [id, keptBecause]))
    expect(kept).toEqual(new Map([moved!, merged!, home].map(({ id }) => [id, 'waiting'])))
    for (const name of forms) expect(await phone.draft(name)).toEqual({ words: 'ครึ่ง' })
    await phone.save({ items: [visit(moved!)], photos: [], dropDraft: forms[0]! })
    for (const name of forms.slice(1)) await phone.dropDraft(name)
    await phone.sync('button')
    expect(server.recorded.size).toBe(1)
    expect(await phone.households()).toEqual([])
  })

  it('when one item among many is refused with an error: the others go, it stays and says why', async () => {
    const phone = await registered(browser, server.transport)
    const items = Array.from({ length: 9 }, (_, at) => visit(home, `ครั้งที่ ${at}`))
    await phone.save({ items, photos: [] })
    const badId = (await phone.outbox())[4]!.itemId
    server.instead['sync.push'] = async (input) => {
      if (input.items.some(({ itemId }) => itemId === badId)) throw new Trouble('malformedInput', 400.1)
      return server.answer('sync.push', input)
    }
    await phone.sync('button')
    expect(server.recorded.size).toBe(8)
    expect(phone.status()).toMatchObject({ trouble: 'server', waiting: { items: 1 } })
    const stuck = (await phone.outbox()).filter(({ state }) => state === 'waiting')
    expect(stuck).toMatchObject([{ itemId: badId, problem: 'malformedInput' }])
    server.instead = {}
    await phone.sync('button')
    expect(server.recorded.size).toBe(9)
    expect(phone.status()).toMatchObject({ trouble: null, waiting: { items: 0 } })
  })

  it('when rules stand against one: it can be mended, and takes the place of what was sent', async () => {
    const phone = await registered(browser, server.transport)
    const id = phone.newId()
    server.rule = (item) => (item.kind === 'entry' && item.entry.happenedOn > '2026-03-01' ? 'futureDay' : null)
    await phone.save({ items: [visit(home, 'วันผิด', '2026-03-02', id), visit(home, 'ดี', '2026-02-01')], photos: [] })
    await phone.sync('button')
    expect(server.recorded.size).toBe(1)
    expect((await phone.outbox()).find(({ itemId }) => itemId === id)).toMatchObject({
      state: 'unfiled',
      problem: 'futureDay',
      item: { entry: { happenedOn: '2026-03-02' } },
    })
    expect(phone.status()).toMatchObject({ unfiled: 1, waiting: { items: 0 } })
    await phone.mend(id, visit(home, 'วันถูก', '2026-03-01', id))
    expect(phone.status()).toMatchObject({ unfiled: 0, waiting: { items: 1 } })
    await phone.sync('saved')
    expect(server.recorded.get(id)).toMatchObject({ entry: { happenedOn: '2026-03-01' } })
    expect(phone.status()).toMatchObject({ unfiled: 0, waiting: { items: 0 } })
  })

  it('when an item is changed while it is on its way: the answer for the old one settles nothing', async () => {
    const phone = await registered(browser, server.transport)
    const id = phone.newId()
    await phone.save({ items: [visit(home, 'เก่า', '2026-03-02', id)], photos: [] })
    let isFirst = true
    server.instead['sync.push'] = async (input) => {
      if (isFirst) await phone.mend(id, visit(home, 'ใหม่', '2026-03-02', id))
      isFirst = false
      return server.answer('sync.push', input)
    }
    await phone.sync('button')
    // The server has the old words; the new ones are not silently gone, a person decides.
    expect((await phone.outbox())[0]).toMatchObject({
      state: 'waiting',
      item: { entry: { content: { words: 'ใหม่' } } },
    })
    await phone.sync('button')
    expect((await phone.outbox())[0]).toMatchObject({ state: 'unfiled', problem: 'sameIdOtherContent' })
  })

  it('when a newer server answers what this app does not know: everything waits on, also carried and revoked', async () => {
    const phone = await registered(browser, server.transport)
    await phone.save({ items: [visit(home)], photos: [] })
    const second = new Browser()
    const carrier = await second.start(server.transport)
    await register(carrier, { id: '01890000-0000-7000-8000-000000000002', name: 'นิภา ดูแล' })
    await carrier.collect(await phone.exportWaiting())
    const later = ({ items }: { items: { itemId: string }[] }) => ({
      outcomes: items.map(({ itemId }) => ({ itemId, outcome: 'sentToCommittee' as 'unreadable' })),
      serverTime: server.now().toISOString(),
    })
    server.instead = { 'sync.push': later, 'sync.rescue': later }
    for (const each of [phone, carrier]) await each.sync('button')
    expect(phone.status()).toMatchObject({ waiting: { items: 1 } })
    expect((await phone.outbox())[0]).toMatchObject({ state: 'waiting', problem: 'notUnderstood', item: {} })
    expect(carrier.status()).toMatchObject({ carried: { items: 1 } })
    server.devices.get(phone.status().deviceId!)!.state = 'revoked'
    server.instead = { 'sync.rescue': later }
    await phone.sync('button')
    expect(phone.status()).toMatchObject({ state: 'open', waiting: { items: 1 } })
    server.instead = {}
    await carrier.sync('button')
    await phone.sync('button')
    expect(server.recorded.size).toBe(1)
    expect(carrier.status()).toMatchObject({ carried: { items: 0 } })
    expect(phone.status()).toMatchObject({ state: 'revoked', lost: 0 })
  })

  it('when the answer is lost: the same items are sent again, and stand once', async () => {
    const phone = await registered(browser, server.transport)
    await phone.save({ items: [visit(home), visit(home)], photos: [] })
    server.instead['sync.push'] = async (input) => {
      await server.answer('sync.push', input)
      return noAnswer()
    }
    await phone.sync('saved')
    expect(phone.status()).toMatchObject({ trouble: 'offline', waiting: { items: 2 } })
    server.instead = {}
    await phone.sync('online')
    expect(server.recorded.size).toBe(2)
    expect(server.households.get(home.id)!.entryCount).toBe(2)
    expect(phone.status()).toMatchObject({ trouble: null, waiting: { items: 0 } })
  })

  it('when the device is full: all or nothing is saved, and the form is not dropped', async () => {
    const phone = await registered(browser, server.transport)
    await phone.writeDraft('visit/1', 'สิ่งที่พิมพ์')
    const items = [visit(home)]
    const photos = [{ id: phone.newId(), household: home, jpeg: picture(1000) }]
    for (const store of ['outbox', 'photo', 'photoBytes'])
      await whileFull([store], () =>
        expect(phone.save({ items, photos, dropDraft: 'visit/1' })).rejects.toThrow(PhoneFull),
      )
    expect(phone.status()).toMatchObject({ trouble: 'full', waiting: { items: 0, photos: 0 } })
    expect(await phone.draft('visit/1')).toBe('สิ่งที่พิมพ์')
    await whileFull(['draft'], () => expect(phone.writeDraft('visit/2', 'x')).rejects.toThrow(PhoneFull))
    // Copies of households must not stand in the way of what is to be sent.
    await phone.save({ items, photos, dropDraft: 'visit/1' })
    await whileFull(['household'], () => phone.sync('saved'))
    expect(phone.status()).toMatchObject({ trouble: 'full', toFetch: 1, waiting: { items: 0, photos: 0 } })
    await phone.sync('button')
    expect(phone.status()).toMatchObject({ trouble: null, toFetch: 0, held: 1 })
    expect(await phone.drafts()).toEqual([])
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

  it('when the program ends in the middle of a form, or is replaced by a newer one', async () => {
    const phone = await registered(browser, server.transport)
    for (const words of ['น', 'นา', 'นาย']) await phone.writeDraft('visit/1', { words })
    const again = await reopened(browser, server.transport)
    expect(await again.draft('visit/1')).toEqual({ words: 'นาย' })
    const two = [again.writeDraft('visit/1', 'เก่ากว่า'), again.writeDraft('visit/1', 'ใหม่กว่า')]
    await Promise.all(two)
    expect(await again.draft('visit/1')).toBe('ใหม่กว่า')
    await again.dropDraft('visit/1')
    expect(await again.drafts()).toEqual([])
  })

  it('when the program is killed before any of its writes', async () => {
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    let isOver = false
    for (let writes = 0; !isOver; writes += 1) {
      const program = new Program()
      const tab = await reopened(browser, server.transport, {}, program)
      const before = { items: (await tab.outbox()).length, draft: await tab.draft('visit/1') }
      await tab.writeDraft('visit/1', `พิมพ์ ${writes}`)
      program.writesLeft = writes
      const item = visit(home)
      const photo = { id: phone.newId(), household: home, jpeg: picture(300_000) }
      const saved = await tab.save({ items: [item], photos: [photo], dropDraft: 'visit/1' }).then(
        () => true,
        () => false,
      )
      server.put(home)
      if (!program.isDead) await tab.sync('saved').catch(() => {})
      isOver = !program.isDead
      program.kill()
      const after = await reopened(browser, server.transport)
      const views = await after.outbox()
      const isThere = views.length > before.items
      // Killed after the commit and before the page heard of it, it is there; never the reverse.
      if (saved) expect(isThere).toBe(true)
      expect((await after.draft('visit/1')) === null).toBe(isThere)
      await after.sync('start')
      expect(after.status()).toMatchObject({ trouble: null, waiting: { items: 0, photos: 0 }, toFetch: 0, held: 1 })
      expect(server.recorded.size).toBe(views.length)
      expect(server.photos.size).toBe(views.length)
      await after.dropDraft('visit/1')
    }
    expect(server.recorded.size).toBeGreaterThan(10)
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

  it('when the server is not heard for too long: copies go, what waits or is half typed stays with its household', async () => {
    const [idle, typing] = [copyOf('ว่าง'), copyOf('กำลังพิมพ์')]
    server.put(idle)
    server.put(typing)
    let device = Date.parse('2026-03-02T02:00:00Z')
    server.now = () => new Date(device)
    const now = () => new Date(device)
    const phone = await registered(browser, server.transport, { now })
    await phone.sync('start')
    expect(phone.status().expiresOn).toBe('2026-03-16')
    await phone.save({ items: [visit(home)], photos: [] })
    await phone.writeDraft(`visit/${typing.id}`, 'ค้าง')
    device += 15 * 86_400_000
    const late = await reopened(browser, server.transport, { now })
    expect(late.status()).toMatchObject({ waiting: { items: 1 } })
    expect((await late.households()).map(({ id }) => id).sort()).toEqual([home.id, typing.id].sort())
    expect(await late.draft(`visit/${typing.id}`)).toBe('ค้าง')
    await late.sync('start')
    expect(late.status()).toMatchObject({ held: 3, waiting: { items: 0 } })
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
