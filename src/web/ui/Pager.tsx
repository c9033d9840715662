/** Previous and next of a long list; pages are found by the last row seen, so that deep pages are as fast as the first. */
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { useFormat } from '../text/format.ts'
import { uiText } from '../text/ui.ts'
import { Button } from './Button.tsx'
import './navigation.css'

export interface PagerProps {
  /** 1-based place of the first row shown; null when the server does not know it. */
  from: number | null
  /** How many rows are shown. */
  shown: number
  /** All rows that fit the filters, when it is counted. */
  total?: number | null
  /** There are more than `total`, which is where counting stopped: 1,000+. */
  isAtLeast?: boolean
  /** Absent on the first page. */
  onPrevious?: (() => void) | undefined
  /** Absent on the last page. */
  onNext?: (() => void) | undefined
}

export function Pager({ from, shown, total = null, isAtLeast = false, onPrevious, onNext }: PagerProps) {
  const text = useText(uiText).pager
  const common = useText(commonText)
  const format = useFormat()
  const first = format.number(from)
  const last = format.number(from === null ? null : from + shown - 1)
  return (
    <nav className="pager not-on-paper" aria-label={text.label}>
      {from !== null && shown > 0 && (
        <p className="pager-range" aria-live="polite">
          {total === null
            ? text.rangeOnly(first, last)
            : text.range(first, last, `${format.number(total)}${isAtLeast ? '+' : ''}`)}
        </p>
      )}
      <div className="pager-buttons">
        <Button size="small" icon="chevronLeft" isDisabled={!onPrevious} onPress={() => onPrevious?.()}>
          {common.previous}
        </Button>
        <Button size="small" isDisabled={!onNext} onPress={() => onNext?.()}>
          {common.next}
        </Button>
      </div>
    </nav>
  )
}
