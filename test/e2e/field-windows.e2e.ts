/** One form in two windows of one phone: it is typed in one at a time, each says how it stands, and nothing is written over. */
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fieldFormText } from '../../src/web/text/fieldForm.ts'
import { common, field, form, press, title, unlock } from './_field.ts'
import { openVillageWithPhone, phone, village } from './_field-village.ts'
import { keepPicture, looksWell, looksWellInTheDark } from './_field-looks.ts'
import { fillsUp, room, typeUntilFull } from './_field-room.ts'

let first: Page
let second: Page
let third: Page

openVillageWithPhone('windows first')
beforeAll(async () => {
  first = phone.page
  second = await newWindow()
})
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await keepPicture(second, 'windows second failed')
  if (third) await keepPicture(third, 'windows third failed')
})

/** Beside the first, not over it: both are seen. */
async function newWindow(): Promise<Page> {
  const tools = await phone.context.newCDPSession(first)
  const [page] = await Promise.all([
    phone.context.waitForEvent('page'),
    tools.send('Target.createTarget', { url: 'about:blank', newWindow: true }),
  ])
  await page.setViewportSize({ width: 360, height: 740 })
  page.on('pageerror', (error) => phone.complaints.push(error.message))
  return page
}

const words = (page: Page) => page.getByRole('textbox')
const toChanged = async (page: Page, firstName: string) => {
  await page.locator('.household-row').filter({ hasText: firstName }).first().click()
  await press(page, field.household.visit)
  await title(page, form.steps.met)
  await press(page, common.next)
  await title(page, form.steps.changed)
}
const open = async (page: Page) => {
  await page.goto(`${village.server.address}/field`)
  await unlock(page)
}
const kept = (page: Page) => page.getByText(/เก็บสิ่งที่กรอกแล้ว/).waitFor()

/** How long the window waits for the one that it takes a form from (OneWindow.tsx), until it is loaded anew. */
const patienceMs = 2_000
async function waitsFor(page: Page, ms: number): Promise<void> {
  await page.evaluate(
    ([from, to]) => {
      const all = window as typeof window & { plainTimeout?: typeof setTimeout }
      const plain = (all.plainTimeout ??= window.setTimeout.bind(window))
      const other = (run: TimerHandler, after?: number, ...rest: unknown[]) =>
        plain(run as () => void, after === from ? to : after, ...rest)
      window.setTimeout = other as typeof window.setTimeout
    },
    [patienceMs, ms] as const,
  )
}

/** Whether any window of the phone may write a form. */
const isAnyHeld = (page: Page) =>
  page.evaluate(async () => {
    const { held } = await navigator.locks.query()
    return held?.some(({ name }) => name?.startsWith('kaejon-form-')) ?? false
  })

