/** The target lists: what each says of itself, and how many of it are in the registry. */
import { useQuery } from '@tanstack/react-query'
import { listList } from '../../../contract/lists.ts'
import type { OutputOf } from '../../../contract/route.ts'
import { ask, problemOf } from '../../api.ts'
import { usePerson } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { listText } from '../../text/list.ts'
import { LinkButton, TextLink } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, ProblemAlert } from '../../ui/Feedback.tsx'
import { FilterBar, PageHeader, Stack } from '../../ui/Page.tsx'
import { figureAddress } from '../households/address.ts'
import { useAddress } from '../shared/address.ts'
import { AreaFilter } from '../shared/AreaFilter.tsx'

export type ListRow = OutputOf<typeof listList>['lists'][number]

/** The lists of an area, with its figures. */
export function useLists(area: string) {
  return useQuery({ queryKey: ['list.list', area], queryFn: () => ask(listList, { area }) })
}

/** The area of the address, or where the person works. */
export function useListArea(): [string, (area: string) => void] {
  const { homeArea } = usePerson()
  const [{ area }, setAddress] = useAddress(['area'])
  return [area === 'nation' ? '' : area || homeArea, (code) => setAddress({ area: code || 'nation' })]
}

export default function Lists() {
  const text = useText(listText)
  const { locale, ...format } = useFormat()
  const [area, setArea] = useListArea()
  const query = useLists(area)
  const columns: readonly Column<ListRow>[] = [
    { id: 'name', header: text.name, cell: (list) => (locale === 'th' ? list.nameTh : list.nameEn) },
    { id: 'date', header: text.listDate, width: '8.5rem', cell: ({ listDate }) => format.date(listDate) },
    { id: 'document', header: text.document, cell: ({ document }) => document, isDeskOnly: true },
    {
      id: 'registry',
      header: text.inRegistry,
      align: 'end',
      width: '9rem',
      cell: (list) => <RegistryCount list={list} />,
    },
    {
      id: 'official',
      header: text.official,
      align: 'end',
      width: '9rem',
      cell: ({ denominators }) =>
        denominators[0] ? format.number(denominators[0].households) : <span className="soft">{text.notStated}</span>,
    },
  ]
  return (
    <>
      <PageHeader
        title={text.title}
        lead={text.lead}
        actions={
          query.data?.mayCreate && (
            <LinkButton href={`/lists/new?area=${area.slice(0, 2) || 'nation'}`} kind="primary" icon="plus">
              {text.add}
            </LinkButton>
          )
        }
      />
      <Stack>
        <FilterBar label={text.title}>
          <AreaFilter value={area} onChange={setArea} />
        </FilterBar>
        {query.error ? (
          <ProblemAlert problem={problemOf(query.error)} />
        ) : (
          <DataTable
            caption={text.title}
            rows={query.data?.lists ?? null}
            rowKey={({ code }) => code}
            rowHref={({ code }) => `/lists/${code}?area=${area || 'nation'}`}
            columns={columns}
            whenEmpty={
              <EmptyState icon="list" title={text.none}>
                {query.data?.mayCreate && text.noneNext}
              </EmptyState>
            }
          />
        )}
      </Stack>
    </>
  )
}

/** Households of the list in the registry; opens them for those who may list them. */
export function RegistryCount({ list, of = 'households' }: { list: ListRow; of?: 'households' | 'persons' }) {
  const text = useText(listText)
  const format = useFormat()
  if (list.registry === null) return <span className="soft">{text.notYours}</span>
  const figure = list.registry[of]
  if (figure.value === null) return <span className="soft">{text.keptBack}</span>
  const number = format.number(figure.value)
  if (list.registry.filter === null) return number
  return <TextLink href={figureAddress(list.registry.filter)}>{number}</TextLink>
}
