/**
 * Which version of each entry counts. A correction names the entry, or the correction of it, that its writer had seen;
 * the end of that chain counts. Where two people corrected the same version without seeing each other, the larger id
 * (UUIDv7: the later) counts, and the other one stays readable. Nothing here depends on the order of arrival.
 */
import type { Entry, EntryDraft } from './entry.ts'

type Stored<Draft> = Draft & { recordedAt: string; accountId: string; householdId?: string }
export type StatedEntry = Stored<Exclude<EntryDraft, { kind: 'correction' }>>
export type CorrectionEntry = Stored<Extract<EntryDraft, { kind: 'correction' }>>

/** An entry as it counts: its own id, moment and account; day and content of the version that counts. */
export type EffectiveEntry = StatedEntry & {
  /** The entry or its latest correction: what the next correction, or a decision, must name. */
  versionId: string
}

/** An entry with everything that was ever said in its place, for the screen. */
export interface EntryVersions {
  original: StatedEntry
  /** All that correct it, directly or through another correction; in the order of their ids. */
  corrections: CorrectionEntry[]
  versionId: string
  /** Null when it was taken back. */
  effective: EffectiveEntry | null
}

export interface EffectiveEntries {
  /** By the day on which it happened, then by id. */
  effective: EffectiveEntry[]
  /** Of every entry that is not a correction itself, by its id. */
  versions: Map<string, EntryVersions>
  /** Corrections that cannot stand: of nothing in this logbook, of another kind, or of a decision. By id. */
  loose: string[]
}

export function effectiveEntries(entries: readonly Entry[]): EffectiveEntries {
  const stated = new Map<string, StatedEntry>()
  const corrections = new Map<string, CorrectionEntry>()
  for (const entry of entries) {
    if (entry.kind === 'correction') corrections.set(entry.id, entry)
    else stated.set(entry.id, entry)
  }
  const next = followers(corrections)
  const effective: EffectiveEntry[] = []
  const versions = new Map<string, EntryVersions>()
  for (const original of stated.values()) {
    const found = next === null ? alone(original) : withCorrections(original, next)
    versions.set(original.id, found)
    if (found.effective) effective.push(found.effective)
    for (const correction of found.corrections) corrections.delete(correction.id)
  }
  effective.sort(byDay)
  return { effective, versions, loose: [...corrections.keys()].sort() }
}

function byDay(a: EffectiveEntry, b: EffectiveEntry): number {
  if (a.happenedOn !== b.happenedOn) return a.happenedOn < b.happenedOn ? -1 : 1
  return a.id < b.id ? -1 : 1
}

/** Corrections by what they correct, each list with the larger id last; null when there are none. */
function followers(corrections: ReadonlyMap<string, CorrectionEntry>): Map<string, CorrectionEntry[]> | null {
  if (corrections.size === 0) return null
  const next = new Map<string, CorrectionEntry[]>()
  for (const correction of corrections.values()) {
    const others = next.get(correction.content.corrects)
    if (others) others.push(correction)
    else next.set(correction.content.corrects, [correction])
  }
  for (const list of next.values()) list.sort((a, b) => (a.id < b.id ? -1 : 1))
  return next
}

function alone(original: StatedEntry): EntryVersions {
  const versionId = original.id
  return { original, corrections: [], versionId, effective: { ...original, versionId } }
}

function withCorrections(original: StatedEntry, next: ReadonlyMap<string, CorrectionEntry[]>): EntryVersions {
  // A decision is undone by another decision; it is not corrected.
  if (original.kind === 'outcomeDecision' || !next.has(original.id)) return alone(original)
  const fits = ({ content: { replacement } }: CorrectionEntry) =>
    replacement === null || replacement.kind === original.kind
  const corrections: CorrectionEntry[] = []
  // A chain starts at an entry, so a ring of corrections is never entered.
  const waiting = [original.id]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const correction of next.get(id) ?? []) {
      if (!fits(correction)) continue
      corrections.push(correction)
      waiting.push(correction.id)
    }
  }
  corrections.sort((a, b) => (a.id < b.id ? -1 : 1))
  let last: CorrectionEntry | undefined
  for (let found = next.get(original.id)?.findLast(fits); found; found = next.get(found.id)?.findLast(fits))
    last = found
  if (!last) return alone(original)
  const { replacement } = last.content
  const effective = replacement && ({ ...original, ...replacement, versionId: last.id } as EffectiveEntry)
  return { original, corrections, versionId: last.id, effective }
}

/** The entry that this id is, or is a correction of. */
export function versionsHolding(versions: EffectiveEntries['versions'], id: string): EntryVersions | null {
  const direct = versions.get(id)
  if (direct) return direct
  for (const each of versions.values()) if (each.corrections.some((correction) => correction.id === id)) return each
  return null
}
