/** A household's case as the contract shows it: its story newest first, and what the rules say about it today. */
import type { CaseView, EntryView, logbookCase, Said } from '../../contract/logbook.ts'
import type { InputOf } from '../../contract/route.ts'
import { classesOf } from '../../domain/logbook/classes.ts'
import { findDoubleHelp } from '../../domain/logbook/duplicates.ts'
import { dutyOf } from '../../domain/logbook/duty.ts'
import { effectiveEntries, type EffectiveEntries, type EntryVersions } from '../../domain/logbook/effective.ts'
import { ageOn, givenHelp, proposeHelp, type HelpFacts } from '../../domain/logbook/eligibility.ts'
import type { Entry, FourT } from '../../domain/logbook/entry.ts'
import { foldEffective } from '../../domain/logbook/fold.ts'
import { healthOf } from '../../domain/logbook/health.ts'
import { proseOf } from '../../domain/logbook/prose.ts'
import type { FourTRule } from '../../domain/logbook/rules/fourT.ts'
import { mayAt } from '../../domain/permission.ts'
import { dayInThailand } from '../../domain/time.ts'
import { readCases, type StoredEntry } from '../queries/case.ts'
import { helpItemsIn, type NamedHelpItem } from '../queries/catalogue.ts'
import { holdsInForce, type StoredHold } from '../queries/holds.ts'
import type { StoredHousehold } from '../queries/households.ts'
import { membersOf } from '../queries/members.ts'
import { findRuleVersion, rulesFor } from '../queries/rules.ts'
import { namesOfAccounts } from '../queries/worklists.ts'
import type { ActionContext } from './context.ts'
import { householdAt, keyOf } from './household-change.ts'
import { placeOf, provinceText } from './household-view.ts'
import { auditHousehold } from './households.ts'

/** Opens a household's story; that somebody looked is written down. */
export async function showCase(context: ActionContext, input: InputOf<typeof logbookCase>): Promise<CaseView> {
  const household = await householdAt(context, 'household.read', keyOf(input))
  await auditHousehold(context, 'logbook.case', household)
  return caseView(context, household)
}

/** The whole case; whoever calls has asked for permission and leaves the audit row. */
export async function caseView(context: ActionContext, household: StoredHousehold): Promise<CaseView> {
  const { tx, actor, now } = context
  const key = { provinceCode: household.province_code, id: household.id }
  const today = dayInThailand(now)
  const rules = await rulesFor(tx, key.provinceCode)
  const [stored] = await readCases(tx, [key])
  const entries = effectiveEntries(stored!.entries)
  const state = foldEffective(entries, rules, stored!)
  const health = healthOf(entries.effective)
  const healthById = new Map(health.map((one) => [one.memberId, one]))
  const members = (await membersOf(tx, key))
    .filter((member) => member.state === 'active')
    .map((member) => ({
      id: member.id,
      age: ageOn(member.birth_date, today),
      occupation: member.occupation,
      health: healthById.get(member.id),
      needsCare: healthById.get(member.id)?.caresForSelf === false,
    }))
  const isActive = household.state === 'active'
  const holds = await holdsInForce(tx, household.area_code, today)
  const areaHolds = holds.map(areaHoldView)
  const lists = isActive ? stored!.lists : []
  const duty = dutyOf({ state: isActive ? state : null, lists, rules, today, areaHolds })
  const classes = classesOf({ members, state, on: today }, rules.classes)
  const items = await helpItemsIn(tx, key.provinceCode, today)
  const place = placeOf(household)
  return {
    province: provinceText(key.provinceCode),
    id: household.id,
    version: stored!.entries.length,
    householdVersion: household.version,
    householdState: household.state as CaseView['householdState'],
    mergedInto: household.merged_into,
    state,
    entries: await entryViews(context, household.id, stored!.entries, entries, new Set(state.loose)),
    health,
    duty: { ...duty, areaHolds },
    classes,
    proposals: isActive
      ? proposals({ members, state, classes, given: givenHelp(entries.effective), on: today }, items)
      : [],
    givenAgain: givenAgain(entries, items),
    doubleHelp: findDoubleHelp(entries.effective, new Map(items.map(({ code, eligible }) => [code, eligible]))),
    prose: await prose(context, { members, state, provinceCode: key.provinceCode, rules }),
    may: {
      record: isActive && mayAt(actor, 'logbook.record', place),
      approve: isActive && mayAt(actor, 'outcome.approve', place),
    },
  }
}

