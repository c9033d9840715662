/** What the counts of a batch come to, in one place for every screen that says them. */
import type { Batch } from '../../../contract/imports.ts'

/** Households that `import.commit` would take in now. */
export function readyHouseholds({ counts }: Batch): number {
  return counts?.decided ?? 0
}
