import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionList, sessionShow, sessionSignIn, setupCreate } from '../../src/contract/session.ts'
import { readConfig } from '../../src/server/config.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { clientAddress } from '../../src/server/http/address.ts'
import { createApp } from '../../src/server/http/app.ts'
import { createAuth } from '../../src/server/http/auth.ts'
import { endpoints } from '../../src/server/http/endpoints.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { administratorPassword, openBrowser, type Browser } from './_browser.ts'

let world: World
let app: ReturnType<typeof createApp>
let logged = ''
const proxy = '10.0.0.2'

/** The same registry behind a TLS proxy that is trusted. */
beforeAll(async () => {
  world = await createWorld()
  const config = { ...world.deps.config, publicUrl: 'https://kaejon.example.go.th', trustedProxies: [proxy] }
  const log = pino({}, new Writable({ write: (chunk, _encoding, done) => ((logged += String(chunk)), done()) }))
  const { database, secrets, now } = world.deps
  const auth = createAuth({ config, database, secrets, now })
  app = createApp({ ...world.deps, config, log, auth }, endpoints, () => false)
})
afterAll(() => world.close())

function browserFrom(socket: string, forwarded: string, more: Record<string, string> = {}): Browser {
  const env = { incoming: { socket: { remoteAddress: socket } } }
  const headers = { 'x-forwarded-for': forwarded, ...more }
  return openBrowser((path, init) => app.request(path, init, env), headers)
}

describe(`behind a TLS proxy (${engine})`, () => {
  it('cookies are for this host and TLS alone, and browsers are told to use nothing else', async () => {
    const browser = browserFrom(proxy, '203.0.113.7')
    const made = await browser.ask(setupCreate, { name: 'ก', username: 'admin1', password: administratorPassword })
    const cookie = made.setCookies.find((one) => one.includes('session_token'))
    expect(cookie).toMatch(/^__Host-kaejon\.session_token=/)
    for (const part of [/; Secure/i, /; HttpOnly/i, /; Path=\//i, /; SameSite=Lax/i]) expect(cookie).toMatch(part)
    expect(cookie).not.toMatch(/Domain/i)
    const response = await app.request('/api/session')
    expect(response.headers.get('strict-transport-security')).toMatch(/max-age=63072000/)
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect((await browser.ask(sessionShow, {})).output.person?.username).toBe('admin1')
    expect((await browser.ask(sessionList, {})).output.sessions).toMatchObject([{ address: '203.0.113.7' }])
  })

  it('a write that another site sends is refused', async () => {
    const browser = browserFrom(proxy, '203.0.113.7', { origin: 'https://elsewhere.example' })
    const answer = await browser.ask(sessionSignIn, { username: 'admin1', password: administratorPassword })
    expect(answer.problem).toBe('crossSiteRequest')
    const own = browserFrom(proxy, '203.0.113.7', { origin: 'https://kaejon.example.go.th' })
    expect((await own.ask(sessionSignIn, { username: 'admin1', password: administratorPassword })).problem).toBeNull()
  })

  it('an invented X-Forwarded-For does not escape the throttle', async () => {
    const problems = new Set<string | null>()
    for (let index = 0; index < 12; index += 1) {
      const browser = browserFrom('198.51.100.9', `203.0.113.${index}`)
      problems.add((await browser.ask(sessionSignIn, { username: 'victim', password: 'x' })).problem)
    }
    expect(problems).toContain('tooManyTries')
    const elsewhere = browserFrom(proxy, '203.0.113.99')
    expect((await elsewhere.ask(sessionSignIn, { username: 'victim', password: 'x' })).problem).toBe('signInRefused')
  })

  it('no name, password or cookie stands in the log', async () => {
    const browser = browserFrom(proxy, '203.0.113.50')
    await browser.ask(sessionSignIn, { username: 'a-typed-name', password: 'a-typed-password' })
    await browser.ask(sessionSignIn, { username: 'admin1', password: administratorPassword })
    await browser.ask(sessionShow, {})
    expect(logged).toContain('session.signIn')
    const cookie = [...browser.cookies.values()][0] ?? ''
    expect(cookie.length).toBeGreaterThan(20)
    for (const secret of ['a-typed', 'admin1', administratorPassword, cookie, cookie.split('.')[0]!, '203.0.113']) {
      expect(logged).not.toContain(secret)
    }
  })
})

describe(`two people who press the same button at the same moment (${engine})`, () => {
  it('make one first administrator', async () => {
    const other = await createWorld()
    const answers = await Promise.all(
      ['first', 'second', 'third'].map((username) =>
        openBrowser((path, init) => other.fetch(null, path, init)).ask(setupCreate, {
          name: username,
          username,
          password: administratorPassword,
        }),
      ),
    )
    expect(answers.map((answer) => String(answer.problem)).sort()).toEqual(['alreadySetUp', 'alreadySetUp', 'null'])
    expect(await other.database.kysely.selectFrom('account').select('id').execute()).toHaveLength(1)
    await other.close()
  })
})

describe('the address of a request', () => {
  const addressOf = (trusted: string, socket: string, forwarded?: string) => {
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    const config = readConfig({ KAEJON_TRUSTED_PROXIES: trusted })
    return clientAddress(new Request('http://x/', { headers }), config, {
      incoming: { socket: { remoteAddress: socket } },
    })
  }

  it('is the socket unless that is a trusted proxy', () => {
    expect(addressOf('', '198.51.100.9', '1.2.3.4')).toBe('198.51.100.9')
    expect(addressOf(proxy, '198.51.100.9', '1.2.3.4')).toBe('198.51.100.9')
    expect(addressOf(proxy, proxy, '1.2.3.4')).toBe('1.2.3.4')
    expect(addressOf(proxy, proxy)).toBe(proxy)
  })

  it('is the last hop that is not trusted, whatever stands before it', () => {
    expect(addressOf('10.0.0.0/8', '::ffff:10.0.0.2', '6.6.6.6, 1.2.3.4, 10.9.9.9')).toBe('1.2.3.4')
    expect(addressOf('10.0.0.0/8', '10.0.0.2', 'nonsense, 10.9.9.9')).toBe('10.9.9.9')
    expect(addressOf('2001:db8::/32', '2001:db8::1', '2001:db9::5')).toBe('2001:db9::5')
  })
})

describe(`the cost of signing in (${engine})`, () => {
  it('asking the library inside a transaction costs little beside the password hash', async () => {
    const times: number[] = []
    for (let index = 0; index < 20; index += 1) {
      // The processor's time of all threads: unlike the clock's, it does not depend on what else the machine does.
      const before = process.cpuUsage()
      await inTransaction(world.database, 'program', async (tx) => {
        const library = world.deps.auth.library(tx, new Request('http://localhost'), '127.0.0.1')
        expect((await library.ask('/sign-out', {})).status).toBe(200)
      })
      const { user, system } = process.cpuUsage(before)
      times.push((user + system) / 1000)
    }
    const median = times.sort((a, b) => a - b)[10]!
    process.stdout.write(`sign-in library per transaction: ${median.toFixed(1)} ms\n`)
    expect(median).toBeLessThan(50)
  })
})
