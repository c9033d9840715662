/**
 * Who may ask what, where: every route of the contract × every role × inside, outside and nowhere, and nobody at all.
 * What is expected is read from the permission table alone.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Route } from '../../src/contract/route.ts'
import { routes } from '../../src/contract/routes.ts'
import { peopleList } from '../../src/contract/people.ts'
import { permissionsByRole, roles, type Actor, type Role } from '../../src/domain/permission.ts'
import { endpoints } from '../../src/server/http/endpoints.ts'
import { newId } from '../../src/server/ids.ts'
import { createWorld, engine, requestFor, type World } from '../_world.ts'
import { openBrowser, signInAs, type Browser } from './_browser.ts'
import { ownArea, prepare, sampleFor, type Where } from './_samples.ts'

let world: World
const actors = new Map<Role, Actor>()
const served = new Set(endpoints.map((one) => one.route.name))
/** What is the whole registry's is for those whose role is the nation's. */
const wholeRegistry = new Set(['setting.edit'])
const ofNation = new Map<Role, Actor>()
const places: readonly Where[] = ['inside', 'outside', 'nonexistent']
const password = 'ทางเดินริมแม่น้ำมูล 31'

beforeAll(async () => {
  world = await createWorld()
  await prepare(world)
  for (const role of roles) {
    actors.set(role, await world.person(role, ownArea))
    ofNation.set(role, await world.person(role, ''))
  }
}, 120_000)
afterAll(() => world.close())

/** The answer as one word: the code of a refusal that the table speaks of, or `allowed`. */
async function outcome(route: Route, actor: Actor | null, input: Record<string, unknown>) {
  const { path, init } = requestFor(route, input)
  const response = await world.fetch(actor, path, init)
  if (response.status === 200) {
    await response.body?.cancel()
    return { word: 'allowed', text: '' }
  }
  const text = await response.text()
  const { code, problem } = JSON.parse(text) as { code: number; problem: string }
  if ([401.1, 403.1, 403.2, 404.1].includes(code)) return { word: String(code), text }
  // Past the wall anything may be refused for what it says; breaking is no answer.
  return { word: response.status >= 500 ? problem : 'allowed', text }
}

function expected(route: Route, role: Role, where: Where): string {
  const { access, subject } = route
  if (access !== 'public' && access !== 'signed-in' && !permissionsByRole[role].includes(access)) return '403.1'
  return where === 'inside' ? 'allowed' : subject === 'none' ? 'allowed' : '404.1'
}

const withoutRequestId = (text: string) => text.replace(/"requestId":"[^"]*"/, '')

