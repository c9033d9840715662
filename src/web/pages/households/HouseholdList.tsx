/** Every household that the person may see: searched, filtered, page by page. */
import { useEffect, useRef } from 'react'
import { problemOf } from '../../api.ts'
import { useMay, usePerson } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { householdText } from '../../text/household.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { EmptyState, Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Disclosure } from '../../ui/Navigation.tsx'
import { PageHeader, Stack } from '../../ui/Page.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { SearchField } from '../../ui/TextField.tsx'
import { noFilters } from './address.ts'
import { Filters, FiltersInWords } from './Filters.tsx'
import { FoundByNationalId } from './FoundByNationalId.tsx'
import { HouseholdTable } from './HouseholdTable.tsx'
import { pageSize, useHouseholdList } from './useHouseholdList.ts'
import './households.css'

type List = ReturnType<typeof useHouseholdList>

export default function HouseholdList() {
  const text = useText(householdText)
  const list = useHouseholdList()
  const mayAdd = useMay('household.add')
  const box = useRef<HTMLDivElement>(null)
  useSearchKeys(box)
  return (
    <div ref={box}>
      <PageHeader
        title={text.title}
        lead={text.lead}
        actions={
          mayAdd && (
            <LinkButton href="/households/add" kind="primary" icon="plus">
              {text.addFound}
            </LinkButton>
          )
        }
      />
      <Stack>
        <div className="household-search not-on-paper">
          <SearchField
            label={text.list.searchLabel}
            hint={isDesk() ? text.list.searchHint : text.list.searchHintShort}
            placeholder={text.list.searchPlaceholder}
            value={list.typed}
            onChange={list.setTyped}
            maxLength={200}
            autoComplete="off"
          />
        </div>
        <Disclosure title={text.list.filters} isOpenAtFirst={isDesk()}>
          <Filters filters={list.filters} onChange={list.setFilters} />
        </Disclosure>
        <FiltersInWords filters={list.filters} onChange={list.setFilters} />
        <Results list={list} />
      </Stack>
    </div>
  )
}

function Results({ list }: { list: List }) {
  const text = useText(householdText).list
  const common = useText(commonText)
  const { found, search, filters } = list
  const { homeArea } = usePerson()
  if (search.kind === 'nationalId') return <FoundByNationalId key={search.nationalId} nationalId={search.nationalId} />
  if (search.kind === 'wrongNationalId')
    return (
      <Notice tone="attention" title={text.wrongIdTitle} isLive>
        {text.wrongIdText}
      </Notice>
    )
  if (found.error)
    return (
      <ProblemAlert
        problem={problemOf(found.error)}
        actions={<Button onPress={() => void found.refetch()}>{common.retry}</Button>}
      />
    )
  const { rows = null, total, outcome, tooMany } = found.data ?? {}
  const isSimilar = outcome === 'similar'
  return (
    <>
      {isSimilar && rows && rows.length > 0 && (
        <Notice title={text.similarTitle} isLive>
          {text.similarText}
        </Notice>
      )}
      {tooMany && (
        <Notice tone="attention" title={text.tooManyTitle} isLive>
          {text.tooManyText}
        </Notice>
      )}
      <HouseholdTable
        caption={text.caption}
        rows={rows}
        within={filters.area || homeArea}
        sort={isSimilar ? null : filters.sort}
        onSort={(sort) => list.setFilters({ sort })}
        isRefreshing={found.isPlaceholderData}
        whenEmpty={<NoHouseholds list={list} />}
      />
      {rows && rows.length > 0 && (
        <Pager
          from={list.page * pageSize + 1}
          shown={rows.length}
          total={total?.count ?? null}
          isAtLeast={total?.atLeast ?? false}
          onPrevious={list.previous}
          onNext={list.next}
        />
      )}
    </>
  )
}

function NoHouseholds({ list }: { list: List }) {
  const all = useText(householdText)
  const text = all.list
  const mayAdd = useMay('household.add')
  const mayImport = useMay('import.write')
  const isSearched = list.words !== ''
  const isFiltered = Object.entries(list.filters).some(
    ([key, value]) => key !== 'sort' && value !== noFilters[key as keyof typeof noFilters],
  )
  const add = mayAdd && (
    <LinkButton href="/households/add" icon="plus">
      {all.addFound}
    </LinkButton>
  )
  const clear = isFiltered && <Button onPress={() => list.setFilters(noFilters)}>{text.clearAll}</Button>
  if (isSearched)
    return (
      <EmptyState
        icon="search"
        title={text.emptySearchTitle}
        actions={
          <>
            {clear}
            {add}
          </>
        }
      >
        {text.emptySearchText}
      </EmptyState>
    )
  if (isFiltered)
    return (
      <EmptyState
        icon="household"
        title={text.emptyTitle}
        actions={
          <>
            {clear}
            {add}
          </>
        }
      >
        {text.emptyText}
      </EmptyState>
    )
  return (
    <EmptyState
      icon="household"
      title={text.nothingTitle}
      actions={
        <>
          {mayImport && (
            <LinkButton href="/imports/new" kind="primary" icon="import">
              {text.importList}
            </LinkButton>
          )}
          {add}
        </>
      }
    >
      {text.nothingText}
    </EmptyState>
  )
}

function isDesk(): boolean {
  return window.matchMedia('(min-width: 720px)').matches
}

/** "/" goes to the search box from anywhere on the page; the arrow down goes on from it to the first row. */
function useSearchKeys(box: React.RefObject<HTMLDivElement | null>) {
  useEffect(() => {
    const input = () => box.current?.querySelector<HTMLInputElement>('.household-search input') ?? null
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null
      if (event.key === '/' && !target?.closest('input, textarea, select, [contenteditable], [role=dialog]')) {
        event.preventDefault()
        input()?.focus()
      }
      if (event.key === 'ArrowDown' && target && target === input()) {
        const first = box.current?.querySelector<HTMLElement>('.row-link')
        if (!first) return
        event.preventDefault()
        first.focus()
      }
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [box])
}
