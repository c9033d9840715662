/** A card for each milestone: how far, against which denominator, how fast, and what is assumed. */
import type { Milestone, MilestoneAgainst } from '../../../contract/progress.ts'
import type { OfficialFigure } from '../../../contract/figures.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { progressText } from '../../text/progress.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { EmptyState, StateMark } from '../../ui/Feedback.tsx'
import { Section } from '../../ui/Page.tsx'
import { barWidth, Count, percentWords } from './Count.tsx'
import { inLanguage, type ProgressAnswer, standingTones } from './progress.ts'

export interface MilestonesProps {
  progress: ProgressAnswer
  /** Where the curve and the areas are measured by this milestone. */
  addressOf: (milestone: string) => string
}

export function Milestones({ progress, addressOf }: MilestonesProps) {
  const text = useText(progressText)
  return (
    <Section title={text.milestones} lead={text.milestonesLead}>
      {progress.milestones.length === 0 ? (
        <EmptyState icon="figure" title={text.noMilestones} />
      ) : (
        <ul className="milestones">
          {progress.milestones.map((milestone) => (
            <Card
              key={milestone.code}
              milestone={milestone}
              address={addressOf(milestone.code)}
              isShown={milestone.code === progress.measure.milestone}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}

function Card({ milestone, address, isShown }: { milestone: Milestone; address: string; isShown: boolean }) {
  const text = useText(progressText)
  const figures = useText(figureText)
  const format = useFormat()
  const name = inLanguage(milestone, format.locale)
  const asked = `${format.number(milestone.share)}%`
  const { official, registry } = milestone
  return (
    <li className="milestone" data-shown={isShown || undefined}>
      <h3>{name}</h3>
      <p className="milestone-asked">
        {milestone.month === null
          ? text.asked(asked, format.date(milestone.dueOn))
          : text.askedMonth(asked, format.date(`${milestone.month}-01`, { precision: 'month', month: 'long' }))}
        {' · '}
        <DaysLeft days={milestone.daysLeft} />
      </p>
      <Against
        label={text.againstRegistry}
        milestone={milestone}
        against={registry}
        percent={percentWords(registry.percent)}
        isMain
      />
      {official ? (
        <Against
          label={text.againstOfficial}
          milestone={milestone}
          against={official}
          percent={percentWords(official.percent)}
          stated={official.stated}
        />
      ) : (
        <p className="fine-print">{text.noOfficial}</p>
      )}
      <Pace milestone={milestone} />
      <p className="fine-print">
        {text.source(milestone.document, milestone.clause ?? '')}
        {(milestone.isAssumption || milestone.assumptions.length > 0) && (
          <>
            {' · '}
            <strong>{figures.assumption}</strong> {milestone.assumptions.map((words) => words[format.locale]).join(' ')}
          </>
        )}
      </p>
      <div className="milestone-foot not-on-paper">
        {isShown ? (
          <StateMark tone="info" icon="arrowDown">
            {text.curveShown}
          </StateMark>
        ) : (
          <LinkButton size="small" href={address} aria-label={`${text.showCurve}: ${name}`}>
            {text.showCurve}
          </LinkButton>
        )}
      </div>
    </li>
  )
}

interface AgainstProps {
  label: string
  milestone: Milestone
  against: MilestoneAgainst
  percent: string
  stated?: OfficialFigure
  isMain?: boolean
}

function Against({ label, milestone, against, percent, stated, isMain = false }: AgainstProps) {
  const text = useText(progressText)
  const figures = useText(figureText)
  const common = useText(commonText)
  const format = useFormat()
  const { standing } = against
  return (
    <div className="against" data-main={isMain || undefined}>
      <div className="against-head">
        <span className="against-label">{label}</span>
        {standing ? (
          <StateMark tone={standingTones[standing]}>{text.standings[standing]}</StateMark>
        ) : (
          <span className="kept-back">{figures.hidden}</span>
        )}
      </div>
      {standing !== 'notApplicable' && <p className="against-percent">{percent}</p>}
      <ShareBar percent={against.percent} share={milestone.share} />
      <dl className="against-figures">
        <div>
          <dt>{text.done}</dt>
          <dd>
            <Count figure={milestone.done} />
          </dd>
        </div>
        <div>
          <dt>{text.target}</dt>
          <dd>
            <Count figure={against.target} />
          </dd>
        </div>
        <div>
          <dt>{text.gap}</dt>
          <dd>{against.gap === null ? '–' : format.number(against.gap)}</dd>
        </div>
        {isMain && (
          <div>
            <dt>{text.missing}</dt>
            <dd>
              <Count figure={milestone.missing} />
            </dd>
          </div>
        )}
        {isMain && milestone.left.value !== 0 && (
          <div>
            <dt>{text.left}</dt>
            <dd>
              <Count figure={milestone.left} />
            </dd>
          </div>
        )}
      </dl>
      <p className="only-for-readers">{common.household}</p>
      {stated && <p className="fine-print">{text.document(stated.document, format.date(stated.asOf))}</p>}
    </div>
  )
}

/** How far, with a mark at what is asked; the words beside it say the same. */
function ShareBar({ percent, share }: { percent: string | null; share: number }) {
  return (
    <div className="share-bar" aria-hidden="true">
      <span className="share-fill" style={{ width: barWidth(percent) }} />
      <span className="share-mark" style={{ insetInlineStart: `${share}%` }} />
    </div>
  )
}

function DaysLeft({ days }: { days: number }) {
  const text = useText(progressText)
  const format = useFormat()
  if (days === 0) return text.dueToday
  return days > 0 ? text.daysLeft(format.number(days)) : text.daysPast(format.number(-days))
}

/** What is needed, what is done of late, and where that leads; only while there is time. */
function Pace({ milestone }: { milestone: Milestone }) {
  const text = useText(progressText)
  const format = useFormat()
  const { paceNeeded, forecast } = milestone.registry
  const lines = [
    ...(paceNeeded ? [text.paceNeeded(format.number(paceNeeded.perDay), format.number(paceNeeded.perWeek))] : []),
    ...(forecast
      ? [
          text.pace(format.number(forecast.perWeek)),
          text.forecast(format.number(forecast.expected), format.number(forecast.low), format.number(forecast.high)),
          forecast.reachedOn ? text.reachedOn(format.date(forecast.reachedOn)) : text.reachedNever,
        ]
      : []),
  ]
  if (lines.length === 0 || milestone.registry.standing === 'reached') return null
  return (
    <ul className="pace">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
