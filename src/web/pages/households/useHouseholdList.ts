/** The list as the filters of the address and the typed words ask for it, page by page. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import { householdList } from '../../../contract/households.ts'
import { parseSearch } from '../../../domain/search.ts'
import { ask } from '../../api.ts'
import { type HouseholdFilters, listAddress, readFilters } from './address.ts'
import { recallList, rememberList } from './memory.ts'
import { useSettled } from './useSettled.ts'

export const pageSize = 50
const firstPage: readonly string[] = []

export function useHouseholdList() {
  const [query, setQuery] = useSearchParams()
  const filters = readFilters(query)
  const address = listAddress(filters)
  const [typed, setTyped] = useState(() => recallList(address).words)
  const words = useSettled(typed.trim())
  const [cursors, setCursors] = useState<{ of: string; list: readonly string[] }>(() => ({
    of: `${address} ${words}`,
    list: recallList(address).cursors,
  }))
  // Other filters or words begin on their first page.
  const here = cursors.of === `${address} ${words}` ? cursors.list : firstPage
  useEffect(() => rememberList(address, { words, cursors: here }), [address, words, here])

  const search = parseSearch(words)
  // An id must not be sent as words: the list would not find it, and its search is an act of its own.
  const isNationalId = search.kind === 'nationalId' || search.kind === 'wrongNationalId'
  const input = { ...filters, search: isNationalId ? '' : words, limit: pageSize, cursor: here.at(-1) ?? null }
  const found = useQuery({
    queryKey: ['household.list', input],
    queryFn: ({ signal }) => ask(householdList, input, { signal }),
    placeholderData: keepPreviousData,
    enabled: !isNationalId,
  })
  const goTo = (list: readonly string[]) => setCursors({ of: `${address} ${words}`, list })
  return {
    filters,
    setFilters: (changes: Partial<HouseholdFilters>) =>
      setQuery(new URL(listAddress({ ...filters, ...changes }), window.location.origin).searchParams),
    typed,
    setTyped,
    words,
    search,
    found,
    page: here.length,
    next: found.data?.next ? () => goTo([...here, found.data.next ?? '']) : undefined,
    previous: here.length > 0 ? () => goTo(here.slice(0, -1)) : undefined,
  }
}
