/**
 * How alike two households of different lists are, when no id and no house code says so. The same terms are computed
 * set-based in SQL; this explains one pair to a person. Weights and thresholds are data that a province may edit; their
 * defaults are our own choice, no public rule exists.
 */
import { areaAt, mooOf } from './area.ts'
import { houseNumberKey } from './house-code.ts'
import { nameKey } from './thai/key.ts'

/** Points of each term; together 100. */
export const matchWeights = { name: 45, houseNumber: 25, village: 10, members: 20 } as const
export type MatchTerm = keyof typeof matchWeights

const matchTerms = ['name', 'houseNumber', 'village', 'members'] as const satisfies readonly MatchTerm[]

/** From `doubtful` on a person is asked; from `likely` on the queue proposes "the same". Never merged unasked. */
export const matchThresholds = { doubtful: 60, likely: 85, sameName: 0.5 } as const

export interface MatchSide {
  /** 8 digits. */
  areaCode: string
  houseNumber: string | null
  /** Full names without titles, the head first when known. */
  names: readonly string[]
}

export interface MatchReason {
  term: MatchTerm
  points: number
  of: number
}

/** Scores a pair 0–100 with the points of each term, so that the screen can say why. */
export function scoreHouseholds(
  a: MatchSide,
  b: MatchSide,
  weights: Readonly<Record<MatchTerm, number>> = matchWeights,
): { score: number; reasons: MatchReason[] } {
  const likeness: Record<MatchTerm, number> = {
    name: bestSimilarity(a.names, b.names),
    houseNumber: sameHouseNumber(a.houseNumber, b.houseNumber),
    village: sameVillage(a.areaCode, b.areaCode),
    members: memberOverlap(a.names, b.names),
  }
  const reasons = matchTerms.map((term) => ({
    term,
    points: Math.round(likeness[term] * weights[term]),
    of: weights[term],
  }))
  return { score: reasons.reduce((sum, { points }) => sum + points, 0), reasons }
}

/** The best likeness of any name of one side with any of the other. */
function bestSimilarity(a: readonly string[], b: readonly string[]): number {
  let best = 0
  for (const left of a) for (const right of b) best = Math.max(best, nameSimilarity(left, right))
  return best
}

function sameHouseNumber(a: string | null, b: string | null): number {
  const key = houseNumberKey(a)
  return key !== '' && key === houseNumberKey(b) ? 1 : 0
}

/** Half when one of the two does not know its village and the subdistrict is the same. */
function sameVillage(a: string, b: string): number {
  if (areaAt(a, 'subdistrict') !== areaAt(b, 'subdistrict')) return 0
  if (mooOf(a) === null || mooOf(b) === null) return 0.5
  return a === b ? 1 : 0
}

/** The share of the smaller household that has a counterpart in the other. */
function memberOverlap(a: readonly string[], b: readonly string[]): number {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a]
  if (few.length === 0) return 0
  const free = [...many]
  let found = 0
  for (const name of few) {
    const index = free.findIndex((other) => nameSimilarity(name, other) >= matchThresholds.sameName)
    if (index < 0) continue
    free.splice(index, 1)
    found += 1
  }
  return found / few.length
}

/** Likeness of two names 0–1 by the trigrams of their keys, as `similarity` of pg_trgm counts them. */
export function nameSimilarity(a: string, b: string): number {
  const left = trigrams(nameKey(a))
  const right = trigrams(nameKey(b))
  if (left.size === 0 || right.size === 0) return 0
  let shared = 0
  for (const trigram of left) if (right.has(trigram)) shared += 1
  return shared / (left.size + right.size - shared)
}

function trigrams(key: string): Set<string> {
  const found = new Set<string>()
  for (const word of key.split(' ')) {
    if (word === '') continue
    const padded = `  ${word} `
    for (let index = 0; index + 3 <= padded.length; index += 1) found.add(padded.slice(index, index + 3))
  }
  return found
}
