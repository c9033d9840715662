/** Asks why a phone is revoked, and says what will become of what it holds. */
import { useState } from 'react'
import { deviceRevoke, type DeviceView } from '../../../contract/devices.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { householdText } from '../../text/household.ts'
import { phoneText } from '../../text/phone.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Stack } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { isReason } from '../households/ReasonDialog.tsx'
import { useWrite } from '../shared/write.ts'
import { useWaitingWords } from './PhoneFacts.tsx'
import { isWaiting } from './view.ts'

export function RevokePhone({ phone, onClose }: { phone: DeviceView; onClose: () => void }) {
  const phones = useText(phoneText)
  const text = phones.revoke
  const common = useText(commonText)
  const { reasonFault } = useText(householdText).page
  const waitingWords = useWaitingWords()
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const write = useWrite(deviceRevoke, () => {
    showToast({ tone: 'done', message: text.done })
    onClose()
  })
  const send = () => {
    setTried(true)
    if (isReason(reason) && !write.isSending) write.send({ deviceId: phone.id, reason: reason.trim() })
  }
  return (
    <Dialog
      title={text.title}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      actions={(close) => (
        <>
          <Button kind="danger" isPending={write.isSending} onPress={send}>
            {phones.table.revoke}
          </Button>
          <Button onPress={close}>{common.cancel}</Button>
        </>
      )}
    >
      <Stack gap="small">
        <p>
          <strong>{text.lead(phone.name, phone.person.name)}</strong>
        </p>
        {isWaiting(phone) && (
          <Notice tone="attention" title={text.waiting(waitingWords(phone.waiting))}>
            {text.waitingLead}
          </Notice>
        )}
        <ul className="phone-steps">
          {text.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
          <li>{text.lost}</li>
        </ul>
        <TextField
          label={text.reason}
          hint={text.reasonHint}
          maxLength={300}
          value={reason}
          onChange={setReason}
          fault={wasTried && !isReason(reason) ? reasonFault : null}
          onKeyDown={(event) => event.key === 'Enter' && send()}
        />
        {write.problem && <ProblemAlert problem={write.problem} />}
      </Stack>
    </Dialog>
  )
}
