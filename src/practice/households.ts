/** The households of one district as they truly are, and which of their facts each list will get wrong. */
import type { Names } from './names.ts'
import { createNumbers, createPeopleMaker, type PeopleMaker, type Person } from './people.ts'
import { createRandom, type Random } from './random.ts'
import { overlapKinds, rates, thaiqmHouseholdTraps, tpmapHouseholdTraps, withNone, type OverlapKind } from './rates.ts'
import { misspell } from './spelling.ts'
import type { Village } from './villages.ts'

export type HouseholdTrap = keyof typeof tpmapHouseholdTraps | 'none'

export interface House {
  village: Village
  houseCode: string
  houseNumber: string
  phone: string | null
}

/** A household of TPMAP. */
export interface TargetHousehold {
  house: House
  /** '1' or '2' when two families share the house code. */
  family: string | null
  members: Person[]
  trap: HouseholdTrap
  /** Whether it stands on ThaiQM too; its sound facts are then left alone. */
  overlap: OverlapKind | null
  /** Whether one member was counted in another house too. */
  sharesPerson: boolean
}

/** A household of ThaiQM: its head, and how many live there. */
export interface TroubledHousehold {
  house: House
  head: Person
  memberCount: number
  trap: HouseholdTrap
  overlap: OverlapKind | null
  twoFamilies: boolean
  withoutId: boolean
  withoutCode: boolean
}

export interface VillageHouseholds {
  village: Village
  tpmap: TargetHousehold[]
  thaiqm: TroubledHousehold[]
}

/** How many of each a village has. */
export interface VillageCounts {
  village: Village
  households: number
  persons: number
  thaiqm: number
  overlap: number
}

/** Makes the households of a district, village by village; the same for the same seed. */
export function* householdsOf(
  district: string,
  villages: readonly VillageCounts[],
  names: Names,
  seed: number,
): Generator<VillageHouseholds> {
  const random = createRandom(seed, 'households', district)
  const numbers = createNumbers(random, district, 'lists')
  const people = createPeopleMaker(random, names, () => numbers.nextId())
  for (const counts of villages) {
    const surnames = names.surnamesOf(random, district.slice(0, 2), 6 + random.below(14))
    const maker: Maker = {
      random,
      people: people(surnames),
      houses: createHouses(random, counts, () => numbers.nextHouseCode()),
    }
    const tpmap = targetHouseholds(maker, counts)
    yield { village: counts.village, tpmap, thaiqm: troubledHouseholds(maker, counts, tpmap) }
  }
}

interface Maker {
  random: Random
  people: PeopleMaker
  houses: (trap: HouseholdTrap) => { house: House; trap: HouseholdTrap }
}

const largestFamily = 8
const targetTraps = withNone(tpmapHouseholdTraps)
const troubledTraps = withNone(thaiqmHouseholdTraps)

function targetHouseholds(maker: Maker, counts: VillageCounts): TargetHousehold[] {
  const { random } = maker
  const sizes = familySizes(random, counts.households, counts.persons)
  const households: TargetHousehold[] = []
  for (const size of sizes) {
    const previous = households.at(-1)
    const joins = previous?.trap === 'none' && previous.family === null && random.chance(rates.twoFamilies / 2)
    const { house, trap } = joins
      ? { house: previous.house, trap: 'none' as const }
      : maker.houses(random.weighted(targetTraps))
    if (joins) previous.family = '1'
    const members = maker.people.family(size)
    const elsewhere = previous?.trap === 'none' && !joins && trap === 'none' ? previous.members[0] : undefined
    // A grandparent who lives with a child and is registered in the old house.
    const sharesPerson = elsewhere !== undefined && size > 1 && random.chance(rates.personInTwoHouses)
    if (sharesPerson) members[size - 1] = elsewhere
    households.push({
      house,
      family: joins ? '2' : null,
      members,
      trap,
      overlap: null,
      sharesPerson,
    })
  }
  const sound = random.shuffle(
    households.filter((household) => household.trap === 'none' && household.family === null && !household.sharesPerson),
  )
  for (const household of sound.slice(0, counts.overlap)) household.overlap = random.weighted(overlapKinds)
  return households
}

