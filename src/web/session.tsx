/**
 * Who is signed in, for every page, and which page must come first (`first-page.ts`). The address that somebody asked
 * for before signing in is kept with its place in the browser's history, not in the address.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { commonArea } from '../domain/area.ts'
import { type Permission, permissionsByRole } from '../domain/permission.ts'
import { sessionShow, sessionSignOut } from '../contract/session.ts'
import { ask, problemOf } from './api.ts'
import { clearDrafts } from './drafts.ts'
import { firstPages, pageInstead, type SessionAnswer, type SignedInPerson } from './first-page.ts'
import { commonText } from './text/common.ts'
import { useText } from './text/dictionary.ts'
import { Button, Spinner } from './ui/Button.tsx'
import { ProblemAlert } from './ui/Feedback.tsx'

export type { SessionAnswer, SignedInPerson } from './first-page.ts'

export interface SessionValue {
  session: SessionAnswer
  /** Asks again who is signed in: after signing in, setting up, or changing a password or second factor. */
  refresh: () => Promise<void>
  signOut: () => Promise<void>
}

const SessionContext = createContext<SessionValue | null>(null)
const sessionKey = ['session']

/** The session as every page sees it. */
export function useSession(): SessionValue {
  const value = useContext(SessionContext)
  if (!value) throw new Error('useSession stands outside of SessionProvider')
  return value
}

/** The person who is signed in; only for pages that nobody sees without signing in. */
export function usePerson(): SignedInPerson {
  const { person } = useSession().session
  if (!person) throw new Error('usePerson stands on a page that needs nobody to be signed in')
  return person
}

/** Whether one of the person's roles allows it somewhere; what is possible at one place, the server says with the answer. */
export function useMay(permission: Permission): boolean {
  return useSession().session.person?.permissions.includes(permission) ?? false
}

/** The smallest area around everything that the person's roles allow it for; the nation for those who reach all of it. */
export function useReach(permission: Permission): string {
  const { grants } = usePerson()
  return commonArea(
    grants.filter(({ role }) => permissionsByRole[role].includes(permission)).flatMap(({ areas }) => areas),
  )
}

/** Asks who is signed in, leads to the page that must come first, and shows nothing else before. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient()
  const found = useQuery({ queryKey: sessionKey, queryFn: () => ask(sessionShow), staleTime: Infinity })
  useSignedOutElsewhere()
  const value = useMemo(
    () =>
      found.data && {
        session: found.data,
        refresh: () => queries.invalidateQueries({ queryKey: sessionKey }),
        signOut: async () => {
          await ask(sessionSignOut)
          if (found.data.person) clearDrafts(found.data.person.id)
          // Nothing of what was read may stay in memory for the next person at this computer.
          queries.clear()
          window.location.assign(firstPages.signIn)
        },
      },
    [found.data, queries],
  )
  if (value)
    return (
      <SessionContext value={value}>
        <RightPage session={value.session}>{children}</RightPage>
      </SessionContext>
    )
  return found.error ? <Unreachable error={found.error} onRetry={() => void found.refetch()} /> : <SessionIsComing />
}

function RightPage({ session, children }: { session: SessionAnswer; children: ReactNode }) {
  const [path, navigate] = useLocation()
  const search = useSearch()
  const state = useHistoryState<{ returnTo?: string } | null>()
  const instead = pageInstead(session, path, state?.returnTo ?? '/')
  useEffect(() => {
    if (instead === null) return
    const asked = search === '' ? path : `${path}?${search}`
    const isKept = instead === firstPages.signIn && path !== firstPages.setup
    navigate(instead, { replace: true, ...(isKept && { state: { returnTo: asked } }) })
  }, [instead, path, search, navigate])
  return instead === null ? children : null
}

/** The session ended: signed out in another tab, revoked, or too long unused. What was read goes with it. */
function useSignedOutElsewhere() {
  const queries = useQueryClient()
  useEffect(() => {
    const forget = () => {
      const known = queries.getQueryData<SessionAnswer>(sessionKey)
      if (!known?.person) return
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] })
      queries.setQueryData<SessionAnswer>(sessionKey, { ...known, person: null })
    }
    window.addEventListener('kaejon:signed-out', forget)
    return () => window.removeEventListener('kaejon:signed-out', forget)
  }, [queries])
}

function SessionIsComing() {
  const text = useText(commonText)
  return (
    <output className="page-coming session-coming">
      <Spinner /> {text.loading}
    </output>
  )
}

function Unreachable({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const text = useText(commonText)
  return (
    <main className="bare-content">
      <ProblemAlert problem={problemOf(error)} actions={<Button onPress={onRetry}>{text.retry}</Button>} />
    </main>
  )
}
