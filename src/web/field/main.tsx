import '@fontsource/noto-sans-thai-looped/400.css'
import '@fontsource/noto-sans-thai-looped/700.css'
import '../ui/base.css'
import '../ui/practice.css'
import './field.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { anyWaits, createPhone, type Phone } from '../offline/phone.ts'
import { createStorage } from '../offline/storage.ts'
import { createTransport } from '../offline/transport.ts'
import { applyLocale, currentLocale } from '../text/locale.ts'
import { fieldText } from '../text/field.ts'
import { textIn } from '../text/dictionary.ts'
import { applyPreferences } from '../ui/preferences.ts'
import { App, Boundary } from './App.tsx'
import { isInstalled, startWorker } from './install.ts'
import { Notice, Screen } from './parts.tsx'
import { PhoneProvider } from './phone.tsx'
import { applyContrast } from './settings.ts'

const minuteMs = 60_000

applyLocale()
applyPreferences()
applyContrast()
void start()

async function start(): Promise<void> {
  const element = document.getElementById('root')
  if (!element) return
  const root = createRoot(element)
  const text = textIn(fieldText, currentLocale()).notices
  // Without these nothing typed would be safe; better said than begun.
  const missing = !isSecureContext ? text.notSecure : typeof indexedDB === 'undefined' ? text.noStorage : null
  if (missing !== null) {
    root.render(
      <Screen title={textIn(fieldText, currentLocale()).title}>
        <Notice tone="danger" title={missing} />
      </Screen>,
    )
    return
  }
  const phone = await openPhone()
  keepInStep(phone)
  root.render(
    <StrictMode>
      <Boundary>
        <PhoneProvider phone={phone}>
          <App />
        </PhoneProvider>
      </Boundary>
    </StrictMode>,
  )
}

function openPhone(): Promise<Phone> {
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel('kaejon-phone') : null
  return createPhone({
    storage: createStorage({ indexedDB, localStorage }),
    transport: createTransport(),
    now: () => new Date(),
    crypto,
    locks: { request: (name, work) => navigator.locks.request(name, work) as Promise<never> },
    persist: () => navigator.storage.persist(),
    isPersisted: () => navigator.storage.persisted(),
    news: {
      tell: () => channel?.postMessage('changed'),
      listen: (onNews) => channel?.addEventListener('message', onNews),
    },
    builtAt: import.meta.env['VITE_BUILT_AT'] ?? '2026-01-01T00:00:00Z',
    appVersion: import.meta.env['VITE_APP_VERSION'] ?? '',
    report: (error) => console.error(error),
  })
}

/** Sends whenever there may be a line: the browser's own words for it are a hint only. */
function keepInStep(phone: Phone): void {
  startWorker((message) => {
    if (message === 'sent') void phone.sync('worker')
  })
  window.addEventListener('online', () => void phone.sync('online'))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void phone.sync('timer')
  })
  setInterval(() => {
    const status = phone.status()
    const isWorth = anyWaits(status) && status.trouble !== 'signIn'
    if (document.visibilityState === 'visible' && isWorth) void phone.sync('timer')
  }, minuteMs)
  // A browser that refused before may promise it to an app.
  window.addEventListener('appinstalled', () => void phone.askToKeep())
  if (isInstalled()) void phone.askToKeep()
  void phone.sync('start')
}
