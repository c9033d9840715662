import { z } from 'zod'
import { areaCodeSchema, areaLevels } from '../domain/area.ts'
import { route } from './route.ts'

/** An area as screens show it. `code` is '' for the nation. */
export const areaSchema = z.object({
  code: areaCodeSchema,
  level: z.enum(areaLevels),
  /** Without จังหวัด, อำเภอ, ตำบล; a village without บ้านหมู่ที่. */
  nameTh: z.string(),
  nameEn: z.string().nullable(),
})
export type AreaAnswer = z.infer<typeof areaSchema>

/** `area` and the areas around it, from the nation down to itself. */
const areaWithPathSchema = areaSchema.extend({ path: z.array(areaSchema) })
export type AreaWithPath = z.infer<typeof areaWithPathSchema>

const villageNameSchema = z.string().trim().min(1).max(120)
const englishNameSchema = z.string().trim().min(1).max(120).nullable()

/** The areas directly in an area as of today, by code. Names of areas are no secret: everybody signed in may ask. */
export const areaChildren = route({
  name: 'area.children',
  method: 'GET',
  path: '/api/areas/children',
  access: 'area.read',
  effect: 'read',
  subject: 'none',
  input: z.object({ area: areaCodeSchema.default('') }),
  output: z.object({ area: areaWithPathSchema, children: z.array(areaSchema) }),
})

/** Areas by a part of their name, a code, or several words ("นางรอง บุรีรัมย์"); the wrong keyboard layout is understood. */
export const areaSearch = route({
  name: 'area.search',
  method: 'POST',
  path: '/api/areas/search',
  access: 'area.read',
  effect: 'read',
  subject: 'none',
  input: z.object({
    text: z.string().max(100),
    within: areaCodeSchema.default(''),
    /** Only areas of these levels; every level when it is left out. */
    levels: z.array(z.enum(areaLevels)).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  output: z.object({ areas: z.array(areaWithPathSchema) }),
})

/** One area with every name it has had. */
export const areaShow = route({
  name: 'area.show',
  method: 'GET',
  path: '/api/areas/show',
  access: 'area.read',
  effect: 'read',
  subject: 'none',
  input: z.object({ area: areaCodeSchema }),
  output: z.object({
    area: areaWithPathSchema,
    names: z.array(
      z.object({
        nameTh: z.string(),
        nameEn: z.string().nullable(),
        origin: z.enum(['official', 'import', 'desk']),
        /** First day; null when it goes back further than is known. */
        validFrom: z.string().nullable(),
        /** Last day, that day included; null while it holds. */
        validTo: z.string().nullable(),
      }),
    ),
    /** Whether this person may rename it, or add a village to it. */
    mayEdit: z.boolean(),
  }),
})

/** Adds a village (หมู่บ้าน) to a subdistrict. Officially coded levels change with a release, not by hand. */
export const areaAdd = route({
  name: 'area.add',
  method: 'POST',
  path: '/api/areas',
  access: 'area.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({
    /** The subdistrict, 6 digits. */
    area: z.string().regex(/^[1-9][0-9]{5}$/),
    moo: z.number().int().min(1).max(99),
    nameTh: villageNameSchema,
    nameEn: englishNameSchema.default(null),
  }),
  output: z.object({ area: areaWithPathSchema }),
})

/** Gives a village another name from today on; a slip made today is simply put right. */
export const areaRename = route({
  name: 'area.rename',
  method: 'POST',
  path: '/api/areas/rename',
  access: 'area.edit',
  effect: 'write',
  subject: 'area',
  input: z.object({
    /** The village, 8 digits. */
    area: z.string().regex(/^[1-9][0-9]{7}$/),
    nameTh: villageNameSchema,
    nameEn: englishNameSchema.default(null),
  }),
  output: z.object({ area: areaWithPathSchema }),
})

export const areaRoutes = [areaChildren, areaSearch, areaShow, areaAdd, areaRename]
