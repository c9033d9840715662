/** The pages as they are released, served with their own content policy, for tests without a server. */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { inject } from 'vitest'

const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'"
const kinds: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export async function serveBuilt(): Promise<{ address: string; close: () => void }> {
  const folder = inject('builtPages')
  const server = createServer((request, response) => {
    const asked = join(folder, new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = extname(asked) !== '' && existsSync(asked) ? asked : join(folder, 'index.html')
    response.writeHead(200, {
      'content-type': kinds[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
    })
    response.end(readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  if (typeof bound !== 'object' || !bound) throw new Error('no address')
  return {
    address: `http://127.0.0.1:${bound.port}`,
    close: () => void server.close(),
  }
}

/** What axe finds against WCAG 2.2 A and AA: rule and place. */
export async function axeFindings(page: Page): Promise<string[]> {
  await announcementsAreOver(page)
  // In the page itself, which has no frames: a second page to put results of frames together takes longer than axe does.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  // Of what passes only the rules are wanted: to describe each of its places takes most of the rest.
  const options: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] }
  const result = await page.evaluate(
    (asked) =>
      (window as unknown as { axe: { run(root: Document, how: RunOptions): Promise<AxeResults> } }).axe.run(
        document,
        asked,
      ),
    options,
  )
  if (result.passes.length < 5) throw new Error('axe saw no page')
  return result.violations.flatMap((found) => found.nodes.map((node) => `${found.id}: ${node.target.join(' ')}`))
}

/**
 * The library of the widgets lets screen readers say the name of a button that was waiting, by the button's id, and keeps
 * that out of sight for seven seconds; the button itself may be gone with its page by then. Half a second is as long for
 * a test: to be asked of a browser before its first page, so that axe need not be told to look away.
 */
export async function shortenAnnouncements(context: BrowserContext): Promise<void> {
  await context.addInitScript((kept) => {
    const wait = window.setTimeout.bind(window)
    const shortened = (run: TimerHandler, after?: number, ...rest: unknown[]) =>
      wait(run, after === kept ? 500 : after, ...rest)
    window.setTimeout = shortened as typeof window.setTimeout
  }, 7000)
}

async function announcementsAreOver(page: Page): Promise<void> {
  const isOver = () =>
    [...document.querySelectorAll('[data-live-announcer] [aria-labelledby]')].every((said) =>
      document.getElementById(said.getAttribute('aria-labelledby') ?? ''),
    )
  await page.waitForFunction(isOver, undefined, { timeout: 30_000 })
}
