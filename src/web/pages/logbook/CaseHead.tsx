/** What one looks for first: what is due next, which household this is, how much help has come. */
import type { ReactNode } from 'react'
import type { CaseView } from '../../../contract/logbook.ts'
import { daysBetween } from '../../../domain/days.ts'
import type { DutyStatus } from '../../../domain/logbook/duty.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { useFormat } from '../../text/format.ts'
import { logbookText } from '../../text/logbook.ts'
import { useReasonWords } from '../../text/reasons.ts'
import { StateMark, type Tone } from '../../ui/Feedback.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { useToday } from '../households/useToday.ts'

const dutyLooks: Record<DutyStatus, readonly [Tone, IconName]> = {
  none: ['neutral', 'circle'],
  done: ['success', 'check'],
  due: ['info', 'clock'],
  overdue: ['danger', 'alert'],
  never: ['attention', 'triangle'],
  held: ['neutral', 'pause'],
}

export function CaseHead({ found }: { found: CaseView }) {
  return (
    <dl className="case-head">
      <Duty found={found} />
      <Classes found={found} />
      <Vulnerability found={found} />
      <Help found={found} />
    </dl>
  )
}

interface CellProps {
  label: string
  value: ReactNode
  mark?: ReactNode
  tone?: 'plain' | 'strong'
  notes: readonly (string | false | null | undefined)[]
}

function Cell({ label, value, mark, tone = 'plain', notes }: CellProps) {
  const said = notes.filter((note) => typeof note === 'string' && note !== '')
  return (
    <div className="case-cell" data-tone={tone}>
      <dt>{label}</dt>
      <dd>
        <span className="case-value">{value}</span>
        {mark}
        {said.length > 0 && <span className="case-notes">{said.join(' · ')}</span>}
      </dd>
    </div>
  )
}

function Duty({ found }: { found: CaseView }) {
  const text = useText(logbookText)
  const format = useFormat()
  const today = useToday()
  const { duty, state } = found
  const areaHold = duty.areaHolds[0]
  const hold = areaHold ?? (duty.status === 'held' ? state.hold : null)
  const day = format.date(duty.status === 'held' ? hold?.untilOn : duty.dueOn)
  const value = {
    none: () => text.duty.none,
    done: () => (duty.dueOn ? text.duty.done(day) : text.duty.none),
    due: () => text.duty.due(day),
    overdue: () => text.duty.overdue(format.number(duty.dueOn ? daysBetween(duty.dueOn, today) : 0)),
    never: () => text.duty.never,
    held: () => text.duty.held(day),
  }[duty.status]()
  const [tone, icon] = dutyLooks[duty.status]
  return (
    <Cell
      label={text.next}
      tone={duty.status === 'overdue' || duty.status === 'never' ? 'strong' : 'plain'}
      value={value}
      mark={
        <StateMark tone={tone} icon={icon}>
          {text.dutyStates[duty.status]}
        </StateMark>
      }
      notes={[
        duty.reason && text.dutyBecause[duty.reason],
        ['overdue', 'never'].includes(duty.status) && duty.dueOn !== null && text.dueWas(format.date(duty.dueOn)),
        duty.status === 'held' && hold && text.holdBecause(hold.reason),
        duty.status === 'held' && areaHold && text.holdOfArea,
        state.lastVisitOn && text.lastVisit(format.date(state.lastVisitOn)),
        state.visits > 0 && text.visitsTotal(format.number(state.visits)),
      ]}
    />
  )
}

function Classes({ found }: { found: CaseView }) {
  const text = useText(logbookText)
  const words = useText(entryText)
  const reasons = useReasonWords()
  const { path, stage } = found.classes
  const value = [path.value && words.paths[path.value], stage.value && words.stages[stage.value]].filter(Boolean)
  return (
    <Cell
      label={text.class}
      value={value.join(' · ') || text.classUnknown}
      notes={[...new Set([...path.reasons, ...stage.reasons].map(reasons.ofClass))]}
    />
  )
}

function Vulnerability({ found }: { found: CaseView }) {
  const text = useText(logbookText)
  const reasons = useReasonWords()
  const format = useFormat()
  const { value, reasons: because } = found.classes.vulnerability
  return (
    <Cell
      label={text.vulnerability}
      value={
        value === null ? (
          text.classUnknown
        ) : (
          <>
            {text.level(format.number(value))}
            <span className="level-dots" aria-hidden="true">
              {[1, 2, 3].map((level) => (
                <span key={level} data-on={level <= value || undefined} />
              ))}
            </span>
          </>
        )
      }
      notes={because.map(reasons.ofClass)}
    />
  )
}

function Help({ found }: { found: CaseView }) {
  const text = useText(logbookText)
  const format = useFormat()
  const { count, value, lastOn } = found.state.assistance
  return (
    <Cell
      label={text.help}
      value={count === 0 ? text.helpNone : text.helpTimes(format.number(count))}
      notes={[value > 0 && text.helpValue(format.number(value)), lastOn && text.helpLast(format.date(lastOn))]}
    />
  )
}
