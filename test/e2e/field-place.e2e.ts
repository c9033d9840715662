/** Where the phone is: households in the order of the way there, and the place of a house with how sure it is. */
import type { CDPSession } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { choose, common, field, form, press, title } from './_field.ts'
import { openVillageWithPhone, phone, village } from './_field-village.ts'
import { looksWell } from './_field-looks.ts'

let tools: CDPSession

openVillageWithPhone('place')
beforeAll(async () => {
  tools = await phone.context.newCDPSession(phone.page)
})

async function permit(setting: 'granted' | 'denied'): Promise<void> {
  await tools.send('Browser.setPermission', {
    permission: { name: 'geolocation' },
    setting,
    origin: village.server.address,
  })
}

/** Households of the test stand in a row to the north, 111 m from one to the next. */
async function stand(latitude: number, accuracy: number): Promise<void> {
  await tools.send('Emulation.setGeolocationOverride', { latitude, longitude: 102.79, accuracy })
}

const names = () => phone.page.locator('.household-row strong').allInnerTexts()

describe('a phone that may not say where it is', () => {
  it('says so, keeps the order by day, and the visit goes on without a place', async () => {
    const { page } = phone
    await permit('denied')
    const before = await names()
    await press(page, field.today.nearest)
    await page.getByText(field.today.noPlace).waitFor()
    expect(await names()).toEqual(before)
    await looksWell(page, 'place denied')
    await page.locator('.household-row').filter({ hasText: 'คำปัน' }).click()
    await press(page, field.household.visit)
    await toPlace('คำปัน')
    await press(page, form.place.take)
    await page.getByText(form.place.refused).waitFor()
    await looksWell(page, 'place refused')
    await press(page, form.leave)
    await press(page, field.nav.today)
  })
})

async function toPlace(firstName: string): Promise<void> {
  const { page } = phone
  await title(page, form.steps.met)
  await choose(page, new RegExp(firstName))
  await press(page, common.next)
  for (const step of ['changed', 'problems', 'fourT', 'help', 'result', 'photos'] as const) {
    const now = await page.getByRole('heading', { level: 1 }).innerText()
    if (now !== form.steps[step]) continue
    await press(page, common.next)
    await page.waitForFunction((before) => document.querySelector('h1')?.textContent !== before, now)
  }
  await title(page, form.steps.place)
}

describe('a phone that may', () => {
  it('puts the nearest household first, with how far it is', async () => {
    const { page } = phone
    await permit('granted')
    await stand(14.6352, 12)
    await title(page, field.today.title)
    await press(page, field.today.nearest)
    await page.getByText(field.today.metres('20')).waitFor()
    expect(await names()).toEqual(
      ['วิเชียร พรมมา', 'ประนอม สุขสันต์', 'ทองคำ ใจบุญ', 'สายใจ แก้วมณี', 'คำปัน ศรีสุข', 'บุญมา ทองดี'].map(
        (name) => `นาย${name}`,
      ),
    )
    await looksWell(page, 'nearest first')
  })

  it('keeps the place of a house with its accuracy, says when that is rough, and nothing from abroad', async () => {
    const { page } = phone
    await page.locator('.household-row').filter({ hasText: 'ประนอม' }).click()
    await press(page, field.household.visit)
    await toPlace('ประนอม')
    await stand(48.85, 10)
    await press(page, form.place.take)
    await page.getByText(form.place.outside).waitFor()
    await stand(14.634, 180)
    await press(page, form.place.take)
    await page.getByText(form.place.taken('180')).waitFor()
    await page.getByText(form.place.rough).waitFor()
    await looksWell(page, 'place rough')
    await stand(14.6341, 8)
    await press(page, form.place.again)
    await page.getByText(form.place.taken('8')).waitFor()
    expect(await page.getByText(form.place.rough).count()).toBe(0)
    await press(page, form.toSummary)
    await press(page, form.save)
    await title(page, form.saved)
    await page.getByText(/ส่งครบแล้ว/).waitFor({ timeout: 40_000 })
    const id = village.households.get('ประนอม')!
    const { entries } = await village.officer.ask<{ entries: { said: { content: object } }[] }>(
      'GET',
      `/api/households/31/${id}/case`,
    )
    expect(entries[0]!.said.content).toMatchObject({
      place: { latitude: 14.6341, longitude: 102.79, accuracyMetres: 8 },
    })
  })

  it('told the place to nobody else: it stands in no address and nothing that lies in the clear', async () => {
    const { page } = phone
    expect(page.url()).toBe(`${village.server.address}/field`)
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(
      /14\.63|102\.79/,
    )
  })
})
