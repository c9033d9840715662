/** The life of a request, shown on planted routes: what must be refused is refused, and what fails leaves nothing. */
import { Hono } from 'hono'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { route } from '../../src/contract/route.ts'
import { Problem } from '../../src/domain/problem.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { endpoint, mount } from '../../src/server/http/endpoint.ts'
import { createWorld, type World } from '../_world.ts'

let world: World
let secretary: Actor
beforeAll(async () => {
  world = await createWorld()
  secretary = await world.person('district', '3101')
})
afterAll(() => world.close())

const shape = { method: 'POST', access: 'household.edit', subject: 'none' } as const
const input = z.object({ note: z.string().max(5) })
const output = z.object({ kept: z.string() })

async function post(definition: ReturnType<typeof endpoint>, body: string, actor: Actor | null = secretary) {
  const app = new Hono()
  mount(app, world.deps, [definition])
  const headers = new Headers({ 'content-type': 'application/json' })
  if (actor) headers.set('x-test-person', actor.userId)
  const response = await app.request(definition.route.path, { method: 'POST', headers, body })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function settingCount(): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*) as count from setting where key like 'planted%'`.execute(world.database.kysely)
  return rows[0]!.count
}

describe('a write', () => {
  const planted = (audits: number, fails = false) =>
    endpoint(
      route({ ...shape, name: 'planted.write', path: '/api/planted', effect: 'write', input, output }),
      async (call) => {
        await sql`insert into setting (key, value) values (${`planted ${audits} ${fails}`}, '1')`.execute(call.tx)
        for (let count = 0; count < audits; count += 1) await call.audit({ action: 'planted.write', areaCode: '3101' })
        if (fails) throw new Problem('wrongState')
        return { kept: 'yes', surplus: 'not in the contract' } as { kept: string }
      },
    )

  it('without an audit row, or with two, is stored nowhere and answers "unexpected"', async () => {
    const before = await settingCount()
    for (const audits of [0, 2]) {
      const answer = await post(planted(audits), '{"note":"a"}')
      expect(answer).toMatchObject({ status: 500, body: { problem: 'unexpected' } })
      expect(JSON.stringify(answer.body)).not.toContain('audit')
    }
    expect(await settingCount()).toBe(before)
  })

  it('with one audit row is stored, and only what the contract names is answered', async () => {
    const answer = await post(planted(1), '{"note":"a"}')
    expect(answer).toEqual({ status: 200, body: { kept: 'yes' } })
    const { rows } = await sql<{
      count: number
    }>`select count(*) as count from audit_entry where action = 'planted.write'`.execute(world.database.kysely)
    expect(rows[0]!.count).toBe(1)
  })

  it('that ends in a problem takes its audit row back with it', async () => {
    expect(await post(planted(1, true), '{"note":"a"}')).toMatchObject({ status: 409, body: { code: 409.4 } })
    const { rows } = await sql<{
      count: number
    }>`select count(*) as count from audit_entry where action = 'planted.write'`.execute(world.database.kysely)
    expect(rows[0]!.count).toBe(1)
  })

  it('is refused before the input is read: nobody, and people whose role may not', async () => {
    expect((await post(planted(1), 'not even JSON', null)).status).toBe(401)
    const auditor = await world.person('auditor', '')
    expect(await post(planted(1), 'not even JSON', auditor)).toMatchObject({
      status: 403,
      body: { problem: 'notPermitted' },
    })
  })

  it('an administrator without a second factor can do nothing that needs a permission', async () => {
    const administrator = { ...(await world.person('administrator', '')), secondFactor: false }
    const identify = world.deps.auth.identify
    world.deps.auth.identify = async () => administrator
    expect(await post(planted(1), '{"note":"a"}')).toMatchObject({
      status: 403,
      body: { problem: 'secondFactorMustBeSet' },
    })
    world.deps.auth.identify = identify
  })
})

describe('bad input', () => {
  const reading = endpoint(
    route({ ...shape, name: 'planted.read', path: '/api/planted-read', effect: 'read', input, output }),
    async (_call, given) => ({ kept: given.note }),
  )

  it('names the field and never repeats the value', async () => {
    const answer = await post(reading, '{"note":"9310100000011"}')
    expect(answer).toMatchObject({
      status: 400,
      body: { problem: 'malformedInput', details: { fields: [{ field: 'note' }] } },
    })
    expect(JSON.stringify(answer.body)).not.toContain('9310100000011')
  })

  it.each(['{', '[]', 'null', '"text"', '{"note":1}', '{}'])('%s is a problem, not a crash', async (body) => {
    expect(await post(reading, body)).toMatchObject({ status: 400, body: { problem: 'malformedInput' } })
  })

  it('of many megabytes is refused', async () => {
    expect((await post(reading, `{"note":"${'ก'.repeat(2_000_001)}"}`)).status).toBe(413)
  })
})

describe('a bug in a handler', () => {
  it('shows a number to ask about and nothing of what was inside', async () => {
    const broken = endpoint(
      route({ ...shape, name: 'planted.bug', path: '/api/planted-bug', effect: 'read', input, output }),
      async () => {
        throw new Error('สมชาย 9310100000011')
      },
    )
    const answer = await post(broken, '{"note":"a"}')
    expect(answer).toMatchObject({ status: 500, body: { problem: 'unexpected', details: {} } })
    expect(answer.body['requestId']).toMatch(/^[0-9a-f-]{36}$/)
    expect(JSON.stringify(answer.body)).not.toMatch(/สมชาย|9310100000011/)
  })
})

describe('a write from a page of another site', () => {
  it('is refused', async () => {
    const answer = await world.fetch(secretary, '/api/session', {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ problem: 'crossSiteRequest' })
  })
})

describe('health', () => {
  it('says live, and ready while the database answers', async () => {
    expect((await world.fetch(null, '/health/live')).status).toBe(200)
    expect(await (await world.fetch(null, '/health/ready')).json()).toEqual({ status: 'ready' })
  })

  it('an address that is no route is a numbered problem', async () => {
    expect(await (await world.fetch(null, '/api/nothing')).json()).toMatchObject({ code: 404.2 })
  })
})
