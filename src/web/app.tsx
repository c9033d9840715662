/** The program on the screen: the frame, the menu that fits the person, and the page of the address. */
import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { draftsOf } from './drafts.ts'
import type { SignedInPerson } from './first-page.ts'
import { navigation, navigationText } from './navigation.ts'
import { createQueryClient } from './query-client.ts'
import { Pages, pages } from './router.tsx'
import { SessionProvider, useSession } from './session.tsx'
import { SignOutWarning } from './SignOutWarning.tsx'
import { useText } from './text/dictionary.ts'
import { AppShell, BareShell } from './ui/AppShell.tsx'
import { UiProvider } from './ui/UiProvider.tsx'

const accountPath = '/account'

export function App() {
  const [path, navigate] = useLocation()
  const [queries] = useState(createQueryClient)
  const frame = pages.find((page) => page.path === path)?.frame
  return (
    <UiProvider navigate={navigate}>
      <QueryClientProvider client={queries}>
        {frame === 'own' ? (
          <Pages />
        ) : (
          <SessionProvider>
            <Framed path={path} isBare={frame === 'bare'} />
          </SessionProvider>
        )}
      </QueryClientProvider>
    </UiProvider>
  )
}

function Framed({ path, isBare }: { path: string; isBare: boolean }) {
  const { session, signOut } = useSession()
  const text = useText(navigationText)
  const [draftsAtSignOut, setDraftsAtSignOut] = useState(0)
  const { practice: isPractice, registryName, person } = session
  if (isBare || !person)
    return (
      <BareShell isPractice={isPractice} registryName={registryName}>
        <Pages />
      </BareShell>
    )
  const allowed = navigation.filter(({ permission }) => permission === null || person.permissions.includes(permission))
  return (
    <AppShell
      isPractice={isPractice}
      registryName={registryName}
      navigation={isHeldUp(person) ? [] : allowed.map((item) => ({ ...item, label: text[item.label] }))}
      currentPath={path}
      user={{ name: person.name, roleLabel: placesOf(person) }}
      accountPath={accountPath}
      onSignOut={() => {
        const drafts = draftsOf(person.id).length
        if (drafts === 0) void signOut()
        else setDraftsAtSignOut(drafts)
      }}
    >
      <Pages />
      {draftsAtSignOut > 0 && (
        <SignOutWarning count={draftsAtSignOut} onSignOut={() => void signOut()} onStay={() => setDraftsAtSignOut(0)} />
      )}
    </AppShell>
  )
}

/** Something must be done first, and the menu would lead nowhere. */
function isHeldUp(person: SignedInPerson): boolean {
  return person.mustChangePassword || person.mustSetSecondFactor
}

/** Where the person works; the first place stands for the others. */
function placesOf({ grants }: SignedInPerson): string {
  const places = [...new Set(grants.map((grant) => grant.placeName))]
  return places.length < 2 ? (places[0] ?? '') : `${places[0]} +${places.length - 1}`
}
