/** How this person wants the screen: kept on the device, told to the page by data attributes on <html>. */
import { useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
type Theme = (typeof themes)[number]

export const textSizes = ['normal', 'large', 'largest'] as const
type TextSize = (typeof textSizes)[number]

export interface Preferences {
  theme: Theme
  textSize: TextSize
}

const storageKey = 'kaejon.display'
const listeners = new Set<() => void>()
let current = stored()

export function setPreferences(changes: Partial<Preferences>): void {
  current = { ...current, ...changes }
  try {
    localStorage.setItem(storageKey, JSON.stringify(current))
  } catch {
    // A browser that forbids storage keeps the choice until the page is closed.
  }
  applyPreferences()
  for (const listener of listeners) listener()
}

/** Called once before the first paint, so that nothing flashes. */
export function applyPreferences(): void {
  document.documentElement.dataset['theme'] = current.theme
  document.documentElement.dataset['text'] = current.textSize
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function stored(): Preferences {
  const kept = readJson()
  return {
    theme: themes.find((theme) => theme === kept['theme']) ?? 'system',
    textSize: textSizes.find((size) => size === kept['textSize']) ?? 'normal',
  }
}

function readJson(): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
