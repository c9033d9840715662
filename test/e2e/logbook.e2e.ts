/** The story of a household and its forms, against answers that the real rules make of real entries. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import { commonText } from '../../src/web/text/common.ts'
import { draftText } from '../../src/web/text/drafts.ts'
import { entryText } from '../../src/web/text/entry.ts'
import { entryFormText } from '../../src/web/text/entryForm.ts'
import { householdText } from '../../src/web/text/household.ts'
import { householdFormText } from '../../src/web/text/householdForm.ts'
import { logbookText } from '../../src/web/text/logbook.ts'
import { phoneText } from '../../src/web/text/phone.ts'
import { axeFindings, serveBuilt } from './_built.ts'
import { launchChromium } from './_chromium.ts'
import { fakeAnswers, FakeProblem, type FakeWorld } from './_fake-answers.ts'
import { caseOf, correctionByOther, proposedDuplicate, proposedOutcome, problems, visitByOther } from './_fake-case.ts'
import { tabTo } from './_visitor.ts'

const { th: story } = logbookText
const { th: form } = entryFormText
const { th: words } = entryText
const { th: drafts } = draftText
const { th: common } = commonText
const phone = { width: 360, height: 740 }
const desk = { width: 1440, height: 900 }
const id = '0193a8f2-7c11-7abc-8def-000000000001'
const other = '0193a8f2-7c11-7abc-8def-000000000002'
const household = `/households/31/${id}`
const secondHelp = '0193b000-0000-7000-8000-000000000006'
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
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const world = await watch(page, changes, locale)
  await goto(page, path)
  return { page, world, context }
}

async function watch(page: Page, changes: Partial<FakeWorld>, locale = 'th'): Promise<FakeWorld> {
  page.on('pageerror', (error) => complaints.push(error.message))
  const world = await fakeAnswers(page, changes)
  // The rules of the fake logbook count from this day.
  await page.clock.setSystemTime(new Date('2026-11-24T03:00:00Z'))
  await page.addInitScript((language) => localStorage.setItem('kaejon.locale', language), locale)
  return world
}

async function goto(page: Page, path: string): Promise<void> {
  await page.goto(program.address + path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
}

/** The entry that the page has sent last. */
function sent(world: FakeWorld): EntryDraft {
  const asked = world.asked.findLast(({ name }) => name === 'logbook.record')
  if (!asked) throw new Error('nothing was recorded')
  return asked.input['entry'] as EntryDraft
}

const save = (kind: keyof typeof words.kinds) => form.save(words.kinds[kind])
const forms = ['visit', 'assessment', 'assistance', 'result', 'followUp', 'plan', 'relapse', 'hold', 'outcome']

