/** A case found, recorded and corrected with the keyboard alone, by two people of one district, on the real program. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { draftText } from '../../src/web/text/drafts.ts'
import { entryText } from '../../src/web/text/entry.ts'
import { entryFormText } from '../../src/web/text/entryForm.ts'
import { logbookText } from '../../src/web/text/logbook.ts'
import { launchChromium } from './_chromium.ts'
import { employ, openOffice, type Office } from './_office.ts'
import { tabTo, title, type Visitor } from './_visitor.ts'

const { th: story } = logbookText
const { th: form } = entryFormText
const { th: words } = entryText
const { th: drafts } = draftText
let browser: Browser
let office: Office
let officer: Visitor
let colleague: Visitor
let household = ''

beforeAll(async () => {
  browser = await launchChromium()
  office = await openOffice(browser)
  officer = await employ(office, { name: 'มานะ ศรีนางรอง', username: 'mana', role: 'district', areaCode: '3104' })
  colleague = await employ(office, { name: 'วิชัย พัฒนากุล', username: 'wichai', role: 'district', areaCode: '3104' })
})
afterAll(async () => {
  await browser?.close()
  expect(await office?.server.stop()).toBe(0)
})

/** Types into a field that Tab leads to. */
async function type(page: Page, field: string, text: string): Promise<void> {
  await tabTo(page, page.locator(`[name="${field}"]`))
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

/** From the top of the page, so that nothing lies half under the bar that stays there. */
async function looks(visitor: Visitor, where: string): Promise<void> {
  await visitor.page.evaluate(() => window.scrollTo(0, 0))
  await visitor.looks(where)
}

/** Begins an entry on the household's page. */
async function record(page: Page, letter: string): Promise<void> {
  if (new URL(page.url()).pathname !== household) await page.goto(household)
  await page.getByRole('heading', { name: story.problems, exact: true }).waitFor()
  await page.keyboard.press('r')
  await page.getByRole('dialog', { name: story.recordTitle }).waitFor()
  await page.keyboard.press(letter)
}

async function save(page: Page, kind: keyof typeof words.kinds): Promise<void> {
  await page.keyboard.press('Control+Enter')
  await page.getByText(form.saved(words.kinds[kind])).first().waitFor()
}

const entry = (page: Page, kind: keyof typeof words.kinds) =>
  page.getByRole('article', { name: new RegExp(`^${words.kinds[kind]} `) })

describe('a district officer, with the keyboard alone', () => {
  it('finds the household', async () => {
    const { page } = officer
    await page.goto('/households')
    await page.locator('.row-link').first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('บุญมา')
    await expect.poll(() => page.locator('.row-link').count()).toBe(1)
    await page.keyboard.press('ArrowDown')
    for (let rows = 0; rows < 10; rows++) {
      if (/บุญมา/.test((await page.evaluate(() => document.activeElement?.textContent)) ?? '')) break
      await page.keyboard.press('ArrowDown')
    }
    await page.keyboard.press('Enter')
    await title(page, /บุญมา/)
    household = new URL(page.url()).pathname
    await page.getByText(story.noProblems).waitFor()
    await looks(officer, 'a household that nobody has recorded')
  })

  it('records a visit, and what the trouble is', async () => {
    const { page } = officer
    await record(page, 'v')
    await title(page, words.kinds.visit)
    await type(page, 'seen', 'บ้านยกพื้น หลังคารั่ว')
    await looks(officer, 'the form of a visit')
    await save(page, 'visit')
    await entry(page, 'visit').getByText('บ้านยกพื้น หลังคารั่ว').waitFor()

    await record(page, 'a')
    await title(page, words.kinds.assessment)
    const problem = page.getByRole('group', { name: form.assessment.problemNumber('1') })
    await tabTo(page, problem.getByRole('radio').first())
    await page.keyboard.press('ArrowDown')
    await type(page, 'problems.0.problem', 'หลังคารั่ว นอนไม่ได้เมื่อฝนตก')
    await type(page, 'problems.0.need', 'ซ่อมหลังคา')
    await type(page, 'problems.0.solution', 'ขอช่างและสังกะสีจาก อบต.')
    await tabTo(page, page.getByRole('checkbox', { name: 'งานช่าง' }))
    await page.keyboard.press('Space')
    await looks(officer, 'the form of an assessment')
    await save(page, 'assessment')
    const card = page.locator('.problem').filter({ hasText: 'หลังคารั่ว นอนไม่ได้เมื่อฝนตก' })
    await card.locator('.state-mark').getByText(words.problemStates.open).waitFor()
    await page
      .getByText(/งานช่าง/)
      .first()
      .waitFor()
    await looks(officer, 'a household with a problem')
  })

  it('records the help for it, and what became of it', async () => {
    const { page } = officer
    await record(page, 'h')
    await title(page, words.kinds.assistance)
    await type(page, 'what', 'สังกะสี 20 แผ่น')
    await type(page, 'givers.0.name', 'อบต. นางรอง')
    await tabTo(page, page.getByRole('textbox', { name: form.assistance.value }))
    await page.keyboard.type('4500')
    await save(page, 'assistance')
    const card = page.locator('.problem').filter({ hasText: 'หลังคารั่ว' })
    await card.getByText('4,500 บาท').waitFor()
    await card.getByText(words.problemStates.helped, { exact: true }).waitFor()

    await record(page, 'r')
    await title(page, words.kinds.result)
    await tabTo(page, page.getByRole('radio', { name: form.result.later }))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await save(page, 'result')
    await page.locator('.problem').getByText(words.problemStates.partly, { exact: true }).first().waitFor()
    await looks(officer, 'a household with a result')
  })

  it('corrects the help with a reason, and what it said before stays readable', async () => {
    const { page } = officer
    const help = entry(page, 'assistance')
    await tabTo(page, help.getByRole('button'))
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: story.correct }).press('Enter')
    await title(page, form.correctTitle(words.kinds.assistance))
    await tabTo(page, page.getByRole('textbox', { name: form.assistance.value }))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('5400')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').getByText(form.reason).waitFor()
    await type(page, 'correctionReason', 'อ่านใบเสร็จผิด')
    await looks(officer, 'the form of a correction')
    await save(page, 'assistance')
    await help.getByText('5,400 บาท').waitFor()
    await tabTo(page, help.getByRole('button', { name: story.earlier('1') }))
    await page.keyboard.press('Enter')
    await help.getByText('4,500 บาท').waitFor()
    await looks(officer, 'an entry with what it said before')
  })

  it('finds a half-typed form again after the tab was closed', async () => {
    const { page } = officer
    const seen = 'ฝนตกหนัก น้ำเข้าใต้ถุน ยังดูไม่ครบ'
    const tab = await page.context().newPage()
    await tab.goto(household)
    await record(tab, 'v')
    await title(tab, words.kinds.visit)
    // At once: typed letter by letter, the word that it is kept comes with the first of them.
    await tabTo(tab, tab.locator('[name="seen"]'))
    await tab.keyboard.insertText(seen)
    await tab.getByText(/เก็บร่างไว้ในเครื่องนี้แล้ว/).waitFor()
    await tab.close()
    await page.goto(household)
    await page.getByText(drafts.waiting).waitFor()
    await looks(officer, 'a household with a draft')
    await tabTo(page, page.getByRole('link', { name: drafts.goOn }))
    await page.keyboard.press('Enter')
    await page.getByText(/นำร่างที่พิมพ์ค้างไว้เมื่อ/).waitFor()
    expect(await page.locator('textarea[name=seen]').inputValue()).toBe(seen)
    await looks(officer, 'a form with a draft')
    await save(page, 'visit')
    await entry(page, 'visit').getByText(seen).waitFor()
    expect(await page.getByText(drafts.waiting).count()).toBe(0)
  })
})

