/** A province edits its rules and its catalogue of help on the running program, with the keyboard alone. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ruleKinds } from '../../src/domain/logbook/rules/index.ts'
import { catalogueText } from '../../src/web/text/catalogue.ts'
import { entryText } from '../../src/web/text/entry.ts'
import { ruleText } from '../../src/web/text/rule.ts'
import { dialogOf, toast } from './administration/_page.ts'
import { launchChromium } from './_chromium.ts'
import { openOffice, type Office } from './_office.ts'
import { common, tabTo, title, typeDay } from './_visitor.ts'

const { th: rule } = ruleText
const { th: catalogue } = catalogueText
let browser: Browser
let office: Office

beforeAll(async () => {
  browser = await launchChromium()
  office = await openOffice(browser)
})

afterAll(async () => {
  await browser?.close()
  expect(await office?.server.stop()).toBe(0)
})

async function press(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button)
  await page.keyboard.press('Enter')
}

async function saveVersion(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('textbox', { name: rule.reason }))
  await page.keyboard.type('มติประชุม ศจพ.จ. ครั้งที่ 1/2566')
  await page.keyboard.press('Enter')
  await toast(page, rule.saved)
}

describe('the rules of a province', () => {
  for (const kind of ruleKinds)
    it(`show ${kind} without a finding, at phone and desk size`, async () => {
      const { page, looks } = office.officer
      await page.goto(`/rules?kind=${kind}`)
      await title(page, rule.title)
      await page.getByText(rule.leads[kind]).waitFor()
      await looks(`rules of ${kind}`)
    })

  it('take a new choice of the 4ท analysis by keyboard, as a version with its reason', async () => {
    const { page, looks } = office.officer
    await page.goto('/rules?kind=fourT')
    const skills = page.getByRole('list', { name: entryText.th.sides.skill })
    await skills.waitFor()
    await press(page, page.getByRole('button', { name: rule.addItem }).nth(1))
    const dialog = dialogOf(page)
    await press(page, dialog.getByRole('button', { name: rule.apply }))
    await dialog.getByText(`${rule.th}: ${rule.faults.other}`).waitFor()
    await looks('a choice with faults')
    await tabTo(page, dialog.getByRole('textbox', { name: rule.th }))
    await page.keyboard.type('ทอผ้าไหม')
    await tabTo(page, dialog.getByRole('textbox', { name: rule.en }))
    await page.keyboard.type('Silk weaving')
    await press(page, dialog.getByRole('button', { name: rule.apply }))
    await skills.getByText('ทอผ้าไหม').waitFor()
    await page.getByText(rule.notSaved).waitFor()
    await saveVersion(page)
    expect(await page.getByText(rule.notSaved).count()).toBe(0)
    await page.getByRole('button', { name: new RegExp(rule.history) }).press('Enter')
    const row = page.getByRole('row', { name: /1\/2566/ })
    await row.waitFor()
    expect(await row.innerText()).toContain('สมหญิง ใจงาม')
    await looks('the history of a rule')
  })

  it('show what each version said, only to be read', async () => {
    const { page, looks } = office.officer
    const dialog = dialogOf(page)
    const versions = [
      ['1', 1],
      ['0', 0],
    ] as const
    for (const [number, weavers] of versions) {
      const name = rule.versionNumber(number)
      const read = page.getByRole('button', { name: rule.readVersion(name) })
      await press(page, read)
      await dialog.getByText(rule.kinds.fourT).waitFor()
      const skills = dialog.getByRole('list', { name: entryText.th.sides.skill })
      await skills.getByRole('listitem').first().waitFor()
      expect(await skills.getByText('ทอผ้าไหม').count()).toBe(weavers)
      expect(await dialog.getByRole('button').count()).toBe(1)
      if (number === '1') {
        await dialog.getByText(/1\/2566/).waitFor()
        await looks('an older version of a rule')
      }
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await expect.poll(() => read.evaluate((button) => button === document.activeElement)).toBe(true)
    }
  })

  it('say in words why a rule cannot be saved', async () => {
    const { page, looks } = office.officer
    await page.goto('/rules?kind=classes')
    const from = page.getByRole('textbox', { name: rule.level3From })
    await from.fill('1')
    await page.getByRole('textbox', { name: rule.reason }).fill('ทดลอง')
    await page.getByRole('button', { name: rule.saveVersion }).click()
    await page.getByText(rule.faultsTitle).waitFor()
    await looks('a rule with faults')
    await page.getByRole('button', { name: rule.putBack }).click()
    expect(await from.inputValue()).toBe('3')
  })

  it('settle the households of the province after what is counted was changed', async () => {
    const { page, looks } = office.officer
    await page.goto('/rules?kind=facts')
    await page.getByRole('button', { name: rule.addItem }).click()
    const dialog = dialogOf(page)
    await looks('a new fact')
    await dialog.getByRole('textbox', { name: rule.th }).fill('ลงพื้นที่แล้วอย่างน้อยหนึ่งครั้ง')
    await dialog.getByRole('textbox', { name: rule.en }).fill('Visited at least once')
    await dialog.getByRole('group', { name: rule.all }).getByText(rule.predicates.visited).click()
    await dialog.getByRole('button', { name: rule.apply }).click()
    await saveVersion(page)
    await page.getByText(rule.isSettling).waitFor({ state: 'detached', timeout: 60_000 })
    await page.getByText('ลงพื้นที่แล้วอย่างน้อยหนึ่งครั้ง').waitFor()
  }, 180_000)
})

describe('the catalogue of help', () => {
  it('shows what there is today, and only one dimension where asked', async () => {
    const { page, looks } = office.officer
    await page.goto('/catalogue')
    await title(page, catalogue.title)
    await page.getByRole('row', { name: /เบี้ยยังชีพผู้สูงอายุ/ }).waitFor()
    await looks('the catalogue')
    await page.goto('/catalogue?dimension=living')
    await page.getByRole('row', { name: /บ้านพอเพียงชนบท/ }).waitFor()
    expect(await page.getByRole('row', { name: /เบี้ยยังชีพ/ }).count()).toBe(0)
  })

  it('takes help of the province, which is changed from a day on and ended', async () => {
    const { page, looks } = office.officer
    await page.goto('/catalogue')
    await page.getByRole('button', { name: catalogue.add }).press('Enter')
    const dialog = dialogOf(page)
    const save = dialog.getByRole('button', { name: common.save })
    await save.click()
    await dialog.getByText(catalogue.faults.required).first().waitFor()
    await looks('help with faults')
    const filled = {
      nameTh: 'ทุนปลูกผักสวนครัว',
      nameEn: 'Seed money for a kitchen garden',
      agency: 'พัฒนาการอำเภอ',
      amountTh: '1,500 บาท',
      amountEn: '1,500 baht',
      source: 'คำสั่งจังหวัด',
    } as const
    for (const [field, value] of Object.entries(filled))
      await dialog.getByRole('textbox', { name: catalogue[field as keyof typeof filled], exact: true }).fill(value)
    await dialog
      .getByRole('button', { name: new RegExp(`^${catalogue.dimension}|${catalogue.dimension}$`) })
      .press('Enter')
    await page.getByRole('option', { name: 'รายได้' }).press('Enter')
    await typeDay(dialog.getByRole('group', { name: catalogue.validFrom }), ['1', '1', '2566'])
    await save.press('Enter')
    await toast(page, catalogue.added)
    const row = page.getByRole('row', { name: /ทุนปลูกผักสวนครัว/ })
    await row.waitFor()

    await row.getByRole('button', { name: catalogue.endOf(filled.nameTh) }).press('Enter')
    await looks('the last day of help')
    await typeDay(dialogOf(page).getByRole('group', { name: catalogue.validTo }), ['31', '1', '2566'])
    await dialogOf(page).getByRole('button', { name: common.save }).press('Enter')
    await toast(page, catalogue.ended)
    await row.waitFor({ state: 'detached' })
  })

  it('lets a province take over an item of everybody', async () => {
    const { page, looks } = office.officer
    await page.goto('/catalogue?dimension=living')
    await page.getByRole('button', { name: `${catalogue.change}: บ้านพอเพียงชนบท` }).press('Enter')
    const dialog = dialogOf(page)
    await dialog.getByText(catalogue.takesOver).waitFor()
    await looks('changing help')
    await dialog.getByRole('textbox', { name: catalogue.amountTh }).fill('ไม่เกิน 25,000 บาท')
    await dialog.getByRole('button', { name: common.save }).press('Enter')
    await toast(page, catalogue.changed)
    await page.getByText('ไม่เกิน 25,000 บาท').waitFor()
  })
})

describe('all of it', () => {
  it('left nothing to complain of', () => {
    expect(office.officer.complaints).toEqual([])
  })
})
