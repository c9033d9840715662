/** The program on the screen: the frame, the menu that fits the person, and the page of the address. */
import { useLocation } from 'wouter'
import type { Permission } from '../domain/permission.ts'
import { navigation, navigationText } from './navigation.ts'
import { Pages, pages } from './router.tsx'
import { useText } from './text/dictionary.ts'
import { AppShell, BareShell } from './ui/AppShell.tsx'
import { UiProvider } from './ui/UiProvider.tsx'

export interface SignedInUser {
  name: string
  roleLabel: string
  /** Everything that one of their roles allows somewhere. */
  permissions: readonly Permission[]
}

export interface AppProps {
  /** The server says that its people are made up. */
  isPractice: boolean
  user: SignedInUser | null
  accountPath: string
  onSignOut: () => void
}

export function App({ isPractice, user, accountPath, onSignOut }: AppProps) {
  const [path, navigate] = useLocation()
  const text = useText(navigationText)
  const frame = pages.find((page) => page.path === path)?.frame
  const allowed = navigation.filter(({ permission }) => permission === null || user?.permissions.includes(permission))
  return (
    <UiProvider navigate={navigate}>
      {frame === 'own' ? (
        <Pages />
      ) : frame === 'bare' ? (
        <BareShell isPractice={isPractice}>
          <Pages />
        </BareShell>
      ) : (
        <AppShell
          isPractice={isPractice}
          navigation={user ? allowed.map((item) => ({ ...item, label: text[item.label] })) : []}
          currentPath={path}
          user={user}
          accountPath={accountPath}
          onSignOut={onSignOut}
        >
          <Pages />
        </AppShell>
      )}
    </UiProvider>
  )
}