describe('two people at one household', () => {
  it('see each other’s entries without loss, while both are typing', async () => {
    const { page } = officer
    await record(page, 'f')
    await title(page, words.kinds.followUp)
    await type(page, 'words', 'ยายยิ้มแย้ม')
    await colleague.page.goto(household)
    await record(colleague.page, 'v')
    await title(colleague.page, words.kinds.visit)
    await type(colleague.page, 'seen', 'ช่างมาซ่อมแล้วครึ่งหลัง')
    // The message stays for a few seconds only.
    await Promise.all([
      page.getByText(story.newFromOthers('วิชัย พัฒนากุล', words.kinds.visit)).waitFor({ timeout: 60_000 }),
      save(colleague.page, 'visit'),
    ])
    expect(await page.locator('textarea[name=words]').inputValue()).toBe('ยายยิ้มแย้ม')
    await tabTo(page, page.getByRole('radio', { name: words.conditions.better }))
    await page.keyboard.press('Space')
    await save(page, 'followUp')
    for (const one of [page, colleague.page]) {
      await entry(one, 'followUp').getByText('ยายยิ้มแย้ม').waitFor({ timeout: 40_000 })
      await entry(one, 'visit').getByText('ช่างมาซ่อมแล้วครึ่งหลัง').waitFor()
    }
  })

  it('decide which of two corrections of the same entry stands', async () => {
    const { page } = officer
    for (const one of [page, colleague.page]) {
      const menu = entry(one, 'result').getByRole('button')
      await menu.focus()
      await one.keyboard.press('Enter')
      await one.getByRole('menuitem', { name: story.correct }).press('Enter')
      await title(one, form.correctTitle(words.kinds.result))
    }
    await type(colleague.page, 'results.0.words', 'เหลือด้านหลัง')
    await type(colleague.page, 'correctionReason', 'เพิ่มรายละเอียด')
    await save(colleague.page, 'result')
    await type(page, 'results.0.words', 'ซ่อมแล้วครึ่งหนึ่ง')
    await type(page, 'correctionReason', 'ไปดูมาเอง')
    await page.keyboard.press('Control+Enter')
    await page.getByText(form.conflict.title).waitFor()
    await page
      .getByText(/เหลือด้านหลัง/)
      .first()
      .waitFor()
    await looks(officer, 'two corrections of one entry')
    expect(await page.locator('[name="results.0.words"]').inputValue()).toBe('ซ่อมแล้วครึ่งหนึ่ง')
    await tabTo(page, page.getByRole('button', { name: form.conflict.keepMine }))
    await page.keyboard.press('Enter')
    await page.getByText(form.conflict.title).waitFor({ state: 'detached' })
    await save(page, 'result')
    await entry(page, 'result')
      .getByText(/ซ่อมแล้วครึ่งหนึ่ง/)
      .waitFor()
    await page.getByRole('button', { name: story.earlier('2') }).waitFor()
  })

  it('propose a special outcome and approve it, each their own part', async () => {
    const { page } = officer
    await record(page, 's')
    await title(page, words.kinds.outcome)
    await tabTo(page, page.getByRole('radio', { name: words.outcomes.refuses }))
    await page.keyboard.press('Space')
    await type(page, 'evidence', 'หัวหน้าครัวเรือนลงชื่อไว้')
    await save(page, 'outcome')
    await page.getByText(story.outcomeOwn).waitFor()
    await colleague.page.goto(household)
    await tabTo(colleague.page, colleague.page.getByRole('button', { name: words.decisions.approve, exact: true }))
    await colleague.page.keyboard.press('Enter')
    await colleague.page.getByRole('dialog').waitFor()
    await tabTo(colleague.page, colleague.page.getByRole('dialog').getByRole('textbox'))
    await colleague.page.keyboard.type('สอบถามแล้วจริง')
    await colleague.page.keyboard.press('Enter')
    await colleague.page.getByText(story.outcomeApproved(words.outcomes.refuses), { exact: true }).waitFor()
    await looks(colleague, 'a special outcome that was approved')
  })

  it('had nothing to complain of in the console, the content policy and the address bar', () => {
    const refused = /status of 409/
    expect(officer.complaints.filter((one) => !refused.test(one))).toEqual([])
    expect(colleague.complaints).toEqual([])
  })
})
