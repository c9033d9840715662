/** Stops an address that fails too often. Kept in memory: nobody who fails can make the database work. */
import { Problem } from '../../domain/problem.ts'

const windowMs = 10 * 60_000
/** Many phones stand behind one address of a mobile network, and only failures count. */
const mostFailures = 100
const mostAddresses = 10_000

export interface Throttle {
  /** @throws Problem tooManyTries */
  requireTriesLeft(address: string, now: Date): void
  failed(address: string, now: Date): void
}

export function createThrottle(): Throttle {
  const failures = new Map<string, { count: number; since: number }>()
  const current = (address: string, now: Date) => {
    const known = failures.get(address)
    return known && now.getTime() - known.since < windowMs ? known : null
  }
  return {
    requireTriesLeft(address, now) {
      if ((current(address, now)?.count ?? 0) >= mostFailures)
        throw new Problem('tooManyTries', { limit: mostFailures })
    },
    failed(address, now) {
      const known = current(address, now)
      if (known) {
        known.count += 1
        return
      }
      if (failures.size >= mostAddresses) failures.clear()
      failures.set(address, { count: 1, since: now.getTime() })
    },
  }
}
