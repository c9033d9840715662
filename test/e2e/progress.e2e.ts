/** Progress and work lists on the real program: figures that open their households, past days, and many rows at once. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commonText } from '../../src/web/text/common.ts'
import { entryFormText } from '../../src/web/text/entryForm.ts'
import { progressText } from '../../src/web/text/progress.ts'
import { uiText } from '../../src/web/text/ui.ts'
import { worklistText } from '../../src/web/text/worklist.ts'
import { newId } from '../../src/web/new-id.ts'
import { launchChromium } from './_chromium.ts'
import { employ, openOffice, post, type Office } from './_office.ts'
import { tabTo, title, type Visitor } from './_visitor.ts'

const { th: common } = commonText
const { th: progress } = progressText
const { th: work } = worklistText
const { th: form } = entryFormText
const { th: ui } = uiText
const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
let browser: Browser
let office: Office
let officer: Visitor
let secretary: Visitor
let homes: { province: string; id: string; headName: string; version?: number }[] = []
/** Of ตำบลนางรอง. */
let inTown: typeof homes = []

beforeAll(async () => {
  browser = await launchChromium()
  office = await openOffice(browser)
  officer = await employ(office, { name: 'มานะ ศรีนางรอง', username: 'mana', role: 'district', areaCode: '3104' })
  secretary = await employ(office, { name: 'วิชัย พัฒนากุล', username: 'wichai', role: 'district', areaCode: '3104' })
  const list = await post(officer.page, '/api/households/list', { area: '3104', sort: 'address' })
  homes = list['rows'] as typeof homes
  expect(homes).toHaveLength(3)
  inTown = homes.slice(0, 2)
  for (const home of inTown) await record(officer.page, home, 'assessment', recorded)
})
afterAll(async () => {
  await browser?.close()
  expect(await office?.server.stop()).toBe(0)
})

const recorded = {
  ...{ problems: [], noProblem: true, answers: [], fourT: null, incomePerPerson: null },
  ...{ path: null, stage: null, words: null },
}

async function record(page: Page, home: { province: string; id: string }, kind: string, content: object) {
  const entry = { id: newId(), kind, happenedOn: today, content }
  await post(page, `/api/households/${home.province}/${home.id}/entries`, { entry })
}

const card = (page: Page, milestone: RegExp) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: milestone }) })

