/** A mentor's day: real Chromium, and a real server whose process is really stopped. Nothing is lost, nothing arrives twice. */
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  type Caller,
  choose,
  common,
  field,
  type FieldPhone,
  form,
  newProfile,
  openVillage,
  pin,
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

beforeAll(async () => {
  village = await openVillage()
  phone = await startPhone(profile)
})
afterAll(async () => {
  await phone?.close()
  await village?.server.remove()
  rmSync(profile, { recursive: true, force: true })
})

afterEach(async ({ task }) => {
  const folder = process.env['KAEJON_PICTURES']
  if (folder !== undefined && task.result?.state === 'fail')
    await phone.page.screenshot({ path: `${folder}/failed.png` })
})

interface EntryAnswer {
  id: string
  kind: string
  said: { content: Record<string, unknown> } | null
  versions: { id: string }[]
}

async function entriesOf(officer: Caller, household: string): Promise<EntryAnswer[]> {
  const found = await officer.ask<{ entries: EntryAnswer[] }>('GET', `/api/households/31/${household}/case`)
  return found.entries
}

/** Every title that the browser's tab and history ever had. */
function watchTitles(): void {
  const seen = ((window as unknown as { titles: Set<string> }).titles = new Set<string>())
  new MutationObserver(() => seen.add(document.title)).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
  })
}

async function openHousehold(page: Page, firstName: string): Promise<void> {
  await page.getByRole('searchbox').fill(firstName)
  await page.locator('.household-row').filter({ hasText: firstName }).first().click()
  await title(page, new RegExp(firstName))
}

async function beginVisit(page: Page, firstName: string): Promise<void> {
  await openHousehold(page, firstName)
  await press(page, field.household.visit)
  await title(page, form.steps.met)
}

async function next(page: Page, step: keyof typeof form.steps): Promise<void> {
  for (let steps = 0; steps < 12; steps++) {
    const now = await page.getByRole('heading', { level: 1 }).innerText()
    if (now === form.steps[step]) return
    await press(page, common.next)
    await page.waitForFunction((before) => document.querySelector('h1')?.textContent !== before, now)
  }
  throw new Error(`no step ${step}`)
}

async function saveVisit(page: Page): Promise<void> {
  await next(page, 'summary')
  await press(page, form.save)
  await title(page, form.saved)
  await press(page, form.backHome)
  await title(page, field.today.title)
}

/** A photograph as a camera writes it: with where and by what it was taken. */
async function cameraPhoto(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 3000
    canvas.height = 2000
    const context = canvas.getContext('2d')!
    context.fillStyle = '#7a5'
    context.fillRect(0, 0, 3000, 2000)
    context.fillStyle = '#fff'
    context.fillRect(400, 400, 900, 900)
    return canvas.toDataURL('image/jpeg', 0.9).replace(/^[^,]*,/, '')
  })
  const jpeg = Buffer.from(base64, 'base64')
  const exif = Buffer.from('Exif\0\0GPS 14.6301 102.7901 SECRET-CAMERA', 'latin1')
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)])
}

