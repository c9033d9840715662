/** A date in three parts, day, month by name, Buddhist-era year; whoever knows only the year gives only the year. */
import { useId, useState } from 'react'
import { useText } from '../text/dictionary.ts'
import { monthNames, useFormat } from '../text/format.ts'
import { uiText } from '../text/ui.ts'
import {
  type DateParts,
  type DatePartsFault,
  type DateReading,
  dateToParts,
  type PartialDate,
  readDateParts,
} from './buddhistDate.ts'
import { Button } from './Button.tsx'
import { type FieldTexts, OptionalMark } from './Field.tsx'
import { Icon } from './Icon.tsx'

export type { PartialDate } from './buddhistDate.ts'

export interface BuddhistDateFieldProps extends Omit<FieldTexts, 'width'> {
  /** Begins with this; later changes of it are not followed, so that half-typed parts are never lost. */
  defaultValue?: PartialDate | null
  /** The date, null while empty, or 'unreadable' while the parts do not make a date. */
  onChange?: (value: PartialDate | null | 'unreadable') => void
  /** The last day allowed (ISO), usually today; null allows the future. */
  latest?: string | null
  name?: string
  isDisabled?: boolean
}

export function BuddhistDateField(props: BuddhistDateFieldProps) {
  const { label, hint, fault, isOptional = false, defaultValue = null, onChange, latest = null } = props
  const { name, isDisabled = false } = props
  const text = useText(uiText).date
  const format = useFormat()
  const id = useId()
  const [parts, setParts] = useState(() => dateToParts(defaultValue))
  const [wasLeft, setLeft] = useState(false)
  const reading = readDateParts(parts, latest)
  const isYearFinished = parts.year.trim().length >= 4
  const ownFault = reading.kind === 'fault' && (wasLeft || isYearFinished) ? reading.fault : null
  const buddhistYear = String(Number(parts.year) + 543)
  // What is wrong with the typed parts says more than what the form misses.
  const message =
    (ownFault === 'looksCommonEra' ? text.looksCommonEra(parts.year, buddhistYear) : ownFault && text[ownFault]) ??
    fault

  function change(changes: Partial<DateParts>) {
    const next = { ...parts, ...changes }
    setParts(next)
    onChange?.(valueOf(readDateParts(next, latest)))
  }

  const shared = { disabled: isDisabled, 'aria-describedby': `${id}-hint ${id}-fault` }
  return (
    // Only notices that the whole group was left.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      className="field date-field"
      data-invalid={message ? true : undefined}
      data-disabled={isDisabled || undefined}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setLeft(true)}
    >
      <legend className="field-label">
        {label}
        {isOptional && <OptionalMark />}
      </legend>
      <p className="field-hint" id={`${id}-hint`}>
        {hint ?? text.hint}
      </p>
      <div className="field-row">
        <label className="field-part">
          <span className="field-part-label">{text.day}</span>
          <input
            {...shared}
            className="input day-input"
            inputMode="numeric"
            maxLength={2}
            autoComplete="off"
            aria-invalid={ownFault === 'dayUnreadable' || Boolean(fault) || undefined}
            value={parts.day}
            onChange={(event) => change({ day: event.target.value })}
          />
        </label>
        <label className="field-part">
          <span className="field-part-label">{text.month}</span>
          <select
            {...shared}
            className="input native-select"
            aria-invalid={ownFault === 'monthMissing' || Boolean(fault) || undefined}
            value={parts.month}
            onChange={(event) => change({ month: event.target.value })}
          >
            <option value="">{text.noMonth}</option>
            {monthNames(format.locale, 'long').map((month, index) => (
              <option key={month} value={index + 1}>
                {month}
              </option>
            ))}
          </select>
        </label>
        <label className="field-part">
          <span className="field-part-label">{text.year}</span>
          <input
            {...shared}
            name={name}
            className="input year-input"
            inputMode="numeric"
            maxLength={4}
            autoComplete="off"
            placeholder="2500"
            required={!isOptional}
            aria-invalid={isYearWrong(ownFault) || Boolean(fault) || undefined}
            value={parts.year}
            onChange={(event) => change({ year: event.target.value })}
          />
        </label>
      </div>
      <div id={`${id}-fault`} aria-live="polite">
        {message && (
          <p className="field-fault">
            <Icon name="alert" size="sm" />
            <span>{message}</span>
          </p>
        )}
        {!message && reading.kind === 'date' && format.locale === 'en' && (
          <p className="field-note">{text.means(format.date(reading.value.date, reading.value))}</p>
        )}
      </div>
      {ownFault === 'looksCommonEra' && (
        <div>
          <Button size="small" onPress={() => change({ year: buddhistYear })}>
            {text.takeBuddhist(buddhistYear)}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

function isYearWrong(fault: DatePartsFault | null): boolean {
  return fault !== null && fault !== 'dayUnreadable' && fault !== 'monthMissing'
}

function valueOf(reading: DateReading): PartialDate | null | 'unreadable' {
  if (reading.kind === 'date') return reading.value
  return reading.kind === 'empty' ? null : 'unreadable'
}
