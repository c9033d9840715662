/** Problems and needs: those that are open with one touch for "the same", and one screen for each new one. */
import { useState } from 'react'
import type { PhoneHousehold } from '../../../contract/sync.ts'
import { dimensions } from '../../../domain/logbook/entry.ts'
import { dimensionNames } from '../../../domain/logbook/indicators.ts'
import { newId } from '../../new-id.ts'
import { blankProblem, type TypedContents, type TypedProblem } from '../../pages/logbook/typed.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { entryText } from '../../text/entry.ts'
import { fieldFormText } from '../../text/fieldForm.ts'
import { useFormat } from '../../text/format.ts'
import { Button, Choices, TextArea, TextInput, useFirstFault } from '../parts.tsx'
import { HealthPart } from './HealthPart.tsx'

type Assessment = TypedContents['assessment']

export interface ProblemsStepProps {
  household: PhoneHousehold
  assessment: Assessment
  isSame: boolean
  onAssessment: (assessment: Assessment, isSame: boolean) => void
}

export function ProblemsStep({ household, assessment, isSame, onAssessment }: ProblemsStepProps) {
  const text = useText(fieldFormText).problems
  const desk = useText(entryFormText).assessment
  const common = useText(commonText)
  const format = useFormat()
  const [open, setOpen] = useState<string | null>(() => assessment.problems.find(isHalf)?.id ?? null)
  const { problems } = assessment
  const known = new Set(household.case.problems.map(({ id }) => id))
  const change = (id: string, changes: Partial<TypedProblem>) =>
    onAssessment(
      {
        ...assessment,
        noProblem: false,
        problems: problems.map((one) => (one.id === id ? { ...one, ...changes } : one)),
      },
      isSame,
    )
  const edited = problems.find(({ id }) => id === open)
  if (edited)
    return (
      <ProblemFields
        household={household}
        problem={edited}
        onChange={(changes) => change(edited.id, changes)}
        onDone={() => setOpen(null)}
        onRemove={
          known.has(edited.id)
            ? null
            : () => {
                onAssessment({ ...assessment, problems: problems.filter(({ id }) => id !== edited.id) }, isSame)
                setOpen(null)
              }
        }
      />
    )
  return (
    <>
      {problems.length > 0 && (
        <ul className="problem-list">
          {problems.map((problem) => (
            <li key={problem.id}>
              <p className="problem-kind">{problem.dimension && dimensionNames[problem.dimension][format.locale]}</p>
              <p className="problem-words">{problem.problem || '–'}</p>
              {problem.need && <p>{`${text.need}: ${problem.need}`}</p>}
              <Button
                kind="quiet"
                icon="edit"
                label={`${text.edit}: ${problem.problem}`}
                onPress={() => setOpen(problem.id)}
              >
                {text.edit}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {problems.some(({ id }) => known.has(id)) && (
        <button type="button" className="chip" aria-pressed={isSame} onClick={() => onAssessment(assessment, !isSame)}>
          {text.same}
        </button>
      )}
      <Button
        icon="plus"
        onPress={() => {
          const problem = blankProblem(newId())
          onAssessment({ ...assessment, noProblem: false, problems: [...problems, problem] }, isSame)
          setOpen(problem.id)
        }}
      >
        {text.add}
      </Button>
      {problems.length === 0 && (
        <button
          type="button"
          className="chip"
          aria-pressed={assessment.noProblem}
          onClick={() => onAssessment({ ...assessment, noProblem: !assessment.noProblem }, false)}
        >
          {desk.noProblem}
        </button>
      )}
      <HealthPart
        household={household}
        given={assessment.health ?? []}
        onHealth={(health) => onAssessment({ ...assessment, health: health.length > 0 ? health : undefined }, isSame)}
      />
      <p className="only-for-readers">{common.optional}</p>
    </>
  )
}

/** Begun and not usable yet: it is opened again with the screen. */
function isHalf({ dimension, problem }: TypedProblem): boolean {
  return (dimension === null) !== (problem.trim() === '') || (dimension === null && problem === '')
}

const whole = 'whole'

function ProblemFields({
  household,
  problem,
  onChange,
  onDone,
  onRemove,
}: {
  household: PhoneHousehold
  problem: TypedProblem
  onChange: (changes: Partial<TypedProblem>) => void
  onDone: () => void
  onRemove: (() => void) | null
}) {
  const text = useText(fieldFormText).problems
  const words = useText(entryText)
  const common = useText(commonText)
  const format = useFormat()
  const [asked, setAsked] = useState(0)
  const isAsked = asked > 0
  useFirstFault(asked)
  const lacksKind = problem.dimension === null
  const lacksWords = problem.problem.trim() === ''
  return (
    <div className="sub-screen">
      <Choices
        label={text.which}
        isCompact
        fault={isAsked && lacksKind ? text.dimensionNeeded : null}
        options={dimensions.map((id) => ({ id, label: dimensionNames[id][format.locale] }))}
        value={problem.dimension ? [problem.dimension] : []}
        onChange={([id]) => onChange({ dimension: dimensions.find((one) => one === id) ?? null, indicator: null })}
      />
      <TextArea
        label={text.what}
        rows={3}
        fault={isAsked && lacksWords ? text.wordsNeeded : null}
        value={problem.problem}
        onChange={(said) => onChange({ problem: said })}
      />
      <TextInput label={text.need} maxLength={2000} value={problem.need} onChange={(need) => onChange({ need })} />
      <TextInput
        label={text.solution}
        maxLength={2000}
        value={problem.solution}
        onChange={(solution) => onChange({ solution })}
      />
      {household.members.length > 1 && (
        <Choices
          label={text.whose}
          isCompact
          options={[
            { id: whole, label: words.wholeHousehold },
            ...household.members.map(({ id, firstName }) => ({ id, label: firstName })),
          ]}
          value={[problem.memberId ?? whole]}
          onChange={([id]) => onChange({ memberId: id === whole ? null : (id ?? null) })}
        />
      )}
      <Button
        kind="primary"
        icon="check"
        onPress={() => {
          if (lacksKind || lacksWords) setAsked(asked + 1)
          else onDone()
        }}
      >
        {text.ready}
      </Button>
      {onRemove && (
        <Button kind="quiet" icon="cross" onPress={onRemove}>
          {common.remove}
        </Button>
      )}
    </div>
  )
}
