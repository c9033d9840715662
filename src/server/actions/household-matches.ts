/** What the words of a search name: a place of the directory, and, in each household that was found, somebody's name. */
import { memberMeant, type SearchWord } from '../../domain/search.ts'
import { areaDirectory } from '../areas/directory.ts'
import type { Db } from '../db/database.ts'
import type { ListPage, PlaceNamed } from '../queries/household-search.ts'
import { membersOfMany, type NamedMember } from '../queries/members.ts'
import { memberName } from './household-view.ts'

/** Areas of a name that are looked in; more say too little. */
const mostPlaces = 60
/** A shorter word is the whole name of hardly any place, and is typed on the way to every name. */
const shortestPlace = 3
/** Below this likeness (0 to 1) nobody of the household is named as the one who was meant. */
const leastLikeness = 0.3

/**
 * The districts and subdistricts that a word names on a day: by their whole name, or, where the word says that it is a
 * place (อ.นางรอง), by its beginning.
 */
export function placeNamed({ place }: SearchWord, day: string): PlaceNamed {
  const directory = areaDirectory()
  if (place.level !== null)
    return { codes: directory.named(place.keys, place.level, day, true).slice(0, mostPlaces), isSaid: true }
  const keys = place.keys.filter((key) => key.length >= shortestPlace)
  const codes = (['district', 'subdistrict'] as const).flatMap((level) => directory.named(keys, level, day, false))
  return { codes, isSaid: false }
}

/** By household: in whose name the words stand, where it is not the head's, which the row shows anyway. */
export async function membersMeant(db: Db, page: ListPage, words: readonly SearchWord[]): Promise<Map<string, string>> {
  const meant = new Map<string, string>()
  if (words.length === 0 || page.rows.length === 0) return meant
  const keys = page.rows.map((row) => ({ provinceCode: row.province_code, id: row.id }))
  const readings = words.map((word) => word.readings)
  const typed = readings.map((alternatives) => alternatives.at(-1) ?? '').join(' ')
  const members = await membersOfMany(db, keys, typed)
  const byHousehold = new Map<string, NamedMember[]>()
  for (const member of members)
    byHousehold.set(member.household_id, [...(byHousehold.get(member.household_id) ?? []), member])
  for (const row of page.rows) {
    const own = byHousehold.get(row.id) ?? []
    const member = page.similar
      ? mostAlike(own)
      : memberMeant(
          readings,
          own.map((one) => ({ ...one, nameKey: one.name_key })),
        )
    const name = member && memberName(member)
    if (name !== null && name !== row.head_name) meant.set(row.id, name)
  }
  return meant
}

/** The first of those who are most alike; null when nobody is. */
function mostAlike(members: readonly NamedMember[]): NamedMember | null {
  const [best = null] = members.toSorted((a, b) => b.likeness - a.likeness)
  return best !== null && best.likeness >= leastLikeness ? best : null
}
