/** The phones of an area: totals on top, then each with its person, its last sending and what waits on it. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { deviceList, deviceSorts, silentAfterDays } from '../../../contract/devices.ts'
import type { OutputOf } from '../../../contract/route.ts'
import { ask } from '../../api.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { peopleText } from '../../text/people.ts'
import { phoneText } from '../../text/phone.ts'
import { Select } from '../../ui/Choice.tsx'
import { Figure, FigureRow } from '../../ui/Facts.tsx'
import { EmptyState } from '../../ui/Feedback.tsx'
import { FilterBar, Stack } from '../../ui/Page.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { Answered } from '../shared/Answered.tsx'
import { FoldedOnPhone } from '../shared/FoldedOnPhone.tsx'
import { PhoneTable } from './PhoneTable.tsx'
import { fieldAddress, phonesAddress, type PhoneView } from './view.ts'

type Found = OutputOf<typeof deviceList>

const pageSize = 50
const offeredDays = [3, silentAfterDays, 14, 30] as const

interface PhoneListProps {
  view: PhoneView
  onChange: (changes: Partial<PhoneView>) => void
}

export function PhoneList({ view, onChange }: PhoneListProps) {
  const { area, silentDays, sort } = view
  const input = { area, silentDays, sort }
  const found = useQuery({
    queryKey: ['device.list', input],
    queryFn: ({ signal }) => ask(deviceList, input, { signal }),
    placeholderData: keepPreviousData,
  })
  return (
    <Answered query={found}>
      {(phones) => (
        <Stack>
          <Totals totals={phones.totals} view={view} />
          <Filters view={view} onChange={onChange} />
          <Phones key={JSON.stringify(input)} phones={phones} view={view} isRefreshing={found.isPlaceholderData} />
        </Stack>
      )}
    </Answered>
  )
}

function Totals({ totals, view }: { totals: Found['totals']; view: PhoneView }) {
  const text = useText(phoneText).totals
  const format = useFormat()
  const days = view.silentDays || silentAfterDays
  return (
    <FigureRow>
      <Figure label={text.devices} value={totals.devices} href={phonesAddress({ area: view.area })} tone="strong" />
      <Figure
        label={text.silent(format.number(days))}
        value={totals.silent}
        href={phonesAddress({ ...view, silentDays: days, sort: 'silent' })}
      />
      <Figure
        label={text.items}
        value={totals.waitingItems}
        href={phonesAddress({ ...view, silentDays: 0, sort: 'waiting' })}
      />
      <Figure
        label={text.photos}
        value={totals.waitingPhotos}
        href={phonesAddress({ ...view, silentDays: 0, sort: 'waiting' })}
      />
    </FigureRow>
  )
}

function Filters({ view, onChange }: PhoneListProps) {
  const text = useText(phoneText).filter
  const people = useText(peopleText)
  const format = useFormat()
  // An address may ask for another number of days than those offered.
  const days = [...new Set([...offeredDays, ...(view.silentDays === 0 ? [] : [view.silentDays])])].toSorted(
    (a, b) => a - b,
  )
  return (
    <FilterBar label={people.changeFilter}>
      <FoldedOnPhone>
        <Select
          label={text.silent}
          value={String(view.silentDays)}
          options={[
            { id: '0', label: text.everyPhone },
            ...days.map((count) => ({ id: String(count), label: text.silentFor(format.number(count)) })),
          ]}
          onChange={(id) => onChange({ silentDays: Number(id) })}
        />
        <Select
          label={text.sort}
          value={view.sort}
          options={deviceSorts.map((sort) => ({ id: sort, label: text.sorts[sort] }))}
          onChange={(id) => onChange({ sort: deviceSorts.find((sort) => sort === id) ?? 'silent' })}
        />
      </FoldedOnPhone>
    </FilterBar>
  )
}

function Phones({ phones, view, isRefreshing }: { phones: Found; view: PhoneView; isRefreshing: boolean }) {
  const text = useText(phoneText)
  const format = useFormat()
  const [page, setPage] = useState(0)
  const { devices, totals } = phones
  const rows = devices.slice(page * pageSize, (page + 1) * pageSize)
  const inUse = devices.filter(({ state }) => state === 'active').length
  const all = view.silentDays === 0 ? totals.devices : totals.silent
  return (
    <>
      <PhoneTable
        caption={text.tabs.phones}
        rows={rows}
        isRefreshing={isRefreshing}
        whenEmpty={
          view.silentDays === 0 ? (
            <EmptyState icon="phone" title={text.none}>
              {text.noneLead(fieldAddress())}
            </EmptyState>
          ) : (
            <EmptyState icon="check" title={text.noneSilent}>
              {text.noneSilentLead}
            </EmptyState>
          )
        }
      />
      {devices.length > 0 && <p className="phone-small">{text.totals.asTold}</p>}
      {devices.length > pageSize && (
        <Pager
          from={page * pageSize + 1}
          shown={rows.length}
          total={devices.length}
          onPrevious={page === 0 ? undefined : () => setPage(page - 1)}
          onNext={(page + 1) * pageSize >= devices.length ? undefined : () => setPage(page + 1)}
        />
      )}
      {!isRefreshing && inUse < all && (
        <p className="soft">{text.someOnly(format.number(inUse), format.number(all))}</p>
      )}
    </>
  )
}
