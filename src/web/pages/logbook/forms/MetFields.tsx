/** Who was met: members by name, others as typed. */
import { useText } from '../../../text/dictionary.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { CheckboxGroup } from '../../../ui/Choice.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { TypedMet } from '../typed.ts'
import type { Scene } from './fields.ts'

export interface MetFieldsProps {
  scene: Scene
  met: TypedMet
  onMet: (met: TypedMet) => void
  fault: string | null
}

export function MetFields({ scene, met, onMet, fault }: MetFieldsProps) {
  const text = useText(entryFormText).met
  return (
    <>
      {scene.members.length > 0 && (
        <CheckboxGroup
          label={text.label}
          hint={text.hint}
          isOptional
          options={scene.members.map(({ id, name }) => ({ id, label: name }))}
          value={met.memberIds}
          onChange={(memberIds) => onMet({ ...met, memberIds })}
        />
      )}
      <TextField
        label={text.others}
        hint={text.othersHint}
        isOptional
        name="met"
        value={met.others}
        onChange={(others) => onMet({ ...met, others })}
        fault={fault}
      />
    </>
  )
}