describe('a day in a village without a line', () => {
  it('begins with a line: signing in, areas with their size, a PIN, and the households come', async () => {
    const { page } = phone
    await prepare(page, village.server.address)
    await page.getByText('บุญมา').first().waitFor()
    await expect.poll(() => page.locator('.household-row').count()).toBe(6)
    expect(page.url()).toBe(`${village.server.address}/field`)
  })

  it('opens with the server gone, asks for the PIN, and counts wrong ones', async () => {
    const { page } = phone
    await village.server.stop()
    await page.reload()
    await title(page, field.pin.unlockTitle)
    for (const digit of '111222') await press(page, digit)
    await page.getByText(/เหลืออีก \d ครั้ง/).waitFor()
    await unlock(page)
    await title(page, field.today.title)
    await expect.poll(() => page.locator('.household-row').count()).toBe(6)
  })

  it('finds a household by parts of words, without tone marks, and on the wrong keyboard', async () => {
    const { page } = phone
    for (const typed of ['ทองค', 'บุญ ทอง', '[6P,k']) {
      await page.getByRole('searchbox').fill(typed)
      await page.waitForTimeout(200)
      await expect.poll(() => page.locator('.household-row').count(), { message: typed }).toBeGreaterThan(0)
    }
    await page.getByRole('searchbox').fill('ไม่มีคนนี้')
    await page.getByText(field.today.nothingFound).waitFor()
    await page.getByRole('searchbox').fill('')
  })

  it('logs a visit with what changed, a photograph, a result and the next day', async () => {
    const { page } = phone
    await beginVisit(page, 'บุญมา')
    await choose(page, /บุญมา/)
    await next(page, 'changed')
    await page.getByRole('textbox').fill('มุงสังกะสีแล้วครึ่งหลัง')
    await next(page, 'problems')
    await press(page, form.problems.same)
    await next(page, 'fourT')
    await page.locator('summary').first().click()
    await choose(page, /มั่นใจในตนเอง/)
    await next(page, 'result')
    await choose(page, 'แก้ไขได้บางส่วน')
    await next(page, 'photos')
    const photo = { name: 'บ้าน.jpg', mimeType: 'image/jpeg', buffer: await cameraPhoto(page) }
    await page.locator('input[type=file]').setInputFiles(photo)
    await page.locator('.photos img').waitFor()
    await next(page, 'words')
    await page.getByRole('textbox').fill('ดีใจที่ฝนไม่รั่วแล้ว')
    await next(page, 'next')
    await choose(page, /อีก 1 เดือน/)
    await saveVisit(page)
    await page.getByText(/เก็บในเครื่องแล้ว รอส่ง 3/).waitFor()
  })

  it('logs a visit with help that was signed for, and one where nobody was at home', async () => {
    const { page } = phone
    await beginVisit(page, 'สายใจ')
    await choose(page, /มาลี/)
    await next(page, 'problems')
    await press(page, form.problems.add)
    await choose(page, 'สุขภาพ')
    await page.getByLabel(form.problems.what).fill('เบาหวาน ไม่มีรถไปหาหมอ')
    await page.getByLabel(form.problems.need).fill('รถรับส่ง')
    await press(page, form.problems.ready)
    await next(page, 'help')
    await choose(page, form.help.given)
    await page.getByLabel('ให้อะไร', { exact: true }).fill('ข้าวสาร 5 กิโลกรัม')
    await page.getByLabel('ชื่อหน่วยงานหรือผู้ให้').fill('ชมรมผู้ใหญ่บ้าน')
    await page.getByLabel(form.help.value).fill('๒๕๐')
    await press(page, form.help.sign)
    const box = (await page.locator('canvas').boundingBox())!
    await page.mouse.move(box.x + 40, box.y + 60)
    await page.mouse.down()
    for (let at = 0; at < 10; at++) await page.mouse.move(box.x + 40 + at * 15, box.y + 60 + (at % 2) * 30)
    await page.mouse.up()
    await press(page, form.help.signUse)
    await page.locator('.photos img').waitFor()
    await saveVisit(page)

    await beginVisit(page, 'คำปัน')
    await choose(page, form.met.nobody)
    await press(page, common.next)
    await press(page, form.toSummary)
    await press(page, form.save)
    await title(page, form.saved)
    await press(page, form.backHome)
  })

  it('notes a household that stands on no list, once asked about the one that is like it', async () => {
    const { page } = phone
    await press(page, field.nav.found)
    await title(page, form.found.where)
    await choose(page, /หนองมน/)
    await page.getByLabel(form.found.houseNumber).fill('99/1')
    await press(page, common.next)
    await page.getByLabel(form.found.firstName).fill('บุญมา')
    await page.getByLabel(form.found.lastName).fill('ทองดี')
    await page.getByText(form.found.alike).waitFor()
    await page.getByLabel(form.found.firstName).fill('ละมัย')
    await page.getByLabel(form.found.lastName).fill('ตกหล่นจริง')
    await press(page, common.next)
    await press(page, common.next)
    await page.getByRole('textbox').fill('อยู่คนเดียว ไม่มีรายได้')
    await press(page, form.save)
    await title(page, form.saved)
    await press(page, form.backHome)
    await page.getByText(field.today.foundHere).waitFor()
  })

  it('corrects its own visit before that was ever sent', async () => {
    const { page } = phone
    await openHousehold(page, 'บุญมา')
    const visit = page.locator('.story li').filter({ hasText: 'การลงพื้นที่' }).first()
    await visit.getByRole('button', { name: field.household.correct }).click()
    await title(page, /^แก้ไข/)
    await page.getByLabel(form.changed.seen).fill('มุงสังกะสีแล้วทั้งหลัง')
    await press(page, form.save)
    await page.getByText(form.correct.reasonNeeded).waitFor()
    await page.getByLabel(form.correct.reason).fill('ดูอีกครั้งตอนเย็น')
    await press(page, form.save)
    await title(page, form.saved)
    await press(page, form.backHome)
  })

  it('shows each item in the outbox, waiting, and says that there is no line', async () => {
    const { page } = phone
    await press(page, field.nav.outbox)
    await title(page, field.outbox.title)
    await press(page, field.outbox.send)
    await page.getByText(field.notices.offline).waitFor()
    // Three of the first visit, three of the second, one each of the others.
    await expect
      .poll(() => page.locator('.household-row').filter({ hasText: field.outbox.states.waiting }).count())
      .toBe(9)
  })

  it('holds all of it after the browser was closed and opened again, still without a line', async () => {
    await phone.close()
    phone = await startPhone(profile)
    const { page } = phone
    await page.addInitScript(watchTitles)
    await page.goto(`${village.server.address}/field`)
    await title(page, field.pin.unlockTitle)
    await page.getByText(/เก็บในเครื่องแล้ว รอส่ง 9/).waitFor()
    await unlock(page)
    await title(page, field.today.title)
    await page.getByText(/เก็บในเครื่องแล้ว รอส่ง 9/).waitFor()
    await page.getByText(/ภาพรอส่ง 2/).waitFor()
  })

  it('sends everything once when the server is back', async () => {
    const { page } = phone
    await village.server.start()
    await press(page, field.nav.outbox)
    await press(page, field.outbox.send)
    await page.getByText(/ส่งครบแล้ว/).waitFor({ timeout: 40_000 })
    await expect
      .poll(() => page.locator('.household-row').filter({ hasText: field.outbox.states.sent }).count())
      .toBe(9)

    const { officer, households } = village
    const first = await entriesOf(officer, households.get('บุญมา')!)
    expect(first.map(({ kind }) => kind).sort()).toEqual(['assessment', 'assessment', 'result', 'visit'])
    const visit = first.find(({ kind }) => kind === 'visit')!
    expect(visit.versions).toHaveLength(2)
    expect(visit.said?.content['seen']).toBe('มุงสังกะสีแล้วทั้งหลัง')
    const second = await entriesOf(officer, households.get('สายใจ')!)
    expect(second.map(({ kind }) => kind).sort()).toEqual(['assessment', 'assistance', 'visit'])
    const help = second.find(({ kind }) => kind === 'assistance')!
    expect(help.said?.content).toMatchObject({ what: 'ข้าวสาร 5 กิโลกรัม', value: 250 })
    const third = await entriesOf(officer, households.get('คำปัน')!)
    expect(third.map(({ said }) => said?.content['seen'])).toEqual([form.met.nobodySeen])
    const found = await officer.ask<{ rows: { headName: string }[] }>('POST', '/api/households/list', {
      search: 'ละมัย ตกหล่นจริง',
    })
    expect(found.rows).toHaveLength(1)
  })

  it('delivered a photograph that is smaller and says nothing of place and camera', async () => {
    const { officer, households, server } = village
    const entries = await entriesOf(officer, households.get('บุญมา')!)
    const photos = entries.find(({ kind }) => kind === 'visit')!.said!.content['photos'] as string[]
    expect(photos).toHaveLength(1)
    const { page } = phone
    const bytes = await page.evaluate(
      async (address) => {
        const response = await fetch(address)
        return [response.status, new TextDecoder('latin1').decode(await response.arrayBuffer())] as const
      },
      `${server.address}/api/households/31/${households.get('บุญมา')}/photos/${photos[0]}`,
    )
    expect(bytes[0]).toBe(200)
    expect(bytes[1]).not.toMatch(/Exif|GPS|SECRET/)
    const size = await page.evaluate(async (binary) => {
      const blob = new Blob([Uint8Array.from(binary, (letter) => letter.charCodeAt(0))])
      const { width, height } = await createImageBitmap(blob)
      return [width, height]
    }, bytes[1])
    expect(size).toEqual([1600, 1067])
  })

  it('kept nothing readable in caches, addresses and the clear part of the phone', async () => {
    const { page } = phone
    const cached = await page.evaluate(async () => {
      const names = await caches.keys()
      const all = await Promise.all(
        names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
      )
      return all.flat()
    })
    expect(cached.length).toBeGreaterThan(5)
    expect(cached.filter((url) => url.includes('/api/'))).toEqual([])
    const clear = await page.evaluate(() => JSON.stringify({ ...localStorage }))
    expect(clear).not.toMatch(/บุญมา|ทองดี|271946/)
    expect(clear).not.toContain(pin)
    expect(page.url()).toBe(`${village.server.address}/field`)
  })

  it('told the browser’s history no name, whichever household was on screen', async () => {
    const { page } = phone
    await press(page, field.nav.today)
    await openHousehold(page, 'บุญมา')
    await page.goBack()
    await title(page, field.today.title)
    const titles = await page.evaluate(() => [...(window as unknown as { titles: Set<string> }).titles])
    expect(titles.filter(Boolean)).toEqual([field.title])
  })

  it('had nothing to complain of but the missing line', () => {
    expect(phone.complaints.filter((one) => !/ERR_CONNECTION_REFUSED|Failed to load resource/.test(one))).toEqual([])
  })
})