/** A hold of an area as a household under it shows it. */
export function areaHoldView(hold: StoredHold): CaseView['duty']['areaHolds'][number] {
  return { areaCode: hold.area_code, fromOn: hold.from_on, untilOn: hold.until_on, reason: hold.reason }
}

/** Fitting help with what the catalogue says of it. */
function proposals(facts: HelpFacts, items: readonly NamedHelpItem[]): CaseView['proposals'] {
  const byCode = new Map(items.map((item) => [item.code, item]))
  return proposeHelp(facts, items).map((proposal) => {
    const { nameTh, nameEn, agency, dimension, amountTh, amountEn, amountBaht } = byCode.get(proposal.item)!
    return { ...proposal, nameTh, nameEn, agency, dimension, amountTh, amountEn, amountBaht }
  })
}

function givenAgain({ effective }: EffectiveEntries, items: readonly NamedHelpItem[]): CaseView['givenAgain'] {
  const given = new Set(givenHelp(effective).map(({ item }) => item))
  return items
    .filter(({ code }) => given.has(code))
    .map(({ code, eligible: { onlyOnce, againAfterMonths } }) => ({ item: code, onlyOnce, againAfterMonths }))
}

async function prose(
  { tx }: ActionContext,
  facts: Pick<Parameters<typeof proseOf>[0], 'members' | 'state'> & {
    provinceCode: number
    rules: { fourT: FourTRule }
  },
): Promise<string | null> {
  const given: FourT | null = facts.state.fourT
  const choices = given && (await findRuleVersion(tx, facts.provinceCode, 'fourT', given.version))
  return given && proseOf({ ...facts, choices: choices ?? facts.rules.fourT })
}

/** What an entry says, or what a correction puts in the place of another; null when it takes that back. */
export function saidBy(entry: Entry): Said | null {
  const saying = entry.kind === 'correction' ? entry.content.replacement : entry
  return saying && ({ kind: saying.kind, content: saying.content } as Said)
}

async function entryViews(
  { tx }: ActionContext,
  householdId: string,
  stored: readonly StoredEntry[],
  effective: EffectiveEntries,
  loose: ReadonlySet<string>,
): Promise<EntryView[]> {
  const names = await namesOfAccounts(tx, [...new Set(stored.map(({ accountId }) => accountId))])
  return entryViewsOf({ householdId, stored, effective, loose, names })
}

/** Every entry with its versions, newest first; of one day, as they were recorded. Pure. */
export function entryViewsOf(given: {
  householdId: string
  stored: readonly StoredEntry[]
  effective: EffectiveEntries
  loose: ReadonlySet<string>
  /** Of all who recorded something, by the account's id. */
  names: ReadonlyMap<string, string>
}): EntryView[] {
  const { householdId, loose, names } = given
  const by = (entry: Entry) => ({ id: entry.accountId, name: names.get(entry.accountId) ?? '' })
  const householdOf = new Map(given.stored.map((entry) => [entry.id, entry.householdId]))
  const from = (id: string) => (householdOf.get(id) === householdId ? null : (householdOf.get(id) ?? null))
  const views = [...given.effective.versions.values()].map((entry): EntryView => {
    const { original, versionId, effective } = entry
    const said = saidBy((effective ?? original) as Entry)
    return {
      id: original.id,
      kind: original.kind,
      happenedOn: effective?.happenedOn ?? original.happenedOn,
      said: effective && said,
      recordedAt: original.recordedAt,
      by: by(original),
      latestId: versionId,
      versions: versionViews(entry, by),
      fromHouseholdId: from(original.id),
      isLoose: loose.has(original.id),
    }
  })
  return views.toSorted((a, b) => {
    const [one, other] = [a, b].map((view) => `${view.happenedOn} ${view.recordedAt} ${view.id}`)
    return one! < other! ? 1 : -1
  })
}

function versionViews(
  { original, corrections, versionId }: EntryVersions,
  by: (entry: Entry) => { id: string; name: string },
): EntryView['versions'] {
  const first = original as Entry
  return [first, ...corrections]
    .toSorted((a, b) => (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : a.id < b.id ? -1 : 1))
    .map((entry) => ({
      id: entry.id,
      recordedAt: entry.recordedAt,
      by: by(entry),
      happenedOn:
        entry.kind === 'correction' ? (entry.content.replacement?.happenedOn ?? entry.happenedOn) : entry.happenedOn,
      reason: entry.kind === 'correction' ? entry.content.reason : null,
      said: saidBy(entry),
      counts: entry.id === versionId,
    }))
}
