/**
 * The keys of the household's page: R records, ? lists the keys. They count only while nothing is typed and nothing is open,
 * and can be switched off (WCAG 2.1.4).
 */
import { useEffect, useRef, useState } from 'react'

const storageKey = 'kaejon.storyKeys'

export interface StoryKeys {
  isOn: boolean
  setOn: (isOn: boolean) => void
}

export function useStoryKeys(actions: { onRecord: () => void; onHelp: () => void }): StoryKeys {
  const [isOn, setOn] = useState(stored)
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  useEffect(() => {
    if (!isOn) return
    function onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const { target } = event
      if (target instanceof Element && target.closest('input, textarea, select, [role=dialog], [role=menu]')) return
      // By the place of the key, so that a Thai keyboard works the same.
      if (event.code === 'KeyR' && !event.shiftKey) latest.current.onRecord()
      else if (event.code === 'Slash' && event.shiftKey) latest.current.onHelp()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [isOn])
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
  }
}

function stored(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off'
  } catch {
    return true
  }
}
