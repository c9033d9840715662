/** Changing one's own password, by choice or because the one in use was made by somebody else. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { passwordChange } from '../../../contract/session.ts'
import { passwordFault } from '../../../domain/password.ts'
import { usePerson, useSession } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { sessionText } from '../../text/session.ts'
import { Button, ButtonRow, LinkButton } from '../../ui/Button.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Card, Form, PageHeader } from '../../ui/Page.tsx'
import { PasswordField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { NewPasswordField, useWeakPasswordSentence } from '../shared/NewPasswordField.tsx'
import { useWrite } from '../shared/write.ts'
import './account.css'

export default function Password() {
  const common = useText(commonText)
  const text = useText(sessionText)
  const weak = useWeakPasswordSentence()
  const { username, mustChangePassword } = usePerson()
  const { refresh } = useSession()
  const [, navigate] = useLocation()
  const [current, setCurrent] = useState('')
  const [chosen, setChosen] = useState('')
  const [wasSent, setSent] = useState(false)
  const { send, isSending, problem } = useWrite(passwordChange, () => {
    showToast({ message: text.passwordChanged })
    void refresh().then(() => navigate(mustChangePassword ? '/' : '/account'))
  })
  const isWrong = problem?.problem === 'signInRefused'
  const isWeak = problem?.problem === 'weakPassword'
  const weakness = passwordFault(chosen, username)
  const ownFault = wasSent && weakness ? text.passwordFaults[weakness] : null
  return (
    <div className="account-narrow">
      <PageHeader
        title={mustChangePassword ? text.mustChangeTitle : text.changePassword}
        lead={mustChangePassword ? text.mustChangeLead : text.passwordLead}
        {...(!mustChangePassword && {
          crumbs: [{ label: common.account, href: '/account' }, { label: text.changePassword }],
        })}
      />
      <Card>
        <Form
          label={text.changePassword}
          onSubmit={() => {
            setSent(true)
            if (current !== '' && weakness === null && !isSending)
              send({ currentPassword: current, newPassword: chosen })
          }}
        >
          {problem && !isWrong && !isWeak && <ProblemAlert problem={problem} />}
          <PasswordField
            label={mustChangePassword ? text.oneTimeGiven : text.currentPassword}
            name="currentPassword"
            maxLength={128}
            value={current}
            onChange={setCurrent}
            fault={isWrong ? text.currentPasswordWrong : wasSent && current === '' ? text.required : null}
          />
          <NewPasswordField
            label={text.newPassword}
            username={username}
            value={chosen}
            onChange={setChosen}
            fault={isWeak ? weak(problem.details) : ownFault}
          />
          <ButtonRow>
            <Button type="submit" kind="primary" isPending={isSending}>
              {text.changePassword}
            </Button>
            {!mustChangePassword && <LinkButton href="/account">{common.cancel}</LinkButton>}
          </ButtonRow>
        </Form>
      </Card>
    </div>
  )
}
