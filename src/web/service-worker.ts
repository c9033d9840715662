/**
 * Serves the field app without a line, and sends what waits when the browser says that there is one again. Answers of the
 * server are never kept here: what a phone holds lies sealed in its database. Built by itself, as a classic script.
 */
import { cleanupOutdatedCaches, getCacheKeyForURL, matchPrecache, precache } from 'workbox-precaching'
import { flushOutbox } from './offline/flush.ts'
import { createStorage } from './offline/storage.ts'
import { createTransport } from './offline/transport.ts'

/** The parts of a worker's world that are used here; the library of the pages does not know them. */
interface Worker {
  addEventListener(kind: 'fetch', listen: (event: FetchLike) => void): void
  addEventListener(kind: 'sync', listen: (event: SyncLike) => void): void
  addEventListener(kind: 'activate', listen: (event: WaitLike) => void): void
  addEventListener(kind: 'message', listen: (event: MessageEvent) => void): void
  skipWaiting(): Promise<void>
  clients: { claim(): Promise<void>; matchAll(): Promise<{ postMessage(message: unknown): void }[]> }
}
interface WaitLike extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface FetchLike extends WaitLike {
  request: Request
  respondWith(answer: Promise<Response>): void
}
interface SyncLike extends WaitLike {
  tag: string
}

/** Written in by the build: the files of the field app, with a digest where the name has none. */
declare const fieldFiles: { url: string; revision: string | null; isDetector?: boolean }[]

const worker = globalThis as unknown as Worker
const page = '/field'

// What reads QR codes is kept only where the browser does not do it itself (field/codeDetector.ts).
precache(fieldFiles.filter(({ isDetector }) => !isDetector || !('BarcodeDetector' in worker)))
cleanupOutdatedCaches()

worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))

// A new version waits until somebody takes it: nothing changes under a form.
worker.addEventListener('message', (event) => {
  if (event.data === 'takeOver') void worker.skipWaiting()
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  const asked = request.mode === 'navigate' && isPage(pathname) ? page : pathname
  if (getCacheKeyForURL(asked) === undefined) return
  event.respondWith(matchPrecache(asked).then((kept) => kept ?? fetch(request)))
})

function isPage(pathname: string): boolean {
  return pathname === page || pathname.startsWith(`${page}/`)
}

worker.addEventListener('sync', (event) => {
  if (event.tag === 'outbox') event.waitUntil(send())
})

/** Needs no PIN: what waits is sealed. A refusal lets the browser try again later. */
async function send(): Promise<void> {
  const isDone = await flushOutbox({
    storage: createStorage({ indexedDB, localStorage: null }),
    transport: createTransport(),
    locks: { request: (name, work) => navigator.locks.request(name, work) as Promise<never> },
    crypto,
    now: () => new Date(),
  })
  for (const client of await worker.clients.matchAll()) client.postMessage('sent')
  if (!isDone) throw new Error('Something still waits')
}
