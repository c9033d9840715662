/** The households of one work list, with why each stands on it; rows are ticked to act on many at once. */
import type { UseQueryResult } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { mostEntriesAtOnce } from '../../../contract/logbook.ts'
import type { OutputOf } from '../../../contract/route.ts'
import type { worklistPage, WorklistRow } from '../../../contract/worklists.ts'
import { areaLevels, areaPath } from '../../../domain/area.ts'
import type { Worklist } from '../../../domain/logbook/work.ts'
import { problemOf } from '../../api.ts'
import { useMay } from '../../session.tsx'
import { addressLine } from '../../text/area.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { worklistText } from '../../text/worklist.ts'
import { Button } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, ProblemAlert, Tag } from '../../ui/Feedback.tsx'
import { Pager } from '../../ui/Pager.tsx'
import type { KeysetPages } from '../shared/address.ts'
import { householdAddress } from '../households/address.ts'
import { useListNames } from '../households/useListNames.ts'
import { ManyActs } from './ManyActs.tsx'
import { Why } from './Why.tsx'
import { pageSize } from './Worklists.tsx'

export interface WorkTableProps {
  worklist: Worklist
  /** The area that every row lies in. */
  within: string
  total: number
  found: UseQueryResult<OutputOf<typeof worklistPage>>
  pages: KeysetPages
}

export function WorkTable({ worklist, within, total, found, pages }: WorkTableProps) {
  const text = useText(worklistText)
  const households = useText(householdText)
  const common = useText(commonText)
  const format = useFormat()
  const listName = useListNames()
  const mayRecord = useMay('logbook.record')
  // Rows stay chosen while other pages are looked through, and until they are done.
  const [chosen, setChosen] = useState<ReadonlyMap<string, WorklistRow>>(new Map())
  const rows = found.data?.rows ?? null
  const upTo = areaLevels[Math.min(areaPath(within).length, areaLevels.length - 1)] ?? 'village'
  const columns: Column<WorklistRow>[] = [
    {
      id: 'name',
      header: households.list.head,
      width: '12rem',
      cell: (row) => row.headName ?? <span className="soft">{households.noHead}</span>,
    },
    {
      id: 'address',
      header: households.list.address,
      width: '20rem',
      cell: (row) => addressLine(row, row.place, format.locale, upTo),
    },
    { id: 'why', header: text.why, width: '13rem', cell: (row) => <Why row={row} worklist={worklist} /> },
    {
      id: 'visit',
      header: text.lastVisit,
      align: 'end',
      width: '8rem',
      cell: (row) => (row.lastVisitOn ? format.date(row.lastVisitOn) : <span className="soft">{text.neverYet}</span>),
    },
    {
      id: 'lists',
      header: households.list.lists,
      isDeskOnly: true,
      cell: (row) => (
        <span className="tags">
          {row.lists.map((code) => (
            <Tag key={code}>{listName(code)}</Tag>
          ))}
        </span>
      ),
    },
  ]
  if (found.error)
    return (
      <ProblemAlert
        problem={problemOf(found.error)}
        actions={<Button onPress={() => void found.refetch()}>{common.retry}</Button>}
      />
    )
  return (
    // Only listens for a key that ticks the row in focus; the box does the same.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="work-rows" onKeyDown={tickRow}>
      {mayRecord && (
        <ManyActs
          worklist={worklist}
          rows={[...chosen.values()]}
          onClear={() => setChosen(new Map())}
          onKeep={(ids) => setChosen(new Map([...chosen].filter(([id]) => ids.has(id))))}
        />
      )}
      <DataTable
        caption={text.names[worklist]}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowHref={householdAddress}
        isRefreshing={found.isPlaceholderData}
        {...(mayRecord && { selection: { selected: new Set(chosen.keys()), onChange: choose } })}
        whenEmpty={
          <EmptyState icon="check" title={text.empty}>
            {text.emptyLead}
          </EmptyState>
        }
      />
      {rows && rows.length > 0 && (
        <>
          <Pager
            from={pages.from(pageSize)}
            shown={rows.length}
            total={total}
            onPrevious={pages.onPrevious}
            onNext={pages.onNext(found.data?.next ?? null)}
          />
          {mayRecord && <p className="work-keys not-on-paper">{text.keys}</p>}
        </>
      )}
    </div>
  )

  function choose(ids: ReadonlySet<string>) {
    const known = new Map([...chosen.values(), ...(rows ?? [])].map((row) => [row.id, row]))
    const next = [...ids].slice(0, mostEntriesAtOnce).flatMap((id): [string, WorklistRow][] => {
      const row = known.get(id)
      return row ? [[id, row]] : []
    })
    setChosen(new Map(next))
  }
}

function tickRow(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'x' || event.ctrlKey || event.metaKey || event.altKey) return
  if (!(event.target instanceof HTMLElement) || !event.target.matches('.row-link')) return
  event.target.closest('tr')?.querySelector<HTMLElement>('.select-box')?.click()
}
