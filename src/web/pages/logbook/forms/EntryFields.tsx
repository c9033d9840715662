/** The fields of an entry by its kind. */
import type { FormKind, TypedContents, TypedEntry } from '../typed.ts'
import { AssessmentFields } from './AssessmentFields.tsx'
import { AssistanceFields } from './AssistanceFields.tsx'
import type { FieldsProps, Scene } from './fields.ts'
import { FollowUpFields } from './FollowUpFields.tsx'
import { HoldFields } from './HoldFields.tsx'
import { OutcomeFields } from './OutcomeFields.tsx'
import { PlanFields } from './PlanFields.tsx'
import { RelapseFields } from './RelapseFields.tsx'
import { ResultFields } from './ResultFields.tsx'
import { VisitFields } from './VisitFields.tsx'

export interface EntryFieldsProps {
  scene: Scene
  typed: TypedEntry
  onContent: (content: TypedContents[FormKind]) => void
  faultOf: (field: string) => string | null
}

export function EntryFields({ scene, typed, onContent, faultOf }: EntryFieldsProps) {
  function props<Kind extends FormKind>(_kind: Kind): FieldsProps<Kind> {
    const content = typed.content as TypedContents[Kind]
    return { scene, content, change: (changes) => onContent({ ...content, ...changes }), faultOf }
  }
  switch (typed.kind) {
    case 'assessment':
      return <AssessmentFields {...props('assessment')} happenedOn={typed.happenedOn} />
    case 'visit':
      return <VisitFields {...props('visit')} />
    case 'assistance':
      return <AssistanceFields {...props('assistance')} happenedOn={typed.happenedOn} corrects={typed.corrects} />
    case 'result':
      return <ResultFields {...props('result')} />
    case 'followUp':
      return <FollowUpFields {...props('followUp')} />
    case 'plan':
      return <PlanFields {...props('plan')} />
    case 'relapse':
      return <RelapseFields {...props('relapse')} />
    case 'hold':
      return <HoldFields {...props('hold')} />
    case 'outcome':
      return <OutcomeFields {...props('outcome')} />
  }
}
