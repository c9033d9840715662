/** How a screen of the field app is judged on a small phone, and kept as a picture where somebody wants to look. */
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { commonText } from '../../src/web/text/common.ts'
import { axeFindings } from './_built.ts'
import { common } from './_field.ts'

/** CSS pixels: what a thumb hits without looking (the standard asks for 24). */
const thumb = 48

/** No accessibility finding, nothing wider than the phone, thumbs hit it: with letters of both ends of the choice. */
export async function looksWell(page: Page, where: string): Promise<void> {
  await page.getByText(common.practice).or(page.getByText(commonText.en.practice)).waitFor()
  for (const size of ['normal', 'largest'] as const) {
    await page.evaluate((text) => (document.documentElement.dataset['text'] = text), size)
    await judge(page, `${where} ${size}`)
  }
  await page.evaluate(() => (document.documentElement.dataset['text'] = 'normal'))
}

/** The same with the largest letters, stronger lines and the dark colours at once. */
export async function looksWellInTheDark(page: Page, where: string): Promise<void> {
  const before = await page.evaluate(() => {
    const { text, contrast } = document.documentElement.dataset
    document.documentElement.dataset['text'] = 'largest'
    document.documentElement.dataset['contrast'] = 'strong'
    return { text, contrast }
  })
  await page.emulateMedia({ colorScheme: 'dark' })
  await judge(page, `${where} dark strong largest`)
  await page.emulateMedia({ colorScheme: null })
  await page.evaluate((kept) => void Object.assign(document.documentElement.dataset, kept), before)
}

async function judge(page: Page, name: string): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, 0))
  await keepPicture(page, name)
  // Scrolled open, so that nothing lies half below the bars that stay: axe would measure the half.
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: 360, height: Math.max(740, height + 40) })
  expect(await axeFindings(page), name).toEqual([])
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), name).toBeLessThanOrEqual(
    0,
  )
  expect(await smallTargets(page), name).toEqual([])
}

/** @param of what must be in the picture; without it, the screen as it stands */
export async function keepPicture(page: Page, name: string, of?: Locator): Promise<void> {
  const folder = process.env['KAEJON_PICTURES']
  await of?.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  if (folder) await page.screenshot({ path: join(folder, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.png`) })
}

/** What can be pressed and is lower than a thumb; fields and choices as the boxes that are seen. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const all = document.querySelectorAll<HTMLElement>(
      'button, a[href], select, textarea, input:not([hidden]), summary',
    )
    return [...all].flatMap((element) => {
      const box = (element.closest('.choice') ?? element).getBoundingClientRect()
      const isSeen = box.width > 0 && box.height > 0
      return isSeen && (box.height < least || box.width < least)
        ? [`${element.textContent} ${box.width}×${box.height}`]
        : []
    })
  }, thumb)
}
