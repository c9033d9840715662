/** Why a household stands on a list, in one or two short lines. */
import type { WorklistRow } from '../../../contract/worklists.ts'
import type { Worklist } from '../../../domain/logbook/work.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { useFormat } from '../../text/format.ts'
import { worklistText } from '../../text/worklist.ts'
import { StateMark } from '../../ui/Feedback.tsx'

export function Why({ row, worklist }: { row: WorklistRow; worklist: Worklist }) {
  const text = useText(worklistText)
  const entry = useText(entryText)
  const format = useFormat()
  const { outcome } = row
  if (worklist === 'overdue')
    return (
      <span className="work-why">
        <StateMark tone="attention">{text.overdueBy(format.number(row.overdueDays))}</StateMark>
        <span>{text.dueOn(format.date(row.dueOn))}</span>
      </span>
    )
  if (worklist === 'dueThisMonth') return text.dueOn(format.date(row.dueOn))
  if (worklist === 'outcomeWaiting' && outcome)
    return (
      <span className="work-why">
        <span>{text.proposed(entry.outcomes[outcome.outcome], outcome.by ?? '–', format.date(outcome.on))}</span>
        {!outcome.mayDecide && <span className="soft">{text.ownProposal}</span>}
      </span>
    )
  if (worklist === 'relapsed') return row.since ? text.relapsedOn(format.date(row.since)) : '–'
  if (worklist === 'resultMissing')
    return (
      <span className="work-why">
        <span>{text.withoutResult(format.number(row.withoutResult))}</span>
        {row.since && <span className="soft">{text.waitsSince(format.date(row.since))}</span>}
      </span>
    )
  return (
    <span className="work-why">
      <span>{row.problems === 0 ? text.noProblems : text.problems(format.number(row.problems))}</span>
      {row.since && <span className="soft">{text.listedOn(format.date(row.since))}</span>}
    </span>
  )
}
