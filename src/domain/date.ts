/**
 * Dates as people of Thailand write them: Buddhist era (พ.ศ. = ค.ศ. + 543), day before month, months by name or
 * number, Thai or Arabic digits. Kept as common-era `YYYY-MM-DD`. Nothing falls back to today.
 *
 * NOTE: 543 is taken off every year. Until 2483 the Thai year began on 1 April, so that January to March of those
 * years lie one common-era year later; the civil register itself counts plainly, and so do we.
 */
import { isSheetDate, type SheetCell } from './import/sheet.ts'
import { cleanText } from './thai/clean.ts'
import { thaiDigitsToArabic, toThaiDigits } from './thai/digits.ts'

export type DatePrecision = 'day' | 'month' | 'year'

interface ReadDate {
  /** Common-era ISO date; parts that are not known are 01. */
  date: string
  precision: DatePrecision
  /** The file held a real date with a Buddhist year, which its program took for a common-era one. */
  wasBuddhist: boolean
}

type DateFault = 'dateUnreadable' | 'dateAmbiguousYear' | 'dateInFuture'
/** Null stands for an empty cell. */
export type DateResult = ReadDate | { fault: DateFault } | null

const thaiMonths = [
  'มกราคม',
  'กุมภาพันธ์',
  'มีนาคม',
  'เมษายน',
  'พฤษภาคม',
  'มิถุนายน',
  'กรกฎาคม',
  'สิงหาคม',
  'กันยายน',
  'ตุลาคม',
  'พฤศจิกายน',
  'ธันวาคม',
]
const thaiShortMonths = [
  'ม.ค.',
  'ก.พ.',
  'มี.ค.',
  'เม.ย.',
  'พ.ค.',
  'มิ.ย.',
  'ก.ค.',
  'ส.ค.',
  'ก.ย.',
  'ต.ค.',
  'พ.ย.',
  'ธ.ค.',
]
const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const monthByName = new Map<string, number>()
for (let index = 0; index < 12; index += 1) {
  const thai = thaiMonths[index]!
  const english = englishMonths[index]!.toLowerCase()
  for (const name of [thai, thaiShortMonths[index]!.replaceAll('.', ''), english, english.slice(0, 3)])
    monthByName.set(name, index + 1)
  // มกรา, กุมภา, เมษา: the month without its ending, as people say it.
  monthByName.set(thai.replace(/(?:าคม|ายน|าพันธ์)$/, 'า'), index + 1)
}
monthByName.set('sept', 9)

/** 1–12 for a month's name in Thai or English, full or short, with or without full stops; null for anything else. */
export function monthOfName(name: string): number | null {
  return monthByName.get(name.replaceAll('.', '').toLowerCase()) ?? null
}

const unreadable: DateResult = { fault: 'dateUnreadable' }
const ambiguous: DateResult = { fault: 'dateAmbiguousYear' }
const firstBuddhistYear = 2400
const lastBuddhistYear = 2743
const firstCommonYear = 1857
const lastCommonYear = 2200

/** Lists repeat their dates; the same text is read once. Bounded, because a file may hold a million different ones. */
const dateByText = new Map<string, DateResult>()
const mostTextsKept = 20_000
/** The patterns below take quadratic time; a cell can hold 32,767 characters. */
const longestDate = 100

/**
 * Reads a date from a cell. `today` is the day against which "in the future" is judged; null allows any day.
 * A bare number is only ever a year (2500 or 1957): serial numbers of spreadsheets must come as dates.
 */
export function parseDate(cell: SheetCell, today: string | null = null): DateResult {
  const result = readDate(cell)
  if (result === null || 'fault' in result || today === null || result.date <= today) return result
  return { fault: 'dateInFuture' }
}

function readDate(cell: SheetCell): DateResult {
  if (cell === null) return null
  if (typeof cell === 'string') {
    let result = dateByText.get(cell)
    if (result === undefined) {
      result = readDateText(cell)
      if (dateByText.size >= mostTextsKept) dateByText.clear()
      dateByText.set(cell, result)
    }
    return result
  }
  if (isSheetDate(cell)) return readSheetDate(cell.date)
  if (typeof cell !== 'number') return unreadable
  if (cell === 0) return null
  return Number.isInteger(cell) && cell > 0 ? readDateText(String(cell)) : unreadable
}

function readSheetDate(date: string): DateResult {
  const parts = /^([0-9]{4,5})-([0-9]{2})-([0-9]{2})/.exec(date)
  if (!parts) return unreadable
  return dated(Number(parts[1]), Number(parts[2]), Number(parts[3]), Number(parts[1]) >= firstBuddhistYear)
}

