/** Areas from the nation to the village, with their codes, and the centres that answer for them. */
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { areaChildren, areaShow } from '../../../contract/areas.ts'
import { centreList } from '../../../contract/centres.ts'
import type { OutputOf } from '../../../contract/route.ts'
import { ask, problemOf } from '../../api.ts'
import { useMay } from '../../session.tsx'
import { areaText, useAreaNames } from '../../text/area.ts'
import { centreText } from '../../text/centre.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { ButtonRow, LinkButton } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Tabs } from '../../ui/Navigation.tsx'
import { PageHeader, Stack } from '../../ui/Page.tsx'
import { useAddress } from '../shared/address.ts'
import { AreaFilter } from '../shared/AreaFilter.tsx'
import { Centres } from './Centres.tsx'
import { VillageDialog } from './VillageDialog.tsx'

type Shown = OutputOf<typeof areaShow>

export default function Areas() {
  const text = useText(centreText)
  const areas = useText(areaText)
  const names = useAreaNames()
  const mayList = useMay('household.list')
  const [, navigate] = useLocation()
  const [{ area, tab }, setAddress] = useAddress(['area', 'tab'])
  const query = useQuery({ queryKey: ['area.show', area], queryFn: () => ask(areaShow, { area }) })
  const shown = query.data
  const go = (code: string) => navigate(addressOf(code))
  return (
    <>
      <PageHeader
        title={area === '' ? text.title : shown ? names.name(shown.area) : area}
        lead={area === '' ? text.lead : `${text.code} ${area}`}
        crumbs={(shown?.area.path ?? []).map((one) =>
          one.code === area ? { label: names.name(one) } : { label: names.name(one), href: addressOf(one.code) },
        )}
        actions={shown?.mayEdit && <VillageDialog area={shown.area} />}
      />
      <Stack>
        <ButtonRow>
          <AreaFilter label={text.find} value={area} onChange={go} />
        </ButtonRow>
        {mayList && area !== '' && (
          <ButtonRow>
            <LinkButton href={`/households?area=${area}`} icon="household">
              {text.households}
            </LinkButton>
          </ButtonRow>
        )}
        {query.error ? (
          <ProblemAlert problem={problemOf(query.error)} />
        ) : (
          <Tabs
            label={areas.area}
            selected={tab || 'areas'}
            onSelect={(id) => setAddress({ tab: id === 'areas' ? '' : id })}
            tabs={[
              { id: 'areas', label: text.tabs.areas, content: <Children area={area} /> },
              { id: 'centres', label: text.tabs.centres, content: <Centres area={area} /> },
              { id: 'names', label: text.tabs.names, content: <Names names={shown?.names ?? null} /> },
            ]}
          />
        )}
      </Stack>
    </>
  )
}

function addressOf(code: string): string {
  return code === '' ? '/areas' : `/areas?area=${code}`
}

type Child = OutputOf<typeof areaChildren>['children'][number]

function Children({ area }: { area: string }) {
  const text = useText(centreText)
  const names = useAreaNames()
  const { locale } = useFormat()
  const query = useQuery({ queryKey: ['area.children', area], queryFn: () => ask(areaChildren, { area }) })
  const centres = useQuery({
    queryKey: ['centre.list', area, area === '' ? 'province' : 'district'],
    queryFn: () => ask(centreList, { area, kind: area === '' ? 'province' : 'district' }),
    enabled: area.length < 4,
  })
  if (area.length === 8) return <Notice>{text.isVillage}</Notice>
  if (query.error) return <ProblemAlert problem={problemOf(query.error)} />
  const columns: Column<Child>[] = [
    { id: 'name', header: text.name, cell: (child) => names.name(child) },
    { id: 'code', header: text.code, cell: ({ code }) => <span className="number">{code}</span> },
    {
      id: 'english',
      header: locale === 'th' ? text.englishName : text.name,
      cell: ({ nameTh, nameEn }) => (locale === 'th' ? (nameEn ?? '–') : nameTh),
    },
  ]
  if (area.length < 4)
    columns.push({
      id: 'centre',
      header: text.centre,
      cell: ({ code }) => {
        const centre = centres.data?.centres.find(({ areaCode }) => areaCode === code)
        return centre ? (locale === 'th' ? centre.shortNameTh : centre.nameEn) : '–'
      },
    })
  return (
    <DataTable
      caption={text.tabs.areas}
      rows={query.data?.children ?? null}
      rowKey={({ code }) => code}
      rowHref={({ code }) => addressOf(code)}
      columns={columns}
      whenEmpty={
        <EmptyState icon="area" title={text.noChildren}>
          {text.noChildrenNext}
        </EmptyState>
      }
    />
  )
}

function Names({ names }: { names: Shown['names'] | null }) {
  const text = useText(centreText)
  const format = useFormat()
  return (
    <DataTable
      caption={text.tabs.names}
      rows={names}
      rowKey={({ nameTh, validFrom }) => `${nameTh} ${validFrom}`}
      columns={[
        { id: 'name', header: text.name, cell: ({ nameTh }) => nameTh },
        { id: 'english', header: text.englishName, cell: ({ nameEn }) => nameEn ?? '–' },
        { id: 'origin', header: text.origin, cell: ({ origin }) => text.origins[origin] },
        {
          id: 'from',
          header: text.validFrom,
          cell: ({ validFrom }) => (validFrom === null ? text.always : format.date(validFrom)),
        },
        {
          id: 'to',
          header: text.validTo,
          cell: ({ validTo }) => (validTo === null ? text.stillValid : format.date(validTo)),
        },
      ]}
    />
  )
}
