/** One line for each household that something was recorded for; those that were refused can be tried again. */
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { problemSentences } from '../../../text/problems.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { addressLine } from '../../text/area.ts'
import { householdText } from '../../text/household.ts'
import { worklistText } from '../../text/worklist.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Notice, ProblemAlert, StateMark } from '../../ui/Feedback.tsx'
import { householdAddress } from '../households/address.ts'
import type { DoneEntry } from './entries.ts'

export interface ResultsProps {
  done: readonly DoneEntry[]
  isSending: boolean
  problem: ProblemAnswer | null
  onAgain: (failed: readonly DoneEntry[]) => void
  onClose: () => void
}

export function Results({ done, isSending, problem, onAgain, onClose }: ResultsProps) {
  const text = useText(worklistText)
  const households = useText(householdText)
  const common = useText(commonText)
  const format = useFormat()
  const failed = done.filter(({ outcome }) => outcome.outcome === 'refused')
  const columns: Column<DoneEntry>[] = [
    { id: 'name', header: households.list.head, cell: ({ row }) => row.headName ?? households.noHead },
    {
      id: 'address',
      header: households.list.address,
      cell: ({ row }) => addressLine(row, row.place, format.locale, 'subdistrict'),
    },
    { id: 'result', header: text.result, cell: ({ outcome }) => <Outcome outcome={outcome} /> },
  ]
  // What was refused first: it is what there is to do.
  const rows = [...failed, ...done.filter((one) => !failed.includes(one))]
  return (
    <section className="work-results" aria-label={text.results}>
      <Notice
        tone={failed.length === 0 ? 'success' : 'attention'}
        title={text.resultsLead(format.number(done.length - failed.length), format.number(failed.length))}
        isLive
      >
        {failed.length > 0 && text.failedStay}
      </Notice>
      {problem && <ProblemAlert problem={problem} />}
      <DataTable
        caption={text.results}
        columns={columns}
        rows={rows}
        rowKey={({ row }) => row.id}
        rowHref={({ row }) => householdAddress(row)}
      />
      <ButtonRow>
        {failed.length > 0 && (
          <Button kind="primary" isPending={isSending} onPress={() => onAgain(failed)}>
            {text.again(format.number(failed.length))}
          </Button>
        )}
        <Button onPress={onClose}>{common.close}</Button>
      </ButtonRow>
    </section>
  )
}

function Outcome({ outcome }: Pick<DoneEntry, 'outcome'>) {
  const text = useText(worklistText)
  const format = useFormat()
  if (outcome.outcome !== 'refused') return <StateMark tone="success">{text.outcomes[outcome.outcome]}</StateMark>
  const { what, next } = problemSentences(outcome.problem, outcome.details, format.locale)
  return (
    <span className="work-why">
      <StateMark tone="danger">{text.outcomes.refused}</StateMark>
      <strong>{what}</strong>
      <span className="soft">
        {next} ({outcome.code})
      </span>
    </span>
  )
}
