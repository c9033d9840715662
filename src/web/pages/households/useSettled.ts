import { useEffect, useState } from 'react'

const typingPauseMs = 300

/** The value once it has stayed the same for a moment: a search need not be asked for every letter. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), typingPauseMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
