/** Filters in the address, so that a view can be sent to a colleague; never a name, an id or search words. */
import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'

/** Values by name, '' where the address says nothing, and a function that changes some of them. */
export function useAddress<Name extends string>(
  names: readonly Name[],
): [Record<Name, string>, (changes: Partial<Record<Name, string>>) => void] {
  const [path, navigate] = useLocation()
  const search = new URLSearchParams(useSearch())
  const values = Object.fromEntries(names.map((name) => [name, search.get(name) ?? ''])) as Record<Name, string>
  return [
    values,
    (changes) => {
      for (const [name, value] of Object.entries<string | undefined>(changes))
        if (value) search.set(name, value)
        else search.delete(name)
      const query = search.toString()
      navigate(query === '' ? path : `${path}?${query}`, { replace: true })
    },
  ]
}

export interface KeysetPages {
  /** The cursor of the page on the screen; absent on the first. */
  after: string | undefined
  /** 1-based place of the first row shown. */
  from: (limit: number) => number
  onPrevious: (() => void) | undefined
  onNext: (next: string | null) => (() => void) | undefined
}

/** Pages of a list that is found by its last row seen; begins again whenever `filter` changes. */
export function useKeysetPages(filter: string): KeysetPages {
  const [known, setKnown] = useState<{ filter: string; cursors: readonly string[] }>({ filter, cursors: [] })
  const cursors = known.filter === filter ? known.cursors : []
  return {
    after: cursors.at(-1),
    from: (limit) => cursors.length * limit + 1,
    onPrevious: cursors.length === 0 ? undefined : () => setKnown({ filter, cursors: cursors.slice(0, -1) }),
    onNext: (next) => (next === null ? undefined : () => setKnown({ filter, cursors: [...cursors, next] })),
  }
}
