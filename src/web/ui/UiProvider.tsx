/** What every screen stands in: the language for the controls, links that stay inside the program, messages. */
import type { ReactNode } from 'react'
import { I18nProvider, RouterProvider } from 'react-aria-components'
import { useLocale } from '../text/locale.ts'
import { ToastRegion } from './Toast.tsx'

export interface UiProviderProps {
  navigate: (path: string) => void
  children: ReactNode
}

export function UiProvider({ navigate, children }: UiProviderProps) {
  const locale = useLocale()
  return (
    <I18nProvider locale={locale === 'th' ? 'th-TH' : 'en-GB'}>
      <RouterProvider navigate={navigate}>
        {children}
        <ToastRegion />
      </RouterProvider>
    </I18nProvider>
  )
}
