/** Faults by kind with their sentence: errors first, most frequent first. */
import type { BatchCounts } from '../../../contract/imports.ts'
import { type RowFault, rowFaults } from '../../../domain/import/staged.ts'
import { faultSentences } from '../../../text/faults.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importReviewText } from '../../text/importReview.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { StateMark } from '../../ui/Feedback.tsx'

interface Line {
  fault: RowFault
  count: number
  isInvalid: boolean
}

export function FaultTable({ faults }: { faults: BatchCounts['faults'] }) {
  const text = useText(importReviewText)
  const common = useText(commonText)
  const format = useFormat()
  const lines = (Object.entries(faults) as [RowFault, number][])
    .map(([fault, count]): Line => ({ fault, count, isInvalid: rowFaults[fault] === 'invalid' }))
    .sort((a, b) => Number(b.isInvalid) - Number(a.isInvalid) || b.count - a.count)
  const columns: readonly Column<Line>[] = [
    {
      id: 'fault',
      header: text.faultOrNote,
      cell: ({ fault, isInvalid }) => (
        <span className="fault-name">
          <StateMark tone={isInvalid ? 'danger' : 'info'}>{isInvalid ? text.fault : text.note}</StateMark>
          <span>{faultSentences(fault, format.locale).what}</span>
        </span>
      ),
    },
    { id: 'count', header: common.row, align: 'end', cell: ({ count }) => format.number(count) },
    { id: 'next', header: text.advice, cell: ({ fault }) => faultSentences(fault, format.locale).next },
  ]
  return (
    <div className="wordy-table">
      <DataTable
        caption={text.faults}
        columns={columns}
        rows={lines}
        rowKey={({ fault }) => fault}
        whenEmpty={<p className="soft">{text.noFaults}</p>}
      />
    </div>
  )
}
