/** One's own account: who one is here, how it is protected, and where it is signed in. */
import { useState } from 'react'
import { secondFactorRemove } from '../../../contract/session.ts'
import { usePerson, useSession } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { peopleText } from '../../text/people.ts'
import { sessionText } from '../../text/session.ts'
import { Button, ButtonRow, LinkButton } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { KeyValueList } from '../../ui/Facts.tsx'
import { EmptyState, ProblemAlert, StateMark } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Card, Columns, Form, PageHeader, Section, Stack } from '../../ui/Page.tsx'
import { PasswordField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { OwnPhones } from '../phones/OwnPhones.tsx'
import { useWrite } from '../shared/write.ts'
import { Sessions } from './Sessions.tsx'

export default function Account() {
  const common = useText(commonText)
  const text = useText(sessionText)
  const person = usePerson()
  const { signOut } = useSession()
  return (
    <>
      <PageHeader
        title={common.account}
        lead={text.accountLead}
        actions={
          <Button icon="signOut" onPress={() => void signOut()}>
            {common.signOut}
          </Button>
        }
      />
      <Stack gap="large">
        <Columns>
          <Card title={person.name}>
            <KeyValueList
              items={[
                { label: text.username, value: person.username },
                {
                  label: text.password,
                  value: (
                    <LinkButton href="/account/password" size="small" icon="edit">
                      {text.changePassword}
                    </LinkButton>
                  ),
                },
              ]}
            />
          </Card>
          <Card title={text.secondFactor}>
            <p className="soft">{text.secondFactorLead}</p>
            <SecondFactorState />
          </Card>
        </Columns>
        <Section title={text.myRoles}>
          <MyRoles />
        </Section>
        <OwnPhones />
        <Sessions />
      </Stack>
    </>
  )
}

function MyRoles() {
  const text = useText(sessionText)
  const people = useText(peopleText)
  const format = useFormat()
  const { grants } = usePerson()
  return (
    <DataTable
      caption={text.myRoles}
      rows={grants}
      rowKey={({ role, placeName, from }) => `${role} ${placeName} ${from}`}
      columns={[
        { id: 'role', header: people.role, cell: ({ role }) => people.roles[role] },
        { id: 'place', header: people.place, cell: ({ placeName }) => placeName },
        {
          id: 'when',
          header: people.holds,
          cell: ({ from, to }) =>
            to === null ? text.since(format.date(from)) : text.sinceUntil(format.date(from), format.date(to)),
        },
      ]}
      whenEmpty={<EmptyState icon="person" title={text.noRoles} />}
    />
  )
}

function SecondFactorState() {
  const text = useText(sessionText)
  const { grants, secondFactor } = usePerson()
  const [isOpen, setOpen] = useState(false)
  if (!secondFactor)
    return (
      <>
        <div>
          <StateMark tone="attention">{text.secondFactorOff}</StateMark>
        </div>
        <ButtonRow>
          <LinkButton href="/account/second-factor" kind="primary">
            {text.setUpSecondFactor}
          </LinkButton>
        </ButtonRow>
      </>
    )
  return (
    <>
      <div>
        <StateMark tone="success">{text.secondFactorOn}</StateMark>
      </div>
      {!grants.some(({ role }) => role === 'administrator') && (
        <ButtonRow>
          <Button onPress={() => setOpen(true)}>{text.removeSecondFactor}</Button>
        </ButtonRow>
      )}
      <Dialog title={text.removeSecondFactor} isOpen={isOpen} onOpenChange={setOpen}>
        {(close) => <RemoveForm onDone={close} />}
      </Dialog>
    </>
  )
}

function RemoveForm({ onDone }: { onDone: () => void }) {
  const common = useText(commonText)
  const text = useText(sessionText)
  const { refresh } = useSession()
  const [password, setPassword] = useState('')
  const { send, isSending, problem } = useWrite(secondFactorRemove, () => {
    showToast({ message: text.secondFactorRemoved })
    onDone()
    void refresh()
  })
  const isWrong = problem?.problem === 'signInRefused'
  return (
    <Form label={text.removeSecondFactor} onSubmit={() => password !== '' && !isSending && send({ password })}>
      {problem && !isWrong && <ProblemAlert problem={problem} />}
      <PasswordField
        label={text.currentPassword}
        hint={text.passwordFirst}
        value={password}
        onChange={setPassword}
        fault={isWrong ? text.currentPasswordWrong : null}
      />
      <ButtonRow>
        <Button type="submit" kind="danger" isPending={isSending}>
          {text.removeSecondFactor}
        </Button>
        <Button onPress={onDone}>{common.cancel}</Button>
      </ButtonRow>
    </Form>
  )
}
