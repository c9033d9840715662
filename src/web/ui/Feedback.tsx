/** What the program says back: problems, notices, empty places, progress, states. */
import { type ReactNode, useEffect, useRef } from 'react'
import { ProgressBar } from 'react-aria-components'
import { useText } from '../text/dictionary.ts'
import { useFormat } from '../text/format.ts'
import { useProblemSentences } from '../text/problems.ts'
import { uiText } from '../text/ui.ts'
import { Icon, type IconName } from './Icon.tsx'
import './feedback.css'

export type Tone = 'neutral' | 'info' | 'success' | 'attention' | 'danger'

const shapes: Record<Tone, IconName> = {
  neutral: 'circle',
  info: 'info',
  success: 'check',
  attention: 'triangle',
  danger: 'alert',
}

export interface NoticeProps {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  /** Buttons under the words. */
  actions?: ReactNode
  /** Set when it appears in answer to something: it is read aloud. */
  isLive?: boolean
}

export function Notice({ tone = 'info', title, children, actions, isLive = false }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role={isLive ? (tone === 'danger' ? 'alert' : 'status') : undefined}>
      <Icon name={tone === 'attention' ? 'alert' : shapes[tone]} />
      <div className="notice-words">
        {title && <p className="notice-title">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  )
}

/** As the contract's `ProblemAnswer` has it. */
export interface ShownProblem {
  problem: string
  code: number
  details?: Readonly<Record<string, unknown>>
  requestId?: string
}

/** A problem of the server in the person's words, with its number for the telephone. */
export function ProblemAlert({ problem, actions }: { problem: ShownProblem; actions?: ReactNode }) {
  const { what, next } = useProblemSentences(problem.problem, problem.details)
  const text = useText(uiText).problem
  return (
    <Notice tone="danger" title={what} actions={actions} isLive>
      {next}{' '}
      <span className="problem-number">
        {text.number} {problem.code}
        {problem.requestId && ` · ${problem.requestId}`}
      </span>
    </Notice>
  )
}

export interface FormFault {
  /** The `name` or `id` of the field; pressing the line goes there. */
  field: string
  label: string
  fault: string
}

/** At the top of a form that was refused; takes the focus, and each line leads to its field. */
export function FaultSummary({ faults }: { faults: readonly FormFault[] }) {
  const text = useText(uiText).faults
  const box = useRef<HTMLDivElement>(null)
  const isShown = faults.length > 0
  useEffect(() => {
    if (isShown) box.current?.focus()
  }, [isShown])
  if (!isShown) return null
  return (
    <div ref={box} tabIndex={-1} role="alert" className="notice" data-tone="danger">
      <Icon name="alert" />
      <div className="notice-words">
        <p className="notice-title">{text.title}</p>
        <ul className="fault-list">
          {faults.map((fault) => (
            <li key={fault.field}>
              <button type="button" className="fault-link" onClick={() => focusField(fault.field)}>
                {fault.label}
              </button>
              : {fault.fault}
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function focusField(field: string): void {
  const found = document.getElementById(field) ?? document.querySelector(`[name="${CSS.escape(field)}"]`)
  if (!(found instanceof HTMLElement)) return
  found.scrollIntoView({ block: 'center' })
  const target = found.matches('input:not([type=hidden]), textarea, select, button')
    ? found
    : (found.closest('.field') ?? found).querySelector('button, input:not([type=hidden]), select, textarea')
  if (target instanceof HTMLElement) target.focus()
}

export interface EmptyStateProps {
  title: string
  /** What to do next. */
  children?: ReactNode
  actions?: ReactNode
  icon?: IconName
}

export function EmptyState({ title, children, actions, icon = 'list' }: EmptyStateProps) {
  return (
    <div className="empty">
      <span className="empty-mark">
        <Icon name={icon} size="lg" />
      </span>
      <p className="empty-title">{title}</p>
      {children && <div className="empty-words">{children}</div>}
      {actions && <div className="empty-actions">{actions}</div>}
    </div>
  )
}

export interface MeterBarProps {
  label: string
  done: number
  /** Null when the whole is not known yet. */
  total: number | null
  /** What is counted: แถว, ครัวเรือน. */
  unit: string
  /** How many in a second, when it is known. */
  rate?: number
  secondsLeft?: number
}

/** Work that runs: how far, how fast, how much longer. */
export function MeterBar({ label, done, total, unit, rate, secondsLeft }: MeterBarProps) {
  const text = useText(uiText).progress
  const format = useFormat()
  const share = total ? Math.min(100, (100 * done) / total) : 0
  const amount = total === null ? format.number(done) : `${format.number(done)} / ${format.number(total)}`
  return (
    <ProgressBar
      className="meter"
      aria-label={label}
      value={share}
      isIndeterminate={total === null}
      valueLabel={`${amount} ${unit}`}
    >
      <div className="meter-head">
        <span className="meter-label">{label}</span>
        <span className="number">
          {amount} {unit}
        </span>
      </div>
      <div className="meter-track" data-indeterminate={total === null || undefined}>
        <div className="meter-fill" style={{ width: `${share}%` }} />
      </div>
      {(rate !== undefined || secondsLeft !== undefined) && (
        <p className="meter-foot">
          {rate !== undefined && <span>{text.rate(format.number(rate), unit)}</span>}
          {secondsLeft !== undefined && <span>{text.left(format.duration(secondsLeft))}</span>}
        </p>
      )}
    </ProgressBar>
  )
}

export interface StateMarkProps {
  tone: Tone
  children: ReactNode
  icon?: IconName
}

/** A state by its word and its shape; colour is the third sign. */
export function StateMark({ tone, children, icon }: StateMarkProps) {
  return (
    <span className="state-mark" data-tone={tone}>
      <Icon name={icon ?? shapes[tone]} size="sm" />
      {children}
    </span>
  )
}

/** A plain word in a box: a list that a household stands on, a filter that is set. */
export function Tag({
  children,
  onRemove,
  removeLabel,
}: {
  children: ReactNode
  onRemove?: () => void
  removeLabel?: string
}) {
  return (
    <span className="tag">
      {children}
      {onRemove && (
        <button type="button" className="tag-remove" aria-label={removeLabel} onClick={onRemove}>
          <Icon name="cross" size="sm" />
        </button>
      )}
    </span>
  )
}
