import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditList } from '../../src/contract/audit.ts'
import { deviceRegister } from '../../src/contract/devices.ts'
import {
  agencyCreate,
  agencyList,
  peopleCreate,
  peopleDisable,
  peopleEnable,
  peopleList,
  peopleResetPassword,
  peopleResetSecondFactor,
  personShow,
  roleGrant,
  roleRevoke,
  teamCreate,
  teamList,
} from '../../src/contract/people.ts'
import {
  passwordChange,
  secondFactorBegin,
  secondFactorConfirm,
  secondFactorRemove,
  sessionShow,
} from '../../src/contract/session.ts'
import type { Role } from '../../src/domain/permission.ts'
import { dayInThailand } from '../../src/domain/time.ts'
import { newId } from '../../src/server/ids.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { registration } from './_phones.ts'
import { codeOf, openBrowser, setUpAdministrator, signInAs, type Browser } from './_browser.ts'

let world: World
let admin: Browser
const browserHere = () => openBrowser((path, init) => world.fetch(null, path, init))
const at = (areaCode: string) => ({ kind: 'area', areaCode }) as const
const ownPassword = 'ทางเดินริมแม่น้ำมูล 31'

/** Makes a person through the door, signs them in and lets them choose their own password. */
async function employ(
  username: string,
  grants: { role: Role; place: object; from?: string; to?: string }[],
  by = admin,
) {
  const made = await by.ask(peopleCreate, { name: `คุณ ${username}`, username, grants })
  expect(made.problem).toBeNull()
  const browser = browserHere()
  await signInAs(browser, username, made.output.oneTimePassword)
  const answer = await browser.ask(passwordChange, {
    currentPassword: made.output.oneTimePassword,
    newPassword: ownPassword,
  })
  expect(answer.problem).toBeNull()
  return { id: made.output.personId, browser }
}

const audits = async () => (await world.database.kysely.selectFrom('audit_entry').select('id').execute()).length

beforeAll(async () => {
  world = await createWorld()
  const insertArea = (code: string, name: string) =>
    world.database.kysely
      .insertInto('area')
      .values({ code, name_th: name, name_key: name, origin: 'official' })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  for (const [code, name] of [
    ['31', 'บุรีรัมย์'],
    ['3101', 'เมืองบุรีรัมย์'],
    ['3104', 'นางรอง'],
    ['310401', 'นางรอง'],
    ['32', 'สุรินทร์'],
    ['3201', 'เมืองสุรินทร์'],
  ] as const) {
    await insertArea(code, name)
  }
  admin = browserHere()
  await setUpAdministrator(admin)
})
afterAll(() => world.close())

