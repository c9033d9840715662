/** Who must be visited, and how often: every month for some lists, and ever more rarely after help (เฝ้าระวัง). */
import { z } from 'zod'

const listCode = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,59}$/)

export const dutyRuleSchema = z.object({
  /** Lists whose households are visited every month, from a day until a day (null: on and on). */
  monthly: z
    .array(
      z
        .object({ list: listCode, from: z.iso.date(), until: z.iso.date().nullable() })
        .refine((duty) => duty.until === null || duty.from <= duty.until, { path: ['until'], message: 'beforeStart' }),
    )
    .max(20)
    .refine((duties) => new Set(duties.map(({ list }) => list)).size === duties.length, 'codeTwice'),
  /** Months after the last help in which somebody looks whether the trouble came back; rising. */
  watchMonths: z
    .array(z.number().int().min(1).max(60))
    .max(24)
    .refine((months) => months.every((month, index) => index === 0 || month > months[index - 1]!), 'notRising'),
  /** A hold counts for at most so many days from the day it was recorded for, however long it says. */
  longestHoldDays: z.number().int().min(1).max(366),
})
export type DutyRule = z.infer<typeof dutyRuleSchema>

export const defaultDuty: DutyRule = {
  monthly: [{ list: 'tpmap-2565', from: '2022-12-09', until: null }],
  watchMonths: [1, 2, 3, 6, 12],
  longestHoldDays: 120,
}
