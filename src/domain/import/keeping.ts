/** How long the file of an import and what was read from it are kept: as long as somebody may need it, not a month longer. */

export const mostDaysKept = 30

/** Ends the name of the workbook of rows that were left out: a file of this name that comes in corrects the one before. */
export const correctedMark = '-แก้ไข'

/** What tells whether the file is needed: where its import is, and what is left of it to do. */
export interface KeptFor {
  state: string
  /** Whether the dry run came to its end. */
  isJudged: boolean
  /** Households that stayed out, for which a workbook can be made from the file. */
  leftOut: number
  updatedAt: Date
}

/** Whether a file is kept that belongs to nothing stored: it may still be on its way. */
export function isLooseFileKept(writtenAt: Date, now: Date): boolean {
  return now.getTime() - writtenAt.getTime() < mostDaysKept * 24 * 60 * 60 * 1000
}

/** Work under way keeps its file; an end after which nobody can ask for it lets it go; anything else does in 30 days. */
export function isFileKept({ state, isJudged, leftOut, updatedAt }: KeptFor, now: Date): boolean {
  switch (state) {
    case 'uploaded':
    case 'reading':
    case 'matching':
    case 'committing':
    case 'undoing':
      return true
    case 'cancelled':
    case 'undone':
      return false
    case 'failed':
      return isJudged && isLooseFileKept(updatedAt, now)
    case 'committed':
      return leftOut > 0 && isLooseFileKept(updatedAt, now)
    default:
      return isLooseFileKept(updatedAt, now)
  }
}

/**
 * Whether the rows that were read from a file are kept. Once any of them is in the registry they are its provenance for
 * ever; the rows of an import that never came that far are only names and numbers of people.
 */
export function areRowsKept({ state, isJudged, updatedAt }: KeptFor, isCommittedInPart: boolean, now: Date): boolean {
  if (isCommittedInPart) return true
  switch (state) {
    case 'cancelled':
      return false
    case 'failed':
      return isJudged && isLooseFileKept(updatedAt, now)
    case 'reviewing':
      return isLooseFileKept(updatedAt, now)
    default:
      return true
  }
}
