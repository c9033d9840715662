import { dimensionNames } from '../../../../domain/logbook/indicators.ts'
import { problemResults } from '../../../../domain/logbook/entry.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { useLocale } from '../../../text/locale.ts'
import { RadioGroup } from '../../../ui/Choice.tsx'
import { Notice } from '../../../ui/Feedback.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { FieldsProps } from './fields.ts'

const later = 'later'

/** What became of each problem; only those with an answer are recorded. */
export function ResultFields({ scene, content, change, faultOf }: FieldsProps<'result'>) {
  const text = useText(entryFormText).result
  const words = useText(entryText)
  const locale = useLocale()
  const { problems } = scene.found.state
  const changeRow = (at: number, changes: Partial<(typeof content.results)[number]>) =>
    change({ results: content.results.map((row, index) => (index === at ? { ...row, ...changes } : row)) })
  if (content.results.length === 0) return <Notice>{text.none}</Notice>
  return (
    <>
      <p className="soft">{text.lead}</p>
      {content.results.map((row, index) => {
        const problem = problems.find(({ id }) => id === row.problemId)
        return (
          <fieldset key={row.problemId} className="form-part">
            <legend>
              {problem?.problem ?? '–'}
              {problem && <span className="entry-part-note">{dimensionNames[problem.dimension][locale]}</span>}
            </legend>
            <RadioGroup
              label={words.kinds.result}
              id={`results.${index}.result`}
              isOptional
              orientation="horizontal"
              options={[
                { id: later, label: text.later },
                ...problemResults.map((id) => ({ id, label: words.problemStates[id] })),
              ]}
              value={row.result ?? later}
              onChange={(id) => changeRow(index, { result: problemResults.find((one) => one === id) ?? null })}
              fault={faultOf(`results.${index}.result`)}
            />
            {row.result !== null && (
              <TextField
                label={text.words}
                isOptional
                name={`results.${index}.words`}
                value={row.words}
                onChange={(said) => changeRow(index, { words: said })}
                fault={faultOf(`results.${index}.words`)}
              />
            )}
          </fieldset>
        )
      })}
    </>
  )
}
