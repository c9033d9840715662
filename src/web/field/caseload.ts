/** What today asks of the households on a phone: which are due, which lie nearest, which were meant. Pure. */
import type { PhoneHousehold } from '../../contract/sync.ts'
import { daysBetween, endOfMonth, monthOf } from '../../domain/days.ts'
import { fixKeyboardLayout, looksLikeWrongLayout } from '../../domain/thai/keyboard.ts'
import { nameKey, wordsKey } from '../../domain/thai/key.ts'

export const workGroups = ['overdue', 'due', 'done', 'other'] as const
export type WorkGroup = (typeof workGroups)[number]

export interface Position {
  latitude: number
  longitude: number
}

/** What is known here of a household, with what this phone itself has recorded since. */
export type Held = PhoneHousehold & { doneHere: boolean }

export interface TodayRow<Household extends Held = Held> {
  household: Household
  group: WorkGroup
  /** Days after the day that was due; 0 when it is not past. */
  daysLate: number
  isHeld: boolean
  /** Metres as the crow flies; null when one of the two places is not known. */
  metres: number | null
}

export interface TodayList<Household extends Held = Held> {
  rows: TodayRow<Household>[]
  /** Households visited this month, of those that this month asks for. */
  done: number
  all: number
}

/** @param today the day in Thailand, common era */
export function todayOf<Household extends Held>(
  households: readonly Household[],
  today: string,
  position: Position | null,
): TodayList<Household> {
  const rows = households.map((household): TodayRow<Household> => {
    const { dueOn } = household.duty
    const isHeld = isHeldOn(household, today)
    const group = groupOf(household, today, isHeld)
    return {
      household,
      group,
      isHeld,
      daysLate: group === 'overdue' && dueOn !== null ? daysBetween(dueOn, today) : 0,
      metres: position && metresBetween(position, household),
    }
  })
  rows.sort((one, other) => compareRows(one, other, position !== null))
  const done = rows.filter(({ group }) => group === 'done').length
  return { rows, done, all: done + rows.filter(({ group }) => group === 'due' || group === 'overdue').length }
}

/** The server judged on the day of the last pull; days pass without a line, so that it is judged anew here. */
function groupOf(household: Held, today: string, isHeld: boolean): WorkGroup {
  const month = monthOf(today)
  const { duty, case: state, doneHere } = household
  if (household.state !== 'active') return 'other'
  if (duty.dueOn === null) return 'other'
  if (doneHere || state.visitedMonths.includes(month)) {
    // A second visit that was agreed for this month is still due once it is past.
    return !doneHere && duty.dueOn < today ? 'overdue' : 'done'
  }
  if (isHeld || duty.dueOn > endOfMonth(month)) return 'other'
  return duty.dueOn < today ? 'overdue' : 'due'
}

function isHeldOn({ duty, case: state }: Held, today: string): boolean {
  if (state.hold && today <= state.hold.untilOn) return true
  return duty.areaHolds.some(({ fromOn, untilOn }) => fromOn <= today && today <= untilOn)
}

function compareRows(one: TodayRow, other: TodayRow, isByPlace: boolean): number {
  const byGroup = workGroups.indexOf(one.group) - workGroups.indexOf(other.group)
  if (byGroup !== 0) return byGroup
  if (isByPlace) {
    const far = (one.metres ?? Infinity) - (other.metres ?? Infinity)
    if (far !== 0 && !Number.isNaN(far)) return far
  }
  const [dueOne, dueOther] = [one.household.duty.dueOn ?? '9', other.household.duty.dueOn ?? '9']
  if (dueOne !== dueOther) return dueOne < dueOther ? -1 : 1
  return one.household.id < other.household.id ? -1 : 1
}

const earthMetres = 6_371_000

/** Great-circle distance (haversine), in metres; null without a place. */
export function metresBetween(
  from: Position,
  to: { latitude: number | null; longitude: number | null },
): number | null {
  if (to.latitude === null || to.longitude === null) return null
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const high = Math.sin(radians(to.latitude - from.latitude) / 2) ** 2
  const wide = Math.sin(radians(to.longitude - from.longitude) / 2) ** 2
  const part = high + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * wide
  return Math.round(2 * earthMetres * Math.asin(Math.min(1, Math.sqrt(part))))
}

const keys = new WeakMap<object, string>()

/** Everything a household is looked for by: names of all, house number, village; without tone marks. */
function keyOf(household: PhoneHousehold): string {
  const known = keys.get(household)
  if (known !== undefined) return known
  const { headName, houseNumber, place, members, phone } = household
  const names = [headName, ...members.map((member) => `${member.firstName} ${member.lastName ?? ''}`)]
  const key = [
    ...names.map((name) => nameKey(name ?? '')),
    // A slash would part 27/1 into two words, and 1 stands in many.
    houseNumber ?? '',
    wordsKey(place.village ?? ''),
    wordsKey(place.subdistrict ?? ''),
    place.moo === null ? '' : wordsKey(`หมู่ ${place.moo}`),
    phone ?? '',
  ].join(' ')
  keys.set(household, key)
  return key
}

/** Households in which every word, or part of one, stands somewhere; typed with the wrong keyboard too. */
export function searchHouseholds<Household extends PhoneHousehold>(
  households: readonly Household[],
  typed: string,
): Household[] {
  const readings = looksLikeWrongLayout(typed) ? [typed, fixKeyboardLayout(typed)] : [typed]
  const found = new Set<Household>()
  for (const reading of readings) {
    const words = reading
      .trim()
      .split(/\s+/)
      .map((word) => (/^[0-9๐-๙]+(\/[0-9๐-๙]*)*$/.test(word) ? word : wordsKey(word)))
      .filter((word) => word !== '')
    if (words.length === 0) continue
    for (const household of households) {
      const key = keyOf(household)
      if (words.every((word) => key.includes(word))) found.add(household)
    }
  }
  return [...found]
}

/** Households of the phone whose head has the same name: to be looked at before one is added as found. */
export function alikeHouseholds<Household extends PhoneHousehold>(
  households: readonly Household[],
  { firstName, lastName }: { firstName: string; lastName: string },
): Household[] {
  const name = nameKey(`${firstName} ${lastName}`)
  if (nameKey(firstName) === '') return []
  return households
    .filter(({ headName, members }) =>
      [headName, ...members.map((one) => `${one.firstName} ${one.lastName ?? ''}`)].some(
        (one) => nameKey(one ?? '') === name,
      ),
    )
    .slice(0, 3)
}
