import { z } from 'zod'

/** How a problem looks on the wire. */
export const problemSchema = z.object({
  code: z.number(),
  problem: z.string(),
  details: z.record(z.string(), z.unknown()),
  requestId: z.string(),
})
export type ProblemAnswer = z.infer<typeof problemSchema>
