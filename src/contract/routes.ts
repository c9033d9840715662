/** Every route there is. */
import type { Route } from './route.ts'
import { auditRoutes } from './audit.ts'
import { peopleRoutes } from './people.ts'
import { sessionRoutes } from './session.ts'

export const routes: readonly Route[] = [...sessionRoutes, ...peopleRoutes, ...auditRoutes]
