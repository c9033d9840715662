/** How far an area is: milestones, the course of one of them, the areas below compared, every step of the work. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLocation, useSearchParams } from 'wouter'
import { progressOverview } from '../../../contract/progress.ts'
import { ask } from '../../api.ts'
import { useMay, usePerson } from '../../session.tsx'
import { areaName } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { progressText } from '../../text/progress.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { EmptyState, Notice } from '../../ui/Feedback.tsx'
import { PageHeader, Stack } from '../../ui/Page.tsx'
import { Answered } from '../shared/Answered.tsx'
import { AreaDialog } from '../shared/AreaDialog.tsx'
import { type ProgressView, progressAddress, readView } from './address.ts'
import { ByFact } from './ByFact.tsx'
import { ChooseDay } from './ChooseDay.tsx'
import { Curve } from './Curve.tsx'
import { Milestones } from './Milestones.tsx'
import { Months } from './Months.tsx'
import type { ProgressAnswer } from './progress.ts'
import { Ranking } from './Ranking.tsx'
import './progress.css'

export default function Progress() {
  const text = useText(figureText)
  if (useMay('figure.read')) return <ProgressOfArea />
  return (
    <EmptyState icon="figure" title={text.notForYou}>
      {text.notForYouLead}
    </EmptyState>
  )
}

function ProgressOfArea() {
  const { homeArea } = usePerson()
  const [query] = useSearchParams()
  const view = readView(query)
  const input = {
    area: view.area ?? homeArea,
    ...(view.asOf !== null && { asOf: view.asOf }),
    ...(view.milestone !== null && { milestone: view.milestone }),
    ...(view.list !== null && { list: view.list }),
  }
  const found = useQuery({
    queryKey: ['progress.overview', input],
    queryFn: ({ signal }) => ask(progressOverview, input, { signal }),
    // The page stays while another measure of it is fetched.
    placeholderData: keepPreviousData,
  })
  return <Answered query={found}>{(progress) => <Shown progress={progress} view={view} />}</Answered>
}

function Shown({ progress, view }: { progress: ProgressAnswer; view: ProgressView }) {
  const text = useText(progressText)
  const figures = useText(figureText)
  const format = useFormat()
  const [, navigate] = useLocation()
  const area = progress.path.at(-1)!
  const isPast = progress.asOf < progress.today
  const go = (changes: Partial<ProgressView>) => progressAddress({ ...view, area: area.code, ...changes })
  const day = format.date(progress.asOf)
  return (
    <div className="progress">
      <PageHeader
        title={text.title(areaName(area, format.locale))}
        lead={isPast ? text.asOfPast(day) : text.asOfNow(day)}
        crumbs={progress.path.map((step) => ({
          label: areaName(step, format.locale),
          ...(step.code !== area.code && { href: go({ area: step.code }) }),
        }))}
        actions={
          <>
            <AreaDialog current={area.code} onChoose={(code) => navigate(go({ area: code }))} />
            <ChooseDay
              key={progress.asOf}
              asOf={progress.asOf}
              today={progress.today}
              onChoose={(chosen) => navigate(go({ asOf: chosen === progress.today ? null : chosen }))}
            />
            <Button icon="file" onPress={() => window.print()}>
              {figures.print}
            </Button>
          </>
        }
      />
      <Stack gap="large">
        {isPast && (
          <div className="not-on-paper">
            <Notice
              title={text.pastTitle}
              actions={
                <LinkButton size="small" href={go({ asOf: null })}>
                  {text.backToNow}
                </LinkButton>
              }
            >
              {text.pastText}
            </Notice>
          </div>
        )}
        {progress.restricted && <Notice title={figures.hiddenTitle}>{figures.hiddenText}</Notice>}
        <Milestones progress={progress} addressOf={(milestone) => go({ milestone, list: null })} />
        <Curve progress={progress} list={view.list} onMeasure={(changes) => navigate(go(changes), { replace: true })} />
        {area.level !== 'village' && (
          <Ranking
            key={`${area.code} ${progress.measure.milestone}`}
            progress={progress}
            level={area.level}
            addressOf={(code) => go({ area: code })}
          />
        )}
        <ByFact progress={progress} />
        <Months progress={progress} />
      </Stack>
    </div>
  )
}
