/**
 * The pictures of the guide, taken in a running demo of the practice province:
 * `npx tsx scripts/guide-pictures.ts http://127.0.0.1:3000 [names of pictures]`. What it makes there it takes back.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type APIRequestContext, type Browser, chromium, type Page } from 'playwright-core'
import { syncProtocol } from '../src/contract/sync.ts'
import { newId } from '../src/web/new-id.ts'
import { seal, toBase64 } from '../src/web/offline/seal.ts'
import { areaText } from '../src/web/text/area.ts'
import { commonText } from '../src/web/text/common.ts'
import { fieldText } from '../src/web/text/field.ts'
import { fieldFormText } from '../src/web/text/fieldForm.ts'
import { householdText } from '../src/web/text/household.ts'
import { householdFormText } from '../src/web/text/householdForm.ts'
import { importText } from '../src/web/text/import.ts'
import { importColumnsText } from '../src/web/text/importColumns.ts'
import { importResultText } from '../src/web/text/importResult.ts'
import { importReviewText } from '../src/web/text/importReview.ts'
import { importFieldText } from '../src/web/text/importWords.ts'
import { logbookText } from '../src/web/text/logbook.ts'
import { peopleText } from '../src/web/text/people.ts'
import { progressText } from '../src/web/text/progress.ts'
import { ruleText } from '../src/web/text/rule.ts'
import { sessionText } from '../src/web/text/session.ts'
import { toPalette } from './lib/palette-png.ts'

const [address, ...only] = process.argv.slice(2)
if (!address) throw new Error('usage: guide-pictures ADDRESS [NAME …]')
const folder = join(dirname(fileURLToPath(import.meta.url)), '../docs/guide/pictures')
const password = 'แก้จน-ฝึกหัด-2565'
const village = '31040101'
const deskSize = { width: 1280, height: 880 }
const phoneSize = { width: 360, height: 740 }
const { th: area } = areaText
const { th: household } = householdText
const { th: logbook } = logbookText
const { th: form } = householdFormText
const { th: imports } = importText
const { th: columns } = importColumnsText
const { th: result } = importResultText
const { th: review } = importReviewText
const { th: field } = importFieldText
const { th: people } = peopleText
const { th: phoneApp } = fieldText
const { th: session } = sessionText

interface Household {
  province: string
  id: string
  headName: string
  houseNumber: string | null
  place: { moo: number; village: string; subdistrict: string; district: string; province: string }
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
mkdirSync(folder, { recursive: true })
try {
  const desk = await visit(browser, 'province', deskSize)
  const phone = await visit(browser, 'mentor', phoneSize)
  const known = await householdsOf(desk.request)
  const steps: [pictures: string[], run: () => Promise<void>][] = [
    [['overview'], () => overview(desk)],
    [['progress', 'worklists', 'story'], async () => year(await visit(browser, 'district', deskSize))],
    [['sign-in'], () => signIn(browser)],
    [['import-file', 'import-columns', 'import-check', 'import-result'], () => bringIn(desk, known)],
    [['decide'], () => decide(desk)],
    [['find'], () => find(desk, known)],
    [['household'], () => onePage(phone, known)],
    [['found'], () => addFound(phone, known)],
    [['merge'], () => merge(desk)],
    [['people'], () => addPerson(desk)],
    [['rules'], () => rules(desk)],
    [['phones', 'unfiled'], () => phonesAndUnfiled(desk, known)],
    [['field-areas', 'field-today', 'field-visit', 'field-outbox'], () => fieldApp(browser)],
    [['privacy'], () => log(desk)],
  ]
  for (const [pictures, run] of steps)
    if (only.length === 0 || pictures.some((name) => only.includes(name))) await run()
} finally {
  await browser.close()
}

// ── The pictures ────────────────────────────────────────────────────────────────────────────────────────────────────

async function overview(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('table').first().waitFor()
  await take(page, 'overview')
}

/** What a year of logbooks shows: how far a district was, what waits there, and one household's story. */
async function year(page: Page): Promise<void> {
  await page.goto('/progress?asOf=2023-09-30')
  await page.getByRole('heading', { name: progressText.th.milestones }).waitFor()
  await page.waitForLoadState('networkidle')
  await take(page, 'progress')
  await page.goto('/worklists?list=relapsed')
  await page.getByRole('table').first().waitFor()
  await take(page, 'worklists')
  await page.locator('table a[href^="/households/"]').first().click()
  await page.getByText(logbook.timeline).first().waitFor()
  await page.setViewportSize({ width: 1280, height: 1180 })
  await take(page, 'story')
}

async function signIn(within: Browser): Promise<void> {
  const page = await visit(within, null, phoneSize)
  await page.goto('/')
  await page.getByRole('textbox', { name: session.username }).fill('mentor')
  await take(page, 'sign-in')
}

