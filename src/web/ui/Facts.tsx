/** Ways to show what is known: a big number, pairs of word and value, what happened when, how lists overlap. */
import type { ReactNode } from 'react'
import { Link as AriaLink } from 'react-aria-components'
import { useText } from '../text/dictionary.ts'
import { useFormat } from '../text/format.ts'
import { uiText } from '../text/ui.ts'
import { Icon, type IconName } from './Icon.tsx'
import './facts.css'

export interface FigureProps {
  label: string
  /** Null while it loads. */
  value: string | number | null
  unit?: string
  /** Opens what stands behind the number. */
  href?: string
  /** Beside the number: the official denominator, the date it holds for, an assumption. */
  note?: ReactNode
  tone?: 'plain' | 'strong'
}

/** One number that matters; every number opens the households behind it. */
export function Figure({ label, value, unit, href, note, tone = 'plain' }: FigureProps) {
  const format = useFormat()
  const words = (
    <>
      <span className="figure-label">{label}</span>
      <span className="figure-line">
        {value === null ? (
          <span className="figure-wait" />
        ) : (
          <span className="figure-value">{typeof value === 'number' ? format.number(value) : value}</span>
        )}
        {unit && <span className="figure-unit">{unit}</span>}
      </span>
      {note && <span className="figure-note">{note}</span>}
    </>
  )
  if (!href)
    return (
      <div className="figure" data-tone={tone}>
        {words}
      </div>
    )
  return (
    <AriaLink href={href} className="figure" data-tone={tone}>
      {words}
      <span className="figure-go">
        <Icon name="chevronRight" />
      </span>
    </AriaLink>
  )
}

/** Figures side by side, as many as fit. */
export function FigureRow({ children }: { children: ReactNode }) {
  return <div className="figure-row">{children}</div>
}

export interface KeyValue {
  label: string
  value: ReactNode
}

/** Facts of one thing: the word on the left, the value on the right; absent values are a dash. */
export function KeyValueList({ items }: { items: readonly KeyValue[] }) {
  return (
    <dl className="key-values">
      {items.map((item) => (
        <div key={item.label} className="key-value">
          <dt>{item.label}</dt>
          <dd>{item.value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  )
}

export interface TimelineEvent {
  id: string
  /** Already written for the reader: `useFormat().moment(...)`. */
  when: string
  title: ReactNode
  /** Who did it, from which file. */
  who?: ReactNode
  children?: ReactNode
  icon?: IconName
}

/** What happened, newest first. */
export function Timeline({ events }: { events: readonly TimelineEvent[] }) {
  return (
    <ol className="timeline">
      {events.map((event) => (
        <li key={event.id} className="event">
          <span className="event-mark">
            <Icon name={event.icon ?? 'circle'} size="sm" />
          </span>
          <div className="event-words">
            <p className="event-title">{event.title}</p>
            <p className="event-when">
              {event.when}
              {event.who && <> · {event.who}</>}
            </p>
            {event.children && <div className="event-more">{event.children}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}

export interface OverlapProps {
  caption: string
  /** The lists, in their order. */
  lists: readonly { code: string; label: string }[]
  /** Each combination of lists that some household stands on, largest first; a count that is kept back is null. */
  overlaps: readonly { lists: readonly string[]; count: number | null; href?: string }[]
  unit: string
  /** Stands in place of a count that is kept back. */
  keptBack?: string
}

/** How many stand on which lists at once: a dot for each list, joined by a line, and the count as a bar and a number. */
export function OverlapTable({ caption, lists, overlaps, unit, keptBack = '–' }: OverlapProps) {
  const text = useText(uiText).overlap
  const format = useFormat()
  const largest = Math.max(1, ...overlaps.map((overlap) => overlap.count ?? 0))
  const total = overlaps.reduce((sum, overlap) => sum + (overlap.count ?? 0), 0)
  const isWhole = overlaps.every((overlap) => overlap.count !== null)
  return (
    <div className="overlap-frame">
      <table className="overlap">
        <caption className="only-for-readers">{caption}</caption>
        <thead>
          <tr>
            {lists.map((list) => (
              <th key={list.code} scope="col" className="overlap-list">
                {list.label}
              </th>
            ))}
            <th scope="col" className="overlap-count">
              {text.count} ({unit})
            </th>
            <th scope="col" className="overlap-share">
              {text.share}
            </th>
            <td className="overlap-bar" aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {overlaps.map((overlap) => {
            const places = lists.flatMap((list, index) => (overlap.lists.includes(list.code) ? [index] : []))
            const first = places[0] ?? -1
            const last = places.at(-1) ?? -1
            return (
              <tr key={overlap.lists.join(' ')}>
                {lists.map((list, index) => {
                  const isOn = overlap.lists.includes(list.code)
                  return (
                    <td
                      key={list.code}
                      className="overlap-dot"
                      data-on={isOn || undefined}
                      data-line-before={(index > first && index <= last) || undefined}
                      data-line-after={(index >= first && index < last) || undefined}
                    >
                      <span className="only-for-readers">{isOn ? text.on : text.notOn}</span>
                    </td>
                  )
                })}
                <td className="overlap-count">
                  {overlap.count === null ? (
                    keptBack
                  ) : overlap.href ? (
                    <AriaLink href={overlap.href} className="row-link">
                      {format.number(overlap.count)}
                    </AriaLink>
                  ) : (
                    format.number(overlap.count)
                  )}
                </td>
                <td className="overlap-share">{isWhole ? format.share(overlap.count ?? 0, total) : '–'}</td>
                <td className="overlap-bar" aria-hidden="true">
                  <span style={{ width: `${(100 * (overlap.count ?? 0)) / largest}%` }} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
