/**
 * A registry for one test file: a fresh database of the engine under test, the real app, and people to speak as.
 * The engine is the embedded one, or PostgreSQL when TEST_DATABASE_URL names a server on which databases may be made.
 */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { OutputOf, Route } from '../src/contract/route.ts'
import type { Actor, Grant, Role } from '../src/domain/permission.ts'
import { readConfig, type Config } from '../src/server/config.ts'
import { connect, type DatabaseConfig } from '../src/server/db/connect.ts'
import type { Database } from '../src/server/db/database.ts'
import { migrate } from '../src/server/db/migrate.ts'
import { createApp } from '../src/server/http/app.ts'
import type { Deps } from '../src/server/deps.ts'
import { endpoints } from '../src/server/http/endpoints.ts'
import { newId } from '../src/server/ids.ts'
import { createDeps } from '../src/server/compose.ts'
import { loadReference } from '../src/server/actions/reference.ts'

export interface World {
  deps: Deps
  database: Database
  /** Somebody with a role at an area, signed in; the account exists. */
  person(role: Role, area: string, more?: Partial<Grant>): Promise<Actor>
  /** Asks a route as a person (null: not signed in). */
  ask<Definition extends Route>(
    actor: Actor | null,
    definition: Definition,
    input: Record<string, unknown>,
  ): Promise<Answer<OutputOf<Definition>>>
  fetch(actor: Actor | null, path: string, init?: RequestInit): Promise<Response>
  /** Sets the clock. */
  setNow(moment: string): void
  close(): Promise<void>
}

export interface Answer<Output> {
  status: number
  /** The output when the status is 200. */
  output: Output
  /** The problem's name otherwise. */
  problem: string | null
  details: Record<string, unknown>
}

const serverUrl = process.env['TEST_DATABASE_URL'] ?? null
export const engine = serverUrl ? 'postgres' : 'embedded'
const testKeys = `1:${Buffer.alloc(32, 7).toString('base64')}`
const actorByHeader = new Map<string, Actor>()

/** A new, migrated, empty registry. */
export async function createWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'kaejon-test-'))
  const place = serverUrl ? await copyOnServer(serverUrl) : await copyFolder(folder)
  const config = {
    ...readConfig({ KAEJON_DATA: folder, KAEJON_LOG_LEVEL: 'silent', KAEJON_KEYS: testKeys }),
    database: place.config,
  }
  return openWorld(config, async () => {
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })
}

/** Opens a registry that is there: for tests that close it in between. */
export async function openWorld(config: Config, drop: () => Promise<void> = async () => {}): Promise<World> {
  const database = await connect(config.database)
  let now: Date | null = null
  const deps = await createDeps({ config, database, now: () => now ?? new Date() })
  const realIdentify = deps.auth.identify
  deps.auth.identify = async (request) => {
    const name = request.headers.get('x-test-person')
    return name === null ? realIdentify(request) : (actorByHeader.get(name) ?? null)
  }
  const app = createApp(deps, endpoints, () => false)
  const fetch: World['fetch'] = async (actor, path, init = {}) => {
    const headers = new Headers(init.headers)
    if (actor) headers.set('x-test-person', actor.userId)
    return app.request(path, { ...init, headers })
  }
  return {
    deps,
    database,
    fetch,
    setNow: (moment) => void (now = new Date(moment)),
    async person(role, area, more = {}) {
      const userId = newId()
      const name = `${role} ${area}`
      await database.kysely
        .insertInto('account')
        .values({ id: userId, name, email: `${userId}@example.invalid`, username: userId.slice(-12) })
        .execute()
      const grant: Grant = { role, areas: [area], centreId: null, teamId: null, agencyId: null, ...more }
      const actor: Actor = { userId, name, sessionId: newId(), grants: [grant], secondFactor: true }
      actorByHeader.set(userId, actor)
      return actor
    },
    async ask(actor, definition, input) {
      const { path, init } = requestFor(definition, input)
      const response = await fetch(actor, path, init)
      const body = (await response.json()) as Record<string, unknown>
      const isProblem = response.status !== 200
      return {
        status: response.status,
        output: body as never,
        problem: isProblem ? String(body['problem']) : null,
        details: isProblem ? (body['details'] as Record<string, unknown>) : {},
      }
    },
    async close() {
      await deps.jobs.stop()
      await database.close()
      await drop()
    },
  }
}

/** Path with its parts filled in, the rest of the input as query or JSON body. */
export function requestFor(definition: Route, input: Record<string, unknown>): { path: string; init: RequestInit } {
  const rest = { ...input }
  let path = definition.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = String(rest[key])
    delete rest[key]
    return encodeURIComponent(value)
  })
  if (definition.method === 'GET' || definition.body === 'bytes') {
    const sent = Object.values(rest).find((value) => value instanceof Uint8Array)
    const named = Object.entries(rest).filter(([, value]) => !(value instanceof Uint8Array))
    const query = new URLSearchParams(named.map(([key, value]) => [key, String(value)])).toString()
    if (query) path += `?${query}`
    return { path, init: { method: definition.method, ...(sent ? { body: Buffer.from(sent) } : {}) } }
  }
  return {
    path,
    init: { method: definition.method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(rest) },
  }
}

interface DatabasePlace {
  config: DatabaseConfig
  drop(): Promise<void>
}

/** Migrating takes seconds, copying a migrated database a fraction: the first file of a run makes the template. */
async function copyFolder(folder: string): Promise<DatabasePlace> {
  const template = process.env['TEST_EMBEDDED_TEMPLATE']
  const config = { url: null, folder, poolSize: 1 }
  if (template && existsSync(template)) {
    cpSync(template, folder, { recursive: true })
  } else {
    const database = await connect(config)
    await migrate(database)
    await loadReference(database, new Date())
    await database.close()
  }
  return { config, drop: async () => {} }
}

async function copyOnServer(url: string): Promise<DatabasePlace> {
  const name = `kaejon_test_${newId().replaceAll('-', '')}`
  const template = process.env['TEST_POSTGRES_TEMPLATE'] ?? 'template0'
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  const locale = template === 'template0' ? "encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'" : ''
  await admin.query(`create database ${name} template ${template} ${locale}`)
  const address = new URL(url)
  address.pathname = `/${name}`
  const config = { url: address.href, folder: '', poolSize: 8 }
  if (template === 'template0') {
    const database = await connect(config)
    await migrate(database)
    await loadReference(database, new Date())
    await database.close()
  }
  return {
    config,
    drop: async () => {
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}
