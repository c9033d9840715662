/** Signing in on a phone: name and password, the second factor where there is one, a password of one's own. */
import { type FormEvent, type ReactNode, useState } from 'react'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { passwordChange, sessionSecondFactor, sessionShow, sessionSignIn } from '../../../contract/session.ts'
import { ask, problemOf } from '../../api.ts'
import type { SignedInPerson } from '../../first-page.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { fieldText } from '../../text/field.ts'
import { useProblemSentences } from '../../text/problems.ts'
import { signInText } from '../../text/signIn.ts'
import { Button, Notice, Screen, TextInput } from '../parts.tsx'

export interface SignInProps {
  title: string
  lead?: string
  top?: ReactNode
  onDone: (person: SignedInPerson) => void
}

type Step = { at: 'password' } | { at: 'code' } | { at: 'own'; person: SignedInPerson } | { at: 'factorFirst' }

export function SignIn({ title, lead, top, onDone }: SignInProps) {
  const text = useText(signInText)
  const common = useText(commonText)
  const field = useText(fieldText).start
  const [step, setStep] = useState<Step>({ at: 'password' })
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [own, setOwn] = useState('')
  const { problem, isSending, send } = useSending()

  async function goOn() {
    const { person } = await ask(sessionShow)
    if (!person) setStep({ at: 'password' })
    else if (person.mustChangePassword) setStep({ at: 'own', person })
    else if (person.mustSetSecondFactor) setStep({ at: 'factorFirst' })
    else onDone(person)
  }
  const submit = (work: () => Promise<void>) => (event: FormEvent) => {
    event.preventDefault()
    void send(work)
  }

  if (step.at === 'factorFirst')
    return (
      <Screen title={title} top={top}>
        <Notice tone="attention" title={field.factorFirst} />
        <a className="button" data-kind="primary" href="/account/second-factor">
          {field.openAccount}
        </a>
      </Screen>
    )
  if (step.at === 'own')
    return (
      <form
        className="form-screen"
        onSubmit={submit(async () => {
          await ask(passwordChange, { currentPassword: password, newPassword: own })
          setPassword(own)
          await goOn()
        })}
      >
        <Screen
          title={text.mustChangeTitle}
          lead={text.mustChangeLead}
          actions={<Submit isSending={isSending}>{text.changePassword}</Submit>}
        >
          {problem && <Problem problem={problem} />}
          <TextInput
            label={text.newPassword}
            hint={text.passwordHint}
            type="password"
            autoComplete="new-password"
            maxLength={128}
            required
            value={own}
            onChange={setOwn}
          />
        </Screen>
      </form>
    )
  if (step.at === 'code')
    return (
      <form
        className="form-screen"
        onSubmit={submit(async () => {
          await ask(sessionSecondFactor, { code: code.trim() })
          await goOn()
        })}
      >
        <Screen
          title={text.codeTitle}
          lead={text.codeLead}
          actions={
            <>
              <Submit isSending={isSending}>{text.confirm}</Submit>
              <Button kind="quiet" onPress={() => setStep({ at: 'password' })}>
                {text.anotherPerson}
              </Button>
            </>
          }
        >
          {problem && <Problem problem={problem} />}
          <TextInput
            label={text.code}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={32}
            required
            value={code}
            onChange={setCode}
          />
        </Screen>
      </form>
    )
  return (
    <form
      className="form-screen"
      onSubmit={submit(async () => {
        const { state } = await ask(sessionSignIn, { username, password })
        if (state === 'secondFactor') setStep({ at: 'code' })
        else await goOn()
      })}
    >
      <Screen
        title={title}
        {...(lead === undefined ? {} : { lead })}
        top={top}
        actions={<Submit isSending={isSending}>{common.signIn}</Submit>}
      >
        {problem && <Problem problem={problem} />}
        <TextInput
          label={text.username}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={128}
          required
          value={username}
          onChange={setUsername}
        />
        <TextInput
          label={text.password}
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={128}
          required
          value={password}
          onChange={setPassword}
        />
        <p className="soft">{text.forgot}</p>
      </Screen>
    </form>
  )
}

function Submit({ isSending, children }: { isSending: boolean; children: ReactNode }) {
  const common = useText(commonText)
  return (
    <button type="submit" className="button" data-kind="primary" data-big aria-busy={isSending || undefined}>
      {isSending ? common.working : children}
    </button>
  )
}

/** One question to the server at a time, and what became of it. */
export function useSending() {
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const [isSending, setSending] = useState(false)
  async function send(work: () => Promise<void>) {
    if (isSending) return
    setSending(true)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      setProblem(problemOf(error))
    }
    setSending(false)
  }
  return { problem, isSending, send }
}

export function Problem({ problem }: { problem: ProblemAnswer }) {
  const { what, next } = useProblemSentences(problem.problem, problem.details)
  return (
    <Notice tone="danger" title={what} isLive>
      <p>{next}</p>
      {problem.code > 0 && <p className="soft number">{problem.code}</p>}
    </Notice>
  )
}
