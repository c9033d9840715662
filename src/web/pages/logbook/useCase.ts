/** The story of a household as the server tells it, and what others record in it meanwhile. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { HouseholdRef } from '../../../contract/households.ts'
import { type CaseView, type EntryView, logbookCase, logbookNewer } from '../../../contract/logbook.ts'
import { ask } from '../../api.ts'
import { usePerson } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { logbookText } from '../../text/logbook.ts'
import { showToast } from '../../ui/Toast.tsx'

const staysMs = 60_000
const askAgainMs = 10_000

export function caseKey({ province, id }: HouseholdRef) {
  return ['logbook.case', province, id] as const
}

/** Reading a case leaves a trace, so it is asked for once while one works on it, and again only when something is new. */
export function useCase({ province, id }: HouseholdRef) {
  return useQuery({
    queryKey: caseKey({ province, id }),
    queryFn: ({ signal }) => ask(logbookCase, { province, id }, { signal }),
    staleTime: staysMs,
  })
}

/** Asks every ten seconds, and on coming back to the window, whether somebody recorded something; then reads the case anew. */
export function useNewer(ref: HouseholdRef, found: CaseView | undefined): void {
  const queries = useQueryClient()
  const { province, id } = ref
  const version = found?.version ?? 0
  const householdVersion = found?.householdVersion ?? 0
  const newer = useQuery({
    queryKey: ['logbook.newer', province, id, version, householdVersion],
    queryFn: ({ signal }) => ask(logbookNewer, { province, id, version, householdVersion }, { signal }),
    enabled: found !== undefined,
    refetchInterval: askAgainMs,
    refetchOnWindowFocus: 'always',
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })
  const isNewer = newer.data !== undefined && (newer.data.reload || newer.data.version > version)
  const isReload = newer.data?.reload ?? false
  useEffect(() => {
    if (!isNewer) return
    void queries.invalidateQueries({ queryKey: caseKey({ province, id }) })
    if (isReload) void queries.invalidateQueries({ queryKey: ['household.show', province, id] })
  }, [isNewer, isReload, queries, province, id])
}

/** Versions of entries that this person has had before their eyes, by household; only ids, and only in memory. */
const seenByHousehold = new Map<string, ReadonlySet<string>>()

interface News {
  of: CaseView
  seen: ReadonlySet<string>
  /** What others recorded since the case was last read. */
  latest: readonly { entry: EntryView; isCorrection: boolean; by: string }[]
  /** Ids of all entries that others touched since this page was opened. */
  fresh: ReadonlySet<string>
}

/** Says once what others recorded since the case was first read, and answers the ids of those entries. */
export function useNews(found: CaseView): ReadonlySet<string> {
  const person = usePerson()
  const text = useText(logbookText)
  const kinds = useText(entryText).kinds
  const [news, setNews] = useState<News>(() =>
    newsIn(found, person.id, seenByHousehold.get(found.id) ?? versionsIn(found), new Set()),
  )
  if (news.of !== found) setNews(newsIn(found, person.id, news.seen, news.fresh))
  const { latest, seen } = news
  useEffect(() => {
    seenByHousehold.set(found.id, seen)
  }, [found.id, seen])
  useEffect(() => {
    const [first] = latest
    if (!first) return
    const words = first.isCorrection ? text.correctionFromOthers : text.newFromOthers
    const message =
      latest.length === 1 ? words(first.by, kinds[first.entry.kind]) : text.moreFromOthers(String(latest.length))
    // Not while React is still drawing: the messages draw themselves at once.
    const timer = setTimeout(() => showToast({ message }), 0)
    return () => clearTimeout(timer)
  }, [latest, text, kinds])
  return news.fresh
}

function versionsIn({ entries }: CaseView): ReadonlySet<string> {
  return new Set(entries.flatMap(({ versions }) => versions.map(({ id }) => id)))
}

function newsIn(of: CaseView, personId: string, seen: ReadonlySet<string>, before: ReadonlySet<string>): News {
  const latest = of.entries.flatMap((entry) =>
    entry.versions
      .filter(({ id, by }) => !seen.has(id) && by.id !== personId)
      .map(({ id, by }) => ({ entry, isCorrection: id !== entry.id, by: by.name })),
  )
  const fresh = latest.length === 0 ? before : new Set([...before, ...latest.map(({ entry }) => entry.id)])
  return { of, seen: versionsIn(of), latest, fresh }
}
