/** Filters that would push the list below the first screen of a phone wait behind one line there. */
import { type ReactNode, useState } from 'react'
import { useText } from '../../text/dictionary.ts'
import { peopleText } from '../../text/people.ts'
import { Disclosure } from '../../ui/Navigation.tsx'

export function FoldedOnPhone({ children }: { children: ReactNode }) {
  const text = useText(peopleText)
  const [isPhone] = useState(() => window.matchMedia('(max-width: 719px)').matches)
  if (!isPhone) return children
  return (
    <Disclosure title={text.changeFilter}>
      <div className="filter-bar">{children}</div>
    </Disclosure>
  )
}
