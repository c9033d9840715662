/** The language of the screen: kept on this device, told to the page by <html lang>. */
import { useSyncExternalStore } from 'react'
import type { Locale } from '../../text/locale.ts'

export type { Locale } from '../../text/locale.ts'

const storageKey = 'kaejon.locale'
const listeners = new Set<() => void>()
let current: Locale = stored()

export function currentLocale(): Locale {
  return current
}

export function setLocale(locale: Locale): void {
  current = locale
  try {
    localStorage.setItem(storageKey, locale)
  } catch {
    // A browser that forbids storage still changes the language, until the page is closed.
  }
  applyLocale()
  for (const listener of listeners) listener()
}

/** Sets <html lang> to the chosen language; called once before the first paint. */
export function applyLocale(): void {
  document.documentElement.lang = current
}

export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, currentLocale)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function stored(): Locale {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'th'
  } catch {
    return 'th'
  }
}
