/** The first capability from an empty registry to its figures, as people go through it, on the real program. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generatePractice } from '../../src/practice/generate.ts'
import type { ListName, Truth } from '../../src/practice/truth.ts'
import { createMemorySource } from '../../src/server/files/sources.ts'
import { openTable } from '../../src/server/files/table.ts'
import { figureText } from '../../src/web/text/figure.ts'
import { importText } from '../../src/web/text/import.ts'
import { importQueueText } from '../../src/web/text/importQueue.ts'
import { importResultText } from '../../src/web/text/importResult.ts'
import { importReviewText } from '../../src/web/text/importReview.ts'
import { householdText } from '../../src/web/text/household.ts'
import { householdFormText } from '../../src/web/text/householdForm.ts'
import { logbookText } from '../../src/web/text/logbook.ts'
import { navigationText } from '../../src/web/navigation.ts'
import { splitTitle } from '../../src/domain/thai/title.ts'
import { fixKeyboardLayout } from '../../src/domain/thai/keyboard.ts'
import { startPracticeServer, type RunningServer } from './_server.ts'
import { launchChromium } from './_chromium.ts'
import {
  drop,
  isRefusal,
  left,
  listCount,
  numberOf,
  patiently,
  shownCount,
  throughColumns,
  typeFound,
} from './_journey.ts'
import {
  addPerson,
  choose,
  type NewAccount,
  newVisitor,
  session,
  signIn,
  signInFirst,
  signOut,
  tabTo,
  title,
  totp,
  type Visitor,
} from './_visitor.ts'

const { th: imports } = importText
const { th: queue } = importQueueText
const { th: result } = importResultText
const { th: review } = importReviewText
const { th: figures } = figureText
const { th: households } = householdText
const { th: logbook } = logbookText
const { th: forms } = householdFormText
const { th: menu } = navigationText
const files = mkdtempSync(join(tmpdir(), 'kaejon-journey-files-'))
let truth: Truth
let server: RunningServer
let browser: Browser
let administrator: Visitor
let officer: Visitor
/** Where the second list was brought in, and how many of its households wait for a person. */
let secondImport = ''
let waiting = 0
const village = { code: '', name: '', count: 0 }
const household = { name: '', member: '', path: '', nationalId: '' }

beforeAll(async () => {
  truth = await generatePractice({ province: '31', seed: 2565, scale: 0.006, folder: files })
  server = await startPracticeServer()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  rmSync(files, { recursive: true, force: true })
  expect(await server?.stop()).toBe(0)
})

describe('an empty registry', () => {
  const password = 'ประโยคลับของผู้ดูแล 2569'
  let secret = ''

  it('makes its first administrator, who has to set a second factor', async () => {
    administrator = await newVisitor(browser, server.address)
    const { page, looks } = administrator
    await page.goto('/')
    await title(page, session.setupTitle)
    await looks('the first page')
    await page.getByRole('textbox', { name: session.name }).fill('วิภา ดูแลระบบ')
    await page.getByRole('textbox', { name: session.username }).fill('wipa')
    await page.getByLabel(session.password, { exact: true }).fill(password)
    await page.getByRole('textbox', { name: session.registryName }).fill('ศจพ.จังหวัดบุรีรัมย์')
    await page.getByRole('button', { name: session.setupDo }).click()
    await title(page, session.setUpSecondFactor)
    await looks('the second factor: password')
    await page.getByLabel(session.password, { exact: true }).fill(password)
    await page.getByRole('button', { name: session.begin }).click()
    secret = await page.locator('.secret').innerText()
    await looks('the second factor: scan')
    await page.getByRole('textbox', { name: session.code }).fill(totp(secret))
    await page.getByRole('button', { name: session.confirm }).click()
    await page.getByRole('heading', { name: session.codesTitle }).waitFor()
    await looks('the second factor: backup codes')
    await page.getByRole('button', { name: session.codesKept }).click()
    await title(page, 'ประเทศไทย')
    await looks('an empty overview')
  })

  it('lets the administrator in again with password and code', async () => {
    const { page, looks } = administrator
    await signOut(page)
    await looks('sign-in')
    await signIn(page, 'wipa', password)
    await title(page, session.codeTitle)
    await looks('the code')
    await page.getByRole('textbox', { name: session.code }).fill(totp(secret, Date.now() + 30_000))
    await page.getByRole('button', { name: session.confirm }).click()
    await title(page, 'ประเทศไทย')
  })

  it('takes an officer of the province, whose first password works once', async () => {
    const account = await addPerson(administrator, {
      name: 'สมหญิง ใจงาม',
      username: 'somying',
      role: 'province',
      place: { typed: 'บุรีรัมย์', found: /จังหวัดบุรีรัมย์/ },
    })
    officer = await newVisitor(browser, server.address)
    await signInFirst(officer.page, account)
    await title(officer.page, 'จังหวัดบุรีรัมย์')
    await officer.looks('an empty overview of a province')
  })
})

