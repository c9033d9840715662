/** The list of households, one household's page, and changes of its facts and its state. */
import type {
  HouseholdRef,
  HouseholdView,
  householdEdit,
  householdHistory,
  householdList,
} from '../../contract/households.ts'
import { noList } from '../../contract/households.ts'
import type { InputOf, OutputOf } from '../../contract/route.ts'
import { mooOf, provinceOf } from '../../domain/area.ts'
import { readHouseholdEntry } from '../../domain/hand-entry.ts'
import { mayAt, type Reach } from '../../domain/permission.ts'
import { Problem, type FieldFault } from '../../domain/problem.ts'
import { parseSearch } from '../../domain/search.ts'
import { wordsKey } from '../../domain/thai/key.ts'
import { dayInThailand } from '../../domain/time.ts'
import type { Tx } from '../db/database.ts'
import { beginning, putAreas } from '../queries/areas.ts'
import { responsibleCentre } from '../queries/centres.ts'
import type { FactChange } from '../queries/fact-changes.ts'
import { listHouseholds, type ListPosition } from '../queries/household-search.ts'
import { placeNames, type HouseholdChange, type StoredHousehold } from '../queries/households.ts'
import type { ActionContext } from './context.ts'
import { householdAt, keyOf, requireState, requireVersion, settleHousehold } from './household-change.ts'
import { membersMeant, placeNamed } from './household-matches.ts'
import { historyView, householdRows, householdView } from './household-view.ts'
import { changeMembers } from './members.ts'

/** How far what a person states at the desk is trusted: as the list of households found in the area. */
export const deskTrust = 70

export interface HouseholdPage extends Omit<OutputOf<typeof householdList>, 'next'> {
  next: ListPosition | null
}

/** One page of the households in reach; the filters and the words as they were asked for. */
export async function listPage(
  context: ActionContext,
  reach: Reach,
  input: InputOf<typeof householdList>,
  after: ListPosition | null,
): Promise<HouseholdPage> {
  const search = parseSearch(input.search)
  const words = search.kind === 'words' ? search.words : []
  const page = await listHouseholds(context.tx, {
    reach,
    area: input.area,
    list: input.list === noList ? '' : input.list,
    listSet: input.listSet,
    centreId: input.centreId,
    state: input.state,
    search,
    places: words.map((word) => placeNamed(word, dayInThailand(context.now))),
    order: input.sort,
    limit: input.limit,
    after,
  })
  const outcome =
    search.kind === 'nothing'
      ? 'none'
      : search.kind === 'nationalId' || search.kind === 'wrongNationalId'
        ? search.kind
        : page.similar
          ? 'similar'
          : 'exact'
  const meant = await membersMeant(context.tx, page, words)
  const rows = (await householdRows(context.tx, page.rows, context.now)).map((row) => ({
    ...row,
    matchedMember: meant.get(row.id) ?? null,
  }))
  return { rows, next: page.next, total: page.total, outcome, tooMany: page.tooMany }
}

/** Opens a household's page; that somebody looked is written down. */
export async function showHousehold(context: ActionContext, ref: HouseholdRef): Promise<HouseholdView> {
  const household = await householdAt(context, 'household.read', keyOf(ref))
  await auditHousehold(context, 'household.show', household)
  return householdView(context, household)
}

/** What changed before a change that was shown. @throws Problem notFound */
export async function showHistory(
  context: ActionContext,
  input: InputOf<typeof householdHistory>,
): Promise<OutputOf<typeof householdHistory>> {
  const household = await householdAt(context, 'household.read', keyOf(input))
  await auditHousehold(context, 'household.history', household)
  return historyView(context.tx, keyOf(input), input.before ?? null)
}

/** Changes facts and members. @throws Problem conflictingEdit, invalidFacts, otherProvince, wrongState, notFound */
export async function editHousehold(
  context: ActionContext,
  input: InputOf<typeof householdEdit>,
): Promise<HouseholdView> {
  const household = await householdAt(context, 'household.edit', keyOf(input), true)
  requireState(household, 'active')
  await requireVersion(context, household, input.version)
  const { facts, faults } = readHouseholdEntry(input.facts)
  faults.push(...(await placeFaults(context, household, facts.areaCode)))
  const members = await changeMembers(context, household, input)
  const every = [...faults, ...members.faults]
  if (every.length > 0) throw new Problem('invalidFacts', { fields: every })
  await members.store()
  const areaCode = facts.areaCode ?? household.area_code
  await nameVillage(context.tx, areaCode, facts.villageName ?? null, dayInThailand(context.now))
  const { change, changes } = changedFacts(household, facts)
  const today = dayInThailand(context.now)
  const asOf = input.asOf ?? today
  const all = [...changes, ...members.changes]
  const speaksOf = changes.length > 0 && asOf >= household.as_of ? { as_of: asOf } : {}
  const trust = changes.length > 0 ? { trust: Math.max(household.trust, deskTrust) } : {}
  const after = await settleHousehold(context, household, { ...change, ...speaksOf, ...trust }, all, {
    source: 'desk',
    accountId: context.actor.userId,
    reason: input.reason,
    asOf,
    at: context.now,
  })
  await auditHousehold(context, 'household.edit', after, {
    fields: [...new Set(all.map(({ field }) => field))],
    ...(areaCode === household.area_code ? {} : { from: household.area_code }),
  })
  return householdView(context, after)
}

