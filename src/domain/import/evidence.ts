/** What the values of a column look like, so that a mapping does not rest on headings alone. */
import { checkHouseCode } from '../house-code.ts'
import { parseDate } from '../date.ts'
import { checkNationalId } from '../national-id.ts'
import { thaiDigitsToArabic } from '../thai/digits.ts'
import { isTitle, splitTitle } from '../thai/title.ts'
import { cellNumber, cellText, isPlaceholder, readMoo } from './cell.ts'
import type { ImportField } from './field.ts'
import { isSheetDate, type SheetCell } from './sheet.ts'

/** For each kind of value the share (0–1) of the column's filled cells that look like it. */
export interface ColumnEvidence {
  filled: number
  nationalId: number
  houseCode: number
  houseNumber: number
  moo: number
  title: number
  fullName: number
  word: number
  sex: number
  date: number
  age: number
  phone: number
  latitude: number
  longitude: number
  income: number
  smallNumber: number
  text: number
  digits2: number
  digits4: number
  digits6: number
  digits8: number
}

const kinds = {
  nationalId: (cell: SheetCell) => 'id' in checkNationalId(cell, { acceptPractice: true }),
  houseCode: (cell: SheetCell) => checkHouseCode(cell).code !== null,
  houseNumber: (_: SheetCell, text: string) => /^[0-9]{1,4}(?:\/[0-9]{1,4})?[ก-ฮ]?$/.test(text),
  moo: (cell: SheetCell) => inRange(readMoo(cell), 1, 40),
  title: (_: SheetCell, text: string) => isTitle(text),
  fullName: (_: SheetCell, text: string) => / /.test(splitTitle(text).rest) && noDigits.test(text),
  word: (_: SheetCell, text: string) => noDigits.test(text) && text.length <= 30,
  sex: (_: SheetCell, text: string) => /^(?:ชาย|หญิง|ช|ญ|male|female|m|f)$/i.test(text),
  date: (cell: SheetCell, text: string) => isDateLike(cell, text),
  age: (cell: SheetCell) => inRange(cellNumber(cell), 0, 115),
  phone: (_: SheetCell, text: string) => /^0?[2-9][0-9]{7,8}$/.test(text.replace(/[ -]/g, '')),
  latitude: (cell: SheetCell) => inRange(cellNumber(cell), 5, 21) && !Number.isInteger(cellNumber(cell)),
  longitude: (cell: SheetCell) => inRange(cellNumber(cell), 97, 106) && !Number.isInteger(cellNumber(cell)),
  income: (cell: SheetCell) => inRange(cellNumber(cell), 0, 5_000_000),
  smallNumber: (cell: SheetCell) => inRange(cellNumber(cell), 1, 30),
  text: (_: SheetCell, text: string) => !/^[0-9.,/ -]+$/.test(text),
  digits2: (_: SheetCell, text: string) => /^[1-9][0-9]$/.test(text),
  digits4: (_: SheetCell, text: string) => /^[1-9][0-9]{3}$/.test(text),
  digits6: (_: SheetCell, text: string) => /^[1-9][0-9]{5}$/.test(text),
  digits8: (_: SheetCell, text: string) => /^[1-9][0-9]{7}$/.test(text),
} satisfies Record<string, (cell: SheetCell, text: string) => boolean>

const noDigits = /^[^0-9๐-๙]+$/

function inRange(number: number | null, from: number, to: number): boolean {
  return number !== null && number >= from && number <= to
}

function isDateLike(cell: SheetCell, text: string): boolean {
  if (cell !== null && isSheetDate(cell)) return true
  if (!/[-/. ]/.test(text) && !/^(?:2[45][0-9]{2}|[0-9]{8})$/.test(text)) return false
  const result = parseDate(text)
  return result !== null && (!('fault' in result) || result.fault === 'dateAmbiguousYear')
}

/** Looks at the cells of one column in the sample rows. */
export function lookAtColumn(cells: readonly SheetCell[]): ColumnEvidence {
  const evidence: ColumnEvidence = {
    filled: 0,
    nationalId: 0,
    houseCode: 0,
    houseNumber: 0,
    moo: 0,
    title: 0,
    fullName: 0,
    word: 0,
    sex: 0,
    date: 0,
    age: 0,
    phone: 0,
    latitude: 0,
    longitude: 0,
    income: 0,
    smallNumber: 0,
    text: 0,
    digits2: 0,
    digits4: 0,
    digits6: 0,
    digits8: 0,
  }
  const names = Object.keys(kinds).filter((name): name is keyof typeof kinds => name in kinds)
  for (const cell of cells) {
    const text = thaiDigitsToArabic(cellText(cell))
    if (isPlaceholder(text)) continue
    evidence.filled += 1
    for (const name of names) if (kinds[name](cell, text)) evidence[name] += 1
  }
  if (evidence.filled > 0) for (const name of names) evidence[name] /= evidence.filled
  return evidence
}

/**
 * How well a column's values fit a field, 0–1; null when values say nothing about it. `alone` marks values so telling
 * that they name the field without any heading.
 */
export function fitOfField(field: ImportField, evidence: ColumnEvidence): { fit: number; alone: boolean } | null {
  const share = shareByField[field]
  if (!share || evidence.filled === 0) return null
  return { fit: share(evidence), alone: tellingFields.has(field) }
}

const tellingFields = new Set<ImportField>(['nationalId', 'houseCode', 'title', 'sex'])

const shareByField: Partial<Record<ImportField, (evidence: ColumnEvidence) => number>> = {
  nationalId: (evidence) => evidence.nationalId,
  houseCode: (evidence) => evidence.houseCode,
  houseNumber: (evidence) => Math.max(evidence.houseNumber, evidence.date),
  moo: (evidence) => evidence.moo,
  title: (evidence) => evidence.title,
  firstName: (evidence) => evidence.word - evidence.title - evidence.fullName / 2,
  lastName: (evidence) => evidence.word - evidence.title,
  fullName: (evidence) => evidence.fullName,
  sex: (evidence) => evidence.sex,
  birthDate: (evidence) => evidence.date,
  age: (evidence) => evidence.age,
  phone: (evidence) => evidence.phone,
  latitude: (evidence) => Math.max(evidence.latitude, evidence.longitude),
  longitude: (evidence) => Math.max(evidence.latitude, evidence.longitude),
  annualIncome: (evidence) => evidence.income,
  memberOrder: (evidence) => evidence.smallNumber,
  memberCount: (evidence) => evidence.smallNumber,
  provinceName: (evidence) => evidence.text,
  districtName: (evidence) => evidence.text,
  subdistrictName: (evidence) => evidence.text,
  villageName: (evidence) => evidence.text,
  provinceCode: (evidence) => evidence.digits2,
  districtCode: (evidence) => evidence.digits4 + evidence.digits2,
  subdistrictCode: (evidence) => evidence.digits6 + evidence.digits2,
  villageCode: (evidence) => evidence.digits8,
}
