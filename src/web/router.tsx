/** Every page by its path; each is its own file, fetched when it is first opened. Add a line to add a page. */
import { type ComponentType, lazy, type LazyExoticComponent, Suspense } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { commonText } from './text/common.ts'
import { useText } from './text/dictionary.ts'
import { LinkButton, Spinner } from './ui/Button.tsx'
import { EmptyState } from './ui/Feedback.tsx'
import { PageBoundary } from './ui/PageBoundary.tsx'

export interface PageRoute {
  /** As wouter reads it: `/households/:id`; the page takes `:id` with `useParams`. */
  path: string
  page: LazyExoticComponent<ComponentType>
  /** `bare` stands alone with the name of the program (sign-in); `own` brings its own frame. */
  frame?: 'bare' | 'own'
}

const galleryInTests: readonly PageRoute[] =
  import.meta.env.MODE === 'production'
    ? []
    : [{ path: '/gallery', frame: 'own', page: lazy(() => import('./pages/gallery/Gallery.tsx')) }]

const accountPages: readonly PageRoute[] = [
  { path: '/setup', frame: 'bare', page: lazy(() => import('./pages/session/Setup.tsx')) },
  { path: '/sign-in', frame: 'bare', page: lazy(() => import('./pages/session/SignIn.tsx')) },
  { path: '/account', page: lazy(() => import('./pages/account/Account.tsx')) },
  { path: '/account/password', page: lazy(() => import('./pages/account/Password.tsx')) },
  { path: '/account/second-factor', page: lazy(() => import('./pages/account/SecondFactor.tsx')) },
]

const registryPages: readonly PageRoute[] = [
  { path: '/', page: lazy(() => import('./pages/overview/Overview.tsx')) },
  { path: '/progress', page: lazy(() => import('./pages/progress/Progress.tsx')) },
  { path: '/progress/households', page: lazy(() => import('./pages/progress/ProgressHouseholds.tsx')) },
  { path: '/worklists', page: lazy(() => import('./pages/worklists/Worklists.tsx')) },
  { path: '/households', page: lazy(() => import('./pages/households/HouseholdList.tsx')) },
  { path: '/households/add', page: lazy(() => import('./pages/households/AddHousehold.tsx')) },
  { path: '/households/:province/:id', page: lazy(() => import('./pages/households/HouseholdPage.tsx')) },
  { path: '/households/:province/:id/edit', page: lazy(() => import('./pages/households/EditHousehold.tsx')) },
  { path: '/households/:province/:id/record/:kind', page: lazy(() => import('./pages/logbook/RecordPage.tsx')) },
  { path: '/households/:province/:id/correct/:entryId', page: lazy(() => import('./pages/logbook/CorrectPage.tsx')) },
  { path: '/households/:province/:id/merge', page: lazy(() => import('./pages/households/MergeHousehold.tsx')) },
  { path: '/households/:province/:id/merge/:other', page: lazy(() => import('./pages/households/MergeHousehold.tsx')) },
]

/** What the field app is at the desk. */
const phonePages: readonly PageRoute[] = [{ path: '/phones', page: lazy(() => import('./pages/phones/Phones.tsx')) }]

const importPages: readonly PageRoute[] = [
  { path: '/imports', page: lazy(() => import('./pages/imports/ImportList.tsx')) },
  { path: '/imports/new', page: lazy(() => import('./pages/imports/NewImport.tsx')) },
  { path: '/imports/:batchId', page: lazy(() => import('./pages/imports/ImportPage.tsx')) },
  { path: '/imports/:batchId/rows', page: lazy(() => import('./pages/imports/QueuePage.tsx')) },
]

/** Who works with the registry, what it is made of, and who did what. */
const administrationPages: readonly PageRoute[] = [
  { path: '/settings', page: lazy(() => import('./pages/settings/Settings.tsx')) },
  { path: '/rules', page: lazy(() => import('./pages/settings/Rules.tsx')) },
  { path: '/catalogue', page: lazy(() => import('./pages/catalogue/Catalogue.tsx')) },
  { path: '/audit', page: lazy(() => import('./pages/audit/Audit.tsx')) },
  { path: '/lists', page: lazy(() => import('./pages/lists/Lists.tsx')) },
  { path: '/lists/new', page: lazy(() => import('./pages/lists/NewList.tsx')) },
  { path: '/lists/:code', page: lazy(() => import('./pages/lists/List.tsx')) },
  { path: '/areas', page: lazy(() => import('./pages/areas/Areas.tsx')) },
  { path: '/areas/centres/:id', page: lazy(() => import('./pages/areas/Centre.tsx')) },
  { path: '/people', page: lazy(() => import('./pages/people/People.tsx')) },
  { path: '/people/new', page: lazy(() => import('./pages/people/NewPerson.tsx')) },
  { path: '/people/:id', page: lazy(() => import('./pages/people/Person.tsx')) },
]

export const pages: readonly PageRoute[] = [
  ...registryPages,
  ...phonePages,
  ...importPages,
  ...administrationPages,
  ...accountPages,
  ...galleryInTests,
]

export function Pages() {
  const [path] = useLocation()
  return (
    <PageBoundary key={path}>
      <Suspense fallback={<PageIsComing />}>
        <Switch>
          {pages.map(({ path: pattern, page: Page }) => (
            <Route key={pattern} path={pattern}>
              <Page />
            </Route>
          ))}
          <Route>
            <PageNotFound />
          </Route>
        </Switch>
      </Suspense>
    </PageBoundary>
  )
}

function PageIsComing() {
  const text = useText(commonText)
  return (
    <output className="page-coming">
      <Spinner /> {text.loading}
    </output>
  )
}

function PageNotFound() {
  const text = useText(commonText)
  return (
    <EmptyState
      icon="search"
      title={text.notFoundTitle}
      actions={
        <LinkButton href="/" kind="primary">
          {text.toHome}
        </LinkButton>
      }
    >
      {text.notFoundLead}
    </EmptyState>
  )
}
