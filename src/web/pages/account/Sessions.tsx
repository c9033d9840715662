/** The devices that are signed in as this person, each to be removed. */
import { useQuery } from '@tanstack/react-query'
import type { OutputOf } from '../../../contract/route.ts'
import { sessionList, sessionRevoke, sessionRevokeOthers } from '../../../contract/session.ts'
import { ask, problemOf } from '../../api.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { sessionText } from '../../text/session.ts'
import { Button } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { ProblemAlert, StateMark } from '../../ui/Feedback.tsx'
import { Section } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { useWrite } from '../shared/write.ts'

type SessionRow = OutputOf<typeof sessionList>['sessions'][number]

export function Sessions() {
  const text = useText(sessionText)
  const format = useFormat()
  const query = useQuery({ queryKey: ['session.list'], queryFn: () => ask(sessionList) })
  const one = useWrite(sessionRevoke, () => showToast({ message: text.revoked }))
  const others = useWrite(sessionRevokeOthers, ({ revoked }) =>
    showToast({ message: text.revokedOthers(format.number(revoked)) }),
  )
  const sessions = query.data?.sessions ?? null
  const problem = one.problem ?? others.problem ?? (query.error ? problemOf(query.error) : null)
  const columns: readonly Column<SessionRow>[] = [
    { id: 'device', header: text.device, cell: ({ device }) => device || text.unknownDevice },
    { id: 'address', header: text.address, cell: ({ address }) => <span className="number">{address ?? '–'}</span> },
    { id: 'signedIn', header: text.signedInAt, cell: ({ signedInAt }) => format.moment(signedInAt) },
    { id: 'used', header: text.lastUsed, cell: ({ lastSeenAt }) => format.moment(lastSeenAt) },
    {
      id: 'revoke',
      header: text.revoke,
      cell: ({ id, isCurrent }) =>
        isCurrent ? (
          <StateMark tone="info">{text.thisDevice}</StateMark>
        ) : (
          <Button size="small" isDisabled={one.isSending} onPress={() => one.send({ sessionId: id })}>
            {text.revoke}
          </Button>
        ),
    },
  ]
  return (
    <Section
      title={text.sessions}
      lead={text.sessionsLead}
      actions={
        sessions !== null &&
        sessions.length > 1 && (
          <Button isPending={others.isSending} onPress={() => others.send({})}>
            {text.revokeOthers}
          </Button>
        )
      }
    >
      {problem && <ProblemAlert problem={problem} />}
      {!query.error && <DataTable caption={text.sessions} rows={sessions} rowKey={({ id }) => id} columns={columns} />}
    </Section>
  )
}
