/**
 * Households found in the village that no list has (ครัวเรือนตกหล่น): checked against the registry by the rules of an
 * import, then added. Neither may become a way to look citizens up, so both are counted, logged, and tell of a household
 * outside the person's reach nothing but the centre to ask.
 */
import type { CheckVerdict, HouseholdDraft, householdAdd } from '../../contract/households.ts'
import type { InputOf, OutputOf } from '../../contract/route.ts'
import { provinceOf } from '../../domain/area.ts'
import { deriveHousehold, fullName } from '../../domain/derive.ts'
import { readHouseholdEntry, readMemberEntry } from '../../domain/hand-entry.ts'
import type { HouseholdFacts } from '../../domain/household.ts'
import { scoreHouseholds, type MatchTerm } from '../../domain/matching.ts'
import type { MemberFacts } from '../../domain/member.ts'
import { reachOf, reaches, type Reach } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import type { Tx } from '../db/database.ts'
import { newId } from '../ids.ts'
import { responsibleCentre } from '../queries/centres.ts'
import { insertFactChanges } from '../queries/fact-changes.ts'
import { applyFigureDelta } from '../queries/figures.ts'
import {
  centreShortNames,
  findHousehold,
  holdAdding,
  householdByHouseCode,
  insertHousehold,
  insertListing,
  placeNames,
  type StoredHousehold,
} from '../queries/households.ts'
import type { OneVerdict } from '../queries/imports/match-one.ts'
import { countLately } from '../queries/limits.ts'
import { householdElsewhere, insertMembers, membersByNationalId, membersOf } from '../queries/members.ts'
import { readSettings } from '../queries/settings.ts'
import { settleCase } from './case-change.ts'
import { requireAt, type ActionContext } from './context.ts'
import { counted } from './household-change.ts'
import { householdRows, memberName, placeOf, provinceText } from './household-view.ts'
import { auditHousehold, deskTrust, nameVillage, unknownPlace } from './households.ts'
import { matchOne } from './imports/match-one.ts'
import { newMember } from './members.ts'

export const foundList = 'found'
/** Checks and adds of one person in an hour, and how many of them may find a household elsewhere. */
const mostChecks = 120
const mostElsewhere = 10
const hour = 60 * 60 * 1000
/** Households of the registry that a doubt shows. */
const mostCandidates = 3
const counting = ['household.check', 'household.add']

interface Draft {
  household: HouseholdFacts
  members: MemberFacts[]
}

/** Whether a household may be added as it is typed. Saves nothing. @throws Problem invalidFacts, notFound, tooManyTries */
export async function checkDraft(context: ActionContext, typed: HouseholdDraft): Promise<CheckVerdict> {
  const draft = await readDraft(context, typed)
  const verdict = await judge(context, draft)
  await auditCheck(context, 'household.check', draft, verdict)
  return verdict
}

/** Adds the household when the check is clear, or doubtful and the person says why it is another one. */
export async function addHousehold(
  context: ActionContext,
  input: InputOf<typeof householdAdd>,
): Promise<OutputOf<typeof householdAdd>> {
  const key = { provinceCode: provinceOf(input.draft.areaCode), id: input.id }
  const ref = { province: provinceText(key.provinceCode), id: key.id }
  await holdAdding(context.tx, key.provinceCode)
  const known = await findHousehold(context.tx, key)
  if (known) {
    // The answer to the first sending got lost: what was added then is the answer again.
    requireAt(context.actor, 'household.add', placeOf(known))
    await auditHousehold(context, 'household.add', known, { verdict: 'added', again: true })
    return { verdict: 'added', household: ref }
  }
  const draft = await readDraft(context, input.draft)
  const verdict = await judge(context, draft)
  const separate = verdict.verdict === 'doubtful' && input.separateReason !== null
  if (verdict.verdict !== 'clear' && !separate) {
    await auditCheck(context, 'household.add', draft, verdict)
    return verdict
  }
  const household = await store(context, input, draft, key)
  await auditHousehold(context, 'household.add', household, {
    verdict: 'added',
    members: draft.members.length,
    separate,
  })
  return { verdict: 'added', household: ref }
}

