/** Which households wait for what: choose a list, see why each stands on it, act on one or on many. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocation, useSearchParams } from 'wouter'
import { worklistCounts, worklistPage } from '../../../contract/worklists.ts'
import type { OutputOf } from '../../../contract/route.ts'
import { worklists, type Worklist, worklistSorts, type WorklistSort } from '../../../domain/logbook/work.ts'
import { ask } from '../../api.ts'
import { useReach } from '../../session.tsx'
import { areaName } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { worklistText } from '../../text/worklist.ts'
import { RadioGroup } from '../../ui/Choice.tsx'
import { PageHeader, Section, Stack } from '../../ui/Page.tsx'
import { Disclosure } from '../../ui/Navigation.tsx'
import { useKeysetPages } from '../shared/address.ts'
import { Answered } from '../shared/Answered.tsx'
import { AreaDialog } from '../shared/AreaDialog.tsx'
import { readWorkView, workAddress, type WorkView } from './address.ts'
import { Holds } from './Holds.tsx'
import { ListChoice } from './ListChoice.tsx'
import { WorkByArea } from './WorkByArea.tsx'
import { WorkTable } from './WorkTable.tsx'
import './worklists.css'

type Counts = OutputOf<typeof worklistCounts>
export const pageSize = 50

export default function Worklists() {
  const reach = useReach('household.list')
  const [query] = useSearchParams()
  const view = readWorkView(query)
  const area = view.area ?? reach
  const found = useQuery({
    queryKey: ['worklist.counts', area],
    queryFn: ({ signal }) => ask(worklistCounts, { area }, { signal }),
    placeholderData: keepPreviousData,
  })
  return <Answered query={found}>{(counts) => <Shown counts={counts} view={view} reach={reach} />}</Answered>
}

function Shown({ counts, view, reach }: { counts: Counts; view: WorkView; reach: string }) {
  const text = useText(worklistText)
  const format = useFormat()
  const [, navigate] = useLocation()
  const area = counts.area.code
  const go = (changes: Partial<WorkView>) => workAddress({ ...view, area, ...changes })
  // Above the person's own areas there is nothing to look into.
  const crumbs = counts.path.filter(({ code }) => code.startsWith(reach))
  return (
    <>
      <PageHeader
        title={text.title(areaName(counts.area, format.locale))}
        lead={text.lead(format.date(counts.today), format.number(counts.households))}
        crumbs={crumbs.map((step) => ({
          label: areaName(step, format.locale),
          ...(step.code !== area && { href: go({ area: step.code }) }),
        }))}
        actions={
          <AreaDialog key={area} current={area} within={reach} onChoose={(code) => navigate(go({ area: code }))} />
        }
      />
      <Stack gap="large">
        <ListChoice counts={counts.counts} current={view.worklist} addressOf={(worklist) => go({ worklist })} />
        {counts.children.length > 0 && counts.area.level !== 'village' && (
          <Disclosure title={text.byArea}>
            <WorkByArea
              counts={counts}
              level={counts.area.level}
              addressOf={(code, worklist) => go({ area: code, worklist: worklist ?? view.worklist })}
            />
          </Disclosure>
        )}
        <OneList
          key={`${area} ${view.worklist}`}
          counts={counts}
          view={view}
          onSort={(sort) => navigate(go({ sort }), { replace: true })}
        />
        <Holds area={area} />
      </Stack>
    </>
  )
}

/** Those without entries wait all alike, so that only the address tells them apart. */
const unordered: readonly Worklist[] = ['notRecorded', 'neverVisited']

interface OneListProps {
  counts: Counts
  view: WorkView
  onSort: (sort: WorklistSort) => void
}

function OneList({ counts, view, onSort }: OneListProps) {
  const text = useText(worklistText)
  const households = useText(householdText)
  const { worklist, sort } = view
  const area = counts.area.code
  const pages = useKeysetPages(`${area} ${worklist} ${sort}`)
  const input = { area, worklist, sort, limit: pageSize, cursor: pages.after ?? null }
  const found = useQuery({
    queryKey: ['worklist.page', input],
    queryFn: ({ signal }) => ask(worklistPage, input, { signal }),
    placeholderData: keepPreviousData,
  })
  return (
    <Section
      title={text.names[worklist]}
      lead={text.meaning[worklist]}
      actions={
        !unordered.includes(worklist) && (
          <RadioGroup
            label={households.list.sort}
            orientation="horizontal"
            value={sort}
            options={worklistSorts.map((one) => ({ id: one, label: text.sorts[one] }))}
            onChange={(id) => onSort(worklistSorts.find((one) => one === id) ?? 'since')}
          />
        )
      }
    >
      <WorkTable
        worklist={worklists.find((one) => one === worklist)!}
        within={area}
        total={counts.counts[worklist]}
        found={found}
        pages={pages}
      />
    </Section>
  )
}
