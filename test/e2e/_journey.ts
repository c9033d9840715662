/** What the journey does and reads again and again, in the words of its screens. */
import type { Page } from 'playwright-core'
import { figureText } from '../../src/web/text/figure.ts'
import { householdFormText } from '../../src/web/text/householdForm.ts'
import { importColumnsText } from '../../src/web/text/importColumns.ts'
import { importReviewText } from '../../src/web/text/importReview.ts'
import { importFieldText } from '../../src/web/text/importWords.ts'
import { findArea, type Visitor } from './_visitor.ts'

const { th: columns } = importColumnsText
const { th: review } = importReviewText
const { th: figures } = figureText
const { th: forms } = householdFormText
const { names: fields } = importFieldText.th

/** A job in the background has to wait its turn on a busy machine. */
export const patiently = { timeout: 60_000 }

export async function throughColumns({ page, looks }: Visitor): Promise<void> {
  await page.getByRole('heading', { name: columns.title }).waitFor(patiently)
  await page.getByText(columns.willComeIn).first().waitFor(patiently)
  await looks('the columns')
  await page.getByRole('button', { name: columns.start }).click()
  await page.getByRole('heading', { name: review.title }).waitFor(patiently)
}

interface Found {
  houseNumber: string
  firstName: string
  lastName: string
  nationalId?: string
}

export async function typeFound(
  page: Page,
  village: { code: string; name: string },
  { houseNumber, firstName, lastName, nationalId }: Found,
): Promise<void> {
  await findArea(page, village.code, village.name)
  await page.getByRole('textbox', { name: fields.houseNumber }).fill(houseNumber)
  await page.getByRole('button', { name: forms.add.toWho }).click()
  await page.getByRole('textbox', { name: fields.firstName }).fill(firstName)
  await page.getByRole('textbox', { name: fields.lastName }).fill(lastName)
  if (nationalId) await page.getByRole('textbox', { name: fields.nationalId }).fill(nationalId)
  await page.getByRole('button', { name: forms.add.toCheck }).click()
}

/** Households of the list as the overview counts them. */
export async function listCount(page: Page, list: RegExp): Promise<number> {
  const row = page.getByRole('table', { name: figures.byList }).getByRole('row', { name: list })
  return numberOf(await row.locator('td').first().innerText())
}

/** Households that the list says it holds, once it is not waiting for newer ones. */
export async function shownCount(page: Page): Promise<number> {
  await page.locator('.table-frame:not([data-refreshing]) .row-link').first().waitFor()
  const [, count = ''] = /จาก ([\d,]+)/.exec(await page.locator('.pager-range').innerText()) ?? []
  return numberOf(count)
}

/** Households of the import that wait for a decision. */
export async function left(page: Page): Promise<number> {
  return numberOf(await page.locator('.queue-bar p').innerText())
}

export function numberOf(text: string): number {
  return Number(text.replace(/[^\d]/g, ''))
}

/** Lets go of a file over the field for files, as from the desktop. */
export async function drop(page: Page, path: string): Promise<void> {
  const field = page.locator('.file-drop')
  await field.scrollIntoViewIfNeeded()
  const box = await field.boundingBox()
  if (!box) throw new Error('no field for files')
  const browserOf = await page.context().newCDPSession(page)
  const place = { x: box.x + box.width / 2, y: box.y + 12 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await browserOf.send('Input.dispatchDragEvent', {
      type,
      ...place,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    })
  await browserOf.detach()
}

/** What the browser itself says of an answer that refuses. */
export function isRefusal(complaint: string): boolean {
  return /status of 40[34]/.test(complaint)
}