describe('the lists of the province', () => {
  it('come in by dropping the file, looking at its columns and at the check of every row', async () => {
    const { page, looks } = officer
    await page.getByRole('navigation').getByRole('link', { name: menu.imports }).first().click()
    await title(page, imports.listTitle)
    await looks('no imports yet')
    await page.getByRole('link', { name: imports.newImport }).first().click()
    await title(page, imports.start.title)
    await looks('a new import')
    await drop(page, fileOf('tpmap-2565'))
    await page.getByText(imports.start.sent).waitFor()
    await choose(page, imports.start.list, /TPMAP/)
    await looks('a new import, filled in')
    await page.getByRole('button', { name: imports.start.submit }).click()
    await throughColumns(officer)
    await looks('the check of all rows')
    const { householdsReadable } = truthOf('tpmap-2565')
    await page.getByRole('button', { name: review.willCome(String(householdsReadable)), exact: true }).click()
    await page.getByRole('heading', { name: result.title }).waitFor(patiently)
    await looks('the result')
  }, 300_000)

  it('give back the rows that were left out, as a workbook to correct', async () => {
    const { page } = officer
    const coming = page.waitForEvent('download')
    await page.getByRole('link', { name: review.rejects }).click()
    const table = await openTable(createMemorySource(readFileSync(await (await coming).path())))
    const rows = []
    for await (const batch of table.rows(table.sheets[0]?.name ?? '')) rows.push(...batch)
    await table.close()
    expect(table.format).toBe('xlsx')
    const { headerRow, invalidRows } = truthOf('tpmap-2565')
    expect(rows.filter(({ number }) => number > headerRow).length).toBe(invalidRows)
  })

  it('leave what is doubtful to a person, who decides it in the queue', async () => {
    const { page, looks } = officer
    await page.goto('/imports/new')
    await page.locator('input[type=file]').setInputFiles(fileOf('thaiqm-2'))
    await choose(page, imports.start.list, /ThaiQM/)
    await page.getByRole('button', { name: imports.start.submit }).click()
    await throughColumns(officer)
    secondImport = new URL(page.url()).pathname
    await page.getByRole('link', { name: review.openQueue }).click()
    await title(page, queue.waitingTitle)
    await page.locator('.queue-choice').first().waitFor()
    await looks('the queue')
    const before = await left(page)
    expect(before).toBeGreaterThan(0)
    await page.locator('.queue-choice').first().click()
    await page.locator('.queue-act').waitFor()
    await expect.poll(() => left(page)).toBe(before - 1)
    await looks('the queue, one row decided')
    waiting = before - 1
    await page.getByRole('link', { name: queue.backToBatch }).first().click()
    await page.getByRole('button', { name: /^นำเข้า \d+ ครัวเรือน/ }).click()
    await page.getByRole('heading', { name: result.title }).waitFor(patiently)
    expect(await page.getByText(result.stillWaiting(String(waiting))).count()).toBe(waiting > 0 ? 1 : 0)
  }, 300_000)
})

describe('the overview', () => {
  it('counts what the files hold, and opens the households behind every number', async () => {
    const { page, looks } = officer
    await page.goto('/')
    await title(page, 'จังหวัดบุรีรัมย์')
    await looks('the overview')
    expect(await listCount(page, /TPMAP/)).toBe(truthOf('tpmap-2565').householdsReadable)
    expect(await listCount(page, /ThaiQM/)).toBe(truthOf('thaiqm-2').householdsReadable - waiting)
    const lines = await page.locator('.overlap-table tbody a, table.overlap tbody a').allInnerTexts()
    const once = numberOf(await page.locator('a.figure .figure-value').first().innerText())
    if (lines.length > 0) expect(lines.map(numberOf).reduce((sum, count) => sum + count, 0)).toBe(once)
    const links = await page
      .locator('main a[href^="/households"]')
      .evaluateAll((found) =>
        found
          .filter((link) => !link.closest('.figure'))
          .map((link) => ({ href: link.getAttribute('href') ?? '', text: link.textContent ?? '' })),
      )
    // Households and persons of one area stand side by side and open the same households; the first is their count.
    const behind = new Map(links.toReversed().map(({ href, text }) => [href, numberOf(text)]))
    expect(behind.size).toBeGreaterThan(20)
    for (const [href, count] of [...behind].filter((_, index) => index % 5 === 0)) {
      await page.locator(`main a[href="${href}"]:not(.figure)`).first().click()
      expect(await shownCount(page), href).toBe(count)
      await page.goBack()
      await title(page, 'จังหวัดบุรีรัมย์')
    }
  })

  it('leads down to a village', async () => {
    const { page, looks } = officer
    for (const caption of [figures.children.province, figures.children.district, figures.children.subdistrict]) {
      const rows = page.getByRole('table', { name: caption }).locator('tbody tr:has(td a)')
      const name = await rows.last().locator('.row-link').innerText()
      village.name = name
      village.count = numberOf(await rows.last().locator('td a').first().innerText())
      await rows.last().locator('.row-link').click()
      await title(page, name)
    }
    village.code = new URL(page.url()).searchParams.get('area') ?? ''
    expect(village.code).toMatch(/^31\d{6}$/)
    await looks('the overview of a village')
  })
})

