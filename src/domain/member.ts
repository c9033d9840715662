/** A person who lives in a household (สมาชิก): the facts a list or a visitor can state, and their limits. */
import { z } from 'zod'

/** How much of a birth date is known: old people often know only the year. */
export const birthPrecisions = ['day', 'month', 'year'] as const

/** The longest texts that a member's fields take, in characters. */
export const memberTextLimits = { relation: 60, title: 40, firstName: 120, lastName: 120, occupation: 120 } as const

export const highestOrder = 99
/** Baht a year. */
export const highestIncome = 100_000_000

export const memberFactsSchema = z.object({
  /** Place in the household, 1 for the head; null when the list does not say. */
  order: z.number().int().min(1).max(highestOrder).nullable(),
  relation: z.string().max(memberTextLimits.relation).nullable(),
  title: z.string().max(memberTextLimits.title).nullable(),
  firstName: z.string().min(1).max(memberTextLimits.firstName),
  lastName: z.string().max(memberTextLimits.lastName).nullable(),
  /** 13 digits in clear, only in memory; null for a person without one. */
  nationalId: z
    .string()
    .regex(/^[0-9]{13}$/)
    .nullable(),
  sex: z.enum(['male', 'female']).nullable(),
  /** Common-era ISO date; parts that are not known are 01. */
  birthDate: z.iso.date().nullable(),
  birthPrecision: z.enum(birthPrecisions).nullable(),
  occupation: z.string().max(memberTextLimits.occupation).nullable(),
  /** Baht a year. */
  annualIncome: z.number().int().min(0).max(highestIncome).nullable(),
})

export type MemberFacts = z.infer<typeof memberFactsSchema>
