/** Birth dates as the clerks of different offices write them. */
import type { SheetDate } from '../domain/import/sheet.ts'
import { toThaiDigits } from '../domain/thai/digits.ts'
import type { Random } from './random.ts'

/** Short names of the months, as Thai programs show them. */
export const monthNames = [
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
const longMonthNames = [
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

/** How offices write dates, in shares of the offices; each keeps to its habit most of the time. */
export const dateHabits = {
  shortText: 0.34,
  longText: 0.1,
  slashed: 0.2,
  realDate: 0.22,
  /** A real date whose year was typed as the Buddhist one: the file says 5 March of the year 2508. */
  realDateInBuddhistYear: 0.14,
} as const
export type DateHabit = keyof typeof dateHabits

/** One date (common-era ISO) in one habit. */
export function writtenDate(random: Random, iso: string, habit: DateHabit): string | SheetDate {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number)
  const buddhist = year + 543
  switch (habit) {
    case 'shortText':
      return `${day} ${monthNames[month - 1]} ${buddhist}`
    case 'longText': {
      const text = `${day} ${longMonthNames[month - 1]} ${buddhist}`
      return random.chance(0.3) ? toThaiDigits(text) : text
    }
    case 'slashed':
      return slashedDate(iso)
    case 'realDate':
      return { date: iso, format: 'd/m/yyyy' }
    case 'realDateInBuddhistYear':
      // 29 February of 1964 cannot be typed as one of 2507, which no program takes for a leap year.
      if (month === 2 && day === 29) return `${day} ${monthNames[month - 1]} ${buddhist}`
      return { date: `${buddhist}${iso.slice(4)}`, format: 'd/m/yyyy' }
  }
}

/** With two digits of the year only: nobody can tell 2508 from 1908. */
export function twoDigitYearDate(iso: string): string {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number)
  return `${day}/${month}/${String((year + 543) % 100).padStart(2, '0')}`
}

/** A day that has not come yet: a slip of one figure in the year. */
export function futureDate(random: Random, iso: string): string {
  return `${Number(iso.slice(8))} ${monthNames[Number(iso.slice(5, 7)) - 1]} ${2640 + random.below(60)}`
}

/** Day, month and Buddhist year between strokes: 05/03/2508. */
export function slashedDate(iso: string): string {
  const [year = '', month = '', day = ''] = iso.split('-')
  return `${day}/${month}/${Number(year) + 543}`
}