describe('a household, by keyboard alone', () => {
  it('is found by a part of a name, by its name in the wrong layout, and by its house number', async () => {
    const { page, looks } = officer
    await page.goto('/households?area=3103')
    await page.locator('.row-link').first().waitFor()
    const all = await shownCount(page)
    await looks('the households')
    household.name = await page.locator('.row-link').first().innerText()
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: household.name, exact: true }) })
    const address = await row.first().locator('td').first().innerText()
    const [houseNumber = ''] = /\d+(\/\d+)?/.exec(address) ?? []
    const familyName = household.name.split(' ').at(-1) ?? ''
    for (const words of [familyName.slice(0, 5), fixKeyboardLayout(familyName), houseNumber]) {
      await page.keyboard.press('/')
      // From all of them, and in one piece: else an earlier search may look like the answer, or that to a part of the words.
      await page.keyboard.press('Control+A')
      await page.keyboard.press('Delete')
      await expect.poll(() => shownCount(page)).toBe(all)
      await page.keyboard.insertText(words)
      await expect.poll(() => shownCount(page)).toBeLessThan(all)
      await row.first().waitFor()
    }
    await looks('households that were searched')
    await page.keyboard.press('ArrowDown')
    for (let rows = 0; rows < 60; rows++) {
      if ((await page.evaluate(() => document.activeElement?.textContent)) === household.name) break
      await page.keyboard.press('ArrowDown')
    }
    await page.keyboard.press('Enter')
    await title(page, household.name)
    household.path = new URL(page.url()).pathname
    await looks('a household')
  })

  it('shows a national id for a reason', async () => {
    const { page, looks } = officer
    await openFacts(page)
    const eye = page.getByRole('button', { name: /^ดูเลขประจำตัวของ / }).first()
    const label = (await eye.getAttribute('aria-label')) ?? ''
    household.member = splitTitle(label.replace('ดูเลขประจำตัวของ ', '')).rest
    await tabTo(page, eye)
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('dialog').getByRole('textbox'))
    await page.keyboard.type('ตรวจกับบัตรประชาชน')
    await page.keyboard.press('Enter')
    const shown = page.locator('.revealed-id')
    await shown.waitFor()
    household.nationalId = (await shown.innerText()).replaceAll('-', '')
    expect(household.nationalId).toMatch(/^9\d{12}$/)
    await looks('a national id')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(household.nationalId)
  })

  it('is edited, and tells in its history what was changed', async () => {
    const { page, looks } = officer
    await tabTo(page, page.getByRole('link', { name: households.page.edit, exact: true }))
    await page.keyboard.press('Enter')
    await title(page, forms.edit.title)
    await looks('editing a household')
    await tabTo(page, page.locator('input[name=houseNumber]'))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('912/7')
    await tabTo(page, page.locator('input[name=reason]'))
    await page.keyboard.type('ตามทะเบียนบ้าน')
    await page.keyboard.press('Enter')
    await title(page, household.name)
    await openFacts(page)
    await page
      .getByRole('listitem')
      .filter({ hasText: /บ้านเลขที่: .* → 912\/7/ })
      .first()
      .waitFor()
    await page.getByText(households.page.because('ตามทะเบียนบ้าน')).waitFor()
    await looks('a household that was edited')
  })
})

describe('a household that was found', () => {
  it('is not added when it stands in the registry already', async () => {
    const { page, looks } = officer
    await page.goto('/households')
    await page.getByRole('link', { name: households.addFound }).first().click()
    await title(page, forms.add.title)
    await looks('adding: where')
    const [firstName = '', lastName = ''] = household.member.split(' ')
    await typeFound(page, village, {
      houseNumber: '912/7',
      firstName,
      lastName,
      nationalId: household.nationalId,
    })
    await page.getByText(forms.add.hereTitle).waitFor()
    await looks('adding: already here')
    await page.getByRole('link', { name: forms.add.openIt }).click()
    await title(page, household.name)
  })

  it('is added when it is new', async () => {
    const { page, looks } = officer
    await page.goto('/households/add')
    await title(page, forms.add.title)
    await typeFound(page, village, { houseNumber: '999/9', firstName: 'ตกหล่นมา', lastName: 'เพิ่งพบใหม่' })
    await page.getByText(forms.add.clearTitle).waitFor()
    await looks('adding: clear')
    await page.getByRole('button', { name: forms.add.save }).click()
    await title(page, /ตกหล่นมา เพิ่งพบใหม่/)
    await page.goto('/')
    await title(page, 'จังหวัดบุรีรัมย์')
    expect(await listCount(page, /พบในพื้นที่/)).toBe(1)
  })
})

