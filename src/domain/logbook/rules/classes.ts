/**
 * Thresholds of the classes of households (ประเภทครัวเรือน): path, stage and level of vulnerability. No public document
 * states the cut-offs; these are assumptions that a province edits. How they are applied stands in ../classes.ts.
 */
import { z } from 'zod'
import { dimensions } from '../entry.ts'

const age = z.number().int().min(0).max(120)
const baht = z.number().int().min(0).max(10_000_000)

export const classesRuleSchema = z
  .object({
    /** Ages, both included, at which somebody can work; with `leastWorkers` of them a household can be developed. */
    workFrom: age,
    workTo: age,
    leastWorkers: z.number().int().min(1).max(20),
    /** Members who depend on others: children up to this age, and everybody from this one. */
    childTo: age,
    elderlyFrom: age,
    /** Baht per person and year: at most this is a low income. */
    lowIncome: baht,
    /** How many dependents, beside low income or a housing problem, make levels 2 and 3. */
    level2From: z.number().int().min(1).max(20),
    level3From: z.number().int().min(2).max(20),
    /** Baht per person and year from which a household is sufficient; null takes the indicator edition's own line. */
    sufficientFrom: baht.nullable(),
    sustainableFrom: baht,
    /** While one of these dimensions fails, a household is still surviving, whatever its income. */
    basics: z.array(z.enum(dimensions)).max(dimensions.length),
    /** A household is sustainable only once every stated problem is solved. */
    sustainableNeedsAllSolved: z.boolean(),
  })
  .refine((rule) => rule.workFrom <= rule.workTo, { path: ['workTo'], message: 'beforeStart' })
  .refine((rule) => rule.level2From < rule.level3From, { path: ['level3From'], message: 'beforeStart' })
  .refine((rule) => (rule.sufficientFrom ?? 0) <= rule.sustainableFrom, {
    path: ['sustainableFrom'],
    message: 'beforeStart',
  })
export type ClassesRule = z.infer<typeof classesRuleSchema>

export const defaultClasses: ClassesRule = {
  workFrom: 15,
  workTo: 59,
  leastWorkers: 1,
  childTo: 6,
  elderlyFrom: 60,
  lowIncome: 100_000,
  level2From: 1,
  level3From: 3,
  sufficientFrom: null,
  sustainableFrom: 100_000,
  basics: ['living'],
  sustainableNeedsAllSolved: true,
}
