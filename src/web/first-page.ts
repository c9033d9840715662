/** Which page must come before the one that was asked for. Pure, so that every case is tried without a browser. */
import type { OutputOf } from '../contract/route.ts'
import type { sessionShow } from '../contract/session.ts'

export type SessionAnswer = OutputOf<typeof sessionShow>
export type SignedInPerson = NonNullable<SessionAnswer['person']>

export const firstPages = {
  setup: '/setup',
  signIn: '/sign-in',
  password: '/account/password',
  secondFactor: '/account/second-factor',
} as const

/**
 * Where the person has to go instead of `path`, or null when they may stay.
 *
 * @param returnTo the address that was asked for before signing in
 */
export function pageInstead(session: SessionAnswer, path: string, returnTo: string): string | null {
  const first = firstPageOf(session)
  if (first) return first === path ? null : first
  return path === firstPages.setup || path === firstPages.signIn ? returnTo : null
}

function firstPageOf({ needsSetup, person }: SessionAnswer): string | null {
  if (needsSetup) return firstPages.setup
  if (!person) return firstPages.signIn
  // The password first: whoever else has seen the one-time password could otherwise tie their own device to the account.
  if (person.mustChangePassword) return firstPages.password
  return person.mustSetSecondFactor ? firstPages.secondFactor : null
}
