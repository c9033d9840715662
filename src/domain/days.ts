/** Reckoning with calendar days (`YYYY-MM-DD`, common era) and months (`YYYY-MM`). No clock, no time of day. */

const msOfDay = 86_400_000

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * msOfDay).toISOString().slice(0, 10)
}

/** Days from one day to another: 1 from today to tomorrow, negative when `to` lies before `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / msOfDay)
}

export function monthOf(day: string): string {
  return day.slice(0, 7)
}

export function addMonths(month: string, months: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** The last day of a month. */
export function endOfMonth(month: string): string {
  return addDays(`${addMonths(month, 1)}-01`, -1)
}
