import type { Locator, Page } from 'playwright-core'

/** The dialog that stands open. */
export function dialogOf(page: Page): Locator {
  return page.locator('.dialog-content').last()
}

/** Waits for the message at the foot of the page, and puts it away, so that the next one is not mistaken for it. */
export async function toast(page: Page, message: string): Promise<void> {
  const shown = page.locator('.toast', { hasText: message })
  await shown.first().waitFor()
  await shown.first().locator('.toast-close').click()
  await shown.waitFor({ state: 'detached' })
}
