import { z } from 'zod'
import { dimensions } from '../domain/logbook/entry.ts'
import { eligibleSchema } from '../domain/logbook/eligibility.ts'
import { route } from './route.ts'

export const catalogueCodeSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{1,59}$/)
/** '' for everybody, or a province. */
const ownerSchema = z.string().regex(/^([1-9][0-9])?$/)

const facts = {
  nameTh: z.string().trim().min(1).max(200),
  nameEn: z.string().trim().min(1).max(200),
  dimension: z.enum(dimensions),
  /** Who gives it. */
  agency: z.string().trim().min(1).max(200),
  eligible: eligibleSchema,
  /** What is given, in words. */
  amountTh: z.string().trim().min(1).max(300),
  amountEn: z.string().trim().min(1).max(300),
  /** Baht, where one figure says it. */
  amountBaht: z.number().int().min(0).max(100_000_000).nullable(),
  /** Where this is written. */
  source: z.string().trim().min(1).max(300),
}

/** An item of the catalogue (เมนูแก้จน), as it is between two days. */
export const catalogueItemSchema = z.object({
  code: z.string(),
  /** Whose: '' for everybody's, else the province that decides it for itself. */
  area: z.string(),
  ...facts,
  validFrom: z.string(),
  /** The last day, included; null while it goes on. */
  validTo: z.string().nullable(),
  /** Null for what the program ships. */
  changedAt: z.string().nullable(),
  /** Null for what the program ships, and for those who may not edit it. */
  changedBy: z.string().nullable(),
})
export type CatalogueItem = z.infer<typeof catalogueItemSchema>

/** What help there is in a province: its own items, and everybody's that it did not take over. */
export const catalogueList = route({
  name: 'catalogue.list',
  method: 'GET',
  path: '/api/catalogue',
  access: 'list.read',
  effect: 'read',
  subject: 'none',
  input: z.object({
    area: ownerSchema.default(''),
    /** Only what can be given on this day; without it everything that ever stood there. */
    on: z.iso.date().optional(),
    dimension: z.enum(dimensions).optional(),
  }),
  output: z.object({ items: z.array(catalogueItemSchema), mayEdit: z.boolean() }),
})

const validity = { validFrom: z.iso.date(), validTo: z.iso.date().nullable().default(null) }

/** Adds an item for a province, or for everybody when `area` is ''; the program gives the code. */
export const catalogueAdd = route({
  name: 'catalogue.add',
  method: 'POST',
  path: '/api/catalogue',
  access: 'rule.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({ area: ownerSchema, ...facts, ...validity }),
  output: z.object({ item: catalogueItemSchema }),
})

/**
 * Says an item anew from a day on: what stood before ends the day before it and stays readable. The same first day puts
 * it right. A province that changes everybody's item has its own from then on.
 */
export const catalogueChange = route({
  name: 'catalogue.change',
  method: 'PUT',
  path: '/api/catalogue/:code',
  access: 'rule.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({
    code: catalogueCodeSchema,
    area: ownerSchema,
    /** The first day of what is changed, as the writer saw it. */
    of: z.iso.date(),
    ...facts,
    ...validity,
  }),
  output: z.object({ item: catalogueItemSchema }),
})

/** The item is given for the last time on a day; null takes an end back. */
export const catalogueEnd = route({
  name: 'catalogue.end',
  method: 'POST',
  path: '/api/catalogue/:code/end',
  access: 'rule.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({ code: catalogueCodeSchema, area: ownerSchema, of: z.iso.date(), validTo: z.iso.date().nullable() }),
  output: z.object({ item: catalogueItemSchema }),
})

export const catalogueRoutes = [catalogueList, catalogueAdd, catalogueChange, catalogueEnd]
