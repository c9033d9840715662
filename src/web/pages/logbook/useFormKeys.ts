/** The keys of a form: Ctrl+Enter saves, Escape goes back with the draft kept. */
import { useEffect, useRef } from 'react'

export interface FormKeys {
  onSave: () => void
  onLeave: () => void
}

export function useFormKeys(keys: FormKeys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        latest.current.onSave()
      }
      // An open list or window takes its Escape for itself.
      const isInOverlay =
        event.target instanceof Element && event.target.closest('[role=dialog], [role=listbox], [role=menu]')
      if (event.key === 'Escape' && !isInOverlay && !document.querySelector('[aria-expanded=true][role=combobox]')) {
        event.preventDefault()
        latest.current.onLeave()
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
