/** Recording entries of the logbook: one, or many of many households, each stored whole or refused with its reason. */
import { createHash } from 'node:crypto'
import { mostEntriesAtOnce, type logbookNewer, type logbookRecord, type RecordOutcome } from '../../contract/logbook.ts'
import type { InputOf, OutputOf } from '../../contract/route.ts'
import { checkEntry } from '../../domain/logbook/check.ts'
import type { Entry, EntryDraft } from '../../domain/logbook/entry.ts'
import type { Rules } from '../../domain/logbook/rules/index.ts'
import { maskIdsInText } from '../../domain/national-id.ts'
import { mayAt } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import type { AuditEntry, NewAuditRow } from '../queries/audit.ts'
import {
  holdCase,
  holdHouseholds,
  keyText,
  readCases,
  takenEntryIds,
  writeCases,
  type CaseHousehold,
  type HeldHousehold,
  type NewEntry,
  type StoredCase,
} from '../queries/case.ts'
import { findHousehold, type HouseholdKey, type StoredHousehold } from '../queries/households.ts'
import { namesOfAccounts } from '../queries/worklists.ts'
import { keyOfCase, momentAfter, readRules, recordedEntry, settled } from './case-change.ts'
import { caseView, saidBy } from './case-view.ts'
import { requireAt, requirePermission, type ActionContext } from './context.ts'
import { householdAt, keyOf } from './household-change.ts'
import { placeOf, provinceText } from './household-view.ts'

/** An entry for a household; sent by the person who acts, unless the program brings entries of several people. */
export interface EntryToRecord {
  key: HouseholdKey
  entry: EntryDraft
  actor?: ActionContext['actor']
  /** When it was recorded, if not now: a practice province brings in a past year. One moment for a household's entries of a call. */
  at?: Date
}

export type Recorded =
  | {
      outcome: 'recorded' | 'alreadyThere'
      /** The household that was named, and the one whose case it counts for. */
      asked: CaseHousehold
      root: CaseHousehold
      recordedAt: string
      /** Entries stored for the case now. */
      version: number
    }
  | { outcome: 'refused'; problem: Problem }

/**
 * Records entries in the order given: each is checked against what stands before it, those of the same call too, and
 * refused by itself. What the program brings in (a practice province) comes through here as well.
 *
 * @param trace the audit rows of the call, from what became of the entries; none when the caller leaves them
 */
export async function recordEntries(
  context: ActionContext,
  items: readonly EntryToRecord[],
  trace: (results: readonly Recorded[]) => readonly NewAuditRow[] = () => [],
): Promise<Recorded[]> {
  const { tx, now } = context
  for (const actor of new Set(items.map((item) => item.actor ?? context.actor)))
    requirePermission(actor, 'logbook.record')
  const { held, open } = await openCases(context, items)
  const sentFor = new Map<string, string>()
  const named = await householdsNamed(context, items)
  const elsewhere = items.length > 1 ? await idsElsewhere(context, items, [...open.values()]) : new Set<string>()
  const results = items.map((item): Recorded => {
    const household = held.get(keyText(item.key))
    try {
      const actor = item.actor ?? context.actor
      requireAt(actor, 'logbook.record', household && placeOf(household.asked))
      if (item.entry.kind === 'outcomeDecision')
        requireAt(actor, 'outcome.approve', household && placeOf(household.asked))
      const { asked, root } = household!
      const id = `${asked.province_code} ${item.entry.id}`
      // The same id for two households of one call is as wrong as for one that is stored.
      if (elsewhere.has(id) || (sentFor.get(id) ?? asked.id) !== asked.id) throw new Problem('sameIdOtherContent')
      sentFor.set(id, asked.id)
      const others = namedBy(item.entry).filter((other) => {
        const seen = named.get(keyText({ ...item.key, id: other }))
        return seen !== undefined && mayAt(actor, 'household.read', placeOf(seen))
      })
      return open.get(keyText(keyOfCase(root)))!.record(household!, item.entry, actor.userId, item.at ?? now, others)
    } catch (error) {
      if (error instanceof Problem) return { outcome: 'refused', problem: error }
      throw error
    }
  })
  const changed = [...open.values()].filter(({ added }) => added.length > 0)
  const count = await writeCases(
    tx,
    changed.map((one) => settled(one.root, one.before, one.added, one.at, one.rules)),
    trace(results),
  )
  // Another household got an entry of the same id in this very moment.
  if (count !== changed.reduce((sum, one) => sum + one.added.length, 0)) throw new Problem('sameIdOtherContent')
  return results
}

