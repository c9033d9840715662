/**
 * Which screen is shown. Kept in the entries of the browser's history, so that the phone's own back key works; the
 * address stays `/field` throughout, and says nothing of any household.
 */
import { useSyncExternalStore } from 'react'

export type Place =
  | { page: 'today' }
  | { page: 'household'; id: string }
  | { page: 'visit'; id: string }
  | { page: 'help'; id: string }
  | { page: 'found'; draft: string }
  | { page: 'correct'; id: string; entryId: string }
  | { page: 'saved'; id: string | null }
  | { page: 'outbox' }
  | { page: 'item'; id: string }
  | { page: 'settings' }
  | { page: 'areas' }
  | { page: 'signIn' }
  | { page: 'tour' }

const home: Place = { page: 'today' }
const listeners = new Set<() => void>()
let current: Place = placeOf(history.state)

function placeOf(state: unknown): Place {
  if (typeof state !== 'object' || state === null || !('field' in state)) return home
  return (state as { field: Place }).field
}

function tell(): void {
  for (const listener of listeners) listener()
}

window.addEventListener('popstate', (event) => {
  current = placeOf(event.state)
  tell()
})

export function currentPlace(): Place {
  return current
}

const formPages = ['visit', 'help', 'found', 'correct']

export function isForm({ page }: Place): boolean {
  return formPages.includes(page)
}

/** Whether the address was opened anew: a browser that was killed keeps no history. */
export function isFresh(): boolean {
  return placeOf(history.state) === home
}

export function go(place: Place, { replace = false }: { replace?: boolean } = {}): void {
  current = place
  history[replace ? 'replaceState' : 'pushState']({ field: place, depth: depth() + (replace ? 0 : 1) }, '')
  window.scrollTo(0, 0)
  tell()
}

/** Back by one screen; home when there is none before. */
export function goBack(): void {
  if (depth() > 0) history.back()
  else go(home, { replace: true })
}

function depth(): number {
  const state: unknown = history.state
  return typeof state === 'object' && state !== null && 'depth' in state ? Number(state.depth) : 0
}

export function usePlace(): Place {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentPlace)
}

/** Now, or when the form that is open is left. */
export function whenNoForm(act: () => void): void {
  if (!isForm(current)) {
    act()
    return
  }
  const wait = () => {
    if (isForm(current)) return
    listeners.delete(wait)
    act()
  }
  listeners.add(wait)
}