describe('every screen of the logbook', () => {
  const paths = [household, ...forms.map((kind) => `${household}/record/${kind}`), `${household}/correct/${secondHelp}`]
  for (const path of paths)
    for (const size of [phone, desk])
      it(`passes WCAG 2.2 AA and fits the width: ${path.replace(household, '…')}, ${size.width} px`, async () => {
        const { page, world, context } = await open(path, {}, size, size === phone ? 'th' : 'en')
        world.logbook.entries.push(proposedOutcome())
        await page.waitForLoadState('networkidle')
        // With every part of the form open.
        const folded = page.locator('.disclosure-button[aria-expanded=false]')
        while ((await folded.count()) > 0) await folded.first().click()
        expect(await axeFindings(page)).toEqual([])
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(tooWide).toBeLessThanOrEqual(0)
        await context.close()
      })

  it('has no finding in the dark, with the choice of what to record open, and with faults shown', async () => {
    const { page, context } = await open(household)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.getByRole('heading', { name: story.problems, exact: true }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('r')
    await page.getByRole('dialog', { name: story.recordTitle }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('h')
    await page.getByRole('button', { name: save('assistance') }).click()
    await page.getByText(form.faults.required).first().waitFor()
    expect(await axeFindings(page)).toEqual([])
    await context.close()
  })
})

describe('the story', () => {
  it('shows what is due, the chain of each problem, help that may have come twice and what an entry said before', async () => {
    const { page, context } = await open(household)
    await page.getByText(story.duty.overdue('85')).waitFor()
    const knee = page.locator('.problem').filter({ hasText: 'ปวดเข่าเรื้อรัง' })
    await knee.getByText(words.problemStates.relapsed, { exact: true }).waitFor()
    await knee.getByText('ยาแก้ปวดเข่าและไม้เท้า').waitFor()
    await page.getByText(story.double).waitFor()
    const corrected = page.getByRole('article', { name: /การให้ความช่วยเหลือ 2 มี.ค. 2569/ })
    await corrected.getByText('2,000 บาท').waitFor()
    expect(await corrected.getByText('3,000 บาท').count()).toBe(0)
    await corrected.getByRole('button', { name: story.earlier('1') }).click()
    await corrected.getByText('3,000 บาท').waitFor()
    await corrected.getByText('“พิมพ์จำนวนเงินผิด”').waitFor()
    await context.close()
  })

  it('says both days where something was written down later than it happened', async () => {
    const { page, context } = await open(household)
    const followUp = page.getByRole('article', { name: /^ติดตาม 9 ก.ค. 2569/ })
    await followUp.getByText(story.recordedAt('12 ก.ค. 2569 15:30 น.')).waitFor()
    await context.close()
  })

  it('copies the text for TPMAP Logbook with one press', async () => {
    const { page, context } = await open(household)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'คัดลอก' }).click()
    await page.getByText('คัดลอกแล้ว').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('ทักษะ')
    await context.close()
  })

  it('begins an entry of help from a proposal of the catalogue', async () => {
    const { page, world, context } = await open(household)
    await page.getByRole('link', { name: story.proposalLabel('ซ่อมแซมบ้านผู้มีรายได้น้อย') }).click()
    await page.getByRole('button', { name: save('assistance') }).click()
    await page.getByText(form.saved(words.kinds.assistance)).waitFor()
    expect(sent(world)).toMatchObject({
      kind: 'assistance',
      happenedOn: '2026-11-24',
      content: { item: 'home-repair', value: 40_000, problemIds: [problems.roof], givers: [{ name: 'พมจ. บุรีรัมย์' }] },
    })
    await context.close()
  })

  it('lets somebody else approve a special outcome, and never whoever proposed it', async () => {
    const { page, world, context } = await open(household)
    world.logbook.entries.push(proposedOutcome())
    await goto(page, household)
    await page.getByText(story.outcomeWaiting(words.outcomes.moved)).waitFor()
    await page.getByRole('button', { name: words.decisions.approve, exact: true }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('ตรวจทะเบียนบ้านแล้ว')
    await page.getByRole('dialog').getByRole('button', { name: words.decisions.approve, exact: true }).click()
    await page.getByText(story.outcomeApproved(words.outcomes.moved), { exact: true }).waitFor()
    expect(sent(world)).toMatchObject({ kind: 'outcomeDecision', content: { decision: 'approve' } })
    const own = proposedOutcome()
    world.logbook.entries = [{ ...own, accountId: '1' }]
    await goto(page, household)
    await page.getByText(story.outcomeOwn).waitFor()
    expect(await page.getByRole('button', { name: words.decisions.approve, exact: true }).count()).toBe(0)
    await context.close()
  })

  it('takes an answer for each member whom an indicator asks about, and names them in the picture', async () => {
    const { page, world, context } = await open(`${household}/record/assessment`)
    await page.getByRole('button', { name: form.assessment.answers, exact: true }).click()
    await page.getByRole('button', { name: form.assessment.eachMemberOf('23') }).click()
    const child = page.getByRole('group', { name: /น้ำปิง/ })
    // Of three who live there one is of school age; two of them are 60.
    expect(await page.locator('.answer-members li').count()).toBe(1)
    await page.getByRole('button', { name: form.assessment.eachMemberOf('28') }).click()
    expect(await page.locator('.answer-members li').count()).toBe(3)
    // The house has nobody apart from itself.
    expect(await page.getByRole('button', { name: form.assessment.eachMemberOf('13') }).count()).toBe(0)
    await child.getByText(words.answers.fail, { exact: true }).click()
    await page.getByRole('group', { name: /ปั้น/ }).first().getByText(words.answers.pass, { exact: true }).click()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: save('assessment') }).click()
    const failing = page.locator('.pictures-members')
    await failing.getByText('น้ำปิง').waitFor()
    await failing.getByText(/ได้เรียนภาคบังคับ/).waitFor()
    const { content } = sent(world) as Extract<EntryDraft, { kind: 'assessment' }>
    expect(content.answers).toHaveLength(2)
    expect(content.answers).toContainEqual({
      edition: 'bmn-2565',
      number: 23,
      memberId: '0193a8f2-7c11-7abc-8def-000000000103',
      answer: 'fail',
    })
    expect(await axeFindings(page)).toEqual([])
    await context.close()
  })

  it('says which household a duplicate is, and leads from its approval to the merge with both chosen', async () => {
    const { page, world, context } = await open(`${household}/record/outcome`)
    await page.getByText(words.outcomes.duplicate, { exact: true }).click()
    await page.getByRole('searchbox', { name: form.outcome.sameAs }).fill('น้ำเพชร')
    const results = page.getByRole('radiogroup', { name: phoneText.th.unfiled.results })
    await results.getByText('นายน้ำเพชร ผู้ที่ก้ำกึ่ง').waitFor()
    // Nobody is a duplicate of themselves.
    expect(await results.getByText('นางสาวกตัญญู ฐูปะปั้น').count()).toBe(0)
    await results.getByText('นายน้ำเพชร ผู้ที่ก้ำกึ่ง').click()
    await page.getByRole('button', { name: form.outcome.clearSame }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('textbox', { name: form.outcome.evidence }).fill('ผู้ใหญ่บ้านยืนยัน')
    await page.getByRole('button', { name: save('outcome') }).click()
    await page.getByText(story.outcomeWaiting(words.outcomes.duplicate)).waitFor()
    expect(sent(world)).toMatchObject({ kind: 'outcome', content: { outcome: 'duplicate', sameAs: other } })

    world.logbook.entries = world.logbook.entries.filter(({ kind }) => kind !== 'outcome')
    world.logbook.entries.push(proposedDuplicate(other))
    await goto(page, household)
    await page.getByRole('link', { name: story.outcomeSame }).waitFor()
    expect(await page.getByRole('link', { name: story.outcomeMerge }).count()).toBe(0)
    await page.getByRole('button', { name: words.decisions.approve, exact: true }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('ตรวจทะเบียนบ้านแล้ว')
    await page.getByRole('dialog').getByRole('button', { name: words.decisions.approve, exact: true }).click()
    await page.getByRole('link', { name: story.outcomeMerge }).click()
    await page.getByRole('heading', { name: householdFormText.th.merge.compare }).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('textbox', { name: householdText.th.page.reason }).fill('บ้านเดียวกัน')
    await page.getByRole('button', { name: householdFormText.th.merge.do }).click()
    await page.waitForURL(`**/households/31/${other}`)
    const merge = world.asked.findLast(({ name }) => name === 'household.merge')!
    expect(merge.input).toMatchObject({ id: other, otherId: id })
    await context.close()
  })

  it('offers nothing to record to those who may not', async () => {
    const { page, world, context } = await open(household)
    world.logbook.may = { record: false, approve: false }
    await goto(page, household)
    await page.getByRole('heading', { name: story.problems, exact: true }).waitFor()
    expect(await page.getByRole('button', { name: story.record }).count()).toBe(0)
    await page.keyboard.press('r')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await goto(page, `${household}/record/visit`)
    await page.getByText(form.notAllowed).waitFor()
    await context.close()
  })
})

describe('recording with the keyboard alone', () => {
  it('takes a visit in a few keys, also on a Thai keyboard', async () => {
    const { page, world, context } = await open(household)
    await page.getByRole('heading', { name: story.problems, exact: true }).waitFor()
    // On a Thai layout the key R gives พ and the key V gives อ.
    await page.evaluate(() =>
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'พ', code: 'KeyR', bubbles: true, cancelable: true }),
      ),
    )
    await page.getByRole('dialog', { name: story.recordTitle }).waitFor()
    await page.keyboard.press('v')
    await page.getByRole('heading', { level: 1, name: words.kinds.visit }).waitFor()
    await tabTo(page, page.locator('textarea[name=seen]'))
    await page.keyboard.type('ยายเดินได้แล้ว หลังคายังรั่ว')
    await page.keyboard.press('Control+Enter')
    await page.getByText(form.saved(words.kinds.visit)).waitFor()
    expect(sent(world)).toMatchObject({
      kind: 'visit',
      happenedOn: '2026-11-24',
      content: { seen: 'ยายเดินได้แล้ว หลังคายังรั่ว', words: null, met: [] },
    })
    await page.getByText('ยายเดินได้แล้ว หลังคายังรั่ว').waitFor()
    await context.close()
  })

  it('chooses with the arrows, records a result per problem, and shows it in the chain', async () => {
    const { page, world, context } = await open(household)
    await page.getByRole('heading', { name: story.problems, exact: true }).waitFor()
    await page.keyboard.press('r')
    await page.getByRole('dialog', { name: story.recordTitle }).waitFor()
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    await page.getByRole('heading', { level: 1, name: words.kinds.result }).waitFor()
    const roof = page.getByRole('group', { name: /หลังคารั่ว/ })
    await tabTo(page, roof.getByRole('radio', { checked: true }))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Control+Enter')
    await page.getByText(form.saved(words.kinds.result)).waitFor()
    expect(sent(world)).toMatchObject({
      content: { results: [{ problemId: problems.roof, result: 'solved', words: null }] },
    })
    await context.close()
  })

  it('lists its keys, and can do without them', async () => {
    const { page, context } = await open(household)
    await page.getByRole('heading', { name: story.problems, exact: true }).waitFor()
    await page.keyboard.press('Shift+?')
    const list = page.getByRole('dialog', { name: story.shortcuts })
    await list.getByText(story.shortcutList.save).waitFor()
    expect(await axeFindings(page)).toEqual([])
    await list.getByRole('switch', { name: story.shortcutsOn }).press('Space')
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
    await page.keyboard.press('r')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await context.close()
  })
})

