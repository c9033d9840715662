/** Asked before a person leaves whose phones still hold what nobody else has: wait for it, or go on all the same. */
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { useText } from '../../text/dictionary.ts'
import { phoneText } from '../../text/phone.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { useWaitingWords } from '../phones/PhoneFacts.tsx'

export function isPhonesWaiting(problem: ProblemAnswer | null): problem is ProblemAnswer {
  return problem?.problem === 'phonesWaiting'
}

export function DespiteWaiting({
  problem,
  isSending,
  onGoOn,
  onLeave,
}: {
  problem: ProblemAnswer | null
  isSending: boolean
  onGoOn: () => void
  onLeave: () => void
}) {
  const text = useText(phoneText).person
  const waitingWords = useWaitingWords()
  const count = (name: string) => Number(problem?.details[name] ?? 0)
  return (
    <Dialog
      title={text.title(waitingWords({ items: count('items'), photos: count('photos') }))}
      isOpen={isPhonesWaiting(problem)}
      onOpenChange={(isOpen) => !isOpen && onLeave()}
      actions={(close) => (
        <>
          <Button kind="primary" onPress={close}>
            {text.wait}
          </Button>
          <Button kind="danger" isPending={isSending} onPress={onGoOn}>
            {text.goOn}
          </Button>
        </>
      )}
    >
      <p>{text.lead}</p>
    </Dialog>
  )
}