/** Every household that entries are sent for, held, and the cases that they count for. */
async function openCases(
  context: ActionContext,
  items: readonly EntryToRecord[],
): Promise<{ held: Map<string, HeldHousehold>; open: Map<string, OpenCase> }> {
  const keys = distinct(items.map((item) => item.key))
  const [only] = keys
  const single = only && keys.length === 1 ? await holdCase(context.tx, only) : null
  const { held, cases } = single ? heldAlone(only!, single) : await holdMany(context, keys)
  const moments = new Map(
    items.flatMap(({ key, at }) => {
      const household = held.get(keyText(key))
      return household && at ? [[keyText(keyOfCase(household.root)), at] as const] : []
    }),
  )
  const open = cases.map(({ household, stored, rules }): [string, OpenCase] => {
    const key = keyText(stored)
    return [key, new OpenCase(household, stored, momentAfter(stored, moments.get(key) ?? context.now), rules)]
  })
  return { held, open: new Map(open) }
}

interface ReadCase {
  household: CaseHousehold
  stored: StoredCase
  rules: Rules
}

function heldAlone(key: HouseholdKey, one: ReadCase) {
  return { held: new Map([[keyText(key), { asked: one.household, root: one.household }]]), cases: [one] }
}

async function holdMany(
  context: ActionContext,
  keys: readonly HouseholdKey[],
): Promise<{ held: Map<string, HeldHousehold>; cases: ReadCase[] }> {
  const held = await holdHouseholds(context.tx, keys)
  const roots = new Map([...held.values()].map(({ root }) => [keyText(keyOfCase(root)), root]))
  if (roots.size === 0) return { held, cases: [] }
  const rulesOf = await readRules(context, [...roots.values()])
  const stored = await readCases(context.tx, [...roots.values()].map(keyOfCase))
  const cases = stored.map((one) => {
    const household = roots.get(keyText(one))!
    return { household, stored: one, rules: rulesOf(household) }
  })
  return { held, cases }
}

/** A case that entries are being added to. */
class OpenCase {
  readonly added: NewEntry[] = []
  readonly root: CaseHousehold
  readonly before: StoredCase
  readonly at: Date
  readonly rules: Rules
  readonly #entries: (Entry & { householdId: string })[]

  constructor(root: CaseHousehold, before: StoredCase, at: Date, rules: Rules) {
    this.root = root
    this.before = before
    this.at = at
    this.rules = rules
    this.#entries = [...before.entries]
  }