describe('the forms', () => {
  it('say beside the field what is missing, and lead there from the top', async () => {
    const { page, world, context } = await open(`${household}/record/assistance`)
    await page.getByRole('button', { name: save('assistance') }).click()
    const summary = page.getByRole('alert')
    await summary.getByText(form.faults.required).first().waitFor()
    await summary.getByRole('button', { name: form.assistance.what }).click()
    await page.keyboard.type('ข้าวสาร')
    await summary.getByRole('button', { name: new RegExp(form.assistance.giverName) }).click()
    await page.keyboard.type('วัดบ้านบัว')
    await page.getByRole('textbox', { name: form.assistance.amount }).fill('2')
    await page.keyboard.press('Control+Enter')
    await summary.getByText(form.faults.unitNeeded).waitFor()
    expect(world.asked.some(({ name }) => name === 'logbook.record')).toBe(false)
    await page.locator('input[name=unit]').fill('ถุง')
    await page.keyboard.press('Control+Enter')
    await page.getByText(form.saved(words.kinds.assistance)).waitFor()
    expect(sent(world)).toMatchObject({ content: { quantity: { amount: 2, unit: 'ถุง' } } })
    await context.close()
  })

  it('keep what was typed when the server refuses, and point at the field', async () => {
    const { page, world, context } = await open(`${household}/record/visit`)
    world.answers['logbook.record'] = () => {
      throw new FakeProblem('dayBeforeList', { fields: [{ field: 'entry.happenedOn', fault: 'dayBeforeList' }] })
    }
    await page.locator('textarea[name=seen]').fill('น้ำท่วมใต้ถุน')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').getByRole('button', { name: form.happenedOn }).waitFor()
    expect(await page.locator('textarea[name=seen]').inputValue()).toBe('น้ำท่วมใต้ถุน')
    await context.close()
  })

  it('send the same id again after an answer that never came', async () => {
    const { page, world, context } = await open(`${household}/record/visit`)
    const usual = world.answers['logbook.record']
    world.answers['logbook.record'] = () => {
      throw new FakeProblem('databaseNotReady')
    }
    await page.locator('textarea[name=seen]').fill('บ้านปิด')
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').waitFor()
    const firstId = sent(world).id
    if (usual) world.answers['logbook.record'] = usual
    else delete world.answers['logbook.record']
    await page.keyboard.press('Control+Enter')
    await page.getByText(form.saved(words.kinds.visit)).waitFor()
    expect(sent(world).id).toBe(firstId)
    await context.close()
  })

  it('make a correction of what was changed after the first sending had arrived', async () => {
    const { page, world, context } = await open(`${household}/record/visit`)
    await page.locator('textarea[name=seen]').fill('ไม่พบใคร')
    world.answers['logbook.record'] = (input) => {
      const entry = input['entry'] as EntryDraft
      if (world.logbook.entries.every((one) => one.id !== entry.id))
        world.logbook.entries.push({ ...entry, accountId: '1', recordedAt: '2026-11-24T03:00:00.000Z' })
      throw new FakeProblem('databaseNotReady')
    }
    await page.keyboard.press('Control+Enter')
    await page.getByRole('alert').waitFor()
    await page.locator('textarea[name=seen]').fill('ไม่พบใคร ฝากข้อความไว้กับเพื่อนบ้าน')
    world.answers['logbook.record'] = () => {
      throw new FakeProblem('sameIdOtherContent')
    }
    await page.keyboard.press('Control+Enter')
    await page.getByText(form.sameId.title).waitFor()
    delete world.answers['logbook.record']
    await page.getByRole('button', { name: form.sameId.go }).click()
    await page.getByRole('heading', { level: 1, name: form.correctTitle(words.kinds.visit) }).waitFor()
    await page.getByRole('button', { name: save('visit') }).click()
    await page.getByText(form.saved(words.kinds.visit)).waitFor()
    expect(sent(world)).toMatchObject({
      kind: 'correction',
      content: { replacement: { content: { seen: 'ไม่พบใคร ฝากข้อความไว้กับเพื่อนบ้าน' } } },
    })
    await context.close()
  })
})

