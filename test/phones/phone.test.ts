import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Phone } from '../../src/web/offline/phone.ts'
import { FakeServer } from './_fake-server.ts'
import { Browser, copyOf, crypto, pin, registered, visit } from './_simulated.ts'

describe('a phone in the field', () => {
  let server: FakeServer
  let browser: Browser
  beforeEach(() => {
    server = new FakeServer()
    browser = new Browser()
  })

  it('holds the households of its areas, saves a visit without a line, and sends it when there is one', async () => {
    const [here, elsewhere] = [copyOf('นางมาลี ใจดี'), copyOf('นายดำ ไกล', '31990101')]
    server.put(here)
    server.put(elsewhere)
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    expect((await phone.households()).map(({ headName }) => headName)).toEqual(['นางมาลี ใจดี'])
    expect(phone.status()).toMatchObject({ state: 'open', held: 1, toFetch: 0, trouble: null })

    server.isSignedIn = false
    const item = visit(here)
    await phone.save({ items: [item], photos: [] })
    await phone.sync('saved')
    expect(phone.status()).toMatchObject({ trouble: 'signIn', waiting: { items: 1 } })
    expect((await phone.outbox())[0]).toMatchObject({ state: 'waiting', headName: 'นางมาลี ใจดี', item })

    server.isSignedIn = true
    await phone.sync('online')
    expect([...server.recorded.values()]).toEqual([item])
    expect(phone.status()).toMatchObject({ trouble: null, waiting: { items: 0 } })
    expect((await phone.outbox())[0]).toMatchObject({ state: 'sent', headName: 'นางมาลี ใจดี', item: null })
    expect((await phone.household(here.id))!.entryCount).toBe(1)
  })

  it('never says that all was sent beside a visit that was just saved', async () => {
    const home = copyOf('นางมาลี ใจดี')
    server.put(home)
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    const said: number[] = []
    const onStored = () => said.push(phone.status().waiting.items)
    await phone.save({ items: [visit(home)], photos: [], onStored })
    await phone.save({ items: [visit(home)], photos: [], onStored })
    expect(said).toEqual([1, 2])
  })

  it('says nothing older than “saved” when its status was being read meanwhile', async () => {
    const home = copyOf('นางมาลี ใจดี')
    server.put(home)
    const phone = await registered(browser, server.transport)
    await phone.sync('start')
    await phone.households()
    const endReading = await beginReading(phone)
    const said: number[] = []
    phone.subscribe(() => said.push(phone.status().waiting.items))
    let saved = Promise.resolve()
    await new Promise<void>((onStored) => {
      saved = phone.save({ items: [visit(home)], photos: [], onStored })
    })
    await endReading()
    await saved
    expect(new Set(said)).toEqual(new Set([1]))
  })

  it('stays locked when its status was being read meanwhile', async () => {
    const phone = await registered(browser, server.transport)
    const endReading = await beginReading(phone)
    const said: string[] = []
    phone.subscribe(() => said.push(phone.status().state))
    phone.lock()
    await endReading()
    await phone.askToKeep()
    expect(new Set(said)).toEqual(new Set(['locked']))
  })

  it('opens again with the PIN after its program ended', async () => {
    const phone = await registered(browser, server.transport)
    const item = visit(copyOf('ก'))
    await phone.save({ items: [item], photos: [] })
    const again = await browser.start(server.transport)
    expect(again.status()).toMatchObject({ state: 'locked', person: { name: 'สมศรี ขยันยิ่ง' }, waiting: { items: 1 } })
    await expect(again.outbox()).rejects.toThrow('locked')
    expect(await again.unlock('000000')).toBe('wrong')
    expect(again.status().triesLeft).toBe(9)
    expect(await again.unlock(pin)).toBe('open')
    expect((await again.outbox())[0]!.item).toEqual(item)
  })
})

/** A reading of the status that has read, and is not done: what it read grows old. */
async function beginReading(phone: Phone): Promise<() => Promise<void>> {
  const { decrypt } = crypto.subtle
  let goOn = () => {}
  const isReading = new Promise<void>((reached) => {
    vi.spyOn(crypto.subtle, 'decrypt').mockImplementationOnce(async (...input) => {
      reached()
      await new Promise<void>((resolve) => (goOn = resolve))
      return decrypt.apply(crypto.subtle, input)
    })
  })
  const read = phone.askToKeep()
  await isReading
  return () => {
    goOn()
    return read
  }
}
