/** The three parts of a date as a person types them, read into a date in the common era and how much of it is known. */
import { type DatePrecision, parseDate } from '../../domain/date.ts'
import { thaiDigitsToArabic } from '../../domain/thai/digits.ts'

export interface PartialDate {
  /** Common-era ISO date; parts that are not known are 01. */
  date: string
  precision: DatePrecision
}

export interface DateParts {
  /** As typed; empty when not known. */
  day: string
  /** '1'–'12'; empty when not known. */
  month: string
  /** As typed, in the Buddhist era. */
  year: string
}

export type DatePartsFault =
  | 'yearMissing'
  | 'yearUnreadable'
  | 'yearUnlikely'
  | 'looksCommonEra'
  | 'monthMissing'
  | 'dayUnreadable'
  | 'inFuture'

export type DateReading =
  | { kind: 'empty' }
  | { kind: 'date'; value: PartialDate }
  | { kind: 'fault'; fault: DatePartsFault }

const earliestBuddhistYear = 2420

/** `latest` is the last day allowed, usually today; null allows the future. */
export function readDateParts(parts: DateParts, latest: string | null): DateReading {
  const day = thaiDigitsToArabic(parts.day).trim()
  const month = parts.month
  const year = thaiDigitsToArabic(parts.year).trim()
  if (day === '' && month === '' && year === '') return { kind: 'empty' }
  const fault = yearFault(year) ?? (day !== '' && month === '' ? 'monthMissing' : null)
  if (fault) return { kind: 'fault', fault }
  const read = parseDate([day, month, year].filter((part) => part !== '').join('/'), latest)
  if (read === null || ('fault' in read && read.fault !== 'dateInFuture'))
    return { kind: 'fault', fault: 'dayUnreadable' }
  if ('fault' in read) return { kind: 'fault', fault: 'inFuture' }
  return { kind: 'date', value: { date: read.date, precision: read.precision } }
}

/** A date as the parts that a person would type for it. */
export function dateToParts(value: PartialDate | null): DateParts {
  if (!value) return { day: '', month: '', year: '' }
  const [year, month, day] = value.date.split('-').map(Number)
  return {
    day: value.precision === 'day' ? String(day) : '',
    month: value.precision === 'year' ? '' : String(month),
    year: String((year ?? 0) + 543),
  }
}

/** 1850–2100 is a common-era year in a Buddhist-era box; anybody's slip, so it is asked about and never changed silently. */
function yearFault(year: string): DatePartsFault | null {
  if (year === '') return 'yearMissing'
  if (!/^[0-9]{4}$/.test(year)) return 'yearUnreadable'
  const number = Number(year)
  if (number >= 1850 && number <= 2100) return 'looksCommonEra'
  return number < earliestBuddhistYear || number > 2700 ? 'yearUnlikely' : null
}
