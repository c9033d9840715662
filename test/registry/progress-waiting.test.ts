import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settleCases } from '../../src/server/actions/case-change.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { rollUpAll } from '../../src/server/jobs/progress.ts'
import { readProgress } from '../../src/server/queries/progress.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { plantHouseholds } from './_households.ts'

const day = '2023-02-10'
const places = ['31040101', '31040102', '31040300', '31050101', '31050102']

describe(`figures while they are written (${engine})`, () => {
  let world: World
  let ids: string[]
  beforeAll(async () => {
    world = await createWorld()
    world.setNow(`${day}T03:00:00Z`)
    ids = await plantHouseholds(
      world.database,
      Array.from({ length: 20 }, (_, index) => ({ area: places[index % 5]!, lists: ['thaiqm-2'], persons: 0 })),
    )
    await settle(ids)
  })
  afterAll(() => world.close())

  const settle = (some: readonly string[], area?: string) =>
    inTransaction(world.database, 'program', async (tx) => {
      let held = tx.selectFrom('household').selectAll().where('id', 'in', some).forUpdate()
      if (area !== undefined) {
        await held.execute()
        await tx.updateTable('household').set({ area_code: area }).where('id', 'in', some).execute()
      }
      await settleCases({ tx, now: world.deps.now() }, await held.execute())
    })

  it('never counts a household that moves twice or not at all, whoever takes its changes over meanwhile', async () => {
    const isDone = { writing: false }
    const write = async () => {
      for (let round = 0; round < 60; round += 1) await settle([ids[(round * 7) % 20]!], places[(round * 3) % 5]!)
      isDone.writing = true
    }
    const take = async () => {
      while (!isDone.writing) await rollUpAll(world.database)
    }
    const seen = new Set<string>()
    const read = async () => {
      while (!isDone.writing) {
        const asked = [{ fact: 'target', day }]
        const reading = await readProgress(world.database.kysely, {
          areas: ['', '31'].map((area) => ({ area, asked })),
          childrenOf: { area: '31', known: [], asked },
          villagesOf: [{ area: '31', facts: ['target'], days: [day] }],
        })
        const sum = (areas: readonly string[]) =>
          areas
            .flatMap((area) => [...reading.counts(area, 'target', day).values()])
            .reduce((total, count) => total + count, 0)
        const of = (digits: number) => reading.codes.filter((code) => code.length === digits)
        seen.add([sum(['']), sum(['31']), sum(of(4)), sum(of(8))].join(' '))
      }
    }
    await Promise.all([write(), take(), take(), read(), read()])
    expect([...seen]).toEqual(['20 20 20 20'])
    expect((await recount(world.database.kysely)).differences.filter(({ kind }) => kind === 'progress')).toEqual([])
  })
})
