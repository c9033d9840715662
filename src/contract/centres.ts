import { z } from 'zod'
import { areaCodeSchema } from '../domain/area.ts'
import { areaSchema } from './areas.ts'
import { route } from './route.ts'

export const centreKinds = ['nation', 'province', 'district', 'city', 'town', 'pattaya'] as const
/** Kinds that a province may found by hand: they cut across districts and answer for what their coverage names. */
export const municipalKinds = ['city', 'town', 'pattaya'] as const

/** A centre for ending poverty (ศจพ.). */
export const centreSchema = z.object({
  id: z.string(),
  /** Stable, such as DISTRICT-3104 or TOWN-3101. */
  code: z.string(),
  kind: z.enum(centreKinds),
  nameTh: z.string(),
  /** As officers write it: ศจพ.อ.นางรอง. */
  shortNameTh: z.string(),
  nameEn: z.string(),
  /** The area it stands for; a municipal centre stands in its province and answers for its coverage. */
  areaCode: areaCodeSchema,
  validFrom: z.string().nullable(),
  /** Last day, that day included. */
  validTo: z.string().nullable(),
  /** How many areas its coverage names; a municipal centre with none gets no households yet. */
  coverageCount: z.number(),
})
export type CentreAnswer = z.infer<typeof centreSchema>

const centreNames = {
  nameTh: z.string().trim().min(1).max(300),
  shortNameTh: z.string().trim().min(1).max(120),
  nameEn: z.string().trim().min(1).max(300),
}

/** The centres of an area: its own, those below it, and the municipal ones of its province. Without names of people. */
export const centreList = route({
  name: 'centre.list',
  method: 'GET',
  path: '/api/centres',
  access: 'centre.read',
  effect: 'read',
  subject: 'none',
  input: z.object({ area: areaCodeSchema.default(''), kind: z.enum(centreKinds).optional() }),
  output: z.object({ centres: z.array(centreSchema) }),
})

export const centreShow = route({
  name: 'centre.show',
  method: 'GET',
  path: '/api/centres/:id',
  access: 'centre.read',
  effect: 'read',
  subject: 'none',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    centre: centreSchema,
    /** Subdistricts and villages that it answers for today. */
    coverage: z.array(areaSchema.extend({ path: z.array(areaSchema), validFrom: z.string().nullable() })),
    /** Households it answers for; null for those who may not list them. */
    households: z.number().nullable(),
    mayEdit: z.boolean(),
  }),
})

/** Founds a municipal centre in a province. */
export const centreCreate = route({
  name: 'centre.create',
  method: 'POST',
  path: '/api/centres',
  access: 'centre.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({
    /** The province, 2 digits. */
    area: z.string().regex(/^[1-9][0-9]$/),
    kind: z.enum(municipalKinds),
    ...centreNames,
    validFrom: z.iso.date().nullable().default(null),
  }),
  output: z.object({ centre: centreSchema }),
})

export const centreEdit = route({
  name: 'centre.edit',
  method: 'PUT',
  path: '/api/centres/:id',
  access: 'centre.edit',
  effect: 'write',
  subject: 'centre',
  input: z.object({ id: z.uuid(), ...centreNames, validTo: z.iso.date().nullable().default(null) }),
  output: z.object({ centre: centreSchema, reassigned: z.number() }),
})

/**
 * Says which subdistricts and villages a municipal centre answers for from today on. The households there, and those
 * that it no longer answers for, change hands in the same transaction.
 */
export const centreSetCoverage = route({
  name: 'centre.setCoverage',
  method: 'PUT',
  path: '/api/centres/:id/coverage',
  access: 'centre.edit',
  effect: 'write',
  subject: 'centre',
  input: z.object({
    id: z.uuid(),
    /** Districts, subdistricts or villages of the centre's province; the whole new coverage. */
    areas: z.array(z.string().regex(/^[1-9][0-9]{3}([0-9]{2}){0,2}$/)).max(2000),
  }),
  output: z.object({
    centre: centreSchema,
    /** Households whose responsible centre changed. */
    reassigned: z.number(),
  }),
})

export const centreRoutes = [centreList, centreShow, centreCreate, centreEdit, centreSetCoverage]
