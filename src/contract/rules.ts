import { z } from 'zod'
import { ruleKinds, ruleSchemas } from '../domain/logbook/rules/index.ts'
import { route } from './route.ts'
import { reasonSchema } from './values.ts'

/** '' for everybody, or a province. */
const ownerSchema = z.string().regex(/^([1-9][0-9])?$/)

export const ruleContentSchema = z.object(ruleSchemas)

const versionSchema = z.object({
  version: z.number().int(),
  /** Whose it is: '' for everybody's, a province, or null for what the program ships. */
  area: z.string().nullable(),
  /** ISO moment; null for what the program ships. */
  savedAt: z.string().nullable(),
  /** Null for what the program ships, and for those who may not edit rules there. */
  savedBy: z.string().nullable(),
  reason: z.string().nullable(),
})
export type RuleVersion = z.infer<typeof versionSchema>

/** The rules that hold in a province (or where a province decided nothing), with their history. */
export const ruleList = route({
  name: 'rule.list',
  method: 'GET',
  path: '/api/rules',
  access: 'list.read',
  effect: 'read',
  subject: 'none',
  input: z.object({ area: ownerSchema.default('') }),
  output: z.object({
    current: ruleContentSchema,
    /** What the program ships with, so that a form can show what was changed and put it back. */
    defaults: ruleContentSchema,
    kinds: z.array(
      z.object({
        kind: z.enum(ruleKinds),
        version: z.number().int(),
        /** Newest first; the last is the program's own. */
        history: z.array(versionSchema),
      }),
    ),
    mayEdit: z.boolean(),
    /** Whether cases of this place are still being looked at again after rules were saved. */
    isSettling: z.boolean(),
  }),
})

/** One version of one kind as it was, so that old answers stay readable. */
export const ruleShow = route({
  name: 'rule.show',
  method: 'GET',
  path: '/api/rules/:kind',
  access: 'list.read',
  effect: 'read',
  subject: 'none',
  input: z.object({
    kind: z.enum(ruleKinds),
    area: ownerSchema.default(''),
    version: z.coerce.number().int().min(0),
  }),
  output: z.object({ rules: ruleContentSchema.partial() }),
})

/**
 * Saves a new version of a kind for a province, or for everybody when `area` is ''. `content` is checked by the kind's
 * own schema; faults come back by field, such as `3.share`. `after` is the version that the writer saw.
 */
export const ruleSave = route({
  name: 'rule.save',
  method: 'PUT',
  path: '/api/rules/:kind',
  access: 'rule.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({
    kind: z.enum(ruleKinds),
    area: ownerSchema,
    after: z.number().int().min(0),
    reason: reasonSchema,
    content: z.unknown(),
  }),
  output: z.object({ version: z.number().int() }),
})

export const ruleRoutes = [ruleList, ruleShow, ruleSave]
