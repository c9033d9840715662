/** What is being typed: kept in memory across pages and signing in again, never on disk; leaving the program is warned. */
import { useEffect, useState } from 'react'
import { recallDraft, rememberDraft } from './memory.ts'

/**
 * @param key names the form and the person
 * @param initial what the form begins with when nothing was typed before
 * @param isKept whether what stands there now is worth keeping
 */
export function useTyped<Draft>(key: string, initial: () => Draft, isKept: (draft: Draft) => boolean) {
  const [recalled] = useState(() => recallDraft(key) as Draft | null)
  const [typed, setTyped] = useState<Draft>(() => recalled ?? initial())
  const isWorthKeeping = isKept(typed)
  useEffect(() => rememberDraft(key, isWorthKeeping ? typed : null), [key, typed, isWorthKeeping])
  useEffect(() => {
    if (!isWorthKeeping) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isWorthKeeping])
  return { typed, setTyped, wasRecalled: recalled !== null }
}