describe('a form that is open in another window', () => {
  it('is said to be, in both languages, while the first is typed in undisturbed', async () => {
    await toChanged(first, 'คำปัน')
    await words(first).fill('ฝนตก')
    await kept(first)
    // It goes to where this phone stood last, as it does after a battery was empty.
    await open(second)
    await title(second, form.window.elsewhere)
    await expect.poll(() => second.evaluate(() => document.activeElement?.tagName)).toBe('H1')
    await looksWell(second, 'form in another window')
    await looksWellInTheDark(second, 'form in another window')
    await words(first).fill('ฝนตก บ้านเปียก')
    await kept(first)
    await second.evaluate(() => localStorage.setItem('kaejon.locale', 'en'))
    await second.reload()
    await second.evaluate(() => localStorage.setItem('kaejon.locale', 'th'))
    await second.getByRole('heading', { level: 1 }).waitFor()
    for (const digit of '271946') await second.getByRole('button', { name: digit, exact: true }).click()
    await title(second, fieldFormText.en.window.elsewhere)
    await looksWell(second, 'form in another window en')
    await open(second)
    await title(second, form.window.elsewhere)
  })

  it('goes on here with every letter that was typed there, where nothing is written any more', async () => {
    const all = 'ฝนตก บ้านเปียก ที่นอนเปียกหมด'
    // So long that what a busy machine takes to hand it over is told from what is taken without an answer.
    await waitsFor(second, 25_000)
    await words(first).fill(all)
    // At once: the first window has not written it yet.
    const asked = Date.now()
    await press(second, form.window.goOn)
    await title(second, form.steps.changed)
    // It was asked, and not only waited for.
    expect(Date.now() - asked).toBeLessThan(20_000)
    expect(await words(second).inputValue()).toBe(all)
    await title(first, form.window.gone)
    await first.getByText(form.window.goneLead).waitFor()
    expect(await first.getByText(form.window.torn).count()).toBe(0)
    await looksWell(first, 'form went on in another window')
    await looksWellInTheDark(first, 'form went on in another window')
    await words(second).fill(`${all} ย้ายไปนอนศาลา`)
    await kept(second)
    // There and back again: who goes on has what the other typed last.
    await press(first, form.window.goOn)
    await title(first, form.steps.changed)
    expect(await words(first).inputValue()).toBe(`${all} ย้ายไปนอนศาลา`)
    await title(second, form.window.gone)
    await waitsFor(second, patienceMs)
  })

  it('is taken from a window that does not answer, which on waking writes over nothing and says that its last words may be missing', async () => {
    const before = await words(first).inputValue()
    // As a page that a weak phone put to sleep: its next write is due, and it hears of nothing until it wakes.
    let isAwake = false
    const asleep = words(first)
      .evaluate((box, typed) => {
        // Typed here and not from outside: no time passes before the page sleeps.
        Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(box, typed)
        box.dispatchEvent(new Event('input', { bubbles: true }))
        const wakes = performance.now() + 15_000
        while (performance.now() < wakes);
      }, `${before} และคำที่ไม่ได้เก็บ`)
      .then(() => void (isAwake = true))
    await press(second, form.window.goOn)
    await title(second, form.steps.changed)
    const after = `${before} คำใหม่`
    await words(second).fill(after)
    await kept(second)
    expect(isAwake).toBe(false)
    await asleep
    await title(first, form.window.gone)
    await first.getByText(form.window.torn).waitFor()
    await looksWell(first, 'form torn')
    // Longer than any write waits.
    await first.waitForTimeout(1_000)
    await open(second)
    await title(second, form.steps.changed)
    expect(await words(second).inputValue()).toBe(after)
  })

  it('is not thrown away under the hands that type in it', async () => {
    await press(first, common.back)
    await press(first, field.nav.today)
    await press(first, field.today.throwAway)
    await title(first, form.window.elsewhere)
    await press(first, common.back)
    await title(first, field.today.title)
    await press(second, form.leave)
    await title(second, field.today.title)
    // A window lets go a moment after its form is left: once all of it is written.
    await expect.poll(() => isAnyHeld(first)).toBe(false)
    await press(first, field.today.throwAway)
    await expect.poll(() => first.getByText(field.today.draft).count()).toBe(0)
    await title(first, field.today.title)
    expect(phone.complaints).toEqual([])
  })

  it('is free again for the other window once it was left or closed', async () => {
    await open(second)
    await toChanged(second, 'คำปัน')
    await words(second).fill('กลับมาแล้ว')
    await press(second, form.leave)
    await first.bringToFront()
    await open(first)
    await title(first, field.today.title)
    await press(first, field.today.goOn)
    await title(first, form.steps.changed)
    expect(await words(first).inputValue()).toBe('กลับมาแล้ว')
    await words(first).fill('ปิดหน้าต่าง')
    // What is typed less than a quarter of a second before is written too as a rule, but no browser waits for it.
    await kept(first)
    third = await newWindow()
    // This kind of closing is not waited for by itself.
    const closed = first.waitForEvent('close')
    await first.close({ runBeforeUnload: true })
    await closed
    await open(third)
    await title(third, form.steps.changed)
    expect(await words(third).inputValue()).toBe('ปิดหน้าต่าง')
  })

  it(
    'that was left on a full phone, and goes on in another window, says where it was left that its last words may be missing',
    fillsUp,
    async () => {
      await open(second)
      await press(second, field.nav.today)
      await second.getByText(field.today.draft).first().waitFor()
      await room(1)
      await typeUntilFull(third)
      await press(third, form.leave)
      await press(third, field.nav.today)
      await press(second, field.today.goOn)
      await title(second, form.window.elsewhere)
      await press(second, form.window.goOn)
      await title(second, form.steps.changed)
      await third.getByText(form.window.torn).waitFor()
      await looksWell(third, 'form torn after it was left')
      await press(third, common.close)
      await third.getByText(form.window.torn).waitFor({ state: 'detached' })
      await room(null)
    },
  )
})
