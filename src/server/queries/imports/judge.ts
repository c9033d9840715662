/** What matching and committing know about a batch beside its rows. */
import type { MatchTerm } from '../../../domain/matching.ts'
import type { Settings } from '../../../domain/settings.ts'

export interface JudgedBatch {
  id: string
  listCode: string
  /** `YYYY-MM-DD` */
  listDate: string
  /** How far the list is trusted; larger is more. */
  trust: number
  /** Areas whose households may be named as candidates; '' for everywhere. */
  reach: readonly string[]
  rules: Settings['survivorship']
  thresholds: Settings['match.thresholds']
  weights: Readonly<Record<MatchTerm, number>>
}
