/** Files on their way to the server: sent in pieces, taken up again where a connection broke, checked at the end. */
import { z } from 'zod'
import { route } from './route.ts'
import { idSchema, momentSchema, numberInQuery } from './values.ts'

/** Pieces of an upload are at most this long; any shorter length will do. */
export const mostBytesPerPiece = 8 * 1024 * 1024

export const uploadSchema = z.object({
  id: idSchema,
  fileName: z.string(),
  /** Bytes, as announced. */
  size: z.number(),
  /** Bytes that are stored for good: the next piece begins here. */
  received: z.number(),
  complete: z.boolean(),
})
export type Upload = z.infer<typeof uploadSchema>

export const uploadBegin = route({
  name: 'upload.begin',
  method: 'POST',
  path: '/api/uploads',
  access: 'import.write',
  effect: 'write',
  subject: 'none',
  input: z.object({ fileName: z.string().min(1).max(255), size: z.number().int().min(1) }),
  output: uploadSchema,
})

export const uploadShow = route({
  name: 'upload.show',
  method: 'GET',
  path: '/api/uploads/:uploadId',
  access: 'import.write',
  effect: 'read',
  subject: 'upload',
  input: z.object({ uploadId: idSchema }),
  output: uploadSchema,
})

/**
 * The body is the piece itself. A piece that was stored already is answered like the first time; one that begins beyond
 * what was received is `uploadOutOfOrder` with `received` in the details.
 */
export const uploadAppend = route({
  name: 'upload.append',
  method: 'PUT',
  path: '/api/uploads/:uploadId/bytes',
  access: 'import.write',
  effect: 'write',
  subject: 'upload',
  body: 'bytes',
  input: z.object({ uploadId: idSchema, offset: numberInQuery.min(0) }),
  output: uploadSchema,
})

const earlierImportSchema = z.object({
  batchId: idSchema,
  listCode: z.string(),
  at: momentSchema,
  state: z.string(),
})

export const uploadComplete = route({
  name: 'upload.complete',
  method: 'POST',
  path: '/api/uploads/:uploadId/complete',
  access: 'import.write',
  effect: 'write',
  subject: 'upload',
  /** The SHA-256 of the file in hex, when the browser could compute it: checked against what was received. */
  input: z.object({
    uploadId: idSchema,
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  output: uploadSchema.extend({
    digest: z.string(),
    /** Imports of the very same file that this person may see, newest first. */
    earlierImports: z.array(earlierImportSchema),
  }),
})

export const uploadRoutes = [uploadBegin, uploadShow, uploadAppend, uploadComplete] as const
