/** What a browser and an office can take from a phone: room, its database, its PIN, the phone itself. Nothing goes unsaid. */
import type { CDPSession, Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { choose, common, enterPin, field, form, press, signIn, title } from './_field.ts'
import { openVillageWithPhone, phone, village } from './_field-village.ts'
import { fillsUp, room, typeUntilFull } from './_field-room.ts'
import { looksWell, looksWellInTheDark } from './_field-looks.ts'

let tools: CDPSession
const otherPin = '584093'

openVillageWithPhone('lost')
beforeAll(async () => {
  tools = await phone.context.newCDPSession(phone.page)
})

const origin = () => village.server.address

async function openVisit(page: Page, firstName: string): Promise<void> {
  await page.locator('.household-row').filter({ hasText: firstName }).first().click()
  await press(page, field.household.visit)
  await title(page, form.steps.met)
}

/** A visit at which nobody was met: the shortest. */
async function visitInVain(page: Page, firstName: string): Promise<void> {
  await openVisit(page, firstName)
  await choose(page, form.met.nobody)
  await press(page, common.next)
  await press(page, form.toSummary)
  await press(page, form.save)
  await title(page, form.saved)
  await press(page, form.backHome)
  await title(page, field.today.title)
}

async function entryKinds(firstName: string): Promise<string[]> {
  const id = village.households.get(firstName)!
  const found = await village.officer.ask<{ entries: { kind: string }[] }>('GET', `/api/households/31/${id}/case`)
  return found.entries.map(({ kind }) => kind).sort()
}

interface DeviceAnswer {
  id: string
  state: string
  waiting: { items: number }
  lost?: number
}

async function devices(): Promise<DeviceAnswer[]> {
  return (await village.officer.ask<{ devices: DeviceAnswer[] }>('GET', '/api/devices')).devices
}

/** Every row of every database of this browser, by `database/store`. */
function rowsKept(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const counts: Record<string, number> = {}
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name!)
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error!))
      })
      for (const store of database.objectStoreNames)
        counts[store] = await new Promise<number>((resolve) => {
          const request = database.transaction(store).objectStore(store).count()
          request.addEventListener('success', () => resolve(request.result + (counts[store] ?? 0)))
        })
      database.close()
    }
    return counts
  })
}

describe('a device without room', () => {
  it(
    'says so while somebody types, and what to do; what was typed is kept as soon as there is room',
    fillsUp,
    async () => {
      const { page } = phone
      await openVisit(page, 'บุญมา')
      await page.getByRole('checkbox', { name: /บุญมา/ }).check({ force: true })
      await press(page, common.next)
      await title(page, form.steps.changed)
      await page.getByRole('textbox').fill('น้ำท่วมถึงชานบ้าน')
      await page.getByText(/เก็บสิ่งที่กรอกแล้ว/).waitFor()
      // As the keys of a phone leave it: little is seen of the screen, and it is scrolled to where somebody types.
      await page.setViewportSize({ width: 360, height: 420 })
      // Filling scrolls to the box by itself.
      await page.getByRole('textbox').fill('น้ำท่วมถึงชานบ้านแล้ว')
      await page.getByText(/เก็บสิ่งที่กรอกแล้ว/).waitFor()
      const place = () =>
        page.getByRole('textbox').evaluate((box) => `${Math.round(box.getBoundingClientRect().top)} at ${scrollY}`)
      const before = await place()
      await room(1)
      await typeUntilFull(page)
      await page.getByText(field.notices.fullLead).waitFor()
      expect(await place()).toBe(before)
      // Read to its end, and gone as soon as there is room: nothing moves.
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
      const read = await place()
      await room(null)
      await page.getByText(/เก็บสิ่งที่กรอกแล้ว/).waitFor()
      await page.getByText(field.notices.fullLead).waitFor({ state: 'hidden' })
      expect(await place()).toBe(read)
      await page.setViewportSize({ width: 360, height: 740 })
      await room(1)
      await typeUntilFull(page)
      await page.getByText(field.notices.full, { exact: true }).waitFor()
      await page.getByText(field.notices.fullLead).waitFor()
      await looksWell(page, 'full while typing')
      await looksWellInTheDark(page, 'full while typing')
      const last = 'น้ำท่วมถึงชานบ้าน ย้ายไปนอนวัด'
      await page.getByRole('textbox').fill(last)
      // Left in the middle of it, by the phone's own key: nothing is on the disk, and nothing is lost.
      await page.goBack()
      await press(page, field.household.goOnVisit)
      await title(page, form.steps.changed)
      expect(await page.getByRole('textbox').inputValue()).toBe(last)
      await press(page, form.toSummary)
      await press(page, form.save)
      const notice = page.getByText(field.notices.full, { exact: true })
      await notice.waitFor()
      // It was pressed for, so it comes to be seen.
      const isSeen = () =>
        notice.evaluate((words) => {
          const { left, top, height } = words.getBoundingClientRect()
          return words.contains(document.elementFromPoint(left + 1, top + height / 2))
        })
      await expect.poll(isSeen).toBe(true)
      await title(page, form.steps.summary)
      await looksWell(page, 'full while saving')
      await room(null)
      // By itself: nobody need type on for it.
      await page.getByText(/เก็บสิ่งที่กรอกแล้ว/).waitFor()
      await press(page, form.save)
      await title(page, form.saved)
      await press(page, form.backHome)
      await title(page, field.today.title)
      await expect.poll(() => entryKinds('บุญมา'), { timeout: 40_000 }).toEqual(['assessment', 'visit'])
      expect(await page.getByText(field.notices.full, { exact: true }).count()).toBe(0)
    },
  )
})

