import { paths, stages } from '../../../../domain/logbook/entry.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { Checkbox, RadioGroup } from '../../../ui/Choice.tsx'
import { Disclosure } from '../../../ui/Navigation.tsx'
import { NumberField, TextAreaField } from '../../../ui/TextField.tsx'
import { isDay } from '../typed.ts'
import { AnswerFields } from './AnswerFields.tsx'
import type { FieldsProps } from './fields.ts'
import { FourTFields } from './FourTFields.tsx'
import { HealthFields } from './HealthFields.tsx'
import { ProblemRows } from './ProblemRows.tsx'

const byRule = 'rule'

/** Problems with needs and solutions, the 4ท analysis, the indicators, and how the person judges the household. */
export function AssessmentFields({
  scene,
  content,
  change,
  faultOf,
  happenedOn,
}: FieldsProps<'assessment'> & { happenedOn: string | null }) {
  const text = useText(entryFormText).assessment
  const words = useText(entryText)
  const day = isDay(happenedOn) ? happenedOn : scene.today
  return (
    <>
      <Checkbox
        isSelected={content.noProblem}
        onChange={(noProblem) => change({ noProblem })}
        isDisabled={!content.noProblem && content.problems.some(({ problem }) => problem.trim() !== '')}
      >
        {text.noProblem}
      </Checkbox>
      {!content.noProblem && (
        <ProblemRows
          scene={scene}
          problems={content.problems}
          day={day}
          onProblems={(problems) => change({ problems })}
          faultOf={faultOf}
        />
      )}
      <section className="entry-section">
        <h2>{text.fourT}</h2>
        <p className="soft">{text.fourTLead}</p>
        <FourTFields scene={scene} fourT={content.fourT} onFourT={(fourT) => change({ fourT })} faultOf={faultOf} />
      </section>
      <NumberField
        label={text.income}
        unit={text.incomeUnit}
        isOptional
        width="medium"
        id="incomePerPerson"
        minValue={0}
        value={content.incomePerPerson ?? Number.NaN}
        onChange={(value) => change({ incomePerPerson: Number.isNaN(value) ? null : Math.round(value) })}
        fault={faultOf('incomePerPerson')}
      />
      <div>
        <Disclosure title={text.answers} isOpenAtFirst={content.answers.length > 0}>
          <AnswerFields
            scene={scene}
            given={content.answers}
            health={content.health ?? []}
            day={day}
            onAnswers={(answers) => change({ answers })}
          />
        </Disclosure>
        {scene.members.length > 0 && (
          <Disclosure title={text.health} isOpenAtFirst={(content.health ?? []).length > 0}>
            <div className="entry-section">
              <HealthFields scene={scene} given={content.health ?? []} onHealth={(health) => change({ health })} />
            </div>
          </Disclosure>
        )}
        <Disclosure title={text.class} isOpenAtFirst={content.path !== null || content.stage !== null}>
          <div className="entry-section">
            <RadioGroup
              label={text.path}
              isOptional
              orientation="horizontal"
              options={[{ id: byRule, label: text.byRule }, ...paths.map((id) => ({ id, label: words.paths[id] }))]}
              value={content.path ?? byRule}
              onChange={(id) => change({ path: paths.find((one) => one === id) ?? null })}
            />
            <RadioGroup
              label={text.stage}
              isOptional
              orientation="horizontal"
              options={[{ id: byRule, label: text.byRule }, ...stages.map((id) => ({ id, label: words.stages[id] }))]}
              value={content.stage ?? byRule}
              onChange={(id) => change({ stage: stages.find((one) => one === id) ?? null })}
            />
          </div>
        </Disclosure>
      </div>
      <TextAreaField
        label={text.words}
        isOptional
        rows={2}
        name="words"
        value={content.words}
        onChange={(said) => change({ words: said })}
        fault={faultOf('words')}
      />
    </>
  )
}
