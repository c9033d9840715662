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
      if (event.isComposing || isInOverlay(event.target)) return
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        event.stopPropagation()
        afterLeavingField(() => latest.current.onSave())
      } else if (event.key === 'Escape') {
        event.preventDefault()
        event.stopPropagation()
        latest.current.onLeave()
      }
    }
    // Before the fields themselves: some of them keep their keys from everybody else.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}

/** An open list or window takes its keys for itself. */
function isInOverlay(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  return (
    target.closest('[role=dialog], [role=listbox], [role=menu]') !== null ||
    target.matches('[role=combobox][aria-expanded=true]')
  )
}

const settlesMs = 50

/** A number counts once its field is left; unless the focus went elsewhere, it then goes back. */
function afterLeavingField(act: () => void): void {
  const field = document.activeElement
  if (field instanceof HTMLElement) field.blur()
  setTimeout(act, 0)
  setTimeout(() => {
    if (document.activeElement === document.body && field instanceof HTMLElement && field.isConnected)
      field.focus({ preventScroll: true })
  }, settlesMs)
}
