/** Help that may fit, help that may have come twice, and the text to paste into TPMAP Logbook. */
import { useState } from 'react'
import type { CaseView } from '../../../contract/logbook.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { logbookText } from '../../text/logbook.ts'
import { reasonText, useReasonWords } from '../../text/reasons.ts'
import { sessionText } from '../../text/session.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { recordAddress } from './address.ts'
import { Panel } from './Panel.tsx'

const proposalsShown = 3

export interface ProposalsProps {
  found: CaseView
  mayRecord: boolean
  memberName: (id: string) => string
}

export function Proposals({ found, mayRecord, memberName }: ProposalsProps) {
  const text = useText(logbookText)
  const reasonsText = useText(reasonText)
  const reasons = useReasonWords()
  const format = useFormat()
  const [isWhole, setWhole] = useState(false)
  const { proposals } = found
  if (proposals.length === 0) return null
  const shown = isWhole ? proposals : proposals.slice(0, proposalsShown)
  return (
    <Panel title={text.proposals} lead={text.proposalsLead}>
      <ul className="proposals">
        {shown.map((proposal) => {
          const isThai = format.locale === 'th'
          const name = isThai ? proposal.nameTh : proposal.nameEn
          return (
            <li key={`${proposal.item} ${proposal.memberId ?? ''}`} className="proposal">
              <p className="proposal-name">{name}</p>
              <p className="proposal-fine">
                {[proposal.agency, isThai ? proposal.amountTh : proposal.amountEn].filter(Boolean).join(' · ')}
              </p>
              <p className="proposal-why">
                {[proposal.memberId && memberName(proposal.memberId), ...proposal.reasons.map(reasons.ofHelp)]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {proposal.ask.length > 0 && (
                <p className="proposal-fine">{reasonsText.ask(proposal.ask.map(reasons.question).join(', '))}</p>
              )}
              {mayRecord && (
                <div className="not-on-paper">
                  <LinkButton
                    size="small"
                    icon="plus"
                    aria-label={text.proposalLabel(name)}
                    href={recordAddress(found, 'assistance', { item: proposal.item, memberId: proposal.memberId })}
                  >
                    {text.useProposal}
                  </LinkButton>
                </div>
              )}
            </li>
          )
        })}
      </ul>
      {!isWhole && proposals.length > proposalsShown && (
        <div>
          <Button size="small" kind="quiet" onPress={() => setWhole(true)}>
            {text.showAllEntries(format.number(proposals.length))}
          </Button>
        </div>
      )}
    </Panel>
  )
}

export function DoubleHelp({ found }: { found: CaseView }) {
  const text = useText(logbookText)
  const reasons = useText(reasonText)
  const format = useFormat()
  if (found.doubleHelp.length === 0) return null
  return (
    <Notice tone="attention" title={text.double}>
      <ul>
        {found.doubleHelp.map((double) => {
          const entry = found.entries.find(({ id }) => double.entryIds.includes(id))
          const what = entry?.said?.kind === 'assistance' ? entry.said.content.what : ''
          const count = format.number(double.entryIds.length)
          const [first, last] = [format.date(double.firstOn), format.date(double.lastOn)]
          return (
            <li key={double.entryIds.join(' ')}>
              {[
                what,
                first === last ? reasons.sameDay(count, first) : reasons.times(count, first, last),
                reasons.double[double.why],
                double.acrossGivers && reasons.double.acrossGivers,
              ]
                .filter(Boolean)
                .join(' · ')}
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}

export function Prose({ prose }: { prose: string | null }) {
  const text = useText(logbookText)
  const words = useText(sessionText)
  if (!prose) return null
  return (
    <Panel
      title={text.prose}
      lead={text.proseLead}
      actions={
        <Button size="small" icon="copy" onPress={() => void copy(prose)}>
          {words.copy}
        </Button>
      }
    >
      <p className="prose" lang="th">
        {prose}
      </p>
    </Panel>
  )

  async function copy(what: string) {
    if (await toClipboard(what)) showToast({ message: words.copied })
  }
}

/** The clipboard of the browser, or the older way where a plain http address has none. */
async function toClipboard(what: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(what)
    return true
  } catch {
    const field = document.createElement('textarea')
    field.value = what
    document.body.append(field)
    field.select()
    const isCopied = document.execCommand('copy')
    field.remove()
    return isCopied
  }
}
