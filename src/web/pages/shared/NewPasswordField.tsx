/** A password being chosen, with a word on its strength while it is typed; the server has the last word. */
import { passwordFault, shortestPassword } from '../../../domain/password.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { sessionText } from '../../text/session.ts'
import { StateMark } from '../../ui/Feedback.tsx'
import { PasswordField } from '../../ui/TextField.tsx'

export interface NewPasswordFieldProps {
  label: string
  username: string
  value: string
  onChange: (password: string) => void
  fault?: string | null
}

const strongLength = 18

export function NewPasswordField({ label, username, value, onChange, fault }: NewPasswordFieldProps) {
  const text = useText(sessionText)
  return (
    <div>
      <PasswordField
        label={label}
        hint={text.passwordHint}
        name="newPassword"
        autoComplete="new-password"
        maxLength={128}
        value={value}
        onChange={onChange}
        fault={fault}
      />
      <div aria-live="polite" className="password-strength">
        {value !== '' && !fault && <Strength password={value} username={username} />}
      </div>
    </div>
  )
}

function Strength({ password, username }: { password: string; username: string }) {
  const text = useText(sessionText)
  const format = useFormat()
  const fault = passwordFault(password, username)
  const length = [...password].length
  if (fault === 'tooShort')
    return <StateMark tone="neutral">{text.charactersLeft(format.number(shortestPassword - length))}</StateMark>
  if (fault) return <StateMark tone="attention">{text.passwordFaults[fault]}</StateMark>
  return <StateMark tone="success">{length >= strongLength ? text.passwordStrong : text.passwordGood}</StateMark>
}

/** The sentence of a `weakPassword` problem's fault, in the language of the screen. */
export function useWeakPasswordSentence() {
  const faults = useText(sessionText).passwordFaults
  return (details: Readonly<Record<string, unknown>>): string => {
    const fault = String(details['fault'])
    return fault in faults ? faults[fault as keyof typeof faults] : faults.common
  }
}
