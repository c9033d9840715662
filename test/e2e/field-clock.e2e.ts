/** A phone whose clock is years behind: its person is asked for the real day, and the server's moment is what counts. */
import { describe, expect, it } from 'vitest'
import { choose, common, field, form, press, title, unlock } from './_field.ts'
import { openVillageWithPhone, phone, village } from './_field-village.ts'
import { looksWell } from './_field-looks.ts'

openVillageWithPhone('clock')

const realDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok' }).format(new Date())

describe('a phone whose clock is years behind', () => {
  it('says so, and what is on it stays', async () => {
    const { page } = phone
    await village.server.stop()
    await page.clock.setSystemTime(new Date('2019-05-04T02:00:00Z'))
    await page.reload()
    await unlock(page)
    await title(page, field.today.title)
    await page.getByText(field.notices.clock).waitFor()
    expect(await page.locator('.household-row').count()).toBeGreaterThan(3)
    await looksWell(page, 'clock wrong')
  })

  it('asks for the real day of a visit, and does not save without it', async () => {
    const { page } = phone
    await page.locator('.household-row').filter({ hasText: 'บุญมา' }).click()
    await press(page, field.household.visit)
    await title(page, form.steps.met)
    await page.getByText(form.day.askClock).waitFor()
    expect(await page.getByRole('button', { name: form.day.today }).count()).toBe(0)
    await choose(page, /บุญมา/)
    await press(page, common.next)
    await page.getByLabel(form.changed.seen).fill('หลังคารั่ว')
    await press(page, form.toSummary)
    await press(page, form.save)
    await page.getByText(form.day.notChosen).waitFor()
    await looksWell(page, 'real day asked')
  })

  it('sends the visit with the day that its person said, recorded at the moment of the server', async () => {
    const { page } = phone
    await press(page, new RegExp(form.steps.met))
    await title(page, form.steps.met)
    await page.getByText(form.day.askClock).waitFor()
    const [year, month, day] = realDay.split('-') as [string, string, string]
    await page.getByRole('combobox', { name: form.day.year }).selectOption(year)
    await page.getByRole('combobox', { name: form.day.month }).selectOption(month)
    await page.getByRole('combobox', { name: form.day.day }).selectOption(day)
    await press(page, form.toSummary)
    await press(page, form.save)
    await title(page, form.saved)
    await village.server.start()
    await press(page, form.backHome)
    await press(page, field.nav.outbox)
    await press(page, field.outbox.send)
    await page.getByText(/ส่งครบแล้ว/).waitFor({ timeout: 40_000 })
    const id = village.households.get('บุญมา')!
    const { entries } = await village.officer.ask<{
      entries: { kind: string; happenedOn: string; recordedAt: string }[]
    }>('GET', `/api/households/31/${id}/case`)
    const visits = entries.filter(({ kind }) => kind === 'visit')
    expect(visits.map(({ happenedOn }) => happenedOn)).toEqual([realDay])
    expect(Math.abs(Date.parse(visits[0]!.recordedAt) - Date.now())).toBeLessThan(10 * 60_000)
  })

  it('is asked no more once its clock is right', async () => {
    const { page } = phone
    await page.clock.setSystemTime(new Date())
    // Years passed for the app meanwhile: it may have locked itself by now.
    await page.reload()
    await unlock(page)
    await press(page, field.nav.today)
    await title(page, field.today.title)
    await page.getByText(/ส่งครบแล้ว/).waitFor()
    await page.getByText(field.notices.clock).waitFor({ state: 'detached' })
  })
})
