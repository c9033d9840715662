/** Filters of the rows; they stand in the address, so that a queue can be sent to a colleague. */
import type { Batch } from '../../../contract/imports.ts'
import { verdictReasons, verdicts } from '../../../domain/import/verdict.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importQueueText } from '../../text/importQueue.ts'
import { reasonText, verdictText } from '../../text/importWords.ts'
import { Select, Switch } from '../../ui/Choice.tsx'
import { Tag } from '../../ui/Feedback.tsx'
import { FilterBar } from '../../ui/Page.tsx'
import { BatchArea } from './BatchFacts.tsx'
import type { QueueFilters } from './queue.ts'

interface QueueFilterBarProps {
  batch: Batch | undefined
  filters: QueueFilters
  onChange: (change: (before: URLSearchParams) => URLSearchParams, options: { replace: boolean }) => void
}

export function QueueFilterBar({ batch, filters, onChange }: QueueFilterBarProps) {
  const text = useText(importQueueText)
  const verdictWords = useText(verdictText)
  const reasonWords = useText(reasonText)
  const format = useFormat()

  function set(changes: Readonly<Record<string, string | null>>) {
    onChange(
      (before) => {
        const next = new URLSearchParams(before)
        for (const [name, value] of Object.entries(changes))
          if (value === null) next.delete(name)
          else next.set(name, value)
        return next
      },
      { replace: true },
    )
  }

  const chosen = (id: string) => (id === 'all' ? null : id)
  return (
    <FilterBar label={text.filters}>
      <Select
        label={text.verdict}
        value={filters.verdict ?? 'all'}
        onChange={(id) => set({ verdict: chosen(id), reason: null })}
        options={[
          { id: 'all', label: text.everyVerdict },
          ...verdicts.map((verdict) => ({
            id: verdict,
            label: verdictWords.names[verdict],
            ...(batch?.counts && { description: format.number(batch.counts.verdicts[verdict]) }),
          })),
        ]}
      />
      <Select
        label={text.reason}
        value={filters.reason ?? 'all'}
        onChange={(id) => set({ reason: chosen(id) })}
        options={[
          { id: 'all', label: text.everyReason },
          ...verdictReasons.map((reason) => ({ id: reason, label: reasonWords.names[reason] })),
        ]}
      />
      <div className="queue-area">
        <span className="field-label">{text.area}</span>
        {filters.areaCode ? (
          <Tag onRemove={() => set({ area: null })} removeLabel={text.everywhere}>
            <BatchArea code={filters.areaCode} />
          </Tag>
        ) : (
          <span className="soft">{text.everywhere}</span>
        )}
      </div>
      <Switch isSelected={filters.waiting === true} onChange={(isOn) => set({ waiting: isOn ? 'true' : null })}>
        {text.onlyWaiting}
      </Switch>
    </FilterBar>
  )
}
