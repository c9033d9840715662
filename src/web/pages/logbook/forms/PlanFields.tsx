import { planHorizons, planStepStates } from '../../../../domain/logbook/entry.ts'
import { newId } from '../../../new-id.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { Button, ButtonRow, IconButton } from '../../../ui/Button.tsx'
import { RadioGroup, Select } from '../../../ui/Choice.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { blankStep, type TypedStep } from '../typed.ts'
import { DayField } from './DayField.tsx'
import type { FieldsProps } from './fields.ts'

const noProblem = 'none'

/** Steps of the plan that are new, and those that are there and change. */
export function PlanFields({ scene, content, change, faultOf }: FieldsProps<'plan'>) {
  const text = useText(entryFormText).plan
  const words = useText(entryText)
  const { state } = scene.found
  const { steps } = content
  const changeStep = (at: number, changes: Partial<TypedStep>) =>
    change({ steps: steps.map((step, index) => (index === at ? { ...step, ...changes } : step)) })
  const untouched = state.plan.filter(({ id }) => !steps.some((step) => step.id === id))
  return (
    <>
      {steps.map((step, index) => (
        <fieldset key={step.id} className="form-part">
          <legend>{text.step(String(index + 1))}</legend>
          {steps.length > 1 && (
            <div className="form-part-tools">
              <IconButton
                icon="cross"
                label={text.remove(String(index + 1))}
                onPress={() => change({ steps: steps.filter(({ id }) => id !== step.id) })}
              />
            </div>
          )}
          <TextField
            label={text.text}
            name={`steps.${index}.text`}
            value={step.text}
            onChange={(said) => changeStep(index, { text: said })}
            fault={faultOf(`steps.${index}.text`)}
          />
          <RadioGroup
            label={text.horizon}
            orientation="horizontal"
            options={planHorizons.map((id) => ({ id, label: words.horizons[id] }))}
            value={step.horizon}
            onChange={(id) => changeStep(index, { horizon: planHorizons.find((one) => one === id) ?? 'now' })}
          />
          <TextField
            label={text.owner}
            hint={text.ownerHint}
            isOptional
            name={`steps.${index}.owner`}
            value={step.owner}
            onChange={(owner) => changeStep(index, { owner })}
            fault={faultOf(`steps.${index}.owner`)}
          />
          <DayField
            label={text.dueOn}
            hint=""
            isOptional
            name={`steps.${index}.dueOn`}
            day={step.dueOn}
            onDay={(dueOn) => changeStep(index, { dueOn })}
            fault={faultOf(`steps.${index}.dueOn`)}
          />
          <div className="field-pair">
            <Select
              label={text.state}
              options={planStepStates.map((id) => ({ id, label: words.stepStates[id] }))}
              value={step.state}
              onChange={(id) => changeStep(index, { state: planStepStates.find((one) => one === id) ?? 'planned' })}
            />
            {state.problems.length > 0 && (
              <Select
                label={text.problem}
                isOptional
                options={[
                  { id: noProblem, label: text.noProblem },
                  ...state.problems.map(({ id, problem }) => ({ id, label: problem })),
                ]}
                value={step.problemId ?? noProblem}
                onChange={(id) => changeStep(index, { problemId: id === noProblem ? null : id })}
              />
            )}
          </div>
        </fieldset>
      ))}
      <ButtonRow>
        <Button size="small" icon="plus" onPress={() => change({ steps: [...steps, blankStep(newId())] })}>
          {text.add}
        </Button>
      </ButtonRow>
      {untouched.length > 0 && (
        <div className="form-part">
          <p className="field-label">{text.existing}</p>
          <ButtonRow>
            {untouched.map((step) => (
              <Button
                key={step.id}
                size="small"
                icon="edit"
                onPress={() => change({ steps: [...withoutBlank(steps), { ...step, owner: step.owner ?? '' }] })}
              >
                {text.change(step.text)}
              </Button>
            ))}
          </ButtonRow>
        </div>
      )}
    </>
  )
}

/** A step that nothing was written into makes room. */
function withoutBlank(steps: readonly TypedStep[]): TypedStep[] {
  return steps.filter(({ text, owner, dueOn }) => text !== '' || owner !== '' || dueOn !== null)
}
