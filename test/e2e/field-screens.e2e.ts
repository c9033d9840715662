/** Every screen of the field app on a small phone: no accessibility finding, nothing wider than the phone, thumbs hit it. */
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fieldText } from '../../src/web/text/field.ts'
import { fieldFormText } from '../../src/web/text/fieldForm.ts'
import {
  common,
  field,
  type FieldPhone,
  form,
  newProfile,
  openVillage,
  prepare,
  press,
  record,
  startPhone,
  title,
  unlock,
  type Village,
} from './_field.ts'
import { looksWell } from './_field-looks.ts'
import { weigh } from './_weight.ts'

const { en: fieldEn } = fieldText
const { en: formEn } = fieldFormText
let village: Village
let phone: FieldPhone
const profile = newProfile()

beforeAll(async () => {
  village = await openVillage()
  const visit = { met: [], seen: 'น้ำท่วมใต้ถุน', words: null, place: null, photos: [], skipped: null }
  const agreed = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
  await record(village.officer, village.households.get('คำปัน')!, {
    kind: 'visit',
    content: { ...visit, nextOn: agreed },
  })
  phone = await startPhone(profile)
})
afterAll(async () => {
  await phone?.close()
  await village?.server.remove()
  rmSync(profile, { recursive: true, force: true })
})

const looks = (where: string) => looksWell(phone.page, where)

async function language(to: 'th' | 'en'): Promise<void> {
  const { page } = phone
  await page.evaluate((locale) => localStorage.setItem('kaejon.locale', locale), to)
  await page.reload()
}

describe('on a small phone', () => {
  it('getting ready', async () => {
    await prepare(phone.page, village.server.address, 'lung', looks)
    await phone.page.locator('.household-row').first().waitFor()
  })

  for (const [locale, texts, forms] of [
    ['th', field, form],
    ['en', fieldEn, formEn],
  ] as const)
    // Each screen is judged twice.
    it(`every screen, ${locale}`, { timeout: 300_000 }, async () => {
      const { page } = phone
      await language(locale)
      await title(page, texts.pin.unlockTitle)
      await looks(`${locale} unlock`)
      for (const digit of '271946') await press(page, digit)
      await title(page, texts.today.title)
      await page.locator('.household-row').first().waitFor()
      // Where a month ended since the visit was recorded, the next that was agreed is due.
      const { done, due } = texts.today.groups
      await page.getByText(done).or(page.getByText(due)).first().waitFor()
      await looks(`${locale} today`)
      await page.locator('.household-row').filter({ hasText: 'บุญมา' }).click()
      await title(page, /บุญมา/)
      await looks(`${locale} household`)
      await press(page, texts.household.visit)
      await title(page, forms.steps.met)
      await looks(`${locale} met`)
      await page.getByRole('checkbox', { name: /บุญมา/ }).check({ force: true })
      const next = locale === 'th' ? common.next : 'Next'
      const steps = ['changed', 'problems', 'fourT', 'help', 'result', 'photos', 'place', 'words', 'next'] as const
      for (const step of steps) {
        await press(page, next)
        await title(page, forms.steps[step])
        if (step === 'problems') {
          await press(page, forms.problems.add)
          await looks(`${locale} a problem`)
          await press(page, forms.problems.ready)
          await looks(`${locale} a problem that is not ready`)
          await press(page, locale === 'th' ? common.remove : 'Remove')
          await page.locator('summary').click()
          await page
            .getByRole('radio', { name: locale === 'th' ? 'ป่วยเรื้อรัง' : 'Chronically ill' })
            .first()
            .check({ force: true })
        }
        if (step === 'help') {
          await page.getByRole('radio', { name: forms.help.given }).check({ force: true })
          await press(page, forms.help.sign)
        }
        if (step === 'next') await page.getByRole('radio', { name: forms.day.other }).check({ force: true })
        await looks(`${locale} ${step}`)
        if (step === 'help') await page.getByRole('radio', { name: forms.help.none }).check({ force: true })
      }
      await press(page, next)
      await looks(`${locale} summary`)
      await press(page, forms.leave)
      await title(page, /บุญมา/)
      await press(page, texts.household.give)
      await looks(`${locale} help between visits`)
      await press(page, forms.leave)
      await press(page, texts.nav.today)
      await page.getByText(texts.today.draft, { exact: true }).waitFor()
      await looks(`${locale} today with unfinished forms`)
      while ((await page.locator('.unfinished-form').count()) > 0) {
        const before = await page.locator('.unfinished-form').count()
        await press(page, texts.today.throwAway)
        await expect.poll(() => page.locator('.unfinished-form').count()).toBe(before - 1)
      }
      await press(page, texts.nav.found)
      for (const name of [forms.found.where, forms.found.who, forms.found.members, forms.steps.place]) {
        await title(page, name)
        if (name === forms.found.members) await press(page, forms.found.addMember)
        await looks(
          `${locale} found ${name === forms.found.where ? 'where' : name === forms.found.who ? 'who' : 'more'}`,
        )
        if (name !== forms.steps.place) await press(page, next)
      }
      await press(page, forms.leave)
      await title(page, texts.today.title)
      await press(page, texts.nav.outbox)
      await title(page, texts.outbox.title)
      await looks(`${locale} outbox`)
      await press(page, texts.nav.settings)
      await title(page, texts.settings.title)
      await looks(`${locale} settings`)
      await press(page, texts.settings.contrast)
      await looks(`${locale} settings strong`)
      await press(page, texts.settings.contrast)
      await press(page, texts.settings.changeAreas)
      await title(page, texts.start.areasTitle)
      await page.locator('.area-row').first().waitFor()
      await looks(`${locale} change areas`)
      await page.goBack()
      await title(page, texts.settings.title)
      await press(page, texts.nav.today)
      await title(page, texts.today.title)
    })

  it('asks for a sign-in only to send, and shows what was saved, sent and corrected', async () => {
    const { page } = phone
    await language('th')
    await unlock(page)
    await title(page, field.today.title)
    await page.context().clearCookies()
    await page.locator('.household-row').filter({ hasText: 'สายใจ' }).click()
    await press(page, field.household.visit)
    await page.getByRole('checkbox', { name: /สายใจ/ }).check({ force: true })
    await press(page, common.next)
    await press(page, form.toSummary)
    await press(page, form.save)
    await title(page, form.saved)
    await looks('saved')
    await press(page, form.toHousehold)
    await page.getByText(field.household.waitingMark, { exact: true }).waitFor()
    await looks('household with a visit that waits')
    await press(page, field.household.correct)
    await title(page, /^แก้ไข/)
    await looks('correction')
    await press(page, form.leave)
    await press(page, field.nav.outbox)
    await page.getByText(field.notices.signIn).waitFor()
    await looks('outbox that needs a sign-in')
    await page.locator('.household-row').first().click()
    await looks('an item that waits')
    await page.goBack()
    await title(page, field.outbox.title)
    await press(page, common.signIn)
    await title(page, common.signIn)
    await looks('sign in to send')
  })
})

describe('the weight of the field app', () => {
  it('is less than 200 kB of JavaScript on the wire, the worker included', () => {
    const { kilobytes, files, detector } = weigh()
    console.log(
      `field app: ${kilobytes.toFixed(1)} kB gzip in ${files} files of JavaScript; reader of codes ${detector.toFixed(1)} kB`,
    )
    expect(files).toBeGreaterThan(2)
    expect(detector).toBeGreaterThan(0)
    expect(kilobytes).toBeLessThan(200)
  })
})
