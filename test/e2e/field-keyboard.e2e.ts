/** The field app without a finger: Tab, Enter, Space and arrows; the focus can be seen, is never caught, and goes where a screen begins. */
import { beforeAll, describe, expect, it } from 'vitest'
import { field, common, form, pin, title } from './_field.ts'
import { openVillageWithPhone, phone } from './_field-village.ts'
import { type Keys, keysOf } from './_field-keys.ts'

let keys: Keys

openVillageWithPhone('keyboard')
beforeAll(async () => {
  keys = keysOf(phone)
  await phone.page.reload()
  await title(phone.page, field.pin.unlockTitle)
})

describe('by keys alone', () => {
  it('opens the app, a household, and saves a visit; in few keys', async () => {
    const { page } = phone
    await keys.arrived(field.pin.unlockTitle)
    await keys.tabTo('1')
    await phone.page.keyboard.press('Shift+Tab')
    for (const digit of pin) await keys.press(digit)
    await keys.arrived(field.today.title)
    await page.locator('.household-row').first().waitFor()
    await keys.tabTo('คำปัน')
    await keys.press('Enter')
    await keys.arrived(/คำปัน/)
    keys.count = 0
    keys.screens = []
    await keys.tabTo(field.household.visit)
    await keys.press('Enter')
    await keys.arrived(form.steps.met)
    await keys.tabTo(/คำปัน/)
    await keys.press('Space')
    await keys.tabTo(common.next)
    await keys.press('Enter')
    await keys.arrived(form.steps.changed)
    await keys.tabTo(form.changed.seen)
    await page.keyboard.insertText('สบายดี ปลูกผักสวนครัวแล้ว')
    await keys.tabTo(form.toSummary)
    await keys.press('Enter')
    await keys.arrived(form.steps.summary)
    await keys.tabTo(form.save)
    await keys.press('Enter')
    await keys.arrived(form.saved)
    console.log(`a plain visit: ${keys.count} keys, ${keys.screens.length} screens`)
    // Whoever adds a screen or a stop on the way looks at this number first.
    expect(keys.screens).toHaveLength(4)
    expect(keys.count).toBeLessThanOrEqual(40)
    await keys.tabTo(form.backHome)
    await keys.press('Enter')
    await keys.arrived(field.today.title)
  })

  it('goes through every step of a visit, each by its title, and to what is missing when it is saved', async () => {
    const { page } = phone
    await page.locator('.household-row').first().waitFor()
    await keys.tabTo('บุญมา')
    await keys.press('Enter')
    await keys.arrived(/บุญมา/)
    await keys.tabTo(field.household.visit)
    await keys.press('Enter')
    await keys.arrived(form.steps.met)
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
      await keys.tabTo(common.next)
      await keys.press('Enter')
      await keys.arrived(form.steps[step])
      if (step !== 'help') continue
      // One Tab comes to a group of which one holds, arrows go through it.
      await keys.tabTo(form.help.none)
      await keys.press('ArrowDown')
      expect((await keys.focused()).words).toContain(form.help.given)
      await keys.press('ArrowUp')
    }
    await keys.tabTo(common.next)
    await keys.press('Enter')
    await keys.arrived(form.steps.summary)
    await keys.tabTo(form.save)
    await keys.press('Enter')
    const mend = form.summary.mend(form.steps.met)
    await expect.poll(async () => (await keys.focused()).words).toContain(mend)
    await keys.press('Enter')
    await title(page, form.steps.met)
    // Not the title: the first thing that can be put right.
    await expect.poll(async () => (await keys.focused()).words).toContain('บุญมา')
    await keys.press('Space')
    await keys.tabTo(form.toSummary)
  })

  it('sees what is missing in help between visits, above the button that was pressed', async () => {
    const { page } = phone
    await page.evaluate(() => history.back())
    await title(page, /บุญมา/)
    await keys.tabTo(field.household.give)
    await keys.press('Enter')
    await keys.arrived(form.help.title)
    await keys.tabTo(form.save)
    await keys.press('Enter')
    await page.getByText(form.help.whatNeeded).waitFor()
    await expect.poll(async () => (await keys.focused()).label).toBe('ให้อะไร')
    expect((await keys.focused()).isFree).toBe(true)
  })
})
