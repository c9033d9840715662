import type { Identify } from '../deps.ts'

/** Signing in and out, over the sign-in library. */
export interface Auth {
  identify: Identify
}
