import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, serveBuilt } from './_built.ts'
import { launchChromium } from './_chromium.ts'

const complaints: string[] = []
let browser: Browser
let program: Awaited<ReturnType<typeof serveBuilt>>

beforeAll(async () => {
  program = await serveBuilt()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  program?.close()
})

const phone = { width: 360, height: 740 }
const desk = { width: 1440, height: 900 }

describe('the building blocks of the screens', () => {
  for (const size of [phone, desk])
    for (const theme of ['light', 'dark'] as const)
      for (const locale of ['th', 'en'] as const)
        it(`pass WCAG 2.2 AA at ${size.width} px, ${theme}, ${locale}, and fit the width`, async () => {
          const page = await open(size, theme, locale)
          expect(await axeFindings(page)).toEqual([])
          const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect(tooWide).toBeLessThanOrEqual(0)
          await page.context().close()
        })

  it('pass with the largest text on a phone, and still fit the width', async () => {
    const page = await open(phone, 'light', 'th', { 'kaejon.display': '{"textSize":"largest"}' })
    expect(await axeFindings(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    await page.context().close()
  })

  it('pass while something is open over the page', async () => {
    const page = await open(desk, 'light', 'th')
    for (const name of ['การแสดงผล', 'อำเภอ', 'รวมครัวเรือน']) {
      await page.getByRole('button', { name }).first().click()
      await page.waitForTimeout(300)
      expect(await axeFindings(page), name).toEqual([])
      await page.keyboard.press('Escape')
    }
    await page.context().close()
  })

  it('change their language without loading the page again, and remember it', async () => {
    const page = await open(desk, 'light', 'th')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Households' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Households' }).waitFor()
    await page.context().close()
  })

  it('walk a table by the arrow keys and open its row by Enter', async () => {
    const page = await open(desk, 'light', 'th')
    await page.locator('.row-link').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/household=2/)
    await page.context().close()
  })

  it('turn a common-era year into a Buddhist one only when asked', async () => {
    const page = await open(desk, 'light', 'th')
    const year = page.getByRole('textbox', { name: 'พ.ศ.' }).last()
    expect(await year.inputValue()).toBe('2022')
    await page.getByRole('button', { name: 'ใช้ พ.ศ. 2565' }).click()
    expect(await year.inputValue()).toBe('2565')
    await page.context().close()
  })

  it('take the focus to what is wrong when a form is refused', async () => {
    const page = await open(desk, 'light', 'th')
    await page.getByRole('button', { name: 'บันทึก', exact: true }).click()
    await page.locator('.notice:focus').waitFor()
    await page.getByRole('button', { name: 'นามสกุล' }).click()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('lastName')
    await page.context().close()
  })

  it('need nothing that the content security policy forbids', () => {
    expect(complaints).toEqual([])
  })
})

async function open(
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark',
  locale: 'th' | 'en',
  stored: Record<string, string> = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${program.address}/gallery`)
  await page.evaluate(
    (items) => {
      for (const [key, value] of Object.entries(items)) localStorage.setItem(key, value)
    },
    { 'kaejon.locale': locale, ...stored },
  )
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}
