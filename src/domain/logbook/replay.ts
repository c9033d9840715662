/** The ledger that a household's entries must have left, made anew entry by entry: what the writer's spans are held against. */
import type { Entry } from './entry.ts'
import { factsOf } from './facts.ts'
import { fold } from './fold.ts'
import type { Rules } from './rules/index.ts'

/** From when until when a fact held, in milliseconds; null while it still holds. */
export interface HeldFact {
  fact: string
  from: number
  to: number | null
}

/**
 * Every span of every fact of a household that always stood in one place and on the same lists, by fact and then by time.
 * After each moment at which something was recorded the facts are those of all entries up to then.
 *
 * @param begun when the household began to be counted
 * @param entries in any order
 */
export function replayFacts(
  begun: number,
  entries: readonly Entry[],
  rules: Pick<Rules, 'facts' | 'outcomes'>,
): HeldFact[] {
  const open = new Map<string, HeldFact>()
  const all: HeldFact[] = []
  const turn = (at: number, facts: readonly string[]) => {
    for (const [fact, span] of open) {
      if (facts.includes(fact)) continue
      span.to = at
      open.delete(fact)
    }
    for (const fact of facts) {
      if (open.has(fact)) continue
      const span = { fact, from: at, to: null }
      open.set(fact, span)
      all.push(span)
    }
  }
  turn(begun, factsOf(null, rules))
  const byMoment = new Map<number, Entry[]>()
  for (const entry of entries) {
    const at = Date.parse(entry.recordedAt)
    const added = byMoment.get(at)
    if (added) added.push(entry)
    else byMoment.set(at, [entry])
  }
  const known: Entry[] = []
  // Entries of one call were written at one moment.
  for (const [at, added] of [...byMoment].toSorted(([a], [b]) => a - b)) {
    known.push(...added)
    turn(at, factsOf(fold(known, rules), rules))
  }
  return all.toSorted((a, b) => (a.fact === b.fact ? a.from - b.from : a.fact < b.fact ? -1 : 1))
}