describe('an import that was a mistake', () => {
  it('is taken back whole, and the figures go back with it', async () => {
    const { page, looks } = officer
    await page.goto(secondImport)
    await page.getByRole('button', { name: result.undo }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('เลือกบัญชีผิด')
    await looks('before an import is taken back')
    await dialog.getByRole('button', { name: result.undoDo }).click()
    await page.getByText(imports.ended.undoneTitle).waitFor(patiently)
    await looks('an import that was taken back')
    await page.goto('/imports')
    await title(page, imports.listTitle)
    await looks('the imports')
    await page.goto('/')
    await title(page, 'จังหวัดบุรีรัมย์')
    const { householdsReadable } = truthOf('tpmap-2565')
    expect(await listCount(page, /TPMAP/)).toBe(householdsReadable)
    expect(await listCount(page, /ThaiQM/)).toBe(0)
    const once = numberOf(await page.locator('a.figure .figure-value').first().innerText())
    expect(once).toBe(householdsReadable + 1)
  }, 180_000)
})

describe('those who may see less', () => {
  const placeOfProvince = { typed: 'บุรีรัมย์', found: /จังหวัดบุรีรัมย์/ }

  for (const [role, place, home] of [
    ['auditor', placeOfProvince, 'จังหวัดบุรีรัมย์'],
    ['nation', null, 'ประเทศไทย'],
  ] as const)
    it(`shows figures and no household to: ${role}`, async () => {
      const visitor = await arrive({ name: `ผู้ใช้ ${role}`, username: role, role, place })
      const { page, looks } = visitor
      await title(page, home)
      await looks(`the overview of the ${role}`)
      expect(await page.locator('a[href^="/households"]').count()).toBe(0)
      for (const path of ['/households', household.path]) {
        await page.goto(path)
        await page.locator('main [role=alert], main .notice, main .empty').first().waitFor()
        await looks(`${path} to the ${role}`)
        expect(await page.content()).not.toContain(household.name.split(' ').at(-1))
        expect(await page.locator('.data-table .row-link').count()).toBe(0)
      }
      expect(visitor.complaints.filter((complaint) => !isRefusal(complaint))).toEqual([])
      await visitor.leave()
    })

  it('shows a mentor the households of the village and no other', async () => {
    const { code, name } = village
    const place = { typed: code, found: name }
    const visitor = await arrive({ name: 'ผู้ใหญ่ มานะ', username: 'mana', role: 'mentor', place })
    const { page, looks } = visitor
    await page.goto('/households')
    await page.locator('.row-link').first().waitFor()
    await looks('the households of a mentor')
    const codes = await page.locator('.row-link').evaluateAll((links) => links.length)
    expect(await shownCount(page)).toBe(codes)
    await officer.page.goto(`/households?area=${code}`)
    expect(await shownCount(page)).toBe(await shownCount(officer.page))
    await page.goto(household.path)
    await page.locator('main [role=alert], main .notice, main .empty').first().waitFor()
    expect(await page.content()).not.toContain(household.name)
    expect(visitor.complaints.filter((complaint) => !isRefusal(complaint))).toEqual([])
    await visitor.leave()
  })
})

describe('the whole journey', () => {
  it('left nothing to complain of in the console, the content policy and the address bar', () => {
    expect(administrator.complaints).toEqual([])
    expect(officer.complaints).toEqual([])
  })

  it('left no name and no national id in the log of the server', () => {
    const log = server.log.join('\n')
    expect(log).toContain('ready')
    expect(log).not.toContain(household.nationalId)
    expect(log).not.toContain(household.name.split(' ').at(-1))
  })
})

/** Who lives in the household and what is known of it, beside its story; by keyboard. */
async function openFacts(page: Page): Promise<void> {
  await tabTo(page, page.getByRole('tab', { name: logbook.tabs.story }))
  await page.keyboard.press('ArrowRight')
}

/** A new account, at its first sign-in. */
async function arrive(account: NewAccount): Promise<Visitor> {
  const made = await addPerson(administrator, account)
  const visitor = await newVisitor(browser, server.address)
  await signInFirst(visitor.page, made)
  return visitor
}

function truthOf(list: ListName): Truth['files'][number] {
  const found = truth.files.find((file) => file.list === list)
  if (!found) throw new Error(`no file of ${list}`)
  return found
}

function fileOf(list: ListName): string {
  return join(files, truthOf(list).file)
}
