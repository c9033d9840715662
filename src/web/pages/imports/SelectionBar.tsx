/** Decides the rows that are ticked, by what all of them allow. */
import type { ImportRow } from '../../../contract/import-rows.ts'
import { type Decision, decisions } from '../../../domain/import/verdict.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importQueueText } from '../../text/importQueue.ts'
import { decisionText } from '../../text/importWords.ts'
import { Button } from '../../ui/Button.tsx'
import { MenuButton } from '../../ui/Overlay.tsx'

interface SelectionBarProps {
  rows: readonly ImportRow[]
  isWorking: boolean
  onDecide: (rows: readonly number[], decision: Decision) => void
  onClear: () => void
}

export function SelectionBar({ rows, isWorking, onDecide, onClear }: SelectionBarProps) {
  const text = useText(importQueueText)
  const words = useText(decisionText)
  const format = useFormat()
  if (rows.length === 0) return null
  const numbers = rows.map(({ rowNumber }) => rowNumber)
  return (
    <section className="selection-bar" aria-label={text.withSelected}>
      <span>{text.selected(format.number(rows.length))}</span>
      <MenuButton
        label={text.withSelected}
        kind="primary"
        entries={decisions.map((decision) => ({
          id: decision,
          label: words.names[decision],
          isDisabled: isWorking || !rows.some((row) => row.choices.includes(decision)),
          onAction: () => onDecide(numbers, decision),
        }))}
      />
      <Button kind="quiet" size="small" onPress={onClear}>
        {text.clearSelection}
      </Button>
    </section>
  )
}
