/** Every endpoint there is; a test holds it equal to the routes of the contract. */
import type { Endpoint } from './endpoint.ts'

export const endpoints: readonly Endpoint[] = []
