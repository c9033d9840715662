/**
 * Settling a case: what follows from a household's entries, its lists and its place is written again whenever one of
 * them changes. Every door that changes a household ends here, so that what is stored is always equal to the fold.
 */
import type { EntryDraft } from '../../domain/logbook/entry.ts'
import { nextDuty } from '../../domain/logbook/duty.ts'
import { factsOf } from '../../domain/logbook/facts.ts'
import { fold } from '../../domain/logbook/fold.ts'
import type { Rules } from '../../domain/logbook/rules/index.ts'
import { waitingOf } from '../../domain/logbook/work.ts'
import {
  keyText,
  readCases,
  writeCases,
  type CaseHousehold,
  type CaseWrite,
  type NewEntry,
  type StoredCase,
} from '../queries/case.ts'
import type { HouseholdKey } from '../queries/households.ts'
import { rulesFor } from '../queries/rules.ts'
import type { ActionContext } from './context.ts'

type SettleContext = Pick<ActionContext, 'tx' | 'now'>

/** Settles one household, which the caller holds, after its facts, its lists, its place or its state changed. */
export async function settleCase(context: SettleContext, household: CaseHousehold): Promise<void> {
  await settleCases(context, [household])
}

/** Settles many at once; all of them are held by the caller, and as they are now. */
export async function settleCases(context: SettleContext, households: readonly CaseHousehold[]): Promise<void> {
  const rulesOf = await readRules(context, households)
  const stored = await readCases(context.tx, households.map(keyOfCase))
  const byKey = new Map(stored.map((one) => [keyText(one), one]))
  await writeCases(
    context.tx,
    households.map((household) => {
      const before = byKey.get(keyText(keyOfCase(household)))!
      return settled(household, before, [], momentAfter(before, context.now), rulesOf(household))
    }),
  )
}

export function keyOfCase(household: CaseHousehold): HouseholdKey {
  return { provinceCode: household.province_code, id: household.id }
}

/** The rules of each household's province, read once. */
export async function readRules(
  { tx }: SettleContext,
  households: readonly CaseHousehold[],
): Promise<(household: CaseHousehold) => Rules> {
  const byProvince = new Map<number, Rules>()
  for (const { province_code } of households)
    if (!byProvince.has(province_code)) byProvince.set(province_code, await rulesFor(tx, province_code))
  return (household) => byProvince.get(household.province_code)!
}

/**
 * The moment of a change: now, but always later than what the household's ledger knows, so that its moments have one
 * order whatever clocks and waiting did.
 */
export function momentAfter(stored: StoredCase, now: Date): Date {
  return now.getTime() > stored.lastAt ? now : new Date(Math.floor(stored.lastAt) + 1)
}

/** What a household's case is with these entries added: the whole rule of what is stored. Pure. */
export function settled(
  household: CaseHousehold,
  stored: StoredCase,
  added: readonly NewEntry[],
  at: Date,
  rules: Rules,
): CaseWrite {
  const entries = [...stored.entries, ...added.map(({ entry, householdId }) => ({ ...entry, householdId }))]
  // The entries of a household that was merged count for the one that stayed.
  const state = entries.length === 0 || household.state === 'merged' ? null : fold(entries, rules, stored)
  const isCounted = household.state === 'active'
  return {
    provinceCode: household.province_code,
    id: household.id,
    at,
    areaCode: household.area_code,
    added,
    state,
    dueOn: isCounted ? (nextDuty({ state, lists: stored.lists, rules })?.dueOn ?? null) : null,
    waiting: isCounted && state ? waitingOf(state) : [],
    before: stored.standing,
    after: isCounted
      ? { areaCode: household.area_code, listSet: household.list_set, facts: factsOf(state, rules) }
      : null,
    isStored: stored.isStored,
  }
}

/** The entry as it is stored: the moment is the server's, the person the session's. */
export function recordedEntry(draft: EntryDraft, accountId: string, at: Date): NewEntry['entry'] {
  return { ...draft, accountId, recordedAt: at.toISOString() }
}
