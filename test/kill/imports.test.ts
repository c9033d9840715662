/**
 * Kills the program with signal 9 in the middle of an import, restarts it, and compares with a run that nobody killed: the
 * server while it reads, judges, commits and takes back what came over HTTP, and the command line at random moments.
 * KILL_ROUNDS times, once unless told.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  batchStates,
  importCommit,
  importCreate,
  importMap,
  importProposal,
  importShow,
  importStart,
  importUndo,
  type Batch,
} from '../../src/contract/imports.ts'
import { uploadAppend, uploadBegin, uploadComplete } from '../../src/contract/uploads.ts'
import type { Route, OutputOf } from '../../src/contract/route.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { newId } from '../../src/server/ids.ts'
import { findBatch, type StoredBatch } from '../../src/server/queries/imports.ts'
import { insertAccount, insertGrant } from '../../src/server/queries/people.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { createWorld, engine, openWorld, type World } from '../_world.ts'
import { build } from '../e2e/_server.ts'
import { openBrowser, signInAs, type Browser } from '../http/_browser.ts'
import {
  allowPractice,
  bringIn,
  commit,
  judge,
  listText,
  practiceId,
  registry,
  runJobs,
  type Line,
} from '../http/_imports.ts'
import { environmentOf, runCommand, startServer, type RunningServer } from './_processes.ts'

const rounds = Number(process.env['KILL_ROUNDS'] ?? 1)
const roundMs = 300_000
const households = engine === 'postgres' ? 22_000 : 3500
const known = 200
const password = 'ลมหนาวพัดผ่านทุ่งนา 42'

/** Households of many villages, every one with an id of its own. */
function linesOf(count: number, more: (index: number) => Line = () => ({})): Line[] {
  return Array.from({ length: count }, (_, index) => ({
    subdistrict: index % 2 === 0 ? '310101' : '310102',
    moo: String(1 + (index % 9)),
    houseNumber: `${index}/1`,
    firstName: `สมชาย${'กขคงจฉชซ'[index % 8]}`,
    lastName: 'ใจดี',
    nationalId: practiceId(index + 1),
    ...more(index),
  }))
}

/** A list of which some households are known with another telephone, some rows are wrong and some come twice. */
const list = listText([
  ...linesOf(households, (index) => ({
    ...(index < known ? { phone: '0812345678' } : {}),
    ...(index % 500 === 499 ? { nationalId: '9000000000000' } : {}),
  })),
  ...linesOf(20),
])

/** What a run that nobody killed comes to at each of its ends. */
interface Ends {
  committed: Counted
  undone: Counted
}
interface Counted {
  registry: string[]
  figures: unknown[]
  batch: Pick<StoredBatch, 'state' | 'counts' | 'result'>
}

async function countedOf(world: World, batchId: string): Promise<Counted> {
  const { kysely } = world.database
  expect(await recount(kysely)).toMatchObject({ count: 0 })
  const { state, counts, result } = (await findBatch(kysely, batchId))!
  const figures = await kysely
    .selectFrom('household_figure')
    .selectAll()
    .orderBy('area_code')
    .orderBy('list_set')
    .execute()
  return { registry: await registry(world), figures, batch: { state, counts, result } }
}

/** A registry that knows some of the list's households already. */
async function createRegistry(): Promise<{ world: World; secretary: Actor }> {
  const world = await createWorld()
  await allowPractice(world)
  const secretary = await world.person('province', '31')
  await bringIn(world, secretary, listText(linesOf(known)))
  return { world, secretary }
}

async function runUnkilled(): Promise<Ends> {
  const { world, secretary } = await createRegistry()
  const { id: batchId } = await judge(world, secretary, list, { list: 'thaiqm-2' })
  await commit(world, secretary, batchId)
  const committed = await countedOf(world, batchId)
  await world.ask(secretary, importUndo, { batchId, reason: 'ทดสอบการย้อนกลับ' })
  await runJobs(world)
  const undone = await countedOf(world, batchId)
  await world.close()
  return { committed, undone }
}

/** Somebody who can sign in at the server as people do. */
async function addSecretary({ deps, database }: World): Promise<void> {
  await inTransaction(database, 'program', async (tx) => {
    const account = { id: newId(), credentialId: newId(), name: 'เลขานุการ', username: 'secretary', now: new Date() }
    const { hashPassword } = deps.auth.library(tx, new Request('http://localhost/'), '')
    await insertAccount(tx, {
      ...account,
      email: 'secretary@example.invalid',
      passwordHash: await hashPassword(password),
      isOneTime: false,
    })
    const grant = {
      role: 'province',
      kind: 'area',
      placeId: '31',
      from: '2020-01-01',
      to: null,
      grantedBy: null,
    } as const
    await insertGrant(tx, { id: newId(), accountId: account.id, now: account.now, ...grant })
  })
}

