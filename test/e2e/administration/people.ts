/** People, their roles, teams, agencies, and the devices that one is signed in on. */
import { describe, expect, it } from 'vitest'
import type { Office } from '../_office.ts'
import { employ, password, post } from '../_office.ts'
import {
  choose,
  common,
  findArea,
  newVisitor,
  people,
  session,
  signIn,
  tabTo,
  title,
  totp,
  typeDay,
} from '../_visitor.ts'
import { dialogOf, toast } from './_page.ts'

export function peoplePages(office: () => Office): void {
  describe('the list of people', () => {
    it('names the officer’s own area where no other is chosen, and filters by it, by role and by words', async () => {
      const { page, looks } = office().officer
      await page.goto('/people')
      await title(page, people.title)
      await page.getByRole('link', { name: 'สมหญิง ใจงาม' }).waitFor()
      await looks('people')
      const filter = page.getByRole('button', { name: 'พื้นที่: จังหวัดบุรีรัมย์' })
      await tabTo(page, filter)
      await page.keyboard.press('Enter')
      const dialog = dialogOf(page)
      await dialog.waitFor()
      await looks('the area of people')
      expect(await dialog.getByText('ทุกจังหวัด').count()).toBe(0)
      await findArea(page, 'นางรอง', /อำเภอนางรอง/)
      await dialog.getByRole('button', { name: common.show, exact: true }).click()
      await page.getByText(people.noneFound).waitFor()
      await looks('nobody found')
      await page.getByRole('button', { name: 'พื้นที่: อำเภอนางรอง' }).press('Enter')
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
      await page.goto('/people')
      await choose(page, people.role, people.roles.province)
      await page.getByRole('searchbox', { name: people.find }).fill('หญิง')
      await page.getByRole('link', { name: 'สมหญิง ใจงาม' }).waitFor()
    })
  })

  describe('a new person', () => {
    it('is not made while something is missing or wrong, and every field says what', async () => {
      const { page, looks } = office().officer
      await page.goto('/people')
      await page.getByRole('link', { name: people.add }).click()
      await title(page, people.add)
      const create = page.getByRole('button', { name: people.create })
      await create.click()
      await page.getByText(people.choosePlace).waitFor()
      await page.getByRole('textbox', { name: session.username }).fill('ก')
      await page.getByRole('textbox', { name: people.email }).fill('ไม่ใช่อีเมล')
      await create.click()
      await page.getByText(session.usernameFault).waitFor()
      await page.getByText(people.emailFault).waitFor()
      await looks('a new person with faults')
      await page.getByRole('textbox', { name: people.fullName }).fill('มานะ อดทน')
      await page.getByRole('textbox', { name: session.username }).fill('somying')
      await page.getByRole('textbox', { name: people.email }).fill('')
      await choose(page, people.role, people.roles.mentor)
      await page.getByRole('radio', { name: people.placeKinds.area, exact: true }).check({ force: true })
      await findArea(page, 'นางรอง', /อำเภอนางรอง/)
      await create.click()
      await page.getByText(people.taken).waitFor()
    })

    it('is made by keyboard alone, with a password that is shown once', async () => {
      const { page, looks } = office().officer
      const name = page.getByRole('textbox', { name: session.username })
      await tabTo(page, name)
      await page.keyboard.press('Control+A')
      await page.keyboard.type('mana')
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: people.oneTimeTitle })
      await dialog.waitFor()
      await page.getByText('72 ชั่วโมง').waitFor()
      await looks('a one-time password')
      await tabTo(page, dialog.getByRole('button', { name: people.oneTimeKept }))
      await page.keyboard.press('Enter')
      await title(page, 'มานะ อดทน')
      await looks('a person')
      expect(await page.locator('.one-time').count()).toBe(0)
    })

    it('gets another role, which is told when its days or its place are wrong, and loses it again', async () => {
      const { page, looks } = office().officer
      await page.getByRole('button', { name: people.grant, exact: true }).first().click()
      const dialog = dialogOf(page)
      const give = dialog.getByRole('button', { name: people.grant })
      await give.click()
      await dialog.getByText(people.choosePlace).waitFor()
      const from = dialog.getByRole('group', { name: people.from })
      const to = dialog.getByRole('group', { name: people.to })
      const nextYear = String(new Date().getFullYear() + 544)
      await typeDay(from, ['1', '2', nextYear])
      await typeDay(to, ['1', '1', nextYear])
      await findArea(page, 'นางรอง', /ตำบลนางรอง/)
      await give.click()
      await dialog.getByText(people.beforeFrom).waitFor()
      await looks('a role with faults')
      await typeDay(to, ['1', '3', nextYear])
      await choose(page, people.role, people.roles.operations)
      await give.click()
      await toast(page, people.grantDone)
      const row = page.getByRole('row', { name: new RegExp(people.roles.operations) })
      await row.getByText('ตำบลนางรอง').waitFor()
      await row.getByText(people.grantStates.coming).waitFor()
      await looks('a person with two roles')
      await row.getByRole('button', { name: people.revoke }).press('Enter')
      await row.getByText(people.grantStates.revoked).waitFor()
    })

    it('may not be given a role above the officer’s own', async () => {
      const { page, looks } = office().officer
      await page.getByRole('button', { name: people.grant, exact: true }).first().click()
      const dialog = dialogOf(page)
      await choose(page, people.role, people.roles.nation)
      await looks('a role that is not the officer’s to give')
      await dialog.getByRole('button', { name: common.cancel }).click()
      await dialog.waitFor({ state: 'detached' })
    })

    it('is disabled, enabled by taking it back, and given a new password', async () => {
      const { page, looks } = office().officer
      await page.getByRole('button', { name: people.disable }).click()
      await page.getByText(people.disableDone).waitFor()
      await page.getByText(people.disabled, { exact: true }).first().waitFor()
      const undo = page.getByRole('button', { name: common.undo })
      // The focus on a message stops its clock.
      await undo.focus()
      await looks('a disabled person')
      await undo.click()
      await page.getByRole('button', { name: people.disable }).waitFor()
      await page.getByRole('button', { name: people.resetPassword }).press('Enter')
      await page.getByText(people.resetPasswordLead).waitFor()
      await looks('before a new password')
      await page.keyboard.press('Escape')
      await dialogOf(page).waitFor({ state: 'detached' })
      // The focus is given back in a frame after the dialog went.
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(people.resetPassword)
      await page.keyboard.press('Enter')
      await dialogOf(page).getByRole('button', { name: people.resetPassword }).click()
      const shown = page.getByRole('dialog', { name: people.oneTimeTitle })
      await shown.waitFor()
      expect(await shown.locator('.one-time').innerText()).toMatch(/^(?:[a-z2-9]{4}-){3}[a-z2-9]{4}$/)
      await shown.getByRole('button', { name: people.oneTimeKept }).click()
      await shown.waitFor({ state: 'detached' })
    })

    it('is let in with a lost phone once the second factor is cleared', async () => {
      const owner = await employ(office(), { name: 'ดวงใจ มีสุข', username: 'duang', role: 'district', areaCode: '3104' })
      const { secret } = await post(owner.page, '/api/second-factor/begin', { password })
      await post(owner.page, '/api/second-factor/confirm', { code: totp(String(secret)) })
      const { page, looks } = office().officer
      await page.goto('/people')
      await page.getByRole('link', { name: 'ดวงใจ มีสุข' }).click()
      await title(page, 'ดวงใจ มีสุข')
      await page.getByRole('button', { name: people.resetSecondFactor }).click()
      await looks('before a second factor is cleared')
      await dialogOf(page).getByRole('button', { name: people.resetSecondFactor }).click()
      await toast(page, people.resetSecondFactorDone)
      await page.getByText(session.secondFactorOff).waitFor()
      await owner.leave()
    })
  })

  describe('teams and agencies', () => {
    it('a team is added once it has a name, a centre and an area', async () => {
      const { page, looks } = office().officer
      await page.goto('/people')
      await page.getByRole('tab', { name: people.tabs.teams }).click()
      await page.getByText(people.noTeams).waitFor()
      await looks('no teams')
      await page.getByRole('button', { name: people.addTeam }).first().press('Enter')
      const dialog = dialogOf(page)
      const add = dialog.getByRole('button', { name: people.addTeam })
      await add.click()
      await dialog.getByText(people.centreMissing).waitFor()
      await looks('a team with faults')
      await dialog.getByRole('textbox', { name: people.teamName }).fill('ทีมพี่เลี้ยง บ้านหนองมน')
      await dialog.getByRole('combobox', { name: people.centre, exact: true }).fill('นางรอง')
      await page
        .getByRole('option', { name: /อ\..*นางรอง/ })
        .first()
        .click()
      await findArea(page, 'นางรอง', /ตำบลนางรอง/)
      await looks('a team, filled in')
      await add.click()
      await toast(page, people.teamAdded)
      await page.getByRole('row', { name: /บ้านหนองมน/ }).waitFor()
      await looks('teams')
    })

    it('an agency is added once it has a name and an area', async () => {
      const { page, looks } = office().officer
      await page.getByRole('tab', { name: people.tabs.agencies }).press('Enter')
      await page.getByText(people.noAgencies).waitFor()
      await page.getByRole('button', { name: people.addAgency }).first().click()
      const dialog = dialogOf(page)
      const add = dialog.getByRole('button', { name: people.addAgency })
      await add.click()
      await dialog.getByText(people.areaMissing).waitFor()
      await looks('an agency with faults')
      await dialog.getByRole('textbox', { name: people.nameTh }).fill('มูลนิธิเพื่อนบ้าน')
      await dialog.getByRole('radio', { name: people.roles.partner }).check({ force: true })
      await findArea(page, 'นางรอง', /อำเภอนางรอง/)
      await add.press('Enter')
      await toast(page, people.agencyAdded)
      await page.getByRole('row', { name: /มูลนิธิเพื่อนบ้าน/ }).waitFor()
      await looks('agencies')
    })
  })

  describe('the devices that one is signed in on', () => {
    it('are shown, and are signed out one by one or together', async () => {
      const { server, browser, officer } = office()
      const others = []
      for (let device = 0; device < 3; device++) {
        const other = await newVisitor(browser, server.address)
        await signIn(other.page, 'somying', password)
        // The page of signing in has a title too.
        await title(other.page, 'จังหวัดบุรีรัมย์')
        others.push(other)
      }
      const { page, looks } = officer
      await page.goto('/account')
      await page.getByRole('button', { name: session.revokeOthers }).waitFor()
      const buttons = page.getByRole('button', { name: session.revoke, exact: true })
      await expect.poll(() => buttons.count()).toBe(3)
      await page.getByRole('heading', { name: session.sessions }).scrollIntoViewIfNeeded()
      await looks('devices')
      await tabTo(page, buttons.first())
      await page.keyboard.press('Enter')
      await toast(page, session.revoked)
      expect(await buttons.count()).toBe(2)
      await page.getByRole('button', { name: session.revokeOthers }).click()
      await toast(page, session.revokedOthers('2'))
      expect(await buttons.count()).toBe(0)
      await page.getByText(session.thisDevice).waitFor()
      await looks('one device')
      for (const other of others) {
        await other.page.goto('/')
        await title(other.page, common.signIn)
        await other.leave()
      }
    })
  })
}
