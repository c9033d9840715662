import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { peopleList } from '../../../contract/people.ts'
import type { OutputOf } from '../../../contract/route.ts'
import { type Role, roles } from '../../../domain/permission.ts'
import { ask, problemOf } from '../../api.ts'
import { useReach } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { peopleText } from '../../text/people.ts'
import { sessionText } from '../../text/session.ts'
import { Select } from '../../ui/Choice.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, ProblemAlert, StateMark } from '../../ui/Feedback.tsx'
import { FilterBar, Stack } from '../../ui/Page.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { SearchField } from '../../ui/TextField.tsx'
import { useAddress, useKeysetPages } from '../shared/address.ts'
import { AreaFilter, useAreaName } from '../shared/AreaFilter.tsx'
import { FoldedOnPhone } from '../shared/FoldedOnPhone.tsx'

type PersonRow = OutputOf<typeof peopleList>['people'][number]

const limit = 50

export function PeopleList() {
  const text = useText(peopleText)
  const common = useText(commonText)
  const session = useText(sessionText)
  const format = useFormat()
  const reach = useReach('people.read')
  const [filter, setFilter] = useAddress(['area', 'role', 'state'])
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const pages = useKeysetPages(JSON.stringify([filter, words]))
  const query = useQuery({
    queryKey: ['people.list', filter, words, pages.after],
    queryFn: ({ signal }) =>
      ask(
        peopleList,
        {
          ...(filter.area !== '' && { areaCode: filter.area }),
          ...(isRole(filter.role) && { role: filter.role }),
          ...((filter.state === 'active' || filter.state === 'disabled') && { state: filter.state }),
          ...(words !== '' && { words }),
          ...(pages.after !== undefined && { after: pages.after }),
          limit,
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const people = query.data?.people ?? null
  const columns: readonly Column<PersonRow>[] = [
    { id: 'name', header: text.fullName, cell: ({ name }) => name },
    { id: 'username', header: session.username, cell: ({ username }) => username },
    { id: 'role', header: text.role, cell: ({ grants }) => <CurrentRoles grants={grants} /> },
    {
      id: 'seen',
      header: text.lastSeen,
      cell: ({ lastSeenAt }) => (lastSeenAt === null ? text.neverSeen : format.moment(lastSeenAt)),
    },
    { id: 'state', header: text.state, cell: (person) => <PersonState person={person} /> },
  ]
  return (
    <Stack>
      <FilterBar label={text.changeFilter}>
        <SearchField label={text.find} value={typed} onChange={setTyped} maxLength={100} />
        <FoldedOnPhone>
          <Select
            label={text.role}
            value={filter.role || 'all'}
            onChange={(role) => setFilter({ role: role === 'all' ? '' : role })}
            options={[
              { id: 'all', label: common.all },
              ...roles.map((role) => ({ id: role, label: text.roles[role] })),
            ]}
          />
          <Select
            label={text.state}
            value={filter.state || 'all'}
            onChange={(state) => setFilter({ state: state === 'all' ? '' : state })}
            options={[
              { id: 'all', label: common.all },
              { id: 'active', label: text.active },
              { id: 'disabled', label: text.disabled },
            ]}
          />
          <AreaFilter value={filter.area} within={reach} onChange={(area) => setFilter({ area })} />
        </FoldedOnPhone>
      </FilterBar>
      {query.error ? (
        <ProblemAlert problem={problemOf(query.error)} />
      ) : (
        <>
          <DataTable
            caption={text.title}
            rows={people}
            rowKey={({ id }) => id}
            rowHref={({ id }) => `/people/${id}`}
            columns={columns}
            isRefreshing={query.isPlaceholderData}
            whenEmpty={
              <EmptyState icon="people" title={text.noneFound}>
                {text.noneFoundNext}
              </EmptyState>
            }
          />
          <Pager
            from={pages.from(limit)}
            shown={people?.length ?? 0}
            onPrevious={pages.onPrevious}
            onNext={pages.onNext(query.data?.next ?? null)}
          />
        </>
      )}
    </Stack>
  )
}

function CurrentRoles({ grants }: Pick<PersonRow, 'grants'>) {
  const text = useText(peopleText)
  const current = grants.filter(({ state }) => state === 'current')
  if (current.length === 0) return '–'
  return current.map((grant) => (
    <span key={grant.id} className="person-role">
      {text.roles[grant.role]} · <PlaceOf grant={grant} />
    </span>
  ))
}

/** Where a role is held; an area with its kind, since a district and its subdistrict may have one name. */
export function PlaceOf({ grant: { place, areaCode, placeName } }: { grant: PersonRow['grants'][number] }) {
  const areaName = useAreaName(areaCode)
  return place.kind === 'area' ? areaName : placeName
}

/** Disabled before anything else; an account whose password somebody else made is not yet its owner's. */
export function PersonState({ person }: { person: Pick<PersonRow, 'disabled' | 'oneTimePassword'> }) {
  const text = useText(peopleText)
  if (person.disabled) return <StateMark tone="danger">{text.disabled}</StateMark>
  if (person.oneTimePassword) return <StateMark tone="attention">{text.oneTime}</StateMark>
  return <StateMark tone="success">{text.active}</StateMark>
}

function isRole(value: string): value is Role {
  return roles.some((role) => role === value)
}
