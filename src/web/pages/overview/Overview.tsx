/** The first page: how many households an area has, on which lists, against which official figures. */
import { useQuery } from '@tanstack/react-query'
import { useLocation, useSearchParams } from 'wouter'
import { figureOverview } from '../../../contract/figures.ts'
import { areaCodeSchema } from '../../../domain/area.ts'
import { ask } from '../../api.ts'
import { useMay, usePerson } from '../../session.tsx'
import { areaName } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { EmptyState, Notice } from '../../ui/Feedback.tsx'
import { PageHeader, Section, Stack } from '../../ui/Page.tsx'
import { Answered } from '../shared/Answered.tsx'
import { AreaDialog } from '../shared/AreaDialog.tsx'
import { ByArea } from './ByArea.tsx'
import { ByList } from './ByList.tsx'
import { MainFigures } from './MainFigures.tsx'
import { Overlap } from './Overlap.tsx'
import { overviewAddress, type OverviewAnswer } from './overview.ts'
import './overview.css'

export default function Overview() {
  const text = useText(figureText)
  if (useMay('figure.read')) return <OverviewOfArea />
  return (
    <EmptyState icon="figure" title={text.notForYou}>
      {text.notForYouLead}
    </EmptyState>
  )
}

function OverviewOfArea() {
  const { homeArea } = usePerson()
  const [query] = useSearchParams()
  const asked = areaCodeSchema.safeParse(query.get('area') ?? homeArea)
  const area = asked.success ? asked.data : homeArea
  const found = useQuery({
    queryKey: ['figure.overview', area],
    queryFn: ({ signal }) => ask(figureOverview, { area }, { signal }),
  })
  return <Answered query={found}>{(overview) => <Shown overview={overview} />}</Answered>
}

function Shown({ overview }: { overview: OverviewAnswer }) {
  const text = useText(figureText)
  const format = useFormat()
  const [, navigate] = useLocation()
  const { area } = overview.total
  const isEmpty = overview.total.households.value === 0
  return (
    <div className="overview">
      <PageHeader
        title={areaName(area, format.locale)}
        lead={text.lead(format.moment(overview.asOf))}
        crumbs={overview.path.map((step) => ({
          label: areaName(step, format.locale),
          ...(step.code !== area.code && { href: overviewAddress(step.code) }),
        }))}
        actions={
          <>
            <AreaDialog current={area.code} onChoose={(code) => navigate(overviewAddress(code))} />
            <Button icon="file" onPress={() => window.print()}>
              {text.print}
            </Button>
          </>
        }
      />
      <Stack gap="large">
        <MainFigures total={overview.total} />
        {overview.restricted && <Notice title={text.hiddenTitle}>{text.hiddenText}</Notice>}
        <ByList overview={overview} />
        {area.level !== 'village' && <ByArea overview={overview} level={area.level} />}
        <Section title={text.overlap} lead={text.overlapLead}>
          {isEmpty ? <NothingYet /> : <Overlap overview={overview} />}
        </Section>
      </Stack>
    </div>
  )
}

function NothingYet() {
  const text = useText(figureText)
  const mayImport = useMay('import.write')
  return (
    <EmptyState
      icon="household"
      title={text.noOverlap}
      actions={
        mayImport && (
          <LinkButton href="/imports/new" kind="primary" icon="import">
            {text.importList}
          </LinkButton>
        )
      }
    >
      {text.noOverlapLead}
    </EmptyState>
  )
}
