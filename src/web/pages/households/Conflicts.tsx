/** What others changed while one was typing: their value beside one's own, and a way to take theirs. */
import type { HouseholdView } from '../../../contract/households.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { householdFormText } from '../../text/householdForm.ts'
import { importFieldText } from '../../text/importWords.ts'
import { Button } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { type Conflict, conflictsOf, takeTheirs, type TypedHousehold } from './draft.ts'

export interface ConflictsProps {
  /** Before they changed it. */
  earlier: HouseholdView
  newest: HouseholdView
  typed: TypedHousehold
  onTake: (typed: TypedHousehold) => void
}

export function Conflicts({ earlier, newest, typed, onTake }: ConflictsProps) {
  const text = useText(householdFormText).edit
  const page = useText(householdText).page
  const fields = useText(importFieldText)
  const format = useFormat()
  const conflicts = conflictsOf(earlier, newest, typed)
  const columns: Column<Conflict>[] = [
    { id: 'field', header: text.conflictField, cell: (conflict) => label(conflict) },
    { id: 'theirs', header: text.theirs, cell: ({ theirs }) => value(theirs) },
    {
      id: 'mine',
      header: text.mine,
      cell: (conflict) =>
        conflict.isTouched ? (
          <span className="masked-id">
            {value(conflict.mine)}
            <Button size="small" onPress={() => onTake(takeTheirs(newest, typed, conflict))}>
              {text.takeTheirs}
            </Button>
          </span>
        ) : (
          <span className="soft">{text.untouched}</span>
        ),
    },
  ]
  return (
    <Notice tone="attention" title={text.conflictTitle} isLive>
      <p>{text.conflictText}</p>
      {conflicts.length > 0 && (
        <DataTable
          caption={text.conflictTitle}
          columns={columns}
          rows={conflicts}
          rowKey={({ memberId, field }) => `${memberId ?? ''} ${field}`}
        />
      )}
    </Notice>
  )

  function label({ memberId, field }: Conflict): string {
    const name = fields.names[field as keyof typeof fields.names] ?? field
    if (memberId === null) return name
    const member = newest.members.find(({ id }) => id === memberId)
    return page.stated(member?.firstName ?? page.someMember, name)
  }

  function value(stored: unknown): string {
    if (stored === null || stored === undefined || stored === '' || Number.isNaN(stored)) return page.empty
    if (stored === 'male' || stored === 'female') return fields.sexes[stored]
    if (typeof stored === 'number') return format.number(stored)
    if (typeof stored === 'object' && 'date' in stored) return format.date(String(stored.date))
    return typeof stored === 'string' ? stored : page.empty
  }
}
