/** Installed on a home screen, and brought to a newer version there: nothing changes under a form, and nothing typed is lost. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { build } from './_server.ts'
import {
  choose,
  common,
  field,
  type FieldPhone,
  form,
  newProfile,
  openVillage,
  prepare,
  press,
  RestartableServer,
  startPhone,
  title,
  unlock,
  type Village,
} from './_field.ts'
import { keepPicture, looksWell, looksWellInTheDark } from './_field-looks.ts'

let village: Village
let phone: FieldPhone
let tools: CDPSession
const profile = newProfile()
const program = mkdtempSync(join(tmpdir(), 'kaejon-program-'))
const web = join(program, 'dist/web')

beforeAll(async () => {
  build()
  for (const name of ['dist', 'migrations', 'data', 'package.json'])
    cpSync(name, join(program, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(program, 'node_modules'))
  village = await openVillage(0, new RestartableServer(program))
  phone = await startPhone(profile)
  tools = await phone.context.newCDPSession(phone.page)
  await prepare(phone.page, village.server.address)
})
afterAll(async () => {
  await phone?.close()
  await village?.server.remove()
  for (const folder of [profile, program]) rmSync(folder, { recursive: true, force: true })
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await keepPicture(phone.page, 'update failed')
})

/** Sets a newer build in the place of the one that is served: another version, files with other names, the old ones gone. */
async function release(version: string): Promise<void> {
  await village.server.stop()
  const page = readFileSync(join(web, 'field.html'), 'utf8')
  const [, script] = /\/(assets\/field-[^"]+\.js)"/.exec(page) ?? []
  const newer = `assets/field-v${version.replaceAll('.', '')}.js`
  const code = readFileSync(join(web, script!), 'utf8')
  writeFileSync(join(web, newer), code.replaceAll(/(["'`])0\.\d\.0\1/g, `$1${version}$1`))
  writeFileSync(join(web, 'field.html'), page.replace(script!, newer))
  const worker = readFileSync(join(web, 'service-worker.js'), 'utf8')
  const changed = worker.replace(script!, newer).replace(/(\/field`,revision:`)[^`]+/, `$1${version.padEnd(16, '0')}`)
  expect(changed).not.toBe(worker)
  writeFileSync(join(web, 'service-worker.js'), changed)
  for (const name of [script!, 'service-worker.js'])
    for (const smaller of ['.br', '.gz']) rmSync(join(web, name + smaller), { force: true })
  rmSync(join(web, script!))
  await village.server.start()
}

/** As when somebody comes back to the app: it looks for a newer version. */
async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  const isWaiting = async () => Boolean((await navigator.serviceWorker.getRegistration('/field'))?.waiting)
  await expect.poll(() => page.evaluate(isWaiting)).toBe(true)
}

async function beginVisit(page: Page, firstName: string, seen: string): Promise<void> {
  await page.locator('.household-row').filter({ hasText: firstName }).first().click()
  await press(page, field.household.visit)
  await title(page, form.steps.met)
  await choose(page, new RegExp(firstName))
  await press(page, common.next)
  await title(page, form.steps.changed)
  await page.getByRole('textbox').fill(seen)
}

async function versionShown(page: Page): Promise<string> {
  await press(page, field.nav.settings)
  await title(page, field.settings.title)
  return page.locator('p.number').last().innerText()
}

describe('the field app in a browser that can install', () => {
  it('is judged fit to be installed: manifest, worker and icons', async () => {
    const { page } = phone
    await expect
      .poll(async () => (await tools.send('Page.getInstallabilityErrors')).installabilityErrors, { timeout: 30_000 })
      .toEqual([])
    const { url, errors, data } = await tools.send('Page.getAppManifest')
    expect(url).toBe(`${village.server.address}/field.webmanifest`)
    expect(errors).toEqual([])
    const manifest = JSON.parse(data!) as { icons: { src: string; sizes: string }[]; start_url: string; scope: string }
    expect(manifest).toMatchObject({ start_url: '/field', scope: '/field', display: 'standalone' })
    const { appId } = await tools.send('Page.getAppId')
    expect(appId).toBe(`${village.server.address}/field`)
    for (const { src, sizes } of manifest.icons) expect([src, await sizeOf(page, src)]).toEqual([src, sizes])
  })

  it('tells an iPhone what it asks for: its icon, its name, and to open without a browser around it', async () => {
    const { page } = phone
    expect(await sizeOf(page, await page.locator('link[rel=apple-touch-icon]').getAttribute('href'))).toBe('180x180')
    const meta = (name: string) => page.locator(`meta[name="${name}"]`).getAttribute('content')
    expect(await meta('apple-mobile-web-app-capable')).toBe('yes')
    expect(await meta('apple-mobile-web-app-title')).toBe('แก้จน')
    expect(await meta('viewport')).toContain('viewport-fit=cover')
  })
})

function sizeOf(page: Page, address: string | null): Promise<string> {
  return page.evaluate(async (from) => {
    const response = await fetch(from!)
    const image = await createImageBitmap(await response.blob())
    return `${image.width}x${image.height}`
  }, address)
}

describe('a newer version', () => {
  it('waits while a visit is half typed, and is taken when its person says so', async () => {
    const { page } = phone
    await beginVisit(page, 'บุญมา', 'หลังคารั่วสองแห่ง')
    await page.evaluate(() => Object.assign(window, { isSamePage: true }))
    await release('0.2.0')
    await comeBack(page)
    await title(page, form.steps.changed)
    expect(await page.getByText(field.notices.update).count()).toBe(0)
    await page.getByRole('textbox').fill('หลังคารั่วสองแห่ง ฝาบ้านผุ')
    await press(page, form.leave)
    await press(page, field.nav.today)
    await page.getByText(field.notices.update, { exact: true }).waitFor()
    await looksWell(page, 'update waits')
    await looksWellInTheDark(page, 'update waits')
    // Whoever does not press works on, for as long as they like.
    expect(await versionShown(page)).toContain('0.1.0')
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    await press(page, field.nav.today)
    await press(page, field.notices.updateNow)
    await unlock(page)
    expect(await versionShown(page)).toContain('0.2.0')
    await press(page, field.nav.today)
    expect(await page.getByText(field.notices.update, { exact: true }).count()).toBe(0)
    await press(page, field.today.goOn)
    await title(page, form.steps.changed)
    expect(await page.getByRole('textbox').inputValue()).toBe('หลังคารั่วสองแห่ง ฝาบ้านผุ')
    await press(page, form.leave)
    await press(page, field.nav.today)
  })

  it('that another tab takes reloads no form: the last letter typed before it is left is there afterwards', async () => {
    const { page, context } = phone
    await beginVisit(page, 'สายใจ', 'น้ำเข้าครัว')
    await page.evaluate(() => Object.assign(window, { isSamePage: true }))
    await release('0.3.0')
    const second = await context.newPage()
    await second.goto(`${village.server.address}/field`)
    await unlock(second)
    // It stands where the phone stood last, and leaves the form to the first.
    await title(second, form.window.elsewhere)
    await press(second, common.back)
    await title(second, field.today.title)
    await comeBack(second)
    await press(second, field.notices.updateNow)
    await unlock(second)
    expect(await versionShown(second)).toContain('0.3.0')
    await second.close()

    await page.bringToFront()
    await title(page, form.steps.changed)
    expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    const last = 'น้ำเข้าครัว ต้องยกของขึ้นที่สูง'
    await page.getByRole('textbox').fill(last)
    // At once, by the phone's own key: the pause after which it would have been kept is not over.
    await page.evaluate(() => history.back())
    await page.waitForFunction(() => !('isSamePage' in window))
    await unlock(page)
    await title(page, /สายใจ/)
    await press(page, field.household.goOnVisit)
    await title(page, form.steps.changed)
    expect(await page.getByRole('textbox').inputValue()).toBe(last)
    await press(page, form.toSummary)
    await press(page, form.save)
    await title(page, form.saved)
    await page.getByText(/ส่งครบแล้ว/).waitFor({ timeout: 40_000 })
  })

  it('of the database, in another tab, is told with what to do', async () => {
    const { page } = phone
    await press(page, form.backHome)
    await title(page, field.today.title)
    await page.evaluate(async () => {
      for (const { name, version } of await indexedDB.databases()) indexedDB.open(name!, version! + 1)
      await new Promise((resolve) => setTimeout(resolve, 500))
    })
    await press(page, field.nav.outbox)
    await press(page, field.outbox.send)
    await page.getByRole('button', { name: field.notices.reopen }).waitFor()
    await looksWell(page, 'update needed')
    await looksWellInTheDark(page, 'update needed')
  })
})
