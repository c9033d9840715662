/**
 * What each special outcome (กรณีพิเศษ) does to the counts. The letter says nothing of households that refuse, died or
 * moved away: all of this is assumed, and a province edits it. Reasons stand in docs/decisions/0010-the-case.md.
 */
import { z } from 'zod'
import { specialOutcomes, type SpecialOutcome } from '../entry.ts'
import { factCodeSchema } from './facts.ts'

/** `leaves`: no longer a target, so out of every denominator; `stays`: still to be recorded and helped. */
export const outcomeEffects = ['leaves', 'stays'] as const

export const outcomeRuleSchema = z
  .object({
    code: z.enum(specialOutcomes),
    th: z.string().trim().min(1).max(120),
    en: z.string().trim().min(1).max(120),
    effect: z.enum(outcomeEffects),
    /** Facts that hold for a household that stays with this outcome, whatever else was recorded. */
    countsAs: z.array(factCodeSchema).max(20),
    /** Whether somebody else must approve it first. */
    needsApproval: z.boolean(),
    isAssumption: z.boolean(),
  })
  // Whoever is out of the denominator cannot be in the numerator.
  .refine((rule) => rule.effect === 'stays' || rule.countsAs.length === 0, { path: ['countsAs'], message: 'leaves' })
export type OutcomeRule = z.infer<typeof outcomeRuleSchema>

/** One rule for each outcome. */
export const outcomesRuleSchema = z
  .array(outcomeRuleSchema)
  .refine(
    (rules) => rules.length === specialOutcomes.length && new Set(rules.map(({ code }) => code)).size === rules.length,
    'oneRuleEach',
  )
export type OutcomesRule = z.infer<typeof outcomesRuleSchema>

const rule = (code: SpecialOutcome, th: string, en: string, effect: OutcomeRule['effect']): OutcomeRule => ({
  code,
  th,
  en,
  effect,
  countsAs: [],
  needsApproval: true,
  isAssumption: true,
})

export const defaultOutcomes: OutcomesRule = [
  rule('refuses', 'ไม่ประสงค์ขอรับความช่วยเหลือ', 'Refuses help', 'stays'),
  rule('deceased', 'เสียชีวิตทั้งครัวเรือน', 'Everybody of the household has died', 'leaves'),
  rule('moved', 'ย้ายออกนอกพื้นที่', 'Moved out of the area', 'leaves'),
  rule('notFound', 'ไม่พบตัว', 'Not found', 'stays'),
  rule('duplicate', 'ซ้ำกับครัวเรือนอื่น', 'The same as another household', 'leaves'),
  rule('notEligible', 'ไม่เข้าเกณฑ์', 'Does not meet the criteria', 'leaves'),
]
