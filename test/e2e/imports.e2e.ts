import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, serveBuilt, shortenAnnouncements } from './_built.ts'
import { launchChromium } from './_chromium.ts'
import { batchId, type FakeServer, fakeImports, states } from './_fake-imports.ts'

let browser: Browser
let built: Awaited<ReturnType<typeof serveBuilt>>
const complaints: string[] = []

beforeAll(async () => {
  built = await serveBuilt()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  built?.close()
})

const phone = { width: 360, height: 740 }
const desk = { width: 1440, height: 900 }
const rows = `/imports/${batchId}/rows`

interface Opened {
  page: Page
  server: FakeServer
}

async function open(
  path: string,
  state = 'review',
  { size = desk, theme = 'light' as 'light' | 'dark', locale = 'th' } = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: 'reduce' })
  await shortenAnnouncements(context)
  await context.addInitScript((language) => localStorage.setItem('kaejon.locale', language), locale)
  const page = await context.newPage()
  page.on('console', (message) => {
    const isLost = message.text().includes('ERR_CONNECTION_FAILED')
    if (!isLost && ['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  const server = await fakeImports(page, states[state] ?? Object.values(states)[0]!)
  await page.goto(built.address + path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return { page, server }
}

const places: readonly [name: string, path: string, state: string][] = [
  ['the list of imports', '/imports', 'review'],
  ['the empty list', '/imports?waiting=true', 'review'],
  ['a new import', '/imports/new', 'review'],
  ['the queue', `${rows}?waiting=true`, 'review'],
  ['a row whose household stands elsewhere', `${rows}?reason=standsElsewhere`, 'review'],
  ['a row that repeats another', `${rows}?verdict=duplicate`, 'review'],
  ...Object.keys(states).map((state): [string, string, string] => [
    `an import: ${state}`,
    `/imports/${batchId}`,
    state,
  ]),
]

const looks = [
  { locale: 'th', size: phone, theme: 'light' },
  { locale: 'th', size: desk, theme: 'dark' },
  { locale: 'en', size: phone, theme: 'dark' },
  { locale: 'en', size: desk, theme: 'light' },
] as const

describe('the queue on a low screen', () => {
  it('shows several facts of both sides above what may be decided', async () => {
    const { page } = await open(`${rows}?waiting=true`, 'review', { size: { width: 1280, height: 800 } })
    const decide = page.locator('.queue-decide')
    await decide.waitFor()
    const top = (await decide.boundingBox())!.y
    const facts = await page.locator('.sides tbody tr').all()
    const ends = await Promise.all(facts.map((fact) => fact.boundingBox()))
    expect(ends.filter((box) => box && box.y + box.height <= top).length).toBeGreaterThanOrEqual(3)
    expect(await axeFindings(page)).toEqual([])
    const filters = page.getByRole('button', { name: 'ตัวกรองแถว' })
    await filters.click()
    await page.getByRole('button', { name: /ทุกผลตรวจ/ }).waitFor()
    await filters.click()
    await page.getByRole('button', { name: /ทุกผลตรวจ/ }).waitFor({ state: 'detached' })
    await page.context().close()
  })
})

describe('every import screen', () => {
  for (const [name, path, state] of places)
    it(`passes WCAG 2.2 AA and fits the width: ${name}`, async () => {
      for (const locale of ['th', 'en']) {
        const { page } = await open(path, state, { locale, size: phone })
        await page.waitForLoadState('networkidle')
        for (const { size, theme } of looks.filter((look) => look.locale === locale)) {
          await page.setViewportSize(size)
          await page.emulateMedia({ colorScheme: theme })
          const where = `${size.width} ${theme} ${locale}`
          expect(await axeFindings(page), where).toEqual([])
          const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
          expect(tooWide, where).toBeLessThanOrEqual(0)
        }
        await page.context().close()
      }
    })

  it('needs nothing that the content security policy forbids, and complains of nothing', () => {
    expect(complaints).toEqual([])
  })
})

const listFile = { name: 'บัญชี.csv', mimeType: 'text/csv', buffer: Buffer.alloc(3_000_000, 'ก,ข\n') }

async function chooseList(page: Page) {
  await page.getByRole('button', { name: /บัญชีกลุ่มเป้าหมายของไฟล์นี้/ }).click()
  await page.getByRole('option', { name: /TPMAP/ }).click()
}

describe('sending a file', () => {
  it('waits out a lost connection, sends every byte, and goes on to the columns by itself', async () => {
    const { page, server } = await open('/imports/new')
    let isLost = true
    // What was begun is lost before its first byte, and stays lost until the page was looked at.
    server.isReachable = (name) => !isLost || !name.includes('/api/uploads/')
    await page.locator('input[type=file]').setInputFiles(listFile)
    await page.getByText('ขาดการเชื่อมต่อ').waitFor()
    expect(await axeFindings(page)).toEqual([])
    isLost = false
    await chooseList(page)
    await page.getByRole('button', { name: 'ตรวจไฟล์นี้' }).click()
    await page.waitForURL(`**/imports/${batchId}`)
    expect([...server.uploads.values()]).toEqual([{ size: 3_000_000, received: 3_000_000 }])
    const created = server.asked.find(({ method, path }) => method === 'POST' && path === '/api/imports')
    expect(created?.body).toMatchObject({ listCode: 'tpmap-2565', listDate: '2022-10-01', areaCode: '31' })
    await page.context().close()
  })

  it('says what is missing, and takes the focus there', async () => {
    const { page } = await open('/imports/new')
    await page.getByRole('button', { name: 'ตรวจไฟล์นี้' }).click()
    await page.locator('.notice:focus').waitFor()
    expect(await page.locator('.fault-list li').count()).toBe(3)
    expect(await axeFindings(page)).toEqual([])
    await page.context().close()
  })

  it('says that the same file came in before, and imports it again only when asked', async () => {
    const { page, server } = await open('/imports/new')
    server.earlierImports = [{ batchId, listCode: 'thaiqm', at: '2026-11-20T02:00:00Z', state: 'committed' }]
    await page.locator('input[type=file]').setInputFiles(listFile)
    await chooseList(page)
    await page.getByText('ไฟล์นี้เคยนำเข้าแล้ว').waitFor()
    expect(new URL(page.url()).pathname).toBe('/imports/new')
    await page.getByRole('button', { name: 'นำเข้าไฟล์นี้อีกครั้ง' }).click()
    await page.waitForURL(`**/imports/${batchId}`)
    await page.context().close()
  })
})

describe('matching columns', () => {
  it('names what is missing, moves a field from column to column, and reads the first rows again', async () => {
    const { page, server } = await open(`/imports/${batchId}`, 'mapping')
    await page.getByText('จะไม่นำเข้า').waitFor()
    await page.getByLabel(/^คอลัมน์ C/).selectOption('')
    await page.getByText('ยังขาดคอลัมน์ที่จำเป็น').waitFor()
    const start = page.getByRole('button', { name: 'ตรวจทั้งไฟล์' })
    expect(await start.isDisabled()).toBe(true)
    await page.getByLabel(/^คอลัมน์ A/).selectOption('subdistrictName')
    await page.getByLabel(/^คอลัมน์ C/).selectOption('subdistrictName')
    await page.getByText('“ตำบล” ย้ายมาจากคอลัมน์ A').waitFor()
    await page.getByText('ยังขาดคอลัมน์ที่จำเป็น').waitFor({ state: 'detached' })
    await start.click()
    await page.getByText('กำลังอ่านและตรวจทุกแถว').waitFor()
    const sent = server.asked.findLast(({ path }) => path.endsWith('/mapping'))?.body
    expect(sent).toMatchObject({ mapping: { headerRow: 3, columns: { subdistrictName: 2 } } })
    await page.context().close()
  })
})

describe('deciding rows', () => {
  it('works by keys alone: decide, walk, take back', async () => {
    const { page, server } = await open(`${rows}?waiting=true`)
    await page.locator('.queue-item-button').first().focus()
    await page.keyboard.press('1')
    await page.getByText('แถว 12: ใช้ข้อมูลไฟล์').waitFor()
    expect(server.rows[0]).toMatchObject({ decision: 'accept', waiting: false })
    await page.getByText('แถว 48 ·').waitFor()
    // This household stands elsewhere: 1 and 2 are not among its choices.
    await page.keyboard.press('1')
    await page.keyboard.press('k')
    await page.keyboard.press('u')
    await page.getByText('เลิกคำตัดสิน 1 แถวแล้ว').waitFor()
    expect(server.rows[0]).toMatchObject({ decision: null, waiting: true })
    expect(server.rows[1]).toMatchObject({ decision: null })
    await page.context().close()
  })

  it('leaves the keys alone when they are switched off', async () => {
    const { page, server } = await open(`${rows}?waiting=true`)
    await page.getByRole('button', { name: 'แป้นพิมพ์' }).click()
    await page.getByText(/1–4 ตัดสิน/).click()
    await page.locator('.queue-item-button').first().focus()
    await page.keyboard.press('1')
    await page.waitForTimeout(300)
    expect(server.rows[0]?.decision).toBeNull()
    await page.context().close()
  })

  it('decides several at once and says of each that could not be why', async () => {
    const { page, server } = await open(`${rows}?waiting=true`)
    for (const at of [0, 1]) await page.locator('.queue-list .select-box').nth(at).check()
    await page.getByRole('button', { name: 'ตัดสินแถวที่เลือก' }).click()
    await page.getByRole('menuitem', { name: 'ครัวเรือนเดียวกัน ใช้ข้อมูลจากไฟล์' }).click()
    await page.getByText('ใช้คำตัดสินนี้กับแถวนี้ไม่ได้').waitFor()
    expect(server.rows[0]?.decision).toBe('accept')
    expect(server.rows[1]?.decision).toBeNull()
    expect(await axeFindings(page)).toEqual([])
    await page.context().close()
  })

  it('decides all of one kind from a likeness on, and takes exactly those back', async () => {
    const { page, server } = await open(`${rows}?waiting=true&reason=likeness`, 'review', { size: phone })
    await page.getByRole('button', { name: 'ตัดสินทั้งหมดที่เป็นแบบเดียวกัน' }).click()
    await page.getByRole('radio', { name: 'ครัวเรือนเดียวกัน คงข้อมูลทะเบียน' }).check({ force: true })
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'ตัดสินทั้งหมด', exact: true }).click()
    await page.getByText('ตัดสินแล้ว 2 แถว').waitFor()
    expect(server.rows.filter(({ decision }) => decision === 'keep').length).toBe(2)
    await page.getByRole('button', { name: 'เลิกทำ' }).click()
    await page.getByText('เลิกคำตัดสิน 2 แถวแล้ว').waitFor()
    expect(server.rows.every(({ waiting }) => waiting)).toBe(true)
    await page.context().close()
  })
})

describe('the end of an import', () => {
  it('is cancelled only when the person says so twice', async () => {
    const { page, server } = await open(`/imports/${batchId}`, 'mapping')
    await page.getByRole('button', { name: 'ยกเลิกรอบนี้' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/ยังไม่มีอะไรเข้าทะเบียน/).waitFor()
    expect(server.asked.some(({ path }) => path.endsWith('/cancel'))).toBe(false)
    await dialog.getByRole('button', { name: 'ยกเลิกรอบนี้' }).click()
    await page.getByText('รอบนำเข้านี้ถูกยกเลิก').waitFor()
    await page.context().close()
  })

  it('asks for a reason before the guard is waived, and commits then', async () => {
    const { page, server } = await open(`/imports/${batchId}`, 'guarded')
    const commit = page.getByRole('button', { name: /^นำเข้า [0-9]/ })
    expect(await commit.isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'ยืนยันว่าถูกต้อง' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'ยืนยันว่าถูกต้อง' }).click()
    await dialog.getByText('เขียนเหตุผลอย่างน้อย 3 ตัวอักษร').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await dialog.getByRole('textbox').fill('บัญชีเดิมที่เพิ่มครัวเรือนใหม่')
    await dialog.getByRole('button', { name: 'ยืนยันว่าถูกต้อง' }).click()
    await dialog.waitFor({ state: 'detached' })
    await commit.click()
    await page.getByText('กำลังนำเข้าทะเบียน').waitFor()
    expect(server.asked.some(({ path }) => path.endsWith('/commit'))).toBe(true)
    await page.context().close()
  })

  it('says what goes and what stays before it is taken back', async () => {
    const { page, server } = await open(`/imports/${batchId}`, 'committed')
    await page.getByRole('button', { name: 'ถอนการนำเข้านี้' }).click()
    await page.getByText(/สิ่งที่มีผู้บันทึกหรือแก้ไขหลังการนำเข้ายังอยู่ครบ/).waitFor()
    await page.getByRole('dialog').getByRole('textbox').fill('เลือกบัญชีผิด')
    await page.getByRole('button', { name: 'ถอนคืน' }).click()
    await page.getByText('รอบนำเข้านี้ถูกถอนคืนแล้ว').waitFor()
    const undo = server.asked.find(({ path }) => path.endsWith('/undo'))
    expect(undo?.body).toMatchObject({ reason: 'เลือกบัญชีผิด' })
    await page.context().close()
  })

  it('keeps what was typed when the server cannot be reached', async () => {
    const { page, server } = await open(`/imports/${batchId}`, 'committed')
    server.isReachable = (name) => !name.endsWith('/undo')
    await page.getByRole('button', { name: 'ถอนการนำเข้านี้' }).click()
    const field = page.getByRole('dialog').getByRole('textbox')
    await field.fill('เลือกบัญชีผิด')
    await page.getByRole('button', { name: 'ถอนคืน' }).click()
    await page.getByRole('dialog').getByRole('alert').waitFor()
    expect(await field.inputValue()).toBe('เลือกบัญชีผิด')
    await page.context().close()
  })
})
