/** Asks why, does it, and closes; a refusal stays in sight with what was typed. */
import { useState } from 'react'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { problemOf } from '../../api.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { householdText } from '../../text/household.ts'
import { Button, type ButtonKind } from '../../ui/Button.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { TextField } from '../../ui/TextField.tsx'

export interface ReasonDialogProps {
  title: string
  lead?: string
  action: string
  kind?: ButtonKind
  onClose: () => void
  /** Rejects with the problem; the window closes when it is done. */
  onConfirm: (reason: string) => Promise<void>
}

const shortestReason = 3
const longestReason = 300

export function isReason(text: string): boolean {
  return text.trim().length >= shortestReason
}

export function ReasonDialog({ title, lead, action, kind = 'primary', onClose, onConfirm }: ReasonDialogProps) {
  const text = useText(householdText).page
  const common = useText(commonText)
  const [reason, setReason] = useState('')
  const [wasSent, setSent] = useState(false)
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const send = async () => {
    setSent(true)
    if (!isReason(reason) || isSending) return
    setSending(true)
    setProblem(null)
    try {
      await onConfirm(reason.trim())
      onClose()
    } catch (error) {
      setProblem(problemOf(error))
      setSending(false)
    }
  }
  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      actions={(close) => (
        <>
          <Button kind={kind} isPending={isSending} onPress={() => void send()}>
            {action}
          </Button>
          <Button onPress={close}>{common.cancel}</Button>
        </>
      )}
    >
      {lead && <p>{lead}</p>}
      <TextField
        label={text.reason}
        value={reason}
        onChange={setReason}
        maxLength={longestReason}
        fault={wasSent && !isReason(reason) ? text.reasonFault : null}
        onKeyDown={(event) => event.key === 'Enter' && void send()}
      />
      {problem && <ProblemAlert problem={problem} />}
    </Dialog>
  )
}
