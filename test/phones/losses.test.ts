/** Every way in which phones of other systems lost work, tried on this one: the browser, the household, the server. */
import { beforeEach, describe, expect, it } from 'vitest'
import { PhoneFull, PhoneGone, Trouble } from '../../src/web/offline/phone.ts'
import { NewerApp, upgrades, type PhoneSchema } from '../../src/web/offline/storage.ts'
import { FakeServer } from './_fake-server.ts'
import {
  Browser,
  Program,
  copyOf,
  person,
  picture,
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
})
