/** The households behind one figure, as they were counted on that day. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import { progressHouseholds, progressOverview, type ProgressFilter } from '../../../contract/progress.ts'
import { ask, problemOf } from '../../api.ts'
import { areaName } from '../../text/area.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { progressText } from '../../text/progress.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { EmptyState, ProblemAlert } from '../../ui/Feedback.tsx'
import { PageHeader, Stack } from '../../ui/Page.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { HouseholdTable } from '../households/HouseholdTable.tsx'
import { useKeysetPages } from '../shared/address.ts'
import { filterAddress, progressAddress, readFilter } from './address.ts'
import { inLanguage } from './progress.ts'
import './progress.css'

const pageSize = 50
const monthPrefix = 'visited-'

export default function ProgressHouseholds() {
  const text = useText(progressText)
  const [query] = useSearchParams()
  const filter = readFilter(query)
  if (filter) return <Behind filter={filter} />
  return (
    <EmptyState
      icon="figure"
      title={text.noHouseholds}
      actions={<LinkButton href="/progress">{text.backToProgress}</LinkButton>}
    >
      {text.noHouseholdsLead}
    </EmptyState>
  )
}

function Behind({ filter }: { filter: ProgressFilter }) {
  const text = useText(progressText)
  const common = useText(commonText)
  const format = useFormat()
  const pages = useKeysetPages(filterAddress(filter))
  const input = { ...filter, limit: pageSize, cursor: pages.after ?? null }
  const found = useQuery({
    queryKey: ['progress.households', input],
    queryFn: ({ signal }) => ask(progressHouseholds, input, { signal }),
    placeholderData: keepPreviousData,
  })
  const words = useWords(filter)
  const back = progressAddress({ area: filter.area, asOf: filter.asOf, milestone: null, list: null })
  const { data } = found
  return (
    <>
      <PageHeader
        title={text.householdsTitle}
        tabTitle={text.householdsTitle}
        lead={text.householdsLead(format.number(data?.total ?? null), format.date(filter.asOf))}
        crumbs={[{ label: text.title(words.area), href: back }, { label: words.fact }]}
        actions={
          <LinkButton href={back} icon="chevronLeft">
            {text.backToProgress}
          </LinkButton>
        }
      />
      <Stack>
        <p>
          <strong>{words.fact}</strong> · {words.area} · {words.lists}
        </p>
        {found.error ? (
          <ProblemAlert
            problem={problemOf(found.error)}
            actions={<Button onPress={() => void found.refetch()}>{common.retry}</Button>}
          />
        ) : (
          <>
            <HouseholdTable
              caption={text.householdsTitle}
              rows={data?.rows ?? null}
              within={filter.area}
              sort={null}
              isRefreshing={found.isPlaceholderData}
              whenEmpty={
                <EmptyState icon="household" title={text.noHouseholds}>
                  {text.noHouseholdsLead}
                </EmptyState>
              }
            />
            {data && data.rows.length > 0 && (
              <Pager
                from={pages.from(pageSize)}
                shown={data.rows.length}
                total={data.total}
                onPrevious={pages.onPrevious}
                onNext={pages.onNext(data.next)}
              />
            )}
          </>
        )}
      </Stack>
    </>
  )
}

/** What the figure counts, in words; codes stand in until the names are here. */
function useWords(filter: ProgressFilter): { area: string; fact: string; lists: string } {
  const text = useText(progressText)
  const format = useFormat()
  const { area, asOf } = filter
  const { data } = useQuery({
    queryKey: ['progress.overview', { area, asOf }],
    queryFn: ({ signal }) => ask(progressOverview, { area, asOf }, { signal }),
  })
  const named = (things: readonly { code: string; nameTh: string; nameEn: string }[] | undefined, code: string) => {
    const known = things?.find((thing) => thing.code === code)
    return known ? inLanguage(known, format.locale) : code
  }
  const fact = (code: string) =>
    code.startsWith(monthPrefix)
      ? text.visitedIn(format.date(`${code.slice(monthPrefix.length)}-01`, { precision: 'month', month: 'long' }))
      : code === 'target'
        ? text.targetFact
        : named(data?.facts, code)
  const found = data?.path.at(-1)
  return {
    area: found ? areaName(found, format.locale) : area,
    fact: filter.without === null ? fact(filter.fact) : text.factWithout(fact(filter.fact), fact(filter.without)),
    lists:
      filter.lists === null
        ? text.everyHousehold
        : text.ofLists(filter.lists.map((code) => named(data?.lists, code)).join(', ')),
  }
}
