/** Where the phone is, when its person asked for it: kept in memory only. */
import { useEffect, useState } from 'react'
import type { Position } from './caseload.ts'

export interface Measured extends Position {
  accuracyMetres: number
}

export type PlaceTrouble = 'refused' | 'failed'

/**
 * @param age how old the answer may be, milliseconds: whoever steps outside to measure again wants another one
 * @throws PlaceTrouble as the error's message
 */
export function measurePlace(age = 0): Promise<Measured> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) {
      reject(new Error('failed' satisfies PlaceTrouble))
      return
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latitude: coords.latitude,
          longitude: coords.longitude,
          accuracyMetres: Math.round(coords.accuracy),
        }),
      (error) => reject(new Error((error.code === 1 ? 'refused' : 'failed') satisfies PlaceTrouble)),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: age },
    )
  })
}

let last: Position | null = null

export function useWhere() {
  const [position, setPosition] = useState(last)
  const [state, setState] = useState<'off' | 'asking' | 'on' | 'failed'>(last ? 'on' : 'off')
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    if (asked === 0) return
    let isCurrent = true
    measurePlace(30_000).then(
      (measured) => {
        last = measured
        if (!isCurrent) return
        setPosition(measured)
        setState('on')
      },
      () => {
        if (isCurrent) setState('failed')
      },
    )
    return () => {
      isCurrent = false
    }
  }, [asked])
  useEffect(() => {
    if (last) return
    // Whoever allowed it before is not asked again, and need not ask.
    navigator.permissions?.query({ name: 'geolocation' }).then(
      ({ state: permission }) => {
        if (permission === 'granted') setAsked((times) => times + 1)
      },
      () => {},
    )
  }, [])
  return {
    position,
    state,
    ask: () => {
      setState('asking')
      setAsked((times) => times + 1)
    },
  }
}
