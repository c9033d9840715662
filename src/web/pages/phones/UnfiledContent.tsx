/** What an item says, as its author wrote it. */
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { HouseholdRef } from '../../../contract/households.ts'
import { logbookCase, type Said } from '../../../contract/logbook.ts'
import type { PhoneItem, Unfiled } from '../../../contract/sync.ts'
import { fullName } from '../../../domain/derive.ts'
import { ask } from '../../api.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdFormText } from '../../text/householdForm.ts'
import { phoneText } from '../../text/phone.ts'
import { Button } from '../../ui/Button.tsx'
import { KeyValueList } from '../../ui/Facts.tsx'
import { useAreaName } from '../households/useAreaName.ts'
import { useHousehold } from '../households/useHousehold.ts'
import { EntryContent } from '../logbook/EntryContent.tsx'
import { Answered } from '../shared/Answered.tsx'
import { Crossed } from './Crossed.tsx'
import { isCrossed } from './decide.ts'
import { photosIn, saidIn, withoutPhotos } from './said.ts'
import { useStanding } from './useStanding.ts'
import '../logbook/entries.css'

export function UnfiledContent({ item: unfiled }: { item: Unfiled }) {
  const text = useText(phoneText).unfiled
  const { item, household } = unfiled
  if (item === null) return <p className="soft">{text.unknownContent}</p>
  if (item.kind === 'household') return <FoundHousehold item={item} />
  const entry = <Entry item={item} household={household} />
  if (household === null || !isCrossed(unfiled)) return entry
  return (
    <Comparison item={unfiled} household={household}>
      {entry}
    </Comparison>
  )
}

interface ComparisonProps {
  item: Unfiled
  household: HouseholdRef
  /** What it says alone: what stands now is looked up only when somebody asks, as with names. */
  children: ReactNode
}

function Comparison({ item, household, children }: ComparisonProps) {
  const text = useText(phoneText).unfiled
  const [isOpen, setOpen] = useState(false)
  const standing = useStanding(isOpen ? household : null)
  if (isOpen) return <Crossed item={item} standing={standing} />
  return (
    <>
      {children}
      <div>
        <Button size="small" icon="eye" onPress={() => setOpen(true)}>
          {text.compare}
        </Button>
      </div>
    </>
  )
}

type EntryItem = Extract<PhoneItem, { kind: 'entry' }>

function Entry({ item, household }: { item: EntryItem; household: HouseholdRef | null }) {
  const phones = useText(phoneText)
  const text = phones.unfiled
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const whole = saidIn(item.entry)
  const photos = photosIn(whole)
  const said = whole && withoutPhotos(whole)
  const correction = item.entry.kind === 'correction' ? item.entry.content : null
  return (
    <div className="unfiled-content">
      <h4>{text.content}</h4>
      {correction && <p>{text.corrects(correction.reason)}</p>}
      {correction?.replacement === null && <p>{text.takesBack}</p>}
      {said &&
        (household === null || !namesOthers(said) ? (
          <EntryContent said={said} found={unknownCase(item.household)} members={[]} />
        ) : isOpen ? (
          <WithNames said={said} household={household} />
        ) : (
          // Opening a household leaves a trace, so its names are fetched only when somebody asks.
          <Button size="small" icon="eye" onPress={() => setOpen(true)}>
            {text.show}
          </Button>
        ))}
      {photos > 0 && <p className="soft">{text.withPhotos(phones.photos(format.number(photos)))}</p>}
    </div>
  )
}

function WithNames({ said, household }: { said: Said; household: HouseholdRef }) {
  const facts = useHousehold(household)
  const found = useQuery({
    queryKey: ['logbook.case', household.province, household.id],
    queryFn: ({ signal }) => ask(logbookCase, { province: household.province, id: household.id }, { signal }),
  })
  return (
    <Answered query={found}>
      {(answer) => (
        <Answered query={facts}>
          {({ members, formerMembers }) => (
            <EntryContent
              said={said}
              found={answer}
              members={[...members, ...formerMembers].map((member) => ({ id: member.id, name: fullName(member) }))}
            />
          )}
        </Answered>
      )}
    </Answered>
  )
}

function FoundHousehold({ item: { draft, separateReason } }: { item: Extract<PhoneItem, { kind: 'household' }> }) {
  const text = useText(phoneText).unfiled
  const form = useText(householdFormText).add
  const { inFull } = useAreaName(draft.areaCode.replace(/00$/, ''))
  const people = draft.members.map((member) => `${fullName(member)}${member.relation ? ` (${member.relation})` : ''}`)
  return (
    <div className="unfiled-content">
      <h4>{text.content}</h4>
      <KeyValueList
        items={[
          { label: text.address, value: [draft.houseNumber, draft.lane, draft.road, inFull].filter(Boolean).join(' ') },
          { label: text.members, value: people.join(', ') },
          { label: text.phone, value: draft.phone },
          { label: text.note, value: draft.note },
          { label: form.separateReason, value: separateReason },
        ].filter(({ value }) => value !== null && value !== '')}
      />
    </div>
  )
}

/** Whether it speaks of members or problems by their ids. */
function namesOthers(said: Said): boolean {
  const { kind, content } = said
  if (kind === 'result' || kind === 'relapse' || kind === 'outcomeDecision') return true
  if (kind === 'assistance') return content.problemIds.length > 0 || content.memberId !== null
  if (kind === 'visit' || kind === 'followUp') return content.met.some(({ memberId }) => memberId !== null)
  if (kind === 'assessment') return content.problems.some(({ memberId }) => memberId !== null)
  return false
}

function unknownCase(household: HouseholdRef) {
  return { ...household, state: { problems: [], outcomes: [] } }
}
