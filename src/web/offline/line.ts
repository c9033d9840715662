/** All that sending and fetching need. */
import type { PhoneDatabase } from './storage.ts'
import type { Transport } from './transport.ts'

/** `navigator.locks`, or what stands for it. */
export interface Locks {
  request<Result>(name: string, work: () => Promise<Result>): Promise<Result>
}

export interface Line {
  database: PhoneDatabase
  transport: Transport
  crypto: Crypto
  now(): Date
}

/** Whoever sends or fetches for an account holds it, in whatever tab or worker. */
export const syncLock = (accountId: string) => `kaejon-phone-sync-${accountId}`
