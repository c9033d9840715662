/** The first page of an empty registry: makes the first administrator. The second factor follows at once. */
import { useState } from 'react'
import { setupCreate, usernameSchema } from '../../../contract/session.ts'
import { passwordFault } from '../../../domain/password.ts'
import { useSession } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { sessionText } from '../../text/session.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { FaultSummary, type FormFault, ProblemAlert } from '../../ui/Feedback.tsx'
import { Card, Form, PageHeader } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { NewPasswordField, useWeakPasswordSentence } from '../shared/NewPasswordField.tsx'
import { useWrite } from '../shared/write.ts'

const empty = { name: '', username: '', password: '', registryName: '' }

export default function Setup() {
  const text = useText(sessionText)
  const { refresh } = useSession()
  const weak = useWeakPasswordSentence()
  const [values, setValues] = useState(empty)
  const [shown, setShown] = useState<readonly FormFault[]>([])
  const { send, isSending, problem } = useWrite(setupCreate, () => void refresh())
  const faults = useFaults(values)
  const faultOf = (field: string) => (shown.length > 0 ? faults.find((one) => one.field === field)?.fault : null)
  const isWeak = problem?.problem === 'weakPassword'
  const change = (changes: Partial<typeof empty>) => setValues({ ...values, ...changes })
  return (
    <>
      <PageHeader title={text.setupTitle} lead={text.setupLead} />
      <Card>
        <Form
          label={text.setupTitle}
          onSubmit={() => {
            setShown(faults)
            if (faults.length === 0 && !isSending) send(values)
          }}
        >
          <FaultSummary faults={shown} />
          {problem && !isWeak && <ProblemAlert problem={problem} />}
          <TextField
            label={text.name}
            name="name"
            autoComplete="name"
            maxLength={120}
            value={values.name}
            onChange={(name) => change({ name })}
            fault={faultOf('name')}
          />
          <TextField
            label={text.username}
            hint={text.usernameHint}
            name="username"
            autoComplete="username"
            spellCheck="false"
            inputMode="email"
            maxLength={30}
            value={values.username}
            onChange={(username) => change({ username })}
            fault={faultOf('username')}
          />
          <NewPasswordField
            label={text.password}
            username={values.username}
            value={values.password}
            onChange={(password) => change({ password })}
            fault={faultOf('newPassword') ?? (isWeak ? weak(problem.details) : null)}
          />
          <TextField
            label={text.registryName}
            hint={text.registryNameHint}
            name="registryName"
            autoComplete="organization"
            isOptional
            maxLength={120}
            value={values.registryName}
            onChange={(registryName) => change({ registryName })}
          />
          <ButtonRow>
            <Button type="submit" kind="primary" isPending={isSending}>
              {text.setupDo}
            </Button>
          </ButtonRow>
        </Form>
      </Card>
    </>
  )
}

function useFaults({ name, username, password }: typeof empty): FormFault[] {
  const text = useText(sessionText)
  const weakness = passwordFault(password, username)
  return [
    name.trim() === '' && { field: 'name', label: text.name, fault: text.required },
    !usernameSchema.safeParse(username).success && {
      field: 'username',
      label: text.username,
      fault: username.trim() === '' ? text.required : text.usernameFault,
    },
    weakness && { field: 'newPassword', label: text.password, fault: text.passwordFaults[weakness] },
  ].filter((fault): fault is FormFault => Boolean(fault))
}
