/** The field app by keys alone: every step judges whether the focus is seen, free, and where a screen's title is. */
import { expect } from 'vitest'
import { type FieldPhone, title } from './_field.ts'

/** More Tabs than any screen has places: whoever needs them is caught. */
const mostTabs = 60

export interface Focused {
  words: string
  /** Of its field. */
  label: string
  isHeading: boolean
  isSeen: boolean
  isFree: boolean
  where: string
}

export interface Keys {
  /** What was pressed, and which screens came. */
  count: number
  screens: string[]
  press: (name: string) => Promise<void>
  /** What has the focus: its words, whether anybody sees that it has, and whether a bar lies over it. */
  focused: () => Promise<Focused>
  /** Tabs on until the focus stands on something of these words; everything on the way is judged too. */
  tabTo: (words: string | RegExp) => Promise<void>
  /** A screen has come: its title has the focus, so that it is read aloud and Tab goes on from there. */
  arrived: (name: string | RegExp) => Promise<void>
}

export function keysOf({ page }: FieldPhone): Keys {
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      const box = element.closest<HTMLElement>('.choice') ?? element
      const { outlineStyle, outlineWidth } = getComputedStyle(box)
      const { left, top, width, height } = box.getBoundingClientRect()
      const hit = document.elementFromPoint(left + width / 2, Math.min(top + height / 2, innerHeight - 1))
      return {
        words: (element.getAttribute('aria-label') ?? box.textContent ?? '').trim() || element.id,
        label: (element as HTMLInputElement).labels?.[0]?.textContent ?? '',
        isHeading: element.tagName === 'H1',
        isSeen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
        isFree: hit !== null && (box.contains(hit) || hit.contains(box)),
        where: `${element.tagName} ${Math.round(top)}–${Math.round(top + height)} of ${innerHeight}`,
      }
    })
  const keys: Keys = {
    count: 0,
    screens: [],
    focused,
    async press(name) {
      keys.count += 1
      await page.keyboard.press(name)
    },
    async tabTo(words) {
      for (let tabs = 0; tabs < mostTabs; tabs++) {
        await keys.press('Tab')
        const now = await focused()
        if (now.where.startsWith('BODY') || now.where.startsWith('HTML')) continue
        expect(now, `${now.words}: the focus cannot be seen`).toMatchObject({ isSeen: true })
        expect(now, `${now.words}: something lies over it, ${now.where}`).toMatchObject({ isFree: true })
        const said = `${now.label} ${now.words}`
        if (typeof words === 'string' ? said.includes(words) : words.test(said)) return
      }
      throw new Error(`Tab never came to ${words}`)
    },
    async arrived(name) {
      await title(page, name)
      await expect.poll(async () => (await focused()).isHeading, { message: `no focus on ${name}` }).toBe(true)
      keys.screens.push(await page.getByRole('heading', { level: 1 }).innerText())
    },
  }
  return keys
}