describe(`access (${engine})`, () => {
  it('every route of the contract is served, once, and nothing else is', () => {
    const named = routes.map((route) => route.name).sort()
    expect(endpoints.map((one) => one.route.name).sort()).toEqual(named)
    expect(new Set(named).size).toBe(named.length)
    const addresses = routes.map((route) => `${route.method} ${route.path.replace(/:\w+/g, ':x')}`)
    expect(new Set(addresses).size).toBe(addresses.length)
  })

  it('nothing personal stands in a path or a query', () => {
    for (const route of routes) {
      const inAddress = route.method === 'GET' ? Object.keys(route.input.def && shapeOf(route)) : []
      const parts = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
      for (const name of [...inAddress, ...parts]) {
        expect(name, route.name).not.toMatch(/nationalId$|^name|words|username|password|phone|houseNumber/)
      }
    }
  })

  for (const route of routes.filter((one) => served.has(one.name) && one.subject !== 'self')) {
    it(`${route.name}: nobody, and each role inside, outside and nowhere`, async () => {
      const mentor = actors.get('mentor')!
      const anonymous = await outcome(route, null, await sampleFor(world, route, mentor, 'inside'))
      expect(anonymous.word, 'nobody').toBe(route.access === 'public' ? 'allowed' : '401.1')
      const wanted: Record<string, string> = {}
      const got: Record<string, string> = {}
      for (const role of roles) {
        const actor = (wholeRegistry.has(route.name) ? ofNation : actors).get(role)!
        const texts = new Set<string>()
        for (const where of route.subject === 'none' ? places.slice(0, 1) : places) {
          const answer = await outcome(route, actor, await sampleFor(world, route, actor, where))
          wanted[`${role} ${where}`] = expected(route, role, where)
          got[`${role} ${where}`] = answer.word
          if (where !== 'inside') texts.add(withoutRequestId(answer.text))
        }
        // Outside and nowhere are told apart by nothing.
        expect(texts.size, `${role}: ${[...texts].join(' | ')}`).toBeLessThanOrEqual(1)
      }
      expect(got).toEqual(wanted)
    }, 120_000)
  }

  it('what people do with their own account is open to every role, and to nobody without a session', async () => {
    const own = routes.filter((route) => route.subject === 'self' && served.has(route.name))
    // Signing out comes last: it ends what the others need.
    own.sort((a, b) => Number(a.name === 'session.signOut') - Number(b.name === 'session.signOut'))
    expect(own.length).toBeGreaterThan(5)
    for (const role of roles) {
      const browser = await employ(role)
      for (const route of own) {
        const nobody = await outcome(route, null, await sampleFor(world, route, actors.get(role)!, 'inside'))
        expect(nobody.word, route.name).toBe('401.1')
        const input = await sampleFor(world, route, actors.get(role)!, 'inside')
        const answer = await browser.ask(route, input)
        // A session of nobody's is not found; a second factor that administrators may not remove is 403.2.
        const allowed = route.name === 'session.revoke' ? ['notFound'] : ['secondFactorMustBeSet']
        if (!allowed.includes(answer.problem ?? '')) {
          expect([401.1, 403.1, 403.2, 404.1], `${role} ${route.name}`).not.toContain(
            (answer.output as { code?: number }).code,
          )
          expect(answer.status, `${role} ${route.name}`).toBeLessThan(500)
        }
      }
      expect((await browser.ask(peopleList, {})).problem).toBe('signInRequired')
    }
  }, 120_000)

  it('an administrator without a second factor may do nothing but set one', async () => {
    const administrator = { ...actors.get('administrator')!, secondFactor: false }
    const known = await world.person('administrator', ownArea)
    Object.assign(known, { secondFactor: false })
    for (const route of routes.filter((one) => served.has(one.name))) {
      if (route.access === 'public' || route.access === 'signed-in') continue
      const answer = await outcome(route, known, await sampleFor(world, route, administrator, 'inside'))
      expect(answer.word, route.name).toBe('403.2')
    }
  })

  it('no grant reaches another area that only looks like its own', async () => {
    const district = await world.person('district', '3104')
    for (const route of routes.filter((one) => served.has(one.name) && one.subject === 'household')) {
      if (route.access === 'public' || route.access === 'signed-in') continue
      if (!permissionsByRole.district.includes(route.access)) continue
      const outside = await outcome(route, district, await sampleFor(world, route, district, 'outside'))
      expect(outside.word, route.name).toBe('404.1')
    }
  })
})

function shapeOf(route: Route): Record<string, unknown> {
  return 'shape' in route.input ? (route.input.shape as Record<string, unknown>) : {}
}

/** A real person with a password, signed in through the door. */
async function employ(role: Role): Promise<Browser> {
  const { kysely } = world.database
  const id = newId()
  const username = `own.${role}`
  const hash = await world.deps.auth
    .library(kysely as never, new Request('http://localhost'), '')
    .hashPassword(password)
  await kysely
    .insertInto('account')
    .values({ id, name: role, email: `${id}@example.invalid`, username })
    .execute()
  await kysely
    .insertInto('credential')
    .values({ id: newId(), account_id: id, external_id: id, provider_id: 'credential', password: hash })
    .execute()
  await kysely
    .insertInto('role_grant')
    .values({ id: newId(), account_id: id, role, area_code: ownArea, valid_from: '2023-01-01' })
    .execute()
  const browser = openBrowser((path, init) => world.fetch(null, path, init))
  expect((await signInAs(browser, username, password)).output).toEqual({ state: 'signedIn' })
  return browser
}