/** Takes a household that was entered by mistake out of every count, or back in. */
export async function setHouseholdState(
  context: ActionContext,
  input: HouseholdRef & { version: number; reason: string },
  to: 'active' | 'withdrawn',
): Promise<HouseholdView> {
  const household = await householdAt(context, 'household.edit', keyOf(input), true)
  requireState(household, to === 'active' ? 'withdrawn' : 'active')
  await requireVersion(context, household, input.version)
  const change = { memberId: null, field: 'state', oldValue: household.state, newValue: to }
  const after = await settleHousehold(context, household, { state: to }, [change], {
    source: 'desk',
    accountId: context.actor.userId,
    reason: input.reason,
    asOf: dayInThailand(context.now),
    at: context.now,
  })
  await auditHousehold(context, to === 'active' ? 'household.restore' : 'household.withdraw', after)
  return householdView(context, after)
}

export async function auditHousehold(
  context: ActionContext,
  action: string,
  household: StoredHousehold,
  detail: Record<string, string | number | boolean | null | readonly string[]> = {},
): Promise<void> {
  await context.audit({
    action,
    subjectKind: 'household',
    subjectId: household.id,
    areaCode: household.area_code,
    detail,
  })
}

/** Whether a household may go where it is sent: inside its province, to a place that exists and that one may edit. */
async function placeFaults(
  context: ActionContext,
  household: StoredHousehold,
  areaCode: string | undefined,
): Promise<FieldFault[]> {
  if (areaCode === undefined || areaCode === household.area_code) return []
  if (provinceOf(areaCode) !== household.province_code) throw new Problem('otherProvince')
  const day = dayInThailand(context.now)
  const centreId = await responsibleCentre(context.tx, areaCode, day)
  if (!mayAt(context.actor, 'household.edit', { areaCode, centreId }))
    return [{ field: 'areaCode', fault: 'areaOutsidePermission' }]
  return unknownPlace(context.tx, areaCode, day)
}

/** A village may be new to the registry, its subdistrict may not. */
export async function unknownPlace(tx: Tx, areaCode: string, day: string): Promise<FieldFault[]> {
  const place = (await placeNames(tx, [areaCode], day)).get(areaCode)
  return place?.subdistrict ? [] : [{ field: 'areaCode', fault: 'areaUnknown' }]
}

/** Gives a village its first name; one that has a name keeps it. */
export async function nameVillage(tx: Tx, areaCode: string, name: string | null, day: string): Promise<void> {
  if (name === null || mooOf(areaCode) === null) return
  const place = (await placeNames(tx, [areaCode], day)).get(areaCode)
  if (place?.village) return
  await putAreas(tx, [
    {
      code: areaCode,
      nameTh: name,
      nameEn: null,
      nameKey: wordsKey(name),
      origin: 'desk',
      validFrom: beginning,
      validTo: null,
    },
  ])
}

const columnByField = {
  areaCode: 'area_code',
  houseCode: 'house_code',
  familyNumber: 'family_number',
  houseNumber: 'house_number',
  lane: 'lane',
  road: 'road',
  phone: 'phone',
  latitude: 'latitude',
  longitude: 'longitude',
  note: 'note',
} as const

type Facts = InputOf<typeof householdEdit>['facts']

function changedFacts(household: StoredHousehold, facts: Facts): { change: HouseholdChange; changes: FactChange[] } {
  const change: Record<string, unknown> = {}
  const changes: FactChange[] = []
  for (const [field, column] of Object.entries(columnByField)) {
    const value = facts[field as keyof typeof columnByField]
    const old = household[column]
    if (value === undefined || value === old) continue
    change[column] = value
    changes.push({ memberId: null, field, oldValue: textOf(old), newValue: textOf(value) })
  }
  return { change, changes }
}

export function textOf(value: string | number | null): string | null {
  return value === null ? null : String(value)
}
