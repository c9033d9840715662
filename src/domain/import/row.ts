/** From a row of cells to facts in the registry's own terms, with everything that was wrong. */
import { mooOf } from '../area.ts'
import { houseNumberKey } from '../house-code.ts'
import type { HouseholdFacts } from '../household.ts'
import { thaiDigitsToArabic } from '../thai/digits.ts'
import { wordsKey } from '../thai/key.ts'
import type { ColumnMapping } from './field.ts'
import { readMember, type PersonRules } from './person-rules.ts'
import { readHousehold, type PlaceRules } from './place-rules.ts'
import { RowCells } from './row-cells.ts'
import type { SheetRow } from './sheet.ts'
import { createRepeatedHeaderTest, isBlankRow, isTotalRow } from './skip.ts'
import type { StagedRow } from './staged.ts'

export interface RowReaderOptions extends PersonRules, Omit<PlaceRules, 'allowedAreas'> {
  mapping: ColumnMapping
  allowedAreas?: readonly string[] | null
  /**
   * Whether several rows make one household. Left out, it is so when the mapping has the member's order or relation,
   * or the family's number.
   */
  personPerRow?: boolean
}

/**
 * Makes a reader for the rows of one file. It gives null for rows that are nobody: titles, blank rows, totals, headers
 * repeated on later pages. Everything else comes back, right or wrong, with its faults; it never throws.
 */
export function createRowReader(options: RowReaderOptions): (row: SheetRow) => StagedRow | null {
  const { mapping } = options
  const cells = new RowCells(mapping)
  const isRepeatedHeader = createRepeatedHeaderTest(mapping)
  const place: PlaceRules = {
    areas: options.areas,
    defaultArea: options.defaultArea,
    allowedAreas: options.allowedAreas ?? null,
  }
  const personPerRow = options.personPerRow ?? isPersonPerRow(mapping)
  return (row) => {
    if (row.number <= mapping.headerRow || isBlankRow(row)) return null
    cells.open(row.cells)
    if (isRepeatedHeader(row.cells)) return null
    if (isTotalRow(row) && !hasIdentity(cells)) return null
    const household = readHousehold(cells, place)
    const member = readMember(cells, options)
    if (
      member === null &&
      household.houseCode === null &&
      household.houseNumber === null &&
      !misses(cells, 'nameMissing')
    )
      cells.fault(cells.firstMapped(['fullName', 'firstName', 'houseCode', 'houseNumber']), 'required')
    return {
      rowNumber: row.number,
      householdKey: personPerRow ? householdKeyOf(household) : null,
      household,
      member,
      faults: cells.faults,
    }
  }
}

/** Whether a mapping is of a list with one row per person, several of which are one household. */
export function isPersonPerRow(mapping: ColumnMapping): boolean {
  const { memberOrder, relation, familyNumber } = mapping.columns
  return memberOrder !== undefined || relation !== undefined || familyNumber !== undefined
}

/** A total never has an id; a person called รวม may. Figures of a total can stand in any column, also in that of ids. */
function hasIdentity(cells: RowCells): boolean {
  return isLongNumber(cells.text('nationalId')) || isLongNumber(cells.text('houseCode')) || cells.text('title') !== ''
}

function isLongNumber(text: string): boolean {
  return thaiDigitsToArabic(text).replace(/[^0-9]/g, '').length >= 10
}

function misses(cells: RowCells, name: 'nameMissing'): boolean {
  return cells.faults.some(({ fault }) => fault === name)
}

/**
 * House code with family number; without a house code the house number inside its village. House numbers repeat from
 * village to village, so a row whose village is not known, not even by name, stands alone.
 */
function householdKeyOf(household: HouseholdFacts): string | null {
  const { areaCode, houseCode, familyNumber } = household
  const family = familyNumber ?? ''
  if (houseCode !== null) return `c ${areaCode} ${houseCode} ${family}`
  const houseNumber = houseNumberKey(household.houseNumber)
  if (houseNumber === '' || areaCode === '') return null
  if (mooOf(areaCode) !== null) return `n ${areaCode} ${houseNumber} ${family}`
  return household.villageName === null
    ? null
    : `v ${areaCode} ${wordsKey(household.villageName)} ${houseNumber} ${family}`
}
