/**
 * The keys of the queue: 1–4 decide, J and K walk, X selects, U takes back. They count only while the focus is inside
 * the queue, never while something is typed, and can be switched off (WCAG 2.1.4).
 */
import { type KeyboardEvent, useState } from 'react'
import type { Decision } from '../../../domain/import/verdict.ts'
import { decisions } from '../../../domain/import/verdict.ts'

export interface QueueKeys {
  isOn: boolean
  setOn: (isOn: boolean) => void
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

export interface QueueKeyActions {
  decide: (decision: Decision) => void
  move: (step: 1 | -1) => void
  select: () => void
  takeBack: () => void
}

const storageKey = 'kaejon.queueKeys'

export function useQueueKeys(actions: QueueKeyActions): QueueKeys {
  const [isOn, setOn] = useState(stored)

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (!(event.target instanceof Element) || !event.currentTarget.contains(event.target)) return
    if (event.target.closest('input:not([type=checkbox]), textarea, select, [role=dialog], [role=listbox]')) return
    const act = actionOf(event.code, actions)
    if (!act) return
    event.preventDefault()
    act()
  }

  return {
    isOn,
    setOn(next) {
      setOn(next)
      try {
        localStorage.setItem(storageKey, next ? 'on' : 'off')
      } catch {
        // Without storage the choice holds until the page is left.
      }
    },
    onKeyDown,
  }
}

/** By the place of the key, so that a Thai keyboard works the same. */
function actionOf(code: string, actions: QueueKeyActions): (() => void) | null {
  const digit = /^(?:Digit|Numpad)([1-4])$/.exec(code)?.[1]
  if (digit) {
    const decision = decisions[Number(digit) - 1]
    return decision ? () => actions.decide(decision) : null
  }
  switch (code) {
    case 'KeyJ':
      return () => actions.move(1)
    case 'KeyK':
      return () => actions.move(-1)
    case 'KeyX':
      return actions.select
    case 'KeyU':
      return actions.takeBack
    default:
      return null
  }
}

function stored(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off'
  } catch {
    return true
  }
}
