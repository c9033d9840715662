import { useText } from './text/dictionary.ts'
import { draftText } from './text/drafts.ts'
import { useFormat } from './text/format.ts'
import { Button } from './ui/Button.tsx'
import { Dialog } from './ui/Overlay.tsx'

export interface SignOutWarningProps {
  /** Drafts that would be deleted. */
  count: number
  onSignOut: () => void
  onStay: () => void
}

/** Before signing out with forms half-typed: they are deleted with the session, and the person is told first. */
export function SignOutWarning({ count, onSignOut, onStay }: SignOutWarningProps) {
  const text = useText(draftText)
  const format = useFormat()
  return (
    <Dialog
      title={text.signOutTitle}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onStay()}
      actions={(close) => (
        <>
          <Button kind="primary" onPress={close}>
            {text.stay}
          </Button>
          <Button kind="danger" onPress={onSignOut}>
            {text.signOutAnyway}
          </Button>
        </>
      )}
    >
      <p>{text.signOutLead(format.number(count))}</p>
    </Dialog>
  )
}