describe(`people and their roles (${engine})`, () => {
  let province: { id: string; browser: Browser }
  let district: { id: string; browser: Browser }
  let surin: { id: string; browser: Browser }

  it('a new person must first change the one-time password, and may do nothing before', async () => {
    const made = await admin.ask(peopleCreate, {
      name: 'สมหญิง ใจดี',
      username: 'Somying',
      grants: [{ role: 'province', place: at('31') }],
    })
    const browser = browserHere()
    expect((await signInAs(browser, 'somying', made.output.oneTimePassword)).output).toEqual({ state: 'signedIn' })
    expect((await browser.ask(sessionShow, {})).output.person).toMatchObject({
      mustChangePassword: true,
      permissions: [],
      grants: [],
    })
    expect((await browser.ask(peopleList, {})).problem).toBe('notPermitted')
    await browser.ask(passwordChange, { currentPassword: made.output.oneTimePassword, newPassword: ownPassword })
    const shown = (await browser.ask(sessionShow, {})).output.person
    expect(shown).toMatchObject({
      mustChangePassword: false,
      homeArea: '31',
      grants: [{ role: 'province', areas: ['31'], placeName: 'บุรีรัมย์' }],
    })
    province = { id: made.output.personId, browser }
  })

  it('a province gives roles inside its area, none outside and none above its own', async () => {
    district = await employ('nangrong', [{ role: 'district', place: at('3104') }], province.browser)
    surin = await employ('surin', [{ role: 'district', place: at('3201') }])
    const grant = (personId: string, role: Role, areaCode: string) =>
      province.browser.ask(roleGrant, { personId, role, place: at(areaCode) })
    expect((await grant(district.id, 'mentor', '310401')).problem).toBeNull()
    expect((await grant(district.id, 'mentor', '3201')).problem).toBe('notFound')
    expect((await grant(district.id, 'administrator', '31')).problem).toBe('notPermitted')
    expect((await grant(surin.id, 'mentor', '3104')).problem).toBe('notFound')
    expect((await grant(district.id, 'province', '3104')).problem).toBe('invalidFacts')
    const create = { name: 'x', username: 'outsider', grants: [{ role: 'mentor', place: at('3201') }] }
    expect((await province.browser.ask(peopleCreate, create)).problem).toBe('notFound')
    expect((await district.browser.ask(peopleCreate, create)).problem).toBe('notPermitted')
  })

  it('people are listed within reach, in Thai order, by parts of names and page by page', async () => {
    const seen = (await province.browser.ask(peopleList, {})).output.people
    expect(seen.map((person) => person.username).sort()).toEqual(['nangrong', 'somying'])
    expect((await province.browser.ask(peopleList, { areaCode: '32' })).problem).toBe('notFound')
    expect((await province.browser.ask(peopleList, { words: 'ใจดี' })).output.people[0]?.username).toBe('somying')
    expect((await province.browser.ask(peopleList, { words: '%' })).output.people).toEqual([])
    expect((await admin.ask(peopleList, { areaCode: '32' })).output.people.map((one) => one.username)).toEqual([
      'surin',
    ])
    const names: string[] = []
    let after: string | null = null
    do {
      const page: Awaited<ReturnType<typeof readPage>> = await readPage(after)
      names.push(...page.people.map((person) => person.name))
      after = page.next
    } while (after !== null)
    expect(names).toHaveLength(4)
    expect(names).toEqual([...names].sort(new Intl.Collator('th').compare))
    async function readPage(from: string | null) {
      return (await admin.ask(peopleList, { limit: 1, ...(from === null ? {} : { after: from }) })).output
    }
  })

  it('nobody edits those above them or themselves', async () => {
    const deputy = await employ('deputy', [
      { role: 'administrator', place: at('31') },
      { role: 'mentor', place: at('3104') },
    ])
    const shown = await province.browser.ask(personShow, { personId: deputy.id })
    expect(shown.output.mayEdit).toBe(false)
    for (const route of [peopleDisable, peopleResetPassword, peopleResetSecondFactor]) {
      expect((await province.browser.ask(route, { personId: deputy.id })).problem, route.name).toBe('notPermitted')
      expect((await province.browser.ask(route, { personId: province.id })).problem, route.name).toBe('notPermitted')
      expect((await province.browser.ask(route, { personId: surin.id })).problem, route.name).toBe('notFound')
    }
    expect((await admin.ask(peopleDisable, { personId: deputy.id })).problem).toBeNull()
  })

  it('disabling signs a person out at once and for good, enabling lets them in again', async () => {
    expect((await district.browser.ask(sessionShow, {})).output.person).not.toBeNull()
    const before = await audits()
    expect((await province.browser.ask(peopleDisable, { personId: district.id })).problem).toBeNull()
    expect(await audits()).toBe(before + 1)
    expect((await district.browser.ask(sessionShow, {})).output.person).toBeNull()
    expect((await signInAs(browserHere(), 'nangrong', ownPassword)).problem).toBe('signInRefused')
    const left = await world.database.kysely
      .selectFrom('session')
      .where('account_id', '=', district.id)
      .select('id')
      .execute()
    expect(left).toEqual([])
    expect((await province.browser.ask(peopleDisable, { personId: district.id })).problem).toBe('wrongState')
    await province.browser.ask(peopleEnable, { personId: district.id })
    expect((await signInAs(district.browser, 'nangrong', ownPassword)).output).toEqual({ state: 'signedIn' })
  })

  it('a revoked role is gone at once, and so are the sessions', async () => {
    const { grants } = (await province.browser.ask(personShow, { personId: district.id })).output
    const grant = grants.find((one) => one.role === 'district')!
    expect(grant).toMatchObject({ state: 'current', mayRevoke: true, placeName: 'นางรอง' })
    const revoke = { personId: district.id, grantId: grant.id }
    expect((await province.browser.ask(roleRevoke, { ...revoke, personId: surin.id })).problem).toBe('notFound')
    expect((await province.browser.ask(roleRevoke, { ...revoke, grantId: newId() })).problem).toBe('notFound')
    expect((await province.browser.ask(roleRevoke, revoke)).problem).toBeNull()
    expect((await district.browser.ask(sessionShow, {})).output.person).toBeNull()
    await signInAs(district.browser, 'nangrong', ownPassword)
    const person = (await district.browser.ask(sessionShow, {})).output.person
    expect(person?.grants.map((one) => one.role)).toEqual(['mentor'])
    expect((await district.browser.ask(peopleList, {})).problem).toBe('notPermitted')
  })

  it('neither account nor role of a mentor ends over what waits on their phone, unless that is said', async () => {
    const mentor = await employ('leaver', [{ role: 'mentor', place: at('310401') }])
    const { grants } = (await admin.ask(personShow, { personId: mentor.id })).output
    const phone = registration(['310401'])
    expect((await mentor.browser.ask(deviceRegister, phone)).problem).toBeNull()
    await world.database.kysely
      .updateTable('device')
      .set({ waiting_items: 3, waiting_photos: 1 })
      .where('id', '=', phone.id)
      .execute()
    const ways = [
      [roleRevoke, { personId: mentor.id, grantId: grants[0]!.id }, 'role.revoke'],
      [peopleDisable, { personId: mentor.id }, 'people.disable'],
    ] as const
    for (const [route, input, action] of ways) {
      const before = await audits()
      const refused = await admin.ask(route, input)
      expect(refused).toMatchObject({ problem: 'phonesWaiting', details: { items: 3, photos: 1 } })
      expect(await audits()).toBe(before)
      expect((await admin.ask(route, { ...input, despiteWaiting: true })).problem).toBeNull()
      const told = await admin.ask(auditList, { action, subjectId: mentor.id })
      expect(told.output.entries[0]?.detail).toMatchObject({ leftWaiting: 4 })
    }
  })

  it('a role holds from its first day to its last in Thailand, and not a moment longer', async () => {
    const helper = await employ('helper', [
      { role: 'district', place: at('3104'), from: '2566-01-01'.replace('2566', '2023'), to: '2023-01-31' },
    ])
    const roleAt = async (moment: string) => {
      world.setNow(moment)
      world.deps.auth.forget()
      await world.database.kysely
        .updateTable('session')
        .set({ created_at: new Date(moment) })
        .execute()
      return (await helper.browser.ask(sessionShow, {})).output.person?.grants.map((grant) => grant.role)
    }
    expect(await roleAt('2022-12-31T16:59:59Z')).toEqual([])
    expect(await roleAt('2022-12-31T17:00:00Z')).toEqual(['district'])
    expect(await roleAt('2023-01-31T16:59:59Z')).toEqual(['district'])
    expect(await roleAt('2023-01-31T17:00:00Z')).toEqual([])
    const now = new Date().toISOString()
    await roleAt(now)
    const grants = { role: 'mentor', place: at('3104'), from: '2023-02-02', to: '2023-02-01' }
    expect((await admin.ask(roleGrant, { personId: helper.id, ...grants })).problem).toBe('invalidFacts')
  })

  it('the last administrator can be neither disabled nor revoked', async () => {
    const second = await employ('admin2', [{ role: 'administrator', place: at('') }])
    const first = (await admin.ask(sessionShow, {})).output.person!
    const grantOf = async (personId: string) =>
      (await admin.ask(personShow, { personId })).output.grants.find((grant) => grant.role === 'administrator')!
    expect((await admin.ask(peopleDisable, { personId: second.id })).problem).toBeNull()
    const own = await grantOf(first.id)
    expect((await admin.ask(roleRevoke, { personId: first.id, grantId: own.id })).problem).toBe('lastAdministrator')
    await admin.ask(peopleEnable, { personId: second.id })
    // One whose role will end does not count: the registry would be without anybody on that day.
    const lasting = await grantOf(second.id)
    await admin.ask(roleRevoke, { personId: second.id, grantId: lasting.id })
    await admin.ask(roleGrant, { personId: second.id, role: 'administrator', place: at(''), to: '2999-01-01' })
    expect((await admin.ask(roleRevoke, { personId: first.id, grantId: own.id })).problem).toBe('lastAdministrator')
  })

  it('a forgotten password is replaced by a one-time one', async () => {
    const reset = await admin.ask(peopleResetPassword, { personId: surin.id })
    expect((await surin.browser.ask(sessionShow, {})).output.person).toBeNull()
    expect((await signInAs(browserHere(), 'surin', ownPassword)).problem).toBe('signInRefused')
    await signInAs(surin.browser, 'surin', reset.output.oneTimePassword)
    expect((await surin.browser.ask(sessionShow, {})).output.person?.mustChangePassword).toBe(true)
  })

  it('a one-time password works for 72 hours and not a moment longer, and its sessions end with it', async () => {
    const grants = [{ role: 'district', place: at('3104') }]
    const made = await admin.ask(peopleCreate, { name: 'มาช้า ไปหน่อย', username: 'latecomer', grants })
    const password = made.output.oneTimePassword
    const age = (hours: number) =>
      world.database.kysely
        .updateTable('account')
        .set({ password_one_time_at: new Date(world.deps.now().getTime() - hours * 3_600_000) })
        .where('id', '=', made.output.personId)
        .execute()
    const early = browserHere()
    await age(71.99)
    expect((await signInAs(early, 'latecomer', password)).output).toEqual({ state: 'signedIn' })
    await age(72)
    expect((await signInAs(browserHere(), 'latecomer', 'a wrong password')).problem).toBe('signInRefused')
    expect((await signInAs(browserHere(), 'latecomer', password)).problem).toBe('oneTimePasswordOver')
    world.deps.auth.forget()
    expect((await early.ask(sessionShow, {})).output.person).toBeNull()
    const again = (await admin.ask(peopleResetPassword, { personId: made.output.personId })).output.oneTimePassword
    const browser = browserHere()
    expect((await signInAs(browser, 'latecomer', again)).problem).toBeNull()
    await browser.ask(passwordChange, { currentPassword: again, newPassword: ownPassword })
    const own = await world.database.kysely
      .selectFrom('account')
      .select('password_one_time_at')
      .where('id', '=', made.output.personId)
      .executeTakeFirstOrThrow()
    expect(own.password_one_time_at).toBeNull()
    expect((await signInAs(browserHere(), 'latecomer', ownPassword)).problem).toBeNull()
  })

  it('a second factor is the choice of people who administer nothing, and can be reset when the phone is lost', async () => {
    const clerk = await employ('owner', [{ role: 'district', place: at('3104') }])
    const setUp = async () => {
      const begun = await clerk.browser.ask(secondFactorBegin, { password: ownPassword })
      expect((await clerk.browser.ask(secondFactorConfirm, { code: codeOf(begun.output.secret) })).problem).toBeNull()
    }
    await setUp()
    expect((await clerk.browser.ask(secondFactorRemove, { password: 'wrong' })).problem).toBe('signInRefused')
    expect((await clerk.browser.ask(secondFactorRemove, { password: ownPassword })).problem).toBeNull()
    expect((await signInAs(clerk.browser, 'owner', ownPassword)).output).toEqual({ state: 'signedIn' })
    await setUp()
    expect((await signInAs(browserHere(), 'owner', ownPassword)).output).toEqual({ state: 'secondFactor' })
    expect((await province.browser.ask(peopleResetSecondFactor, { personId: clerk.id })).problem).toBeNull()
    expect((await clerk.browser.ask(sessionShow, {})).output.person).toBeNull()
    expect((await signInAs(clerk.browser, 'owner', ownPassword)).output).toEqual({ state: 'signedIn' })
  })

  it('two people cannot have one username', async () => {
    const person = { name: 'x', username: 'surin', grants: [{ role: 'mentor', place: at('3104') }] }
    expect((await admin.ask(peopleCreate, person)).problem).toBe('alreadyExists')
  })

  it('teams and agencies are places for roles', async () => {
    const centreId = newId()
    const townId = newId()
    const centre = { name_en: '', province_code: 31 }
    await world.database.kysely
      .insertInto('centre')
      .values([
        {
          id: centreId,
          code: 'D-1',
          kind: 'district',
          name_th: 'อ',
          short_name_th: 'ศจพ.อ.นางรอง',
          area_code: '3104',
          ...centre,
        },
        {
          id: townId,
          code: 'T-1',
          kind: 'town',
          name_th: 'ท',
          short_name_th: 'ศจพ.ทม.นางรอง',
          area_code: '31',
          ...centre,
        },
      ])
      .execute()
    await world.database.kysely
      .insertInto('centre_coverage')
      .values({ centre_id: townId, area_code: '310401' })
      .execute()
    const team = await province.browser.ask(teamCreate, { kind: 'mentor', name: 'ทีม 1', centreId, areaCode: '310401' })
    expect(team.problem).toBeNull()
    const elsewhere = { kind: 'mentor', name: 'ทีม 2', centreId, areaCode: '3201' }
    expect((await province.browser.ask(teamCreate, elsewhere)).problem).toBe('notFound')
    const agency = await province.browser.ask(agencyCreate, { kind: 'agency', nameTh: 'พมจ.', areaCode: '31' })
    const clerk = await employ('clerk', [
      { role: 'mentor', place: { kind: 'team', teamId: team.output.teamId } },
      { role: 'district', place: { kind: 'centre', centreId: townId } },
      { role: 'agency', place: { kind: 'agency', agencyId: agency.output.agencyId } },
    ])
    const person = (await clerk.browser.ask(sessionShow, {})).output.person
    expect(person?.grants).toMatchObject([
      { role: 'mentor', areas: ['310401'], placeName: 'ทีม 1' },
      { role: 'district', areas: ['310401'], placeName: 'ศจพ.ทม.นางรอง' },
      { role: 'agency', areas: [], placeName: 'พมจ.' },
    ])
    expect((await province.browser.ask(teamList, {})).output.teams).toMatchObject([{ name: 'ทีม 1', people: 1 }])
    expect((await province.browser.ask(agencyList, {})).output.agencies).toMatchObject([{ nameTh: 'พมจ.' }])
    expect((await admin.ask(teamList, { areaCode: '32' })).output.teams).toEqual([])
  })

  it('the trace shows who did what, within reach, newest first and page by page', async () => {
    const all = (await admin.ask(auditList, { limit: 200 })).output.entries
    expect(all.length).toBe(await audits())
    expect(all.map((entry) => entry.at)).toEqual(
      all
        .map((entry) => entry.at)
        .sort()
        .reverse(),
    )
    const disabled = await admin.ask(auditList, { action: 'people.disable', subjectId: district.id })
    expect(disabled.output.entries).toMatchObject([
      { person: { id: province.id }, areaCode: '3104', subjectKind: 'person', detail: { sessions: 1 } },
    ])
    const paged: string[] = []
    let after: string | undefined
    do {
      const page: { entries: { id: string }[]; next: string | null } = (
        await admin.ask(auditList, { limit: 7, ...(after === undefined ? {} : { after }) })
      ).output
      paged.push(...page.entries.map((entry) => entry.id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(paged).toEqual(all.map((entry) => entry.id))
    const ownAreas = (await province.browser.ask(auditList, { limit: 200 })).output.entries.map((one) => one.areaCode)
    expect(ownAreas.length).toBeGreaterThan(3)
    expect(ownAreas.every((code) => code.startsWith('31'))).toBe(true)
    expect((await province.browser.ask(auditList, { areaCode: '32' })).problem).toBe('notFound')
    expect((await admin.ask(auditList, { action: 'role.', personId: province.id })).output.entries.length).toBe(2)
    expect((await admin.ask(auditList, { to: '2020-01-01' })).output.entries).toEqual([])
    // Asked by its own day in Thailand: midnight may have come since.
    const setup = all.find(({ action }) => action === 'setup.create')!
    const day = dayInThailand(new Date(setup.at))
    const onItsDay = await admin.ask(auditList, { from: day, to: day, action: 'setup.create' })
    expect(onItsDay.output.entries).toEqual([setup])
  })
})
