/** Every endpoint there is; a test holds it equal to the routes of the contract. */
import { auditEndpoints } from './audit.ts'
import type { Endpoint } from './endpoint.ts'
import { peopleEndpoints } from './people.ts'
import { sessionEndpoints } from './session.ts'

export const endpoints: readonly Endpoint[] = [...sessionEndpoints, ...peopleEndpoints, ...auditEndpoints]