/** A small list of the practice province, as far as the dry run; the import is cancelled afterwards. */
async function bringIn(page: Page, known: readonly Household[]): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 1240 })
  await page.goto('/imports/new')
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: imports.start.list }).click()
  await page.getByRole('option', { name: /กลุ่มเปราะบาง/ }).click()
  await page.getByRole('combobox', { name: area.find }).fill('นางรอง')
  await page
    .getByRole('option', { name: /อำเภอนางรอง|อ\.นางรอง|นางรอง/ })
    .first()
    .click()
  await page.locator('input[type=file]').setInputFiles({
    name: 'กลุ่มเปราะบาง_นางรอง.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`\ufeff${practiceList(known)}`),
  })
  await page.getByText(imports.start.sent).waitFor()
  await page.locator(':focus').blur()
  await take(page, 'import-file')
  await page.getByRole('button', { name: imports.start.submit }).click()
  await page.getByRole('heading', { name: columns.title }).waitFor()
  await take(page, 'import-columns')
  await page.getByRole('button', { name: columns.start }).click()
  await page.getByRole('heading', { name: review.title }).waitFor({ timeout: 60_000 })
  await take(page, 'import-check')
  const batchId = new URL(page.url()).pathname.split('/')[2]
  await page.request.post(`/api/imports/${batchId}/cancel`, { data: {} })
  await page.goto(`/imports/${(await batchOfThaiqm(page.request)).id}`)
  await page.getByText(result.made).waitFor()
  await page.setViewportSize(deskSize)
  await take(page, 'import-result')
}

async function decide(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 1180 })
  await page.goto(`/imports/${(await batchOfThaiqm(page.request)).id}/rows?waiting=true`)
  await page
    .getByRole('button', { name: /คล้าย/ })
    .or(page.getByText(/คล้าย \d/))
    .first()
    .click()
  await take(page, 'decide')
  await page.setViewportSize(deskSize)
}

async function find(page: Page, known: readonly Household[]): Promise<void> {
  await page.goto('/households')
  await page.waitForLoadState('networkidle')
  const [, first, last] = nameParts(known[0]!.headName)
  const typed = `${first} ${last.slice(0, 4)}`
  const answer = page.waitForResponse((response) => (response.request().postData() ?? '').includes(typed))
  await page.getByLabel(household.list.searchLabel).fill(typed)
  await answer
  await take(page, 'find')
}

async function onePage(page: Page, known: readonly Household[]): Promise<void> {
  const { province, id } = known[0]!
  await page.goto(`/households/${province}/${id}`)
  await page.getByText(logbook.timeline).first().waitFor()
  await take(page, 'household')
}

/** Somebody who is in the registry already, under another tone mark; checked only, never saved. */
async function addFound(page: Page, known: readonly Household[]): Promise<void> {
  const there = known.find(({ houseNumber }) => houseNumber !== null)!
  const [, first, last] = nameParts(there.headName)
  await page.goto('/households/add')
  await page
    .getByLabel(field.names.houseNumber)
    .first()
    .fill(there.houseNumber ?? '')
  await page.getByRole('button', { name: form.add.toWho }).click()
  await page.getByLabel(field.names.firstName).fill(first)
  await page.getByLabel(field.names.lastName).fill(last)
  await page.getByRole('button', { name: form.add.toCheck }).click()
  const answer = page.getByText(form.add.doubtfulTitle).or(page.getByText(form.add.hereTitle)).first()
  await answer.waitFor()
  await answer.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  await take(page, 'found')
}

async function merge(page: Page): Promise<void> {
  const [one, other] = await namesakes(page.request)
  await page.goto(`/households/${one.province}/${one.id}/merge`)
  await page.getByLabel(household.list.searchLabel).fill(nameParts(other.headName).slice(1).join(' '))
  await page
    .getByRole('row', { name: other.houseNumber ?? '' })
    .getByRole('button')
    .first()
    .click()
  await page.getByRole('heading', { name: form.merge.compare }).waitFor()
  await take(page, 'merge')
}

async function addPerson(page: Page): Promise<void> {
  await page.goto('/people/new')
  await page.getByRole('textbox', { name: people.fullName }).fill('มานี ใจดี (ฝึกหัด)')
  await page.getByRole('textbox', { name: session.username }).fill('manee')
  await take(page, 'people')
}

async function rules(page: Page): Promise<void> {
  await page.setViewportSize(deskSize)
  await page.goto('/rules?kind=milestones')
  await page.getByText(ruleText.th.leads.milestones).waitFor()
  await take(page, 'rules')
}

