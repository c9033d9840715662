/** One item that could not be recorded: what stands against it, whose it is, what it says, and what may be decided. */
import { type ReactNode, useId } from 'react'
import { type HouseholdRow, likenessSchema, householdRowSchema } from '../../../contract/households.ts'
import type { Unfiled } from '../../../contract/sync.ts'
import { dayInThailand } from '../../../domain/time.ts'
import { problemSentences } from '../../../text/problems.ts'
import { addressLine } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { phoneText } from '../../text/phone.ts'
import { Button, ButtonRow, TextLink } from '../../ui/Button.tsx'
import { Notice, StateMark } from '../../ui/Feedback.tsx'
import { householdAddress } from '../households/address.ts'
import { dayOfItem, type Decision, isCrossed } from './decide.ts'
import { UnfiledContent } from './UnfiledContent.tsx'
import { useAreaNames } from './useAreaNames.ts'
import { useItemKind } from './useItemName.ts'

const candidateSchema = likenessSchema.extend({ household: householdRowSchema })

/** Households that it may be, as the server names them with the problem. */
export function candidatesOf({ details }: Pick<Unfiled, 'details'>): HouseholdRow[] {
  const named = details['candidates']
  if (!Array.isArray(named)) return []
  return named.flatMap((one: unknown) => {
    const read = candidateSchema.safeParse(one)
    return read.success ? [read.data.household] : []
  })
}

export function UnfiledCard({ item, onDecide }: { item: Unfiled; onDecide: (decision: Decision) => void }) {
  const text = useText(phoneText).unfiled
  const households = useText(householdText)
  const format = useFormat()
  const kindOf = useItemKind()
  const areaName = useAreaNames([item.areaCode])
  const titleId = useId()
  const { household, headName, province } = item
  const { what, next } = problemSentences(item.problem, item.details, format.locale)
  const candidates = candidatesOf(item)
  const isFollower = typeof item.details['waitsFor'] === 'string'
  // The sentences of a problem speak to its author; these two to whoever decides.
  const told = isFollower
    ? { title: text.waitsForTitle, next: text.waitsFor }
    : isCrossed(item)
      ? { title: text.crossedTitle, next: text.crossed }
      : { title: what, next }
  const day = dayOfItem(item.item)
  const name = headName ?? (household ? households.noHead : null)
  return (
    <article className="unfiled" aria-labelledby={titleId}>
      <h3 id={titleId}>
        <StateMark tone="attention">{kindOf(item)}</StateMark>
        {name !== null && (household ? <TextLink href={householdAddress(household)}>{name}</TextLink> : name)}
      </h3>
      <Notice tone="attention" title={told.title}>
        {told.next} <span className="problem-number">({item.code})</span>
      </Notice>
      <dl className="unfiled-facts">
        <Fact label={text.author}>{item.by.name}</Fact>
        <Fact label={text.address}>
          {areaName(item.areaCode)}
          {!household && item.kind === 'entry' && !isFollower && (
            <span className="phone-small">{text.noHousehold}</span>
          )}
        </Fact>
        {day !== null && (
          <Fact label={item.kind === 'household' ? text.foundOn : text.happenedOn}>{format.date(day)}</Fact>
        )}
        <Fact label={text.savedAt}>
          {format.moment(item.savedAt)}
          {dayInThailand(new Date(item.savedAt)) !== day && <span className="phone-small">{text.savedNote}</span>}
        </Fact>
        <Fact label={text.receivedAt}>{format.moment(item.receivedAt)}</Fact>
      </dl>
      <UnfiledContent item={item} />
      {candidates.length > 0 && (
        <div>
          <h4>{text.candidates}</h4>
          <ul className="phone-steps">
            {candidates.map((row) => (
              <li key={row.id}>
                <TextLink href={householdAddress({ province, id: row.id })}>
                  {row.headName ?? households.noHead}
                </TextLink>{' '}
                {addressLine(row, row.place, format.locale, 'district')}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ButtonRow>
        <Button kind="primary" aria-describedby={titleId} onPress={() => onDecide('record')}>
          {isCrossed(item) ? text.recordOver : text.record}
        </Button>
        <Button aria-describedby={titleId} onPress={() => onDecide('setAside')}>
          {text.setAside}
        </Button>
      </ButtonRow>
    </article>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="phone-lines">{children}</dd>
    </div>
  )
}
