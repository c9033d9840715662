/** Thirteen digits, shown in the groups of the card; the check digit is tried on the spot, and only a hint. */
import { useText } from '../text/dictionary.ts'
import { uiText } from '../text/ui.ts'
import { isNationalId } from '../../domain/national-id.ts'
import { thaiDigitsToArabic } from '../../domain/thai/digits.ts'
import { Icon } from './Icon.tsx'
import { TextField, type TextFieldProps } from './TextField.tsx'

export interface NationalIdFieldProps extends Omit<
  TextFieldProps,
  'value' | 'defaultValue' | 'onChange' | 'maxLength'
> {
  /** Digits only, at most 13. */
  value: string
  onChange: (digits: string) => void
}

export function NationalIdField({ value, onChange, hint, ...props }: NationalIdFieldProps) {
  const text = useText(uiText).nationalId
  return (
    <div className="national-id">
      <TextField
        inputMode="numeric"
        autoComplete="off"
        width="medium"
        placeholder="x-xxxx-xxxxx-xx-x"
        {...props}
        hint={hint ?? text.hint}
        value={grouped(value)}
        onChange={(typed) => onChange(digitsOf(typed))}
      />
      <p className="field-note" aria-live="polite" data-tone={toneOf(value)}>
        {value.length > 0 && value.length < 13 && text.left(String(13 - value.length))}
        {value.length === 13 && (
          <>
            <Icon name={isNationalId(value) ? 'check' : 'alert'} size="sm" />
            {isNationalId(value) ? text.right : text.wrong}
          </>
        )}
      </p>
    </div>
  )
}

function digitsOf(typed: string): string {
  return thaiDigitsToArabic(typed)
    .replace(/[^0-9]/g, '')
    .slice(0, 13)
}

/** 1234567890123 → 1-2345-67890-12-3, as far as it is typed. */
function grouped(digits: string): string {
  return [digits.slice(0, 1), digits.slice(1, 5), digits.slice(5, 10), digits.slice(10, 12), digits.slice(12, 13)]
    .filter((group) => group !== '')
    .join('-')
}

function toneOf(digits: string): string | undefined {
  if (digits.length < 13) return undefined
  return isNationalId(digits) ? 'good' : 'attention'
}
