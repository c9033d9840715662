/** What a household's row says of its members: derived in one place, whether a person or an import changed them. */
import { houseNumberKey } from './house-code.ts'
import { searchText } from './search.ts'
import { cleanText } from './thai/clean.ts'
import { sortKey } from './thai/sort.ts'

export interface DerivingHousehold {
  houseNumber: string | null
  houseCode: string | null
  villageName: string | null
}

export interface DerivingMember {
  /** Place in the household; the lowest is the head. */
  position: number
  title: string | null
  firstName: string
  lastName: string | null
}

export interface DerivedHousehold {
  /** As it is written: นายสมชาย ใจดี. Null when nobody is named. */
  headName: string | null
  /** Thai dictionary order of the head's name without the title; '' when nobody is named. */
  sortKey: string
  searchText: string
  memberCount: number
  /** Null when there is no house number. */
  houseNumberKey: string | null
}

/** @param members those who live there now, in any order; two at one position stay in the order given */
export function deriveHousehold(household: DerivingHousehold, members: readonly DerivingMember[]): DerivedHousehold {
  const inOrder = [...members].sort((a, b) => a.position - b.position)
  const head = inOrder[0]
  return {
    headName: head ? fullName(head) : null,
    sortKey: head ? sortKey(cleanText([head.firstName, head.lastName].filter(Boolean).join(' '))) : '',
    searchText: searchText({ ...household, members: inOrder }),
    memberCount: inOrder.length,
    houseNumberKey: houseNumberKey(household.houseNumber) || null,
  }
}

/** Thai titles are written together with the name, others apart from it. */
export function fullName(person: { title: string | null; firstName: string; lastName: string | null }): string {
  const title = person.title ?? ''
  const apart = title !== '' && !/[\u0e00-\u0e7f]$|[\u0e00-\u0e7f]\.$/.test(title) ? ' ' : ''
  return `${title}${apart}${person.firstName}${person.lastName ? ` ${person.lastName}` : ''}`
}
