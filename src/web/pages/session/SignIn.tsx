/** Signing in: the name and password, then the code of the second factor where one is set. */
import { useEffect, useState } from 'react'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { sessionSecondFactor, sessionSignIn } from '../../../contract/session.ts'
import { useSession } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { sessionText } from '../../text/session.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Card, Form, PageHeader } from '../../ui/Page.tsx'
import { PasswordField, TextField } from '../../ui/TextField.tsx'
import { useWrite } from '../shared/write.ts'
import './session.css'

export default function SignIn() {
  const [step, setStep] = useState<'password' | 'code'>('password')
  const [username, setUsername] = useState('')
  const [isExpired, setExpired] = useState(false)
  if (step === 'code')
    return (
      <CodeStep
        onLeave={(wasExpired) => {
          setExpired(wasExpired)
          setStep('password')
        }}
      />
    )
  return (
    <PasswordStep
      username={username}
      onUsername={setUsername}
      isExpired={isExpired}
      onCodeWanted={() => {
        setExpired(false)
        setStep('code')
      }}
    />
  )
}

function PasswordStep({
  username,
  onUsername,
  isExpired,
  onCodeWanted,
}: {
  username: string
  onUsername: (username: string) => void
  isExpired: boolean
  onCodeWanted: () => void
}) {
  const text = useText(sessionText)
  const common = useText(commonText)
  const { refresh } = useSession()
  const [password, setPassword] = useState('')
  const [wasSent, setSent] = useState(false)
  const { send, isSending, problem } = useWrite(sessionSignIn, ({ state }) => {
    if (state === 'secondFactor') onCodeWanted()
    else void refresh()
  })
  const wait = useWait(problem)
  const required = (value: string) => (wasSent && value.trim() === '' ? text.required : null)
  return (
    <>
      <PageHeader title={common.signIn} lead={text.signInLead} />
      <Card>
        <Form
          label={common.signIn}
          onSubmit={() => {
            setSent(true)
            if (username.trim() !== '' && password !== '' && wait === 0 && !isSending) send({ username, password })
          }}
        >
          {isExpired && !problem && <Notice tone="attention" title={text.codeExpired} isLive />}
          {problem && <SignInProblem problem={problem} wait={wait} />}
          <TextField
            label={text.username}
            name="username"
            autoComplete="username"
            spellCheck="false"
            inputMode="email"
            maxLength={128}
            value={username}
            onChange={onUsername}
            fault={required(username)}
          />
          <PasswordField
            label={text.password}
            name="password"
            maxLength={128}
            value={password}
            onChange={setPassword}
            fault={required(password)}
          />
          <ButtonRow>
            <Button type="submit" kind="primary" isPending={isSending} isDisabled={wait > 0}>
              {common.signIn}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
      <p className="soft session-foot">{text.forgot}</p>
    </>
  )
}

function CodeStep({ onLeave }: { onLeave: (wasExpired: boolean) => void }) {
  const text = useText(sessionText)
  const { refresh } = useSession()
  const [code, setCode] = useState('')
  const [isBackup, setBackup] = useState(false)
  const [wasSent, setSent] = useState(false)
  const { send, isSending, problem, reset } = useWrite(sessionSecondFactor, () => void refresh())
  const wait = useWait(problem)
  const typed = isBackup ? code.trim() : code.replace(/\s/g, '')
  useEffect(() => {
    if (problem?.problem === 'secondFactorRefused' && problem.details['expired'] === true) onLeave(true)
  }, [problem, onLeave])
  return (
    <>
      <PageHeader title={text.codeTitle} lead={isBackup ? text.backupLead : text.codeLead} />
      <Card>
        <Form
          label={text.codeTitle}
          onSubmit={() => {
            setSent(true)
            if (typed.length >= 6 && wait === 0 && !isSending) send({ code: typed })
          }}
        >
          {problem && <SignInProblem problem={problem} wait={wait} />}
          <TextField
            key={isBackup ? 'backup' : 'app'}
            label={isBackup ? text.backupCode : text.code}
            name="code"
            width="short"
            autoComplete="one-time-code"
            inputMode={isBackup ? 'text' : 'numeric'}
            maxLength={32}
            // The field is all that this step is about.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            value={code}
            onChange={setCode}
            fault={wasSent && typed.length < 6 ? text.required : null}
          />
          <ButtonRow>
            <Button type="submit" kind="primary" isPending={isSending} isDisabled={wait > 0}>
              {text.confirm}
            </Button>
            <Button
              kind="quiet"
              onPress={() => {
                reset()
                setCode('')
                setSent(false)
                setBackup(!isBackup)
              }}
            >
              {isBackup ? text.useApp : text.useBackup}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
      <p className="session-foot">
        <Button kind="quiet" size="small" icon="chevronLeft" onPress={() => onLeave(false)}>
          {text.anotherPerson}
        </Button>
      </p>
    </>
  )
}

function SignInProblem({ problem, wait }: { problem: ProblemAnswer; wait: number }) {
  const text = useText(sessionText)
  const format = useFormat()
  // The wait counts down beside the problem; the sentence keeps still, so that it is read aloud once.
  const { seconds: _, ...details } = problem.details
  return (
    <>
      <ProblemAlert problem={{ ...problem, details }} />
      {wait > 0 && (
        <p className="number session-wait" role="timer">
          {text.tryAgainIn(format.duration(wait))}
        </p>
      )}
    </>
  )
}

/** Seconds until the next try is looked at; 0 when it may be made now. */
function useWait(problem: ProblemAnswer | null): number {
  const seconds = problem?.problem === 'tooManyTries' ? Number(problem.details['seconds'] ?? 0) : 0
  const [passed, setPassed] = useState<{ problem: ProblemAnswer | null; seconds: number }>({ problem, seconds: 0 })
  useEffect(() => {
    if (!(seconds > 0)) return
    const began = Date.now()
    const clock = setInterval(() => setPassed({ problem, seconds: Math.floor((Date.now() - began) / 1000) }), 1000)
    return () => clearInterval(clock)
  }, [problem, seconds])
  return Math.max(0, Math.ceil(seconds) - (passed.problem === problem ? passed.seconds : 0))
}
