/** Lives the steps of a practice year in a given order, through the actions that people's entries go through. */
import {
  householdEdit,
  householdMerge,
  householdShow,
  householdUnmerge,
  type HouseholdRef,
} from '../../src/contract/households.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { dayInThailand } from '../../src/domain/time.ts'
import { createRandom, type Random } from '../../src/practice/random.ts'
import { recordEntries, type EntryToRecord } from '../../src/server/actions/logbook.ts'
import { act } from '../../src/server/cli/registry.ts'
import { rollUpAll } from '../../src/server/jobs/progress.ts'
import type { World } from '../_world.ts'
import type { PracticeYear, Step, Story } from './_practice-registry.ts'

const entriesAtOnce = 400

/** As it was: everything at its moment, one after the other. */
export function asItWas({ stories }: PracticeYear): Step[] {
  return stories.flatMap(({ steps }) => steps).toSorted((a, b) => a.at - b.at)
}

/** Each household in its own order, all households in any: as from many offices, whose entries pass each other. */
export function interleaved({ stories }: PracticeYear, seed: number): Step[] {
  const random = createRandom('interleaved', seed)
  const left = new Map(stories.map((story) => [story, [...story.steps]]))
  return random
    .shuffle(stories.flatMap((story) => story.steps.map(() => story)))
    .map((story) => left.get(story)!.shift()!)
}

/** Anything in any order, as from phones that were without signal; only what an office changed stays in its own order. */
export function shuffled({ stories }: PracticeYear, seed: number): Step[] {
  const steps = createRandom('shuffled', seed).shuffle(stories.flatMap((story) => story.steps))
  const changes = new Map<Story, Step[]>()
  for (const step of steps)
    if (step.act !== 'record') changes.set(step.story, [...(changes.get(step.story) ?? []), step].toSorted(byMoment))
  return steps.map((step) => (step.act === 'record' ? step : changes.get(step.story)!.shift()!))
}

function byMoment(a: Step, b: Step): number {
  return a.at - b.at
}

export interface Replay {
  /** Of the first time each came. */
  refused: Record<string, number>
  rounds: number
}

/**
 * @param seed of the moments at which figures are taken over, and of the order in which what was refused comes again
 * @param onDayEnd called when all of a day was lived, for steps that come as they were
 */
export async function live(
  world: World,
  { officer }: PracticeYear,
  steps: readonly Step[],
  seed: number,
  onDayEnd?: { days: ReadonlySet<string>; call: (day: string) => Promise<void> },
): Promise<Replay> {
  const random = createRandom('roll up', seed)
  const run = new Run(world, officer, random)
  const replay: Replay = { refused: {}, rounds: 0 }
  // What names an entry that is not there yet is refused, and comes again.
  for (let queue: readonly Step[] = steps; queue.length > 0 && replay.rounds < 30; replay.rounds += 1) {
    for (const [index, step] of queue.entries()) {
      await run.take(step)
      const day = dayInThailand(new Date(step.at))
      const next = queue[index + 1]
      if (!onDayEnd?.days.has(day) || (next && dayInThailand(new Date(next.at)) === day)) continue
      await run.flush()
      await onDayEnd.call(day)
    }
    await run.flush()
    if (replay.rounds === 0) replay.refused = run.told
    queue = random.shuffle(run.refused.splice(0))
  }
  if (replay.rounds === 30) throw new Error('some entries are never taken')
  await rollUpAll(world.database)
  return replay
}

class Run {
  readonly refused: Step[] = []
  told: Record<string, number> = {}
  readonly #world: World
  readonly #officer: Actor
  readonly #random: Random
  #waiting: Extract<Step, { act: 'record' }>[] = []
  #stories = new Set<Story>()
  #merges = new Map<string, string>()

  constructor(world: World, officer: Actor, random: Random) {
    this.#world = world
    this.#officer = officer
    this.#random = random
  }

  async take(step: Step): Promise<void> {
    // One call gives all entries of a household one moment.
    if (this.#stories.has(step.story) || this.#waiting.length >= entriesAtOnce) await this.flush()
    if (step.act === 'record') {
      this.#waiting.push(step)
      this.#stories.add(step.story)
    } else await this.#change(step)
  }

  async flush(): Promise<void> {
    const sent = this.#waiting
    this.#waiting = []
    this.#stories = new Set()
    if (sent.length === 0) return
    const items = sent.map(({ at, household, entry, by }): EntryToRecord => ({
      key: { provinceCode: 31, id: household },
      entry,
      actor: by,
      at: new Date(at),
    }))
    this.#world.setNow(new Date(sent.at(-1)!.at).toISOString())
    const results = await act(this.#world.deps, this.#officer, async (context) => {
      const recorded = await recordEntries(context, items)
      await context.audit({ action: 'setting.practiceYear', subjectKind: 'setting' })
      return recorded
    })
    for (const [index, result] of results.entries()) {
      if (result.outcome === 'alreadyThere') throw new Error('an entry was there before it came')
      if (result.outcome !== 'refused') continue
      const { problem } = result.problem
      this.told[problem] = (this.told[problem] ?? 0) + 1
      this.refused.push(sent[index]!)
    }
    if (this.#random.chance(0.2)) await rollUpAll(this.#world.database)
  }

  async #change(step: Exclude<Step, { act: 'record' }>): Promise<void> {
    const world = this.#world
    world.setNow(new Date(step.at).toISOString())
    const ref: HouseholdRef = { province: '31', id: step.household }
    const { version } = await this.#show(ref)
    const answer = await (async () => {
      if (step.act === 'move')
        return world.ask(this.#officer, householdEdit, {
          ...ref,
          version,
          facts: { areaCode: step.to },
          reason: 'ย้ายบ้าน',
        })
      if (step.act === 'unmerge') {
        const mergeId = this.#merges.get(step.household)!
        return world.ask(this.#officer, householdUnmerge, { ...ref, mergeId, reason: 'คนละครัวเรือน' })
      }
      const other = await this.#show({ province: '31', id: step.other })
      const sides = { ...ref, version, otherId: other.id, otherVersion: other.version }
      const merged = await world.ask(this.#officer, householdMerge, { ...sides, reason: 'เป็นครัวเรือนเดียวกัน' })
      if (merged.status === 200) this.#merges.set(step.household, merged.output.merges[0]!.id)
      return merged
    })()
    if (answer.status !== 200) throw new Error(`${step.act} ${answer.problem} ${JSON.stringify(answer.details)}`)
  }

  async #show(ref: HouseholdRef) {
    const answer = await this.#world.ask(this.#officer, householdShow, { ...ref })
    if (answer.status !== 200) throw new Error(`${ref.id} ${answer.problem}`)
    return answer.output
  }
}
