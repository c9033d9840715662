/** A person who lives in a household (สมาชิก): the facts a list or a visitor can state, and their limits. */
import { z } from 'zod'

/** How much of a birth date is known: old people often know only the year. */
export const birthPrecisions = ['day', 'month', 'year'] as const

export const memberFactsSchema = z.object({
  /** Place in the household, 1 for the head; null when the list does not say. */
  order: z.number().int().min(1).max(99).nullable(),
  relation: z.string().max(60).nullable(),
  title: z.string().max(40).nullable(),
  firstName: z.string().min(1).max(120),
  lastName: z.string().max(120).nullable(),
  /** 13 digits in clear, only in memory; null for a person without one. */
  nationalId: z
    .string()
    .regex(/^[0-9]{13}$/)
    .nullable(),
  sex: z.enum(['male', 'female']).nullable(),
  /** Common-era ISO date; parts that are not known are 01. */
  birthDate: z.iso.date().nullable(),
  birthPrecision: z.enum(birthPrecisions).nullable(),
  occupation: z.string().max(120).nullable(),
  /** Baht a year. */
  annualIncome: z.number().int().min(0).max(100_000_000).nullable(),
})

export type MemberFacts = z.infer<typeof memberFactsSchema>
