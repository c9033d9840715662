/** Values that several nouns of the contract are made of. */
import { z } from 'zod'
import { maskIdsInText } from '../domain/national-id.ts'

export const idSchema = z.uuid()
/** A calendar day, as 2023-03-31. */
export const daySchema = z.iso.date()
/** A moment, in ISO 8601 with its zone. */
export const momentSchema = z.string()
/** Words that somebody writes of their own; national ids have another place, and are masked in them. */
export const wordsSchema = z.string().overwrite(maskIdsInText).trim()
/** Why somebody does what they do: it is kept, and read in the log. */
export const reasonSchema = wordsSchema.min(3).max(300)
/** A number of the query string. */
export const numberInQuery = z.coerce.number().int()
/** A yes or no of the query string. */
export const booleanInQuery = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
