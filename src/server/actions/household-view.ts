/** Households as the contract shows them: a row of a list, and the whole page. */
import type { HouseholdRow, HouseholdView, MemberView, householdHistory } from '../../contract/households.ts'
import type { OutputOf } from '../../contract/route.ts'
import { fullName } from '../../domain/derive.ts'
import { maskNationalId, nationalIdKind } from '../../domain/national-id.ts'
import { mayAt, type Place } from '../../domain/permission.ts'
import { dayInThailand } from '../../domain/time.ts'
import type { Db } from '../db/database.ts'
import { historyOf } from '../queries/fact-changes.ts'
import {
  centreShortNames,
  listingsOf,
  placeNames,
  type HouseholdKey,
  type StoredHousehold,
} from '../queries/households.ts'
import { membersOf, type StoredMember } from '../queries/members.ts'
import { mergesOf, type StoredMerge } from '../queries/merges.ts'
import type { Secrets } from '../secrets.ts'
import type { ActionContext } from './context.ts'

/** Changes of a household that are told at once. */
const historyPage = 200

export function provinceText(provinceCode: number): string {
  return String(provinceCode).padStart(2, '0')
}

export function placeOf(household: { area_code: string; centre_id: string | null }): Place {
  return { areaCode: household.area_code, centreId: household.centre_id }
}

/** What a row of a list is made of; a stored household has it all. */
export type RowSource = Pick<
  StoredHousehold,
  | 'province_code'
  | 'id'
  | 'area_code'
  | 'head_name'
  | 'house_number'
  | 'member_count'
  | 'list_set'
  | 'state'
  | 'centre_id'
  | 'updated_at'
>

export async function householdRows(db: Db, found: readonly RowSource[], now: Date): Promise<HouseholdRow[]> {
  if (found.length === 0) return []
  const places = await placeNames(db, [...new Set(found.map((row) => row.area_code))], dayInThailand(now))
  const centres = await centreShortNames(
    db,
    found.flatMap(({ centre_id }) => (centre_id === null ? [] : [centre_id])),
  )
  return found.map((row) => ({
    province: provinceText(row.province_code),
    id: row.id,
    headName: row.head_name,
    houseNumber: row.house_number,
    place: places.get(row.area_code)!,
    memberCount: row.member_count,
    lists: row.list_set === '' ? [] : row.list_set.split(','),
    state: row.state as HouseholdRow['state'],
    centre: row.centre_id === null ? null : (centres.get(row.centre_id) ?? null),
    updatedAt: row.updated_at.toISOString(),
  }))
}

/** The whole page of a household; whoever calls has asked for permission and leaves the audit row. */
export async function householdView(context: ActionContext, household: StoredHousehold): Promise<HouseholdView> {
  const { tx, actor, now, secrets } = context
  const key = { provinceCode: household.province_code, id: household.id }
  const place = placeOf(household)
  const [row] = await householdRows(tx, [household], now)
  const members = (await membersOf(tx, key)).map((member) => memberView(member, secrets))
  const merges = await mergesOf(tx, key)
  const history = await historyView(tx, key, null)
  return {
    province: row!.province,
    id: household.id,
    version: household.version,
    state: row!.state,
    mergedInto: household.merged_into,
    place: row!.place,
    centre:
      household.centre_id === null || row!.centre === null ? null : { id: household.centre_id, shortName: row!.centre },
    headName: household.head_name,
    facts: {
      areaCode: household.area_code,
      houseCode: household.house_code,
      familyNumber: household.family_number,
      houseNumber: household.house_number,
      lane: household.lane,
      road: household.road,
      phone: household.phone,
      latitude: household.latitude,
      longitude: household.longitude,
      memberCount: household.stated_members,
      note: household.note,
    },
    members: members.filter(({ state }) => state === 'active'),
    formerMembers: members.filter(({ state }) => state !== 'active'),
    listings: (await listingsOf(tx, key)).map((listing) => ({
      list: listing.list_code,
      listNameTh: listing.name_th,
      listNameEn: listing.name_en,
      listDate: listing.list_date,
      state: listing.state,
      batch: batchOf(listing),
      by: listing.account_name,
      at: listing.created_at.toISOString(),
    })),
    history: history.changes,
    hasEarlierHistory: history.hasEarlier,
    merges: merges.map((merge) => mergeView(merge, merges, household)),
    asOf: household.as_of,
    createdAt: household.created_at.toISOString(),
    updatedAt: household.updated_at.toISOString(),
    may: {
      edit: mayAt(actor, 'household.edit', place),
      merge: mayAt(actor, 'household.merge', place),
      reveal: mayAt(actor, 'nationalId.reveal', place),
    },
  }
}