const noise = /^(?:เกิด)?(?:เมื่อ)?(?:วัน[ก-์]*?ที่|วันที่|ที่) ?/
const eraWords = /(?:พ\.?ศ\.?|ค\.?ศ\.?|a\.?d\.?|b\.?e\.?|เดือน|ปี) ?/gi
const timeOfDay = /[ t][0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]+)?)?(?: ?น\.?|z|[+-][0-9]{2}:?[0-9]{2})?$/i
const blankDate = /^(?:[-–—./ ]*|ไม่ทราบ.*|ไม่ระบุ|ไม่มี.*|n\/?a|null|0{1,2}[-/]0{1,2}[-/]0{4}|0000-00-00)$/i
const dayFirst = /^([0-9]{1,2})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{1,5})$/
const yearFirst = /^([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})$/
const compact = /^([0-9]{4})([0-9]{2})([0-9]{2})$/
const dayMonthName = /^([0-9]{1,2})[-/., ]*([^0-9 /,-]+)[-/., ]*([0-9]{1,5})$/
const monthNameDay = /^([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{1,5})$/i
const monthNameYear = /^([^0-9 /,-]+)[-/., ]*([0-9]{1,5})$/
const monthYear = /^([0-9]{1,2})[-/.]([0-9]{4})$/
const yearMonth = /^([0-9]{4})[-/.]([0-9]{1,2})$/
const yearOnly = /^[0-9]{4}$/

function readDateText(original: string): DateResult {
  if (original.length > longestDate) return unreadable
  const text = thaiDigitsToArabic(cleanText(original))
    .replace(timeOfDay, '')
    .replace(noise, '')
    .replace(eraWords, '')
    .trim()
  if (blankDate.test(text)) return null
  let parts = dayFirst.exec(text)
  if (parts) return inEra(parts[3]!, Number(parts[2]), Number(parts[1]))
  parts = yearFirst.exec(text) ?? compact.exec(text)
  if (parts) return inEra(parts[1]!, Number(parts[2]), Number(parts[3]))
  parts = dayMonthName.exec(text)
  if (parts) return inEra(parts[3]!, monthOfName(parts[2]!) ?? 99, Number(parts[1]))
  parts = monthNameDay.exec(text)
  if (parts) return inEra(parts[3]!, monthOfName(parts[1]!) ?? 99, Number(parts[2]))
  parts = monthNameYear.exec(text)
  if (parts) return inEra(parts[2]!, monthOfName(parts[1]!) ?? 99, null)
  parts = monthYear.exec(text)
  if (parts) return inEra(parts[2]!, Number(parts[1]), null)
  parts = yearMonth.exec(text)
  if (parts) return inEra(parts[1]!, Number(parts[2]), null)
  return yearOnly.test(text) ? inEra(text, null, null) : unreadable
}

function inEra(yearText: string, month: number | null, day: number | null): DateResult {
  // "65" may be 2565, 2465, 1965 or 2065; the source has to say.
  if (yearText.length <= 2) return month === 99 ? unreadable : ambiguous
  return dated(Number(yearText), month, day, false)
}

/** Day 0 and month 0 mean "not known", as the civil register writes them. */
function dated(yearAsWritten: number, month: number | null, day: number | null, wasBuddhist: boolean): DateResult {
  const buddhist = yearAsWritten >= firstBuddhistYear
  if (buddhist ? yearAsWritten > lastBuddhistYear : yearAsWritten < firstCommonYear || yearAsWritten > lastCommonYear)
    return unreadable
  const year = buddhist ? yearAsWritten - 543 : yearAsWritten
  if (month === null || month === 0)
    return day === null || day === 0 ? { date: `${year}-01-01`, precision: 'year', wasBuddhist } : unreadable
  if (month > 12) return unreadable
  if (day === null || day === 0) return { date: `${year}-${two(month)}-01`, precision: 'month', wasBuddhist }
  if (day > daysOfMonth(year, month)) return unreadable
  return { date: `${year}-${two(month)}-${two(day)}`, precision: 'day', wasBuddhist }
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}

export type ThaiDateStyle = 'short' | 'long' | 'numeric'

/**
 * A date in the Buddhist era: short '30 ก.ย. 2565', long '30 กันยายน 2565', numeric '30/09/2565'. The year always has
 * four digits: '65' on a list of old people reads as an age or as 2465.
 */
export function formatThaiDate(
  iso: string,
  style: ThaiDateStyle = 'short',
  options: { thaiDigits?: boolean; precision?: DatePrecision } = {},
): string {
  const year = Number(iso.slice(0, 4)) + 543
  const month = Number(iso.slice(5, 7))
  const precision = options.precision ?? 'day'
  const name = style === 'long' ? thaiMonths[month - 1]! : thaiShortMonths[month - 1]!
  const day = Number(iso.slice(8, 10))
  const text =
    precision === 'year'
      ? String(year)
      : style === 'numeric'
        ? `${precision === 'day' ? `${two(day)}/` : ''}${two(month)}/${year}`
        : `${precision === 'day' ? `${day} ` : ''}${name} ${year}`
  return options.thaiDigits ? toThaiDigits(text) : text
}

/** A date for the reader's language: Thai in the Buddhist era, English in the common era ('30 Sep 2022'). */
export function formatDate(iso: string, locale: 'th' | 'en', precision: DatePrecision = 'day'): string {
  if (locale === 'th') return formatThaiDate(iso, 'short', { precision })
  const year = Number(iso.slice(0, 4))
  const month = englishMonths[Number(iso.slice(5, 7)) - 1]!.slice(0, 3)
  if (precision === 'year') return String(year)
  return precision === 'month' ? `${month} ${year}` : `${Number(iso.slice(8, 10))} ${month} ${year}`
}

/** Completed years of age on a day; for a birth date of which only the year is known, the most it can be. */
export function ageAt(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}
