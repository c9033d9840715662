/** Setting a second factor: the password, the secret into an app, one code to prove it, and the backup codes. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { OutputOf } from '../../../contract/route.ts'
import { secondFactorBegin, secondFactorConfirm } from '../../../contract/session.ts'
import { usePerson, useSession } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { sessionText } from '../../text/session.ts'
import { Button, ButtonRow, LinkButton } from '../../ui/Button.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Stepper } from '../../ui/Navigation.tsx'
import { Card, Form, PageHeader, Stack } from '../../ui/Page.tsx'
import { PasswordField, TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { useWrite } from '../shared/write.ts'
import { QrImage } from '../../ui/QrImage.tsx'
import './account.css'

type Begun = OutputOf<typeof secondFactorBegin>

export default function SecondFactor() {
  const common = useText(commonText)
  const text = useText(sessionText)
  const { mustSetSecondFactor } = usePerson()
  // Whether it had to be set stays what it was when the page was opened.
  const [wasMust] = useState(mustSetSecondFactor)
  const [begun, setBegun] = useState<Begun | null>(null)
  const [isConfirmed, setConfirmed] = useState(false)
  const current = isConfirmed ? 'codes' : begun ? 'scan' : 'password'
  return (
    <div className="account-narrow">
      <PageHeader
        title={text.setUpSecondFactor}
        lead={wasMust ? text.secondFactorMust : text.secondFactorLead}
        {...(!wasMust && {
          crumbs: [{ label: common.account, href: '/account' }, { label: text.setUpSecondFactor }],
        })}
      />
      <Stack>
        <div className="not-on-paper">
          <Stepper
            current={current}
            steps={[
              { id: 'password', label: text.steps.password },
              { id: 'scan', label: text.steps.scan },
              { id: 'codes', label: text.steps.codes },
            ]}
          />
        </div>
        {!begun ? (
          <PasswordStep isMust={wasMust} onBegun={setBegun} />
        ) : isConfirmed ? (
          <CodesStep codes={begun.backupCodes} isMust={wasMust} />
        ) : (
          <ScanStep begun={begun} onConfirmed={() => setConfirmed(true)} />
        )}
      </Stack>
    </div>
  )
}

function PasswordStep({ isMust, onBegun }: { isMust: boolean; onBegun: (begun: Begun) => void }) {
  const common = useText(commonText)
  const text = useText(sessionText)
  const [password, setPassword] = useState('')
  const { send, isSending, problem } = useWrite(secondFactorBegin, onBegun)
  const isWrong = problem?.problem === 'signInRefused'
  return (
    <Card>
      <Form label={text.setUpSecondFactor} onSubmit={() => password !== '' && !isSending && send({ password })}>
        {problem && !isWrong && <ProblemAlert problem={problem} />}
        <PasswordField
          label={text.password}
          hint={text.passwordFirst}
          name="password"
          maxLength={128}
          value={password}
          onChange={setPassword}
          fault={isWrong ? text.currentPasswordWrong : null}
        />
        <ButtonRow>
          <Button type="submit" kind="primary" isPending={isSending}>
            {text.begin}
          </Button>
          {!isMust && <LinkButton href="/account">{common.cancel}</LinkButton>}
        </ButtonRow>
      </Form>
    </Card>
  )
}

function ScanStep({ begun, onConfirmed }: { begun: Begun; onConfirmed: () => void }) {
  const text = useText(sessionText)
  const [code, setCode] = useState('')
  const [wasSent, setSent] = useState(false)
  const { send, isSending, problem } = useWrite(secondFactorConfirm, onConfirmed)
  const digits = code.replace(/\D/g, '')
  return (
    <Card title={text.scanTitle}>
      <p className="soft">{text.scanLead}</p>
      <QrImage text={begun.uri} label={text.qrLabel} />
      <div>
        <p className="soft">{text.orType}</p>
        <p className="secret number" translate="no">
          {begun.secret.match(/.{1,4}/g)?.join(' ')}
        </p>
        <p className="soft">
          <a className="text-link" href={begun.uri}>
            {text.orOpen}
          </a>
        </p>
      </div>
      <Form
        label={text.scanTitle}
        onSubmit={() => {
          setSent(true)
          if (digits.length === 6 && !isSending) send({ code: digits })
        }}
      >
        {problem && <ProblemAlert problem={problem} />}
        <TextField
          label={text.code}
          hint={text.thenCode}
          name="code"
          width="short"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={9}
          value={code}
          onChange={setCode}
          fault={wasSent && digits.length !== 6 ? text.required : null}
        />
        <ButtonRow>
          <Button type="submit" kind="primary" isPending={isSending}>
            {text.confirm}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}

function CodesStep({ codes, isMust }: { codes: readonly string[]; isMust: boolean }) {
  const text = useText(sessionText)
  const { refresh } = useSession()
  const [, navigate] = useLocation()
  return (
    <Card title={text.codesTitle}>
      <p>{text.codesLead}</p>
      <ul className="backup-codes number" translate="no">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <ButtonRow>
        <Button
          kind="primary"
          onPress={() => {
            showToast({ message: text.secondFactorSet })
            void refresh().then(() => navigate(isMust ? '/' : '/account'))
          }}
        >
          {text.codesKept}
        </Button>
        <Button onPress={() => window.print()}>{text.print}</Button>
        <Button
          onPress={() =>
            void navigator.clipboard.writeText(codes.join('\n')).then(() => showToast({ message: text.copied }))
          }
        >
          {text.copy}
        </Button>
      </ButtonRow>
    </Card>
  )
}
