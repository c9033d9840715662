/** Areas and villages, the centres that answer for them, and what a municipal centre covers. */
import { describe, expect, it } from 'vitest'
import { centreText } from '../../../src/web/text/centre.ts'
import type { Office } from '../_office.ts'
import { area as areaWords, choose, common, findArea, session, tabTo, title, typeDay } from '../_visitor.ts'
import { dialogOf, toast } from './_page.ts'

const { th: text } = centreText

export function areaPages(office: () => Office): void {
  describe('areas', () => {
    it('are walked from the nation down to a subdistrict, or gone to at once', async () => {
      const { page, looks } = office().officer
      await page.goto('/areas')
      await title(page, text.title)
      await page.locator('.data-table').getByRole('link', { name: 'จังหวัดบุรีรัมย์' }).waitFor()
      await looks('the nation')
      await page.locator('.data-table').getByRole('link', { name: 'จังหวัดบุรีรัมย์' }).press('Enter')
      await title(page, 'จังหวัดบุรีรัมย์')
      await page.getByRole('link', { name: 'อำเภอนางรอง' }).waitFor()
      await looks('a province')
      await page.getByRole('button', { name: /^ไปยังพื้นที่: / }).click()
      await looks('going to an area')
      await page.getByRole('combobox', { name: areaWords.find }).fill('ไม่มีที่นี่')
      await page.getByRole('option').or(page.getByText(/ไม่พบ/)).first().waitFor()
      await findArea(page, '310401', /ตำบลนางรอง/)
      await dialogOf(page).getByRole('button', { name: common.show, exact: true }).click()
      await title(page, 'ตำบลนางรอง')
      await page.getByRole('row', { name: /หนองมน/ }).waitFor()
      await looks('a subdistrict')
    })

    it('a village is added once it has a number that is free and a name', async () => {
      const { page, looks } = office().officer
      await page.getByRole('button', { name: text.addVillage }).press('Enter')
      const dialog = dialogOf(page)
      const save = dialog.getByRole('button', { name: common.save })
      await save.click()
      await dialog.getByText(text.mooFault).waitFor()
      await dialog.getByText(session.required).waitFor()
      await looks('a village with faults')
      await dialog.getByRole('textbox', { name: text.moo }).fill('1')
      await dialog.getByRole('textbox', { name: text.villageName }).fill('หนองตะไก้')
      await save.click()
      await dialog.getByText(text.mooTaken).waitFor()
      await looks('a village whose number is taken')
      await dialog.getByRole('textbox', { name: text.moo }).focus()
      await page.keyboard.press('Control+A')
      await page.keyboard.type('๕')
      await dialog.getByRole('textbox', { name: text.villageName }).press('Enter')
      await toast(page, text.villageAdded)
      await page.getByRole('link', { name: /หมู่ที่ 5 บ้านหนองตะไก้/ }).click()
      await title(page, /บ้านหนองตะไก้/)
      await page.getByText(text.isVillage).waitFor()
      await looks('a village')
    })

    it('a village gets another name', async () => {
      const { page, looks } = office().officer
      await page.getByRole('button', { name: text.rename }).click()
      const dialog = dialogOf(page)
      await dialog.getByRole('textbox', { name: text.villageName }).fill('')
      await dialog.getByRole('button', { name: common.save }).click()
      await dialog.getByText(session.required).waitFor()
      await looks('another name with a fault')
      await dialog.getByRole('textbox', { name: text.villageName }).fill('หนองตะไก้พัฒนา')
      await page.keyboard.press('Enter')
      await toast(page, text.renamed)
      await title(page, /หนองตะไก้พัฒนา/)
      await page.getByRole('tab', { name: text.tabs.names }).press('Enter')
      await page.getByRole('row', { name: /หนองตะไก้พัฒนา/ }).waitFor()
      await looks('the names of a village')
    })
  })

  describe('a municipal centre', () => {
    it('is added to the province, once it has its names', async () => {
      const { page, looks } = office().officer
      await page.goto('/areas?area=31&tab=centres')
      await page
        .getByRole('row', { name: /เทศบาลเมือง/ })
        .first()
        .waitFor()
      await looks('the centres of a province')
      await choose(page, text.kind, text.kinds.district)
      await page.getByRole('row', { name: /นางรอง/ }).waitFor()
      await page.getByRole('button', { name: text.addCentre }).press('Enter')
      const dialog = dialogOf(page)
      const add = dialog.getByRole('button', { name: text.addCentre })
      await add.click()
      expect(await dialog.getByText(session.required).count()).toBe(3)
      await looks('a centre with faults')
      await dialog.getByRole('textbox', { name: text.fullName }).fill('ศูนย์อำนวยการปฏิบัติการขจัดความยากจน เทศบาลเมืองถนนหัก')
      await dialog.getByRole('textbox', { name: text.shortName }).fill('ศจพ.ทม. ถนนหัก')
      await dialog.getByRole('textbox', { name: text.englishName }).fill('Thanon Hak Town Municipality centre')
      await add.press('Enter')
      await toast(page, text.centreAdded)
      await title(page, 'ศจพ.ทม. ถนนหัก')
      await page.getByText(text.noCoverageLead).waitFor()
      await looks('a centre that covers nothing')
    })

    it('takes over the households of what it covers when that is saved, and gives them back', async () => {
      const { page, looks } = office().officer
      await page.getByRole('button', { name: text.editCoverage }).click()
      const dialog = dialogOf(page)
      const add = dialog.getByRole('button', { name: text.addArea })
      expect(await add.isDisabled()).toBe(true)
      await looks('the coverage of a centre')
      await findArea(page, '310401', /ตำบลนางรอง/)
      await add.click()
      await findArea(page, '310413', /ตำบลถนนหัก/)
      // The lists of the fields on the way open by themselves, and hide what lies behind them from readers.
      await tabTo(page, dialog.getByRole('button', { name: text.addArea, includeHidden: true }))
      await page.keyboard.press('Enter')
      await dialog.getByRole('button', { name: text.removeArea('ตำบลถนนหัก') }).waitFor()
      await looks('the coverage of a centre, two areas added')
      await dialog.getByRole('button', { name: common.save }).click()
      await toast(page, text.centreSaved('3'))
      await page.getByRole('row', { name: /ตำบลถนนหัก/ }).waitFor()
      expect(await countOf(page.locator('main'), text.hasHouseholds)).toBe('3')
      await looks('a centre that covers two areas')
      await page.getByRole('button', { name: text.editCoverage }).press('Enter')
      await dialogOf(page)
        .getByRole('button', { name: text.removeArea('ตำบลนางรอง') })
        .click()
      await dialogOf(page).getByRole('button', { name: common.save }).click()
      await toast(page, text.centreSaved('2'))
      expect(await countOf(page.locator('main'), text.hasHouseholds)).toBe('1')
    })

    it('cannot cover what another centre covers, and says whose it is', async () => {
      const { page, looks } = office().officer
      await page.getByRole('button', { name: text.editCoverage }).click()
      const dialog = dialogOf(page)
      await findArea(page, '310101', /ตำบลในเมือง/)
      await dialog.getByRole('button', { name: text.addArea }).click()
      await dialog.getByRole('button', { name: common.save }).click()
      await dialog.getByText(/^ตำบลในเมือง เป็นพื้นที่ของ .*บุรีรัมย์/).waitFor()
      await looks('an area that another centre covers')
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    })

    it('opens its households', async () => {
      const { page } = office().officer
      await page.getByRole('link', { name: '1', exact: true }).click()
      await page.getByRole('link', { name: /สายใจ แก้วมณี/ }).waitFor()
      await page.goBack()
      await title(page, 'ศจพ.ทม. ถนนหัก')
    })

    it('is ended on a day that is over, and its households go back to their district', async () => {
      const { page, looks } = office().officer
      await page.getByRole('button', { name: text.editCentre }).press('Enter')
      const dialog = dialogOf(page)
      const save = dialog.getByRole('button', { name: common.save })
      const day = dialog.getByRole('group', { name: text.ends })
      await dialog.getByRole('textbox', { name: text.shortName }).fill('')
      await typeDay(day, ['', '', '2590'])
      await save.click()
      await dialog.getByText(session.required).waitFor()
      await looks('the names of a centre with faults')
      await dialog.getByRole('textbox', { name: text.shortName }).fill('ศจพ.ทม. ถนนหัก (เดิม)')
      await typeDay(day, ['31', '12', '2590'])
      await save.click()
      await dialog.getByText(text.endsFault).waitFor()
      await looks('a last day that is not over')
      await typeDay(day, ['31', '12', '2565'])
      await save.click()
      await toast(page, text.centreSaved('1'))
      await title(page, 'ศจพ.ทม. ถนนหัก (เดิม)')
      await looks('a centre that was ended')
    })
  })
}

/** The value beside a label. */
async function countOf(main: import('playwright-core').Locator, label: string): Promise<string> {
  return main.locator('dt', { hasText: label }).locator('xpath=following-sibling::dd[1]').innerText()
}
