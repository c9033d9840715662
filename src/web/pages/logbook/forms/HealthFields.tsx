/** How each member is; asked where it matters for help. What was known before stands beside it. */
import { healthConditions } from '../../../../domain/logbook/entry.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { Checkbox, Select } from '../../../ui/Choice.tsx'
import type { TypedHealth } from '../typed.ts'
import type { Scene } from './fields.ts'

const notAsked = 'notAsked'

export interface HealthFieldsProps {
  scene: Scene
  given: readonly TypedHealth[]
  onHealth: (health: TypedHealth[]) => void
}

export function HealthFields({ scene, given, onHealth }: HealthFieldsProps) {
  const text = useText(entryFormText).assessment
  const words = useText(entryText)
  const healthLine = ({ condition, caresForSelf }: Omit<TypedHealth, 'memberId'>) =>
    [words.health[condition], !caresForSelf && words.needsCare].filter(Boolean).join(' · ')
  const set = (memberId: string, one: Omit<TypedHealth, 'memberId'> | null) => {
    const others = given.filter((other) => other.memberId !== memberId)
    onHealth(one === null ? others : [...others, { memberId, ...one }])
  }
  return (
    <>
      <p className="soft">{text.healthLead}</p>
      {scene.members.map(({ id, name }) => {
        const said = given.find(({ memberId }) => memberId === id)
        const before = scene.found.health.find(({ memberId }) => memberId === id)
        return (
          <div key={id}>
            <Select
              label={name}
              {...(before && { hint: text.before(healthLine(before)) })}
              options={[
                { id: notAsked, label: text.notAsked },
                ...healthConditions.map((one) => ({ id: one, label: words.health[one] })),
              ]}
              value={said?.condition ?? notAsked}
              onChange={(chosen) => {
                const condition = healthConditions.find((one) => one === chosen)
                set(
                  id,
                  condition ? { condition, caresForSelf: said?.caresForSelf ?? before?.caresForSelf ?? true } : null,
                )
              }}
            />
            {said && (
              <Checkbox
                isSelected={!said.caresForSelf}
                onChange={(needsCare) => set(id, { condition: said.condition, caresForSelf: !needsCare })}
              >
                {text.needsCare(name)}
              </Checkbox>
            )}
          </div>
        )
      })}
    </>
  )
}
