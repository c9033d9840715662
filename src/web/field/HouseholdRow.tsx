import type { PhoneHouseholdView } from '../offline/phone.ts'
import { addressLine } from '../text/area.ts'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import type { TodayRow, WorkGroup } from './caseload.ts'
import { go } from './router.ts'

const groupIcons: Record<WorkGroup, IconName> = { overdue: 'alert', due: 'clock', done: 'check', other: 'circle' }

/** One household on a list: who, where, what is due. */
export function HouseholdRow({ row }: { row: TodayRow<PhoneHouseholdView> }) {
  const text = useText(fieldText).today
  const { household, group, metres } = row
  const due = useDueWords(row)
  const distance = useDistance(metres)
  const format = useFormat()
  const open = household.case.problems.filter(({ state }) => state !== 'solved' && state !== 'bySelf').length
  return (
    <li>
      <button type="button" className="household-row" onClick={() => go({ page: 'household', id: household.id })}>
        <span className="row-mark" data-group={group}>
          <Icon name={groupIcons[group]} />
        </span>
        <span className="row-words">
          <strong>{household.headName ?? text.noName}</strong>
          <span>{addressLine(household, household.place, format.locale, 'village')}</span>
          <span className="row-facts">
            {due && <span data-group={group}>{due}</span>}
            {open > 0 && <span>{text.openProblems(format.number(open))}</span>}
            {distance && <span className="number">{distance}</span>}
            {household.waiting.length > 0 && <span>{text.waitingHere}</span>}
          </span>
        </span>
        <Icon name="chevronRight" size="sm" />
      </button>
    </li>
  )
}

export function useDueWords({ household, group, daysLate, isHeld }: TodayRow<PhoneHouseholdView>): string | null {
  const text = useText(fieldText).today
  const format = useFormat()
  const { dueOn } = household.duty
  if (group === 'done') return text.groups.done
  if (isHeld) {
    const until = household.case.hold?.untilOn ?? household.duty.areaHolds[0]?.untilOn ?? null
    return until && text.heldTo(format.date(until))
  }
  if (group === 'overdue') return text.overdueBy(format.number(daysLate))
  if (group === 'due' && household.case.visits === 0) return text.never
  return dueOn === null ? null : text.dueOn(format.date(dueOn))
}

function useDistance(metres: number | null): string | null {
  const text = useText(fieldText).today
  const format = useFormat()
  if (metres === null) return null
  if (metres < 1000) return text.metres(format.number(Math.round(metres / 10) * 10))
  return text.kilometres(format.number(metres / 1000, 1))
}
