/** What the counts of a batch come to, in one place for every screen that says them. */
import type { Batch } from '../../../contract/imports.ts'

/**
 * Households that `import.commit` would take in now: before the first commit what waits for nobody, afterwards what was
 * decided since.
 */
export function readyHouseholds({ counts, committedAt }: Batch): number {
  if (!counts) return 0
  if (committedAt !== null) return counts.decided
  const { verdicts } = counts
  return verdicts.new + verdicts.same + verdicts.update + verdicts.match + verdicts.conflict - counts.waiting
}
