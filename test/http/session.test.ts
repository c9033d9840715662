import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  passwordChange,
  secondFactorBegin,
  secondFactorConfirm,
  secondFactorRemove,
  sessionList,
  sessionRevoke,
  sessionRevokeOthers,
  sessionSecondFactor,
  sessionShow,
  sessionSignIn,
  sessionSignOut,
  setupCreate,
} from '../../src/contract/session.ts'
import { peopleList } from '../../src/contract/people.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { administratorPassword, codeOf, openBrowser, signInAs, type Browser } from './_browser.ts'

let world: World
const browserHere = (): Browser => openBrowser((path, init) => world.fetch(null, path, init))
const auditCount = async () =>
  Number(
    (
      await world.database.kysely
        .selectFrom('audit_entry')
        .select((eb) => eb.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )
const lastAudit = () =>
  world.database.kysely.selectFrom('audit_entry').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

/** A code is good for one sign-in; the tests below cannot wait 30 seconds for each next one. */
const letCodesServeAgain = () =>
  world.database.kysely.updateTable('second_factor').set({ last_used_step: null }).execute()

describe(`the first administrator and signing in (${engine})`, () => {
  const admin = () => adminBrowser
  let adminBrowser: Browser
  let secret = ''
  let backupCodes: string[] = []
  beforeEach(letCodesServeAgain)

  it('an empty registry asks for its first administrator', async () => {
    const shown = await browserHere().ask(sessionShow, {})
    expect(shown.output).toMatchObject({ needsSetup: true, person: null, practice: false })
  })

  it('refuses a password that is short, common or the username, and stores nothing', async () => {
    const person = { name: 'ผู้ดูแลระบบ', username: 'admin1' }
    for (const password of ['short', 'Password1234!', 'admin1admin1', '111111111111', 'qwertyuiop12']) {
      const answer = await browserHere().ask(setupCreate, { ...person, password })
      expect([answer.problem, answer.status], password).toEqual(['weakPassword', 422])
    }
    expect(await auditCount()).toBe(0)
  })

  it('makes the administrator once, signed in, who must set a second factor before anything else', async () => {
    adminBrowser = browserHere()
    const made = await admin().ask(setupCreate, {
      name: 'ผู้ดูแลระบบ',
      username: 'Admin1',
      password: administratorPassword,
      registryName: 'ทะเบียนทดลอง',
    })
    expect(made.problem).toBeNull()
    const cookie = made.setCookies.find((one) => one.startsWith('kaejon.session_token='))
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).toMatch(/Max-Age=604800/)
    expect(cookie).not.toMatch(/Secure/i)
    const shown = await admin().ask(sessionShow, {})
    expect(shown.output).toMatchObject({
      needsSetup: false,
      registryName: 'ทะเบียนทดลอง',
      person: { username: 'admin1', mustSetSecondFactor: true, secondFactor: false, homeArea: '' },
    })
    expect((await admin().ask(peopleList, {})).problem).toBe('secondFactorMustBeSet')
    const again = await browserHere().ask(setupCreate, { name: 'x', username: 'x12', password: administratorPassword })
    expect(again.problem).toBe('alreadySetUp')
    expect(await auditCount()).toBe(1)
  })

  it('a second factor counts once a code of the authenticator was shown', async () => {
    expect((await admin().ask(secondFactorBegin, { password: 'wrong' })).problem).toBe('signInRefused')
    const begun = await admin().ask(secondFactorBegin, { password: administratorPassword })
    ;({ secret, backupCodes } = begun.output)
    expect(begun.output.uri).toContain(`secret=${secret}`)
    expect(begun.output.uri).toContain(':admin1?')
    expect(backupCodes.length).toBeGreaterThanOrEqual(8)
    const wrong = String((Number(codeOf(secret)) + 1) % 1_000_000).padStart(6, '0')
    expect((await admin().ask(secondFactorConfirm, { code: wrong })).problem).toBe('secondFactorRefused')
    const code = codeOf(secret)
    expect((await admin().ask(secondFactorConfirm, { code })).problem).toBeNull()
    const onlooker = browserHere()
    await signInAs(onlooker, 'admin1', administratorPassword)
    expect((await onlooker.ask(sessionSecondFactor, { code })).problem).toBe('codeUsedBefore')
    expect((await admin().ask(sessionShow, {})).output.person).toMatchObject({
      secondFactor: true,
      mustSetSecondFactor: false,
    })
    expect((await admin().ask(peopleList, {})).problem).toBeNull()
    expect((await admin().ask(secondFactorBegin, { password: administratorPassword })).problem).toBe('wrongState')
    expect((await admin().ask(secondFactorRemove, { password: administratorPassword })).problem).toBe(
      'secondFactorMustBeSet',
    )
  })

  it('then asks for the code at every sign-in, and a password alone opens nothing', async () => {
    const browser = browserHere()
    expect((await signInAs(browser, 'ADMIN1', administratorPassword)).output).toEqual({ state: 'secondFactor' })
    expect((await browser.ask(sessionShow, {})).output.person).toBeNull()
    const refused = await browser.ask(sessionSecondFactor, { code: '000000' })
    expect(refused.problem).toBe('secondFactorRefused')
    expect((await lastAudit()).detail).toEqual({ refused: true })
    expect((await browser.ask(sessionSecondFactor, { code: codeOf(secret) })).output).toEqual({ state: 'signedIn' })
    expect((await browser.ask(sessionShow, {})).output.person?.username).toBe('admin1')
  })

  it('a code of the authenticator works once, also when two use it in the same moment', async () => {
    const [first, second, third] = [browserHere(), browserHere(), browserHere()]
    for (const browser of [first, second, third]) await signInAs(browser, 'admin1', administratorPassword)
    const code = codeOf(secret)
    const answers = await Promise.all([first, second].map((browser) => browser.ask(sessionSecondFactor, { code })))
    expect(new Set(answers.map(({ problem }) => problem))).toEqual(new Set(['codeUsedBefore', null]))
    expect((await lastAudit()).detail).toHaveProperty('refused')
    const before = codeOf(secret, Date.now() - 30_000)
    expect((await third.ask(sessionSecondFactor, { code: before })).problem).toBe('codeUsedBefore')
    const next = codeOf(secret, Date.now() + 30_000)
    expect((await third.ask(sessionSecondFactor, { code: next })).output).toEqual({ state: 'signedIn' })
  })

  it('a backup code works once', async () => {
    const [code = ''] = backupCodes
    const first = browserHere()
    await signInAs(first, 'admin1', administratorPassword)
    expect((await first.ask(sessionSecondFactor, { code })).problem).toBeNull()
    const second = browserHere()
    await signInAs(second, 'admin1', administratorPassword)
    expect((await second.ask(sessionSecondFactor, { code })).problem).toBe('secondFactorRefused')
  })

  it('five wrong codes end the sign-in under way, although each answer was a refusal', async () => {
    const browser = browserHere()
    await signInAs(browser, 'admin1', administratorPassword)
    const problems = []
    for (let index = 0; index < 6; index += 1) {
      problems.push((await browser.ask(sessionSecondFactor, { code: '000000' })).problem)
    }
    expect(problems.slice(0, 5)).toEqual(Array(5).fill('secondFactorRefused'))
    expect(problems[5]).toBe('tooManyTries')
    expect((await browser.ask(sessionSecondFactor, { code: codeOf(secret) })).problem).toBe('secondFactorRefused')
  })

  it('an unknown name and a wrong password get the same answer for about the same work', async () => {
    const times: Record<string, number[]> = { admin1: [], nobody: [] }
    const bodies = new Set<string>()
    for (let index = 0; index < 4; index += 1) {
      for (const username of ['admin1', 'nobody']) {
        // The processor's time of all threads: unlike the clock's, it does not depend on what else the machine does.
        const before = process.cpuUsage()
        const answer = await signInAs(browserHere(), username, 'not the password')
        const { user, system } = process.cpuUsage(before)
        times[username]!.push(user + system)
        expect(answer.problem).toBe('signInRefused')
        bodies.add(answer.text.replace(/"requestId":"[^"]+"/, ''))
      }
    }
    expect(bodies.size).toBe(1)
    const fastest = (name: string) => Math.min(...times[name]!)
    // Without the hash for unknown names theirs would take a tenth of the time.
    expect(fastest('nobody')).toBeGreaterThan(fastest('admin1') / 2)
    expect(fastest('admin1')).toBeGreaterThan(fastest('nobody') / 2)
  })

  it('leaves one audit row for each failed sign-in, without what was typed', async () => {
    const before = await auditCount()
    await signInAs(browserHere(), 'my-secret-password', 'x')
    expect(await auditCount()).toBe(before + 1)
    const entry = await lastAudit()
    expect(entry).toMatchObject({ action: 'session.signIn', account_id: null, detail: { refused: true } })
    expect(JSON.stringify(entry)).not.toContain('my-secret-password')
  })

  it('too many tries for one name stop the right password too, and other names go on', async () => {
    let answer = await signInAs(browserHere(), 'somebody', 'x')
    for (let index = 0; index < 12 && answer.problem === 'signInRefused'; index += 1) {
      answer = await signInAs(browserHere(), 'somebody', 'x')
    }
    expect([answer.problem, answer.status]).toEqual(['tooManyTries', 429])
    expect(answer.details['seconds']).toBeGreaterThan(0)
    expect((await signInAs(browserHere(), 'somebody.else', 'x')).problem).toBe('signInRefused')
    expect((await signInAs(browserHere(), 'admin1', administratorPassword)).problem).toBeNull()
  })

  it('shows the devices that are signed in, and ends one or all others', async () => {
    const phone = openBrowser((path, init) => world.fetch(null, path, init), {
      'user-agent': 'Mozilla/5.0 (Linux; Android 13; SM-A045F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36',
    })
    await signInAs(phone, 'admin1', administratorPassword)
    await phone.ask(sessionSecondFactor, { code: codeOf(secret) })
    const { sessions } = (await admin().ask(sessionList, {})).output
    expect(sessions[0]?.isCurrent).toBe(true)
    const device = sessions.find((session) => session.device === 'Chrome, Android')
    expect(device).toBeDefined()
    expect((await admin().ask(sessionRevoke, { sessionId: device!.id })).problem).toBeNull()
    expect((await phone.ask(sessionList, {})).problem).toBe('signInRequired')
    expect((await admin().ask(sessionRevoke, { sessionId: device!.id })).problem).toBe('notFound')
    expect((await admin().ask(sessionRevokeOthers, {})).output.revoked).toBe(sessions.length - 2)
    expect((await admin().ask(sessionList, {})).output.sessions).toHaveLength(1)
  })

  it('a changed password ends every other session and the old password', async () => {
    const other = browserHere()
    await signInAs(other, 'admin1', administratorPassword)
    await other.ask(sessionSecondFactor, { code: codeOf(secret) })
    const newPassword = 'ฝนตกลงมากลางฤดูหนาว 7'
    expect((await admin().ask(passwordChange, { currentPassword: 'wrong', newPassword })).problem).toBe('signInRefused')
    expect(
      (await admin().ask(passwordChange, { currentPassword: administratorPassword, newPassword: 'x' })).problem,
    ).toBe('weakPassword')
    const changed = await admin().ask(passwordChange, { currentPassword: administratorPassword, newPassword })
    expect(changed.problem).toBeNull()
    expect((await admin().ask(sessionShow, {})).output.person?.username).toBe('admin1')
    expect((await other.ask(sessionShow, {})).output.person).toBeNull()
    expect((await signInAs(browserHere(), 'admin1', administratorPassword)).problem).toBe('signInRefused')
    expect((await signInAs(browserHere(), 'admin1', newPassword)).problem).toBeNull()
  })

  it('signing out ends the session on the server, not only in the browser', async () => {
    const stolen = new Map(admin().cookies)
    expect((await admin().ask(sessionSignOut, {})).problem).toBeNull()
    const thief = browserHere()
    for (const [name, value] of stolen) thief.cookies.set(name, value)
    expect((await thief.ask(sessionShow, {})).output.person).toBeNull()
    expect((await thief.ask(sessionList, {})).problem).toBe('signInRequired')
  })

  it('a session ends after twelve idle hours, and after seven days of use', async () => {
    const browser = browserHere()
    await signInAs(browser, 'admin1', 'ฝนตกลงมากลางฤดูหนาว 7')
    await browser.ask(sessionSecondFactor, { code: codeOf(secret) })
    const age = (days: number, expiresInMs: number) =>
      world.database.kysely
        .updateTable('session')
        .set({
          created_at: new Date(Date.now() - days * 86_400_000),
          expires_at: new Date(Date.now() + expiresInMs),
        })
        .execute()
        .then(() => world.deps.auth.forget())
    await age(6.9, 60_000)
    expect((await browser.ask(sessionShow, {})).output.person).not.toBeNull()
    const [session] = await world.database.kysely.selectFrom('session').select('expires_at').execute()
    expect(session!.expires_at.getTime() - Date.now()).toBeGreaterThan(11 * 3_600_000)
    await age(7.1, 60_000)
    expect((await browser.ask(sessionShow, {})).output.person).toBeNull()
    await age(1, -1000)
    expect((await browser.ask(sessionShow, {})).output.person).toBeNull()
  })

  it('a cookie that somebody made or changed is nobody', async () => {
    const browser = browserHere()
    browser.cookies.set('kaejon.session_token', 'abc.def')
    expect((await browser.ask(sessionShow, {})).output.person).toBeNull()
    expect((await browser.ask(sessionSignIn, { username: 'admin1', password: 'x' })).problem).toBe('signInRefused')
  })
})
