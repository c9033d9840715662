/** A household (ครัวเรือน): the facts a list or a visitor can state about it, and their limits. */
import { z } from 'zod'
import { villageCodeSchema } from './area.ts'

export const householdFactsSchema = z.object({
  /** 8 digits; the last two are 00 while the village is not known. */
  areaCode: villageCodeSchema,
  villageName: z.string().max(120).nullable(),
  /** รหัสประจำบ้าน, 11 digits; may be missing, shared by two families, or of an old registrar. */
  houseCode: z
    .string()
    .regex(/^[0-9]{11}$/)
    .nullable(),
  /** Tells two families under one house code apart, as the list numbers them; null for the only or first one. */
  familyNumber: z.string().max(20).nullable(),
  houseNumber: z.string().max(40).nullable(),
  lane: z.string().max(120).nullable(),
  road: z.string().max(120).nullable(),
  phone: z.string().max(40).nullable(),
  latitude: z.number().min(5).max(21).nullable(),
  longitude: z.number().min(97).max(106).nullable(),
  /** As the list states it; the registry counts its own members beside it. */
  memberCount: z.number().int().min(0).max(99).nullable(),
  note: z.string().max(1000).nullable(),
})

export type HouseholdFacts = z.infer<typeof householdFactsSchema>

/** Where a household stands in the registry: only `active` ones are counted. */
export const householdStates = ['active', 'merged', 'withdrawn'] as const
export type HouseholdState = (typeof householdStates)[number]
