/** What every screen of the field app is made of: native elements, large enough for a thumb, actions at the bottom. */
import { type InputHTMLAttributes, type ReactNode, useEffect, useId, useRef } from 'react'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'

export interface ScreenProps {
  title: string
  lead?: string
  children?: ReactNode
  /** Stays at the bottom, where the thumb is. */
  actions?: ReactNode
  /** Above the title: the way back, a step's number. */
  top?: ReactNode
}

/**
 * One screen. Its title takes the focus when the screen comes, so that it is read aloud, and when what had it is gone; not when
 * only the language changes. The tab and the browser's history hear the app's name only, for a screen may be named after a person.
 */
export function Screen({ title, lead, children, actions, top }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const app = useText(fieldText).title
  const last = useRef({ title: '', app })
  const held = useRef<Element>(null)
  useEffect(() => {
    const before = last.current
    last.current = { title, app }
    const isNew = title !== before.title && app === before.app
    const isLost = document.activeElement === document.body && held.current?.isConnected === false
    if (isNew || isLost) heading.current?.focus({ preventScroll: true })
  })
  useEffect(() => {
    const hold = ({ target }: FocusEvent) => void (held.current = target as Element)
    document.addEventListener('focusin', hold)
    return () => document.removeEventListener('focusin', hold)
  }, [])
  useEffect(() => {
    document.title = app
  }, [app])
  return (
    <>
      <main className="screen">
        {top && <div className="screen-top">{top}</div>}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p className="lead">{lead}</p>}
        {children}
      </main>
      {actions && <div className="actions">{actions}</div>}
    </>
  )
}

/**
 * Takes the focus to the first thing that stands against a form, each time that it was read and when one of its screens comes:
 * it may lie out of sight above the button that was pressed.
 */
export function useFirstFault(faults: unknown, step = ''): void {
  useEffect(() => {
    const fault = document.querySelector('main .fault:not(:empty), main .notice[data-tone="danger"]')
    const place = fault?.closest('.field, fieldset') ?? fault
    place?.querySelector<HTMLElement>('input, textarea, select, button')?.focus()
  }, [faults, step])
}

export interface ButtonProps {
  children: ReactNode
  onPress: () => void
  kind?: 'primary' | 'plain' | 'quiet' | 'danger'
  icon?: IconName
  isDisabled?: boolean
  isPending?: boolean
  label?: string
  /** Of a large main action. */
  isBig?: boolean
}

export function Button({ children, onPress, kind = 'plain', icon, isDisabled, isPending, label, isBig }: ButtonProps) {
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      data-big={isBig || undefined}
      aria-label={label}
      aria-busy={isPending || undefined}
      disabled={isDisabled}
      onClick={() => {
        if (!isPending) onPress()
      }}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  )
}

export function BackButton({ onPress, label }: { onPress: () => void; label?: string }) {
  const text = useText(commonText)
  return (
    <Button kind="quiet" icon="chevronLeft" onPress={onPress}>
      {label ?? text.back}
    </Button>
  )
}

export interface FieldProps {
  label: string
  hint?: string | undefined
  fault?: string | null | undefined
}

function Described({ id, hint, fault }: { id: string; hint?: string | undefined; fault?: string | null | undefined }) {
  return (
    <>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p className="fault" id={`${id}-fault`} role="alert">
          <Icon name="alert" size="sm" />
          <span>{fault}</span>
        </p>
      )}
    </>
  )
}

function describedBy(id: string, { hint, fault }: Pick<FieldProps, 'hint' | 'fault'>): string | undefined {
  return [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined
}

export function TextInput({
  label,
  hint,
  fault,
  value,
  onChange,
  ...input
}: FieldProps & { value: string; onChange: (value: string) => void } & Omit<
    InputHTMLAttributes<HTMLInputElement>,
    'value' | 'onChange'
  >) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Described id={id} hint={hint} fault={fault} />
      <input
        {...input}
        id={id}
        value={value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={describedBy(id, { hint, fault })}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}

export function TextArea({
  label,
  hint,
  fault,
  value,
  onChange,
  rows = 4,
  maxLength = 2000,
}: FieldProps & { value: string; onChange: (value: string) => void; rows?: number; maxLength?: number }) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Described id={id} hint={hint} fault={fault} />
      <textarea
        id={id}
        rows={rows}
        maxLength={maxLength}
        value={value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={describedBy(id, { hint, fault })}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}

export interface Option {
  id: string
  label: string
  note?: string | undefined
}

/** Big choices, of which one or several hold. */
export function Choices({
  label,
  hint,
  fault,
  options,
  value,
  onChange,
  isMany = false,
  isCompact = false,
  isLabelHidden = false,
}: FieldProps & {
  options: readonly Option[]
  value: readonly string[]
  onChange: (value: string[]) => void
  isMany?: boolean
  /** Side by side where they fit. */
  isCompact?: boolean
  isLabelHidden?: boolean
}) {
  const id = useId()
  return (
    <fieldset
      className="choices"
      data-compact={isCompact || undefined}
      aria-describedby={describedBy(id, { hint, fault })}
    >
      <legend className={isLabelHidden ? 'only-for-readers' : undefined}>{label}</legend>
      <Described id={id} hint={hint} fault={fault} />
      <div className="choice-list">
        {options.map((option) => {
          const isChosen = value.includes(option.id)
          return (
            <label key={option.id} className="choice" data-chosen={isChosen || undefined}>
              <input
                type={isMany ? 'checkbox' : 'radio'}
                name={id}
                checked={isChosen}
                onChange={() => {
                  if (!isMany) onChange([option.id])
                  else onChange(isChosen ? value.filter((one) => one !== option.id) : [...value, option.id])
                }}
              />
              <span className="choice-mark" data-shape={isMany ? 'box' : 'dot'} aria-hidden="true">
                {isChosen && <Icon name="check" size="sm" />}
              </span>
              <span className="choice-words">
                <span>{option.label}</span>
                {option.note && <span className="soft">{option.note}</span>}
              </span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}

export type Tone = 'info' | 'success' | 'attention' | 'danger'
const toneIcons: Record<Tone, IconName> = { info: 'info', success: 'check', attention: 'alert', danger: 'alert' }

export function Notice({
  tone = 'info',
  title,
  children,
  actions,
  isLive = false,
}: {
  tone?: Tone
  title: string
  children?: ReactNode
  actions?: ReactNode
  isLive?: boolean
}) {
  return (
    <div className="notice" data-tone={tone} role={isLive ? 'alert' : undefined}>
      <Icon name={toneIcons[tone]} />
      <div className="notice-words">
        <p className="notice-title">{title}</p>
        {children && <div>{children}</div>}
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  )
}

export function Spinner({ label }: { label: string }) {
  return (
    <output className="spinner">
      <span className="spinner-mark" aria-hidden="true" />
      {label}
    </output>
  )
}