/**
 * A registry at which other processes work. The embedded database can be open once only: it is opened for a look and
 * closed again.
 */
async function lookInto<Result>(world: World, work: (open: World) => Promise<Result>): Promise<Result> {
  const open = engine === 'embedded' ? await openWorld(world.deps.config) : world
  try {
    return await work(open)
  } finally {
    if (open !== world) await open.database.close()
  }
}

/** A minute goes by, after which a server takes over what a process that is gone had claimed. */
async function waitAMinute(world: World): Promise<void> {
  if (engine === 'postgres')
    await sql`update job set claimed_until = now() - interval '1 second'`.execute(world.database.kysely)
}

async function dropRegistry(world: World): Promise<void> {
  if (engine === 'embedded') rmSync(world.deps.config.dataFolder, { recursive: true, force: true })
  else await world.close()
}

let ends: Ends
beforeAll(async () => {
  build()
  ends = await runUnkilled()
}, 300_000)

describe(`An import whose program is killed (${engine})`, () => {
  it(
    'goes on in the server that is started next, and ends as if nobody had killed it',
    async () => {
      const killedIn: string[] = []
      for (let round = 0; round < rounds; round += 1) killedIn.push(...(await killTheServer()))
      // Of five in each round, a phase may be over before it can be killed; not most of them.
      expect(killedIn.length, killedIn.join(', ')).toBeGreaterThanOrEqual(3 * rounds)
    },
    rounds * roundMs,
  )

  it(
    'goes on when the command is run again, and ends as if nobody had killed it',
    async () => {
      for (let round = 0; round < rounds; round += 1) await killTheCommand()
    },
    rounds * roundMs,
  )
})

/** @returns the states in which a kill found the batch */
async function killTheServer(): Promise<string[]> {
  const { world } = await createRegistry()
  await addSecretary(world)
  if (engine === 'embedded') await world.database.close()
  const environment = environmentOf(world.deps.config)
  const browser = openBrowser((path, init) => fetch(server.address + path, init))
  const killedIn: string[] = []
  let server: RunningServer = await startServer(environment)
  try {
    const signedIn = await signInAs(browser, 'secretary', password)
    expect(signedIn.status).toBe(200)
    const batchId = await sendTheList(browser)

    /**
     * Kills the server a moment after the batch came into a state, or after the first part of that work was stored, and
     * starts it again.
     */
    const killIn = async (state: Batch['state'], when: 'early' | 'midway', look: (open: World) => Promise<void>) => {
      await until(browser, batchId, (batch) => {
        const isMidway = batch.progress?.phase === state && batch.progress.done > 0
        return batch.state === state ? when === 'early' || isMidway : !comesBefore(batch.state, state)
      })
      await pause(Math.random() * (when === 'early' ? 200 : 20))
      await server.kill()
      await lookInto(world, async (open) => {
        const found = (await findBatch(open.database.kysely, batchId))!.state
        if (found === state) killedIn.push(`${when} in ${found}`)
        await look(open)
      })
      await waitAMinute(world)
      server = await startServer(environment)
    }
    const nothingEntered = async (open: World) => expect(await registry(open)).toHaveLength(known)
    await ask(browser, importStart, { batchId })
    await killIn('reading', 'midway', nothingEntered)
    await killIn('matching', 'early', nothingEntered)
    await until(browser, batchId, ({ state }) => state === 'reviewing')
    await ask(browser, importCommit, { batchId })
    await killIn('committing', 'early', wholeHouseholds)
    await killIn('committing', 'midway', wholeHouseholds)
    await until(browser, batchId, ({ state }) => state === 'committed')
    await server.stop()
    expect(await lookInto(world, (open) => countedOf(open, batchId))).toEqual(ends.committed)

    server = await startServer(environment)
    await ask(browser, importUndo, { batchId, reason: 'ทดสอบการย้อนกลับ' })
    await killIn('undoing', 'midway', wholeHouseholds)
    await until(browser, batchId, ({ state }) => state === 'undone')
    await server.stop()
    expect(await lookInto(world, (open) => countedOf(open, batchId))).toEqual(ends.undone)
  } finally {
    await server.kill()
    await dropRegistry(world)
  }
  return killedIn
}

