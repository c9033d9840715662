/** One item of the outbox: what it says, what stands against it, and how it can be mended. */
import { useState } from 'react'
import type { PhoneItem } from '../../contract/sync.ts'
import { yearsAround } from '../offline/clock.ts'
import type { OutboxView } from '../offline/phone.ts'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { useProblemSentences } from '../text/problems.ts'
import { EntryWords } from './EntryWords.tsx'
import { useItemName } from './Outbox.tsx'
import { DayField } from './DayField.tsx'
import { BackButton, Button, Notice, Screen, Spinner, TextInput } from './parts.tsx'
import { useHousehold, useOutbox, usePhone } from './phone.tsx'
import { go, goBack } from './router.ts'

export function Item({ id }: { id: string }) {
  const outbox = useOutbox()
  const common = useText(commonText)
  const text = useText(fieldText)
  const item = outbox?.find(({ itemId }) => itemId === id)
  if (!outbox)
    return (
      <Screen title={common.loading} top={<BackButton onPress={goBack} />}>
        <Spinner label={common.loading} />
      </Screen>
    )
  if (!item)
    return (
      <Screen title={text.outbox.title} top={<BackButton onPress={goBack} />}>
        <p>{text.outbox.empty}</p>
      </Screen>
    )
  return <ItemCard item={item} />
}

function ItemCard({ item }: { item: OutboxView }) {
  const text = useText(fieldText).outbox
  const format = useFormat()
  const what = useItemName()
  const household = useHousehold(item.household.id)
  const entry = item.item?.kind === 'entry' ? item.item.entry : null
  const found = item.item?.kind === 'household' ? item.item.draft : null
  return (
    <Screen
      title={what(item)}
      {...(item.headName ? { lead: item.headName } : {})}
      top={<BackButton onPress={goBack} />}
    >
      <p className="due-line" data-state={item.state}>
        {text.states[item.state]}
      </p>
      <ul className="plain-list">
        <li>{text.savedAt(format.moment(item.savedAt))}</li>
        {item.sentAt && <li>{text.sentAt(format.moment(item.sentAt))}</li>}
        {item.happenedOn && <li>{format.date(item.happenedOn, { month: 'long' })}</li>}
      </ul>
      {item.state === 'unreadable' && <Notice tone="danger" title={text.unreadableLead} />}
      {item.state !== 'unreadable' && item.problem && <Trouble problem={item.problem} details={item.details ?? {}} />}
      {entry && entry.kind !== 'correction' && household && (
        <div className="before">
          <EntryWords said={entry} household={household} />
        </div>
      )}
      {entry?.kind === 'correction' && <p className="before">{entry.content.reason}</p>}
      {found && (
        <div className="before">
          <p>
            {found.members
              .map((member) => [member.title, member.firstName, member.lastName].filter(Boolean).join(' '))
              .join(', ')}
          </p>
          <p>{[found.houseNumber, found.note].filter(Boolean).join(' · ')}</p>
        </div>
      )}
      {item.state === 'unfiled' && item.item && <Mend item={item} content={item.item} />}
      {item.kind !== 'household' && household && (
        <Button kind="quiet" onPress={() => go({ page: 'household', id: household.id })}>
          {household.headName ?? item.headName ?? '–'}
        </Button>
      )}
    </Screen>
  )
}

function Trouble({ problem, details }: { problem: string; details: Record<string, unknown> }) {
  const { what, next } = useProblemSentences(problem, details)
  return (
    <Notice tone="attention" title={what}>
      <p>{next}</p>
    </Notice>
  )
}

/** The day, or why it is another household: what its author can put right. Other reasons are the district's to decide. */
function Mend({ item, content }: { item: OutboxView; content: PhoneItem }) {
  const phone = usePhone()
  const text = useText(fieldText).outbox
  const [day, setDay] = useState<string | null>(item.happenedOn)
  const [reason, setReason] = useState(content.kind === 'household' ? (content.separateReason ?? '') : '')
  const [isMended, setMended] = useState(false)
  if (isMended) return <Notice tone="success" title={text.mended} isLive />
  const isChanged = day !== item.happenedOn || (content.kind === 'household' && reason.trim().length >= 3)
  return (
    <section className="mend">
      <h2>{text.mend}</h2>
      <DayField label={text.otherDay} day={day} onDay={setDay} years={yearsAround(phone.today(), 5)} />
      {content.kind === 'household' && (
        <TextInput label={text.separate} maxLength={300} value={reason} onChange={setReason} />
      )}
      <Button
        kind="primary"
        icon="arrowUp"
        isDisabled={day === null}
        onPress={() =>
          void phone.mend(item.itemId, mended(content, day ?? item.happenedOn, reason)).then(() => {
            setMended(true)
            void phone.sync('saved')
          })
        }
      >
        {isChanged ? text.mend : text.again}
      </Button>
      <p className="soft">{text.district}</p>
    </section>
  )
}

function mended(content: PhoneItem, day: string, reason: string): PhoneItem {
  if (content.kind === 'household') {
    const separateReason = reason.trim().length >= 3 ? reason.trim() : null
    return { ...content, foundOn: day, separateReason }
  }
  return { ...content, entry: { ...content.entry, happenedOn: day } }
}
