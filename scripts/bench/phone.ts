/**
 * The field app in Chromium on a weak phone: CPU slowed six times, a line of 700 kbit/s and 300 ms. Milliseconds until it
 * paints and until it can be used, at the first visit and at the next; milliseconds of main-thread work for opening a household
 * and for saving a visit, with a hundred households on the phone; kilobytes of JavaScript; and what Lighthouse says of both visits.
 */
import { rmSync } from 'node:fs'
import type { CDPSession, Page } from 'playwright-core'
import {
  common,
  field,
  form,
  newProfile,
  openVillage,
  pin,
  prepare,
  press,
  startPhone,
  title,
} from '../../test/e2e/_field.ts'
import { weigh } from '../../test/e2e/_weight.ts'
import { isQuick, percentile, print } from './_common.ts'
import { lighthouse, type Report, type Slowness } from './_lighthouse.ts'

const slow: Slowness = { cpu: 6, latencyMilliseconds: 300, downKilobits: 700, upKilobits: 300 }
const line = {
  offline: false,
  latency: slow.latencyMilliseconds,
  downloadThroughput: (slow.downKilobits * 1000) / 8,
  uploadThroughput: (slow.upKilobits * 1000) / 8,
}
const rounds = isQuick ? 3 : 9
const size = isQuick ? 20 : 100

const village = await openVillage(size - 6)
const profiles: string[] = []
try {
  const weight = weigh()
  report('JavaScript on the wire', weight.kilobytes, 'kB gzip')
  report('reader of codes, where the browser has none', weight.detector, 'kB gzip')
  const first = await times(rounds, firstVisit)
  reportLoads('first visit', first)
  await work()
  const judged = await lighthouse(`${village.server.address}/field`, slow)
  reportLighthouse('first visit', judged.first)
  reportLighthouse('repeat visit', judged.repeat)
} finally {
  await village.server.remove()
  for (const profile of profiles) rmSync(profile, { recursive: true, force: true })
}
process.exit(0)

interface Load {
  painted: number
  usable: number
}

/** Nothing is kept; usable when a name can be typed. */
async function firstVisit(): Promise<Load> {
  const phone = await startPhone(profile())
  await slowDown(phone.page)
  const load = await loadOf(phone.page, () => title(phone.page, common.signIn))
  await phone.close()
  return load
}

/** A phone with its households: the next visits, and the work of one. */
async function work(): Promise<void> {
  const { page, close } = await startPhone(profile())
  await prepare(page, village.server.address)
  await page.locator('.household-row').first().waitFor()
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  const session = await slowDown(page)
  reportLoads('repeat visit', await times(rounds, () => loadOf(page, () => title(page, field.pin.unlockTitle))))
  for (const digit of pin) await press(page, digit)
  await title(page, field.today.title)
  await page.locator('.household-row').first().waitFor()
  const opening: number[] = []
  const saving: number[] = []
  for (let round = 0; round < rounds; round++) {
    await settle(page)
    const row = await page.locator('.household-row').nth(round).elementHandle()
    opening.push(
      await mainThread(session, async () => {
        await row!.evaluate((element) => (element as HTMLElement).click())
        await stands(page, 'button', field.household.visit)
      }),
    )
    await press(page, field.household.visit)
    await title(page, form.steps.met)
    await page.getByRole('checkbox').first().check({ force: true })
    await press(page, common.next)
    await page.getByRole('textbox').fill('ซ่อมหลังคาแล้ว')
    await press(page, form.toSummary)
    await settle(page)
    const save = await page.getByRole('button', { name: form.save }).elementHandle()
    saving.push(
      await mainThread(session, async () => {
        await save!.evaluate((element) => (element as HTMLElement).click())
        await stands(page, 'h1', form.saved)
      }),
    )
    await title(page, form.saved)
    await press(page, form.backHome)
    await title(page, field.today.title)
  }
  for (const [name, all] of [
    ['opening a household', opening],
    ['saving a visit', saving],
  ] as const) {
    report(`${name}, main thread, median`, percentile(all, 0.5), 'ms')
    report(`${name}, main thread, slowest`, Math.max(...all), 'ms')
  }
  await close()
}

async function slowDown(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slow.cpu })
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', line)
  await session.send('Performance.enable')
  return session
}

async function loadOf(page: Page, isUsable: () => Promise<void>): Promise<Load> {
  await page.goto(`${village.server.address}/field`, { timeout: 60_000 })
  await isUsable()
  return page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    return { painted: paint?.startTime ?? Number.NaN, usable: performance.now() }
  })
}

/** What the page's main thread did meanwhile, in milliseconds of the slowed CPU; without what the measuring itself asked of it. */
async function mainThread(session: CDPSession, act: () => Promise<void>): Promise<number> {
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const seconds = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0
    return (seconds('TaskDuration') - seconds('DevToolsCommandDuration')) * 1000
  }
  const before = await read()
  await act()
  return (await read()) - before
}

/**
 * Waits for an element by its text alone. To find one by role and name, the tool asks for the styles of half the page again and
 * again, on the very thread that is measured: it was more than half of what saving seemed to cost.
 */
async function stands(page: Page, element: string, text: string): Promise<void> {
  await page.waitForFunction(
    ([name, words]) => [...document.querySelectorAll(name!)].some(({ textContent }) => textContent === words),
    [element, text],
  )
}

/** Until what was begun before is over. */
function settle(page: Page): Promise<void> {
  return page.waitForTimeout(1_500)
}

function profile(): string {
  const folder = newProfile()
  profiles.push(folder)
  return folder
}

async function times<Value>(count: number, act: () => Promise<Value>): Promise<Value[]> {
  const all: Value[] = []
  for (let round = 0; round < count; round++) all.push(await act())
  return all
}

function reportLoads(name: string, loads: readonly Load[]): void {
  report(
    `${name}, first paint`,
    percentile(
      loads.map(({ painted }) => painted),
      0.5,
    ),
    'ms',
  )
  report(
    `${name}, usable`,
    percentile(
      loads.map(({ usable }) => usable),
      0.5,
    ),
    'ms',
  )
}

function reportLighthouse(name: string, of: Report): void {
  report(`Lighthouse, ${name}, performance`, of.performance, 'of 100')
  report(`Lighthouse, ${name}, accessibility`, of.accessibility, 'of 100')
  report(`Lighthouse, ${name}, first contentful paint`, of.firstContentfulPaint, 'ms')
  report(`Lighthouse, ${name}, largest contentful paint`, of.largestContentfulPaint, 'ms')
  report(`Lighthouse, ${name}, total blocking time`, of.totalBlockingTime, 'ms')
}

function report(name: string, figure: number, unit: string): void {
  print({ bench: 'phone', case: name, engine: 'embedded', size, figure, unit, limit: null })
}
