/** Asks for a reason before something weighty; what was typed stays when it is refused. */
import { type ReactNode, useState } from 'react'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { problemOf } from '../../api.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { importReviewText } from '../../text/importReview.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Stack } from '../../ui/Page.tsx'
import { TextAreaField } from '../../ui/TextField.tsx'

interface ReasonDialogProps {
  title: string
  /** The button that opens it. */
  trigger: (open: () => void) => ReactNode
  label: string
  hint: string
  doLabel: string
  kind: 'primary' | 'danger'
  children: ReactNode
  /** Throws what `problemOf` can read. */
  onReason: (reason: string) => Promise<void>
}

const leastLetters = 3

export function ReasonDialog({ title, trigger, label, hint, doLabel, kind, children, onReason }: ReasonDialogProps) {
  const common = useText(commonText)
  const text = useText(importReviewText)
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [wasAsked, setAsked] = useState(false)
  const [isWorking, setWorking] = useState(false)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const isShort = reason.trim().length < leastLetters

  async function go() {
    setAsked(true)
    if (isShort) return
    setWorking(true)
    setProblem(null)
    try {
      await onReason(reason.trim())
      setOpen(false)
      setReason('')
      setAsked(false)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setWorking(false)
    }
  }

  return (
    <>
      {trigger(() => setOpen(true))}
      <Dialog
        title={title}
        isOpen={isOpen}
        onOpenChange={setOpen}
        actions={(close) => (
          <>
            <Button kind={kind} isPending={isWorking} onPress={() => void go()}>
              {doLabel}
            </Button>
            <Button onPress={close}>{common.cancel}</Button>
          </>
        )}
      >
        <Stack gap="small">
          {children}
          <TextAreaField
            label={label}
            hint={hint}
            value={reason}
            onChange={setReason}
            maxLength={500}
            fault={wasAsked && isShort ? text.reasonFault : null}
          />
          {problem && <ProblemAlert problem={problem} />}
        </Stack>
      </Dialog>
    </>
  )
}
