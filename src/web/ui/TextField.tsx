/** Fields that are typed into: one line, many lines, a secret, a number, a search. */
import { type RefObject, useEffect, useRef, useState } from 'react'
import { thaiDigitsToArabic } from '../../domain/thai/digits.ts'
import {
  Button as AriaButton,
  Group,
  Input,
  NumberField as AriaNumberField,
  type NumberFieldProps as AriaNumberFieldProps,
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaSearchFieldProps,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { uiText } from '../text/ui.ts'
import { FieldParts, fieldProps, type FieldTexts } from './Field.tsx'
import { Icon } from './Icon.tsx'

type Own = 'children' | 'className' | 'style' | 'isInvalid' | 'isRequired' | 'validationBehavior' | 'aria-label'

export interface TextFieldProps extends Omit<AriaTextFieldProps, Own>, FieldTexts {
  placeholder?: string
}

export function TextField({ placeholder = '', ...props }: TextFieldProps) {
  const { texts, control, frame } = fieldProps(props)
  return (
    <AriaTextField {...control} {...frame}>
      <FieldParts {...texts}>
        <Input className="input" placeholder={placeholder} />
      </FieldParts>
    </AriaTextField>
  )
}

export interface TextAreaFieldProps extends Omit<AriaTextFieldProps, Own>, FieldTexts {
  rows?: number
}

/** Grows with what is typed, where the browser can. */
export function TextAreaField({ rows = 3, ...props }: TextAreaFieldProps) {
  const { texts, control, frame } = fieldProps(props)
  return (
    <AriaTextField {...control} {...frame}>
      <FieldParts {...texts}>
        <TextArea className="input text-area" rows={rows} />
      </FieldParts>
    </AriaTextField>
  )
}

export interface PasswordFieldProps extends Omit<AriaTextFieldProps, Own | 'type'>, FieldTexts {}

/** `autoComplete` is `current-password` unless said otherwise; the eye shows what was typed. */
export function PasswordField(props: PasswordFieldProps) {
  const { texts, control, frame } = fieldProps(props)
  const text = useText(uiText).password
  const [isShown, setShown] = useState(false)
  return (
    <AriaTextField autoComplete="current-password" {...control} {...frame} type={isShown ? 'text' : 'password'}>
      <FieldParts {...texts}>
        <div className="input-box">
          <Input className="input-inside" spellCheck={false} autoCapitalize="off" />
          <AriaButton
            className="input-button"
            slot={null}
            aria-label={isShown ? text.hide : text.show}
            onPress={() => setShown(!isShown)}
          >
            <Icon name={isShown ? 'eyeClosed' : 'eye'} />
          </AriaButton>
        </div>
      </FieldParts>
    </AriaTextField>
  )
}

export interface NumberFieldProps extends Omit<AriaNumberFieldProps, Own>, FieldTexts {
  /** Stands after the number: บาท/ปี, คน. */
  unit?: string
}

/**
 * The value is a number, NaN while empty, and is told with every key, so that no form waits for the field to be left.
 * Thousands commas appear on leaving it. Thai digits are taken as well.
 */
export function NumberField({ unit, ...props }: NumberFieldProps) {
  const { texts, control, frame } = fieldProps({ width: 'short' as const, ...props })
  const box = useRef<HTMLDivElement>(null)
  // What the library knows of the value: it writes a new one into the field, which must wait while somebody types.
  const [held, setHeld] = useState<number | null>(null)
  useThaiDigits(box)
  return (
    <AriaNumberField
      {...control}
      {...frame}
      {...(held !== null && { value: held })}
      onFocus={() => setHeld(props.value ?? null)}
      onBlur={() => setHeld(null)}
      onChange={(value) => {
        setHeld((before) => (before === null ? null : value))
        props.onChange?.(value)
      }}
    >
      <FieldParts {...texts}>
        <Group className="input-box" data-unit={unit !== undefined} ref={box}>
          <Input
            className="input-inside"
            data-align="end"
            onInput={(event) => {
              const typed = readTyped(event.currentTarget.value)
              if (typed !== null) props.onChange?.(typed)
            }}
          />
          {unit && <span className="input-unit">{unit}</span>}
        </Group>
      </FieldParts>
    </AriaNumberField>
  )
}

/** The library lets only the digits of its locale in: Thai ones are written as those before it sees them. */
function useThaiDigits(box: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const element = box.current
    const onInput = (event: InputEvent) => {
      const text = event.data ?? event.dataTransfer?.getData('text') ?? ''
      const digits = thaiDigitsToArabic(text)
      if (digits === text) return
      event.preventDefault()
      event.stopPropagation()
      // The one way to write at the cursor that the undo of the browser and the library both know of.
      document.execCommand('insertText', false, digits)
    }
    element?.addEventListener('beforeinput', onInput, true)
    return () => element?.removeEventListener('beforeinput', onInput, true)
  }, [box])
}

/** The number that stands in a field while somebody types, NaN for nothing; null for what is no number. */
function readTyped(text: string): number | null {
  const plain = text.replaceAll(',', '').trim()
  if (plain === '') return Number.NaN
  return Number.isFinite(Number(plain)) ? Number(plain) : null
}

export interface SearchFieldProps extends Omit<AriaSearchFieldProps, Own>, FieldTexts {
  placeholder?: string
  /** Keeps the label for screen readers only, where a magnifying glass says enough. */
  isLabelHidden?: boolean
}

export function SearchField({ placeholder = '', isLabelHidden = false, ...props }: SearchFieldProps) {
  const { texts, control, frame } = fieldProps(props)
  const text = useText(commonText)
  const input = (
    <div className="input-box">
      <span className="input-lead">
        <Icon name="search" />
      </span>
      <Input className="input-inside" placeholder={placeholder} />
      <AriaButton className="input-button search-clear" aria-label={text.clear}>
        <Icon name="cross" />
      </AriaButton>
    </div>
  )
  if (isLabelHidden)
    return (
      <AriaSearchField {...control} {...frame} isRequired={false} aria-label={texts.label}>
        {input}
      </AriaSearchField>
    )
  return (
    <AriaSearchField {...control} {...frame} isRequired={false}>
      <FieldParts {...texts} isOptional={false}>
        {input}
      </FieldParts>
    </AriaSearchField>
  )
}
