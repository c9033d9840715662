/** Phones of the field app as the desk sees them, against answers that the contract allows. */
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commonText } from '../../src/web/text/common.ts'
import { householdText } from '../../src/web/text/household.ts'
import { navigationText } from '../../src/web/navigation.ts'
import { phoneText } from '../../src/web/text/phone.ts'
import { axeFindings, serveBuilt, shortenAnnouncements } from './_built.ts'
import { launchChromium } from './_chromium.ts'
import { fakeAnswers, FakeProblem, type FakeWorld } from './_fake-answers.ts'
import { someCrossed, somePhones, someUnfiled, standingCorrection } from './_fake-phones.ts'
import { tabTo, typeDay } from './_visitor.ts'

const { th: text } = phoneText
const { th: common } = commonText
const { reasonFault } = householdText.th.page
const phone = { width: 360, height: 740 }
const desk = { width: 1440, height: 900 }
let browser: Browser
let program: Awaited<ReturnType<typeof serveBuilt>>
const complaints: string[] = []

beforeAll(async () => {
  program = await serveBuilt()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  program?.close()
})

interface Opened {
  page: Page
  world: FakeWorld
  context: BrowserContext
}

async function open(path: string, changes: Partial<FakeWorld> = {}, size = desk, locale = 'th'): Promise<Opened> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', timezoneId: 'Asia/Bangkok' })
  context.setDefaultTimeout(30_000)
  await shortenAnnouncements(context)
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  const world = await fakeAnswers(page, changes)
  await page.clock.setSystemTime(new Date('2026-11-24T03:00:00Z'))
  await page.addInitScript((language) => localStorage.setItem('kaejon.locale', language), locale)
  await page.goto(program.address + path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  return { page, world, context }
}

