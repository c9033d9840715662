/** The engine of the phone (offline/phone.ts) for every screen, and what they read from it. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { OutboxView, Phone, PhoneHouseholdView, PhoneStatus } from '../offline/phone.ts'

const PhoneContext = createContext<Phone | null>(null)

export function PhoneProvider({ phone, children }: { phone: Phone; children: ReactNode }) {
  return <PhoneContext value={phone}>{children}</PhoneContext>
}

export function usePhone(): Phone {
  const phone = useContext(PhoneContext)
  if (!phone) throw new Error('No phone around this screen')
  return phone
}

export function useStatus(): PhoneStatus {
  const phone = usePhone()
  // Bound here: an engine of methods must not lose itself.
  const store = useMemo(
    () => ({ subscribe: (listener: () => void) => phone.subscribe(listener), read: () => phone.status() }),
    [phone],
  )
  return useSyncExternalStore(store.subscribe, store.read)
}

/** Changes whenever what the phone holds, or what waits, may be another. */
export function stampOf({ waiting, lastSyncAt, toFetch, areas, drafts, state }: PhoneStatus): string {
  return [
    waiting.items,
    waiting.photos,
    waiting.since,
    lastSyncAt,
    Math.ceil(toFetch / 100),
    areas.join(),
    drafts,
    state,
  ].join()
}

/**
 * Reads something of the phone again each time that it may have changed.
 *
 * @returns undefined until it was read for the first time
 */
function useRead<Value>(read: (phone: Phone) => Promise<Value>, key: string, isStill = false): Value | undefined {
  const phone = usePhone()
  const stamp = stampOf(useStatus())
  const [found, setFound] = useState<{ key: string; value: Value } | undefined>(undefined)
  useEffect(() => {
    if (isStill) return
    let isCurrent = true
    read(phone).then(
      (value) => {
        if (isCurrent) setFound({ key, value })
      },
      (error: unknown) => {
        if (isCurrent && phone.status().state === 'open') reportError(error)
      },
    )
    return () => {
      isCurrent = false
    }
    // `read` is a new function each time; the key says what it reads.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [phone, stamp, key, isStill])
  return found?.key === key ? found.value : undefined
}

/** The last list that was read, so that coming back to it does not wait. */
let lastHouseholds: { phone: Phone; list: PhoneHouseholdView[] } | null = null

export function useHouseholds(): PhoneHouseholdView[] | undefined {
  const phone = usePhone()
  const read = useRead(async (from) => {
    const list = await from.households()
    lastHouseholds = { phone: from, list }
    return list
  }, 'households')
  return read ?? (lastHouseholds?.phone === phone ? lastHouseholds.list : undefined)
}

/** Dropped when the app is locked: nothing readable stays in memory longer than it is shown. */
export function forgetHouseholds(): void {
  lastHouseholds = null
}

/**
 * Null when the phone does not hold it.
 *
 * @param isStill it is not read anew: a form has begun from it
 */
export function useHousehold(id: string, isStill = false): PhoneHouseholdView | null | undefined {
  const phone = usePhone()
  const read = useRead((from) => from.household(id), `household/${id}`, isStill)
  // The list that it was chosen from has it already: the screen stands at once, and is put right a moment later.
  return read === undefined && lastHouseholds?.phone === phone
    ? lastHouseholds.list.find((household) => household.id === id)
    : read
}

export function useOutbox(): OutboxView[] | undefined {
  return useRead((phone) => phone.outbox(), 'outbox')
}

export function useDrafts(): { name: string; savedAt: string }[] | undefined {
  return useRead((phone) => phone.drafts(), 'drafts')
}
