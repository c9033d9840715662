/**
 * Kills a process with signal 9 in the middle of reading, judging and committing, again and again, and looks whether the
 * registry is as it was or complete. KILL_ROUNDS imports are gone through (2 unless told).
 */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  importCommit,
  importCreate,
  importMap,
  importProposal,
  importStart,
  importUndo,
} from '../../src/contract/imports.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { createWorld, engine, openWorld, type World } from '../_world.ts'
import { allowPractice, listText, practiceId, runJobs, upload } from '../http/_imports.ts'

const rounds = Number(process.env['KILL_ROUNDS'] ?? 2)
const households = engine === 'postgres' ? 40_000 : 5000

/** Households of many villages, every one with an id of its own. */
function bigList(): string {
  return listText(
    Array.from({ length: households }, (_, index) => ({
      subdistrict: index % 2 === 0 ? '310101' : '310102',
      moo: String(1 + (index % 9)),
      houseNumber: `${index}/1`,
      firstName: `สมชาย${'กขคงจฉชซ'[index % 8]}`,
      lastName: 'ใจดี',
      nationalId: practiceId(index + 1),
    })),
  )
}

/** Runs the waiting jobs in a process of their own, killed after `killAfterMs` of work unless it was done before. */
function workAndKill(environment: Record<string, string>, killAfterMs: number | null): Promise<'killed' | 'done'> {
  const script = fileURLToPath(new URL('./_work.ts', import.meta.url))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (data: Buffer) => {
      const before = output
      output += data.toString()
      if (!before.includes('working') && output.includes('working') && killAfterMs !== null)
        setTimeout(() => child.kill('SIGKILL'), killAfterMs)
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (output.includes('done')) resolve('done')
      else if (signal === 'SIGKILL') resolve('killed')
      else reject(new Error(`the process ended with ${String(code)}`))
    })
  })
}

interface Counts {
  households: number
  members: number
  listings: number
  listed: number
  committed: number
  state: string
}

async function count(world: World, batchId: string): Promise<Counts> {
  const { kysely } = world.database
  const number = async (table: 'household' | 'member' | 'listing') =>
    Number(
      (
        await kysely
          .selectFrom(table)
          .select((select) => select.fn.countAll<number>().as('count'))
          .where('state', '=', 'active')
          .executeTakeFirstOrThrow()
      ).count,
    )
  const listed = await kysely
    .selectFrom('listing')
    .select((select) => select.fn.count<number>('household_id').distinct().as('count'))
    .executeTakeFirstOrThrow()
  const batch = await kysely
    .selectFrom('import_batch')
    .select(['committed_through', 'state'])
    .where('id', '=', batchId)
    .executeTakeFirstOrThrow()
  return {
    households: await number('household'),
    members: await number('member'),
    listings: await number('listing'),
    listed: Number(listed.count),
    committed: batch.committed_through,
    state: batch.state,
  }
}

/** A registry that can be closed, given to a process of its own, and opened again. */
interface Registry {
  world: World
  drop(): Promise<void>
}

async function createRegistry(): Promise<Registry> {
  const world = await createWorld()
  return { world, drop: () => world.close() }
}

/** The embedded database can only be open once, so it is closed here while the process works. */
async function inOwnProcess(registry: Registry, killAfterMs: number | null): Promise<'killed' | 'done'> {
  const { config } = registry.world.deps
  const environment = {
    KAEJON_DATA: config.dataFolder,
    KAEJON_LOG_LEVEL: 'error',
    ...(config.keys === null ? {} : { KAEJON_KEYS: config.keys }),
    ...(config.database.url === null ? {} : { DATABASE_URL: config.database.url }),
  }
  if (config.database.url !== null) return workAndKill(environment, killAfterMs)
  await registry.world.database.close()
  try {
    return await workAndKill(environment, killAfterMs)
  } finally {
    const { world } = registry
    registry.world = await openWorld(config)
    const reopened = registry.world
    // What is left at the end is the reopened database and the first world's folder.
    registry.drop = async () => {
      await reopened.database.close()
      await world.deps.jobs.stop()
      rmSync(config.dataFolder, { recursive: true, force: true })
    }
  }
}

async function workUntilDone(registry: Registry, batchId: string, check: (counts: Counts) => void): Promise<number> {
  let kills = 0
  for (let round = 0; ; round += 1) {
    // Later and later, so that it ends.
    const outcome = await inOwnProcess(registry, round > 5 ? null : 40 + Math.random() * (250 + 700 * round))
    check(await count(registry.world, batchId))
    if (outcome === 'done') return kills
    kills += 1
  }
}

describe(`An import that is killed (${engine})`, () => {
  it('is as it was or goes on, and in the end every household stands once', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const registry = await createRegistry()
      try {
        const { world } = registry
        await allowPractice(world)
        const secretary: Actor = await world.person('province', '31')
        const uploadId = await upload(world, secretary, new TextEncoder().encode(bigList()))
        const created = await world.ask(secretary, importCreate, { uploadId, listCode: 'tpmap-2565', areaCode: '31' })
        const batchId = created.output.id
        await runJobs(world)
        const proposal = (await world.ask(secretary, importProposal, { batchId })).output
        const sheet = proposal.sheets[0]!
        const columns = Object.fromEntries(sheet.fields.map(({ field, column }) => [field, column]))
        await world.ask(secretary, importMap, {
          batchId,
          mapping: { sheet: sheet.name, headerRow: sheet.headerRow, columns },
        })
        await world.ask(secretary, importStart, { batchId })
        const readKills = await workUntilDone(registry, batchId, (counts) => {
          expect(counts).toMatchObject({ households: 0, members: 0, listings: 0 })
        })
        expect((await count(registry.world, batchId)).state).toBe('reviewing')

        expect((await registry.world.ask(secretary, importCommit, { batchId })).status).toBe(200)
        const commitKills = await workUntilDone(registry, batchId, (counts) => {
          // Each household came with its member and its place on the list, in one transaction.
          expect(counts.members).toBe(counts.households)
          expect(counts.listings).toBe(counts.households)
          expect(counts.listed).toBe(counts.households)
        })
        expect(await count(registry.world, batchId)).toMatchObject({
          state: 'committed',
          households,
          members: households,
          listings: households,
        })
        const figure = await registry.world.database.kysely
          .selectFrom('household_figure')
          .select('households')
          .where('area_code', '=', '31')
          .executeTakeFirst()
        expect(figure?.households).toBe(households)

        await registry.world.ask(secretary, importUndo, { batchId, reason: 'ทดสอบการย้อนกลับ' })
        await workUntilDone(registry, batchId, (counts) => expect(counts.listings).toBe(counts.households))
        expect(await count(registry.world, batchId)).toMatchObject({ state: 'undone', households: 0, listings: 0 })
        expect(readKills + commitKills).toBeGreaterThan(0)
      } finally {
        await registry.drop()
      }
    }
  }, 600_000)
})
