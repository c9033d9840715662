/** A row of a list after the rules have read it: facts in the registry's own terms, and everything that was wrong. */
import type { HouseholdFacts } from '../household.ts'
import type { MemberFacts } from '../member.ts'
import type { ImportField } from './field.ts'

/** What can be wrong with a row. The sentences stand in `text/faults.ts`. */
export const rowFaults = {
  required: 'invalid',
  nationalIdChecksum: 'invalid',
  nationalIdLength: 'invalid',
  nationalIdScientific: 'invalid',
  nationalIdPractice: 'invalid',
  nationalIdMissing: 'note',
  nationalIdInText: 'note',
  houseCodeFormat: 'note',
  houseCodeScientific: 'invalid',
  houseNumberWasDate: 'note',
  dateUnreadable: 'invalid',
  dateAmbiguousYear: 'invalid',
  dateInFuture: 'invalid',
  dateWasBuddhistYear: 'note',
  areaUnknown: 'invalid',
  areaEnded: 'invalid',
  areaNotYet: 'invalid',
  areaAmbiguous: 'invalid',
  areaNameDiffersFromCode: 'note',
  areaOutsidePermission: 'invalid',
  villageUnknown: 'note',
  mooUnreadable: 'invalid',
  numberUnreadable: 'invalid',
  coordinateUnreadable: 'note',
  textTooLong: 'invalid',
  sexUnreadable: 'note',
  sexDiffersFromTitle: 'note',
  phoneUnreadable: 'note',
  encodingDamaged: 'invalid',
  nameMissing: 'invalid',
} as const

export type RowFault = keyof typeof rowFaults

/** A fault at one field; `invalid` keeps the row out, a `note` only tells. */
export interface Fault {
  field: ImportField
  fault: RowFault
  /** `YYYY-MM-DD` that the sentence names: the last day of an area that ended, the first of one that was not there yet. */
  day?: string
}

export interface StagedRow {
  /** 1-based, as a spreadsheet program shows it. */
  rowNumber: number
  /**
   * Rows with the same key are one household of the file; null when the row stands alone. Only set for files that
   * give one row per person.
   */
  householdKey: string | null
  /** `areaCode` is '' when a fault of the area keeps the row out. */
  household: HouseholdFacts
  /** The person of this row; null when the row names nobody. */
  member: MemberFacts | null
  faults: Fault[]
}

export function isInvalid(row: StagedRow): boolean {
  return row.faults.some(({ fault }) => rowFaults[fault] === 'invalid')
}
