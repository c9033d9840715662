/** A household (ครัวเรือน): the facts a list or a visitor can state about it, and their limits. */
import { z } from 'zod'
import { villageCodeSchema } from './area.ts'

/** The longest texts that a household's fields take, in characters. */
export const householdTextLimits = {
  villageName: 120,
  familyNumber: 20,
  houseNumber: 40,
  lane: 120,
  road: 120,
  phone: 40,
  note: 1000,
} as const

/** Where Thailand lies; a point outside is a slip of the finger or of the column. */
export const coordinateLimits = { latitude: [5, 21], longitude: [97, 106] } as const

export const mostMembers = 99

export const householdFactsSchema = z.object({
  /** 8 digits; the last two are 00 while the village is not known. */
  areaCode: villageCodeSchema,
  villageName: z.string().max(householdTextLimits.villageName).nullable(),
  /** รหัสประจำบ้าน, 11 digits; may be missing, shared by two families, or of an old registrar. */
  houseCode: z
    .string()
    .regex(/^[0-9]{11}$/)
    .nullable(),
  /** Tells two families under one house code apart, as the list numbers them; null for the only or first one. */
  familyNumber: z.string().max(householdTextLimits.familyNumber).nullable(),
  houseNumber: z.string().max(householdTextLimits.houseNumber).nullable(),
  lane: z.string().max(householdTextLimits.lane).nullable(),
  road: z.string().max(householdTextLimits.road).nullable(),
  phone: z.string().max(householdTextLimits.phone).nullable(),
  latitude: z.number().min(coordinateLimits.latitude[0]).max(coordinateLimits.latitude[1]).nullable(),
  longitude: z.number().min(coordinateLimits.longitude[0]).max(coordinateLimits.longitude[1]).nullable(),
  /** As the list states it; the registry counts its own members beside it. */
  memberCount: z.number().int().min(0).max(mostMembers).nullable(),
  note: z.string().max(householdTextLimits.note).nullable(),
})

export type HouseholdFacts = z.infer<typeof householdFactsSchema>

/** Where a household stands in the registry: only `active` ones are counted. */
export const householdStates = ['active', 'merged', 'withdrawn'] as const
export type HouseholdState = (typeof householdStates)[number]
