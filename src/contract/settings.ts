import { z } from 'zod'
import { matchThresholdsSchema, matchWeightsSchema, settingSchemas, survivorshipSchema } from '../domain/settings.ts'
import { route } from './route.ts'

export const editableSettingsSchema = z.object({
  registryName: settingSchemas['registry.name'],
  matchThresholds: matchThresholdsSchema,
  matchWeights: matchWeightsSchema,
  survivorship: survivorshipSchema,
  /** When an import stops and asks, and how many dry runs a person may make in a day. */
  importLimits: settingSchemas['import.limits'],
})

const settingsSchema = z.object({
  ...editableSettingsSchema.shape,
  /** True when every household of this registry is invented; cannot be changed on a screen. */
  practice: z.boolean(),
  /** What the program ships with, so that a form can show what was changed and put it back. */
  defaults: editableSettingsSchema,
})
export type SettingsAnswer = z.infer<typeof settingsSchema>

export const settingShow = route({
  name: 'setting.show',
  method: 'GET',
  path: '/api/settings',
  access: 'setting.edit',
  effect: 'read',
  subject: 'none',
  input: z.object({}),
  output: settingsSchema,
})

/** Changes what is given and leaves the rest. */
export const settingEdit = route({
  name: 'setting.edit',
  method: 'PATCH',
  path: '/api/settings',
  access: 'setting.edit',
  effect: 'write',
  subject: 'none',
  input: editableSettingsSchema.partial(),
  output: settingsSchema,
})

export const settingRoutes = [settingShow, settingEdit]
