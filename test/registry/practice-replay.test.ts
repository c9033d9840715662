/**
 * The year of the demonstration, lived again in other orders. YEAR_SCALE sets its share of the official figures (1: the
 * whole of `npm run demo`), YEAR_ORDERS how many orders of each kind; YEAR_SEED repeats one that failed.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { progressOverview } from '../../src/contract/progress.ts'
import { createRandom } from '../../src/practice/random.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { countByHand, sumByHand, type CountedByHand } from './_count-by-hand.ts'
import { bringInPracticeYear, type PracticeYear } from './_practice-registry.ts'
import { asItWas, interleaved, live, shuffled } from './_replay.ts'
import { differences, keep, putBack, standingOf, type Standing } from './_standing.ts'

const scale = Number(process.env['YEAR_SCALE'] ?? 0.01)
const orders = Number(process.env['YEAR_ORDERS'] ?? 1)
const firstSeed = Number(process.env['YEAR_SEED'] ?? 2566)
const seeds = Array.from({ length: orders }, (_, index) => firstSeed + index)
const longest = 4 * 3_600_000
const comparedDays = 10

describe(`the practice year in any order (${engine})`, () => {
  let world: World
  let year: PracticeYear
  let before: Standing
  const days = new Map<string, CountedByHand>()
  beforeAll(async () => {
    world = await createWorld()
    year = await timed('lists brought in', () => bringInPracticeYear(world, scale))
    tell(JSON.stringify(year.counts))
    await timed('kept', () => keep(world.database))
    const steps = asItWas(year)
    const all = [...new Set(steps.map(({ at }) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10)))]
    const chosen = createRandom('days', firstSeed)
      .shuffle(all.filter((day) => day < '2024-01-01'))
      .slice(0, comparedDays)
    const remember = async (day: string) => {
      // A young registry has grown past what the planner knows of it: the count would take minutes, or an hour.
      await sql`analyze`.execute(world.database.kysely)
      days.set(day, await timed(`counted ${day}`, () => countByHand(world.database)))
    }
    const { refused, rounds } = await timed('lived as it was', () =>
      live(world, year, steps, firstSeed, { days: new Set(chosen), call: remember }),
    )
    expect([refused, rounds]).toEqual([{}, 1])
    before = await standingOf(world.database)
  }, longest)
  afterAll(() => world.close())

  const isSound = async () => {
    const { differences: found, history } = await timed('verified', () =>
      recount(world.database.kysely, 20, undefined, { deep: true }),
    )
    expect(found).toEqual([])
    expect(history!.replayed).toBeGreaterThan(year.counts.households / 2)
  }
  const isTheSame = (now: Standing) => {
    for (const part of ['cases', 'ledger', 'listed', 'figures'] as const)
      expect([part, differences(before[part], now[part])]).toEqual([part, []])
  }

  it('holds what a year holds: a bit of everything, of many villages and several lists', () => {
    const steps = year.stories.flatMap((story) => story.steps)
    const kinds = new Set(steps.map((step) => (step.act === 'record' ? step.entry.kind : step.act)))
    expect([...kinds].toSorted()).toEqual(
      [
        ...[
          'assessment',
          'assistance',
          'correction',
          'followUp',
          'hold',
          'merge',
          'move',
          'outcome',
          'outcomeDecision',
        ],
        ...['plan', 'relapse', 'result', 'unmerge', 'visit'],
      ].toSorted(),
    )
    expect(year.villages.length).toBeGreaterThan(50)
    const late = steps.filter(
      (step) => step.act === 'record' && step.at - Date.parse(step.entry.happenedOn) > 4 * 86_400_000,
    )
    expect(late.length).toBeGreaterThan(steps.length / 30)
    const lists = new Set([...before.ledger].map((line) => line.split(' ')[3]!))
    expect([...lists].some((set) => set.includes(','))).toBe(true)
  })

  it('agrees with a recount, lived as it was', isSound, longest)

  it('gives for ten of its days, at every level, what SQL counted on those days', { timeout: longest }, async () => {
    let compared = 0
    const random = createRandom('places', firstSeed)
    const villages = random.shuffle(year.villages).slice(0, 2)
    const above = (length: number) => [...new Set(villages.map((village) => village.slice(0, length)))]
    expect(days.size).toBe(comparedDays)
    for (const [day, counted] of days)
      for (const area of [...above(2), ...above(4), ...above(6), ...villages]) {
        const answer = await world.ask(year.officer, progressOverview, { area, asOf: day })
        const { figures, milestones } = answer.output
        const shown = [
          ...figures.all.map(({ fact, value }) => ({ lists: null, fact, value })),
          ...figures.byList.flatMap((row) =>
            row.figures.map(({ fact, value }) => ({ lists: [row.list], fact, value })),
          ),
          ...milestones.map(({ fact, lists, done }) => ({ lists, fact, value: done.value })),
          ...milestones.map(({ lists, registry }) => ({ lists, fact: 'target', value: registry.target.value })),
        ]
        for (const { lists, fact, value } of shown.filter((figure) => isCountedByHand(figure.fact))) {
          const byHand = sumByHand(counted, area, fact, lists)
          expect([day, area, lists, fact, value]).toEqual([day, area, lists, fact, byHand])
          compared += value === 0 ? 0 : 1
        }
      }
    expect(compared).toBeGreaterThan(300)
  })

  for (const seed of seeds) {
    it(
      `gives the same to the moment when households pass each other (seed ${seed})`,
      { timeout: longest },
      async () => {
        await timed('put back', () => putBack(world.database))
        const replay = await timed('lived with households passing each other', () =>
          live(world, year, interleaved(year, seed), seed),
        )
        expect(replay.refused).toEqual({})
        const now = await standingOf(world.database)
        isTheSame(now)
        for (const part of ['spans', 'days', 'entries'] as const)
          expect([part, differences(before.moments[part], now.moments[part])]).toEqual([part, []])
        await isSound()
      },
    )

    it(
      `gives the same state and figures when entries come in any order (seed ${seed})`,
      { timeout: longest },
      async () => {
        await timed('put back', () => putBack(world.database))
        const replay = await timed('lived in any order', () => live(world, year, shuffled(year, seed), seed))
        tell(JSON.stringify(replay))
        // What builds on an entry that has not come waits for it, and nothing else does.
        expect(Object.keys(replay.refused).toSorted()).toEqual(
          expect.arrayContaining(['unknownEntry', 'unknownProblem']),
        )
        isTheSame(await standingOf(world.database))
        await isSound()
      },
    )
  }
})

/** Those that the SQL of the tests counts too. */
function isCountedByHand(fact: string): boolean {
  return ['target', 'recorded', 'helped', 'helpedWithResult', 'left'].includes(fact) || fact.startsWith('visited-')
}

const tell = (text: string) => process.env['YEAR_SCALE'] && process.stderr.write(`${text}\n`)

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const begun = performance.now()
  const result = await work()
  tell(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  return result
}
