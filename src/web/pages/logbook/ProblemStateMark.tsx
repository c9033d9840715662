import type { ProblemState } from '../../../domain/logbook/state.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { StateMark, type Tone } from '../../ui/Feedback.tsx'
import type { IconName } from '../../ui/Icon.tsx'

/** Tone is the third sign; word and shape tell the state by themselves, each state its own shape. */
const looks: Record<ProblemState, readonly [Tone, IconName]> = {
  open: ['attention', 'circle'],
  helped: ['info', 'clock'],
  solved: ['success', 'check'],
  partly: ['info', 'half'],
  bySelf: ['success', 'person'],
  notYet: ['attention', 'triangle'],
  beyondArea: ['neutral', 'arrowUp'],
  relapsed: ['danger', 'undo'],
}

/** How far a problem is, by its word and its shape. */
export function ProblemStateMark({ state }: { state: ProblemState }) {
  const text = useText(entryText).problemStates
  const [tone, icon] = looks[state]
  return (
    <StateMark tone={tone} icon={icon}>
      {text[state]}
    </StateMark>
  )
}