/** Two phones, one with items that wait, and a visit on a day to come; afterwards both are revoked and wiped. */
async function phonesAndUnfiled(page: Page, known: readonly Household[]): Promise<void> {
  const mentor = await getPhone(await visit(browser, 'mentor', phoneSize), 'เครื่องผู้ใหญ่บ้าน', ['31040101'])
  const team = await getPhone(await visit(browser, 'operations', phoneSize), 'เครื่องสำนักงาน', ['31040101'])
  const nextYear = `${new Date().getUTCFullYear() + 1}-01-15`
  const itemId = newId()
  try {
    await mentor.push(itemId, {
      kind: 'entry',
      household: { province: known[0]!.province, id: known[0]!.id },
      entry: {
        ...{ id: itemId, kind: 'visit', happenedOn: nextYear },
        content: {
          met: [{ memberId: null, name: 'เพื่อนบ้าน' }],
          seen: 'บ้านปิด เพื่อนบ้านว่าไปหาหมอตั้งแต่เช้า',
          ...{ words: null, place: null, photos: [], skipped: null, nextOn: null },
        },
      },
    })
    const nothing = { items: 0, photos: 0, since: null }
    await team.fetch(nothing)
    await mentor.fetch(nothing)
    await mentor.pull(null, { items: 4, photos: 2, since: new Date(Date.now() - 86_400_000).toISOString() }, -5_400)
    await page.setViewportSize({ width: 1280, height: 1060 })
    await page.goto('/phones?area=3104')
    await page.getByRole('table').waitFor()
    await take(page, 'phones')
    await page.goto('/phones?area=3104&tab=unfiled')
    await page.getByRole('article').first().waitFor()
    await take(page, 'unfiled')
  } finally {
    const decision = { decision: 'setAside', reason: 'ภาพประกอบคู่มือ' }
    await page.request.post(`/api/sync/unfiled/${known[0]!.province}/${itemId}`, { data: decision })
    await mentor.giveBack()
    await team.giveBack()
  }
}

/** The field app from its first page to the outbox; the phone is handed back. */
async function fieldApp(within: Browser): Promise<void> {
  const page = await visit(within, null, phoneSize)
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click()
  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
  await page.goto('/field')
  await page.getByRole('textbox', { name: session.username }).fill('mentor')
  await page.getByLabel(session.password, { exact: true }).fill(password)
  await press(commonText.th.signIn)
  await page.getByRole('checkbox').first().check({ force: true })
  await page.getByText(/\d ครัวเรือน ประมาณ/).waitFor()
  await take(page, 'field-areas')
  await press(phoneApp.start.areasNext)
  for (const name of [phoneApp.start.pinTitle, phoneApp.start.pinAgain]) {
    await heading(name)
    for (const digit of '271946') await press(digit)
  }
  await press(phoneApp.tour.skip)
  await page.locator('.household-row').first().waitFor()
  await take(page, 'field-today')
  await page.locator('.household-row').first().click()
  await press(phoneApp.household.visit)
  await heading(fieldFormText.th.steps.met)
  await take(page, 'field-visit')
  await press(fieldFormText.th.leave)
  await press(phoneApp.nav.outbox)
  await take(page, 'field-outbox')
  await press(phoneApp.nav.today)
  await press(phoneApp.today.throwAway).catch(() => {})
  await press(phoneApp.nav.settings)
  await press(phoneApp.settings.handBackGo)
  await heading(commonText.th.signIn)
}

/** A phone as the field app registers one. */
async function getPhone({ request }: Page, name: string, areas: readonly string[]) {
  const [key, secretBytes] = [crypto.getRandomValues(new Uint8Array(32)), crypto.getRandomValues(new Uint8Array(32))]
  const [deviceId, secret, province] = [newId(), toBase64(secretBytes), areas[0]!.slice(0, 2)]
  const about = { protocol: syncProtocol, deviceId }
  const dataKey = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt'])
  const send = async (path: string, data: object) => {
    const answer = await request.post(path, { data })
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as Record<string, unknown>
  }
  const pull = (cursor: unknown, waiting: object, secondsFast = 0) =>
    send('/api/sync/pull', {
      ...{ ...about, province, areas, waiting, cursor, held: null },
      deviceTime: new Date(Date.now() + secondsFast * 1000).toISOString(),
    })
  const registered = { id: deviceId, name, province, areas, dataKey: toBase64(key), secret, appVersion: '0.2.0' }
  await send('/api/devices', { ...registered, protocol: syncProtocol })
  return {
    push: async (itemId: string, item: object) => {
      const { nonce, cipher } = await seal(crypto, dataKey, `${deviceId}/${itemId}`, item)
      const shut = { itemId, savedAt: new Date().toISOString(), nonce: toBase64(nonce), cipher: toBase64(cipher) }
      await send('/api/sync/push', { ...about, items: [shut], waiting: null })
    },
    pull,
    /** Everything that it is to hold, so that it has nothing left to fetch. */
    fetch: async (waiting: object) => {
      const { cursor, present } = await pull(null, waiting)
      const ids = present as string[]
      for (let at = 0; at < ids.length; at += 100)
        await send('/api/sync/households', { ...about, province, areas, ids: ids.slice(at, at + 100) })
      await pull(cursor, waiting)
    },
    giveBack: () => send('/api/devices/wiped', { deviceId, secret, lost: 0 }),
  }
}

