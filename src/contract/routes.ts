/** Every route there is. */
import type { Route } from './route.ts'
import { sessionShow } from './session.ts'

export const routes: readonly Route[] = [sessionShow]
