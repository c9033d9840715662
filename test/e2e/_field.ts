/** The field app on a phone of its own: a real Chromium that can be killed, and a real server that can be stopped. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { newId } from '../../src/web/new-id.ts'
import { commonText } from '../../src/web/text/common.ts'
import { fieldText } from '../../src/web/text/field.ts'
import { fieldFormText } from '../../src/web/text/fieldForm.ts'
import { sessionText } from '../../src/web/text/session.ts'
import { build } from './_server.ts'
import { totp } from './_visitor.ts'

export const { th: field } = fieldText
export const { th: form } = fieldFormText
export const { th: common } = commonText
const { th: session } = sessionText

export const password = 'ประโยคลับของผู้ใหญ่บ้าน 2569'
export const pin = '271946'
const phoneSize = { width: 360, height: 740 }

/** One registry on one port, whose process can be stopped and started again. */
export class RestartableServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'kaejon-field-'))
  address = ''
  /** Where the built program lies; another one is a copy that a test brings to a newer version. */
  readonly program: string
  #port = '0'
  #process: ChildProcess | null = null

  constructor(program = '.') {
    this.program = program
  }

  async start(): Promise<void> {
    if (this.#port === '0') {
      build()
      execFileSync(process.execPath, [join(this.program, 'dist/server/cli.js'), 'practice', '--mark'], {
        env: this.#env(),
        stdio: 'pipe',
      })
    }
    const server = spawn(process.execPath, [join(this.program, 'dist/server/main.js')], {
      env: this.#env(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#process = server
    const lines = createInterface({ input: server.stdout })
    this.address = await new Promise<string>((resolve, reject) => {
      lines.on('line', (line) => {
        const [found] = /http:\/\/127\.0\.0\.1:\d+$/.exec(line) ?? []
        if (found) resolve(found)
      })
      server.on('exit', (code) => reject(new Error(`The server ended with ${code}`)))
    })
    this.#port = new URL(this.address).port
  }

  /** Returns when the process is gone: nobody answers on the port any more. */
  async stop(): Promise<void> {
    const server = this.#process
    if (!server) return
    this.#process = null
    server.kill('SIGTERM')
    await once(server, 'exit')
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.folder, { recursive: true, force: true })
  }

  #env(): NodeJS.ProcessEnv {
    const { DATABASE_URL: _, ...inherited } = process.env
    return {
      ...inherited,
      NODE_ENV: 'production',
      KAEJON_DATA: this.folder,
      KAEJON_PORT: this.#port,
      KAEJON_HOST: '127.0.0.1',
    }
  }
}

/** Somebody signed in from a program, with a cookie of their own. */
export class Caller {
  #cookie = ''
  readonly #address: string

  constructor(address: string) {
    this.#address = address
  }

