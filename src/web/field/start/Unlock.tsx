import { useState } from 'react'
import { useText } from '../../text/dictionary.ts'
import { fieldText } from '../../text/field.ts'
import { usePhone, useStatus } from '../phone.tsx'
import { BackButton, Button, Notice, Screen } from '../parts.tsx'
import { PinPad } from './PinPad.tsx'
import { SetPin } from './SetPin.tsx'
import { Problem, SignIn, useSending } from './SignIn.tsx'

/** Opens the app by its PIN; a forgotten one costs a sign-in and nothing else. */
export function Unlock() {
  const phone = usePhone()
  const status = useStatus()
  const text = useText(fieldText)
  const [way, setWay] = useState<'pin' | 'signIn' | 'newPin'>('pin')
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const { problem, isSending, send } = useSending()
  const isBlocked = status.state === 'blocked'

  if (way === 'newPin')
    return (
      <>
        {problem && (
          <div className="screen">
            <Problem problem={problem} />
          </div>
        )}
        <SetPin
          isBusy={isSending}
          onPin={(pin) =>
            void send(async () => {
              await phone.resetPin(pin)
            })
          }
        />
      </>
    )
  if (way === 'signIn')
    return (
      <SignIn
        title={text.pin.forgotten}
        lead={text.pin.forgottenLead}
        top={<BackButton onPress={() => setWay('pin')} />}
        onDone={() => setWay('newPin')}
      />
    )
  return (
    <Screen
      title={isBlocked ? text.pin.blocked : text.pin.unlockTitle}
      {...(status.person ? { lead: text.pin.of(status.person.name) } : {})}
      actions={
        <Button kind={isBlocked ? 'primary' : 'quiet'} isBig={isBlocked} onPress={() => setWay('signIn')}>
          {text.pin.forgotten}
        </Button>
      }
    >
      {isBlocked ? (
        <Notice tone="attention" title={text.pin.forgottenLead} isLive />
      ) : (
        <PinPad
          isBusy={isBusy}
          fault={fault}
          onPin={(pin) => {
            setBusy(true)
            setFault(null)
            void phone.unlock(pin).then((outcome) => {
              setBusy(false)
              if (outcome === 'wrong') setFault(text.pin.wrong(String(phone.status().triesLeft)))
            })
          }}
        />
      )}
    </Screen>
  )
}
