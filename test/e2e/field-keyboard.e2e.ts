/** The field app without a finger: Tab, Enter, Space and arrows; the focus can be seen, is never caught, and goes where a screen begins. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { field, type FieldPhone, common, form, pin, title, villageWithPhone, type VillageWithPhone } from './_field.ts'
import { keepPicture } from './_field-looks.ts'

let phone: FieldPhone
let leave: VillageWithPhone['leave'] | undefined
/** More Tabs than any screen has places: whoever needs them is caught. */
const mostTabs = 60
let keys = 0
let screens: string[] = []

beforeAll(async () => {
  ;({ phone, leave } = await villageWithPhone())
  await phone.page.reload()
  await title(phone.page, field.pin.unlockTitle)
})
afterAll(() => leave?.())
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await keepPicture(phone.page, 'keyboard failed')
})

async function key(name: string): Promise<void> {
  keys += 1
  await phone.page.keyboard.press(name)
}

/** What has the focus: its words, whether anybody sees that it has, and whether a bar lies over it. */
function focused() {
  return phone.page.evaluate(() => {
    const element = document.activeElement as HTMLElement
    const box = element.closest<HTMLElement>('.choice') ?? element
    const { outlineStyle, outlineWidth } = getComputedStyle(box)
    const { left, top, width, height } = box.getBoundingClientRect()
    const hit = document.elementFromPoint(left + width / 2, Math.min(top + height / 2, innerHeight - 1))
    return {
      words: (element.getAttribute('aria-label') ?? box.textContent ?? '').trim() || element.id,
      label: element.id ? (document.querySelector(`label[for="${element.id}"]`)?.textContent ?? '') : '',
      isHeading: element.tagName === 'H1',
      isSeen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      isFree: hit !== null && (box.contains(hit) || hit.contains(box)),
      where: `${element.tagName} ${Math.round(top)}–${Math.round(top + height)} of ${innerHeight}`,
    }
  })
}

/** Tabs on until the focus stands on something of these words; everything on the way is judged too. */
async function tabTo(words: string | RegExp): Promise<void> {
  for (let tabs = 0; tabs < mostTabs; tabs++) {
    await key('Tab')
    const now = await focused()
    if (now.where.startsWith('BODY') || now.where.startsWith('HTML')) continue
    expect(now, `${now.words}: the focus cannot be seen`).toMatchObject({ isSeen: true })
    expect(now, `${now.words}: something lies over it, ${now.where}`).toMatchObject({ isFree: true })
    const said = `${now.label} ${now.words}`
    if (typeof words === 'string' ? said.includes(words) : words.test(said)) return
  }
  throw new Error(`Tab never came to ${words}`)
}

/** A screen has come: its title has the focus, so that it is read aloud and Tab goes on from there. */
async function arrived(name: string | RegExp): Promise<void> {
  await title(phone.page, name)
  await expect.poll(async () => (await focused()).isHeading, { message: `no focus on ${name}` }).toBe(true)
  screens.push(await phone.page.getByRole('heading', { level: 1 }).innerText())
}

describe('by keys alone', () => {
  it('opens the app, a household, and saves a visit; in few keys', async () => {
    const { page } = phone
    await arrived(field.pin.unlockTitle)
    await tabTo('1')
    await phone.page.keyboard.press('Shift+Tab')
    for (const digit of pin) await key(digit)
    await arrived(field.today.title)
    await page.locator('.household-row').first().waitFor()
    await tabTo('คำปัน')
    await key('Enter')
    await arrived(/คำปัน/)
    keys = 0
    screens = []
    await tabTo(field.household.visit)
    await key('Enter')
    await arrived(form.steps.met)
    await tabTo(/คำปัน/)
    await key('Space')
    await tabTo(common.next)
    await key('Enter')
    await arrived(form.steps.changed)
    await tabTo(form.changed.seen)
    await page.keyboard.insertText('สบายดี ปลูกผักสวนครัวแล้ว')
    await tabTo(form.toSummary)
    await key('Enter')
    await arrived(form.steps.summary)
    await tabTo(form.save)
    await key('Enter')
    await arrived(form.saved)
    console.log(`a plain visit: ${keys} keys, ${screens.length} screens`)
    // Whoever adds a screen or a stop on the way looks at this number first.
    expect(screens).toHaveLength(4)
    expect(keys).toBeLessThanOrEqual(40)
    await tabTo(form.backHome)
    await key('Enter')
    await arrived(field.today.title)
  })

  it('goes through every step of a visit, each by its title, and to what is missing when it is saved', async () => {
    const { page } = phone
    await page.locator('.household-row').first().waitFor()
    await tabTo('บุญมา')
    await key('Enter')
    await arrived(/บุญมา/)
    await tabTo(field.household.visit)
    await key('Enter')
    await arrived(form.steps.met)
    for (const step of [
      'changed',
      'problems',
      'fourT',
      'help',
      'result',
      'photos',
      'place',
      'words',
      'next',
    ] as const) {
      await tabTo(common.next)
      await key('Enter')
      await arrived(form.steps[step])
      if (step !== 'help') continue
      // One Tab comes to a group of which one holds, arrows go through it.
      await tabTo(form.help.none)
      await key('ArrowDown')
      expect((await focused()).words).toContain(form.help.given)
      await key('ArrowUp')
    }
    await tabTo(common.next)
    await key('Enter')
    await arrived(form.steps.summary)
    await tabTo(form.save)
    await key('Enter')
    const mend = form.summary.mend(form.steps.met)
    await expect.poll(async () => (await focused()).words).toContain(mend)
    await key('Enter')
    await title(page, form.steps.met)
    // Not the title: the first thing that can be put right.
    await expect.poll(async () => (await focused()).words).toContain('บุญมา')
    await key('Space')
    await tabTo(form.toSummary)
  })

  it('sees what is missing in help between visits, above the button that was pressed', async () => {
    const { page } = phone
    await page.evaluate(() => history.back())
    await title(page, /บุญมา/)
    await tabTo(field.household.give)
    await key('Enter')
    await arrived(form.help.title)
    await tabTo(form.save)
    await key('Enter')
    await page.getByText(form.help.whatNeeded).waitFor()
    await expect.poll(async () => (await focused()).label).toBe('ให้อะไร')
    expect((await focused()).isFree).toBe(true)
  })
})
