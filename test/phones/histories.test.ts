/**
 * Phones and a desk through random histories over the real server: nothing lost, nothing doubled, all converge.
 * PHONE_HISTORIES sets how many; a failing one is printed as data, shrunk, with the seed that repeats it (PHONE_SEED).
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recount } from '../../src/server/queries/recount.ts'
import { makePractice } from '../http/_households.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { faults, type Fault } from './_faults.ts'
import { live, openRegistry } from './_history.ts'
import type { Registry } from './_judge.ts'
import { histories } from './_steps.ts'

// The embedded database takes a second to be stopped and started again.
const runs = Number(process.env['PHONE_HISTORIES'] ?? (engine === 'postgres' ? 60 : 25))
const seed = process.env['PHONE_SEED'] === undefined ? {} : { seed: Number(process.env['PHONE_SEED']) }
const endOnFailure = process.env['PHONE_SHRINK'] === '0'
const longest = 6 * 3_600_000

describe(`phones without a line (${engine})`, () => {
  let first: World
  let registry: Registry
  beforeAll(async () => {
    first = await createWorld()
    await makePractice(first)
    registry = await openRegistry(first)
  }, 120_000)
  afterAll(async () => {
    if (registry.world !== first) await registry.world.database.close()
    await first.close().catch(() => {})
  })

  const tell = (text: string) => process.env['PHONE_SEEN'] && process.stderr.write(`${text}\n`)
  const isSound = async () => expect((await recount(registry.world.database.kysely)).differences).toEqual([])
  const property = (fault: Fault = {}) =>
    fc.asyncProperty(histories, async (history) => {
      await live(registry, history, fault)
      if (registry.lived % 20 !== 0) return
      await isSound()
      tell(`${registry.lived} histories, ${Math.round(performance.now() / 1000)} s`)
    })
  it(`lose and double nothing, and agree in the end, in ${runs} histories`, { timeout: longest }, async () => {
    await fc.assert(property(), { numRuns: runs, ...seed, endOnFailure })
    await isSound()
    // A history in which nothing happens proves nothing.
    const { recorded, found, notSureWhetherSaved, packed, plain } = registry.seen
    if (runs >= 25)
      for (const seen of [recorded, found, notSureWhetherSaved, packed, plain]) expect(seen).toBeGreaterThan(0)
    tell(`${registry.lived} ${JSON.stringify(registry.seen)}`)
  })

  // Faults of the phone, which show on either database: on the one that starts again at once.
  for (const [name, fault] of Object.entries(faults))
    it.runIf(engine === 'postgres')(`would be found out if ${name}`, { timeout: longest }, async () => {
      const found = await fc.check(property(fault), { numRuns: 150, seed: 2569, endOnFailure: true })
      expect(found.failed).toBe(true)
      const error = String(found.errorInstance)
      expect(error).toContain('after this history')
      tell(`${name}: history ${found.numRuns}: ${error.slice(0, 300)}`)
    })
})
