/**
 * When a dry run says too often that a household stands in another area. A few such rows are what a list is like: people
 * move. Many are what a file made of ids would give, and then nobody is shown which rows they are.
 */
import type { Settings } from '../settings.ts'

export interface ElsewhereFound {
  /** Rows of the file that the registry has outside the reach. */
  rows: number
  households: number
  /** Such rows of other files that the same person had checked since a day ago. */
  earlier: number
}

export function isTooManyElsewhere(found: ElsewhereFound, limits: Settings['import.limits']): boolean {
  if (found.rows === 0) return false
  const mostOfFile = Math.max(limits.elsewhereRows, Math.floor((found.households * limits.elsewhereShare) / 100))
  return found.rows > mostOfFile || found.earlier + found.rows > limits.elsewherePerDay
}
