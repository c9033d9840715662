/** By keys alone, the ways around the work: getting ready, the outbox and mending, settings, carrying for others, locking. */
import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { sessionText } from '../../src/web/text/session.ts'
import { fieldText } from '../../src/web/text/field.ts'
import {
  choose,
  common,
  employ,
  field,
  type FieldPhone,
  form,
  newProfile,
  openVillage,
  password,
  pin,
  press,
  startPhone,
  title,
  type Village,
} from './_field.ts'
import { type Keys, keysOf } from './_field-keys.ts'
import { keepPicture } from './_field-looks.ts'

const { settings, outbox, start } = field
const session = sessionText.th
const profile = newProfile()
let village: Village
let phone: FieldPhone
let keys: Keys

beforeAll(async () => {
  village = await openVillage()
  await employ(village, 'hua', 'operations', '3104')
  phone = await startPhone(profile, ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])
  keys = keysOf(phone)
  await phone.page.goto(`${village.server.address}/field`)
})
afterAll(async () => {
  await phone?.close()
  await village?.server.remove()
  rmSync(profile, { recursive: true, force: true })
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await keepPicture(phone.page, 'keyboard ways failed')
})

/** The focus goes to the screen's title when what was pressed is gone. */
async function onHeading(): Promise<void> {
  await expect.poll(async () => (await keys.focused()).isHeading).toBe(true)
}

async function enter(words: string | RegExp): Promise<void> {
  await keys.tabTo(words)
  await keys.press('Enter')
}

async function saveVisit(firstName: string): Promise<void> {
  const { page } = phone
  await page.locator('.household-row').filter({ hasText: firstName }).first().click()
  await press(page, field.household.visit)
  await title(page, form.steps.met)
  await choose(page, form.met.nobody)
  await press(page, common.next)
  await press(page, form.toSummary)
  await press(page, form.save)
  await title(page, form.saved)
  await press(page, form.backHome)
  await title(page, field.today.title)
}