describe('a draft', () => {
  const seen = 'ยายเล่าเรื่องหนี้นอกระบบ ยังเล่าไม่จบ'

  it('is there again after the tab was closed, unreadable in between, with the same id of the entry', async () => {
    const { page, context } = await open(`${household}/record/visit`)
    await page.locator('textarea[name=seen]').fill(seen)
    await page.getByText(/เก็บร่างไว้ในเครื่องนี้แล้ว/).waitFor()
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }))
    expect(stored).toContain('kaejon.draft')
    expect(stored).not.toContain('หนี้')
    await page.close()
    const again = await context.newPage()
    const world = await watch(again, {})
    await goto(again, household)
    await again.getByText(drafts.waiting).waitFor()
    await again.getByRole('link', { name: drafts.goOn }).click()
    await again.getByText(/นำร่างที่พิมพ์ค้างไว้เมื่อ 24 พ.ย. 2569/).waitFor()
    expect(await again.locator('textarea[name=seen]').inputValue()).toBe(seen)
    await again.keyboard.press('Control+Enter')
    await again.getByText(form.saved(words.kinds.visit)).waitFor()
    expect(sent(world)).toMatchObject({ content: { seen } })
    expect(await again.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('kaejon.draft')
    await context.close()
  })

  it('can be thrown away, and that can be undone', async () => {
    const { page, context } = await open(`${household}/record/visit`)
    await page.locator('textarea[name=seen]').fill(seen)
    await page.getByText(/เก็บร่างไว้ในเครื่องนี้แล้ว/).waitFor()
    await page.reload()
    await page.getByRole('button', { name: drafts.throwAway }).click()
    expect(await page.locator('textarea[name=seen]').inputValue()).toBe('')
    await page.getByRole('button', { name: common.undo }).click()
    expect(await page.locator('textarea[name=seen]').inputValue()).toBe(seen)
    await context.close()
  })

  it('stays when Escape goes back, and signing out warns before it is deleted', async () => {
    const { page, world, context } = await open(`${household}/record/visit`)
    await page.locator('textarea[name=seen]').fill(seen)
    await page.getByText(/เก็บร่างไว้ในเครื่องนี้แล้ว/).waitFor()
    await page.keyboard.press('Escape')
    await page.getByText(drafts.waiting).waitFor()
    await page.locator('.user-button').click()
    await page.getByRole('menuitem', { name: common.signOut }).click()
    const warning = page.getByRole('dialog', { name: drafts.signOutTitle })
    await warning.waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(world.asked.some(({ name }) => name === 'session.signOut')).toBe(false)
    await warning.getByRole('button', { name: drafts.signOutAnyway }).click()
    await page.waitForURL('**/sign-in')
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('kaejon.draft')
    await context.close()
  })

  it('is not for another account at the same browser', async () => {
    const { page, world, context } = await open(`${household}/record/visit`)
    await page.locator('textarea[name=seen]').fill(seen)
    await page.getByText(/เก็บร่างไว้ในเครื่องนี้แล้ว/).waitFor()
    world.personId = '2'
    world.answers['session.draftKey'] = () => ({ key: Buffer.alloc(32, 9).toString('base64') })
    await goto(page, household)
    await page.getByRole('heading', { name: story.problems, exact: true }).waitFor()
    expect(await page.getByText(drafts.waiting).count()).toBe(0)
    await goto(page, `${household}/record/visit`)
    await page.locator('textarea[name=seen]').waitFor()
    expect(await page.locator('textarea[name=seen]').inputValue()).toBe('')
    await context.close()
  })
})

