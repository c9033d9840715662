/** A phone on which nothing more fits. */
import type { Page } from 'playwright-core'
import { form } from './_field.ts'
import { phone, village } from './_field-village.ts'

/** A browser without room for one more byte, or (`null`) with all the room again. */
export async function room(bytes: number | null): Promise<void> {
  const tools = await phone.context.newCDPSession(phone.context.pages()[0]!)
  await tools.send('Storage.overrideQuotaForOrigin', {
    origin: village.server.address,
    ...(bytes === null ? {} : { quotaSize: bytes }),
  })
}

/** For a test that fills a browser up, twice at most: a minute of typing, and four where the machine is busy. */
export const fillsUp = { timeout: 360_000 }

/** A browser asks for its room now and then only: until it does, it writes on. */
export async function typeUntilFull(page: Page): Promise<void> {
  const failed = page.getByText(form.notKept)
  for (let at = 0; at < 100; at++) {
    await page.getByRole('textbox').fill(`น้ำ ${at}`)
    const hasFailed = await failed.waitFor({ timeout: 1_000 }).then(
      () => true,
      () => false,
    )
    if (hasFailed) return
  }
  throw new Error('The browser wrote on')
}
