/**
 * Keeps what is typed: a short moment after each change, and at once when the page is hidden or left. One write at a time,
 * and the newest always comes last.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { usePhone } from './phone.tsx'

const pauseMs = 250

export interface Keeping {
  /** `kept` once everything that was typed is on the phone. */
  state: 'untouched' | 'keeping' | 'kept' | 'failed'
  at: Date | null
  /** Writes what is not written yet, and waits for it. */
  flush: () => Promise<void>
  /** Nothing is written any more, and what was being written is: the form is about to be saved. */
  stop: () => Promise<void>
  /** It could not be saved: what stands in the form is written again. */
  resume: () => void
}

const flushes = new Set<() => Promise<boolean>>()

/** Writes what is typed in every form that is open. @returns whether all of it is on the phone */
export async function flushAll(): Promise<boolean> {
  const kept = await Promise.all([...flushes].map((flush) => flush()))
  return kept.every(Boolean)
}

/** @param value what stands in the form now; the very same object while nothing was changed */
export function useKeeping(name: string, value: unknown): Keeping {
  const phone = usePhone()
  const [shown, setShown] = useState<{ state: Keeping['state']; at: Date | null }>({ state: 'untouched', at: null })
  const work = useRef({ value, written: value, isStopped: false, chain: Promise.resolve(), isMounted: true })
  useLayoutEffect(() => {
    work.current.value = value
  }, [value])
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  const flush = useCallback((): Promise<void> => {
    const current = work.current
    if (current.isStopped || current.written === current.value) return current.chain
    current.written = current.value
    const writing = current.value
    current.chain = current.chain
      .then(() => (current.isStopped ? undefined : phone.writeDraft(name, writing)))
      .then(
        () => {
          if (current.isMounted && current.written === writing) setShown({ state: 'kept', at: new Date() })
        },
        () => {
          // Tried again with the next change, or the next time that the page is hidden.
          if (current.written === writing) current.written = undefined
          if (current.isMounted) setShown((before) => ({ ...before, state: 'failed' }))
        },
      )
    return current.chain
  }, [phone, name])

  useEffect(() => {
    if (work.current.written === value) return
    setShown((before) => (before.state === 'keeping' ? before : { ...before, state: 'keeping' }))
    // Begun by the first change and not put off by the next: whoever types without a pause is kept up with too.
    timer.current ??= setTimeout(() => {
      timer.current = null
      void flush()
    }, pauseMs)
  }, [value, flush])

  useEffect(() => {
    const current = work.current
    current.isMounted = true
    const leave = () => void flush()
    const hide = () => {
      if (document.visibilityState === 'hidden') void flush()
    }
    const settle = async () => {
      await flush()
      return current.isStopped || current.written === current.value
    }
    flushes.add(settle)
    window.addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', hide)
    return () => {
      flushes.delete(settle)
      window.removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', hide)
      current.isMounted = false
      void flush()
    }
  }, [flush])

  const stop = useCallback(async () => {
    work.current.isStopped = true
    await work.current.chain
  }, [])
  const resume = useCallback(() => {
    work.current.isStopped = false
    work.current.written = undefined
    void flush()
  }, [flush])
  return { ...shown, flush, stop, resume }
}
