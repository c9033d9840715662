/** Two households side by side, fact by fact, with a word on whether they agree. */
import type { HouseholdView } from '../../../contract/households.ts'
import { fullName } from '../../../domain/derive.ts'
import { formatHouseCode } from '../../../domain/house-code.ts'
import { addressLine } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { householdFormText } from '../../text/householdForm.ts'
import { importFieldText } from '../../text/importWords.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { StateMark } from '../../ui/Feedback.tsx'

interface Line {
  /** Told without comparing. */
  isAside?: boolean
  label: string
  words: (household: HouseholdView) => string[]
}

export function Comparison({ stays, goes }: { stays: HouseholdView; goes: HouseholdView }) {
  const text = useText(householdFormText).merge
  const page = useText(householdText)
  const names = useText(importFieldText).names
  const format = useFormat()
  const lines: Line[] = [
    { label: page.list.head, words: ({ headName }) => [headName ?? page.noHead] },
    { label: page.list.address, words: ({ facts, place }) => [addressLine(facts, place, format.locale)] },
    { label: names.houseCode, words: ({ facts }) => (facts.houseCode ? [formatHouseCode(facts.houseCode)] : []) },
    { label: names.phone, words: ({ facts }) => (facts.phone ? [facts.phone] : []) },
    { label: page.page.members, words: ({ members }) => members.map(memberLine) },
    {
      label: page.list.lists,
      words: ({ listings }) =>
        listings
          .filter((listing) => listing.state === 'active')
          .map((listing) => (format.locale === 'th' ? listing.listNameTh : listing.listNameEn)),
    },
    { label: page.list.updated, isAside: true, words: ({ updatedAt }) => [format.moment(updatedAt)] },
  ]
  const columns: Column<Line>[] = [
    { id: 'label', header: '', width: '11rem', cell: (line) => <span className="soft">{line.label}</span> },
    { id: 'stays', header: text.stays, cell: (line) => <Words words={line.words(stays)} /> },
    { id: 'goes', header: text.goes, cell: (line) => <Words words={line.words(goes)} /> },
    {
      id: 'same',
      header: text.comparison,
      width: '8rem',
      cell: (line) =>
        line.isAside ? null : isSame(line.words(stays), line.words(goes)) ? (
          <StateMark tone="success">{text.same}</StateMark>
        ) : (
          <StateMark tone="attention">{text.differs}</StateMark>
        ),
    },
  ]
  return <DataTable caption={text.compare} columns={columns} rows={lines} rowKey={(line) => line.label} />

  function memberLine(member: HouseholdView['members'][number]): string {
    const born = member.birthDate && format.date(member.birthDate, { precision: member.birthPrecision ?? 'day' })
    return [fullName(member), born, member.nationalId?.masked].filter(Boolean).join(' · ')
  }
}

function Words({ words }: { words: readonly string[] }) {
  if (words.length === 0) return '–'
  return (
    <ul>
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  )
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.join('\n') === b.join('\n')
}