/** Whether a batch in a state has yet to come to another. */
function comesBefore(state: Batch['state'], other: Batch['state']): boolean {
  return batchStates.indexOf(state) < batchStates.indexOf(other)
}

/** Every household that is there has its member and its place on a list. */
async function wholeHouseholds(open: World): Promise<void> {
  const { rows } = await sql<{ households: number; members: number; listed: number }>`
    select count(*)::int as households,
      (count(*) filter (where exists (select 1 from member m
        where m.province_code = h.province_code and m.household_id = h.id and m.state = 'active')))::int as members,
      (count(*) filter (where exists (select 1 from listing l
        where l.province_code = h.province_code and l.household_id = h.id and l.state = 'active')))::int as listed
    from household h where h.state = 'active'`.execute(open.database.kysely)
  const { households: found, members, listed } = rows[0]!
  expect(found).toBeGreaterThanOrEqual(known)
  expect([members, listed]).toEqual([found, found])
}

async function sendTheList(browser: Browser): Promise<string> {
  const bytes = new TextEncoder().encode(list)
  const { id: uploadId } = await ask(browser, uploadBegin, { fileName: 'รายชื่อ.csv', size: bytes.length })
  await ask(browser, uploadAppend, { uploadId, offset: 0, bytes })
  await ask(browser, uploadComplete, { uploadId })
  const { id: batchId } = await ask(browser, importCreate, { uploadId, listCode: 'thaiqm-2', areaCode: '31' })
  await until(browser, batchId, ({ state }) => state === 'detected')
  const proposal = await ask(browser, importProposal, { batchId })
  const sheet = proposal.sheets.find(({ name }) => name === proposal.bestSheet)!
  const columns = Object.fromEntries(sheet.fields.map(({ field, column }) => [field, column]))
  await ask(browser, importMap, { batchId, mapping: { sheet: sheet.name, headerRow: sheet.headerRow, columns } })
  return batchId
}

async function ask<Definition extends Route>(
  browser: Browser,
  definition: Definition,
  input: Record<string, unknown>,
): Promise<OutputOf<Definition>> {
  const answer = await browser.ask(definition, input)
  if (answer.status !== 200) throw new Error(`${definition.name}: ${String(answer.problem)}`)
  return answer.output
}

async function until(browser: Browser, batchId: string, isThere: (batch: Batch) => boolean): Promise<void> {
  for (;;) {
    const batch = await ask(browser, importShow, { batchId })
    if (isThere(batch)) return
    if (batch.state === 'failed') throw new Error(`the import failed: ${batch.problem?.problem}`)
    await pause(10)
  }
}

async function killTheCommand(): Promise<void> {
  const { world } = await createRegistry()
  if (engine === 'embedded') await world.database.close()
  const environment = environmentOf(world.deps.config)
  const path = join(world.deps.config.dataFolder, 'รายชื่อ.csv')
  writeFileSync(path, list)
  const importing = ['import', path, '--list', 'thaiqm-2', '--area', '31']
  try {
    // By a person at the keys, and by a machine that is shut down.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const stopped = await runCommand(importing, environment, { signal, afterMs: 0 })
      expect(stopped.code, stopped.output).toBe(4)
      expect(stopped.output).toContain('สั่งคำสั่งเดิมอีกครั้ง')
      expect(stopped.output).toContain('Run the same command again')
    }
    let kills = 0
    for (;;) {
      // Later and later, so that it ends.
      const afterMs = Math.random() * (500 + 700 * kills)
      const run = await runCommand(importing, environment, kills < 3 ? { signal: 'SIGKILL', afterMs } : null)
      expect(run.output).toContain('An unfinished import of this file was found')
      if (run.code !== null) {
        expect(run).toMatchObject({ code: 0 })
        break
      }
      kills += 1
      await waitAMinute(world)
      const isOver = await lookInto(world, async (open) => {
        await wholeHouseholds(open)
        const batches = open.database.kysely.selectFrom('import_batch').where('list_code', '=', 'thaiqm-2')
        return (await batches.select('state').executeTakeFirst())?.state === 'committed'
      })
      // The kill came between its last commit and its last word: nothing is left to go on with.
      if (isOver) break
    }
    expect(kills).toBeGreaterThan(0)
    await lookInto(world, async (open) => {
      const batches = await open.database.kysely
        .selectFrom('import_batch')
        .select('id')
        .where('list_code', '=', 'thaiqm-2')
        .execute()
      expect(batches).toHaveLength(1)
      expect(await countedOf(open, batches[0]!.id)).toEqual(ends.committed)
    })
  } finally {
    await dropRegistry(world)
  }
}
