/** States and verdicts by word and shape. */
import type { BatchState } from '../../../contract/imports.ts'
import type { Verdict } from '../../../domain/import/verdict.ts'
import { useText } from '../../text/dictionary.ts'
import { importStateText, verdictText } from '../../text/importWords.ts'
import { StateMark, type Tone } from '../../ui/Feedback.tsx'
import type { IconName } from '../../ui/Icon.tsx'
import { stateMarks } from './batch.ts'

export function BatchStateMark({ state }: { state: BatchState }) {
  return <StateMark {...stateMarks[state]}>{useText(importStateText)[state]}</StateMark>
}

const verdictMarks: Readonly<Record<Verdict, { tone: Tone; icon: IconName }>> = {
  new: { tone: 'success', icon: 'plus' },
  same: { tone: 'neutral', icon: 'check' },
  update: { tone: 'info', icon: 'edit' },
  match: { tone: 'info', icon: 'list' },
  duplicate: { tone: 'neutral', icon: 'file' },
  conflict: { tone: 'attention', icon: 'triangle' },
  invalid: { tone: 'danger', icon: 'cross' },
}

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  return <StateMark {...verdictMarks[verdict]}>{useText(verdictText).names[verdict]}</StateMark>
}
