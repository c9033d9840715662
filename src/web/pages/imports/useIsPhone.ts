/** Whether the screen is as narrow as a phone's, or low; where the style sheet alone cannot make the right page of one tree. */
import { useSyncExternalStore } from 'react'

export function useIsPhone(): boolean {
  return useMedia(narrow)
}

/** Whether a desk's screen is so low that what a page is about needs the room of what stands above it. */
export function useIsLow(): boolean {
  return useMedia(low)
}

interface Media {
  query: string
  subscribe: (listener: () => void) => () => void
}

const narrow = mediaOf('(max-width: 719px)')
const low = mediaOf('(max-height: 859px)')

function useMedia({ query, subscribe }: Media): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}

function mediaOf(query: string): Media {
  return {
    query,
    subscribe: (listener) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
  }
}
