/**
 * Keeps what is typed: a short moment after each change, and at once when the page is hidden or left. One write at a time,
 * and the newest always comes last.
 */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Phone, PhoneFull } from '../offline/phone.ts'
import { usePhone } from './phone.tsx'

const pauseMs = 250
/** How soon it is tried again: the person may be making room this moment, or signing in again. */
const againMs = 3_000

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

/**
 * What could not be written, by the name of its form: the device is full, or the browser took the database away. Held while
 * the app is open, also when the form was left, and for its own person only.
 */
const unwritten = new Map<string, { form: { value: unknown }; flush: () => Promise<void> }>()

/** Writes what is typed in every form that is open, or was. @returns whether all of it is on the phone */
export async function flushAll(): Promise<boolean> {
  await Promise.all([...unwritten.values()].map(({ flush }) => flush()))
  const kept = await Promise.all([...flushes].map((flush) => flush()))
  return kept.every(Boolean) && unwritten.size === 0
}

/** What stood in a form when it was left; null when nothing was begun. */
export async function readKept(phone: Pick<Phone, 'draft'>, name: string): Promise<unknown> {
  return unwritten.get(name)?.form.value ?? (await phone.draft(name))
}

/** The form is thrown away, or saved. */
export function forgetUnwritten(name: string): void {
  unwritten.delete(name)
}

/** @param value what stands in the form now; the very same object while nothing was changed */
export function useKeeping(name: string, value: unknown): Keeping {
  const phone = usePhone()
  const [shown, setShown] = useState<{ state: Keeping['state']; at: Date | null }>({ state: 'untouched', at: null })
  const [personId] = useState(() => phone.status().person?.id)
  const work = useRef({ value, written: value, isStopped: false, chain: Promise.resolve(), isMounted: true })
  useLayoutEffect(() => {
    work.current.value = value
  }, [value])
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  const flush = useCallback(
    function write(): Promise<void> {
      const current = work.current
      if (current.isStopped || current.written === current.value) return current.chain
      current.written = current.value
      const writing = current.value
      current.chain = current.chain
        .then(() => {
          const owner = phone.status().person?.id
          // Somebody else signed in meanwhile: it is not theirs.
          if (current.isStopped || (owner !== undefined && owner !== personId)) return
          return phone.writeDraft(name, writing)
        })
        .then(
          () => {
            unwritten.delete(name)
            if (current.isMounted && current.written === writing) setShown({ state: 'kept', at: new Date() })
          },
          (error: unknown) => {
            // Tried again with the next change, or the next time that the page is hidden.
            if (current.written === writing) current.written = undefined
            if (current.isMounted) setShown((before) => ({ ...before, state: 'failed' }))
            unwritten.delete(name)
            if (!(error instanceof PhoneFull) && phone.status().state !== 'lost') return
            unwritten.set(name, { form: current, flush: write })
            // The same form, opened again, may hold something newer by then.
            setTimeout(() => {
              if (unwritten.get(name)?.form === current) void write()
            }, againMs)
          },
        )
      return current.chain
    },
    [phone, name, personId],
  )

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
      // What was on the disk is not any more.
      if (phone.status().state === 'lost') current.written = undefined
      void flush()
    }
  }, [phone, flush])

  const stop = useCallback(async () => {
    work.current.isStopped = true
    await work.current.chain
    forgetUnwritten(name)
  }, [name])
  const resume = useCallback(() => {
    work.current.isStopped = false
    work.current.written = undefined
    void flush()
  }, [flush])
  return { ...shown, flush, stop, resume }
}
