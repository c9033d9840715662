/** The indicators of the day's edition, answered for the household; three answers and none at all. */
import { answers, type IndicatorRef } from '../../../../domain/logbook/entry.ts'
import { editionOn, type IndicatorAnswer } from '../../../../domain/logbook/indicators.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { useLocale } from '../../../text/locale.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import type { TypedAnswer } from '../typed.ts'
import type { Scene } from './fields.ts'

export interface AnswerFieldsProps {
  scene: Scene
  /** Of the whole household and of members; only the former are asked here, the latter stay as they are. */
  given: readonly TypedAnswer[]
  /** The day of the assessment: which edition is asked. */
  day: string
  onAnswers: (answers: TypedAnswer[]) => void
}

export function AnswerFields({ scene, given, day, onAnswers }: AnswerFieldsProps) {
  const text = useText(entryFormText).assessment
  const words = useText(entryText)
  const locale = useLocale()
  const edition = editionOn(day)
  const before = lastAnswers(scene)
  const isAt = (ref: IndicatorRef, number: number) => ref.edition === edition.code && ref.number === number
  const answerTo = (list: readonly TypedAnswer[], number: number) =>
    list.find((one) => one.memberId === null && isAt(one, number))?.answer ?? null
  const set = (number: number, answer: IndicatorAnswer | null) => {
    const others = given.filter((one) => one.memberId !== null || !isAt(one, number))
    onAnswers(answer === null ? others : [...others, { edition: edition.code, number, memberId: null, answer }])
  }
  const open = edition.indicators.filter(({ number }) => answerTo(given, number) === null)
  const repeatable = open.flatMap(({ number }) => {
    const answer = answerTo(before, number)
    return answer === null ? [] : [{ edition: edition.code, number, memberId: null, answer }]
  })
  return (
    <>
      <p className="soft">{text.answersLead}</p>
      <p>
        {text.answersGiven(String(edition.indicators.length - open.length), String(edition.indicators.length))} ·{' '}
        {words.editions[edition.code]}
      </p>
      {repeatable.length > 0 && (
        <div>
          <Button size="small" onPress={() => onAnswers([...given, ...repeatable])}>
            {text.asBefore}
          </Button>
        </div>
      )}
      <ol className="answer-list">
        {edition.indicators.map(({ number, [locale]: name }) => {
          const answer = answerTo(given, number)
          const earlier = answerTo(before, number)
          return (
            <li key={number}>
              <fieldset className="answer-row">
                <legend>
                  {number}. {name}
                  {earlier && <span className="entry-part-note">{text.before(words.answers[earlier])}</span>}
                </legend>
                <div className="answer-choices">
                  {answers.map((one) => (
                    <label key={one} className="answer-choice" data-answer={one}>
                      <input
                        type="radio"
                        name={`answer-${number}`}
                        checked={answer === one}
                        onChange={() => set(number, one)}
                      />
                      <span>{words.answers[one]}</span>
                    </label>
                  ))}
                  {answer !== null && (
                    <IconButton
                      icon="cross"
                      label={text.clearAnswer(String(number))}
                      onPress={() => set(number, null)}
                    />
                  )}
                </div>
              </fieldset>
            </li>
          )
        })}
      </ol>
    </>
  )
}

/** What was answered in the latest assessment that asked anything. */
function lastAnswers({ found }: Scene): readonly TypedAnswer[] {
  for (const { said } of found.entries)
    if (said?.kind === 'assessment' && said.content.answers.length > 0) return said.content.answers
  return []
}