/** Cleans and judges what was typed, before anything is looked up. */
async function readDraft(context: ActionContext, typed: HouseholdDraft): Promise<Draft> {
  const { tx, actor, now } = context
  const day = dayInThailand(now)
  const centreId = await responsibleCentre(tx, typed.areaCode, day)
  requireAt(actor, 'household.add', { areaCode: typed.areaCode, centreId })
  const rules = { today: day, acceptPractice: (await readSettings(tx)).practice }
  const { members: typedMembers, ...typedFacts } = typed
  const { facts, faults } = readHouseholdEntry(typedFacts)
  const members = typedMembers.map((member, index) => {
    const read = readMemberEntry(member, rules, `members.${index}.`)
    faults.push(...read.faults)
    return read.facts
  })
  faults.push(...(await unknownPlace(tx, facts.areaCode, day)))
  if (faults.length > 0) throw new Problem('invalidFacts', { fields: faults })
  return { household: { ...facts, memberCount: null }, members: inOrder(members) }
}

/** The head first; those without a place behind the others, as they were typed. */
function inOrder(members: readonly MemberFacts[]): MemberFacts[] {
  return members
    .map((member, index) => ({ member, rank: member.order ?? 1000 + index }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ member }, index) => ({ ...member, order: index + 1 }))
}

async function judge(context: ActionContext, draft: Draft): Promise<CheckVerdict> {
  const { tx, actor, now, secrets } = context
  await requireTriesLeft(context)
  const reach = reachOf(actor, 'household.list') ?? { areas: [], centreIds: [] }
  const settings = await readSettings(tx)
  const judged = await matchOne(
    tx,
    draft,
    {
      // Of no list: every household of the registry is compared, also those found on the same day.
      listCode: '',
      listDate: dayInThailand(now),
      trust: deskTrust,
      reach: reach.areas,
      rules: settings.survivorship,
      thresholds: settings['match.thresholds'],
      weights: settings['match.weights'],
    },
    secrets,
  )
  if (judged.elsewhere) return judgeElsewhere(context, draft, reach)
  const because = surely[judged.reason]
  // Where there is no doubt, there is one household only.
  const looked = because ? judged.alike.slice(0, 1) : judged.alike
  const shown = await visibleOf(context, draft, looked, reach)
  if (shown.length === 0) return { verdict: 'clear' }
  const rows = await householdRows(
    tx,
    shown.map(({ stored }) => stored),
    now,
  )
  if (because) return { verdict: 'alreadyHere', because, household: rows[0]! }
  const candidates = []
  for (const [index, { stored, score }] of shown.entries()) {
    const likeness = await likenessOf(tx, draft, stored, settings['match.weights'])
    candidates.push({ household: rows[index]!, score: score ?? likeness.score, reasons: likeness.reasons })
  }
  return { verdict: 'doubtful', candidates }
}

async function likenessOf(tx: Tx, draft: Draft, stored: StoredHousehold, weights: Record<MatchTerm, number>) {
  const names = (await membersOf(tx, { provinceCode: stored.province_code, id: stored.id }))
    .filter(({ state }) => state === 'active')
    .map((member) => memberName({ ...member, title: null }))
  const side = { areaCode: stored.area_code, houseNumber: stored.house_number, names }
  return scoreHouseholds(sideOf(draft), side, weights)
}

/** Reasons that leave no doubt; with all others a person decides. */
const surely: Partial<Record<OneVerdict['reason'], 'nationalId' | 'houseCode' | 'likeness'>> = {
  nationalId: 'nationalId',
  houseCode: 'houseCode',
  nameAndHouseNumber: 'likeness',
  fieldAsks: 'nationalId',
}

function sideOf(draft: Draft) {
  return {
    areaCode: draft.household.areaCode,
    houseNumber: draft.household.houseNumber,
    names: draft.members.map((member) => fullName({ ...member, title: null })),
  }
}

/** Of the households that were recognised those that the person may see, the best first, few enough to choose from. */
async function visibleOf(context: ActionContext, draft: Draft, alike: OneVerdict['alike'], reach: Reach) {
  const shown: { stored: StoredHousehold; score: number | null }[] = []
  for (const { id, score } of alike) {
    const stored = await findHousehold(context.tx, { provinceCode: provinceOf(draft.household.areaCode), id })
    if (stored && reaches(reach, placeOf(stored))) shown.push({ stored, score })
    if (shown.length === mostCandidates) break
  }
  return shown
}

/**
 * A household outside the areas: it may still be one of the person's own centre, which they may see; otherwise they
 * learn which centre to ask, and nothing else.
 */
