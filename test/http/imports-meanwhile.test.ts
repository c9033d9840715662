/** Households that come from elsewhere while an import is being committed. */
import { AsyncResource } from 'node:async_hooks'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { householdAdd } from '../../src/contract/households.ts'
import { importCommit, importShow } from '../../src/contract/imports.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import type { RunControl } from '../../src/server/jobs/import-meter.ts'
import { importHandlers } from '../../src/server/jobs/imports.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { draft, person } from './_households.ts'
import { allowPractice, clearImports, judge, listText, practiceId } from './_imports.ts'

const families = Array.from({ length: 24 }, (_, index) => ({
  houseNumber: String(index + 1),
  firstName: `สมชาย${'กขคงจฉชซณดตถทธนบปผพภมยรล'[index]!}`,
  lastName: 'ใจดี',
  nationalId: practiceId(index + 1),
}))

describe(`An import beside others (${engine})`, () => {
  let world: World
  let secretary: Actor
  beforeAll(async () => {
    world = await createWorld()
    await allowPractice(world)
  })
  beforeEach(async () => {
    await clearImports(world)
    secretary = await world.person('province', '31')
  })
  afterAll(() => world.close())

  /** Commits imports at the same time, a row in each transaction. */
  async function commitAll(batchIds: readonly string[], control: RunControl = {}): Promise<void> {
    const handlers = importHandlers(world.deps, { ...control, commitRows: 1 })
    // From here on whoever takes a job up does it so, the run that the commit itself wakes too.
    await world.deps.jobs.exhaust(handlers)
    for (const batchId of batchIds) await world.ask(secretary, importCommit, { batchId })
    await Promise.all(batchIds.map(() => world.deps.jobs.exhaust(handlers)))
    for (const batchId of batchIds)
      expect((await world.ask(secretary, importShow, { batchId })).output.state).toBe('committed')
  }

  async function standing(): Promise<string[]> {
    const rows = await world.database.kysely
      .selectFrom('household')
      .select('list_set')
      .where('state', '=', 'active')
      .execute()
    expect((await recount(world.database.kysely)).differences).toEqual([])
    return rows.map(({ list_set }) => list_set).sort()
  }

  it('takes a household that a person adds meanwhile as the one it is', async () => {
    const village = await world.person('mentor', '31010101')
    const judged = await judge(world, secretary, listText(families))
    const last = families.at(-1)!
    const household = draft(
      '31010101',
      [person(`${last.firstName} ${last.lastName}`, { nationalId: last.nationalId })],
      { houseNumber: last.houseNumber },
    )
    const outside = new AsyncResource('a person at a desk')
    const asked: Promise<unknown>[] = []
    await commitAll([judged.id], {
      progress: ({ phase, done }) => {
        if (phase !== 'committing' || done < 1 || asked.length > 0) return
        const input = { id: newId(), draft: household, separateReason: null }
        asked.push(outside.runInAsyncScope(() => world.ask(village, householdAdd, input)))
      },
    })
    expect(await Promise.all(asked)).toHaveLength(1)
    expect(await standing()).toHaveLength(families.length)
  }, 120_000)

  it.skipIf(engine === 'embedded')('leaves what a person writes at a desk in the same moment', async () => {
    const { kysely } = world.database
    const family = families[0]!
    const before = await judge(world, secretary, listText([{ ...family, phone: '0811111111' }]))
    await commitAll([before.id])
    const judged = await judge(world, secretary, listText([{ ...family, phone: '0822222222' }]), {
      list: 'thaiqm-2',
      listDate: '2023-06-30',
    })
    let committing: Promise<void> | null = null
    await kysely.transaction().execute(async (desk) => {
      const typed = { phone: '0833333333', as_of: '2026-11-01', version: sql<number>`version + 1` }
      await desk.updateTable('household').set(typed).execute()
      committing = commitAll([judged.id])
      await expect.poll(waiting, { timeout: 50_000 }).toBe(1)
    })
    await committing!
    const { phone, as_of, list_set } = await kysely.selectFrom('household').selectAll().executeTakeFirstOrThrow()
    expect([phone, as_of, list_set]).toEqual(['0833333333', '2026-11-01', 'thaiqm-2,tpmap-2565'])
    const told = await kysely.selectFrom('fact_change').select('field').where('batch_id', '=', judged.id).execute()
    expect(told.map(({ field }) => field)).toEqual(['list'])

    async function waiting(): Promise<number> {
      const { rows } = await sql<{ sessions: number }>`select count(*)::int as sessions from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(kysely)
      return rows[0]!.sessions
    }
  })

  it('makes one household of a family that two imports bring at the same time', async () => {
    const one = await judge(world, secretary, listText(families))
    const other = await judge(world, secretary, listText(families), { list: 'thaiqm-2' })
    expect([one.counts?.verdicts.new, other.counts?.verdicts.new]).toEqual([families.length, families.length])
    await commitAll([one.id, other.id])
    expect(await standing()).toEqual(families.map(() => 'thaiqm-2,tpmap-2565'))
  }, 120_000)
})
