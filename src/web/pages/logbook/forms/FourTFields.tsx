import { fourTSides } from '../../../../domain/logbook/entry.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { useLocale } from '../../../text/locale.ts'
import { CheckboxGroup } from '../../../ui/Choice.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { TypedFourT } from '../typed.ts'
import { useFourTChoices } from '../useFourTChoices.ts'
import type { Scene } from './fields.ts'

export interface FourTFieldsProps {
  scene: Scene
  fourT: TypedFourT
  onFourT: (fourT: TypedFourT) => void
  faultOf: (field: string) => string | null
}

/** The 4ท analysis: choices of the province, and the household's own words beside each side. */
export function FourTFields({ scene, fourT, onFourT, faultOf }: FourTFieldsProps) {
  const text = useText(entryFormText).assessment
  const sides = useText(entryText).sides
  const locale = useLocale()
  const asAnswered = useFourTChoices(scene.household.province, fourT.version)
  const choices = fourT.version === scene.fourT.version ? scene.fourT.choices : asAnswered
  return (
    <div className="four-t">
      {fourTSides.map((side) => {
        const given = fourT[side]
        const offered = choices[side]
        // What was given stays in sight, whatever is offered.
        const older = given.choices.filter((code) => !offered.some((choice) => choice.code === code))
        return (
          <div key={side} className="form-part four-t-side">
            <CheckboxGroup
              label={sides[side]}
              isOptional
              options={[
                ...offered.map((choice) => ({ id: choice.code, label: choice[locale] })),
                ...older.map((code) => ({ id: code, label: code })),
              ]}
              value={given.choices}
              onChange={(choices) => onFourT({ ...fourT, [side]: { ...given, choices } })}
            />
            <TextField
              label={text.ownWords(sides[side])}
              isOptional
              name={`fourT.${side}.words`}
              value={given.words}
              onChange={(words) => onFourT({ ...fourT, [side]: { ...given, words } })}
              fault={faultOf(`fourT.${side}.words`)}
            />
          </div>
        )
      })}
    </div>
  )
}