  async ask<Answer = Record<string, unknown>>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    const response = await fetch(this.#address + path, {
      method,
      headers: { 'content-type': 'application/json', cookie: this.#cookie },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const set = response.headers.getSetCookie().map((one) => one.split(';')[0])
    if (set.length > 0) this.#cookie = set.join('; ')
    const answer = (await response.json()) as Answer
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`)
    return answer
  }
}

export interface Village {
  server: RestartableServer
  /** Of the whole registry. */
  administrator: Caller
  /** Of the district. */
  officer: Caller
  /** By the head's first name. */
  households: Map<string, string>
}

const villages = [
  ['31040101', 'หนองมน'],
  ['31040102', 'บ้านใหม่'],
] as const
const heads = [
  ['บุญมา', 'ทองดี'],
  ['คำปัน', 'ศรีสุข'],
  ['สายใจ', 'แก้วมณี'],
  ['ทองคำ', 'ใจบุญ'],
  ['ประนอม', 'สุขสันต์'],
  ['วิเชียร', 'พรมมา'],
] as const

/**
 * A subdistrict with two villages, households, and a mentor who looks after them.
 *
 * @param more households beside the six that the tests know by name
 */
export async function openVillage(more = 0, server = new RestartableServer()): Promise<Village> {
  await server.start()
  const administrator = new Caller(server.address)
  const setup = { name: 'วิภา ดูแลระบบ', username: 'wipa', password, registryName: 'ศจพ.จังหวัดบุรีรัมย์' }
  await administrator.ask('POST', '/api/setup', setup)
  const { secret } = await administrator.ask('POST', '/api/second-factor/begin', { password })
  await administrator.ask('POST', '/api/second-factor/confirm', { code: totp(String(secret)) })
  const officer = await employ({ server, administrator }, 'somying', 'district', '3104')
  await employ({ server, administrator }, 'lung', 'mentor', '310401')
  const households = new Map<string, string>()
  const others = Array.from({ length: more }, (_, index) => [`สมหมาย${index}`, `คนที่${index}`] as const)
  for (const [index, [firstName, lastName]] of [...heads, ...others].entries()) {
    const [areaCode, villageName] = villages[index % 2]!
    const id = newId()
    const draft = {
      areaCode,
      villageName,
      houseNumber: String(index + 9),
      houseCode: null,
      familyNumber: null,
      lane: null,
      road: null,
      phone: index === 0 ? '081 234 5678' : null,
      latitude: 14.63 + index / 1000,
      longitude: 102.79,
      note: null,
      members: [
        member(1, 'นาย', firstName, lastName, null),
        member(2, 'นาง', 'สมศรี', lastName, 'คู่สมรส'),
        member(3, 'นางสาว', 'มาลี', lastName, 'บุตร'),
      ],
    }
    await officer.ask('POST', '/api/households', { id, draft, separateReason: 'เป็นคนละครัวเรือนกัน' })
    households.set(firstName, id)
  }
  await record(officer, households.get('บุญมา')!, {
    kind: 'assessment',
    content: {
      problems: [
        {
          id: newId(),
          dimension: 'living',
          indicator: null,
          memberId: null,
          problem: 'หลังคารั่ว นอนไม่ได้เมื่อฝนตก',
          need: 'ซ่อมหลังคา',
          solution: 'ขอช่างจาก อบต.',
        },
      ],
      noProblem: false,
      answers: [],
      fourT: null,
      incomePerPerson: null,
      path: null,
      stage: null,
      words: null,
    },
  })
  return { server, administrator, officer, households }
}

function member(order: number, title: string, firstName: string, lastName: string, relation: string | null) {
  const unknown = { nationalId: null, sex: null, birthDate: null, birthPrecision: null }
  return { order, relation, title, firstName, lastName, ...unknown, occupation: null, annualIncome: null }
}

export async function record(
  by: Caller,
  household: string,
  entry: { kind: string; content: object; happenedOn?: string },
): Promise<void> {
  const happenedOn = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok' }).format(new Date())
  await by.ask('POST', `/api/households/31/${household}/entries`, { entry: { id: newId(), happenedOn, ...entry } })
}

export async function employ(
  { server, administrator }: Pick<Village, 'server' | 'administrator'>,
  username: string,
  role: string,
  areaCode: string,
): Promise<Caller> {
  const made = await administrator.ask('POST', '/api/people', {
    name: `${username} ทดสอบ`,
    username,
    grants: [{ role, place: { kind: 'area', areaCode } }],
  })
  const person = new Caller(server.address)
  const oneTime = made['oneTimePassword']
  await person.ask('POST', '/api/session/sign-in', { username, password: oneTime })
  await person.ask('POST', '/api/password', { currentPassword: oneTime, newPassword: password })
  return person
}

export interface FieldPhone {
  page: Page
  context: BrowserContext
  /** What the console had to complain of. */
  complaints: string[]
  /** As an empty battery does: the whole browser at once. */
  kill: () => Promise<void>
  close: () => Promise<void>
}

/** Starts the phone's browser; the same profile is the same phone. */
export async function startPhone(profile: string, flags: string[] = []): Promise<FieldPhone> {
  const chrome = spawn(
    process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--lang=th',
      `--window-size=${phoneSize.width},${phoneSize.height}`,
      `--user-data-dir=${profile}`,
      '--remote-debugging-port=0',
      ...flags,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true, env: { ...process.env, TZ: 'Asia/Bangkok' } },
  )
  const ended = once(chrome, 'exit')
  const lines = createInterface({ input: chrome.stderr })
  const endpoint = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const [, found] = /DevTools listening on (ws:\/\/\S+)/.exec(line) ?? []
      if (found) resolve(found)
    })
    void ended.then(() => reject(new Error('The browser ended')))
  })
  const browser: Browser = await chromium.connectOverCDP(endpoint)
  const [context] = browser.contexts()
  if (!context) throw new Error('no context')
  context.setDefaultTimeout(30_000)
  const page = context.pages()[0] ?? (await context.newPage())
  await page.setViewportSize(phoneSize)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return {
    page,
    context,
    complaints,
    async kill() {
      // The whole group: nothing of the browser gets to write another byte.
      process.kill(-chrome.pid!, 'SIGKILL')
      await ended
    },
    async close() {
      const session = await browser.newBrowserCDPSession()
      await session.send('Browser.close').catch(() => {})
      await ended
    },
  }
}

export function newProfile(): string {
  return mkdtempSync(join(tmpdir(), 'kaejon-phone-'))
}

export async function title(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name, exact: typeof name === 'string' }).waitFor()
}

export async function press(page: Page, name: string | RegExp): Promise<void> {
  await page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click()
}

/** In the middle of the screen first: the bars that stay may lie over what is only just in view. */
export async function choose(page: Page, name: string | RegExp): Promise<void> {
  const input = page.getByRole('checkbox', { name }).or(page.getByRole('radio', { name })).first()
  await input.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  await input.check({ force: true })
}

export async function enterPin(page: Page, digits = pin): Promise<void> {
  for (const digit of digits) await page.getByRole('button', { name: digit, exact: true }).click()
}

export async function signIn(page: Page, username: string): Promise<void> {
  await page.getByRole('textbox', { name: session.username }).fill(username)
  await page.getByLabel(session.password, { exact: true }).fill(password)
  await press(page, common.signIn)
}

/** From the first page to today's work, with the households of the whole subdistrict. */
export async function prepare(
  page: Page,
  address: string,
  username = 'lung',
  looks: (where: string) => Promise<void> = async () => {},
) {
  await page.goto(`${address}/field`)
  await title(page, common.signIn)
  await looks('sign in')
  await signIn(page, username)
  await title(page, field.start.areasTitle)
  await page
    .getByRole('checkbox', { name: /นางรอง/ })
    .first()
    .check({ force: true })
  await page.getByText(/\d ครัวเรือน ประมาณ/).waitFor()
  await looks('areas')
  await press(page, field.start.areasNext)
  await title(page, field.start.pinTitle)
  await looks('set pin')
  await enterPin(page)
  await title(page, field.start.pinAgain)
  await enterPin(page)
  await title(page, field.tour.cards.work)
  await looks('tour')
  await press(page, field.tour.skip)
  await title(page, field.today.title)
  // From here on the app opens without a server: a worker takes the page over once all files are kept.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}

export async function unlock(page: Page): Promise<void> {
  await title(page, field.pin.unlockTitle)
  await enterPin(page)
}

export interface VillageWithPhone {
  village: Village
  phone: FieldPhone
  /** Ends both, and forgets the phone's profile. */
  leave: () => Promise<void>
}

/** A village, and the phone of its mentor with every household on it, on Today. */
export async function villageWithPhone(): Promise<VillageWithPhone> {
  const profile = newProfile()
  const village = await openVillage()
  const phone = await startPhone(profile)
  await prepare(phone.page, village.server.address)
  await phone.page.locator('.household-row').first().waitFor()
  return {
    village,
    phone,
    leave: async () => {
      await phone.close()
      await village.server.remove()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
