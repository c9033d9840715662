import type { SheetDate } from '../../domain/import/sheet.ts'

/**
 * The date formats that spreadsheet files name by number only (ECMA-376 part 1, 18.8.30; 71–81 are the Thai ones).
 * Number 14 is shown in the reader's own order, so its code is only a name.
 */
export const builtInDateFormats: Readonly<Record<number, string>> = {
  14: 'd/m/yyyy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  22: 'd/m/yyyy h:mm',
  27: 'yyyy/m/d',
  28: 'm-d',
  29: 'm-d',
  30: 'm-d-yy',
  31: 'yyyy/m/d',
  36: 'yyyy/m/d',
  50: 'yyyy/m/d',
  51: 'm-d',
  52: 'yyyy/m',
  53: 'm-d',
  54: 'm-d',
  57: 'yyyy/m',
  58: 'm-d',
  71: 'd/m/bbbb',
  72: 'd-mmm-bb',
  73: 'd-mmm',
  74: 'mmm-bb',
  77: 'd/m/bbbb h:mm',
  81: 'd/m/bb',
}

/** Whether a number format shows a day, month or year. A clock time alone is not a date. */
export function isDateFormat(format: string): boolean {
  const section = format.split(';', 1)[0] ?? ''
  const code = section
    .replace(/"[^"]*"|\\.|[_*].|\[[^\]]*\]/gs, '')
    .replace(/am\/pm|a\/p/gi, '')
    .toLowerCase()
  if (code.includes('general')) return false
  if (/[0#?]/.test(code.replace(/[.,]0+/g, ''))) return false
  if (/[dyb]|[วดป]/.test(code)) return true
  return code.includes('m') && !/[hs]/.test(code)
}

/** A format code without the backslashes that some writers put before every separator: `d\\-mmm` is `d-mmm`. */
export function plainFormat(format: string): string {
  return format.replace(/\\([-/., :])/g, '$1')
}

const millisecondsPerDay = 86_400_000
const firstDay1900 = Date.UTC(1899, 11, 30)
const daysTo1904 = 1462
const lastSerial = 2_958_465

/**
 * The day that a serial number stands for, or null when no program would show it as a date. The year is as stored.
 * Excel counts a 29 February 1900 that never was: serials below 61 lie one day later.
 */
export function serialToDate(serial: number, date1904: boolean, format: string | null): SheetDate | null {
  const day = Math.floor(serial) + (date1904 ? daysTo1904 : 0)
  if (!(day >= 1 && day <= lastSerial)) return null
  const shifted = !date1904 && day < 61 ? day + 1 : day
  return { date: new Date(firstDay1900 + shifted * millisecondsPerDay).toISOString().slice(0, 10), format }
}

/** The serial number of a `YYYY-MM-DD` in the 1900 system, or null when the text is no day that a sheet can hold. */
export function dateToSerial(date: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (match === null) return null
  const time = Date.parse(`${date}T00:00:00Z`)
  if (!Number.isFinite(time) || new Date(time).toISOString().slice(0, 10) !== date) return null
  const day = (time - firstDay1900) / millisecondsPerDay
  const serial = day < 61 ? day - 1 : day
  return serial >= 1 && serial <= lastSerial ? serial : null
}
