/** What is half typed of a household, and what two people type at once, against answers that the real rules make. */
import { describe, expect, it } from 'vitest'
import { commonText } from '../../src/web/text/common.ts'
import { draftText } from '../../src/web/text/drafts.ts'
import { axeFindings } from './_built.ts'
import { FakeProblem } from './_fake-answers.ts'
import { caseOf, correctionByOther, visitByOther } from './_fake-case.ts'
import {
  complaints,
  form,
  goto,
  household,
  id,
  open,
  save,
  secondHelp,
  sent,
  servePages,
  story,
  watch,
  words,
} from './_logbook-pages.ts'

const { th: drafts } = draftText
const { th: common } = commonText
servePages()

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
