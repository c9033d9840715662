/** Locks the app when nobody has touched it for a while: a phone that lies about shows no household to whoever picks it up. */
import { useEffect } from 'react'
import type { Phone } from '../offline/phone.ts'
import { flushAll } from './keep.ts'
import { forgetHouseholds } from './phone.tsx'

const minuteMs = 60_000
export const hiddenMs = 5 * minuteMs
/** Longer: somebody may be listening, with the form in hand. */
export const idleMs = 10 * minuteMs
const lookMs = minuteMs / 4

/** When nobody was there for too long. A clock that is set back, and one that sleeps with the phone, hide nothing. */
export class Absence {
  readonly #clocks: readonly (() => number)[]
  #since: number[]

  constructor(clocks: readonly (() => number)[]) {
    this.#clocks = clocks
    this.#since = this.#read()
  }

  touch(): void {
    this.#since = this.#read()
  }

  isTooLong(isHidden: boolean): boolean {
    const gone = Math.max(...this.#read().map((now, index) => now - this.#since[index]!))
    return gone >= (isHidden ? hiddenMs : idleMs)
  }

  #read(): number[] {
    return this.#clocks.map((clock) => clock())
  }
}

/** Everything typed is on the phone first; where it cannot be, the app stays open. */
export async function lockNow(phone: Phone): Promise<void> {
  if (!(await flushAll())) return
  forgetHouseholds()
  phone.lock()
}

export function useAutoLock(phone: Phone): void {
  useEffect(() => {
    const absence = new Absence([() => Date.now(), () => performance.now()])
    let isHidden = document.visibilityState === 'hidden'
    const look = () => {
      if (absence.isTooLong(isHidden)) void lockNow(phone)
    }
    const touch = () => {
      look()
      absence.touch()
    }
    const turn = () => {
      // Coming back is looked at as an absence in hiding: no timer runs meanwhile.
      look()
      isHidden = document.visibilityState === 'hidden'
      absence.touch()
    }
    const timer = setInterval(look, lookMs)
    const touches = ['pointerdown', 'keydown', 'input', 'scroll'] as const
    for (const name of touches) window.addEventListener(name, touch, { capture: true, passive: true })
    document.addEventListener('visibilitychange', turn)
    return () => {
      clearInterval(timer)
      for (const name of touches) window.removeEventListener(name, touch, { capture: true })
      document.removeEventListener('visibilitychange', turn)
    }
  }, [phone])
}
