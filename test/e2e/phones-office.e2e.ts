/** The real program: what a phone sent and nobody could record is decided at the desk, and a phone is revoked there. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syncProtocol } from '../../src/contract/sync.ts'
import { newId } from '../../src/web/new-id.ts'
import { seal, toBase64 } from '../../src/web/offline/seal.ts'
import { logbookText } from '../../src/web/text/logbook.ts'
import { phoneText } from '../../src/web/text/phone.ts'
import { launchChromium } from './_chromium.ts'
import { employ, openOffice, post, type Office } from './_office.ts'
import { title, typeDay, type Visitor } from './_visitor.ts'

const { th: text } = phoneText
let browser: Browser
let office: Office
let mentor: Visitor
let officer: Visitor
let homes: { province: string; id: string; headName: string }[] = []
const deviceId = newId()
const secret = toBase64(crypto.getRandomValues(new Uint8Array(32)))
const rawKey = crypto.getRandomValues(new Uint8Array(32))
const day = (daysAhead: number) =>
  new Date(Date.now() + 7 * 3_600_000 + daysAhead * 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  browser = await launchChromium()
  office = await openOffice(browser)
  mentor = await employ(office, { name: 'บุญมี ศรีสุข', username: 'boonmee', role: 'mentor', areaCode: '310401' })
  officer = await employ(office, { name: 'มานะ ศรีนางรอง', username: 'mana', role: 'district', areaCode: '3104' })
  const list = await post(officer.page, '/api/households/list', { area: '310401', sort: 'address' })
  homes = list['rows'] as typeof homes
  await post(mentor.page, '/api/devices', {
    ...{ id: deviceId, name: 'เครื่องผู้ใหญ่บ้าน', province: '31', areas: ['310401'] },
    ...{ dataKey: toBase64(rawKey), secret, appVersion: '0.2.0', protocol: syncProtocol },
  })
}, 300_000)
afterAll(async () => {
  await browser?.close()
  expect(await office?.server.stop()).toBe(0)
})

/** Sends a visit as the field app does; answers what became of it. */
async function push(happenedOn: string, seen: string): Promise<unknown> {
  const itemId = newId()
  const household = { province: homes[0]!.province, id: homes[0]!.id }
  const content = { met: [], seen, words: null, place: null, photos: [], skipped: null, nextOn: null }
  const item = { kind: 'entry', household, entry: { id: itemId, kind: 'visit', happenedOn, content } }
  const key = await crypto.subtle.importKey('raw', rawKey, 'AES-GCM', false, ['encrypt'])
  const { nonce, cipher } = await seal(crypto, key, `${deviceId}/${itemId}`, item)
  const shut = { itemId, savedAt: new Date().toISOString(), nonce: toBase64(nonce), cipher: toBase64(cipher) }
  const waiting = { items: 2, photos: 1, since: new Date().toISOString() }
  const sent = { protocol: syncProtocol, deviceId, items: [shut], waiting }
  return (await post(mentor.page, '/api/sync/push', sent))['outcomes']
}

describe('the phones of the field app, at the desk of the district', () => {
  it('show what came in and could not be recorded; with the right day it stands in the story of its household', async () => {
    expect(await push(day(30), 'บ้านปิด ไปหาหมอ')).toMatchObject([{ outcome: 'unfiled', problem: 'futureDay' }])
    const { page } = officer
    // Before the page comes: a later midnight leaves it a day that has been.
    const [year, month, date] = day(0).split('-')
    await page.goto('/phones?tab=unfiled')
    await page.getByText('บ้านปิด ไปหาหมอ').waitFor()
    await page.getByText(text.unfiled.total('1')).waitFor()
    await officer.looks('an item of a phone to decide')
    await page.getByRole('button', { name: text.unfiled.record }).click()
    const dialog = page.getByRole('dialog', { name: text.unfiled.record })
    await typeDay(dialog.getByRole('group', { name: text.unfiled.otherDay }), [
      String(Number(date)),
      String(Number(month)),
      String(Number(year) + 543),
    ])
    await dialog.getByRole('radio', { name: text.unfiled.other }).check({ force: true })
    const [first, last] = homes[1]!.headName.split(' ')
    await dialog.getByRole('searchbox', { name: text.unfiled.search }).fill(first!.slice(-4))
    await dialog.getByText(`${first} ${last}`).click()
    await dialog.getByRole('textbox', { name: text.unfiled.reason }).fill('ถามผู้ใหญ่บ้านแล้ว')
    await dialog.getByRole('button', { name: text.unfiled.record }).click()
    const done = page.getByRole('table', { name: text.unfiled.decided })
    await done.getByText(text.unfiled.recorded).waitFor()
    await page.getByText(text.unfiled.none).waitFor()
    await done.getByRole('link').click()
    await page.getByText(logbookText.th.timeline).first().waitFor()
    await title(page, homes[1]!.headName)
    await page.getByText('บ้านปิด ไปหาหมอ').waitFor()
    // Under the name of whoever was there.
    await page
      .getByText(/บุญมี ศรีสุข/)
      .first()
      .waitFor()
  })

  it('can be revoked; the phone learns of it when it next asks, and says that it is empty', async () => {
    const { page } = officer
    await page.goto('/phones')
    const row = page.getByRole('row').filter({ hasText: 'บุญมี ศรีสุข' })
    await row.getByText(text.items('2')).waitFor()
    await officer.looks('the phones of a district')
    await row.getByRole('button', { name: /ยกเลิกเครื่อง/ }).click()
    await page.getByRole('textbox', { name: text.revoke.reason }).fill('ทำหายที่ตลาด')
    await page.keyboard.press('Enter')
    await row.getByText(text.states.revoked).waitFor()
    expect(await post(mentor.page, '/api/devices/status', { deviceId, secret })).toMatchObject({ state: 'revoked' })
    await post(mentor.page, '/api/devices/wiped', { deviceId, secret, lost: 0 })
    await page.reload()
    await row.getByText(text.states.wiped).waitFor()
    await row.getByText(text.because('ทำหายที่ตลาด')).waitFor()
  })

  it('stand on the page of the account of whoever carries one, who can revoke it', async () => {
    const { page } = mentor
    await page.goto('/account')
    await page.getByRole('heading', { name: text.own.title }).waitFor()
    await page.getByText(text.states.wiped).waitFor()
    await mentor.looks('the account of a mentor')
    expect(mentor.complaints).toEqual([])
    expect(officer.complaints).toEqual([])
  })
})
