/** Photographs of a visit on the real program: drawn anew, sent, seen by those who may, and not lost with the line. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemSentences } from '../../src/text/problems.ts'
import { entryText } from '../../src/web/text/entry.ts'
import { entryFormText } from '../../src/web/text/entryForm.ts'
import { launchChromium } from './_chromium.ts'
import { employ, openOffice, type Office } from './_office.ts'
import { common, title, type Visitor } from './_visitor.ts'

const { th: form } = entryFormText
const { th: words } = entryText
const whereItWasTaken = 'GPS 14.9951 103.1029'
let browser: Browser
let office: Office
let officer: Visitor
let colleague: Visitor
let stranger: Visitor
let household = ''

beforeAll(async () => {
  browser = await launchChromium()
  office = await openOffice(browser)
  officer = await employ(office, { name: 'มานะ ศรีนางรอง', username: 'mana', role: 'district', areaCode: '3104' })
  colleague = await employ(office, { name: 'วิชัย พัฒนากุล', username: 'wichai', role: 'district', areaCode: '3104' })
  stranger = await employ(office, { name: 'ปรีชา คูเมือง', username: 'preecha', role: 'district', areaCode: '3102' })
  await officer.page.goto('/households')
  await officer.page.locator('.row-link').first().click()
  await officer.page
    .getByText(/ทีมพี่เลี้ยง|ศจพ/)
    .first()
    .waitFor()
  household = new URL(officer.page.url()).pathname
})
afterAll(async () => {
  await browser?.close()
  expect(await office?.server.stop()).toBe(0)
})

/** A picture as a phone takes it: large, and with a note of the place beside it. */
async function pictureFromAPhone(page: Page): Promise<Buffer> {
  const drawn = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 3200
    canvas.height = 2400
    const context = canvas.getContext('2d')!
    const sky = context.createLinearGradient(0, 0, 3200, 2400)
    sky.addColorStop(0, 'skyblue')
    sky.addColorStop(1, 'sienna')
    context.fillStyle = sky
    context.fillRect(0, 0, 3200, 2400)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95))
    return [...new Uint8Array(await blob!.arrayBuffer())]
  })
  const note = Buffer.from(`Exif\0\0${whereItWasTaken}`, 'latin1')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(note.length + 2)
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1]), length, note, Buffer.from(drawn.slice(2))])
}

async function pick(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/jpeg', buffer })
}

async function beginVisit(page: Page): Promise<void> {
  await page.goto(`${household}/record/visit`)
  await title(page, words.kinds.visit)
}

const save = (page: Page) => page.getByRole('button', { name: form.save(words.kinds.visit) }).last()
const seen = (page: Page) => page.locator('textarea[name=seen]')
const photo = (page: Page, number: string) => page.getByText(form.photos.one(number), { exact: true })
const visitOf = (page: Page, said: string) => page.getByRole('article').filter({ hasText: said })

describe('a photograph of a visit', () => {
  it('is sent while the visit is written, and the visit is not saved without it', async () => {
    const { page, looks } = officer
    await beginVisit(page)
    const picture = await pictureFromAPhone(page)
    expect(picture.includes(whereItWasTaken)).toBe(true)
    let letGo = (): void => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    await page.route('**/photos/*', async (route) => {
      await held
      await route.continue()
    })
    await seen(page).fill('หลังคารั่ว')
    await pick(page, 'บ้าน.jpg', picture)
    await seen(page).fill('หลังคารั่ว น้ำท่วมพื้น')
    await save(page).click()
    expect(await photo(page, '1').count()).toBe(0)
    letGo()
    await page.getByText(form.saved(words.kinds.visit)).first().waitFor()
    await page.unroute('**/photos/*')
    await visitOf(page, 'หลังคารั่ว น้ำท่วมพื้น')
      .getByRole('button', { name: form.photos.show('1') })
      .click()
    await looks('a visit with a photograph')
  })

  it('is shown, smaller and without its place, to a colleague and to nobody of another district', async () => {
    const { page } = colleague
    await page.goto(household)
    await visitOf(page, 'หลังคารั่ว')
      .getByRole('button', { name: form.photos.show('1') })
      .click()
    const shown = page.getByRole('img', { name: form.photos.one('1') })
    const size = () => shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])
    await expect.poll(size).toEqual([1600, 1200])
    const address = (await shown.getAttribute('src'))!
    const kept = await (await page.request.get(address)).body()
    expect(kept.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    expect(kept.includes(whereItWasTaken)).toBe(false)
    expect((await stranger.page.request.get(address)).status()).toBe(404)
  })

  it('is refused with its sentence when it is no picture, and the form stays', async () => {
    const { page, looks } = officer
    await beginVisit(page)
    await seen(page).fill('ยายอยู่คนเดียว')
    await pick(page, 'บันทึก.jpg', Buffer.from('ไม่ใช่ภาพ'))
    const { what } = problemSentences('notAPhotograph', {}, 'th')
    await page.getByText(`บันทึก.jpg: ${what}`).waitFor()
    await looks('a file that is no picture')
    expect(await seen(page).inputValue()).toBe('ยายอยู่คนเดียว')
    expect(await photo(page, '1').count()).toBe(0)
  })

  it('stays with the form while the line is lost, and with the visit once it is back', async () => {
    const { page, looks } = officer
    await pick(page, 'ในบ้าน.jpg', await pictureFromAPhone(page))
    await photo(page, '1').waitFor()
    await page.context().setOffline(true)
    await pick(page, 'ครัว.jpg', await pictureFromAPhone(page))
    const again = page.getByRole('button', { name: common.retry })
    await again.waitFor()
    await save(page).click()
    await page
      .getByRole('alert')
      .getByText(problemSentences('noAnswer', {}, 'th').what)
      .first()
      .waitFor()
    await page.context().setOffline(false)
    await looks('a photograph that waits for the line')
    await again.click()
    await photo(page, '2').waitFor()
    await save(page).click()
    await page.getByText(form.saved(words.kinds.visit)).first().waitFor()
    await visitOf(page, 'ยายอยู่คนเดียว')
      .getByRole('button', { name: form.photos.show('2') })
      .click()
    for (const number of ['1', '2']) {
      const shown = page.getByRole('img', { name: form.photos.one(number) }).first()
      await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1600)
    }
  })

  it('left nothing to complain of but the lost line', () => {
    expect(officer.complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED/.test(one))).toEqual([])
    expect(colleague.complaints).toEqual([])
  })
})