/** A page of what changed, latest first; `before` is the change that a page before ended with. */
export async function historyView(
  db: Db,
  key: HouseholdKey,
  before: string | null,
): Promise<OutputOf<typeof householdHistory>> {
  const found = await historyOf(db, key, historyPage + 1, before)
  const changes = found.slice(0, historyPage).map((change) => ({
    id: change.id,
    at: change.at.toISOString(),
    asOf: change.as_of,
    memberId: change.member_id,
    field: change.field,
    old: change.old_value,
    new: change.new_value,
    source: change.source,
    batch: batchOf(change),
    by: change.account_name,
    reason: change.reason,
  }))
  return { changes, hasEarlier: found.length > historyPage }
}

function batchOf(from: { batch_id: string | null; file_name: string | null; row_number: number | null }) {
  return from.batch_id === null
    ? null
    : { id: from.batch_id, fileName: from.file_name ?? '', rowNumber: from.row_number }
}

function memberView(member: StoredMember, secrets: Secrets): MemberView {
  const nationalId = readNationalId(member, secrets)
  return {
    id: member.id,
    state: member.state as MemberView['state'],
    order: member.position,
    relation: member.relation,
    title: member.title,
    firstName: member.first_name,
    lastName: member.last_name,
    nationalId: nationalId === null ? null : { masked: maskNationalId(nationalId), kind: nationalIdKind(nationalId) },
    sex: member.sex as MemberView['sex'],
    birthDate: member.birth_date,
    birthPrecision: member.birth_precision as MemberView['birthPrecision'],
    occupation: member.occupation,
    annualIncome: member.annual_income,
  }
}

/** 13 digits in clear, or null for a member without an id. */
export function readNationalId(member: StoredMember, secrets: Secrets): string | null {
  if (member.national_id_cipher === null || member.national_id_hash === null) return null
  return secrets.decryptNationalId(member.national_id_cipher, member.national_id_hash)
}

export function memberName(member: { title: string | null; first_name: string; last_name: string | null }): string {
  return fullName({ title: member.title, firstName: member.first_name, lastName: member.last_name })
}

function mergeView(
  merge: StoredMerge,
  merges: readonly StoredMerge[],
  household: StoredHousehold,
): HouseholdView['merges'][number] {
  const isKept = merge.kept_id === household.id
  return {
    id: merge.id,
    side: isKept ? 'kept' : 'merged',
    otherId: isKept ? merge.merged_id : merge.kept_id,
    otherHeadName: merge.other_head_name,
    otherHouseNumber: merge.other_house_number,
    reason: merge.reason,
    by: merge.account_name,
    at: merge.at.toISOString(),
    undoneBy: merge.undone_name,
    undoneAt: merge.undone_at?.toISOString() ?? null,
    canBeUndone: isKept && household.state === 'active' && latestMerge(merges, household.id)?.id === merge.id,
  }
}

/** The merge into a household that is undone first: the latest that still stands. */
export function latestMerge(merges: readonly StoredMerge[], keptId: string): StoredMerge | undefined {
  return merges.find((merge) => merge.kept_id === keptId && merge.undone_at === null)
}