describe('a PIN that nobody knows any more', () => {
  it('ends after ten tries; what waits still arrives, and signing in sets another', async () => {
    const { page } = phone
    await village.server.stop()
    await visitInVain(page, 'คำปัน')
    await page.getByText(/เก็บในเครื่องแล้ว รอส่ง 1/).waitFor()
    await press(page, field.nav.settings)
    await press(page, field.settings.lock)
    await title(page, field.pin.unlockTitle)
    for (let left = 9; left > 0; left--) {
      await enterPin(page, '837465')
      await page.getByText(field.pin.wrong(String(left))).waitFor()
    }
    await enterPin(page, '837465')
    await title(page, field.pin.blocked)
    await looksWell(page, 'blocked')
    await looksWellInTheDark(page, 'blocked')
    await village.server.start()
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await page.getByText(/ส่งครบแล้ว/).waitFor({ timeout: 40_000 })
    expect(await entryKinds('คำปัน')).toEqual(['visit'])

    await press(page, field.pin.forgotten)
    await title(page, field.pin.forgotten)
    await looksWell(page, 'forgotten')
    await signIn(page, 'lung')
    for (const name of [field.start.pinTitle, field.start.pinAgain]) {
      await title(page, name)
      await enterPin(page, otherPin)
    }
    await page.getByRole('navigation').waitFor()
    await press(page, field.nav.today)
    await title(page, field.today.title)
  })
})

describe('a database that the browser dropped', () => {
  it('is missed, also by an app that is open: how much waited is told here and at the office', async () => {
    const { page } = phone
    await village.server.stop()
    await visitInVain(page, 'สายใจ')
    await page.getByText(/เก็บในเครื่องแล้ว รอส่ง 1/).waitFor()
    await openVisit(page, 'วิเชียร')
    await page.getByLabel(form.met.others).fill('ครูประจำชั้นของหลาน')
    await page.getByText(/เก็บสิ่งที่กรอกแล้ว/).waitFor()
    // Nobody touches anything, and no message is under way.
    await page.waitForTimeout(2_000)
    await tools.send('Storage.clearDataForOrigin', { origin: origin(), storageTypes: 'indexeddb' })
    await page.getByText(field.start.lostTitle).waitFor()
    await page.getByText(field.notices.notSent('1'), { exact: false }).waitFor()
    await looksWell(page, 'lost')
    await looksWellInTheDark(page, 'lost')
    await village.server.start()
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    const [first] = await devices()
    await expect.poll(async () => (await devices())[0]).toMatchObject({ id: first!.id, state: 'wiped' })

    await signIn(page, 'lung')
    await title(page, field.start.areasTitle)
    await page
      .getByRole('checkbox', { name: /นางรอง/ })
      .first()
      .check({ force: true })
    await press(page, field.start.areasNext)
    for (const name of [field.start.pinTitle, field.start.pinAgain]) {
      await title(page, name)
      await enterPin(page)
    }
    await title(page, field.tour.cards.work)
    await press(page, field.tour.skip)
    await title(page, field.today.title)
    await expect.poll(() => page.locator('.household-row').count(), { timeout: 40_000 }).toBe(6)
    expect(await page.getByText(field.start.lostTitle).count()).toBe(0)
    // What stood in the open form was still in the app: it is on the new phone now.
    await page.locator('.unfinished-form').filter({ hasText: 'วิเชียร' }).waitFor()
    await press(page, field.today.goOn)
    await title(page, form.steps.met)
    expect(await page.getByLabel(form.met.others).inputValue()).toBe('ครูประจำชั้นของหลาน')
    await press(page, form.leave)
    await press(page, field.nav.today)
  })
})

describe('a phone that the office revoked', () => {
  it('sends what waits first, without a session too, and keeps nothing of any household', async () => {
    const { page } = phone
    await village.server.stop()
    await visitInVain(page, 'ทองคำ')
    await openVisit(page, 'ประนอม')
    await page.getByRole('checkbox', { name: /ประนอม/ }).check({ force: true })
    await page.getByText(/เก็บสิ่งที่กรอกแล้ว/).waitFor()
    await page.context().clearCookies()
    await village.server.start()
    const mine = (await devices()).find(({ state }) => state === 'active')!
    await village.officer.ask('POST', `/api/devices/${mine.id}/revoke`, { reason: 'ทำเครื่องหายที่ตลาด' })
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
    await title(page, field.notices.revoked)
    await looksWell(page, 'revoked')
    await looksWellInTheDark(page, 'revoked')
    expect(await entryKinds('ทองคำ')).toEqual(['visit'])
    await page.getByText(/ส่งไม่ทัน 2/).waitFor()
    // The note for the server that this phone is empty, and nothing else.
    const kept = Object.entries(await rowsKept(page)).filter(([, count]) => count > 0)
    expect(kept).toEqual([['about', 1]])
    const rest = await page.evaluate(async () => {
      const urls = await Promise.all(
        (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
      )
      return { urls: urls.flat(), clear: JSON.stringify({ ...localStorage, ...sessionStorage }), state: history.state }
    })
    expect(rest.urls.length).toBeGreaterThan(5)
    expect(rest.urls.filter((url) => url.includes('/api/'))).toEqual([])
    for (const [name, id] of village.households) expect(rest.clear).not.toMatch(new RegExp(`${name}|${id}`))
    expect(rest.clear).not.toContain(mine.id)
    expect(await devices()).toContainEqual(expect.objectContaining({ id: mine.id, state: 'wiped' }))

    await press(page, common.signIn)
    await title(page, common.signIn)
    await page.reload()
    await title(page, field.notices.revoked)
  })
})
