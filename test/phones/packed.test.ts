import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { packedProtocol } from '../../src/web/offline/messages.ts'
import { pack, unpack } from '../../src/web/offline/pack.ts'
import type { Phone } from '../../src/web/offline/phone.ts'
import { FakeServer } from './_fake-server.ts'
import { Browser, copyOf, person, register, registered, reopened, visit } from './_simulated.ts'

const home = copyOf('นางมาลี ใจดี')
const words = 'บ้านริมคลองมีผู้ป่วยติดเตียง ลูกหลานไปทำงานที่กรุงเทพฯ เดือนละครั้งจึงได้กลับมา '.repeat(3)
let server: FakeServer
let browser: Browser
beforeEach(() => {
  server = new FakeServer()
  server.put(home)
  browser = new Browser()
})
afterEach(() => vi.unstubAllGlobals())

const save = (phone: Phone, item = visit(home, words)) => phone.save({ items: [item], photos: [] }).then(() => item)
const states = async (phone: Phone) => (await phone.outbox()).map(({ state }) => state).toReversed()
const cipherBytes = async () => {
  const rows = await (await browser.storage().open(person.id)).getAll('outbox')
  return rows.flatMap(({ sealed }) => sealed?.cipher.length ?? [])
}

describe('an item is compressed before it is sealed', () => {
  it('once the server said that it opens such, also by a program that was started again', async () => {
    const phone = await registered(browser, server.transport)
    const items = [await save(phone)]
    await phone.sync('start')
    expect(server.came).toEqual({ packed: 0, plain: 1 })
    items.push(await save(phone))
    const again = await reopened(browser, server.transport)
    items.push(await save(again))
    const [packed] = (await cipherBytes()).slice(-1)
    expect(packed!).toBeLessThan(new TextEncoder().encode(JSON.stringify(items[2])).length / 1.5)
    expect((await again.outbox())[0]!.item).toEqual(items[2])
    await again.sync('button')
    expect(server.came).toEqual({ packed: 2, plain: 1 })
    expect([...server.recorded.values()]).toEqual(items)
  })

  it('and never for a server that said nothing, nor by a browser that cannot', async () => {
    server.protocol = undefined
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    await save(phone)
    await phone.sync('button')
    server.protocol = packedProtocol
    await phone.sync('button')
    // Put back by `unstubAllGlobals`.
    vi.stubGlobal('CompressionStream', undefined)
    Reflect.deleteProperty(globalThis, 'CompressionStream')
    await save(phone)
    await phone.sync('button')
    expect(server.came).toEqual({ packed: 0, plain: 2 })
    expect(server.recorded.size).toBe(2)
  })

  it('where that makes it shorter', async () => {
    const json = new TextEncoder().encode('{"kind":"entry"}')
    expect(await pack(json)).toBe(json)
    expect(await unpack(json)).toBe(json)
    const long = new TextEncoder().encode(JSON.stringify({ words }))
    const packed = await pack(long)
    expect(packed.length).toBeLessThan(long.length / 2)
    expect(await unpack(packed)).toEqual(long)
  })

  it('and by whatever hand it comes, it is the same item', async () => {
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    const item = await save(phone)
    const file = await phone.exportWaiting()
    // Of a phone that heard nothing of it from its own server yet.
    const carrier = await new Browser().start(server.transport)
    await register(carrier, { id: '01890000-0000-7000-8000-000000000002', name: 'ผู้รวบรวม' })
    expect(await carrier.collect(file)).toEqual({ items: 1, photos: 0 })
    await carrier.sync('button')
    expect([...server.recorded.values()]).toEqual([item])
    // Its own phone, which was made anew, can read what comes back.
    const database = await browser.storage().open(person.id)
    await database.clear('outbox')
    expect(await phone.collect(file)).toEqual({ items: 1, photos: 0 })
    expect(await phone.outbox()).toMatchObject([{ kind: 'visit', item }])
  })

  it('so that fewer QR codes carry it', async () => {
    const letters = []
    for (const protocol of [undefined, packedProtocol]) {
      server.protocol = protocol
      const phone = await registered(new Browser(), server.transport)
      await phone.sync('start')
      for (let day = 1; day <= 5; day += 1) await save(phone)
      letters.push((await phone.exportCodes())!.join('').length)
    }
    expect(letters[1]!).toBeLessThan(letters[0]! * 0.6)
  })
})

describe('a compressed item before a server that was set back', () => {
  it('stays on the phone, which compresses no more, and is recorded by the next one that can open it', async () => {
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    server.protocol = undefined
    await save(phone)
    await phone.sync('saved')
    expect(await states(phone)).toEqual(['unfiled'])
    expect((await phone.outbox())[0]!.item).not.toBeNull()
    await save(phone)
    await phone.sync('button')
    expect(await states(phone)).toEqual(['unfiled', 'sent'])
    expect(server.came).toEqual({ packed: 2, plain: 1 })
    server.protocol = packedProtocol
    await phone.sync('start')
    expect(await states(phone)).toEqual(['sent', 'sent'])
    expect(server.recorded.size).toBe(2)
  })

  it('also where that calls it unreadable, until the phone is revoked: it is tried a last time', async () => {
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    const items = [await save(phone), await save(phone), await save(phone)]
    server.instead['sync.push'] = ({ items: sent }) => ({
      outcomes: sent.map(({ itemId }) => ({ itemId, outcome: 'unreadable' })),
      serverTime: new Date().toISOString(),
    })
    await phone.sync('saved')
    await phone.sync('button')
    expect(await states(phone)).toEqual(['unreadable', 'unreadable', 'unreadable'])
    expect(phone.status()).toMatchObject({ unreadable: 3, trouble: null })
    // One is asked for by its person and still in its place.
    server.instead['sync.push'] = async (input) => {
      const answer = await server.answer('sync.push', { ...input, items: input.items.slice(0, 1) })
      const rest = input.items.slice(1).map(({ itemId }) => ({ itemId, outcome: 'unreadable' as const }))
      return { ...answer, outcomes: [...answer.outcomes, ...rest] }
    }
    await phone.sync('button')
    expect(await states(phone)).toEqual(['sent', 'unreadable', 'unreadable'])
    server.instead['sync.rescue'] = async (input) => {
      const answer = await server.answer('sync.rescue', { ...input, items: input.items.slice(0, 1) })
      const rest = input.items.slice(1).map(({ itemId }) => ({ itemId, outcome: 'unreadable' as const }))
      return { ...answer, outcomes: [...answer.outcomes, ...rest] }
    }
    Object.assign([...server.devices.values()][0]!, { state: 'revoked' })
    server.instead['sync.push'] = (input) => server.answer('sync.push', input)
    await phone.sync('online')
    expect([...server.recorded.values()]).toEqual(items.slice(0, 2))
    expect(phone.status()).toMatchObject({ state: 'revoked', lost: 1 })
  })
})
