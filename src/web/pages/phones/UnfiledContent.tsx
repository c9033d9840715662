/** What an item says, as its author wrote it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
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
import '../logbook/entries.css'

export function UnfiledContent({ item: { item, household } }: { item: Unfiled }) {
  const text = useText(phoneText).unfiled
  if (item === null) return <p className="soft">{text.unknownContent}</p>
  if (item.kind === 'household') return <FoundHousehold item={item} />
  return <Entry item={item} household={household} />
}

type EntryItem = Extract<PhoneItem, { kind: 'entry' }>

function Entry({ item, household }: { item: EntryItem; household: HouseholdRef | null }) {
  const phones = useText(phoneText)
  const text = phones.unfiled
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const whole = saidIn(item)
  const photos = whole !== null && 'photos' in whole.content ? whole.content.photos.length : 0
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

/** What is to stand in the logbook; null for a correction that takes an entry back. */
function saidIn({ entry }: EntryItem): Said | null {
  if (entry.kind !== 'correction') return { kind: entry.kind, content: entry.content } as Said
  const { replacement } = entry.content
  return replacement && ({ kind: replacement.kind, content: replacement.content } as Said)
}

/** Photographs are stored for the household once the item is recorded, and cannot be shown before. */
function withoutPhotos(said: Said): Said {
  return 'photos' in said.content ? ({ ...said, content: { ...said.content, photos: [] } } as Said) : said
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
