/** What is recorded for many households at once, as entries; each keeps its id, so that trying again doubles nothing. */
import type { RecordOutcome } from '../../../contract/logbook.ts'
import type { WorklistRow } from '../../../contract/worklists.ts'
import type { EntryDraft } from '../../../domain/logbook/entry.ts'

/** What people do to many at once. Visits are not among them: somebody has to have been at each house. */
export const acts = ['approve', 'refuse', 'assistance', 'hold'] as const
export type Act = (typeof acts)[number]

export type Said = { happenedOn: string } & (
  | { act: 'approve' | 'refuse'; reason: string | null }
  | { act: 'assistance'; content: Omit<AssistanceContent, 'problemIds' | 'memberId' | 'item' | 'quantity' | 'photos'> }
  | { act: 'hold'; untilOn: string; reason: string }
)
type AssistanceContent = Extract<EntryDraft, { kind: 'assistance' }>['content']

export interface SentEntry {
  row: WorklistRow
  entry: EntryDraft
}

/** Whether this act has something to do with the household. */
export function isOffered(act: Act, row: WorklistRow): boolean {
  return act === 'approve' || act === 'refuse' ? (row.outcome?.mayDecide ?? false) : true
}

/** One entry for each household that the act is offered for. */
export function entriesOf(said: Said, rows: readonly WorklistRow[], newId: () => string): SentEntry[] {
  return rows
    .filter((row) => isOffered(said.act, row))
    .map((row) => ({ row, entry: { id: newId(), happenedOn: said.happenedOn, ...contentOf(said, row) } as EntryDraft }))
}

function contentOf(said: Said, row: WorklistRow) {
  if (said.act === 'hold') return { kind: 'hold', content: { untilOn: said.untilOn, reason: said.reason } }
  if (said.act === 'assistance')
    return {
      kind: 'assistance',
      content: { problemIds: [], memberId: null, item: null, quantity: null, photos: [], ...said.content },
    }
  return {
    kind: 'outcomeDecision',
    content: { outcomeId: row.outcome!.outcomeId, decision: said.act, reason: said.reason },
  }
}

export interface DoneEntry extends SentEntry {
  outcome: RecordOutcome
}

/** Outcomes come in the order sent, and name their entry. */
export function withOutcomes(sent: readonly SentEntry[], outcomes: readonly RecordOutcome[]): DoneEntry[] {
  const byId = new Map(outcomes.map((outcome) => [outcome.entryId, outcome]))
  return sent.flatMap((one) => {
    const outcome = byId.get(one.entry.id)
    return outcome ? [{ ...one, outcome }] : []
  })
}

/** Newer outcomes take the place of earlier ones of the same household. */
export function merged(earlier: readonly DoneEntry[], newer: readonly DoneEntry[]): DoneEntry[] {
  const byId = new Map(newer.map((one) => [one.row.id, one]))
  const kept = earlier.map((one) => byId.get(one.row.id) ?? one)
  const known = new Set(earlier.map((one) => one.row.id))
  return [...kept, ...newer.filter((one) => !known.has(one.row.id))]
}
