/** A whole day in the Buddhist era: three native lists, since a phone's own calendar shows common-era years. */
import { useId, useState } from 'react'
import { addDays, endOfMonth } from '../../domain/days.ts'
import { yearsAround } from '../offline/clock.ts'
import { useText } from '../text/dictionary.ts'
import { fieldFormText } from '../text/fieldForm.ts'
import { monthNames } from '../text/format.ts'
import { useLocale } from '../text/locale.ts'

const toBuddhist = 543

export interface DayFieldProps {
  label: string
  /** ISO in the common era; null for none. */
  day: string | null
  onDay: (day: string | null) => void
  /** Years that are offered, both included, common era. */
  years: readonly [from: number, to: number]
  fault?: string | null
}

export function DayField({ label, day, onDay, years, fault }: DayFieldProps) {
  const text = useText(fieldFormText).day
  const months = monthNames(useLocale(), 'long')
  const id = useId()
  const [parts, setParts] = useState(() => split(day))
  const shown = day === null ? parts : split(day)
  const change = (at: 0 | 1 | 2, value: string) => {
    const next = shown.map((part, index) => (index === at ? value : part)) as [string, string, string]
    setParts(next)
    onDay(join(next))
  }
  // The year that stands here can always be seen, also of what happened long ago.
  const shownYear = Number(shown[0] || years[0])
  const [first, last] = [Math.min(years[0], shownYear), Math.max(years[1], shownYear)]
  const offered = Array.from({ length: last - first + 1 }, (_, index) => last - index)
  const lastDay = shown[0] && shown[1] ? Number(endOfMonth(`${shown[0]}-${shown[1]}`).slice(8)) : 31
  return (
    <fieldset className="day" aria-describedby={fault ? `${id}-fault` : undefined}>
      <legend>{label}</legend>
      {fault && (
        <p className="fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
      <div className="day-parts">
        <label>
          <span>{text.day}</span>
          <select value={shown[2]} onChange={(event) => change(2, event.target.value)}>
            <option value="">–</option>
            {Array.from({ length: lastDay }, (_, index) => (
              <option key={index} value={String(index + 1).padStart(2, '0')}>
                {index + 1}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{text.month}</span>
          <select value={shown[1]} onChange={(event) => change(1, event.target.value)}>
            <option value="">–</option>
            {months.map((name, index) => (
              <option key={name} value={String(index + 1).padStart(2, '0')}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{text.year}</span>
          <select value={shown[0]} onChange={(event) => change(0, event.target.value)}>
            <option value="">–</option>
            {offered.map((year) => (
              <option key={year} value={String(year)}>
                {year + toBuddhist}
              </option>
            ))}
          </select>
        </label>
      </div>
    </fieldset>
  )
}

function split(day: string | null): [year: string, month: string, day: string] {
  if (day === null || day === '') return ['', '', '']
  return [day.slice(0, 4), day.slice(5, 7), day.slice(8, 10)]
}

/** Null while a part is missing; the last day of a month that is shorter. */
function join([year, month, day]: readonly [string, string, string]): string | null {
  if (year === '' || month === '' || day === '') return null
  const last = endOfMonth(`${year}-${month}`)
  const chosen = `${year}-${month}-${day}`
  return chosen > last ? last : chosen
}

export interface HappenedOnProps {
  day: string | null
  onDay: (day: string | null) => void
  today: { day: string; isSure: boolean }
  fault?: string | null
}

/** The day of the visit: today at a touch; asked for where the clock is not to be trusted. */
export function HappenedOn({ day, onDay, today, fault }: HappenedOnProps) {
  const text = useText(fieldFormText).day
  const yesterday = addDays(today.day, -1)
  const [isOther, setOther] = useState(!today.isSure || (day !== null && day !== today.day && day !== yesterday))
  if (isOther)
    return (
      <>
        {!today.isSure && <p className="hint">{text.askClock}</p>}
        <DayField label={text.when} day={day} onDay={onDay} years={yearsAround(today)} fault={fault ?? null} />
      </>
    )
  return (
    <fieldset className="choices" data-compact>
      <legend>{text.when}</legend>
      <div className="choice-list">
        {(
          [
            [today.day, text.today],
            [yesterday, text.yesterday],
          ] as const
        ).map(([value, label]) => (
          <button key={value} type="button" className="chip" aria-pressed={day === value} onClick={() => onDay(value)}>
            {label}
          </button>
        ))}
        <button type="button" className="chip" aria-pressed={false} onClick={() => setOther(true)}>
          {text.other}
        </button>
      </div>
    </fieldset>
  )
}
