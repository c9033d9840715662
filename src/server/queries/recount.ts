/** Recounts everything that is derived from the base tables and compares: what `kaejon verify` prints. */
import { sql } from 'kysely'
import { deriveHousehold } from '../../domain/derive.ts'
import { wordsKey } from '../../domain/thai/key.ts'
import type { Db } from '../db/database.ts'
import { countedFigures } from './figures.ts'
import { nation } from './progress-figures.ts'
import { logbookKinds, recountCases, recountProgress, type LogbookDifference } from './recount-logbook.ts'
import { nothingReplayed, replayProvince, type Replayed } from './replay-logbook.ts'
import { isSettling, rulesFor } from './rules.ts'

export const derivedKinds = [
  'figure',
  'listSet',
  'memberCount',
  'headName',
  'sortKey',
  'searchText',
  'houseNumberKey',
  'place',
  ...logbookKinds,
] as const

/** Something that is stored otherwise than the base tables say. Never holds a name or an address. */
export interface Difference {
  kind: (typeof derivedKinds)[number]
  provinceCode: number
  /** A household's id, or for figures the area and the lists. */
  subject: string
  /** Numbers or list codes, as stored and as counted; null where they would be personal. */
  stored: string | null
  counted: string | null
}

export interface Recount {
  households: number
  /** In no order; at most `most` of them are kept, `count` counts all. */
  differences: Difference[]
  count: number
  /** Provinces whose cases are still being settled after a change of their rules: differences there may be just that. */
  unsettled: number[]
  /** How many histories were replayed entry by entry, and why others were not; null when nobody asked for it. */
  history: Replayed | null
}

const step = 2000

/**
 * Compares household_figure, and each active household's lists, members, head, sort key, search text and place, with a
 * recount; then each case, the ledger and every figure of progress with the logbook. Reads slice by slice; run it while
 * nobody writes, or see changes under way as differences.
 *
 * @param most how many differences to keep
 * @param progress told how many households were looked at; each is looked at twice, a third time when deep
 * @param deep also replays each household's entries and compares every span that they must have left, ended ones too
 */
export async function recount(
  db: Db,
  most = 200,
  progress: (households: number) => void = () => {},
  { deep = false }: { deep?: boolean } = {},
): Promise<Recount> {
  const history = deep ? nothingReplayed() : null
  const result: Recount = { households: 0, differences: [], count: 0, unsettled: [], history }
  let again = 0
  const add = (difference: Difference) => {
    result.count += 1
    if (result.differences.length < most) result.differences.push(difference)
  }
  const { rows } = await sql<{ province_code: number }>`
    select distinct province_code from household
    union select distinct province_code from household_figure
    union select distinct province_code from progress_figure where province_code <> ${nation}
    union select distinct province_code from progress_pending order by 1`.execute(db)
  for (const { province_code } of rows) {
    if (await isSettling(db, province_code)) result.unsettled.push(province_code)
    for (const difference of await figureDifferences(db, province_code)) add(difference)
    for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
      const slice = await readSlice(db, province_code, after)
      if (slice.length === 0) break
      after = slice.at(-1)!.id
      for (const household of slice) compare(household, province_code, add)
      result.households += slice.length
      progress(result.households + again)
    }
    const addOf = (difference: LogbookDifference) => add({ ...difference, provinceCode: province_code })
    const lookedAt = (households: number) => {
      again += households
      progress(result.households + again)
    }
    await recountCases(db, province_code, await rulesFor(db, province_code), addOf, lookedAt)
    if (history) await replayProvince(db, province_code, history, addOf, lookedAt)
    await recountProgress(db, province_code, addOf)
  }
  await recountProgress(db, nation, (difference) => add({ ...difference, provinceCode: nation }))
  return result
}

