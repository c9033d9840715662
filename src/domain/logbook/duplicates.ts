/**
 * The same help given twice: recorded by two givers, or by one again within some months. It is noticed and shown beside
 * the case; nothing is refused, because two gifts can be right, and one gift told twice is taken back by a correction.
 */
import { wordsKey } from '../thai/key.ts'
import { monthsLater, type Eligible } from './eligibility.ts'
import type { EffectiveEntry } from './effective.ts'

type Help = Extract<EffectiveEntry, { kind: 'assistance' }>
/** What makes two helps the same or not; also of help that is still being typed. */
interface ComparedHelp {
  happenedOn: string
  content: Pick<Help['content'], 'what' | 'item' | 'memberId'>
}
/** By item of the catalogue, when it may be given again. */
type Again = ReadonlyMap<string, Pick<Eligible, 'onlyOnce' | 'againAfterMonths'>>

export interface DoubleHelp {
  /** Ids of the entries of assistance concerned, by day. */
  entryIds: string[]
  /** `sameItem`: the same item of the catalogue; `alike`: words that say the same. */
  why: 'sameItem' | 'alike'
  /** Whether more than one giver recorded it. */
  acrossGivers: boolean
  firstOn: string
  lastOn: string
}

/** Months within which the same help is looked at as given twice, where the catalogue does not say otherwise. */
export const doubleWithinMonths = 12
/** Of the pairs of letters of both texts, the share that both have. */
const alikeFrom = 0.72

/**
 * Help that was given more than once to the same member (or the household) within some months, in groups by day.
 *
 * @param again by item of the catalogue, when it may be given again: such help is not double after that; what is given
 * only once is double whenever it comes again
 */
export function findDoubleHelp(
  entries: readonly EffectiveEntry[],
  again: Again = new Map(),
  withinMonths: number = doubleWithinMonths,
): DoubleHelp[] {
  const helps = entries.filter((entry): entry is Help => entry.kind === 'assistance')
  const ordered = [...helps].sort((a, b) => (a.happenedOn + a.id < b.happenedOn + b.id ? -1 : 1))
  const keys = ordered.map(({ content }) => pairsOfLetters(content.what))
  const groups: { members: Help[]; why: DoubleHelp['why'] }[] = []
  const groupOf = new Map<string, (typeof groups)[number]>()
  for (const [index, later] of ordered.entries()) {
    for (let before = index - 1; before >= 0; before -= 1) {
      const earlier = ordered[before]!
      const why = sameness(earlier, later, keys[before]!, keys[index]!)
      if (why === null || !isForTheSame(earlier, later)) continue
      if (mayComeAgain(earlier, later, why, again, withinMonths)) continue
      const group = groupOf.get(earlier.id) ?? { members: [earlier], why }
      if (group.members.length === 1) groups.push(group)
      group.members.push(later)
      groupOf.set(earlier.id, group)
      groupOf.set(later.id, group)
      break
    }
  }
  return groups.map(({ members, why }) => ({
    entryIds: members.map(({ id }) => id),
    why,
    acrossGivers: new Set(members.map(giversOf)).size > 1,
    firstOn: members[0]!.happenedOn,
    lastOn: members.at(-1)!.happenedOn,
  }))
}

/**
 * Of the help that was given, what is the same as one that somebody is typing, before or after it: by the same rule, so
 * that a form can say so before it is saved.
 */
export function sameHelpAs<Given extends ComparedHelp>(
  typed: ComparedHelp,
  given: readonly Given[],
  again: Again = new Map(),
): Given[] {
  const key = pairsOfLetters(typed.content.what)
  return given.filter((one) => {
    const why = sameness(one, typed, pairsOfLetters(one.content.what), key)
    if (why === null || !isForTheSame(one, typed)) return false
    const [earlier, later] = one.happenedOn <= typed.happenedOn ? [one, typed] : [typed, one]
    return !mayComeAgain(earlier, later, why, again, doubleWithinMonths)
  })
}

function mayComeAgain(
  earlier: ComparedHelp,
  later: ComparedHelp,
  why: DoubleHelp['why'],
  again: Again,
  withinMonths: number,
): boolean {
  const item = why === 'sameItem' ? again.get(later.content.item!) : undefined
  if (item?.onlyOnce) return false
  return later.happenedOn >= monthsLater(earlier.happenedOn, item?.againAfterMonths ?? withinMonths)
}

function sameness(
  a: ComparedHelp,
  b: ComparedHelp,
  pairsOfA: Set<string>,
  pairsOfB: Set<string>,
): DoubleHelp['why'] | null {
  if (a.content.item !== null && b.content.item !== null) return a.content.item === b.content.item ? 'sameItem' : null
  return likeness(pairsOfA, pairsOfB) >= alikeFrom ? 'alike' : null
}

/** Help for the household may be the help that another entry records for one of its members. */
function isForTheSame(a: ComparedHelp, b: ComparedHelp): boolean {
  const [one, other] = [a.content.memberId, b.content.memberId]
  return one === null || other === null || one === other
}

function giversOf({ content }: Help): string {
  return content.givers
    .map(({ name }) => wordsKey(name))
    .sort()
    .join(' / ')
}

/** Thai writes without spaces, so letters are compared in pairs; numbers and tone marks make no difference. */
function pairsOfLetters(text: string): Set<string> {
  const letters = [...wordsKey(text).replaceAll(/[0-9 ]+/g, '')]
  const pairs = new Set<string>()
  for (let index = 0; index + 1 < letters.length; index += 1) pairs.add(letters[index]! + letters[index + 1]!)
  if (letters.length === 1) pairs.add(letters[0]!)
  return pairs
}

/** Dice's coefficient. */
function likeness(a: Set<string>, b: Set<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let shared = 0
  for (const pair of a) if (b.has(pair)) shared += 1
  return (2 * shared) / (a.size + b.size)
}