  /** @throws Problem when the entry cannot be stored */
  record(
    { asked, root }: HeldHousehold,
    draft: EntryDraft,
    accountId: string,
    now: Date,
    named: readonly string[],
  ): Recorded {
    const digest = digestOf(draft)
    const known = this.#entries.find(({ id }) => id === draft.id)
    if (known) {
      if (known.householdId !== asked.id || !digestOf(known).equals(digest)) throw new Problem('sameIdOtherContent')
      return { outcome: 'alreadyThere', asked, root, recordedAt: known.recordedAt, version: this.#entries.length }
    }
    if (root.state !== 'active') throw new Problem('wrongState', { state: root.state })
    const today = dayInThailand(now)
    const days = this.before.lists.map(({ from }) => from).toSorted()
    // A household is not a duplicate of itself, nor of what was merged into it.
    const others = new Set(named.filter((id) => id !== asked.id && !this.before.family.includes(id)))
    const { rules } = this
    const faults = checkEntry(this.#entries, draft, { today, listDate: days[0] ?? null, accountId, rules, others })
    const [first] = faults
    if (first) {
      throw new Problem(first.fault, {
        suggestion: first.suggestion,
        fields: faults.map(({ field, fault }) => ({ field: `entry.${field}`, fault })),
      })
    }
    const entry = recordedEntry(draft, accountId, this.at)
    this.added.push({ entry, householdId: asked.id, digest })
    this.#entries.push({ ...entry, householdId: asked.id })
    return { outcome: 'recorded', asked, root, recordedAt: entry.recordedAt, version: this.#entries.length }
  }
}

/** The other household that an entry names, of which it is a duplicate. */
function namedBy(entry: EntryDraft): string[] {
  const said = entry.kind === 'correction' ? entry.content.replacement : entry
  return said?.kind === 'outcome' && said.content.sameAs !== undefined ? [said.content.sameAs] : []
}

/** Those of the named households that there are, by `keyText`. */
async function householdsNamed(
  { tx }: ActionContext,
  items: readonly EntryToRecord[],
): Promise<Map<string, StoredHousehold>> {
  const found = new Map<string, StoredHousehold>()
  for (const { key, entry } of items)
    for (const id of namedBy(entry)) {
      const named = { ...key, id }
      const household = found.get(keyText(named)) ?? (await findHousehold(tx, named))
      if (household) found.set(keyText(named), household)
    }
  return found
}

function distinct(keys: readonly HouseholdKey[]): HouseholdKey[] {
  return [...new Map(keys.map((key) => [keyText(key), key])).values()]
}

/** Province and id of those entries whose id another household has: refused one by one, where a single one just fails. */
async function idsElsewhere(
  { tx }: ActionContext,
  items: readonly EntryToRecord[],
  cases: readonly OpenCase[],
): Promise<Set<string>> {
  const own = new Set(cases.flatMap((one) => one.before.entries.map(({ id }) => id)))
  const found = new Set<string>()
  for (const province of new Set(items.map(({ key }) => key.provinceCode))) {
    const ids = items.filter(({ key, entry }) => key.provinceCode === province && !own.has(entry.id))
    const taken = await takenEntryIds(
      tx,
      province,
      ids.map(({ entry }) => entry.id),
    )
    for (const id of taken) found.add(`${province} ${id}`)
  }
  return found
}

/**
 * SHA-256 of kind, day and content, whatever the order in which the sender wrote them. Ids in words do not tell entries
 * apart: they are masked on the way in, and were not always.
 */
export function digestOf({ kind, happenedOn, content }: Pick<EntryDraft, 'kind' | 'happenedOn' | 'content'>): Buffer {
  return createHash('sha256').update(canonical({ kind, happenedOn, content })).digest()
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'string') return JSON.stringify(maskIdsInText(value))
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}

/** An entry that somebody sends from a desk. */
export interface RecordCall {
  call: ActionContext
  input: InputOf<typeof logbookRecord>
}

/** Records an entry for each of several people who ask at the same moment, in one transaction that all of them share. */
export async function recordTogether(
  calls: readonly RecordCall[],
): Promise<(OutputOf<typeof logbookRecord> | Problem)[]> {
  const results = await recordEntries(
    calls[0]!.call,
    calls.map(({ call, input }) => ({ key: keyOf(input), entry: input.entry, actor: call.actor })),
    (found) =>
      found.flatMap((one, index) => {
        const { call, input } = calls[index]!
        return one.outcome === 'refused' ? [] : [call.auditRow(traceOf(input.entry, one))]
      }),
  )
  const answers = []
  for (const [index, result] of results.entries())
    answers.push(result.outcome === 'refused' ? result.problem : await answerTo(calls[index]!, result))
  return answers
}

async function answerTo({ call, input }: RecordCall, recorded: Exclude<Recorded, { outcome: 'refused' }>) {
  const { root } = recorded
  // Where the case is may be out of reach, when the household was merged: the entry is stored all the same.
  const isShown = input.withCase && mayAt(call.actor, 'household.read', placeOf(root))
  const household = isShown ? await findHousehold(call.tx, keyOfCase(root)) : undefined
  return { ...recordedView(recorded), case: household ? await caseView(call, household) : null }
}

function traceOf(entry: EntryDraft, { outcome, asked, root }: Exclude<Recorded, { outcome: 'refused' }>): AuditEntry {
  return {
    action: 'logbook.record',
    subjectKind: 'household',
    subjectId: asked.id,
    areaCode: asked.area_code,
    detail: {
      entry: entry.id,
      kind: entry.kind,
      ...(outcome === 'alreadyThere' ? { again: true } : {}),
      ...(root.id === asked.id ? {} : { countsFor: root.id }),
    },
  }
}

function recordedView(recorded: Exclude<Recorded, { outcome: 'refused' }>) {
  const { outcome, asked, root, recordedAt, version } = recorded
  return {
    outcome,
    recordedAt,
    household: { province: provinceText(root.province_code), id: root.id },
    isMerged: root.id !== asked.id,
    version,
  }
}

/** Records entries of several households; what is refused is told beside what was stored. */
export async function recordManyEntries(
  context: ActionContext,
  items: readonly EntryToRecord[],
): Promise<RecordOutcome[]> {
  if (items.length > mostEntriesAtOnce) throw new Problem('tooLarge', { limit: mostEntriesAtOnce })
  const results = await recordEntries(context, items, (outcomes) => [context.auditRow(traceOfMany(items, outcomes))])
  return results.map((result, index) => {
    const entryId = items[index]!.entry.id
    if (result.outcome !== 'refused') return { entryId, ...recordedView(result) }
    const { code, problem, details } = result.problem
    return { entryId, outcome: 'refused', code, problem, details }
  })
}

function traceOfMany(items: readonly EntryToRecord[], results: readonly Recorded[]): AuditEntry {
  const ids = (outcome: Recorded['outcome']) =>
    items.flatMap(({ entry }, index) => (results[index]!.outcome === outcome ? [entry.id] : []))
  const [area] = results.flatMap((one) => (one.outcome === 'refused' ? [] : [one.asked.area_code.slice(0, 2)]))
  return {
    action: 'logbook.recordMany',
    areaCode: area ?? '',
    detail: {
      recorded: ids('recorded'),
      again: ids('alreadyThere').length,
      refused: ids('refused').length,
    },
  }
}

/** Entries that were stored after those that somebody saw. */
export async function newerEntries(
  context: ActionContext,
  input: InputOf<typeof logbookNewer>,
): Promise<OutputOf<typeof logbookNewer>> {
  const household = await householdAt(context, 'household.read', keyOf(input))
  const [stored] = await readCases(context.tx, [keyOf(input)])
  const newer = stored!.entries.slice(input.version)
  const names = await namesOfAccounts(
    context.tx,
    newer.map(({ accountId }) => accountId),
  )
  return {
    version: stored!.entries.length,
    // After a merge or its undoing, entries came or went that no number tells apart.
    reload: household.version !== input.householdVersion || input.version > stored!.entries.length,
    entries: newer.map((entry) => ({
      id: entry.id,
      kind: entry.kind,
      happenedOn: entry.happenedOn,
      recordedAt: entry.recordedAt,
      by: { id: entry.accountId, name: names.get(entry.accountId) ?? '' },
      corrects: entry.kind === 'correction' ? entry.content.corrects : null,
      said: saidBy(entry),
      reason: entry.kind === 'correction' ? entry.content.reason : null,
    })),
  }
}
