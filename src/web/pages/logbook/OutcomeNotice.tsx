/** A special outcome that waits for somebody's decision, or holds; deciding it, and taking the decision back. */
import { useState } from 'react'
import type { CaseView } from '../../../contract/logbook.ts'
import type { outcomeDecisions } from '../../../domain/logbook/entry.ts'
import { newId } from '../../new-id.ts'
import { usePerson } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { useFormat } from '../../text/format.ts'
import { logbookText } from '../../text/logbook.ts'
import { Button, LinkButton, TextLink } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { householdAddress, mergeAddress } from '../households/address.ts'
import { ReasonDialog } from '../households/ReasonDialog.tsx'
import { useToday } from '../households/useToday.ts'
import { useSend } from './useSend.ts'

type Decision = (typeof outcomeDecisions)[number]

export function OutcomeNotice({ found, mayMerge }: { found: CaseView; mayMerge: boolean }) {
  const text = useText(logbookText)
  const words = useText(entryText)
  const format = useFormat()
  const person = usePerson()
  const today = useToday()
  const send = useSend(found)
  const [asking, setAsking] = useState<{ decision: Decision; id: string } | null>(null)
  const { outcome } = found.state
  if (!outcome || !['waiting', 'approved'].includes(outcome.state)) return null
  const isWaiting = outcome.state === 'waiting'
  const entry = found.entries.find(({ id }) => id === outcome.entryId)
  const evidence = entry?.said?.kind === 'outcome' ? entry.said.content.evidence : null
  const writers = entry ? entry.versions.map(({ by }) => by.id) : [outcome.accountId]
  const isOwn = isWaiting && writers.includes(person.id)
  const { sameAs } = outcome
  const same = sameAs === undefined ? null : { province: found.province, id: sameAs }
  const offered: readonly Decision[] = isWaiting ? (isOwn ? [] : ['approve', 'refuse']) : ['undo']
  const decisions = found.may.approve ? offered : []
  const toMerge = same && !isWaiting && mayMerge ? mergeAddress(same, found.id) : null
  const title = (isWaiting ? text.outcomeWaiting : text.outcomeApproved)(words.outcomes[outcome.outcome])
  return (
    <>
      <Notice
        tone={isWaiting ? 'attention' : 'info'}
        title={title}
        actions={
          (toMerge ?? decisions.length > 0) && (
            <>
              {toMerge && (
                <LinkButton kind="primary" size="small" href={toMerge}>
                  {text.outcomeMerge}
                </LinkButton>
              )}
              {decisions.map((decision) => (
                <Button
                  key={decision}
                  size="small"
                  kind={decision === 'approve' ? 'primary' : 'secondary'}
                  onPress={() => setAsking({ decision, id: newId() })}
                >
                  {words.decisions[decision]}
                </Button>
              ))}
            </>
          )
        }
      >
        <p>{text.outcomeLead(entry?.by.name ?? '–', format.date(outcome.on))}</p>
        {evidence && <p>{text.outcomeEvidence(evidence)}</p>}
        {same && (
          <p>
            <TextLink href={householdAddress(same)}>{text.outcomeSame}</TextLink>
          </p>
        )}
        {isOwn && found.may.approve && <p className="soft">{text.outcomeOwn}</p>}
      </Notice>
      {asking && (
        <ReasonDialog
          title={text.decisionTitle[asking.decision]}
          lead={title}
          action={words.decisions[asking.decision]}
          onClose={() => setAsking(null)}
          onConfirm={async (reason) => {
            const { decision, id } = asking
            await send({
              id,
              kind: 'outcomeDecision',
              happenedOn: today,
              content: { outcomeId: outcome.versionId, decision, reason },
            })
            showToast({ message: text.decisionDone[decision] })
          }}
        />
      )}
    </>
  )
}
