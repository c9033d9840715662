/** What the parts of the page of progress share. */
import type { Milestone, progressOverview } from '../../../contract/progress.ts'
import type { OutputOf } from '../../../contract/route.ts'
import type { Tone } from '../../ui/Feedback.tsx'

export type ProgressAnswer = OutputOf<typeof progressOverview>

/** Each has a word and a shape of its own. */
export const standingTones = {
  reached: 'success',
  open: 'info',
  missed: 'attention',
  notApplicable: 'neutral',
} as const satisfies Record<NonNullable<Milestone['registry']['standing']>, Tone>

/** The words of a thing that has both. */
export function inLanguage(thing: { nameTh: string; nameEn: string }, locale: 'th' | 'en'): string {
  return locale === 'th' ? thing.nameTh : thing.nameEn
}
