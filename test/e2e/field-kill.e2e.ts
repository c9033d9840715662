/** An empty battery in the middle of a word, an app that is open twice: nothing typed is lost, nothing is sent twice. */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  choose,
  common,
  field,
  type FieldPhone,
  form,
  newProfile,
  openVillage,
  password,
  prepare,
  press,
  startPhone,
  title,
  unlock,
  type Village,
} from './_field.ts'

let village: Village
let phone: FieldPhone
const profile = newProfile()
const kills = 8
/** The last moment may be lost: a pause of a quarter of a second, and what a busy machine takes to seal and write. */
const lastMomentMs = 3_000

beforeAll(async () => {
  village = await openVillage()
  phone = await startPhone(profile)
  await prepare(phone.page, village.server.address)
  await phone.page.locator('.household-row').filter({ hasText: 'บุญมา' }).click()
  await press(phone.page, field.household.visit)
  await title(phone.page, form.steps.met)
  await phone.page.getByRole('checkbox', { name: /บุญมา/ }).check({ force: true })
  await press(phone.page, common.next)
  await title(phone.page, form.steps.changed)
})
afterAll(async () => {
  await phone?.close()
  await village?.server.remove()
  rmSync(profile, { recursive: true, force: true })
})

/** Types on until the browser is gone; answers what must have been kept. */
async function typeUntilKilled(text: string, afterMs: number): Promise<string> {
  const box = phone.page.getByRole('textbox')
  await box.focus()
  await phone.page.keyboard.press('Control+End')
  const began = Date.now()
  const typed: { at: number; letter: string }[] = []
  const typing = (async () => {
    for (const letter of text) {
      await phone.page.keyboard.insertText(letter)
      typed.push({ at: Date.now(), letter })
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  })().catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, afterMs))
  const killedAt = Date.now()
  await phone.kill()
  await typing
  expect(killedAt - began).toBeGreaterThan(0)
  return typed.flatMap(({ at, letter }) => (at < killedAt - lastMomentMs ? [letter] : [])).join('')
}

describe('a browser killed while somebody types', () => {
  it(`goes on at the same screen with what was typed, ${kills} times`, { timeout: 300_000 }, async () => {
    let kept = ''
    for (let round = 0; round < kills; round++) {
      // More than can be typed in that time; what all rounds can type is less than the box takes.
      const words = ` ครั้งที่ ${round + 1} บ้านมีน้ำท่วมขัง เด็กไม่ได้ไปโรงเรียน ต้องการเรือและข้าวสาร ยายป่วยไม่มีคนดูแล`
      const text = words.repeat(3)
      const afterMs = lastMomentMs + 300 + Math.random() * 1_500
      const sure = await typeUntilKilled(text, afterMs)
      phone = await startPhone(profile)
      await phone.page.goto(`${village.server.address}/field`)
      await unlock(phone.page)
      await title(phone.page, form.steps.changed)
      const found = await phone.page.getByRole('textbox').inputValue()
      expect(found.startsWith(kept + sure), `killed after ${afterMs} ms: ${found} / ${kept + sure}`).toBe(true)
      expect((kept + text).startsWith(found)).toBe(true)
      kept = found
    }
  })

  it('keeps the photograph that was taken before it was killed, and saves all of it', async () => {
    const { page } = phone
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    for (const step of ['problems', 'fourT', 'help', 'result', 'photos'] as const) {
      await press(page, common.next)
      await title(page, form.steps[step])
    }
    await page.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: png })
    await page.locator('.photos img').waitFor()
    await page.getByText(/เก็บสิ่งที่กรอกแล้ว/).waitFor()
    await phone.kill()
    phone = await startPhone(profile)
    await phone.page.goto(`${village.server.address}/field`)
    await unlock(phone.page)
    await title(phone.page, form.steps.photos)
    await phone.page.locator('.photos img').waitFor()
  })
})

describe('an app that is open twice', () => {
  it('sends what waits once, with both tabs, the browser’s own sync and the line coming back at one moment', async () => {
    const { page, context } = phone
    // A browser that was killed may have forgotten whose session it was, before it wrote its cookies down.
    await page.evaluate(
      async (body) => {
        const headers = { 'content-type': 'application/json' }
        await fetch('/api/session/sign-in', { method: 'POST', headers, body })
      },
      JSON.stringify({ username: 'lung', password }),
    )
    // It may have forgotten its worker too: the second tab opens without a server.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    await village.server.stop()
    await press(page, form.toSummary)
    await press(page, form.save)
    await title(page, form.saved)
    const second = await context.newPage()
    await second.goto(`${village.server.address}/field`)
    await unlock(second)
    await title(second, field.today.title)
    await village.server.start()
    const sync = await backgroundSync(page)
    await Promise.all([
      page.evaluate(() => window.dispatchEvent(new Event('online'))),
      second.evaluate(() => window.dispatchEvent(new Event('online'))),
      sync(),
    ])
    for (const tab of [page, second]) await tab.getByText(/ส่งครบแล้ว/).waitFor({ timeout: 40_000 })
    const household = village.households.get('บุญมา')!
    const found = await village.officer.ask<{ entries: { kind: string }[] }>(
      'GET',
      `/api/households/31/${household}/case`,
    )
    expect(found.entries.filter(({ kind }) => kind === 'visit')).toHaveLength(1)
    await second.close()
  })

  it('is sent by the worker alone, with the app locked', async () => {
    const { page } = phone
    await village.server.stop()
    await press(page, form.backHome)
    await page.locator('.household-row').filter({ hasText: 'คำปัน' }).click()
    await press(page, field.household.visit)
    await choose(page, form.met.nobody)
    await press(page, common.next)
    await press(page, form.toSummary)
    await press(page, form.save)
    await title(page, form.saved)
    const sync = await backgroundSync(page)
    await page.goto('about:blank')
    await village.server.start()
    await sync()
    const household = village.households.get('คำปัน')!
    const count = async () => {
      const found = await village.officer.ask<{ entries: object[] }>('GET', `/api/households/31/${household}/case`)
      return found.entries.length
    }
    await expect.poll(count, { timeout: 40_000 }).toBe(1)
  })
})

/** The browser's background sync as the protocol of its tools can begin it. */
async function backgroundSync(page: Page): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  const registration = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [found] = registrations.filter(({ isDeleted }) => !isDeleted)
      if (found) resolve(found.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const registrationId = await registration
  const origin = new URL(page.url()).origin
  return async () => {
    await session.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag: 'outbox', lastChance: false })
  }
}
