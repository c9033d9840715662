/** Who did what: the trace that every write and every logged read leaves. */
import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { route } from './route.ts'

/**
 * Newest first, within reach. Acts that belong to no area are shown to those whose reach is the nation. `from` and `to`
 * are days in Thailand, both counted. `next` goes into `after` for the following page; null on the last.
 */
export const auditList = route({
  name: 'audit.list',
  method: 'POST',
  path: '/api/audit/search',
  access: 'audit.read',
  effect: 'read',
  subject: 'area',
  input: z.object({
    areaCode: areaCodeSchema.optional(),
    personId: z.uuid().optional(),
    /** The whole name of a route, such as `household.edit`, or its beginning, such as `household.`. */
    action: z.string().max(60).optional(),
    subjectKind: z.string().max(40).optional(),
    subjectId: z.string().max(60).optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    after: z.string().max(100).optional(),
    limit: z.int().min(1).max(200).default(50),
  }),
  output: z.object({
    entries: z.array(
      z.object({
        id: z.string(),
        at: z.iso.datetime(),
        /** Null for the program itself and for a sign-in that named nobody known. */
        person: z.object({ id: z.string(), name: z.string() }).nullable(),
        action: z.string(),
        subjectKind: z.string().nullable(),
        subjectId: z.string().nullable(),
        areaCode: z.string(),
        /** Counts and names of fields, never personal values. */
        detail: z.record(z.string(), z.unknown()),
        requestId: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
})

export const auditRoutes = [auditList] as const