async function judgeElsewhere(context: ActionContext, draft: Draft, reach: Reach): Promise<CheckVerdict> {
  const { tx, now, secrets } = context
  const hashes = draft.members.flatMap(({ nationalId }) =>
    nationalId === null ? [] : [secrets.hashNationalId(nationalId)],
  )
  for (const hash of hashes) {
    const [own] = await membersByNationalId(tx, hash, reach)
    const household = own && (await findHousehold(tx, { provinceCode: own.province_code, id: own.household_id }))
    if (household) {
      const [row] = await householdRows(tx, [household], now)
      return { verdict: 'alreadyHere', because: 'nationalId', household: row! }
    }
  }
  const { houseCode, areaCode } = draft.household
  const byCode = houseCode === null ? undefined : await householdByHouseCode(tx, provinceOf(areaCode), houseCode)
  if (byCode && reaches(reach, placeOf(byCode))) {
    const [row] = await householdRows(tx, [byCode], now)
    return { verdict: 'alreadyHere', because: 'houseCode', household: row! }
  }
  const other = (await householdElsewhere(tx, hashes, reach)) ?? byCode
  if (!other?.centre_id) return { verdict: 'standsElsewhere', centre: null }
  const names = await centreShortNames(tx, [other.centre_id])
  return { verdict: 'standsElsewhere', centre: names.get(other.centre_id) ?? null }
}

/** @throws Problem tooManyTries */
async function requireTriesLeft({ tx, actor, now }: ActionContext): Promise<void> {
  const since = new Date(now.getTime() - hour)
  const checks = await countLately(tx, actor.userId, { actions: counting, since })
  if (checks >= mostChecks) throw new Problem('tooManyTries', { limit: mostChecks })
  const detail = { verdict: 'standsElsewhere' }
  const elsewhere = await countLately(tx, actor.userId, { actions: counting, since, detail })
  if (elsewhere >= mostElsewhere) throw new Problem('tooManyTries', { limit: mostElsewhere })
}

async function auditCheck(context: ActionContext, action: string, draft: Draft, verdict: CheckVerdict): Promise<void> {
  const shown = verdict.verdict === 'alreadyHere' ? { subjectKind: 'household', subjectId: verdict.household.id } : {}
  await context.audit({
    action,
    ...shown,
    areaCode: draft.household.areaCode,
    detail: {
      verdict: verdict.verdict,
      members: draft.members.length,
      ...(verdict.verdict === 'doubtful' ? { shown: verdict.candidates.map(({ household }) => household.id) } : {}),
    },
  })
}

async function store(
  context: ActionContext,
  input: InputOf<typeof householdAdd>,
  draft: Draft,
  key: { provinceCode: number; id: string },
): Promise<StoredHousehold> {
  const { tx, actor, now, secrets } = context
  const { household, members } = draft
  const day = dayInThailand(now)
  const foundOn = input.foundOn ?? day
  if (foundOn > day) throw new Problem('invalidFacts', { fields: [{ field: 'foundOn', fault: 'dateInFuture' }] })
  await nameVillage(tx, household.areaCode, household.villageName, day)
  const place = (await placeNames(tx, [household.areaCode], day)).get(household.areaCode)
  const derived = deriveHousehold(
    { ...household, villageName: place?.village ?? household.villageName },
    members.map((member) => ({ ...member, position: member.order! })),
  )
  await insertHousehold(tx, {
    province_code: key.provinceCode,
    id: key.id,
    area_code: household.areaCode,
    centre_id: await responsibleCentre(tx, household.areaCode, day),
    state: 'active',
    house_code: household.houseCode,
    family_number: household.familyNumber,
    house_number: household.houseNumber,
    house_number_key: derived.houseNumberKey,
    lane: household.lane,
    road: household.road,
    phone: household.phone,
    latitude: household.latitude,
    longitude: household.longitude,
    stated_members: household.memberCount,
    note: household.note,
    head_name: derived.headName,
    sort_key: derived.sortKey,
    search_text: derived.searchText,
    member_count: derived.memberCount,
    list_set: foundList,
    as_of: foundOn,
    trust: deskTrust,
    created_at: now,
    updated_at: now,
  })
  await insertMembers(
    tx,
    members.map((member) =>
      newMember(member, { id: newId(), key, areaCode: household.areaCode, position: member.order!, now, secrets }),
    ),
  )
  await insertListing(tx, {
    id: newId(),
    key,
    areaCode: household.areaCode,
    listCode: foundList,
    listDate: foundOn,
    accountId: actor.userId,
    at: now,
  })
  await insertFactChanges(tx, key, [{ memberId: null, field: 'state', oldValue: null, newValue: 'active' }], {
    source: 'desk',
    accountId: actor.userId,
    reason: input.separateReason,
    asOf: foundOn,
    at: now,
  })
  const stored = (await findHousehold(tx, key))!
  await applyFigureDelta(tx, [], counted(stored))
  await settleCase(context, stored)
  return stored
}
