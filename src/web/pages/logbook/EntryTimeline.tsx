/** Everything that was recorded, newest first: when it happened, when and by whom it was written, what it said before. */
import { useState } from 'react'
import type { CaseView, EntryView } from '../../../contract/logbook.ts'
import { dayInThailand } from '../../../domain/time.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { useFormat } from '../../text/format.ts'
import { logbookText } from '../../text/logbook.ts'
import { Button } from '../../ui/Button.tsx'
import { StateMark } from '../../ui/Feedback.tsx'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { MenuButton } from '../../ui/Overlay.tsx'
import { Section } from '../../ui/Page.tsx'
import { useLocation } from 'wouter'
import { correctAddress } from './address.ts'
import { EntryContent } from './EntryContent.tsx'
import { TakeBack } from './TakeBack.tsx'

const shownAtFirst = 8

export const kindIcons: Record<EntryView['kind'], IconName> = {
  assessment: 'list',
  visit: 'home',
  plan: 'figure',
  assistance: 'hands',
  result: 'check',
  followUp: 'eye',
  relapse: 'undo',
  hold: 'pause',
  outcome: 'alert',
  outcomeDecision: 'audit',
}

export interface EntryTimelineProps {
  found: CaseView
  members: readonly { id: string; name: string }[]
  mayRecord: boolean
  /** Entries that others recorded while this page was open. */
  fresh: ReadonlySet<string>
}

export function EntryTimeline({ found, members, mayRecord, fresh }: EntryTimelineProps) {
  const text = useText(logbookText)
  const format = useFormat()
  const [isWhole, setWhole] = useState(false)
  const { entries } = found
  const shown = isWhole ? entries : entries.slice(0, shownAtFirst)
  return (
    <Section title={text.timeline} lead={text.timelineLead}>
      {entries.length === 0 && <p className="soft">{text.noEntries}</p>}
      <ol className="entries">
        {shown.map((entry) => (
          <li key={entry.id} className="event entry" data-gone={entry.said === null || undefined}>
            <span className="event-mark">
              <Icon name={kindIcons[entry.kind]} size="sm" />
            </span>
            <Entry entry={entry} found={found} members={members} mayRecord={mayRecord} isFresh={fresh.has(entry.id)} />
          </li>
        ))}
      </ol>
      {!isWhole && entries.length > shownAtFirst && (
        <div>
          <Button size="small" onPress={() => setWhole(true)}>
            {text.showAllEntries(format.number(entries.length))}
          </Button>
        </div>
      )}
    </Section>
  )
}

interface EntryProps extends Omit<EntryTimelineProps, 'fresh'> {
  entry: EntryView
  isFresh: boolean
}

function Entry({ entry, found, members, mayRecord, isFresh }: EntryProps) {
  const text = useText(logbookText)
  const words = useText(entryText)
  const format = useFormat()
  const [, navigate] = useLocation()
  const [isTakingBack, setTakingBack] = useState(false)
  const name = words.kinds[entry.kind]
  const isLater = dayInThailand(new Date(entry.recordedAt)) !== entry.happenedOn
  const earlier = entry.versions.filter(({ counts }) => !counts)
  const now = entry.versions.find(({ counts }) => counts)
  const mayChange = mayRecord && entry.kind !== 'outcomeDecision'
  return (
    <article className="event-words" aria-label={`${name} ${format.date(entry.happenedOn)}`}>
      <div className="entry-head">
        <div>
          <h3 className="entry-title">
            {name} <span className="entry-day">{format.date(entry.happenedOn, { month: 'long' })}</span>
          </h3>
          <p className="event-when">
            {text.recordedBy(entry.by.name)}
            {isLater && ` · ${text.recordedAt(format.moment(entry.recordedAt))}`}
          </p>
        </div>
        <div className="entry-marks">
          {isFresh && (
            <StateMark tone="info" icon="plus">
              {text.fresh}
            </StateMark>
          )}
          {entry.said === null ? (
            <StateMark tone="neutral" icon="undo">
              {text.takenBack}
            </StateMark>
          ) : (
            entry.versions.length > 1 && (
              <StateMark tone="neutral" icon="edit">
                {text.corrected}
              </StateMark>
            )
          )}
          {mayChange && (
            <MenuButton
              isIconOnly
              label={text.entryMenu(`${name} ${format.date(entry.happenedOn)}`)}
              entries={[
                {
                  id: 'correct',
                  icon: 'edit',
                  label: entry.said === null ? text.restore : text.correct,
                  onAction: () => navigate(correctAddress(found, entry.id)),
                },
                ...(entry.said === null
                  ? []
                  : [
                      {
                        id: 'take-back',
                        icon: 'undo' as const,
                        label: text.takeBack,
                        isDanger: true,
                        onAction: () => setTakingBack(true),
                      },
                    ]),
              ]}
            />
          )}
        </div>
      </div>
      {entry.isLoose && <p className="soft">{text.loose}</p>}
      {entry.fromHouseholdId !== null && <p className="soft">{text.fromMerged}</p>}
      <EntryContent said={entry.said} found={found} members={members} />
      {entry.versions.length > 1 && now?.reason && <p className="event-when">“{now.reason}”</p>}
      {earlier.length > 0 && <Earlier versions={earlier} found={found} members={members} />}
      {isTakingBack && <TakeBack entry={entry} found={found} onClose={() => setTakingBack(false)} />}
    </article>
  )
}

interface EarlierProps {
  versions: EntryView['versions']
  found: CaseView
  members: readonly { id: string; name: string }[]
}

/** What it said before, folded away; the latest of them first. */
function Earlier({ versions, found, members }: EarlierProps) {
  const text = useText(logbookText)
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="entry-earlier">
      <button type="button" className="earlier-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} size="sm" />
        {text.earlier(format.number(versions.length))}
      </button>
      {isOpen &&
        versions.toReversed().map((version) => (
          <div key={version.id} className="earlier-version">
            <p className="event-when">
              {text.versionBy(version.by.name, format.moment(version.recordedAt))} · {format.date(version.happenedOn)}
              {version.reason && ` · “${version.reason}”`}
            </p>
            {version.said ? (
              <EntryContent said={version.said} found={found} members={members} />
            ) : (
              <p className="soft">{text.takenBack}</p>
            )}
          </div>
        ))}
    </div>
  )
}
