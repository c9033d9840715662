import { dimensions } from '../../../../domain/logbook/entry.ts'
import { dimensionNames, editionOn } from '../../../../domain/logbook/indicators.ts'
import { newId } from '../../../new-id.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { useLocale } from '../../../text/locale.ts'
import { Button, ButtonRow, IconButton } from '../../../ui/Button.tsx'
import { RadioGroup, Select } from '../../../ui/Choice.tsx'
import { TextAreaField, TextField } from '../../../ui/TextField.tsx'
import { blankProblem, type TypedProblem } from '../typed.ts'
import type { Scene } from './fields.ts'
import { MemberSelect } from './MemberSelect.tsx'

const notStated = 'none'

export interface ProblemRowsProps {
  scene: Scene
  problems: readonly TypedProblem[]
  /** The day of the assessment: which edition of the indicators is asked. */
  day: string
  onProblems: (problems: TypedProblem[]) => void
  faultOf: (field: string) => string | null
}

/** The problems of an assessment, each with its need and way of solving it. */
export function ProblemRows({ scene, problems, day, onProblems, faultOf }: ProblemRowsProps) {
  const text = useText(entryFormText).assessment
  const locale = useLocale()
  const edition = editionOn(day)
  const change = (at: number, changes: Partial<TypedProblem>) =>
    onProblems(problems.map((row, index) => (index === at ? { ...row, ...changes } : row)))
  return (
    <>
      {problems.map((row, index) => {
        const number = String(index + 1)
        const fits = edition.indicators.filter(({ dimension }) => dimension === row.dimension)
        return (
          <fieldset key={row.id} className="form-part">
            <legend>{text.problemNumber(number)}</legend>
            {problems.length > 1 && (
              <div className="form-part-tools">
                <IconButton
                  icon="cross"
                  label={text.removeProblem(number)}
                  onPress={() => onProblems(problems.filter(({ id }) => id !== row.id))}
                />
              </div>
            )}
            <RadioGroup
              label={text.dimension}
              id={`problems.${index}.dimension`}
              orientation="horizontal"
              options={dimensions.map((id) => ({ id, label: dimensionNames[id][locale] }))}
              value={row.dimension}
              onChange={(id) =>
                change(index, { dimension: dimensions.find((one) => one === id) ?? null, indicator: null })
              }
              fault={faultOf(`problems.${index}.dimension`)}
            />
            <TextAreaField
              label={text.problem}
              rows={2}
              name={`problems.${index}.problem`}
              value={row.problem}
              onChange={(problem) => change(index, { problem })}
              fault={faultOf(`problems.${index}.problem`)}
            />
            <TextField
              label={text.need}
              isOptional
              name={`problems.${index}.need`}
              value={row.need}
              onChange={(need) => change(index, { need })}
              fault={faultOf(`problems.${index}.need`)}
            />
            <TextField
              label={text.solution}
              isOptional
              name={`problems.${index}.solution`}
              value={row.solution}
              onChange={(solution) => change(index, { solution })}
              fault={faultOf(`problems.${index}.solution`)}
            />
            <div className="field-pair">
              <MemberSelect
                scene={scene}
                memberId={row.memberId}
                onMember={(memberId) => change(index, { memberId })}
              />
              {fits.length > 0 && (
                <Select
                  label={text.indicator}
                  isOptional
                  options={[
                    { id: notStated, label: text.noIndicator },
                    ...fits.map((one) => ({ id: String(one.number), label: `${one.number}. ${one[locale]}` })),
                  ]}
                  value={row.indicator?.edition === edition.code ? String(row.indicator.number) : notStated}
                  onChange={(id) =>
                    change(index, {
                      indicator: id === notStated ? null : { edition: edition.code, number: Number(id) },
                    })
                  }
                />
              )}
            </div>
          </fieldset>
        )
      })}
      <ButtonRow>
        <Button size="small" icon="plus" onPress={() => onProblems([...problems, blankProblem(newId())])}>
          {text.addProblem}
        </Button>
      </ButtonRow>
    </>
  )
}
