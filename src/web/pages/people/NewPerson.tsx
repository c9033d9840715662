/** Makes an account with its first role, and shows the password that works once. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { z } from 'zod'
import { peopleCreate } from '../../../contract/people.ts'
import { usernameSchema } from '../../../contract/session.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { peopleText } from '../../text/people.ts'
import { sessionText } from '../../text/session.ts'
import { Button, ButtonRow, LinkButton } from '../../ui/Button.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Card, Form, PageHeader } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { fieldFault, useWrite } from '../shared/write.ts'
import { GrantFields, newGrantDraft, readGrant } from './GrantFields.tsx'
import { OneTimePassword } from './OneTimePassword.tsx'

export default function NewPerson() {
  const text = useText(peopleText)
  const session = useText(sessionText)
  const common = useText(commonText)
  const [, navigate] = useLocation()
  const [values, setValues] = useState({ name: '', username: '', email: '' })
  const [draft, setDraft] = useState(newGrantDraft)
  const [wasSent, setSent] = useState(false)
  const [made, setMade] = useState<{ personId: string; oneTimePassword: string } | null>(null)
  const { send, isSending, problem } = useWrite(peopleCreate, setMade)
  const read = readGrant(draft, text)
  const email = values.email.trim()
  const isEmailRight = email === '' || z.email().safeParse(email).success
  const isUsernameRight = usernameSchema.safeParse(values.username).success
  const isTaken = problem?.problem === 'alreadyExists'
  const doesNotFit = fieldFault(problem, 'place') !== null
  const change = (changes: Partial<typeof values>) => setValues({ ...values, ...changes })
  return (
    <>
      <PageHeader
        title={text.add}
        lead={text.addLead}
        crumbs={[{ label: text.title, href: '/people' }, { label: text.add }]}
      />
      <Card>
        <Form
          label={text.add}
          onSubmit={() => {
            setSent(true)
            if (values.name.trim() === '' || !isUsernameRight || !isEmailRight || 'faults' in read || isSending) return
            send({ name: values.name, username: values.username, ...(email !== '' && { email }), grants: [read.grant] })
          }}
        >
          {problem && !isTaken && !doesNotFit && <ProblemAlert problem={problem} />}
          <TextField
            label={text.fullName}
            name="name"
            autoComplete="off"
            maxLength={120}
            value={values.name}
            onChange={(name) => change({ name })}
            fault={wasSent && values.name.trim() === '' ? session.required : null}
          />
          <TextField
            label={session.username}
            hint={session.usernameHint}
            name="username"
            autoComplete="off"
            spellCheck="false"
            inputMode="email"
            maxLength={30}
            value={values.username}
            onChange={(username) => change({ username })}
            fault={isTaken ? text.taken : wasSent && !isUsernameRight ? session.usernameFault : null}
          />
          <TextField
            label={text.email}
            name="email"
            type="email"
            isOptional
            autoComplete="off"
            maxLength={200}
            value={values.email}
            onChange={(typed) => change({ email: typed })}
            fault={wasSent && !isEmailRight ? text.emailFault : null}
          />
          <h2>{text.firstRole}</h2>
          <GrantFields
            value={draft}
            onChange={setDraft}
            faults={wasSent && 'faults' in read ? read.faults : doesNotFit ? { place: text.roleDoesNotFit } : {}}
          />
          <ButtonRow>
            <Button type="submit" kind="primary" isPending={isSending}>
              {text.create}
            </Button>
            <LinkButton href="/people">{common.cancel}</LinkButton>
          </ButtonRow>
        </Form>
      </Card>
      <OneTimePassword
        password={made?.oneTimePassword ?? null}
        name={values.name}
        onKept={() => navigate(`/people/${made?.personId}`)}
      />
    </>
  )
}
