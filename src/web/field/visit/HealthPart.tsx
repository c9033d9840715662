/** How each member is: only of those who were asked about. */
import type { PhoneHousehold } from '../../../contract/sync.ts'
import { fullName } from '../../../domain/derive.ts'
import { healthConditions, type MemberHealth } from '../../../domain/logbook/entry.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { useFormat } from '../../text/format.ts'
import { Choices } from '../parts.tsx'

const notAsked = 'notAsked'

export interface HealthPartProps {
  household: PhoneHousehold
  given: readonly MemberHealth[]
  onHealth: (health: MemberHealth[]) => void
}

export function HealthPart({ household, given, onHealth }: HealthPartProps) {
  const text = useText(entryFormText).assessment
  const words = useText(entryText)
  const format = useFormat()
  const set = (memberId: string, one: Omit<MemberHealth, 'memberId'> | null) =>
    onHealth([...given.filter((other) => other.memberId !== memberId), ...(one ? [{ memberId, ...one }] : [])])
  return (
    <details className="side" open={given.length > 0}>
      <summary>
        {text.health}
        {given.length > 0 && <span className="mark number">{format.number(given.length)}</span>}
      </summary>
      <p className="soft">{text.healthLead}</p>
      {household.members.map((member) => {
        const said = given.find(({ memberId }) => memberId === member.id)
        return (
          <div key={member.id}>
            <Choices
              label={fullName(member)}
              isCompact
              options={[
                { id: notAsked, label: text.notAsked },
                ...healthConditions.map((id) => ({ id, label: words.health[id] })),
              ]}
              value={[said?.condition ?? notAsked]}
              onChange={([chosen]) => {
                const condition = healthConditions.find((one) => one === chosen)
                set(member.id, condition ? { condition, caresForSelf: said?.caresForSelf ?? true } : null)
              }}
            />
            {said && (
              <button
                type="button"
                className="chip"
                aria-pressed={!said.caresForSelf}
                onClick={() => set(member.id, { condition: said.condition, caresForSelf: !said.caresForSelf })}
              >
                {text.needsCare(member.firstName)}
              </button>
            )}
          </div>
        )
      })}
    </details>
  )
}
