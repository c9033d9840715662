import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from './_chromium.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaejon-gallery-'))
const complaints: string[] = []
let browser: Browser
let server: Server
let address = ''

beforeAll(async () => {
  await build({ mode: 'test', logLevel: 'error', build: { outDir: folder } })
  server = createServer((request, response) => {
    const asked = join(folder, new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = extname(asked) !== '' && existsSync(asked) ? asked : join(folder, 'index.html')
    response.writeHead(200, { 'content-type': kindOf(file), 'content-security-policy': policy })
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  address = typeof bound === 'object' && bound ? `http://127.0.0.1:${bound.port}/gallery` : ''
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const phone = { width: 360, height: 740 }
const desk = { width: 1440, height: 900 }

describe('the building blocks of the screens', () => {
  for (const size of [phone, desk])
    for (const theme of ['light', 'dark'] as const)
      for (const locale of ['th', 'en'] as const)
        it(`pass WCAG 2.2 AA at ${size.width} px, ${theme}, ${locale}, and fit the width`, async () => {
          const page = await open(size, theme, locale)
          expect(await findings(page)).toEqual([])
          const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect(tooWide).toBeLessThanOrEqual(0)
          await page.context().close()
        })

  it('pass with the largest text on a phone, and still fit the width', async () => {
    const page = await open(phone, 'light', 'th', { 'kaejon.display': '{"textSize":"largest"}' })
    expect(await findings(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    await page.context().close()
  })

  it('pass while something is open over the page', async () => {
    const page = await open(desk, 'light', 'th')
    for (const name of ['การแสดงผล', 'อำเภอ', 'รวมครัวเรือน']) {
      await page.getByRole('button', { name }).first().click()
      await page.waitForTimeout(300)
      expect(await findings(page), name).toEqual([])
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

const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'"

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
  await page.goto(address)
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

async function findings(page: Page): Promise<string[]> {
  const result = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze()
  expect(result.passes.length).toBeGreaterThan(10)
  return result.violations.flatMap((found) => found.nodes.map((node) => `${found.id}: ${node.target.join(' ')}`))
}

function kindOf(file: string): string {
  const kinds: Record<string, string> = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
    '.woff2': 'font/woff2',
  }
  return kinds[extname(file)] ?? 'application/octet-stream'
}
