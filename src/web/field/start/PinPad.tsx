/** Six digits by large keys; a keyboard's digits work too. What was entered is told by count, never by number. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useText } from '../../text/dictionary.ts'
import { fieldText } from '../../text/field.ts'
import { Icon } from '../../ui/Icon.tsx'
import { pinLength } from './pin.ts'

export interface PinPadProps {
  onPin: (pin: string) => void
  isBusy: boolean
  /** Told above the keys; a new one empties the pad. */
  fault: string | null
}

export function PinPad({ onPin, isBusy, fault }: PinPadProps) {
  const text = useText(fieldText).pin
  const [pin, setPin] = useState('')
  const entered = useRef('')
  const press = (key: string) => {
    if (isBusy) return
    const next = key === 'erase' ? entered.current.slice(0, -1) : (entered.current + key).slice(0, pinLength)
    entered.current = next
    setPin(next)
    if (next.length < pinLength || key === 'erase') return
    entered.current = ''
    // The last dot is seen before the pad is empty again.
    setTimeout(() => setPin(''), 120)
    onPin(next)
  }
  const latest = useRef(press)
  useLayoutEffect(() => {
    latest.current = press
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (/^[0-9]$/.test(event.key)) latest.current(event.key)
      else if (event.key === 'Backspace') latest.current('erase')
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <fieldset className="pin" aria-label={text.label}>
      <p className="pin-dots" aria-hidden="true">
        {Array.from({ length: pinLength }, (_, at) => (
          // The dots are nothing but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={at} data-filled={at < pin.length || undefined} />
        ))}
      </p>
      <output className="only-for-readers">{pin.length > 0 ? text.entered(String(pin.length)) : ''}</output>
      <p className="pin-fault" role="alert">
        {fault}
      </p>
      <div className="pin-keys">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0'].map((key) =>
          key === '' ? (
            <span key="gap" />
          ) : (
            <button
              key={key}
              type="button"
              className="pin-key"
              aria-disabled={isBusy || undefined}
              onClick={() => press(key)}
            >
              {key}
            </button>
          ),
        )}
        <button
          type="button"
          className="pin-key"
          aria-label={text.erase}
          aria-disabled={isBusy || pin === '' || undefined}
          onClick={() => press('erase')}
        >
          <Icon name="undo" size="lg" />
        </button>
      </div>
    </fieldset>
  )
}
