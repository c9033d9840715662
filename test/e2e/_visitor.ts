/** A person before the screens of the real program: what they do by hand, and what must hold on every page they see. */
import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { areaText } from '../../src/web/text/area.ts'
import { commonText } from '../../src/web/text/common.ts'
import { peopleText } from '../../src/web/text/people.ts'
import { sessionText } from '../../src/web/text/session.ts'
import { axeFindings, shortenAnnouncements } from './_built.ts'

const desk = { width: 1440, height: 900 }
const phone = { width: 360, height: 740 }

export interface Visitor {
  page: Page
  /** What the console, the content policy and the address bar had to complain of. */
  complaints: string[]
  /** Holds the page as it stands now against the promises of every page, on a desk and on a phone. */
  looks: (where: string) => Promise<void>
  leave: () => Promise<void>
}

/** A new browser of its own, with nothing kept from others. */
export async function newVisitor(browser: Browser, address: string): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: desk,
    locale: 'th-TH',
    timezoneId: 'Asia/Bangkok',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  context.setDefaultTimeout(30_000)
  await shortenAnnouncements(context)
  const page = await context.newPage()
  const complaints: string[] = []
  await watch(context, page, complaints)
  return {
    page,
    complaints,
    looks: (where) => holdsPromises(page, where),
    leave: () => context.close(),
  }
}

async function watch(context: BrowserContext, page: Page, complaints: string[]): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('framenavigated', (frame) => {
    if (isPersonal(frame.url())) complaints.push(`personal in the address: ${frame.url()}`)
  })
}

/** Thai words, or digits as long as a house code, once the ids of things and the codes of areas are taken away. */
function isPersonal(address: string): boolean {
  const rest = decodeURIComponent(address).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '')
  return /[\u0e00-\u0e7f]|\d{10,}/.test(rest)
}

async function holdsPromises(page: Page, where: string): Promise<void> {
  for (const size of [phone, desk]) {
    await page.setViewportSize(size)
    await takePicture(page, `${where} ${size.width}`)
    expect(await axeFindings(page), `${where} at ${size.width} px`).toEqual([])
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(tooWide, `${where} is wider than ${size.width} px`).toBeLessThanOrEqual(0)
  }
}

/** For whoever wants to look at every state: KAEJON_PICTURES names the folder. */
async function takePicture(page: Page, name: string): Promise<void> {
  const folder = process.env['KAEJON_PICTURES']
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name.replaceAll(/[/: ]+/g, '-')}.png`) })
}

export const { th: session } = sessionText
export const { th: common } = commonText
export const { th: people } = peopleText
export const { th: area } = areaText

/** The title of the page, once it has come. */
export async function title(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/')
  await title(page, common.signIn)
  await page.getByRole('textbox', { name: session.username }).fill(username)
  await page.getByLabel(session.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: common.signIn }).click()
}

/** The first sign-in of somebody whose password was made by another. */
export async function signInFirst(page: Page, { username, oneTime, password }: Account): Promise<void> {
  await signIn(page, username, oneTime)
  await title(page, session.mustChangeTitle)
  await page.getByLabel(session.oneTimeGiven, { exact: true }).fill(oneTime)
  await page.getByLabel(session.newPassword, { exact: true }).fill(password)
  await page.getByRole('button', { name: session.changePassword }).click()
  await page.getByText(session.passwordChanged).waitFor()
}

export async function signOut(page: Page): Promise<void> {
  await page.locator('.user-button').click()
  await page.getByRole('menuitem', { name: common.signOut }).click()
  await title(page, common.signIn)
}

export interface Account {
  username: string
  oneTime: string
  password: string
}

export interface NewAccount {
  name: string
  username: string
  role: keyof (typeof people)['roles']
  /** What is typed to find the area, and how the area is called; null stays with the nation. */
  place: { typed: string; found: string | RegExp } | null
}

/** Makes an account on the page of people and answers the password that works once. */
export async function addPerson(visitor: Visitor, account: NewAccount): Promise<Account> {
  const { page } = visitor
  await page.goto('/people/new')
  await title(page, people.add)
  await page.getByRole('textbox', { name: people.fullName }).fill(account.name)
  await page.getByRole('textbox', { name: session.username }).fill(account.username)
  await choose(page, people.role, people.roles[account.role])
  const kind = page.getByRole('radio', { name: people.placeKinds.area, exact: true })
  if ((await kind.count()) > 0) await kind.check({ force: true })
  if (account.place) await findArea(page, account.place.typed, account.place.found)
  else await chooseNation(page)
  await page.getByRole('button', { name: people.create }).click()
  const dialog = page.getByRole('dialog', { name: people.oneTimeTitle })
  const oneTime = (await dialog.locator('.one-time').innerText()).trim()
  await visitor.looks(`the password of ${account.username}`)
  await dialog.getByRole('button', { name: people.oneTimeKept }).click()
  await title(page, account.name)
  return { username: account.username, oneTime, password: `ประโยคลับของ ${account.role} 2569` }
}

/** Writes a day into one of the date fields, by keyboard; empty parts are left as they are. */
export async function typeDay(field: Locator, [day, month, year]: readonly [string, string, string]): Promise<void> {
  await field.locator('.day-input').fill(day)
  if (month !== '') await field.locator('select').selectOption(month)
  await field.locator('.year-input').fill(year)
}

/** Opens a choice by its label and takes one of its options. */
export async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page
    .locator('.select-button')
    .and(page.getByRole('button', { name: label }))
    .last()
    .click()
  await page.getByRole('option', { name: option }).first().click()
}

export async function findArea(page: Page, typed: string, found: string | RegExp): Promise<void> {
  await page.getByRole('combobox', { name: area.find }).fill(typed)
  await page.getByRole('option', { name: found }).first().click()
  // A list that an answer opened again hides the rest of the page; a person presses elsewhere.
  const list = page.getByRole('listbox')
  const isGone = () =>
    list.waitFor({ state: 'detached', timeout: 1500 }).then(
      () => true,
      () => false,
    )
  // Not by Escape: should the list have gone meanwhile, that would close the dialog around it.
  if (!(await isGone()))
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
}

async function chooseNation(page: Page): Promise<void> {
  const province = page.getByRole('combobox', { name: area.province, exact: true })
  await province.and(page.locator(':enabled')).waitFor()
  // A role that is held in the nation alone stands at the nation already.
  if ((await province.inputValue()) === area.everyProvince) return
  // The page may still move under it, and a list that hangs over the page closes when it scrolls.
  const whole = page.getByRole('option', { name: area.everyProvince })
  await expect
    .poll(
      async () => {
        await province.fill('')
        await province.fill(area.everyProvince)
        return whole.waitFor({ timeout: 1500 }).then(
          () => true,
          () => false,
        )
      },
      { timeout: 30_000 },
    )
    .toBe(true)
  // By keyboard: a click may scroll the page first.
  await province.press('ArrowDown')
  await province.press('Enter')
}

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target.toString()}`)
}

/** The six digits that an authenticator app shows at a moment (RFC 6238: SHA-1, 30 seconds). */
export function totp(secret: string, moment = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replace(/[\s=]/g, '')]
    .map((letter) => alphabet.indexOf(letter.toUpperCase()).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(moment / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
