import { useState } from 'react'
import { roleGrant } from '../../../contract/people.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { peopleText } from '../../text/people.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Form } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { fieldFault, useWrite } from '../shared/write.ts'
import { GrantFields, newGrantDraft, readGrant } from './GrantFields.tsx'

/** The button "give a role" and the form behind it. */
export function GrantDialog({ personId }: { personId: string }) {
  const text = useText(peopleText)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon="plus" onPress={() => setOpen(true)}>
        {text.grant}
      </Button>
      <Dialog title={text.grant} size="wide" isOpen={isOpen} onOpenChange={setOpen}>
        {(close) => <GrantForm personId={personId} onDone={close} />}
      </Dialog>
    </>
  )
}

function GrantForm({ personId, onDone }: { personId: string; onDone: () => void }) {
  const text = useText(peopleText)
  const common = useText(commonText)
  const [draft, setDraft] = useState(newGrantDraft)
  const [wasSent, setSent] = useState(false)
  const { send, isSending, problem } = useWrite(roleGrant, () => {
    showToast({ message: text.grantDone })
    onDone()
  })
  const read = readGrant(draft, text)
  const doesNotFit = fieldFault(problem, 'place') !== null
  return (
    <Form
      label={text.grant}
      onSubmit={() => {
        setSent(true)
        if (!('faults' in read) && !isSending) send({ personId, ...read.grant })
      }}
    >
      {problem && !doesNotFit && <ProblemAlert problem={problem} />}
      <GrantFields
        value={draft}
        onChange={setDraft}
        faults={wasSent && 'faults' in read ? read.faults : doesNotFit ? { place: text.roleDoesNotFit } : {}}
      />
      <ButtonRow>
        <Button type="submit" kind="primary" isPending={isSending}>
          {text.grant}
        </Button>
        <Button onPress={onDone}>{common.cancel}</Button>
      </ButtonRow>
    </Form>
  )
}
