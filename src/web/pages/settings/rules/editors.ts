/** What every editor of a kind of rules is given. */
import type { Rules } from '../../../../domain/logbook/rules/index.ts'
import type { Option } from '../../../ui/Choice.tsx'

export interface EditorProps<Rule> {
  value: Rule
  /** Null while it is only read. */
  onChange: ((value: Rule) => void) | null
  /** The rules of the place as they are saved: what this kind may name. */
  rules: Rules
  /** The target lists of the place. */
  lists: readonly Option[]
}

/** The words of a code among options; the code itself while nothing is known of it. */
export function nameOfOption(options: readonly Option[], id: string): string {
  return options.find((option) => option.id === id)?.label ?? id
}
