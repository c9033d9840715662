import '@fontsource/noto-sans-thai-looped/400.css'
import '@fontsource/noto-sans-thai-looped/700.css'
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { sweepDrafts } from './drafts.ts'
import { applyLocale } from './text/locale.ts'
import { installLibraryText } from './ui/libraryText.ts'
import { applyPreferences } from './ui/preferences.ts'

applyLocale()
applyPreferences()
installLibraryText()
sweepDrafts()

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
