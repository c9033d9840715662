/** What stands in a form, kept on the device with each change and brought back when the form is opened again. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { type DraftPlace, dropDraft, readDraft, writeDraft } from '../../drafts.ts'

export interface KeptForm<Typed> {
  /** Null until it is known whether a draft waits. */
  typed: Typed | null
  change: (next: Typed) => void
  /** When the draft that was brought back had been saved; null for a fresh form. */
  restoredAt: string | null
  /** Changes when the form begins anew, for fields that keep what they began with. */
  round: number
  /** When it was last saved, and whether it outlives the tab. */
  kept: { at: string; isOnDevice: boolean } | null
  /** Begins anew; answers how to take that back. */
  throwAway: () => () => void
  /** Replaces everything, as when a newer version is taken over. */
  replace: (next: Typed) => void
  /** Once it is recorded. */
  forget: () => void
}

/**
 * @param begin what the form begins with when no draft waits
 * @param isUntouched whether nothing was typed that could be lost
 */
export function useDraft<Typed>(
  place: DraftPlace,
  begin: () => Typed,
  isUntouched: (typed: Typed, begun: Typed) => boolean,
): KeptForm<Typed> {
  const { accountId, province, householdId, form } = place
  const [begun, setBegun] = useState(begin)
  const [typed, setTyped] = useState<Typed | null>(null)
  const [restoredAt, setRestoredAt] = useState<string | null>(null)
  const [kept, setKept] = useState<KeptForm<Typed>['kept']>(null)
  const [round, setRound] = useState(0)
  const isDone = useRef(false)

  useEffect(() => {
    let isCurrent = true
    void readDraft({ accountId, province, householdId, form }).then((draft) => {
      if (!isCurrent) return
      setTyped(draft ? (draft.typed as Typed) : begun)
      setRestoredAt(draft?.savedAt ?? null)
      if (draft) setKept({ at: draft.savedAt, isOnDevice: draft.isOnDevice })
    })
    return () => {
      isCurrent = false
    }
    // What it begins with is fixed when the form opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [accountId, province, householdId, form])

  const save = useCallback(
    (next: Typed) => {
      const here = { accountId, province, householdId, form }
      if (isDone.current) return
      if (isUntouched(next, begun)) {
        dropDraft(here)
        setKept(null)
        return
      }
      const now = new Date()
      void writeDraft(here, next, now).then((isOnDevice) => {
        if (isOnDevice !== null) setKept({ at: now.toISOString(), isOnDevice })
      })
    },
    [accountId, province, householdId, form, begun, isUntouched],
  )

  const isAtRisk = kept !== null && !kept.isOnDevice
  useEffect(() => {
    if (!isAtRisk) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isAtRisk])

  const replace = (next: Typed) => {
    setTyped(next)
    save(next)
    setRound((before) => before + 1)
  }
  return {
    typed,
    change(next) {
      setTyped(next)
      save(next)
    },
    restoredAt,
    round,
    kept,
    throwAway() {
      const before = typed
      const fresh = begin()
      setBegun(fresh)
      setTyped(fresh)
      dropDraft(place)
      setKept(null)
      setRestoredAt(null)
      setRound((count) => count + 1)
      return () => {
        if (before !== null) replace(before)
      }
    },
    replace,
    forget() {
      isDone.current = true
      dropDraft(place)
    },
  }
}
