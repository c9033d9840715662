/**
 * How often each trouble of a real list is planted, in one table. No public count of such troubles exists: where no
 * source is named the rate is our own choice, made so that a province meets every kind many times over and yet most
 * rows stay sound.
 */

/** What is done to the household of a TPMAP row, at most one of these; the rest of the households are sound. */
export const tpmapHouseholdTraps = {
  /** Houses without a register; house number and village still tell the household. */
  missingHouseCode: 0.015,
  /** Ten digits: one was lost in typing. */
  shortHouseCode: 0.001,
  /** Somebody opened a CSV in Excel and saved it; the digits are gone. */
  scientificHouseCode: 0.0001,
  missingMoo: 0.004,
  /** The poor who live without a house number; the house code tells them. */
  missingHouseNumber: 0.006,
  /** Excel takes 27/1 for a date; Korat's import had to repair it. About one in ten of the numbers that look like one. */
  houseNumberAsDate: 0.01,
  /** Clerks who type with the Thai digit row. */
  thaiDigits: 0.03,
  /** Misspelt so that no subdistrict of the district can be meant with certainty. */
  misspeltSubdistrict: 0.003,
} as const

/** What is done to one person of TPMAP, at most one of these. */
export const tpmapPersonTraps = {
  /** Newborn, unregistered, or not asked. */
  missingId: 0.02,
  wrongCheckDigit: 0.003,
  scientificId: 0.0002,
  shortId: 0.0003,
  /** "12/3/08": of which century? */
  twoDigitYear: 0.002,
  /** A slip such as 2656 for 2565. */
  futureDate: 0.00015,
  incomeInWords: 0.0003,
} as const

/** What is done to the place of a ThaiQM row, at most one of these. */
export const thaiqmHouseholdTraps = {
  missingHouseCode: 0.03,
  shortHouseCode: 0.001,
  scientificHouseCode: 0.0002,
  missingMoo: 0.006,
  missingHouseNumber: 0.008,
  houseNumberAsDate: 0.01,
  thaiDigits: 0.03,
  misspeltSubdistrict: 0.003,
} as const

/** What is done to the head of a ThaiQM row, at most one of these. */
export const thaiqmPersonTraps = {
  missingId: 0.02,
  wrongCheckDigit: 0.003,
  /** A CSV that went through Excel. */
  scientificId: 0.0003,
  shortId: 0.0003,
} as const

export const rates = {
  /** TPMAP households that also stand on ThaiQM: overlaps are small in public figures (domain notes 11.5). */
  overlap: 0.075,
  /** Rows of one household pasted twice. */
  duplicate: 0.005,
  /** Houses with two families under one code (domain notes 6.3). */
  twoFamilies: 0.01,
  /** A person counted where registered and again where living; of households with several members. */
  personInTwoHouses: 0.006,
  /** Birth known by its year only, among people born before 2500 (domain notes 8.5). */
  yearOnlyBirth: 0.06,
  /** Cells with a space or a no-break space behind the text. */
  straySpace: 0.02,
  /** Names whose marks stand in the wrong order, or with two sara e for sara ae. */
  disorderedMarks: 0.007,
  /** A telephone as a number, so that its 0 is lost; among those with a telephone. */
  phoneWithoutZero: 0.4,
  hasPhone: 0.35,
  hasNote: 0.04,
  /** Empty rows between pages. */
  blankRow: 0.0006,
  /** Names that Word left in pieces, Thai and Latin in runs of their own (TPMAP workbook only). */
  richText: 0.004,
  /** Whole names without a title in front (ThaiQM). */
  missingTitle: 0.03,
} as const

/** How a household of both lists can be known again, in shares of the overlap. */
export const overlapKinds = {
  sameIdAndHouseCode: 0.42,
  /** The same head, house code missing on ThaiQM. */
  sameIdOnly: 0.16,
  /** The same house code under another member's name, or with no id on ThaiQM. */
  sameHouseCodeOnly: 0.2,
  /** No id and no code on ThaiQM: name, house number and village agree. */
  sameNameAndHouseNumber: 0.13,
  /** As above, the name misspelt. */
  misspeltName: 0.09,
} as const
export type OverlapKind = keyof typeof overlapKinds

/** A chance table with what is left over as `none`. */
export function withNone<Name extends string>(
  traps: Readonly<Record<Name, number>>,
): Readonly<Record<Name | 'none', number>> {
  const values: number[] = Object.values(traps)
  const rest = 1 - values.reduce((sum, rate) => sum + rate, 0)
  return { ...traps, none: rest }
}
