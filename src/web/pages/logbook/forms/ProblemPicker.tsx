/** Which of the stated problems: those that are open, and those that were chosen before. */
import { dimensionNames } from '../../../../domain/logbook/indicators.ts'
import type { ProblemCase } from '../../../../domain/logbook/state.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { useLocale } from '../../../text/locale.ts'
import { CheckboxGroup } from '../../../ui/Choice.tsx'

export interface ProblemPickerProps {
  label: string
  hint?: string
  problems: readonly ProblemCase[]
  chosen: readonly string[]
  onChoose: (ids: string[]) => void
  fault: string | null
  isOptional?: boolean
}

export function ProblemPicker(props: ProblemPickerProps) {
  const { label, hint, problems, chosen, onChoose, fault, isOptional = false } = props
  const text = useText(entryText)
  const locale = useLocale()
  return (
    <CheckboxGroup
      id="problemIds"
      label={label}
      hint={hint}
      isOptional={isOptional}
      fault={fault}
      options={problems.map((problem) => ({
        id: problem.id,
        label: problem.problem,
        description: `${dimensionNames[problem.dimension][locale]} · ${text.problemStates[problem.state]}`,
      }))}
      value={[...chosen]}
      onChange={onChoose}
    />
  )
}
