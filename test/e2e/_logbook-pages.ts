/** The pages of a household's logbook before answers that the real rules make of real entries, for several files of tests. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import { entryText } from '../../src/web/text/entry.ts'
import { entryFormText } from '../../src/web/text/entryForm.ts'
import { logbookText } from '../../src/web/text/logbook.ts'
import { serveBuilt } from './_built.ts'
import { launchChromium } from './_chromium.ts'
import { fakeAnswers, type FakeWorld } from './_fake-answers.ts'

export const { th: story } = logbookText
export const { th: form } = entryFormText
export const { th: words } = entryText
export const phone = { width: 360, height: 740 }
export const desk = { width: 1440, height: 900 }
export const id = '0193a8f2-7c11-7abc-8def-000000000001'
export const other = '0193a8f2-7c11-7abc-8def-000000000002'
export const household = `/households/31/${id}`
export const secondHelp = '0193b000-0000-7000-8000-000000000006'
/** What the pages of this file had to complain of. */
export const complaints: string[] = []
let browser: Browser
let program: Awaited<ReturnType<typeof serveBuilt>>

/** Serves the pages to a browser while the tests of a file run. */
export function servePages(): void {
  beforeAll(async () => {
    program = await serveBuilt()
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    program?.close()
  })
}

interface Opened {
  page: Page
  world: FakeWorld
  context: BrowserContext
}

export async function open(
  path: string,
  changes: Partial<FakeWorld> = {},
  size = desk,
  locale = 'th',
): Promise<Opened> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', timezoneId: 'Asia/Bangkok' })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const world = await watch(page, changes, locale)
  await goto(page, path)
  return { page, world, context }
}

export async function watch(page: Page, changes: Partial<FakeWorld>, locale = 'th'): Promise<FakeWorld> {
  page.on('pageerror', (error) => complaints.push(error.message))
  const world = await fakeAnswers(page, changes)
  // The rules of the fake logbook count from this day.
  await page.clock.setSystemTime(new Date('2026-11-24T03:00:00Z'))
  await page.addInitScript((language) => localStorage.setItem('kaejon.locale', language), locale)
  return world
}

export async function goto(page: Page, path: string): Promise<void> {
  await page.goto(program.address + path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
}

/** The entry that the page has sent last. */
export function sent(world: FakeWorld): EntryDraft {
  const asked = world.asked.findLast(({ name }) => name === 'logbook.record')
  if (!asked) throw new Error('nothing was recorded')
  return asked.input['entry'] as EntryDraft
}

export const save = (kind: keyof typeof words.kinds) => form.save(words.kinds[kind])
