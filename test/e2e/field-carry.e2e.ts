/** From phone to phone without a line: one writes, another carries, and the logbook says who wrote. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  choose,
  common,
  employ,
  field,
  type FieldPhone,
  form,
  newProfile,
  openVillage,
  prepare,
  press,
  startPhone,
  title,
  type Village,
} from './_field.ts'
import { lookingAt, makeFilm } from './_camera.ts'
import { keepPicture, looksWell, looksWellInTheDark } from './_field-looks.ts'

let village: Village
let mentor: FieldPhone
let supervisor: FieldPhone
const profiles = [newProfile(), newProfile()] as const
const film = join(profiles[1], 'seen.y4m')
const { settings } = field

beforeAll(async () => {
  village = await openVillage()
  await employ(village, 'hua', 'operations', '310401')
  mentor = await startPhone(profiles[0])
  supervisor = await startPhone(profiles[1], lookingAt(film))
  await prepare(mentor.page, village.server.address)
  await mentor.page.locator('.household-row').first().waitFor()
  await prepare(supervisor.page, village.server.address, 'hua')
  await supervisor.page.locator('.household-row').first().waitFor()
  await village.server.stop()
}, 300_000)
afterAll(async () => {
  await mentor?.close()
  await supervisor?.close()
  await village?.server.remove()
  for (const profile of profiles) rmSync(profile, { recursive: true, force: true })
})
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await keepPicture(mentor.page, 'carry failed mentor')
  await keepPicture(supervisor.page, 'carry failed supervisor')
})

async function beginVisit(firstName: string): Promise<Page> {
  const { page } = mentor
  await press(page, field.nav.today)
  await page.locator('.household-row').filter({ hasText: firstName }).first().click()
  await press(page, field.household.visit)
  await title(page, form.steps.met)
  return page
}

async function saveVisit(page: Page): Promise<void> {
  await press(page, form.toSummary)
  await press(page, form.save)
  await title(page, form.saved)
  await press(page, form.backHome)
  await title(page, field.today.title)
}

async function visitInVain(firstName: string): Promise<void> {
  const page = await beginVisit(firstName)
  await choose(page, form.met.nobody)
  await press(page, common.next)
  await saveVisit(page)
}

interface EntryAnswer {
  kind: string
  by: { name: string }
  said: { content: { photos?: string[] } } | null
}

async function entriesOf(firstName: string): Promise<EntryAnswer[]> {
  const id = village.households.get(firstName)!
  return (await village.officer.ask<{ entries: EntryAnswer[] }>('GET', `/api/households/31/${id}/case`)).entries
}

/** The sealed file that the mentor's phone writes, as its browser saved it. */
async function sharedFile(): Promise<Buffer> {
  const { page } = mentor
  await press(page, field.nav.settings)
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, settings.share)])
  await page.getByText(settings.shared).waitFor()
  expect(download.suggestedFilename()).toMatch(/^kaejon-.*\.kaejon$/)
  return readFileSync(await download.path())
}

