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

interface OpenForm {
  /** Writes what is not written yet. @returns whether all of it is on the phone */
  settle: () => Promise<boolean>
  /** Nothing is written any more. @returns whether all of it is on the phone; null where that is said before: it is being saved */
  end: () => boolean | null
}

const openForms = new Map<string, OpenForm>()
/** Asked before each write of a form. @throws when it goes on in another window: a page that slept may not have heard of it yet */
export const guards = new Map<string, () => Promise<void>>()
/** The last write of forms that were left. */
const lastWrites = new Map<string, Promise<void>>()

/**
 * What could not be written, by the name of its form: the device is full, or the browser took the database away. Held while
 * the app is open, also when the form was left, and for its own person only.
 */
const unwritten = new Map<string, { form: { value: unknown }; settle: () => Promise<unknown> }>()

/** Writes what is typed in every form that is open, or was. @returns whether all of it is on the phone */
export async function flushAll(): Promise<boolean> {
  await Promise.all([...unwritten.values()].map(({ settle }) => settle()))
  const kept = await Promise.all([...openForms.values()].map(({ settle }) => settle()))
  // A form that was left a moment ago may still be writing.
  await Promise.all(lastWrites.values())
  return kept.every(Boolean) && unwritten.size === 0
}

/** When a form that was left is written as far as it can be. */
export async function lastWrite(name: string): Promise<void> {
  await lastWrites.get(name)
}

/** When nothing of a form that was left is to be written any more. */
export async function writtenOut(name: string): Promise<void> {
  // Whoever asks while a screen goes asks before its form began its last write.
  await Promise.resolve()
  await lastWrite(name)
  while (unwritten.has(name)) await new Promise((resolve) => setTimeout(resolve, againMs))
}

/**
 * A form goes on in another window: here nothing is written any more.
 *
 * @param mayWrite what is not written yet is, first
 * @returns whether the other window has all of it; null while it is being saved, which goes on
 */
export async function endForm(name: string, mayWrite: boolean): Promise<boolean | null> {
  const form = openForms.get(name)
  if (mayWrite) {
    // Left unwritten and opened again, what stands in the form lies nowhere else yet.
    await unwritten.get(name)?.settle()
    await form?.settle()
    await lastWrite(name)
  }
  const isWhole = (form ? form.end() : true) && !unwritten.has(name)
  if (isWhole !== null) unwritten.delete(name)
  return isWhole
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
  const work = useRef({
    value,
    written: value,
    stored: value,
    isStopped: false,
    chain: Promise.resolve(),
    isMounted: true,
  })
  useLayoutEffect(() => {
    work.current.value = value
  }, [value])
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)

  const flush = useCallback(
    async function write(): Promise<void> {
      const current = work.current
      if (!current.isStopped && current.written !== current.value) {
        const writing = current.value
        current.written = writing
        current.chain = current.chain.then(() => keep(writing)).catch((error: unknown) => failed(error, writing))
      }
      await current.chain
      // What was overtaken while it waited was not written: what overtook it is waited for.
      await current.chain

      async function keep(writing: unknown): Promise<void> {
        // A newer one follows: a device that writes slowly would never be done with all that came before.
        if (current.written !== writing) return
        const owner = phone.status().person?.id
        // Somebody else signed in meanwhile: it is not theirs.
        const isTheirs = owner === undefined || owner === personId
        if (isTheirs && !current.isStopped) {
          await phone.writeDraft(name, writing, guards.get(name))
          current.stored = writing
        }
        unwritten.delete(name)
        // Not where something was typed meanwhile: its turn is still to come.
        if (current.isMounted && current.stored === current.value) setShown({ state: 'kept', at: new Date() })
      }

      function failed(error: unknown, writing: unknown): void {
        // Tried again with the next change, or the next time that the page is hidden.
        if (current.written === writing) current.written = undefined
        if (current.isMounted) setShown((before) => ({ ...before, state: 'failed' }))
        unwritten.delete(name)
        if (current.isStopped) return
        if (!(error instanceof PhoneFull) && phone.status().state !== 'lost') return
        unwritten.set(name, { form: current, settle: write })
        // The same form, opened again, may hold something newer by then.
        setTimeout(() => {
          if (unwritten.get(name)?.form === current) void write()
        }, againMs)
      }
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
    openForms.set(name, {
      settle: async () => {
        await flush()
        return current.isStopped || current.stored === current.value
      },
      end() {
        if (current.isStopped) return null
        current.isStopped = true
        return current.stored === current.value
      },
    })
    window.addEventListener('pagehide', leave)
    document.addEventListener('visibilitychange', hide)
    return () => {
      openForms.delete(name)
      window.removeEventListener('pagehide', leave)
      document.removeEventListener('visibilitychange', hide)
      current.isMounted = false
      // What was on the disk is not any more.
      if (phone.status().state === 'lost') current.written = undefined
      lastWrites.set(name, flush())
    }
  }, [phone, flush, name])

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
