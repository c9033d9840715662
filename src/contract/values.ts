/** Values that several nouns of the contract are made of. */
import { z } from 'zod'

export const idSchema = z.uuid()
/** A calendar day, as 2023-03-31. */
export const daySchema = z.iso.date()
/** A moment, in ISO 8601 with its zone. */
export const momentSchema = z.string()
/** A number of the query string. */
export const numberInQuery = z.coerce.number().int()
/** A yes or no of the query string. */
export const booleanInQuery = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
