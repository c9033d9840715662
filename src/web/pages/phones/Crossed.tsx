/** A correction that came second, beside what stands now. Nothing is merged by a program: a person reads both and decides. */
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import type { CaseView, Said } from '../../../contract/logbook.ts'
import type { Unfiled } from '../../../contract/sync.ts'
import { fullName } from '../../../domain/derive.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { logbookText } from '../../text/logbook.ts'
import { phoneText } from '../../text/phone.ts'
import { useHousehold } from '../households/useHousehold.ts'
import { EntryContent } from '../logbook/EntryContent.tsx'
import { Answered } from '../shared/Answered.tsx'
import { correctionOf, standingOf } from './decide.ts'
import { photosIn, saidIn, withoutPhotos } from './said.ts'
import '../logbook/entries.css'

export function Crossed({ item, standing }: { item: Unfiled; standing: UseQueryResult<CaseView> }) {
  return <Answered query={standing}>{(found) => <Both item={item} found={found} />}</Answered>
}

function Both({ item, found }: { item: Unfiled; found: CaseView }) {
  const phones = useText(phoneText)
  const text = phones.unfiled
  const format = useFormat()
  const facts = useHousehold(found)
  const correction = correctionOf(item.item)
  const now = standingOf(found.entries, item.item)
  if (!correction) return null
  const mine = saidIn(correction)
  const photos = photosIn(mine)
  return (
    <Answered query={facts}>
      {(household) => {
        const members = [...household.members, ...household.formerMembers].map((member) => ({
          id: member.id,
          name: fullName(member),
        }))
        const words = (said: Said | null) => said && <EntryContent said={said} found={found} members={members} />
        return (
          <div className="crossed">
            {now ? (
              <Side
                title={text.standing(now.by.name, format.moment(now.recordedAt))}
                day={now.said && now.happenedOn}
                reason={now.reason}
              >
                {words(now.said)}
              </Side>
            ) : (
              <p className="soft">{text.notStanding}</p>
            )}
            <Side
              title={text.fromPhone(item.by.name, format.moment(item.receivedAt))}
              day={correction.content.replacement?.happenedOn ?? null}
              reason={correction.content.reason}
            >
              {words(mine && withoutPhotos(mine))}
              {photos > 0 && <p className="soft">{text.withPhotos(phones.photos(format.number(photos)))}</p>}
            </Side>
          </div>
        )
      }}
    </Answered>
  )
}

interface SideProps {
  title: string
  /** Null for one that takes the entry back. */
  day: string | null
  reason: string | null
  children: ReactNode
}

function Side({ title, day, reason, children }: SideProps) {
  const text = useText(phoneText).unfiled
  const { takenBack } = useText(logbookText)
  const format = useFormat()
  const titleId = useId()
  return (
    <section aria-labelledby={titleId}>
      <p id={titleId}>
        <strong>{title}</strong>
      </p>
      <p>{day === null ? takenBack : `${text.happenedOn} ${format.date(day)}`}</p>
      {children}
      {reason && <p className="soft">“{reason}”</p>}
    </section>
  )
}
