/** What the parts of the overview share. */
import type { figureOverview } from '../../../contract/figures.ts'
import type { OutputOf } from '../../../contract/route.ts'

export type OverviewAnswer = OutputOf<typeof figureOverview>

/** The overview of an area; the nation too is named, for without a name the address means one's own area. */
export function overviewAddress(area: string): string {
  return `/?area=${area}`
}
