/** House codes (รหัสประจำบ้าน) and house numbers (บ้านเลขที่) as lists hold them. */
import { monthOfName } from './date.ts'
import { isSheetDate, type SheetCell } from './import/sheet.ts'
import { cleanText } from './thai/clean.ts'
import { thaiDigitsToArabic } from './thai/digits.ts'

export interface HouseCodeResult {
  /** 11 digits, or null when the cell has none that can be used. */
  code: string | null
  fault: 'houseCodeFormat' | 'houseCodeScientific' | null
}

const elevenDigits = /^[0-9]{11}$/
const scientificNotation = /^[0-9](?:[.,][0-9]+)?e\+?[0-9]+$/i
const separators = /[\s\u00a0\u200b-\u200d\ufeff\u2010-\u2015\u2212._'"‘’“”`-]+/g
const saysNone = /^(?:|0+|n\/?a|null|none|ไม่มี.*|ไม่ทราบ|ไม่ระบุ|ไม่พบ|ไม่ปรากฏ)$/i
const noCode: HouseCodeResult = { code: null, fault: null }
const wrongFormat: HouseCodeResult = { code: null, fault: 'houseCodeFormat' }

/**
 * Reads a house code from a cell. Only length and digits are checked: how its last digit is computed is not published,
 * and its first four name the registrar of the time, who need not match today's district. A code that cannot be read
 * never keeps a household out; one in scientific notation does, for it lost digits that the source still has.
 */
export function checkHouseCode(cell: SheetCell): HouseCodeResult {
  if (cell === null || cell === 0) return noCode
  if (typeof cell === 'number') {
    if (Number.isSafeInteger(cell) && cell >= 1e10 && cell < 1e11) return { code: String(cell), fault: null }
    return wrongFormat
  }
  if (typeof cell !== 'string') return wrongFormat
  if (elevenDigits.test(cell) && cell !== '00000000000') return { code: cell, fault: null }
  const plain = thaiDigitsToArabic(cell).trim()
  if (scientificNotation.test(plain)) return { code: null, fault: 'houseCodeScientific' }
  const digits = plain.replace(separators, '')
  if (saysNone.test(digits)) return noCode
  return elevenDigits.test(digits) ? { code: digits, fault: null } : wrongFormat
}

/** As it is written in the house register: '31010123456' gives '3101-012345-6'. */
export function formatHouseCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 10)}-${code.slice(10)}`
}

export interface HouseNumberResult {
  houseNumber: string | null
  /** The village number when it was written behind the house number: '12 ม.5'. */
  moo: number | null
  /** Whether a spreadsheet had made a date of it (27/1 → 27-ม.ค.); the number is a reconstruction to look at. */
  wasDate: boolean
}

const longestNumber = 200
const noNumber: HouseNumberResult = { houseNumber: null, moo: null, wasDate: false }
const plainNumber = /^[0-9]{1,5}(?:\/[0-9]{1,4})?$/
const dayMonthText = /^([0-9]{1,2})[-/ .]([^0-9\s/-]+?)(?:[-/ .]+[0-9]{2,4})?$/
const monthNumberText = /^([^0-9\s/-]+?)[-/ .]([0-9]{1,2})$/
const numberPrefix = /^(?:บ้านเลขที่|เลขที่บ้าน|เลขที่|บ\.เลขที่|บ้าน(?=[ 0-9]))[ :.]*/
const mooSuffix = /[ ,]*(?:หมู่บ้านที่|หมู่ที่|หมู่|ม\.)[ .]*([0-9]{1,2})$/
const blankNumber = /^(?:[-–—.]*|0+|ไม่มี.*|ไม่ทราบ|ไม่ระบุ|n\/?a|null)$/i

/** Reads a house number from a cell and undoes what spreadsheets do to it. */
export function readHouseNumber(cell: SheetCell): HouseNumberResult {
  if (typeof cell === 'string') {
    if (plainNumber.test(cell) && cell !== '0') return { houseNumber: cell, moo: null, wasDate: false }
    return readNumberText(cell)
  }
  if (cell === null || cell === 0 || typeof cell === 'boolean') return noNumber
  if (isSheetDate(cell)) return { houseNumber: numberOfDate(cell.date, cell.format), moo: null, wasDate: true }
  return { houseNumber: String(cell), moo: null, wasDate: false }
}

function readNumberText(cell: string): HouseNumberResult {
  // Too long for a house number in any case; the patterns below take quadratic time.
  if (cell.length > longestNumber) return { houseNumber: cell, moo: null, wasDate: false }
  const text = thaiDigitsToArabic(cleanText(cell)).replace(numberPrefix, '')
  if (blankNumber.test(text)) return noNumber
  const repaired = numberOfDateText(text)
  if (repaired !== null) return { houseNumber: repaired, moo: null, wasDate: true }
  const suffix = mooSuffix.exec(text)
  const houseNumber = (suffix ? text.slice(0, suffix.index) : text).replace(/ ?\/ ?/g, '/')
  if (blankNumber.test(houseNumber)) return { ...noNumber, moo: suffix ? Number(suffix[1]) : null }
  return { houseNumber, moo: suffix ? Number(suffix[1]) : null, wasDate: false }
}

/**
 * `27/1` became 27 January; `12/45` became December of year 45 (format mmm-yy, or mmm-bb where the program counts the
 * Buddhist era). Thai offices write the day first.
 */
function numberOfDate(date: string, format: string | null): string {
  const [year, month, day] = date.split('-').map(Number)
  const code = (format ?? 'd-mmm').replace(/\[[^\]]*\]/g, '').toLowerCase()
  if (code.includes('d') || !code.includes('m') || !/[yb]/.test(code)) return `${day}/${month}`
  const showsBuddhistEra = code.includes('b') || /\[\$-d?07/i.test(format ?? '')
  return `${month}/${(year! + (showsBuddhistEra ? 543 : 0)) % 100}`
}

function numberOfDateText(text: string): string | null {
  const dayMonth = dayMonthText.exec(text)
  if (dayMonth) {
    const month = monthOfName(dayMonth[2]!)
    if (month !== null) return `${Number(dayMonth[1])}/${month}`
  }
  const monthNumber = monthNumberText.exec(text)
  if (!monthNumber) return null
  const month = monthOfName(monthNumber[1]!)
  return month === null ? null : `${month}/${Number(monthNumber[2])}`
}

/** The key under which two house numbers are the same: '๐๒๗ / ๑' and 'บ้านเลขที่ 27/1' give '27/1'; '' when there is none. */
export function houseNumberKey(text: string | null): string {
  if (text === null) return ''
  if (plainNumber.test(text)) return text.replace(/(^|\/)0+(?=[0-9])/g, '$1').replace(/^0$/, '')
  const { houseNumber } = readNumberText(text)
  if (houseNumber === null) return ''
  return houseNumber
    .toLowerCase()
    .replace(/[\s.]+/g, '')
    .replace(/\\/g, '/')
    .replace(/(^|[^0-9])0+(?=[0-9])/g, '$1')
}
