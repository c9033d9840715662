/** The frame around every page: who we are, where we are, where one can go, and whether the data is real. */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button as AriaButton, Link as AriaLink, MenuTrigger } from 'react-aria-components'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { DisplayChoices, DisplaySettings, LanguageSwitch } from './DisplaySettings.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { Dialog, MenuPopover } from './Overlay.tsx'
import './practice.css'
import './shell.css'

interface ShellItem {
  path: string
  label: string
  icon: IconName
}

export interface AppShellProps {
  /** Made-up people: said on every screen. */
  isPractice: boolean
  /** Whose registry it is, beside the name of the program; empty for the program's own line. */
  registryName?: string
  /** Already only what this person may do; the first four stand at the foot of a phone. */
  navigation: readonly ShellItem[]
  currentPath: string
  /** Null while nobody is signed in. */
  user: { name: string; roleLabel: string } | null
  accountPath: string
  onSignOut: () => void
  children: ReactNode
}

const itemsOnPhone = 4

export function AppShell({
  isPractice,
  registryName = '',
  navigation,
  currentPath,
  user,
  accountPath,
  onSignOut,
  children,
}: AppShellProps) {
  const text = useText(commonText)
  const main = useFocusOnNewPage(currentPath)
  return (
    <div className="shell" data-practice={isPractice || undefined}>
      <a className="skip-link" href="#content" data-react-aria-top-layer="true" onClick={() => main.current?.focus()}>
        {text.skipToContent}
      </a>
      <header className="top">
        {isPractice && <PracticeBanner />}
        <div className="bar">
          <Brand registryName={registryName} />
          <div className="bar-tools not-on-paper">
            <LanguageSwitch />
            <DisplaySettings />
            {user && <UserMenu user={user} accountPath={accountPath} onSignOut={onSignOut} />}
          </div>
        </div>
      </header>
      {navigation.length > 0 && (
        <nav className="rail not-on-paper" aria-label={text.mainNavigation}>
          <ul>
            {navigation.map((item) => (
              <li key={item.path}>
                <ShellLink item={item} currentPath={currentPath} />
              </li>
            ))}
          </ul>
        </nav>
      )}
      <main id="content" ref={main} tabIndex={-1} className="content">
        {children}
      </main>
      {navigation.length > 0 && <FootNavigation navigation={navigation} currentPath={currentPath} />}
    </div>
  )
}

/** A page without the program around it: sign-in, first set-up, a link that has expired. */
export function BareShell({
  isPractice,
  registryName = '',
  children,
}: Pick<AppShellProps, 'isPractice' | 'registryName' | 'children'>) {
  return (
    <div className="bare">
      <header className="top">
        {isPractice && <PracticeBanner />}
        <div className="bar">
          <Brand registryName={registryName} />
          <div className="bar-tools">
            <LanguageSwitch />
            <DisplaySettings />
          </div>
        </div>
      </header>
      <main id="content" className="bare-content">
        {children}
      </main>
    </div>
  )
}

function PracticeBanner() {
  return (
    <p className="practice">
      <span className="practice-words">{useText(commonText).practice}</span>
    </p>
  )
}

function Brand({ registryName }: { registryName: string }) {
  const text = useText(commonText)
  return (
    <AriaLink href="/" className="brand">
      <svg viewBox="0 0 32 32" className="brand-mark" aria-hidden="true">
        <path className="brand-roof" d="M5 14.8 16 5.5l11 9.3" />
        <path
          className="brand-book"
          d="M16 26.5c-2.4-1.7-5.3-2.5-8.7-2.3v-8c3.4-.2 6.3.6 8.7 2.3 2.4-1.7 5.3-2.5 8.7-2.3v8c-3.4-.2-6.3.6-8.7 2.3Z"
        />
        <path className="brand-spine" d="M16 18.5v8" />
      </svg>
      <span className="brand-name">{text.productName}</span>
      <span className="brand-line">{registryName || text.productTagline}</span>
    </AriaLink>
  )
}

function UserMenu({
  user,
  accountPath,
  onSignOut,
}: Pick<AppShellProps, 'accountPath' | 'onSignOut'> & { user: { name: string; roleLabel: string } }) {
  const text = useText(commonText)
  return (
    <MenuTrigger>
      <AriaButton className="user-button">
        <Icon name="person" />
        <span className="user-words">
          <span className="user-name">{user.name}</span>
          <span className="user-role">{user.roleLabel}</span>
        </span>
        <Icon name="chevronDown" size="sm" />
      </AriaButton>
      <MenuPopover
        label={text.account}
        entries={[
          { id: 'account', label: text.account, icon: 'person', href: accountPath },
          { id: 'sign-out', label: text.signOut, icon: 'signOut', onAction: onSignOut, beginsGroup: true },
        ]}
      />
    </MenuTrigger>
  )
}

function ShellLink({ item, currentPath, onPress }: { item: ShellItem; currentPath: string; onPress?: () => void }) {
  return (
    <AriaLink
      href={item.path}
      className="shell-link"
      {...(isWithin(currentPath, item.path) && { 'aria-current': 'page' as const })}
      {...(onPress && { onPress })}
    >
      <Icon name={item.icon} />
      <span>{item.label}</span>
    </AriaLink>
  )
}

function FootNavigation({ navigation, currentPath }: Pick<AppShellProps, 'navigation' | 'currentPath'>) {
  const text = useText(commonText)
  const [isOpen, setOpen] = useState(false)
  const atFoot = navigation.length <= itemsOnPhone + 1 ? navigation : navigation.slice(0, itemsOnPhone)
  return (
    <nav className="foot not-on-paper" aria-label={text.mainNavigation}>
      {atFoot.map((item) => (
        <ShellLink key={item.path} item={item} currentPath={currentPath} />
      ))}
      {atFoot.length < navigation.length && (
        <>
          <AriaButton className="shell-link" aria-label={text.openNavigation} onPress={() => setOpen(true)}>
            <Icon name="menu" />
            <span aria-hidden="true">{text.more}</span>
          </AriaButton>
          <Dialog title={text.mainNavigation} isOpen={isOpen} onOpenChange={setOpen}>
            {(close) => (
              <>
                <ul className="drawer-list">
                  {navigation.map((item) => (
                    <li key={item.path}>
                      <ShellLink item={item} currentPath={currentPath} onPress={close} />
                    </li>
                  ))}
                </ul>
                <DisplayChoices />
              </>
            )}
          </Dialog>
        </>
      )}
    </nav>
  )
}

/** A page and everything under it; the first page only itself. */
function isWithin(currentPath: string, path: string): boolean {
  return currentPath === path || (path !== '/' && currentPath.startsWith(`${path}/`))
}

/** After going to another page the focus stands at its beginning, as it would after loading one. */
function useFocusOnNewPage(currentPath: string) {
  const main = useRef<HTMLElement>(null)
  const shownPath = useRef(currentPath)
  useEffect(() => {
    if (shownPath.current === currentPath) return
    shownPath.current = currentPath
    window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [currentPath])
  return main
}
