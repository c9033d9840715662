/** Choices of this phone that are no secret: the contrast, whether the tour was seen. */
import { useSyncExternalStore } from 'react'

interface FieldSettings {
  isStrong: boolean
  /** False from registering until the cards were seen; a browser that dies over them has seen enough. */
  tourSeen: boolean
  /** When the hint to install was put away; null while it was not. */
  hintAwayAt: string | null
}

const storageKey = 'kaejon.field'
const listeners = new Set<() => void>()
let current = stored()

export function fieldSettings(): FieldSettings {
  return current
}

export function setFieldSettings(changes: Partial<FieldSettings>): void {
  current = { ...current, ...changes }
  try {
    localStorage.setItem(storageKey, JSON.stringify(current))
  } catch {
    // A browser that forbids storage keeps the choice until the page is closed.
  }
  applyContrast()
  for (const listener of listeners) listener()
}

/** Called once before the first paint. */
export function applyContrast(): void {
  document.documentElement.dataset['contrast'] = current.isStrong ? 'strong' : 'normal'
}

export function useFieldSettings(): FieldSettings {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, fieldSettings)
}

function stored(): FieldSettings {
  const blank: FieldSettings = { isStrong: false, tourSeen: true, hintAwayAt: null }
  try {
    return { ...blank, ...(JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<FieldSettings>) }
  } catch {
    return blank
  }
}
