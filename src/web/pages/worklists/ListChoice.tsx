/** The work lists with what waits on each; the most pressing first. */
import { Link } from 'wouter'
import type { WorklistCounts } from '../../../contract/worklists.ts'
import { type Worklist, worklists } from '../../../domain/logbook/work.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { worklistText } from '../../text/worklist.ts'

export interface ListChoiceProps {
  counts: WorklistCounts
  current: Worklist
  addressOf: (worklist: Worklist) => string
}

export function ListChoice({ counts, current, addressOf }: ListChoiceProps) {
  const text = useText(worklistText)
  const format = useFormat()
  return (
    <nav aria-label={text.lists} className="work-choice not-on-paper">
      <ul>
        {worklists.map((worklist) => (
          <li key={worklist}>
            <Link
              href={addressOf(worklist)}
              className="work-card"
              {...(worklist === current && { 'aria-current': 'page' as const })}
              data-none={counts[worklist] === 0 || undefined}
            >
              <span className="work-name">{text.names[worklist]}</span>
              <span className="work-count">{format.number(counts[worklist])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