describe('the page of progress', () => {
  it('says how far the district is, against the registry and against the documents, and passes on every size', async () => {
    const { page } = officer
    await page.goto('/')
    await page.getByRole('link', { name: progress.shortTitle, exact: true }).first().click()
    await title(page, /นางรอง/)
    const phaseTwo = card(page, /ระยะที่ 2 ทุกแหล่ง/)
    await phaseTwo.getByText('66.67%').waitFor()
    await phaseTwo.getByText(progress.standings.missed).first().waitFor()
    await phaseTwo.getByText(progress.noOfficial).waitFor()
    await officer.looks('progress of the district')
    await page.emulateMedia({ colorScheme: 'dark' })
    await officer.looks('progress of the district in the dark')
    await page.emulateMedia({ colorScheme: 'light' })
  })

  it('opens the households behind a number, as many as it says, and keeps names out of the address', async () => {
    const { page } = officer
    await card(page, /ระยะที่ 2 ทุกแหล่ง/)
      .getByRole('link', { name: '2', exact: true })
      .first()
      .click()
    await title(page, progress.householdsTitle)
    await expect.poll(() => page.locator('.row-link').count()).toBe(2)
    await page.getByText(new RegExp(`^2 ครัวเรือน`)).waitFor()
    expect(decodeURIComponent(page.url())).not.toMatch(/[ก-๙]/)
    await officer.looks('households behind a figure')
    await page.goBack()
    await card(page, /ระยะที่ 2 ทุกแหล่ง/)
      .getByRole('link', { name: '1', exact: true })
      .first()
      .click()
    await title(page, progress.householdsTitle)
    await expect.poll(() => page.locator('.row-link').count()).toBe(1)
    await page.goBack()
  })

  it('shows any past day as it was then, chosen by keyboard in the Buddhist era', async () => {
    const { page } = officer
    await title(page, /นางรอง/)
    const button = page.getByRole('button', { name: progress.chooseDay })
    await tabTo(page, button)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: progress.chooseDayTitle })
    await tabTo(page, dialog.getByLabel(ui.date.day, { exact: true }))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('30')
    await dialog.locator('select').selectOption('9')
    await tabTo(page, dialog.getByLabel(ui.date.year, { exact: true }))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('2566')
    await tabTo(page, dialog.getByRole('button', { name: common.show }))
    await page.keyboard.press('Enter')
    await page.getByText(progress.pastTitle).waitFor()
    await page.getByText(progress.asOfPast('30 ก.ย. 2566')).waitFor()
    expect(page.url()).toContain('asOf=2023-09-30')
    // Nobody was in the registry then, and nothing of none is not reached.
    await card(page, /ระยะที่ 2 ทุกแหล่ง/)
      .getByText(progress.standings.notApplicable)
      .first()
      .waitFor()
    await officer.looks('progress of a past day')
    await page.getByRole('link', { name: progress.backToNow }).click()
    await card(page, /ระยะที่ 2 ทุกแหล่ง/)
      .getByText('66.67%')
      .waitFor()
  })

  it('draws the way to a milestone, and tells it as a table', async () => {
    const { page } = officer
    await card(page, /ระยะที่ 2 ทุกแหล่ง/)
      .getByRole('link', { name: progress.showCurve })
      .click()
    await expect.poll(() => page.url()).toContain('milestone=recorded-phase-2')
    await page.getByRole('img', { name: /ทำได้แล้ว 2 จากเป้า 3 ครัวเรือน/ }).waitFor()
    await page.getByRole('button', { name: progress.asTable }).click()
    await page
      .getByRole('table', { name: progress.curve })
      .getByRole('row')
      .nth(1)
      .getByRole('cell', { name: '2', exact: true })
      .first()
      .waitFor()
  })

  it('compares the areas below, the farthest first, and goes into one', async () => {
    const { page } = officer
    const table = page.getByRole('table', { name: progress.ranking.district })
    await table.getByRole('row', { name: /ถนนหัก/ }).getByText(progress.behind).waitFor()
    await expect.poll(() => table.locator('.row-link').first().innerText()).toMatch(/ถนนหัก/)
    await table.getByRole('button', { name: progress.done }).click()
    await table.getByRole('button', { name: progress.done }).click()
    await expect.poll(() => table.locator('.row-link').first().innerText()).toMatch(/ตำบลนางรอง/)
    await table.getByRole('link', { name: 'ตำบลนางรอง' }).click()
    await title(page, /ตำบลนางรอง/)
    await officer.looks('progress of a subdistrict')
  })

  it('keeps small figures from those who may not see households', async () => {
    const auditor = await employ(office, {
      name: 'สุรชัย เที่ยงธรรม',
      username: 'surachai',
      role: 'auditor',
      areaCode: '31',
    })
    await auditor.page.goto('/progress?area=3104')
    await title(auditor.page, /นางรอง/)
    await auditor.page.getByText('ตัวเลขบางช่องไม่แสดง').waitFor()
    expect(await auditor.page.getByText('66.67%').count()).toBe(0)
    expect(await auditor.page.locator('a[href^="/progress/households"]').count()).toBe(0)
    await auditor.looks('progress with figures kept back')
    expect(auditor.complaints).toEqual([])
    await auditor.leave()
  })
})

