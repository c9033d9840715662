/** `/imports`: every import in reach, newest first. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useLocation, useSearchParams } from 'wouter'
import { importList } from '../../../contract/imports.ts'
import { listList } from '../../../contract/lists.ts'
import type { OutputOf } from '../../../contract/route.ts'
import { areaCodeSchema } from '../../../domain/area.ts'
import { ask, problemOf } from '../../api.ts'
import { useMay } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importText } from '../../text/import.ts'
import { Button, ButtonRow, LinkButton } from '../../ui/Button.tsx'
import { Select, Switch } from '../../ui/Choice.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, Notice, ProblemAlert, Tag } from '../../ui/Feedback.tsx'
import { FilterBar, PageHeader, Stack } from '../../ui/Page.tsx'
import { runningStates } from './batch.ts'
import { BatchArea } from './BatchFacts.tsx'
import { countedOf, countedRowsAddress } from './counted.ts'
import { BatchStateMark } from './Marks.tsx'
import './imports.css'

type ListedBatch = OutputOf<typeof importList>['batches'][number]

export default function ImportList() {
  const text = useText(importText)
  const common = useText(commonText)
  const format = useFormat()
  const mayWrite = useMay('import.write')
  const [filters, setFilters] = useSearchParams()
  const [, navigate] = useLocation()
  const listCode = filters.get('list')
  const waiting = filters.get('waiting') === 'true'
  const counted = countedOf(filters)
  const asked = areaCodeSchema.safeParse(filters.get('area') ?? '')
  const area = asked.success ? asked.data : ''
  const lists = useQuery({ queryKey: ['list.list', ''], queryFn: () => ask(listList, {}) }).data?.lists ?? []
  const found = useInfiniteQuery({
    queryKey: ['import.list', listCode, waiting, area, counted],
    queryFn: ({ pageParam, signal }) =>
      ask(
        importList,
        {
          limit: 30,
          ...(listCode && { listCode }),
          ...(waiting && { waiting }),
          ...(area && { areaCode: area }),
          ...(counted && { counted }),
          ...(pageParam && { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.batches.some((batch) => runningStates.has(batch.state))) ? 5_000 : false,
  })
  const isFiltered = listCode !== null || waiting || area !== '' || counted !== null
  const batches = found.data?.pages.flatMap((page) => page.batches) ?? null

  function setFilter(name: string, value: string | null) {
    setFilters(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === null) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  }

  const newImport = (
    <LinkButton href="/imports/new" kind="primary" icon="import">
      {text.newImport}
    </LinkButton>
  )
  const columns: readonly Column<ListedBatch>[] = [
    {
      id: 'list',
      header: text.list,
      width: '11rem',
      cell: (batch) => (format.locale === 'th' ? batch.listNameTh : batch.listNameEn),
    },
    { id: 'state', header: text.state, cell: (batch) => <BatchStateMark state={batch.state} /> },
    { id: 'file', header: text.file, cell: (batch) => <span className="file-name">{batch.fileName}</span> },
    { id: 'area', header: text.batch.area, cell: (batch) => <BatchArea code={batch.areaCode} /> },
    {
      id: 'households',
      width: '7.5rem',
      header: common.household,
      align: 'end',
      cell: (batch) => format.number(batch.counts?.households ?? null),
    },
    {
      id: 'waiting',
      width: '6.5rem',
      header: counted ? text.counted[counted] : text.waiting,
      align: 'end',
      cell: (batch) => format.number(counted ? batch.countedRows : (batch.counts?.waiting ?? null)),
    },
    { id: 'who', header: text.byWhom, cell: (batch) => batch.accountName },
    {
      id: 'when',
      header: text.when,
      cell: (batch) => <span className="number">{format.moment(batch.createdAt)}</span>,
    },
  ]

  return (
    <>
      <PageHeader title={text.listTitle} lead={text.listLead} actions={mayWrite && newImport} />
      <Stack>
        <FilterBar label={text.filters}>
          <Select
            label={text.list}
            value={listCode ?? 'all'}
            onChange={(code) => setFilter('list', code === 'all' ? null : code)}
            options={[
              { id: 'all', label: text.everyList },
              ...lists.map((list) => ({ id: list.code, label: format.locale === 'th' ? list.nameTh : list.nameEn })),
            ]}
          />
          <Switch isSelected={waiting} onChange={(isOn) => setFilter('waiting', isOn ? 'true' : null)}>
            {text.onlyWaiting}
          </Switch>
          {area !== '' && (
            <Tag onRemove={() => setFilter('area', null)} removeLabel={text.everyArea}>
              <BatchArea code={area} />
            </Tag>
          )}
          {counted && (
            <Tag onRemove={() => setFilter('counted', null)} removeLabel={text.everyImport}>
              {text.counted[counted]}
            </Tag>
          )}
        </FilterBar>
        {counted && <Notice>{text.countedLead}</Notice>}
        {found.error && (
          <ProblemAlert
            problem={problemOf(found.error)}
            actions={<Button onPress={() => void found.refetch()}>{common.retry}</Button>}
          />
        )}
        {!(found.error && !batches) && (
          <DataTable
            caption={text.listTitle}
            columns={columns}
            rows={batches}
            rowKey={(batch) => batch.id}
            rowHref={(batch) => (counted ? countedRowsAddress(batch.id, area, counted) : `/imports/${batch.id}`)}
            isRefreshing={found.isPlaceholderData}
            whenEmpty={
              isFiltered ? (
                <EmptyState
                  icon="search"
                  title={text.noneFits}
                  actions={<Button onPress={() => navigate('/imports')}>{text.showAll}</Button>}
                />
              ) : (
                <EmptyState icon="import" title={text.noneTitle} actions={mayWrite && newImport}>
                  {text.noneLead}
                </EmptyState>
              )
            }
          />
        )}
        {found.hasNextPage && (
          <ButtonRow>
            <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
              {text.moreBatches}
            </Button>
          </ButtonRow>
        )}
      </Stack>
    </>
  )
}
