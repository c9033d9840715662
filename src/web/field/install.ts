/** The service worker and the browser's offer to install; a new version waits until somebody says so. */
import { useSyncExternalStore } from 'react'
import { flushAll } from './keep.ts'
import { whenNoForm } from './router.ts'

interface InstallEvent extends Event {
  prompt: () => Promise<void>
}

const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function isInstalled(): boolean {
  return matchMedia('(display-mode: standalone)').matches
}

/** An iPhone or iPad: there an app of the home screen shares nothing with the browser that it came from. */
export function isApple({ userAgent, maxTouchPoints }: Navigator = navigator): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)
}

/** The browser asks once; kept until the person presses the button. */
export const installOffer = {
  current: null as InstallEvent | null,
  subscribe,
  async show(): Promise<void> {
    const event = installOffer.current
    installOffer.current = null
    tell()
    await event?.prompt()
  },
}

/** What was typed a moment ago is written first; where it cannot be, the older app goes on. */
async function reloadWhenKept(): Promise<void> {
  if (await flushAll()) location.reload()
}

let waiting: ServiceWorker | null = null

/** Registers the worker; where that fails the app works on, with a line only. */
export function startWorker(onMessage: (message: unknown) => void): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    installOffer.current = event as InstallEvent
    tell()
  })
  if (!('serviceWorker' in navigator)) return
  const container = navigator.serviceWorker
  container.addEventListener('message', (event) => onMessage(event.data))
  let hadWorker = container.controller !== null
  container.addEventListener('controllerchange', () => {
    // The first worker takes the page over as it is; a newer one comes because somebody asked for it, perhaps in another tab.
    if (hadWorker) whenNoForm(() => void reloadWhenKept())
    hadWorker = true
  })
  container.register('/service-worker.js', { scope: '/field' }).then(
    (registration) => {
      const look = (worker: ServiceWorker | null) => {
        if (!worker || !container.controller) return
        const settle = () => {
          if (worker.state !== 'installed') return
          waiting = worker
          tell()
        }
        worker.addEventListener('statechange', settle)
        settle()
      }
      // Found before anybody listened here: by another tab, or while the answer was on its way.
      look(registration.waiting)
      look(registration.installing)
      registration.addEventListener('updatefound', () => look(registration.installing))
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') registration.update().catch(() => {})
      })
    },
    (error: unknown) => console.warn('The service worker was not registered', error),
  )
}

/** Asks the browser to send what waits when the line is back, also with the app closed; Chromium only. */
export async function askBackgroundSync(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.ready
    const { sync } = registration as unknown as { sync?: { register: (tag: string) => Promise<void> } }
    await sync?.register('outbox')
  } catch {
    // Not there, or not allowed: the app sends when it is opened.
  }
}

/** Takes the waiting version; null while there is none. */
export function useUpdate(): (() => void) | null {
  const worker = useSyncExternalStore(subscribe, () => waiting)
  return worker && (() => worker.postMessage('takeOver'))
}
