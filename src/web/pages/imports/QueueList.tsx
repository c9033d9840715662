/** The rows at a glance: who, why, how alike, what was decided. Left out on a phone, where one row fills the screen. */
import { useEffect, useRef } from 'react'
import type { ImportRow } from '../../../contract/import-rows.ts'
import type { DecisionOutcome } from '../../../domain/import/verdict.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importQueueText } from '../../text/importQueue.ts'
import { decisionText, reasonText } from '../../text/importWords.ts'
import { Button } from '../../ui/Button.tsx'
import { StateMark } from '../../ui/Feedback.tsx'
import { fullName } from './comparison.ts'

export interface QueueListProps {
  rows: readonly ImportRow[]
  at: number
  onGo: (index: number) => void
  selected: ReadonlySet<number>
  /** Null for those who may not decide. */
  onToggle: ((rowNumber: number) => void) | null
  outcomes: ReadonlyMap<number, DecisionOutcome>
  onMore: (() => void) | null
  isFetchingMore: boolean
}

export function QueueList({ rows, at, onGo, selected, onToggle, outcomes, onMore, isFetchingMore }: QueueListProps) {
  const text = useText(importQueueText)
  const reasons = useText(reasonText).names
  const words = useText(decisionText)
  const format = useFormat()
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    const current = box.current?.querySelectorAll<HTMLElement>('.queue-item-button')[at]
    // The focus walks along with J and K when it is in the list; otherwise the list only scrolls.
    if (box.current?.contains(document.activeElement)) current?.focus({ preventScroll: true })
    if (box.current && current) keepInSight(box.current, current)
  }, [at])
  return (
    <nav ref={box} className="queue-list" aria-label={text.rowsLabel}>
      <ul>
        {rows.map((row, index) => {
          const outcome = outcomes.get(row.rowNumber)
          const name = row.members[0] ? fullName(row.members[0]) : text.noHead
          return (
            <li key={row.rowNumber} className="queue-item" data-current={index === at || undefined}>
              {onToggle && row.choices.length > 0 && (
                <input
                  type="checkbox"
                  className="select-box"
                  aria-label={`${text.row(String(row.rowNumber))} ${name}`}
                  checked={selected.has(row.rowNumber)}
                  onChange={() => onToggle(row.rowNumber)}
                />
              )}
              <button
                type="button"
                className="queue-item-button"
                aria-current={index === at ? 'true' : undefined}
                onClick={() => onGo(index)}
              >
                <span className="queue-item-name">{name}</span>
                <span className="queue-item-facts">
                  {text.row(format.number(row.rowNumber))}
                  {row.score !== null && ` · ${text.score(format.number(row.score))}`}
                </span>
                <span className="queue-item-facts">{reasons[row.reason]}</span>
                {outcome && outcome !== 'decided' ? (
                  <StateMark tone="danger">{words.outcomes[outcome]}</StateMark>
                ) : row.committed ? (
                  <StateMark tone="success">{text.committed}</StateMark>
                ) : row.decision ? (
                  <StateMark tone="success">{words.short[row.decision]}</StateMark>
                ) : null}
              </button>
            </li>
          )
        })}
      </ul>
      {onMore && (
        <Button size="small" isPending={isFetchingMore} onPress={onMore}>
          {text.more}
        </Button>
      )}
    </nav>
  )
}

/** Scrolls the list alone; `scrollIntoView` would move the page too. */
function keepInSight(list: HTMLElement, item: HTMLElement): void {
  const frame = list.getBoundingClientRect()
  const place = item.getBoundingClientRect()
  if (place.top < frame.top) list.scrollTop -= frame.top - place.top + 16
  if (place.bottom > frame.bottom) list.scrollTop += place.bottom - frame.bottom + 16
}
