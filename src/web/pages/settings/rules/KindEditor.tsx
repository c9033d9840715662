/** The editor of whatever kind of rules; without `onChange` it only shows what they say. */
import type { ReactNode } from 'react'
import type { RuleKind, Rules } from '../../../../domain/logbook/rules/index.ts'
import { ClassesEditor } from './ClassesEditor.tsx'
import { DutyEditor } from './DutyEditor.tsx'
import type { EditorProps } from './editors.ts'
import { FactsEditor } from './FactsEditor.tsx'
import { FourTEditor } from './FourTEditor.tsx'
import { MilestonesEditor } from './MilestonesEditor.tsx'
import { OutcomesEditor } from './OutcomesEditor.tsx'

const editors: { [Kind in RuleKind]: (props: EditorProps<Rules[Kind]>) => ReactNode } = {
  fourT: FourTEditor,
  outcomes: OutcomesEditor,
  facts: FactsEditor,
  milestones: MilestonesEditor,
  duty: DutyEditor,
  classes: ClassesEditor,
}

export function KindEditor({ kind, ...props }: EditorProps<Rules[RuleKind]> & { kind: RuleKind }) {
  const Editor = editors[kind] as (props: EditorProps<Rules[RuleKind]>) => ReactNode
  return <Editor {...props} />
}