async function figureDifferences(db: Db, provinceCode: number): Promise<Difference[]> {
  const { rows } = await sql<{ area_code: string; list_set: string; stored: string | null; counted: string | null }>`
    select coalesce(stored.area_code, counted.area_code) as area_code,
      coalesce(stored.list_set, counted.list_set) as list_set,
      stored.households || ' households ' || stored.persons || ' persons' as stored,
      counted.households || ' households ' || counted.persons || ' persons' as counted
    from (select * from household_figure where province_code = ${provinceCode}) as stored
    full join (${countedFigures(sql`where province_code = ${provinceCode} and state = 'active'`)}) as counted
      on counted.area_code = stored.area_code and counted.list_set = stored.list_set
    where (stored.households, stored.persons) is distinct from (counted.households, counted.persons)
    order by 1, 2`.execute(db)
  return rows.map(({ area_code, list_set, stored, counted }) => ({
    kind: 'figure',
    provinceCode,
    subject: `${area_code} ${list_set}`.trim(),
    stored: stored ?? '-',
    counted: counted ?? '-',
  }))
}

interface SliceRow {
  id: string
  house_number: string | null
  house_number_key: string | null
  house_code: string | null
  village_name: string | null
  head_name: string | null
  sort_key: string
  search_text: string
  member_count: number
  list_set: string
  listed: string
  members: { position: number; title: string | null; firstName: string; lastName: string | null }[]
  misplaced: number
}

async function readSlice(db: Db, provinceCode: number, after: string): Promise<SliceRow[]> {
  const { rows } = await sql<SliceRow>`
    select household.id, house_number, house_number_key, house_code, head_name, sort_key, search_text, member_count,
      list_set,
      (select name_th from area where area.code = household.area_code order by valid_from desc limit 1) as village_name,
      coalesce((select string_agg(list_code, ',' order by list_code collate "C") from listing
        where listing.province_code = household.province_code and listing.household_id = household.id
          and listing.state = 'active'), '') as listed,
      coalesce((select jsonb_agg(jsonb_build_object('position', position, 'title', title, 'firstName', first_name,
          'lastName', last_name) order by position, member.id) from member
        where member.province_code = household.province_code and member.household_id = household.id
          and member.state = 'active'), '[]'::jsonb) as members,
      (select count(*)::int from member where member.province_code = household.province_code
        and member.household_id = household.id and member.area_code <> household.area_code)
      + (select count(*)::int from listing where listing.province_code = household.province_code
        and listing.household_id = household.id and listing.area_code <> household.area_code) as misplaced
    from household
    where province_code = ${provinceCode} and state = 'active' and household.id > ${after}
    order by household.id limit ${step}`.execute(db)
  return rows
}

function compare(household: SliceRow, provinceCode: number, add: (difference: Difference) => void): void {
  const derived = deriveHousehold(
    { houseNumber: household.house_number, houseCode: household.house_code, villageName: null },
    household.members,
  )
  const check = (
    kind: Difference['kind'],
    isSame: boolean,
    stored: string | number | null = null,
    counted: string | number | null = null,
  ) => {
    if (isSame) return
    const shown = (value: string | number | null) => (value === null ? null : String(value))
    add({ kind, provinceCode, subject: household.id, stored: shown(stored), counted: shown(counted) })
  }
  check('listSet', household.list_set === household.listed, household.list_set, household.listed)
  check('memberCount', household.member_count === derived.memberCount, household.member_count, derived.memberCount)
  check('headName', household.head_name === derived.headName)
  check('sortKey', household.sort_key === derived.sortKey)
  check('searchText', holdsWords(household.search_text, derived.searchText, household.village_name))
  check('houseNumberKey', (household.house_number_key ?? null) === derived.houseNumberKey)
  check('place', household.misplaced === 0)
}

/**
 * A household is found by the words of its search text, in whatever order they stand. Those of its members and its
 * number must be there; besides them only its village's, or, where the registry does not know the village, the name that
 * its list stated.
 */
function holdsWords(stored: string, derived: string, villageName: string | null): boolean {
  const words = new Set(stored.split(' '))
  const needed = new Set(derived.split(' '))
  const ofVillage = new Set(villageName === null ? [] : wordsKey(villageName).split(' '))
  const isKnown = (word: string) => word === '' || needed.has(word) || ofVillage.has(word)
  return (
    [...needed].every((word) => word === '' || words.has(word)) && (villageName === null || [...words].every(isKnown))
  )
}