describe('two people at one household', () => {
  it('see each other’s entries with a quiet word, and nothing typed is lost', async () => {
    const { page, world, context } = await open(`${household}/record/followUp`)
    await page.locator('textarea[name=words]').fill('กำลังพิมพ์อยู่')
    world.logbook.entries.push(visitByOther())
    await page.clock.runFor(11_000)
    await page.getByText(story.newFromOthers('มานะ ศรีบุรีรัมย์', words.kinds.visit)).waitFor()
    expect(await page.locator('textarea[name=words]').inputValue()).toBe('กำลังพิมพ์อยู่')
    await page.getByRole('radio', { name: words.conditions.better }).check({ force: true })
    await page.keyboard.press('Control+Enter')
    await page.getByText(form.saved(words.kinds.followUp)).waitFor()
    await page
      .getByRole('article', { name: /^การลงพื้นที่ 20 พ.ย. 2569/ })
      .getByText('หลังคาด้านตะวันตก')
      .waitFor()
    await page
      .getByRole('article', { name: /^ติดตาม 24 พ.ย. 2569/ })
      .getByText('กำลังพิมพ์อยู่')
      .waitFor()
    await context.close()
  })

  it('see both versions when they correct the same entry, and decide which stands', async () => {
    const { page, world, context } = await open(`${household}/correct/${secondHelp}`)
    await page.getByRole('textbox', { name: form.assistance.value }).fill('2500')
    await page.locator('input[name=correctionReason]').fill('นับเงินใหม่')
    const entry = caseOf(id, world.logbook).entries.find((one) => one.id === secondHelp)
    if (entry?.said?.kind !== 'assistance') throw new Error('no help')
    const said = { ...entry.said, content: { ...entry.said.content, value: 2_800 } }
    world.logbook.entries.push(correctionByOther(secondHelp, entry.happenedOn, said))
    world.answers['logbook.record'] = () => {
      throw new FakeProblem('correctedMeanwhile', {
        fields: [{ field: 'entry.content.corrects', fault: 'correctedMeanwhile' }],
      })
    }
    await page.keyboard.press('Control+Enter')
    const conflict = page.getByRole('status').filter({ hasText: form.conflict.title })
    await conflict.getByText('2,800 บาท').waitFor()
    expect(await axeFindings(page)).toEqual([])
    expect(await page.getByRole('textbox', { name: form.assistance.value }).inputValue()).toBe('2,500')
    delete world.answers['logbook.record']
    await conflict.getByRole('button', { name: form.conflict.keepMine }).click()
    await page.getByRole('button', { name: save('assistance') }).click()
    await page.getByText(form.saved(words.kinds.assistance)).waitFor()
    expect(sent(world)).toMatchObject({
      kind: 'correction',
      content: {
        corrects: '0193b000-0000-7000-8000-000000000031',
        reason: 'นับเงินใหม่',
        replacement: { content: { value: 2500 } },
      },
    })
    await context.close()
  })

  it('can take an entry back and bring it back again', async () => {
    const { page, world, context } = await open(household)
    const help = () => page.getByRole('article', { name: /การให้ความช่วยเหลือ 28 มี.ค. 2569/ })
    await help()
      .getByRole('button', { name: story.entryMenu('การให้ความช่วยเหลือ 28 มี.ค. 2569') })
      .click()
    await page.getByRole('menuitem', { name: story.takeBack }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('บันทึกซ้ำกับของ พมจ.')
    await page.getByRole('dialog').getByRole('button', { name: story.takeBack }).click()
    await help().getByText(story.takenBack).waitFor()
    expect(sent(world)).toMatchObject({ kind: 'correction', content: { corrects: secondHelp, replacement: null } })
    expect(await page.getByText(story.double).count()).toBe(0)
    await page.getByRole('button', { name: common.undo }).click()
    await help().getByText('3,000 บาท').waitFor()
    await context.close()
  })
})

describe('the pages', () => {
  it('had no error of their own', () => {
    expect(complaints).toEqual([])
  })
})
