/** One item of the outbox: what it says, what stands against it, and how it can be mended. */
import { fullName } from '../../domain/derive.ts'
import { type ReactNode, useState } from 'react'
import type { Said } from '../../contract/logbook.ts'
import type { PhoneHousehold, PhoneItem } from '../../contract/sync.ts'
import { yearsAround } from '../offline/clock.ts'
import type { OutboxView } from '../offline/phone.ts'
import { dayOfItem } from '../pages/phones/decide.ts'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { entryFormText } from '../text/entryForm.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { useProblemSentences } from '../text/problems.ts'
import { EntryWords } from './EntryWords.tsx'
import { useItemName } from './Outbox.tsx'
import { DayField } from './DayField.tsx'
import { afterTheirs, mended, theirsOf } from './mend.ts'
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
  const { conflict } = useText(entryFormText)
  const format = useFormat()
  const what = useItemName()
  const household = useHousehold(item.household.id)
  const entry = item.item?.kind === 'entry' ? item.item.entry : null
  // Two corrected the same entry: nothing is merged by a program, its author sees both.
  const isCrossed = item.state === 'unfiled' && item.problem === 'correctedMeanwhile'
  const theirs = isCrossed && item.item && household ? theirsOf(household, item.item) : null
  const found = item.item?.kind === 'household' ? item.item.draft : null
  const [isMended, setMended] = useState(false)
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
      {entry?.kind === 'correction' && (
        <Correction title={theirs ? text.mine : null} said={entry.content.replacement} household={household ?? null}>
          “{entry.content.reason}”
        </Correction>
      )}
      {theirs && (
        <Correction
          title={conflict.theirs(theirs.by.name, format.moment(theirs.recordedAt))}
          said={theirs.said}
          household={household ?? null}
        >
          {theirs.reason && `“${theirs.reason}”`}
        </Correction>
      )}
      {found && (
        <div className="before">
          <p>{found.members.map((member) => fullName(member)).join(', ')}</p>
          <p>{[found.houseNumber, found.note].filter(Boolean).join(' · ')}</p>
        </div>
      )}
      {item.state === 'unfiled' && item.item && (
        <Mend item={item} content={item.item} theirs={theirs} onMended={() => setMended(true)} />
      )}
      {item.state === 'waiting' && isMended && <Notice tone="success" title={text.mended} isLive />}
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

/** What a correction makes of its entry. */
function Correction({
  title,
  said,
  household,
  children,
}: {
  title: string | null
  said: object | null
  household: PhoneHousehold | null
  children: ReactNode
}) {
  const text = useText(fieldText).outbox
  return (
    <section className="before">
      {title && <h2>{title}</h2>}
      {said === null ? <p>{text.takesBack}</p> : household && <EntryWords said={said as Said} household={household} />}
      {children && <p className="soft">{children}</p>}
    </section>
  )
}

/** The day, or why it is another household: what its author can put right. Other reasons are the district's to decide. */
function Mend({
  item,
  content,
  theirs,
  onMended,
}: {
  item: OutboxView
  content: PhoneItem
  theirs: { id: string } | null
  /** It waits again by then, and this part of the screen is gone. */
  onMended: () => void
}) {
  const phone = usePhone()
  const text = useText(fieldText).outbox
  const { conflict } = useText(entryFormText)
  const before = dayOfItem(content) ?? item.happenedOn
  const [day, setDay] = useState<string | null>(before)
  const [reason, setReason] = useState(content.kind === 'household' ? (content.separateReason ?? '') : '')
  const send = (next: PhoneItem) =>
    void phone.mend(item.itemId, next).then(() => {
      onMended()
      void phone.sync('saved')
    })
  if (theirs)
    return (
      <section className="mend">
        <Button kind="primary" icon="arrowUp" onPress={() => send(afterTheirs(content, theirs))}>
          {conflict.keepMine}
        </Button>
        <p className="soft">{text.keepTheirs}</p>
      </section>
    )
  const isChanged = day !== before || (content.kind === 'household' && reason.trim().length >= 3)
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
        onPress={() => send(mended(content, { day: day ?? before, reason }, phone.today()))}
      >
        {isChanged ? text.mend : text.again}
      </Button>
      <p className="soft">{text.district}</p>
    </section>
  )
}