describe('a phone without a line', () => {
  it('gives its visit, with the photograph, to another as a file that says nothing', async () => {
    const page = await beginVisit('สายใจ')
    await choose(page, /มาลี/)
    await press(page, common.next)
    await page.getByRole('textbox').fill('ยายหกล้มหน้าบ้าน')
    for (const step of ['problems', 'fourT', 'help', 'photos'] as const) {
      await press(page, common.next)
      await title(page, form.steps[step])
    }
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    await page.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: png })
    await page.locator('.photos img').waitFor()
    await saveVisit(page)
    const file = await sharedFile()
    await looksWell(page, 'file shared')
    expect(file.toString('utf8')).not.toMatch(/ยายหกล้ม|สายใจ|มาลี/)
    // What waits is not thrown away because somebody has a copy of it.
    await page.getByText(/เก็บในเครื่องแล้ว รอส่ง 1/).waitFor()

    const { page: other } = supervisor
    await press(other, field.nav.settings)
    await title(other, settings.title)
    const chooser = other.locator('input[type=file]')
    await chooser.setInputFiles({ name: 'cut.kaejon', mimeType: '', buffer: file.subarray(0, -40) })
    await other.getByText(settings.collectFailed).waitFor()
    for (const [items, photos] of [
      ['1', '1'],
      ['0', '0'],
    ] as const) {
      await chooser.setInputFiles({ name: 'today.kaejon', mimeType: 'application/octet-stream', buffer: file })
      await other.getByText(settings.collected(items, photos)).waitFor()
    }
    await looksWell(other, 'file collected')
    await other.getByText(field.bar.carried('2'), { exact: false }).waitFor()
  })

  it('is not cleared while anything waits, one’s own or another’s, unless somebody says how much goes', async () => {
    for (const [phone, waits] of [
      [mentor, '2'],
      [supervisor, '2'],
    ] as const) {
      const { page } = phone
      await press(page, settings.handBackGo)
      await page.getByText(settings.stillWaiting(waits)).waitFor()
      await page.getByRole('button', { name: settings.force }).waitFor()
      expect(await page.getByRole('button', { name: settings.force }).isDisabled()).toBe(true)
    }
    await looksWell(mentor.page, 'still waiting')
    await keepPicture(mentor.page, 'still waiting itself', mentor.page.getByText(settings.stillWaiting('2')))
    await looksWellInTheDark(mentor.page, 'still waiting')
  })

  it('shows a small visit as codes, which another reads with its camera', { timeout: 300_000 }, async () => {
    await visitInVain('คำปัน')
    const { page } = mentor
    await press(page, field.nav.settings)
    await press(page, settings.asCode)
    const code = page.getByRole('img', { name: settings.codeLabel })
    await code.waitFor()
    await looksWell(page, 'code shown')
    await keepPicture(page, 'code shown itself', code)
    await looksWellInTheDark(page, 'code shown')
    const codes = await codesOnScreen(page)

    const { page: other } = supervisor
    await makeFilm(film, [await page.locator('h1').first().screenshot()])
    await press(other, settings.scan)
    await other.getByText(settings.scanning).waitFor()
    await other.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0)
    await looksWell(other, 'scanner')
    await keepPicture(other, 'scanner itself', other.locator('video'))
    await looksWellInTheDark(other, 'scanner')
    await other.locator('.scanner').locator('..').getByRole('button', { name: common.close }).click()

    await makeFilm(film, codes)
    await press(other, settings.scan)
    // The first of them came by file already.
    await other.getByText(settings.collected('1', '0')).waitFor({ timeout: 90_000 })
    expect(await other.locator('video').count()).toBe(0)
  })

  it('loses nothing when it never comes back: the carrier sends, and the author is the author', async () => {
    await mentor.close()
    const { page } = supervisor
    await press(page, field.nav.outbox)
    await page.getByText(field.outbox.carried('2', '1')).waitFor()
    await looksWell(page, 'outbox carried')
    // Last: as soon as anybody answers, the phone may send by itself.
    await village.server.start()
    await press(page, field.outbox.send)
    await page.getByText(/ส่งครบแล้ว/).waitFor({ timeout: 40_000 })
    const first = await entriesOf('สายใจ')
    expect(first.map(({ kind, by }) => [kind, by.name])).toEqual([['visit', 'lung ทดสอบ']])
    const second = await entriesOf('คำปัน')
    expect(second.map(({ kind, by }) => [kind, by.name])).toEqual([['visit', 'lung ทดสอบ']])
    const [photo] = first[0]!.said!.content.photos!
    const status = await page.evaluate(
      async (address) => (await fetch(address)).status,
      `/api/households/31/${village.households.get('สายใจ')}/photos/${photo}`,
    )
    expect(status).toBe(200)
  })

  it('hears that all of it arrived, and sends nothing twice, when it does come back', async () => {
    mentor = await startPhone(profiles[0])
    const { page } = mentor
    await page.goto(`${village.server.address}/field`)
    await page.getByText(/ส่งครบแล้ว/).waitFor({ timeout: 40_000 })
    for (const name of ['สายใจ', 'คำปัน']) expect(await entriesOf(name)).toHaveLength(1)
  })
})

/** Pictures of the codes, as they stand on the screen. */
async function codesOnScreen(page: Page): Promise<Buffer[]> {
  const count = Number(/ จาก (\d+)/.exec((await page.locator('.code output').allInnerTexts()).join(''))?.[1] ?? 1)
  const pictures: Buffer[] = []
  for (let at = 0; at < count; at++) {
    if (at > 0) await press(page, settings.nextCode)
    pictures.push(await page.locator('.code').screenshot())
  }
  return pictures
}
