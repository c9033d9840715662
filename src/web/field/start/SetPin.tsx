import { type ReactNode, useState } from 'react'
import { useText } from '../../text/dictionary.ts'
import { fieldText } from '../../text/field.ts'
import { Screen, Spinner } from '../parts.tsx'
import { isEasyPin } from './pin.ts'
import { PinPad } from './PinPad.tsx'

/** A new PIN, entered twice. */
export function SetPin({ onPin, isBusy, top }: { onPin: (pin: string) => void; isBusy: boolean; top?: ReactNode }) {
  const text = useText(fieldText).start
  const [first, setFirst] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const take = (pin: string) => {
    setFault(null)
    if (first === null) {
      if (isEasyPin(pin)) setFault(text.pinEasy)
      else setFirst(pin)
    } else if (first === pin) onPin(pin)
    else {
      setFirst(null)
      setFault(text.pinOther)
    }
  }
  return (
    <Screen title={first === null ? text.pinTitle : text.pinAgain} lead={text.pinLead} top={top}>
      {isBusy ? <Spinner label={text.preparing} /> : <PinPad key={first} onPin={take} isBusy={false} fault={fault} />}
    </Screen>
  )
}