async function log(page: Page): Promise<void> {
  await page.goto('/audit')
  await page.getByRole('table').waitFor()
  await take(page, 'privacy')
}

// ── How they are taken ──────────────────────────────────────────────────────────────────────────────────────────────

/** A browser of its own, signed in; phones are drawn twice as fine. */
async function visit(
  within: Browser,
  username: string | null,
  viewport: { width: number; height: number },
): Promise<Page> {
  const isPhone = viewport.width < 500
  const context = await within.newContext({
    baseURL: address!,
    viewport,
    deviceScaleFactor: isPhone ? 2 : 1,
    isMobile: isPhone,
    hasTouch: isPhone,
    locale: 'th-TH',
    timezoneId: 'Asia/Bangkok',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(20_000)
  if (username !== null) {
    const answer = await context.request.post('/api/session/sign-in', { data: { username, password } })
    if (!answer.ok()) throw new Error(`${username} cannot sign in: ${await answer.text()}`)
  }
  return context.newPage()
}

async function take(page: Page, name: string): Promise<void> {
  if (only.length > 0 && !only.includes(name)) return
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => document.fonts.ready)
  const picture = toPalette(await page.screenshot())
  writeFileSync(join(folder, `${name}.png`), picture)
  process.stdout.write(`${name}.png ${Math.ceil(picture.length / 1024)} KB\n`)
}

async function householdsOf(request: APIRequestContext): Promise<Household[]> {
  const answer = await request.post('/api/households/list', { data: { area: village, limit: 60 } })
  const { rows } = (await answer.json()) as { rows: Household[] }
  return rows
}

/** Two households whose heads bear one name, in one village if there are such: somebody would ask whether they are one. */
async function namesakes(request: APIRequestContext): Promise<[Household, Household]> {
  let found: [Household, Household] | null = null
  let cursor: string | null = null
  for (let page = 0; page < 40; page += 1) {
    const answer = await request.post('/api/households/list', { data: { area: '3104', limit: 100, cursor } })
    const { rows, next } = (await answer.json()) as { rows: Household[]; next: string | null }
    for (const [index, one] of rows.entries()) {
      const other = rows.slice(index + 1).find(({ headName }) => headName === one.headName)
      if (!other) continue
      found ??= [one, other]
      if (one.place.village === other.place.village) return [one, other]
    }
    cursor = next
    if (!cursor) break
  }
  if (!found) throw new Error('No two households of the district bear one name')
  return found
}

async function batchOfThaiqm(request: APIRequestContext): Promise<{ id: string }> {
  const answer = await request.get('/api/imports')
  const { batches } = (await answer.json()) as { batches: { id: string; listCode: string }[] }
  return batches.find(({ listCode }) => listCode === 'thaiqm-2')!
}

/** Households that are there already, some of them written otherwise, with new ones and faulty rows between. */
function practiceList(known: readonly Household[]): string {
  const { place } = known[0]!
  const there = known.slice(0, 8).map(({ headName, houseNumber }, index) => {
    const [title, first, last] = nameParts(headName)
    return [index + 1, title, index % 3 === 1 ? `${first}า` : first, last, houseNumber ?? '', '']
  })
  const invented = ['สมศรี', 'บุญมา', 'ทองใบ', 'คำปุ่น', 'ประยูร', 'จันทร์', 'วิเชียร', 'มะลิ'].map((first, index) => [
    index + 9,
    index % 2 === 0 ? 'นาง' : 'นาย',
    first,
    'ทดลองดี',
    `${201 + index}/1`,
    index > 5 ? '9.1E+12' : '',
  ])
  const rows = [...there, ...invented].map((row) =>
    [...row, place.moo, place.village, place.subdistrict, place.district, place.province].join(','),
  )
  return [
    'บัญชีกลุ่มเปราะบาง อำเภอนางรอง (ข้อมูลฝึกหัด)',
    'ที่,คำนำหน้า,ชื่อ,นามสกุล,บ้านเลขที่,เลขประจำตัวประชาชน,หมู่ที่,หมู่บ้าน,ตำบล,อำเภอ,จังหวัด',
    ...rows,
  ].join('\n')
}

function nameParts(name: string): [title: string, first: string, last: string] {
  const [, title = '', first = '', last = ''] = /^(นางสาว|นาง|นาย|เด็กชาย|เด็กหญิง)?(\S+)\s+(.+)$/.exec(name) ?? []
  return [title, first, last]
}