/** Sizes that add up to exactly that many persons; large families grow more easily. */
function familySizes(random: Random, households: number, persons: number): number[] {
  if (households === 0) return []
  const sizes = Array.from({ length: households }, () => 1)
  for (let left = persons - households; left > 0;) {
    const first = random.below(households)
    const second = random.below(households)
    const index = sizes[first]! >= sizes[second]! || random.chance(0.4) ? first : second
    if (sizes[index]! >= largestFamily && sizes.some((size) => size < largestFamily)) continue
    sizes[index]! += 1
    left -= 1
  }
  return sizes
}

function troubledHouseholds(
  maker: Maker,
  counts: VillageCounts,
  tpmap: readonly TargetHousehold[],
): TroubledHousehold[] {
  const { random } = maker
  const households: TroubledHousehold[] = []
  for (const household of tpmap)
    if (household.overlap !== null && households.length < counts.thaiqm)
      households.push(seenAgain(maker, household, household.overlap))
  for (const household of tpmap.filter(({ overlap }) => overlap !== null).slice(households.length))
    household.overlap = null
  let previous: TroubledHousehold | null = null
  while (households.length < counts.thaiqm) {
    const joins = previous?.trap === 'none' && !previous.twoFamilies && random.chance(rates.twoFamilies / 2)
    const place: { house: House; trap: HouseholdTrap } =
      joins && previous ? { house: previous.house, trap: 'none' } : maker.houses(random.weighted(troubledTraps))
    const household: TroubledHousehold = {
      ...place,
      head: maker.people.family(1)[0]!,
      memberCount: 1 + Math.min(random.below(5), random.below(8)),
      overlap: null,
      twoFamilies: joins,
      withoutId: false,
      withoutCode: false,
    }
    if (joins && previous) previous.twoFamilies = true
    households.push(household)
    previous = household
  }
  return random.shuffle(households)
}

/** The same household as the other list wrote it down. */
function seenAgain(maker: Maker, { house, members }: TargetHousehold, kind: OverlapKind): TroubledHousehold {
  const { random } = maker
  const head = members[0]!
  const anotherHead = kind === 'sameHouseCodeOnly' && random.chance(0.5)
  const nameless = kind === 'sameNameAndHouseNumber' || kind === 'misspeltName'
  return {
    house,
    head: anotherHead
      ? maker.people.relative(head.lastName)
      : kind === 'misspeltName'
        ? { ...head, ...misspeltName(random, head) }
        : head,
    memberCount: members.length + random.below(3),
    trap: 'none',
    overlap: kind,
    twoFamilies: false,
    withoutId: nameless || (kind === 'sameHouseCodeOnly' && !anotherHead),
    withoutCode: nameless || kind === 'sameIdOnly',
  }
}

function misspeltName(random: Random, { firstName, lastName }: Person): Pick<Person, 'firstName' | 'lastName'> {
  return random.chance(0.5)
    ? { firstName: misspell(random, firstName), lastName }
    : { firstName, lastName: misspell(random, lastName) }
}

/** Gives out the houses of a village: no number twice, whatever the list. */
function createHouses(random: Random, counts: VillageCounts, nextHouseCode: () => string): Maker['houses'] {
  const used = new Set<string>()
  const most = 12 + (counts.households + counts.thaiqm) * 2
  const number = (trap: HouseholdTrap): string => {
    // 27/1 becomes a day, 12/45 a month of a year; nothing else does.
    if (trap === 'houseNumberAsDate')
      return random.chance(0.75)
        ? `${1 + random.below(28)}/${1 + random.below(12)}`
        : `${1 + random.below(12)}/${32 + random.below(60)}`
    const main = 1 + random.below(most)
    return random.chance(0.4) ? `${main}/${1 + Math.min(random.below(9), random.below(30))}` : String(main)
  }
  return (trap) => {
    let houseNumber = number(trap)
    let given = trap
    for (let tries = 0; used.has(houseNumber); tries += 1) {
      if (tries > 20) given = trap === 'houseNumberAsDate' ? 'none' : trap
      houseNumber = number(given)
    }
    used.add(houseNumber)
    const phone = random.chance(rates.hasPhone) ? `050${String(random.below(10_000_000)).padStart(7, '0')}` : null
    return { house: { village: counts.village, houseCode: nextHouseCode(), houseNumber, phone }, trap: given }
  }
}
