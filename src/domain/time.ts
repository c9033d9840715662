/** Calendar days as `YYYY-MM-DD` in the common era, Asia/Bangkok (UTC+7 all year). */

const bangkokOffsetMs = 7 * 60 * 60 * 1000

/** The calendar day in Thailand at a moment. */
export function dayInThailand(moment: Date): string {
  return new Date(moment.getTime() + bangkokOffsetMs).toISOString().slice(0, 10)
}
