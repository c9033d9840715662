/** Whether the screen is as narrow as a phone's; where the style sheet alone cannot make the right page of one tree. */
import { useSyncExternalStore } from 'react'

const query = '(max-width: 719px)'

export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

function subscribe(listener: () => void): () => void {
  const list = matchMedia(query)
  list.addEventListener('change', listener)
  return () => list.removeEventListener('change', listener)
}
