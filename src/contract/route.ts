/**
 * What is said between browser and server: every route is data. The server checks input and strips output by it, the
 * browser's client is typed by it, and the access test walks it, so that no route can be forgotten.
 */
import type { z } from 'zod'
import type { Permission } from '../domain/permission.ts'

/**
 * What the route's input points at. The access test builds one inside and one outside the person's area; `none` means
 * that the input names no place and the answer is filtered by the person's reach.
 */
export type Subject = 'none' | 'self' | 'area' | 'household' | 'batch' | 'row' | 'upload' | 'list' | 'centre' | 'person'

export interface Route<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** Noun and verb, as `household.show`; also the name in the log and, for writes, in the audit. */
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `:name` parts, query and JSON body are merged into one input. Nothing personal may stand in a path or query. */
  path: `/api/${string}`
  /** Who may ask: anybody, anybody signed in, or those whose role has the permission somewhere. */
  access: 'public' | 'signed-in' | Permission
  /** `read` leaves no trace; `logged-read` and `write` leave exactly one audit row in their transaction. */
  effect: 'read' | 'logged-read' | 'write'
  subject: Subject
  /** Characters of a JSON body that are still read; two million where nothing is said. */
  mostCharacters?: number
  /** The answer may be long and is sent compressed to those who take it so. */
  isLong?: boolean
  /** `bytes`: the body is a stream of bytes that the handler reads itself. */
  body?: 'json' | 'bytes'
  /** `file`: the answer is a download. */
  answer?: 'json' | 'file'
  /**
   * Set where the database's own wall must stand aside: row-level security keeps the Thai search index from being used,
   * and what is kept back of a figure depends on neighbours. The query then carries the area filter alone.
   */
  beyondWall?: boolean
  input: Input
  output: Output
}

/** Declares a route; the types of input and output follow from the schemas. */
export function route<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Route<Input, Output>,
): Route<Input, Output> {
  return definition
}

export type InputOf<Definition extends Route> = z.output<Definition['input']>
export type OutputOf<Definition extends Route> = z.output<Definition['output']>