describe('by keys alone', () => {
  it('signs in, walks down and up through areas, chooses two, and sets a PIN', async () => {
    const { page } = phone
    await keys.arrived(common.signIn)
    await keys.tabTo(session.username)
    await page.keyboard.insertText('hua')
    await keys.tabTo(session.password)
    await page.keyboard.insertText(password)
    await keys.press('Enter')
    await keys.arrived(start.areasTitle)
    await page.getByRole('button', { name: start.openArea('ตำบลนางรอง') }).waitFor()
    await enter(start.openArea('ตำบลนางรอง'))
    await page.getByText('หนองมน').first().waitFor()
    await onHeading()
    await enter(/^ *กลับไปอำเภอ/)
    await page.getByRole('button', { name: start.openArea('ตำบลนางรอง') }).waitFor()
    await onHeading()
    await enter(start.openArea('ตำบลนางรอง'))
    await page.getByText('หนองมน').first().waitFor()
    for (const name of [/หนองมน/, /บ้านใหม่/]) {
      await keys.tabTo(name)
      await keys.press('Space')
      expect((await keys.focused()).words).toMatch(name)
    }
    // One goes again, and the next thing that was said is not lost.
    await enter(new RegExp(`${common.remove} .*บ้านใหม่`))
    await page.getByText(start.areasChosen('1')).waitFor()
    await onHeading()
    await keys.tabTo(start.areaSearch)
    await page.keyboard.insertText('บ้านใหม่')
    await page
      .getByRole('checkbox', { name: /บ้านใหม่/ })
      .first()
      .waitFor()
    await keys.tabTo(/บ้านใหม่/)
    await keys.press('Space')
    await page.getByText(/\d ครัวเรือน ประมาณ/).waitFor()
    await enter(start.areasNext)
    await keys.arrived(start.pinTitle)
    for (const digit of '111111') await keys.press(digit)
    await page.getByText(start.pinEasy).waitFor()
    await keys.tabTo(/^ *1$/)
    for (const digit of pin) await keys.press(digit)
    await keys.arrived(start.pinAgain)
    for (const digit of pin) await keys.press(digit)
    for (const card of ['work', 'visit', 'safe', 'send'] as const) {
      await keys.arrived(field.tour.cards[card])
      await enter(card === 'send' ? field.tour.begin : common.next)
    }
    await keys.arrived(field.today.title)
    await page.locator('.household-row').first().waitFor()
  })

  it('goes from the outbox to what could not be recorded, and mends it', async () => {
    const { page, context } = phone
    const id = village.households.get('ประนอม')!
    const at = (what = '') => `/api/households/31/${id}${what}`
    const { version } = await village.officer.ask<{ version: number }>('GET', at())
    // Without a line the phone cannot hear of the withdrawal before the visit is recorded.
    await context.setOffline(true)
    await village.officer.ask('POST', at('/withdraw'), { version, reason: 'เข้าใจว่าย้ายไปแล้ว' })
    await saveVisit('ประนอม')
    await context.setOffline(false)
    await page.getByText(field.bar.unfiled('1'), { exact: true }).waitFor({ timeout: 40_000 })
    await village.officer.ask('POST', at('/restore'), { version: version + 1, reason: 'ยังอยู่บ้านเดิม' })
    // From the top: the bar that always stands leads there too.
    await enter(new RegExp(field.bar.open))
    await keys.arrived(outbox.title)
    await enter(/ประนอม/)
    await keys.arrived('การลงพื้นที่')
    await keys.tabTo(field.nav.outbox)
    await keys.tabTo(common.back)
    // The three lists of the day, and what sends it.
    for (const part of [form.day.day, form.day.month, form.day.year]) await keys.tabTo(new RegExp(`^ *${part}`))
    await enter(outbox.again)
    await page.locator('.due-line[data-state=sent]').waitFor({ timeout: 40_000 })
    await onHeading()
    await enter(common.back)
    await keys.arrived(outbox.title)
    await page.getByRole('button', { name: outbox.send, exact: true }).waitFor()
    await enter(outbox.send)
    await expect.poll(async () => (await keys.focused()).words, { timeout: 30_000 }).toContain(outbox.send)
  })

  it('makes letters larger, lines stronger, and changes the language without losing its place', async () => {
    const { page } = phone
    await enter(field.nav.settings)
    await keys.arrived(settings.title)
    await keys.tabTo(common.textNormal)
    await keys.press('ArrowDown')
    expect(await keys.focused()).toMatchObject({ isSeen: true, isFree: true })
    expect(await page.evaluate(() => document.documentElement.dataset['text'])).toBe('large')
    await keys.press('ArrowUp')
    await keys.tabTo(settings.contrast)
    await keys.press('Space')
    expect(await page.evaluate(() => document.documentElement.dataset['contrast'])).toBe('strong')
    expect(await keys.focused()).toMatchObject({ isSeen: true, isFree: true })
    await keys.press('Space')
    await keys.tabTo(settings.languages.th)
    await keys.press('ArrowDown')
    await title(page, fieldText.en.settings.title)
    expect((await keys.focused()).words).toContain('English')
    await keys.press('ArrowUp')
    await title(page, settings.title)
    expect((await keys.focused()).words).toContain('ไทย')
  })

  it('changes the areas of the phone, or goes back from it', async () => {
    await enter(settings.changeAreas)
    await phone.page.getByRole('searchbox').waitFor()
    await keys.arrived(start.areasTitle)
    await enter(common.back)
    await keys.arrived(settings.title)
    await enter(settings.changeAreas)
    // What may be chosen is asked for first, under the same title.
    await phone.page.getByRole('searchbox').waitFor()
    await keys.arrived(start.areasTitle)
    await enter(new RegExp(`${common.remove} .*บ้านใหม่`))
    await onHeading()
    await phone.page.getByText(/\d ครัวเรือน ประมาณ/).waitFor()
    await enter(start.areasNext)
    await keys.arrived(field.today.title)
    await expect.poll(() => phone.page.locator('.household-row').count()).toBe(3)
  })

  it('gives what waits to another phone, shows it as a code, takes a file, opens the camera and puts it away', async () => {
    const { page, context } = phone
    await context.setOffline(true)
    await saveVisit('บุญมา')
    await enter(field.nav.settings)
    await keys.arrived(settings.title)
    const [download] = await Promise.all([page.waitForEvent('download'), enter(settings.share)])
    await page.getByText(settings.shared).waitFor()
    expect((await keys.focused()).words).toContain(settings.share)
    await enter(settings.asCode)
    await page.getByRole('img', { name: settings.codeLabel }).waitFor()
    await enter(common.close)
    await page.getByRole('img', { name: settings.codeLabel }).waitFor({ state: 'hidden' })
    expect((await keys.focused()).words).toContain(settings.asCode)
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), enter(settings.chooseFile)])
    await chooser.setFiles(await download.path())
    await page.getByText(settings.collected('0', '0')).waitFor()
    expect((await keys.focused()).words).toContain(settings.chooseFile)
    await enter(settings.scan)
    await page.locator('.scanner video').waitFor()
    // The same place puts it away again.
    expect((await keys.focused()).words).toContain(common.close)
    await keys.press('Enter')
    await page.locator('.scanner video').waitFor({ state: 'hidden' })
    expect((await keys.focused()).words).toContain(settings.scan)
  })

  it('asks before the phone is handed back, and locks; a wrong PIN and a forgotten one lead on', async () => {
    const { page, context } = phone
    await enter(settings.handBackGo)
    await page.getByText(settings.stillWaiting('1')).waitFor()
    await keys.tabTo(settings.forceSure)
    await page.keyboard.insertText('1')
    await keys.tabTo(settings.force)
    await context.setOffline(false)
    await enter(settings.lock)
    await keys.arrived(field.pin.unlockTitle)
    for (let at = 0; at < 6; at += 1) {
      await keys.tabTo(/^ *9$/)
      await keys.press('Enter')
    }
    await page.getByText(field.pin.wrong('9')).waitFor()
    expect((await keys.focused()).words).toBe('9')
    await enter(field.pin.forgotten)
    await keys.arrived(field.pin.forgotten)
    await enter(common.back)
    await keys.arrived(field.pin.unlockTitle)
    for (const digit of '12') await keys.press(digit)
    await keys.tabTo(field.pin.erase)
    await keys.press('Enter')
    await keys.press('Enter')
    await keys.tabTo(/^ *1$/)
    for (const digit of pin) await keys.press(digit)
    // Where it was locked.
    await keys.arrived(settings.title)
    expect(phone.complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(one))).toEqual([])
  })
})
