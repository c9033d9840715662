/** What the registry decides for itself, and the log of who did what. */
import { describe, expect, it } from 'vitest'
import { auditText } from '../../../src/web/text/audit.ts'
import { settingsText } from '../../../src/web/text/settings.ts'
import type { Office } from '../_office.ts'
import { choose, common, findArea, people, session, tabTo, title, typeDay } from '../_visitor.ts'
import { dialogOf, toast } from './_page.ts'

const { th: text } = settingsText
const { th: audit } = auditText

export function recordPages(office: () => Office): void {
  describe('the settings', () => {
    it('take a name of the registry, and no empty one', async () => {
      const { page, looks } = office().administrator
      await page.goto('/settings')
      await title(page, text.title)
      const form = page.getByRole('form', { name: text.registry, exact: true })
      await form.getByRole('textbox', { name: text.registryName }).fill('')
      await form.getByRole('button', { name: common.save }).click()
      await form.getByText(session.required).waitFor()
      await looks('settings with a fault')
      await form.getByRole('textbox', { name: text.registryName }).fill('ศจพ.จังหวัดบุรีรัมย์ (ทดลอง)')
      await page.keyboard.press('Enter')
      await toast(page, text.saved)
      await page.getByRole('banner').getByText('ศจพ.จังหวัดบุรีรัมย์ (ทดลอง)').first().waitFor()
    })

    it('take points that add up to 100 and no others', async () => {
      const { page, looks } = office().administrator
      const form = page.getByRole('form', { name: text.weights })
      const save = form.getByRole('button', { name: common.save })
      const name = form.getByRole('textbox', { name: text.weight.name })
      const village = form.getByRole('textbox', { name: text.weight.village })
      const [before, other] = [Number(await name.inputValue()), Number(await village.inputValue())]
      await name.fill(String(before + 5))
      await name.press('Tab')
      await form.getByText(text.weightsFault('105')).waitFor()
      expect(await save.isDisabled()).toBe(true)
      await form.scrollIntoViewIfNeeded()
      await looks('points that do not add up')
      await village.fill(String(other - 5))
      await village.press('Tab')
      await save.press('Enter')
      await toast(page, text.saved)
      await form.getByRole('button', { name: text.backToDefault }).click()
      expect(Number(await name.inputValue())).toBe(before)
      await save.click()
      await toast(page, text.saved)
    })

    it('take thresholds in their order, and limits in their range', async () => {
      const { page, looks } = office().administrator
      const thresholds = page.getByRole('form', { name: text.thresholds })
      const likely = thresholds.getByRole('textbox', { name: text.likely })
      await likely.fill('1')
      await likely.press('Tab')
      await thresholds.getByText(text.likelyFault).waitFor()
      expect(await thresholds.getByRole('button', { name: common.save }).isDisabled()).toBe(true)
      const limits = page.getByRole('form', { name: text.limits })
      const share = limits.getByRole('textbox', { name: text.guardShare })
      await share.fill('101')
      await share.press('Tab')
      await limits.getByText(text.rangeFault('0', '100')).waitFor()
      await limits.scrollIntoViewIfNeeded()
      await looks('limits with a fault')
      await thresholds.getByRole('button', { name: text.backToDefault }).click()
      await share.focus()
      await page.keyboard.press('Control+A')
      await page.keyboard.type('๓๐')
      await limits.getByRole('button', { name: common.save }).click()
      await toast(page, text.saved)
    })

    it('take a rule for each field', async () => {
      const { page, looks } = office().administrator
      const rule = page.getByRole('combobox', { name: new RegExp(`^${text.rule}: `) }).first()
      await tabTo(page, rule)
      await rule.selectOption(text.rules.trusted)
      const form = page.getByRole('form', { name: text.survivorship })
      await form.scrollIntoViewIfNeeded()
      await looks('another rule for a field')
      await form.getByRole('button', { name: common.save }).press('Enter')
      await toast(page, text.saved)
      await page.reload()
      await title(page, text.title)
      await page.getByRole('heading', { name: text.survivorship }).waitFor()
      expect(await rule.inputValue()).toBe('trusted')
      await form.getByRole('button', { name: text.backToDefault }).click()
      await form.getByRole('button', { name: common.save }).click()
      await toast(page, text.saved)
    })
  })

  describe('the log of who did what', () => {
    it('names the officer’s own area, and shows the newest first, page by page', async () => {
      const { page, looks } = office().officer
      await page.goto('/audit')
      await title(page, audit.title)
      await page.locator('tbody tr').nth(5).waitFor()
      await page.getByRole('button', { name: 'พื้นที่: จังหวัดบุรีรัมย์' }).waitFor()
      await looks('the log')
      await page.setViewportSize({ width: 360, height: 740 })
      await page.reload()
      await title(page, audit.title)
      await page.getByRole('rowheader').or(page.locator('tbody tr')).first().waitFor()
      expect(await page.locator('.select-button').isVisible()).toBe(false)
      await looks('the log, opened on a phone')
      await page.setViewportSize({ width: 360, height: 740 })
      await page.getByRole('button', { name: people.changeFilter }).click()
      await page.locator('.select-button').waitFor()
      await looks('the log and its filters on a phone')
      await page.reload()
      await title(page, audit.title)
    })

    it('filters by what was done, by area, by day and by person', async () => {
      const { page, looks } = office().officer
      await choose(page, audit.action, audit.groups.centre)
      await expect.poll(() => page.locator('tbody tr').count()).toBe(4)
      await page.getByRole('button', { name: 'พื้นที่: จังหวัดบุรีรัมย์' }).press('Enter')
      await looks('the area of the log')
      await findArea(page, 'นางรอง', /อำเภอนางรอง/)
      await dialogOf(page).getByRole('button', { name: common.show, exact: true }).click()
      await page.getByText(audit.none).waitFor()
      await looks('an empty log')
      await page.goto('/audit')
      await choose(page, audit.action, audit.groups.all)
      await typeDay(page.getByRole('group', { name: audit.to }), ['1', '1', '2560'])
      await page.getByText(audit.none).waitFor()
      await typeDay(page.getByRole('group', { name: audit.to }), ['1', '1', '2600'])
      await page.locator('tbody tr').nth(5).waitFor()
      await page.goto('/people')
      await page.getByRole('link', { name: 'มานะ อดทน' }).click()
      await page.getByRole('link', { name: people.activity }).click()
      await title(page, audit.title)
      await page.getByText(audit.onePerson).waitFor()
      await looks('the log of one person')
      await page.getByRole('button', { name: audit.clearPerson }).press('Enter')
      await page.locator('tbody tr').nth(5).waitFor()
    })
  })
}
