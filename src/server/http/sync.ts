/** The routes by which phones send and fetch. */
import type { Endpoint } from './endpoint.ts'

export const syncEndpoints: readonly Endpoint[] = []
