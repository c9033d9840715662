/**
 * How the members of a household are, as its assessments say: disabled or chronically ill, and whether they care for
 * themselves. Sensitive (PDPA section 26): it stands in the entries alone, never beside a member or in a stored case, so
 * that only those who may read the household's story see it.
 */
import type { EffectiveEntry } from './effective.ts'
import type { MemberHealth } from './entry.ts'

export interface KnownHealth extends MemberHealth {
  /** The day of the assessment that said so. */
  on: string
}

/** The newest that is known of each member, by their ids. */
export function healthOf(entries: readonly EffectiveEntry[]): KnownHealth[] {
  const known = new Map<string, KnownHealth>()
  // Entries stand by day, so that a later one takes the place of an earlier one.
  for (const entry of entries)
    if (entry.kind === 'assessment')
      for (const one of entry.content.health ?? []) known.set(one.memberId, { ...one, on: entry.happenedOn })
  return [...known.values()].toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1))
}
