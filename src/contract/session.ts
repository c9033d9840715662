import { z } from 'zod'
import { permissions, roles } from '../domain/permission.ts'
import { route } from './route.ts'

/** Who is signed in and what the screens may offer them. */
export const sessionSchema = z.object({
  /** True while nobody has an account: the first page then makes the first administrator. */
  needsSetup: z.boolean(),
  /** True when every household of this registry is invented. */
  practice: z.boolean(),
  registryName: z.string(),
  person: z
    .object({
      id: z.string(),
      name: z.string(),
      username: z.string(),
      secondFactor: z.boolean(),
      /** An administrator who has not set a second factor can do nothing else first. */
      mustSetSecondFactor: z.boolean(),
      grants: z.array(z.object({ role: z.enum(roles), areas: z.array(z.string()), placeName: z.string() })),
      permissions: z.array(z.enum(permissions)),
      /** The widest area that the person may see figures of: where the overview opens. */
      homeArea: z.string(),
    })
    .nullable(),
})

export const sessionShow = route({
  name: 'session.show',
  method: 'GET',
  path: '/api/session',
  access: 'public',
  effect: 'read',
  subject: 'none',
  input: z.object({}),
  output: sessionSchema,
})
