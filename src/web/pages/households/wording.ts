/** Facts and changes of a household in words. */
import type { HouseholdView, MemberView } from '../../../contract/households.ts'
import { ageAt, type DatePrecision } from '../../../domain/date.ts'
import { fullName } from '../../../domain/derive.ts'
import { formatHouseCode } from '../../../domain/house-code.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { importFieldText } from '../../text/importWords.ts'
import { useListNames } from './useListNames.ts'

type Change = HouseholdView['history'][number]

/** 12 พ.ค. 2500 (69 ปี); of people who know only the year, only the year. */
export function useBirthWords(): (member: Pick<MemberView, 'birthDate' | 'birthPrecision'>, day: string) => string {
  const text = useText(householdText).page
  const format = useFormat()
  return ({ birthDate, birthPrecision }, day) => {
    if (!birthDate) return '–'
    const date = format.date(birthDate, { precision: birthPrecision ?? 'day' })
    return `${date} (${text.age(String(ageAt(birthDate, day)))})`
  }
}

/** A change of the history in one line: บ้านเลขที่: 27 → 27/1. */
export function useChangeWords(household: HouseholdView): (change: Change) => string {
  const text = useText(householdText)
  const fields = useText(importFieldText)
  const listName = useListNames()
  const format = useFormat()
  const people = new Map(
    [...household.members, ...household.formerMembers].map((member) => [member.id, fullName(member)]),
  )
  return (change) => {
    const line = plain(change)
    if (change.memberId === null) return line
    // Who came or left is named by the change itself, also when they live elsewhere now.
    const named = change.field === 'member' ? (change.new ?? change.old) : null
    const name = people.get(change.memberId) ?? named ?? text.page.someMember
    return text.page.stated(text.page.memberChange(name), line)
  }

  function plain(change: Change): string {
    const { field, old: before, new: after } = change
    if (field === 'list') {
      return after === null ? text.page.leftList(listName(before ?? '')) : text.page.joinedList(listName(after))
    }
    if (field === 'member') return after === null ? text.page.memberLeft : text.page.memberCame
    if (field === 'mergedInto') return text.page.mergedField
    const name = field === 'state' ? text.page.stateField : (fields.names[field as keyof typeof fields.names] ?? field)
    if (before === null) return text.page.stated(name, value(field, after))
    return text.page.changed(name, value(field, before), value(field, after))
  }

  function value(field: string, stored: string | null): string {
    if (stored === null || stored === '') return text.page.empty
    if (field === 'state') return text.states[stored as keyof typeof text.states] ?? stored
    if (field === 'sex') return fields.sexes[stored as keyof typeof fields.sexes] ?? stored
    if (field === 'birthDate') return format.date(stored.slice(0, 10))
    if (field === 'birthPrecision') return text.page.precisions[stored as DatePrecision] ?? stored
    if (field === 'annualIncome' && /^[0-9]+$/.test(stored)) return format.number(Number(stored))
    if (field === 'houseCode' && /^[0-9]{11}$/.test(stored)) return formatHouseCode(stored)
    return stored
  }
}

/** Changes made in one act (same moment, person and source) stand together, in the order given. */
export function groupChanges(history: readonly Change[]): Change[][] {
  const groups: Change[][] = []
  for (const change of history) {
    const last = groups.at(-1)?.[0]
    const isSameAct =
      last?.at === change.at &&
      last.by === change.by &&
      last.source === change.source &&
      last.batch?.id === change.batch?.id &&
      last.reason === change.reason
    if (isSameAct) groups.at(-1)?.push(change)
    else groups.push([change])
  }
  return groups
}
