/** The story of a household and its forms, against answers that the real rules make of real entries. */
import { describe, expect, it } from 'vitest'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import { householdText } from '../../src/web/text/household.ts'
import { householdFormText } from '../../src/web/text/householdForm.ts'
import { phoneText } from '../../src/web/text/phone.ts'
import { axeFindings } from './_built.ts'
import { FakeProblem } from './_fake-answers.ts'
import { problems, proposedDuplicate, proposedOutcome } from './_fake-case.ts'
import {
  complaints,
  desk,
  form,
  goto,
  household,
  id,
  open,
  other,
  phone,
  save,
  secondHelp,
  sent,
  servePages,
  story,
  words,
} from './_logbook-pages.ts'
import { tabTo } from './_visitor.ts'

servePages()
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

describe('the pages', () => {
  it('had no error of their own', () => {
    expect(complaints).toEqual([])
  })
})
