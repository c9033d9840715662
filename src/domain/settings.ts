/**
 * What an installation decides for itself. Defaults are ours and stated as assumptions; what stands in the database
 * takes their place.
 */
import { z } from 'zod'
import { matchThresholds, matchWeights } from './matching.ts'
import { defaultSurvivorship, survivorshipRules } from './survivorship.ts'
import type { SurvivingField } from './survivorship.ts'

const points = z.number().int().min(0).max(100)

export const matchThresholdsSchema = z
  .object({
    /** From this score on a person is asked. */
    doubtful: points,
    /** From this score on the queue proposes "the same". */
    likely: points,
    /** From this likeness (0 to 1) on two names count as one person's. */
    sameName: z.number().min(0.3).max(1),
  })
  .refine((thresholds) => thresholds.doubtful <= thresholds.likely, { path: ['likely'] })

/** Points of each term of a match; together 100. */
export const matchWeightsSchema = z
  .object({ name: points, houseNumber: points, village: points, members: points })
  .refine((weights) => weights.name + weights.houseNumber + weights.village + weights.members === 100, {
    path: ['members'],
  })

/** Where an import stops and asks, and how much one person may learn from dry runs in a day. */
export const importLimitsSchema = z.object({
  /** Per cent of a file's households that may be invalid or double before a person has to say so. */
  guardShare: points,
  dryRunsPerDay: z.number().int().min(1).max(10_000),
  /** So many rows of one file may be said to stand in another area, or this per cent of a long one. */
  elsewhereRows: z.number().int().min(0).max(10_000).default(20),
  elsewhereShare: points.default(1),
  /** Of one person's files of a day together. */
  elsewherePerDay: z.number().int().min(0).max(100_000).default(200),
})

const survivingFields = Object.keys(defaultSurvivorship) as SurvivingField[]

/** The rule of every field. */
export const survivorshipSchema = z.record(z.enum(survivingFields), z.enum(survivorshipRules))

/** Every setting by the key under which it is stored. */
export const settingSchemas = {
  'registry.name': z.string().trim().min(1).max(120),
  /** True when every household is invented; set when the practice province is made, never on a screen. */
  practice: z.boolean(),
  'match.thresholds': matchThresholdsSchema,
  'match.weights': matchWeightsSchema,
  survivorship: survivorshipSchema,
  'import.limits': importLimitsSchema,
} as const

export type SettingKey = keyof typeof settingSchemas
export type Settings = { [Key in SettingKey]: z.infer<(typeof settingSchemas)[Key]> }

export const defaultSettings: Settings = {
  'registry.name': 'แก้จน',
  practice: false,
  'match.thresholds': { ...matchThresholds },
  'match.weights': { ...matchWeights },
  survivorship: { ...defaultSurvivorship },
  'import.limits': {
    guardShare: 50,
    dryRunsPerDay: 40,
    elsewhereRows: 20,
    elsewhereShare: 1,
    elsewherePerDay: 200,
  },
}