describe('the work lists', () => {
  it('say what waits where, and why, and are walked by keyboard', async () => {
    const { page } = officer
    await page.goto('/worklists?list=neverVisited')
    await title(page, /นางรอง/)
    await expect.poll(() => page.locator('.work-rows .row-link').count()).toBe(3)
    await officer.looks('the work lists')
    await tabTo(page, page.locator('.work-rows .row-link').first())
    await page.keyboard.press('x')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('x')
    await page.getByText(work.selected('2')).waitFor()
  })

  it('record the same help for many, and tell what became of each; who was refused stays chosen', async () => {
    const { page } = officer
    // Meanwhile a colleague takes one of them out of the registry.
    const [gone] = inTown
    const shown = await secretary.page.evaluate(
      async (path) => ((await (await fetch(path)).json()) as { version: number }).version,
      `/api/households/${gone!.province}/${gone!.id}`,
    )
    await post(secretary.page, `/api/households/${gone!.province}/${gone!.id}/withdraw`, {
      version: shown,
      reason: 'บันทึกผิด',
    })
    await page.getByRole('button', { name: work.withSelected }).click()
    await page.getByRole('menuitem', { name: work.acts.assistance }).click()
    const dialog = page.getByRole('dialog', { name: work.acts.assistance })
    await officer.looks('the same help for many')
    await dialog.getByRole('button', { name: work.record('2') }).click()
    await dialog.getByText(work.fill).waitFor()
    await dialog.getByRole('textbox', { name: form.assistance.what }).fill('ถุงยังชีพ 1 ชุด')
    await dialog.getByRole('textbox', { name: form.assistance.giverName }).fill('เหล่ากาชาดจังหวัด')
    await dialog.getByRole('button', { name: work.record('2') }).click()
    await page.getByText(work.resultsLead('1', '1')).waitFor()
    const results = page.getByRole('region', { name: work.results })
    await results.getByText(work.outcomes.recorded, { exact: true }).waitFor()
    await page.getByText(work.selected('1')).waitFor()
    await officer.looks('what became of each')
    await post(secretary.page, `/api/households/${gone!.province}/${gone!.id}/restore`, {
      version: shown + 1,
      reason: 'คืนกลับ',
    })
    await results.getByRole('button', { name: work.again('1') }).click()
    await page.getByText(work.resultsLead('2', '0')).waitFor()
    await results.getByRole('button', { name: common.close }).click()
  })

  it('let somebody else approve what one proposed', async () => {
    await record(officer.page, inTown[1]!, 'outcome', { outcome: 'moved', evidence: 'ผู้ใหญ่บ้านยืนยัน', photos: [] })
    const { page } = officer
    await page.goto('/worklists?list=outcomeWaiting')
    await page.getByText(work.ownProposal).waitFor()
    const other = secretary.page
    await other.goto('/worklists?list=outcomeWaiting')
    await other.getByText(/เสนอโดย มานะ ศรีนางรอง/).waitFor()
    await secretary.looks('special outcomes to approve')
    await other.getByRole('checkbox', { name: ui.table.selectAll }).check()
    await other.getByRole('button', { name: work.withSelected }).click()
    await other.getByRole('menuitem', { name: work.acts.approve, exact: true }).click()
    await other.getByRole('button', { name: work.record('1') }).click()
    await other.getByText(work.resultsLead('1', '0')).waitFor()
    await other.getByText(work.empty).waitFor()
    // Who moved away is no longer to be served, and no longer in the figure.
    await page.goto('/progress?milestone=recorded-phase-2')
    await card(page, /ระยะที่ 2 ทุกแหล่ง/)
      .getByText('50.00%')
      .waitFor()
  })

  it('hold the visits of an area for a reason, and end the hold', async () => {
    const { page } = officer
    await page.goto('/worklists')
    await page.getByRole('button', { name: work.addHold }).click()
    const dialog = page.getByRole('dialog', { name: work.addHoldTitle })
    await dialog.getByRole('button', { name: work.addHold }).click()
    await dialog.getByText(work.holdFaults.reasonMissing).waitFor()
    await officer.looks('holding an area')
    const until = dialog.getByRole('group', { name: work.holdUntil })
    const end = new Date(Date.parse(today) + 20 * 86_400_000).toISOString().slice(0, 10)
    await until.getByLabel(ui.date.day, { exact: true }).fill(String(Number(end.slice(8))))
    await until.locator('select').selectOption(String(Number(end.slice(5, 7))))
    await until.getByLabel(ui.date.year, { exact: true }).fill(String(Number(end.slice(0, 4)) + 543))
    await dialog.getByRole('textbox', { name: work.holdReason }).fill('น้ำท่วมทั้งอำเภอ')
    await dialog.getByRole('button', { name: work.addHold }).click()
    await page.getByText('น้ำท่วมทั้งอำเภอ').waitFor()
    await page.getByRole('link', { name: new RegExp(`${work.names.dueThisMonth}.*0`) }).waitFor()
    await officer.looks('an area on hold')
    await page.getByRole('button', { name: /ยุติการพักของ/ }).click()
    await page.getByText(work.noHolds).waitFor()
  })

  it('speak English too, and nothing was complained of on the way', async () => {
    const { page } = officer
    await page.evaluate(() => localStorage.setItem('kaejon.locale', 'en'))
    await page.goto('/worklists')
    await title(page, /Work lists of/)
    await officer.looks('the work lists in English')
    await page.goto('/progress')
    await title(page, /Progress of/)
    await officer.looks('progress in English')
    expect(officer.complaints).toEqual([])
    expect(secretary.complaints).toEqual([])
  })
})
