/** One person: the roles they hold and held, and what may be done with their account. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'wouter'
import {
  peopleDisable,
  peopleEnable,
  peopleResetPassword,
  peopleResetSecondFactor,
  personShow,
  roleRevoke,
} from '../../../contract/people.ts'
import type { OutputOf } from '../../../contract/route.ts'
import { ask } from '../../api.ts'
import { useMay } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { peopleText } from '../../text/people.ts'
import { sessionText } from '../../text/session.ts'
import { Button, ButtonRow, TextLink } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { KeyValueList } from '../../ui/Facts.tsx'
import { Notice, ProblemAlert, StateMark, type Tone } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Card, Columns, PageHeader, Section, Stack } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { PersonPhones } from '../phones/PersonPhones.tsx'
import { Answered } from '../shared/Answered.tsx'
import { useWrite } from '../shared/write.ts'
import { DespiteWaiting, isPhonesWaiting } from './DespiteWaiting.tsx'
import { GrantDialog } from './GrantDialog.tsx'
import { OneTimePassword } from './OneTimePassword.tsx'
import { PersonState, PlaceOf } from './PeopleList.tsx'

type Shown = OutputOf<typeof personShow>

export default function Person() {
  const { id } = useParams<{ id: string }>()
  const query = useQuery({ queryKey: ['person.show', id], queryFn: () => ask(personShow, { personId: id }) })
  return <Answered query={query}>{(person) => <PersonFacts person={person} />}</Answered>
}

function PersonFacts({ person }: { person: Shown }) {
  const text = useText(peopleText)
  const session = useText(sessionText)
  const format = useFormat()
  const mayRead = useMay('audit.read')
  return (
    <>
      <PageHeader
        title={person.name}
        tabTitle={text.title}
        crumbs={[{ label: text.title, href: '/people' }, { label: person.username }]}
      />
      <Stack gap="large">
        <Columns>
          <Card title={text.account}>
            <KeyValueList
              items={[
                { label: session.username, value: person.username },
                { label: text.state, value: <PersonState person={person} /> },
                {
                  label: session.secondFactor,
                  value: person.secondFactor ? session.secondFactorOn : session.secondFactorOff,
                },
                {
                  label: text.lastSeen,
                  value: person.lastSeenAt === null ? text.neverSeen : format.moment(person.lastSeenAt),
                },
                { label: text.createdAt, value: format.moment(person.createdAt) },
              ]}
            />
            {mayRead && (
              <p>
                <TextLink href={`/audit?person=${person.id}`}>{text.activity}</TextLink>
              </p>
            )}
          </Card>
          {person.mayEdit ? <AccountActions person={person} /> : <Notice>{text.mayNotEdit}</Notice>}
        </Columns>
        <PersonPhones personId={person.id} />
        <Roles person={person} />
      </Stack>
    </>
  )
}

const tones: Record<Shown['grants'][number]['state'], Tone> = {
  current: 'success',
  coming: 'info',
  ended: 'neutral',
  revoked: 'danger',
}

function Roles({ person }: { person: Shown }) {
  const text = useText(peopleText)
  const session = useText(sessionText)
  const format = useFormat()
  const mayEdit = useMay('people.edit')
  const revoke = useWrite(roleRevoke, () => showToast({ message: text.revokeDone }))
  const [leaving, setLeaving] = useState('')
  const send = (grantId: string, despiteWaiting: boolean) => {
    setLeaving(grantId)
    revoke.send({ personId: person.id, grantId, despiteWaiting })
  }
  const columns: readonly Column<Shown['grants'][number]>[] = [
    { id: 'role', header: text.role, cell: ({ role }) => text.roles[role] },
    { id: 'place', header: text.place, cell: (grant) => <PlaceOf grant={grant} /> },
    {
      id: 'when',
      header: text.holds,
      cell: ({ from, to }) =>
        to === null ? session.since(format.date(from)) : session.sinceUntil(format.date(from), format.date(to)),
    },
    {
      id: 'state',
      header: text.state,
      cell: ({ state }) => <StateMark tone={tones[state]}>{text.grantStates[state]}</StateMark>,
    },
    {
      id: 'revoke',
      header: text.revoke,
      cell: (grant) =>
        grant.mayRevoke && (grant.state === 'current' || grant.state === 'coming') ? (
          <Button size="small" isDisabled={revoke.isSending} onPress={() => send(grant.id, false)}>
            {text.revoke}
          </Button>
        ) : (
          '–'
        ),
    },
  ]
  return (
    <Section title={text.rolesAndDates} actions={mayEdit && <GrantDialog personId={person.id} />}>
      {revoke.problem && !isPhonesWaiting(revoke.problem) && <ProblemAlert problem={revoke.problem} />}
      <DespiteWaiting
        problem={revoke.problem}
        isSending={revoke.isSending}
        onGoOn={() => send(leaving, true)}
        onLeave={revoke.reset}
      />
      <DataTable caption={text.rolesAndDates} rows={person.grants} rowKey={({ id }) => id} columns={columns} />
    </Section>
  )
}

function AccountActions({ person }: { person: Shown }) {
  const text = useText(peopleText)
  const common = useText(commonText)
  const [asked, setAsked] = useState<'password' | 'secondFactor' | null>(null)
  const [oneTime, setOneTime] = useState<string | null>(null)
  const enable = useWrite(peopleEnable, () => showToast({ message: text.enableDone }))
  const disable = useWrite(peopleDisable, () =>
    showToast({ message: text.disableDone, onUndo: () => enable.send({ personId: person.id }) }),
  )
  const password = useWrite(peopleResetPassword, ({ oneTimePassword }) => {
    setAsked(null)
    setOneTime(oneTimePassword)
  })
  const secondFactor = useWrite(peopleResetSecondFactor, () => {
    setAsked(null)
    showToast({ message: text.resetSecondFactorDone })
  })
  const problem = disable.problem ?? enable.problem
  const reset = asked === 'password' ? password : secondFactor
  return (
    <Card title={common.actions}>
      {problem && !isPhonesWaiting(problem) && <ProblemAlert problem={problem} />}
      <DespiteWaiting
        problem={disable.problem}
        isSending={disable.isSending}
        onGoOn={() => disable.send({ personId: person.id, despiteWaiting: true })}
        onLeave={disable.reset}
      />
      <ButtonRow>
        <Button onPress={() => setAsked('password')}>{text.resetPassword}</Button>
        {person.secondFactor && <Button onPress={() => setAsked('secondFactor')}>{text.resetSecondFactor}</Button>}
        {person.disabled ? (
          <Button isPending={enable.isSending} onPress={() => enable.send({ personId: person.id })}>
            {text.enable}
          </Button>
        ) : (
          <Button kind="danger" isPending={disable.isSending} onPress={() => disable.send({ personId: person.id })}>
            {text.disable}
          </Button>
        )}
      </ButtonRow>
      <Dialog
        title={asked === 'secondFactor' ? text.resetSecondFactor : text.resetPassword}
        isOpen={asked !== null}
        onOpenChange={(isOpen) => !isOpen && setAsked(null)}
        actions={(close) => (
          <>
            <Button kind="primary" isPending={reset.isSending} onPress={() => reset.send({ personId: person.id })}>
              {asked === 'secondFactor' ? text.resetSecondFactor : text.resetPassword}
            </Button>
            <Button onPress={close}>{common.cancel}</Button>
          </>
        )}
      >
        {reset.problem && <ProblemAlert problem={reset.problem} />}
        <p>{asked === 'secondFactor' ? text.resetSecondFactorLead : text.resetPasswordLead}</p>
      </Dialog>
      <OneTimePassword password={oneTime} name={person.name} onKept={() => setOneTime(null)} />
    </Card>
  )
}
