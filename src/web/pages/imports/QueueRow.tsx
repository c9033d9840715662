/** One row in full: why it is here, the two sides, the members, and what may be decided. */
import { type ReactNode, useEffect, useRef } from 'react'
import type { ImportRow } from '../../../contract/import-rows.ts'
import { type Decision, decisions } from '../../../domain/import/verdict.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importQueueText } from '../../text/importQueue.ts'
import { decisionText, importFieldText, reasonText } from '../../text/importWords.ts'
import { Button, IconButton, TextLink } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Choice.tsx'
import { Notice, StateMark, Tag } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Disclosure } from '../../ui/Navigation.tsx'
import { fullName } from './comparison.ts'
import { FaultLines } from './FaultLines.tsx'
import { VerdictMark } from './Marks.tsx'
import { TwoSides } from './TwoSides.tsx'
import type { QueueKeys } from './useQueueKeys.ts'

/** What was decided last on this screen, with its way back: in the page, since a message over it would hide the buttons. */
export interface LastAct {
  message: string
  onUndo?: () => void
}

export interface QueueRowProps {
  row: ImportRow
  place: string
  onPrevious: (() => void) | null
  onNext: (() => void) | null
  mayDecide: boolean
  isWorking: boolean
  onDecide: (decision: Decision) => void
  onTakeBack: () => void
  keys: QueueKeys
  act: LastAct | null
}

export function QueueRow({ row, place, onPrevious, onNext, ...deciding }: QueueRowProps) {
  const text = useText(importQueueText)
  const common = useText(commonText)
  const reasons = useText(reasonText)
  const format = useFormat()
  const head = row.members[0]
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    // The next row begins at its head, not where the last one was left.
    const top = box.current?.getBoundingClientRect().top ?? 0
    if (top < 0) box.current?.scrollIntoView()
  }, [row.rowNumber])
  return (
    <article ref={box} className="queue-row" aria-labelledby="queue-row-name">
      <header className="queue-row-head">
        <div>
          <p className="soft queue-row-place" aria-live="polite">
            {text.row(format.number(row.rowNumber))} · {place}
          </p>
          <h2 id="queue-row-name">{head ? fullName(head) : text.noHead}</h2>
        </div>
        <div className="queue-steps">
          <IconButton
            icon="chevronLeft"
            label={`${common.previous} (K)`}
            isDisabled={!onPrevious}
            onPress={() => onPrevious?.()}
          />
          <IconButton
            icon="chevronRight"
            label={`${common.next} (J)`}
            isDisabled={!onNext}
            onPress={() => onNext?.()}
          />
        </div>
      </header>
      <div className="queue-why">
        <p className="queue-marks">
          <VerdictMark verdict={row.verdict} />
          <strong>{reasons.names[row.reason]}</strong>
        </p>
        <p className="soft">{reasons.look[row.reason]}</p>
        <Score row={row} />
        {row.duplicateOf !== null && (
          <p>
            <Tag>{text.earlierRow(format.number(row.duplicateOf))}</Tag>
          </p>
        )}
      </div>
      <TwoSides row={row} />
      {row.candidate && (
        <p className="queue-candidate">
          <TextLink href={`/households/${row.candidate.household.areaCode?.slice(0, 2)}/${row.candidate.householdId}`}>
            {text.openHousehold}
          </TextLink>
          <span className="soft">{text.asOf(format.date(row.candidate.asOf))}</span>
        </p>
      )}
      {row.faults.length > 0 && (
        <div className="queue-faults">
          <h3>{text.faults}</h3>
          <FaultLines faults={row.faults} isFieldNamed />
        </div>
      )}
      <Decide row={row} {...deciding} />
      {deciding.mayDecide && (
        <div className="only-with-keys">
          <Disclosure title={text.keys}>
            <Switch isSelected={deciding.keys.isOn} onChange={deciding.keys.setOn}>
              {text.keysLead}
            </Switch>
          </Disclosure>
        </div>
      )}
    </article>
  )
}

/** The likeness with the points that it is made of, in words. */
function Score({ row }: { row: ImportRow }): ReactNode {
  const text = useText(importQueueText)
  const names: Readonly<Record<string, string>> = useText(importFieldText).terms
  const format = useFormat()
  if (row.score === null) return null
  return (
    <div className="queue-score">
      <p>
        <strong>{text.score(format.number(row.score))}</strong>
      </p>
      <ul className="queue-terms" aria-label={text.terms}>
        {row.scoreTerms.map(({ term, points, of }) => (
          <li key={term} className="queue-term">
            <span>{text.term(names[term] ?? term, format.number(points), format.number(of))}</span>
            <span className="queue-term-bar" aria-hidden="true">
              <span style={{ width: `${of === 0 ? 0 : (100 * points) / of}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

type DecideProps = Pick<QueueRowProps, 'row' | 'mayDecide' | 'isWorking' | 'onDecide' | 'onTakeBack' | 'keys' | 'act'>

function ActLine({ act, isWorking }: Pick<QueueRowProps, 'act' | 'isWorking'>) {
  const common = useText(commonText)
  return (
    <div aria-live="polite">
      {act && (
        <p className="queue-act">
          <Icon name="check" size="sm" />
          <span>{act.message}</span>
          {act.onUndo && (
            <Button size="small" kind="quiet" icon="undo" isDisabled={isWorking} onPress={act.onUndo}>
              {common.undo}
            </Button>
          )}
        </p>
      )}
    </div>
  )
}

function Decide({ row, mayDecide, isWorking, onDecide, onTakeBack, keys, act }: DecideProps) {
  const text = useText(importQueueText)
  const words = useText(decisionText)
  const format = useFormat()
  const closed = row.committed
    ? text.committed
    : row.choices.length === 0
      ? text.noChoice
      : mayDecide
        ? null
        : text.mayNot
  if (closed !== null)
    return (
      <section className="queue-decide" aria-label={text.decide}>
        <ActLine act={act} isWorking={isWorking} />
        <Notice tone="neutral">{closed}</Notice>
      </section>
    )
  return (
    <section className="queue-decide" aria-label={text.decide}>
      <ActLine act={act} isWorking={isWorking} />
      {row.decision && (
        <p className="queue-decided" aria-live="polite">
          <StateMark tone="success">{text.decidedAs(words.names[row.decision])}</StateMark>
          {row.decidedBy && <span className="soft">{text.decidedBy(row.decidedBy, format.moment(row.decidedAt))}</span>}
          <Button size="small" icon="undo" isDisabled={isWorking} onPress={onTakeBack}>
            {text.takeBack}
          </Button>
        </p>
      )}
      <div className="queue-choices">
        {decisions.map((decision, index) =>
          row.choices.includes(decision) ? (
            <button
              key={decision}
              type="button"
              className="queue-choice"
              aria-pressed={row.decision === decision}
              aria-keyshortcuts={keys.isOn ? String(index + 1) : undefined}
              aria-disabled={isWorking || undefined}
              onClick={() => !isWorking && onDecide(decision)}
            >
              <kbd aria-hidden="true">{index + 1}</kbd>
              <span>{words.names[decision]}</span>
            </button>
          ) : null,
        )}
      </div>
    </section>
  )
}
