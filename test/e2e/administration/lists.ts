/** Target lists and their official figures. */
import { describe, expect, it } from 'vitest'
import { listText } from '../../../src/web/text/list.ts'
import type { Office } from '../_office.ts'
import { common, findArea, people, session, tabTo, title, typeDay } from '../_visitor.ts'
import { dialogOf, toast } from './_page.ts'

const { th: text } = listText

export function listPages(office: () => Office): void {
  describe('target lists', () => {
    it('show what the registry counts beside the official figure, for any area', async () => {
      const { page, looks } = office().officer
      await page.goto('/lists')
      await title(page, text.title)
      await page.getByRole('row', { name: /TPMAP/ }).waitFor()
      await looks('lists')
      await page.getByRole('button', { name: /^พื้นที่: / }).click()
      await looks('the area of lists')
      await findArea(page, 'นางรอง', /อำเภอนางรอง/)
      await dialogOf(page).getByRole('button', { name: common.show, exact: true }).press('Enter')
      await page.getByRole('button', { name: 'พื้นที่: อำเภอนางรอง' }).waitFor()
      expect(await page.getByRole('row', { name: /พบในพื้นที่/ }).innerText()).toContain('3')
    })

    it('a list is not added while something is missing, and not under a code that is taken', async () => {
      const { page, looks } = office().officer
      await page.goto('/lists')
      await page.getByRole('link', { name: text.add }).click()
      await title(page, text.add)
      const save = page.getByRole('button', { name: common.save })
      await save.click()
      await page.getByText(text.codeFault).waitFor()
      expect(await page.getByText(session.required).count()).toBe(3)
      await looks('a new list with faults')
      await page.getByRole('textbox', { name: text.nameTh }).fill('บัญชีของจังหวัด ปี 2566')
      await page.getByRole('textbox', { name: text.nameEn }).fill('The province’s own list of 2566')
      await page.getByRole('textbox', { name: text.code }).fill('found')
      await page.getByRole('textbox', { name: text.document }).fill('จังหวัดบุรีรัมย์ ที่ บร ๐๐๑๙/๑๒๓')
      await typeDay(page.getByRole('group', { name: text.listDate }), ['30', '9', '2023'])
      await page.getByText('ปี 2023 ดูเหมือนเป็น ค.ศ.').waitFor()
      await looks('a new list with a year of the common era')
      await page.getByRole('button', { name: 'ใช้ พ.ศ. 2566' }).click()
      await save.click()
      await page.getByText(text.codeTaken).waitFor()
    })

    it('a list is added by keyboard, and its page is named after it', async () => {
      const { page, looks } = office().officer
      const code = page.getByRole('textbox', { name: text.code })
      await tabTo(page, code)
      await page.keyboard.press('Control+A')
      await page.keyboard.type('buriram-2566')
      await page.keyboard.press('Enter')
      await toast(page, text.added)
      await title(page, 'บัญชีของจังหวัด ปี 2566')
      const crumbs = page.getByRole('navigation', { name: common.whereAmI })
      expect(await crumbs.innerText()).toContain('บัญชีของจังหวัด ปี 2566')
      expect(await crumbs.innerText()).not.toContain('buriram-2566')
      await looks('a list')
    })

    it('is edited in a dialog that keeps to its limits', async () => {
      const { page, looks } = office().officer
      await page.getByRole('button', { name: text.editTitle }).press('Enter')
      const dialog = dialogOf(page)
      await dialog.getByRole('textbox', { name: text.nameTh }).fill('')
      await dialog.getByRole('textbox', { name: text.trust }).fill('')
      await dialog.getByRole('button', { name: common.save }).click()
      await dialog.getByText(text.trustFault).waitFor()
      await dialog.getByText(session.required).waitFor()
      await looks('editing a list with faults')
      await dialog.getByRole('textbox', { name: text.nameTh }).fill('บัญชีครัวเรือนของจังหวัด ปี 2566')
      await dialog.getByRole('textbox', { name: text.trust }).focus()
      await page.keyboard.press('Control+A')
      await page.keyboard.type('๘๐')
      await dialog.getByRole('button', { name: common.save }).click()
      await toast(page, text.saved)
      await title(page, 'บัญชีครัวเรือนของจังหวัด ปี 2566')
      await page.getByText('80', { exact: true }).first().waitFor()
    })

    it('gets an official figure with its document and day, and loses it again', async () => {
      const { page, looks } = office().officer
      await page.getByText(text.noDenominators).waitFor()
      await page.getByRole('button', { name: text.setDenominator }).click()
      const dialog = dialogOf(page)
      const save = dialog.getByRole('button', { name: common.save })
      await dialog.getByRole('textbox', { name: text.households }).fill('-5')
      await save.click()
      await dialog.getByText(people.dateWhole).waitFor()
      await looks('an official figure with faults')
      await dialog.getByRole('textbox', { name: text.households }).fill('29010')
      await dialog.getByRole('textbox', { name: text.document }).fill('หนังสือจังหวัด ที่ บร ๐๐๑๙/๔๕๖')
      await typeDay(dialog.getByRole('group', { name: text.asOf }), ['30', '9', '2566'])
      await save.press('Enter')
      await toast(page, text.denominatorSaved)
      await page.getByRole('row', { name: /29,010/ }).waitFor()
      await looks('a list with an official figure')
      await page.getByRole('button', { name: common.remove }).click()
      await toast(page, text.denominatorRemoved)
      await page.getByText(text.noDenominators).waitFor()
    })

    it('says so when there is no such list', async () => {
      const { page, looks } = office().officer
      await page.goto('/lists/no-such-list')
      await page.getByRole('alert').first().waitFor()
      await looks('no such list')
    })
  })
}
