/** A password that somebody else made, shown once to be told to its owner. */
import { useText } from '../../text/dictionary.ts'
import { peopleText } from '../../text/people.ts'
import { sessionText } from '../../text/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { showToast } from '../../ui/Toast.tsx'
import './people.css'

export interface OneTimePasswordProps {
  /** Null while there is none to show. */
  password: string | null
  name: string
  onKept: () => void
}

export function OneTimePassword({ password, name, onKept }: OneTimePasswordProps) {
  const text = useText(peopleText)
  const session = useText(sessionText)
  return (
    <Dialog
      title={text.oneTimeTitle}
      isOpen={password !== null}
      onOpenChange={(isOpen) => !isOpen && onKept()}
      actions={() => (
        <>
          <Button kind="primary" onPress={onKept}>
            {text.oneTimeKept}
          </Button>
          <Button
            onPress={() =>
              void navigator.clipboard.writeText(password ?? '').then(() => showToast({ message: session.copied }))
            }
          >
            {session.copy}
          </Button>
        </>
      )}
    >
      <p>{text.oneTimeLead(name)}</p>
      <p className="one-time number" translate="no">
        {password}
      </p>
    </Dialog>
  )
}