/** What every state of the pages promises, on a phone and on a desk; KAEJON_PICTURES names a folder for pictures. */
async function looks(page: Page, where: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  const folder = process.env['KAEJON_PICTURES']
  const { width } = page.viewportSize()!
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${where}-${width}.png`), fullPage: true })
  expect(await axeFindings(page), where).toEqual([])
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(tooWide, `${where} is too wide`).toBeLessThanOrEqual(0)
}

function asked(world: FakeWorld, name: string): Record<string, unknown>[] {
  return world.asked.filter((one) => one.name === name).map(({ input }) => input)
}

const card = (page: Page, name: string | RegExp) => page.getByRole('article', { name })
const rowOf = (page: Page, name: string) =>
  page.getByRole('table', { name: text.tabs.phones }).getByRole('row').filter({ hasText: name })
const person = {
  id: somePhones[1]!.person.id,
  name: 'สายใจ ทองดี',
  username: 'saijai',
  ...{ disabled: false, secondFactor: false, oneTimePassword: false, mayEdit: false },
  ...{ lastSeenAt: '2026-11-20T03:00:00.000Z', createdAt: '2026-01-20T03:00:00.000Z', grants: [] },
}
const answers = {
  'person.show': () => person,
  'session.list': () => ({ sessions: [] }),
}

describe('every screen of phones', () => {
  const screens = [
    ['the phones', '/phones'],
    ['what is not recorded yet', '/phones?tab=unfiled'],
    ['the own phones', '/account'],
    ['a person who leaves', `/people/${person.id}`],
  ] as const
  for (const [name, path] of screens)
    for (const size of [phone, desk])
      it(`passes WCAG 2.2 AA and fits the width: ${name}, ${size.width} px`, async () => {
        const { page, context } = await open(path, { answers }, size)
        await looks(page, name)
        await context.close()
      })

  it('has no finding in English and in the dark', async () => {
    const { page, context } = await open('/phones', {}, desk, 'en')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.getByRole('heading', { level: 1, name: phoneText.en.title }).waitFor()
    await looks(page, 'the phones in English')
    await page.getByRole('tab', { name: phoneText.en.tabs.unfiled }).click()
    await page.getByRole('article').first().waitFor()
    await looks(page, 'not recorded in English')
    await context.close()
  })

  it('says what to do where there is nothing', async () => {
    const { page, world, context } = await open('/phones', {}, phone)
    world.answers['device.list'] = () => ({
      devices: [],
      totals: { devices: 0, silent: 0, waitingItems: 0, waitingPhotos: 0 },
    })
    world.answers['sync.unfiledList'] = () => ({ items: [], total: 0 })
    await page.reload()
    await page.getByText(text.none).waitFor()
    await looks(page, 'no phones')
    await page.getByRole('tab', { name: text.tabs.unfiled }).click()
    await page.getByText(text.unfiled.none).waitFor()
    await looks(page, 'nothing to decide')
    await context.close()
  })
})

describe('the phones of an area', () => {
  it('are told with who carries them, how long they are silent, what waits, and in which state they are', async () => {
    const { page, context } = await open('/phones')
    const silent = rowOf(page, 'บุญมี ศรีสุข')
    await silent.getByText(text.daysAgo('22')).waitFor()
    await silent.getByText('2 พ.ย. 2569', { exact: true }).waitFor()
    await silent.getByText(text.seen('12 พ.ย. 2569')).waitFor()
    await silent.getByText(text.items('12')).waitFor()
    await silent.getByText(text.photos('3')).waitFor()
    await silent.getByText(text.since(text.daysAgo('16'), '8 พ.ย. 2569')).waitFor()
    await silent.getByText(text.clockFast(text.days('730'))).waitFor()
    await silent.getByText('หมู่ที่ 4 บ้านโคกกลาง ต.บ้านบัว').waitFor()
    await rowOf(page, 'สายใจ ทองดี').getByText(text.states.leaving).waitFor()
    await rowOf(page, 'เครื่องเก่า').getByText(text.states.revoked).waitFor()
    await rowOf(page, 'เครื่องเก่า').getByText(text.because('ทำหายที่ตลาด')).waitFor()
    const many = rowOf(page, text.clockSlow('1 ชั่วโมง 30 นาที'))
    await many.getByText(text.moreAreas('1')).waitFor()
    // Sent yesterday: no word of being silent.
    await many.getByText(text.yesterday).waitFor()
    await context.close()
  })

  it('are chosen and ordered in the address, without names', async () => {
    const { page, world, context } = await open('/phones?area=310104&silent=10')
    await rowOf(page, 'สายใจ ทองดี').waitFor()
    expect(asked(world, 'device.list').at(-1)).toEqual({ area: '310104', sort: 'silent', silentDays: 10 })
    expect(await rowOf(page, 'มานะ ศรีบุรีรัมย์').count()).toBe(0)
    await page.getByRole('link', { name: new RegExp(text.totals.items) }).click()
    await rowOf(page, 'มานะ ศรีบุรีรัมย์').first().waitFor()
    expect(page.url()).toContain('/phones?area=310104&sort=waiting')
    await page.getByRole('button', { name: new RegExp(text.filter.sort) }).click()
    await page.getByRole('option', { name: text.filter.sorts.name }).click()
    await expect.poll(() => page.url()).toContain('sort=name')
    await page.getByRole('button', { name: new RegExp(text.filter.silent) }).click()
    await page.getByRole('option', { name: text.filter.silentFor('30') }).click()
    await page.getByText(text.noneSilent).waitFor()
    expect(decodeURIComponent(page.url())).not.toMatch(/[ก-๙]/)
    await context.close()
  })

  it('are found in the menu by those who answer for an area, and by nobody else', async () => {
    const { page, context } = await open('/households')
    await page.getByRole('link', { name: navigationText.th.phones }).first().click()
    await page.getByRole('heading', { level: 1, name: text.title }).waitFor()
    await context.close()
    const mentor = await open('/account', { role: 'mentor', answers })
    expect(await mentor.page.getByRole('link', { name: navigationText.th.phones }).count()).toBe(0)
    await mentor.page.goto(`${program.address}/phones`)
    await mentor.page.getByText(text.notForYou).waitFor()
    expect(asked(mentor.world, 'device.list')).toEqual([])
    await mentor.context.close()
  })
})

describe('revoking a phone', () => {
  it('says what happens first, wants a reason, and keeps it when the server refuses', async () => {
    const { page, world, context } = await open('/phones')
    const button = page.getByRole('button', { name: text.revoke.of('เครื่องผู้ใหญ่บ้านหมู่ 4 (บุญมี ศรีสุข)') })
    await tabTo(page, button)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: text.revoke.title })
    await dialog.getByText(text.revoke.steps[1]).waitFor()
    await dialog.getByText(text.revoke.waiting(text.both(text.items('12'), text.photos('3')))).waitFor()
    await looks(page, 'revoking')
    await page.setViewportSize(phone)
    await looks(page, 'revoking')
    await page.setViewportSize(desk)
    const reason = dialog.getByRole('textbox', { name: text.revoke.reason })
    await tabTo(page, reason)
    await page.keyboard.type(' ก')
    await page.keyboard.press('Enter')
    await dialog.getByText(reasonFault).waitFor()
    expect(asked(world, 'device.revoke')).toEqual([])
    world.answers['device.revoke'] = () => {
      throw new FakeProblem('wrongState', { state: 'revoked' })
    }
    await reason.fill('ทำหายระหว่างทาง')
    await page.keyboard.press('Enter')
    await dialog.getByRole('alert').waitFor()
    expect(await reason.inputValue()).toBe('ทำหายระหว่างทาง')
    delete world.answers['device.revoke']
    await dialog.getByRole('button', { name: text.table.revoke }).click()
    await page.getByText(text.revoke.done).waitFor()
    expect(asked(world, 'device.revoke').at(-1)).toEqual({ deviceId: somePhones[0]!.id, reason: 'ทำหายระหว่างทาง' })
    await dialog.waitFor({ state: 'detached' })
    await context.close()
  })

  it('is possible for one’s own on the page of the account, also without any other right', async () => {
    const { page, world, context } = await open('/account', { role: 'mentor', answers })
    const own = page.getByRole('table', { name: text.own.title })
    await own.getByRole('button', { name: text.revoke.of('โทรศัพท์ซัมซุง') }).click()
    await page.getByRole('textbox', { name: text.revoke.reason }).fill('เปลี่ยนเครื่อง')
    await page.keyboard.press('Enter')
    await page.getByText(text.revoke.done).waitFor()
    expect(asked(world, 'device.revoke')).toHaveLength(1)
    expect(asked(world, 'device.list')).toEqual([])
    await context.close()
  })
})

describe('a person who leaves', () => {
  it('is shown with what their phones still hold', async () => {
    const { page, context } = await open(`/people/${person.id}`, { answers })
    await page.getByText(text.person.title(text.items('2'))).waitFor()
    await page.getByText(text.person.leaving).waitFor()
    await page.getByRole('link', { name: text.person.open }).click()
    await page.getByRole('heading', { level: 1, name: text.title }).waitFor()
    await context.close()
  })

  it('is shown without a word where nothing waits, and nothing is asked for those who may not know', async () => {
    const other = { ...answers, 'person.show': () => ({ ...person, id: somePhones[2]!.person.id }) }
    const { page, world, context } = await open(`/people/${person.id}`, { answers: other })
    await expect.poll(() => asked(world, 'device.list').length).toBeGreaterThan(0)
    await page.waitForLoadState('networkidle')
    expect(await page.getByText(text.person.lead).count()).toBe(0)
    await context.close()
    const auditor = await open(`/people/${person.id}`, { answers, role: 'auditor' })
    await auditor.page.waitForLoadState('networkidle')
    expect(asked(auditor.world, 'device.list')).toEqual([])
    await auditor.context.close()
  })
})

describe('what could not be recorded', () => {
  it('is told with what stands against it, who said it when, and what it says', async () => {
    const { page, world, context } = await open('/phones?tab=unfiled')
    await page.getByText(text.unfiled.total('5')).waitFor()
    const visit = card(page, /การลงพื้นที่/)
    await visit.getByText('วันที่เกิดเหตุการณ์เป็นวันในอนาคต').waitFor()
    await visit.getByText('บุญมี ศรีสุข').waitFor()
    await visit.getByText('บ้านปิด เพื่อนบ้านว่าไปหาหมอที่โรงพยาบาลบุรีรัมย์ตั้งแต่เช้า').waitFor()
    await visit.getByText(text.unfiled.withPhotos(text.photos('2'))).waitFor()
    const found = card(page, /ครัวเรือนตกหล่น/)
    await found.getByText('นางปิ่นแก้ว ชื่นใจดี (หัวหน้าครัวเรือน)').waitFor()
    await found.getByRole('link', { name: 'นางปิ่นแก้ว ชื่นใจ', exact: true }).waitFor()
    await card(page, /แก้ไขรายการ/)
      .getByText(text.unfiled.waitsFor)
      .waitFor()
    await card(page, text.unfiled.kinds.unknown).getByText(text.unfiled.unknownContent).waitFor()
    // Names of problems are looked up only when somebody wants to see them, because that leaves a trace.
    expect(asked(world, 'logbook.case')).toEqual([])
    const result = card(page, /ผลการแก้ไขปัญหา/)
    await result.getByRole('button', { name: text.unfiled.show }).click()
    await result.getByText(/หลังคารั่ว ฝาบ้านผุ/).waitFor()
    await context.close()
  })

  it('is recorded with the right day, by keyboard; the result stays in sight', async () => {
    const { page, world, context } = await open('/phones?tab=unfiled')
    await tabTo(page, card(page, /การลงพื้นที่/).getByRole('button', { name: text.unfiled.record }))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: text.unfiled.record })
    const day = dialog.getByRole('group', { name: text.unfiled.otherDay })
    await dialog.getByRole('button', { name: text.unfiled.record }).click()
    await dialog.getByText(reasonFault).waitFor()
    await looks(page, 'recording again')
    await typeDay(day, ['31', '2', '2569'])
    await dialog.getByRole('textbox', { name: text.unfiled.reason }).fill('ถามผู้ใหญ่บ้านแล้ว')
    await page.keyboard.press('Enter')
    expect(asked(world, 'sync.unfiledDecide')).toEqual([])
    await typeDay(day, ['20', '11', '2569'])
    await tabTo(page, dialog.getByRole('textbox', { name: text.unfiled.reason }))
    world.answers['sync.unfiledList'] = () => ({ items: someUnfiled.slice(1), total: 4 })
    await page.keyboard.press('Enter')
    const done = page.getByRole('table', { name: text.unfiled.decided })
    await done.getByText(text.unfiled.recorded).waitFor()
    expect(asked(world, 'sync.unfiledDecide')).toEqual([
      {
        province: '31',
        itemId: someUnfiled[0]!.itemId,
        decision: 'record',
        householdId: null,
        happenedOn: '2026-11-20',
        overVersion: null,
        reason: 'ถามผู้ใหญ่บ้านแล้ว',
      },
    ])
    await page.getByText(text.unfiled.total('4')).waitFor()
    await looks(page, 'recorded')
    await context.close()
  })

  it('is recorded for another household, found by a part of its name; a refusal loses nothing typed', async () => {
    const { page, world, context } = await open('/phones?tab=unfiled', {}, phone)
    world.answers['sync.unfiledDecide'] = () => {
      throw new FakeProblem('dayBeforeList')
    }
    const start = () =>
      card(page, /ผลการแก้ไขปัญหา/)
        .getByRole('button', { name: text.unfiled.record })
        .click()
    await start()
    const dialog = page.getByRole('dialog', { name: text.unfiled.record })
    await dialog.getByRole('radio', { name: text.unfiled.other }).check({ force: true })
    await dialog.getByRole('textbox', { name: text.unfiled.reason }).fill('บ้านข้างกัน')
    await dialog.getByRole('button', { name: text.unfiled.record }).click()
    await dialog.getByText(text.unfiled.chooseOne).waitFor()
    await dialog.getByRole('searchbox', { name: text.unfiled.search }).fill('น้ำเพชร')
    await dialog.getByText('นายน้ำเพชร').click()
    await looks(page, 'another household')
    await dialog.getByRole('button', { name: text.unfiled.record }).click()
    await dialog.getByRole('alert').getByText('วันที่นี้อยู่ก่อนวันที่ครัวเรือนเข้าบัญชีกลุ่มเป้าหมาย').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await start()
    expect(await dialog.getByRole('textbox', { name: text.unfiled.reason }).inputValue()).toBe('บ้านข้างกัน')
    expect(await dialog.getByRole('radio', { name: /นายน้ำเพชร/ }).isChecked()).toBe(true)
    // Also when it came in but another rule stands against it now.
    world.answers['sync.unfiledDecide'] = ({ itemId }) => ({
      outcome: { itemId, outcome: 'unfiled', code: 409.4, problem: 'wrongState', details: {} },
    })
    await dialog.getByRole('button', { name: text.unfiled.record }).click()
    await dialog.getByRole('alert').getByText('ทำขั้นตอนนี้ไม่ได้ในสถานะปัจจุบัน').waitFor()
    delete world.answers['sync.unfiledDecide']
    await dialog.getByRole('button', { name: text.unfiled.record }).click()
    await page.getByRole('table', { name: text.unfiled.decided }).getByText(text.unfiled.recorded).waitFor()
    expect(asked(world, 'sync.unfiledDecide').at(-1)).toMatchObject({
      householdId: '0193a8f2-7c11-7abc-8def-000000000002',
      happenedOn: null,
    })
    await context.close()
  })

  it('may be a household of the registry: those that resemble it stand first', async () => {
    const { page, world, context } = await open('/phones?tab=unfiled')
    await card(page, /ครัวเรือนตกหล่น/)
      .getByRole('button', { name: text.unfiled.record })
      .click()
    const dialog = page.getByRole('dialog', { name: text.unfiled.record })
    await dialog.getByRole('radio', { name: text.unfiled.isKnown }).check({ force: true })
    await dialog.getByRole('radio', { name: /นางปิ่นแก้ว ชื่นใจ/ }).check({ force: true })
    await looks(page, 'a household that is known')
    await dialog.getByRole('textbox', { name: text.unfiled.reason }).fill('คนเดียวกัน')
    await page.keyboard.press('Enter')
    await page.getByRole('table', { name: text.unfiled.decided }).waitFor()
    expect(asked(world, 'sync.unfiledDecide')).toMatchObject([{ householdId: '0193a8f2-7c11-7abc-8def-000000000003' }])
    await context.close()
  })

  it('is a correction that came second: read beside what stands now, and put over it', async () => {
    const { page, world, context } = await open('/phones?tab=unfiled', {}, phone)
    world.answers['sync.unfiledList'] = () => ({ items: [someCrossed], total: 1 })
    world.logbook.entries = [...world.logbook.entries, standingCorrection]
    await page.reload()
    const one = card(page, /แก้ไขรายการ/)
    await one.getByText('มีผู้แก้ไขรายการบันทึกนี้แล้ว').waitFor()
    expect(asked(world, 'logbook.case')).toEqual([])
    await one.getByRole('button', { name: text.unfiled.compare }).click()
    await one.getByText(/1,350/).waitFor()
    await one.getByText(/1,500/).waitFor()
    await looks(page, 'two corrections of one entry')
    await one.getByRole('button', { name: text.unfiled.recordOver }).click()
    const dialog = page.getByRole('dialog', { name: text.unfiled.recordOver })
    await dialog.getByText('“ดูใบเสร็จแล้ว”').waitFor()
    await dialog.getByText('“จำนวนเงินผิด”').waitFor()
    expect(await dialog.getByRole('radio').count()).toBe(0)
    await looks(page, 'putting one correction over another')
    await dialog.getByRole('textbox', { name: text.unfiled.reason }).fill('ถามทั้งสองคนแล้ว')
    await dialog.getByRole('button', { name: text.unfiled.recordOver }).click()
    await page.getByRole('table', { name: text.unfiled.decided }).getByText(text.unfiled.recorded).waitFor()
    expect(asked(world, 'sync.unfiledDecide')).toMatchObject([
      { itemId: someCrossed.itemId, decision: 'record', overVersion: standingCorrection.id, happenedOn: null },
    ])
    await context.close()
  })

  it('is kept without recording for a reason', async () => {
    const { page, world, context } = await open('/phones?tab=unfiled')
    await card(page, text.unfiled.kinds.unknown).getByRole('button', { name: text.unfiled.setAside }).click()
    const dialog = page.getByRole('dialog', { name: text.unfiled.setAside })
    await dialog.getByText(text.unfiled.setAsideLead).waitFor()
    await dialog.getByRole('textbox', { name: text.unfiled.reason }).fill('ซ้ำกับที่บันทึกแล้ว')
    await looks(page, 'setting aside')
    await dialog.getByRole('button', { name: text.unfiled.setAside }).click()
    await page.getByRole('table', { name: text.unfiled.decided }).getByText(text.unfiled.wasSetAside).waitFor()
    expect(asked(world, 'sync.unfiledDecide')).toMatchObject([{ decision: 'setAside', householdId: null }])
    await page.getByRole('button', { name: common.close, exact: true }).click()
    expect(await page.getByRole('table', { name: text.unfiled.decided }).count()).toBe(0)
    await context.close()
  })
})

describe('the pages', () => {
  it('had no error of their own', () => {
    expect(complaints).toEqual([])
  })
})
