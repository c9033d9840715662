/** The indicators of the day's edition, answered for the household or for each member whom they ask about. */
import { useState } from 'react'
import { answers } from '../../../../domain/logbook/entry.ts'
import { editionOn, type Indicator, type IndicatorAnswer, mayConcern } from '../../../../domain/logbook/indicators.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { useLocale } from '../../../text/locale.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import type { TypedAnswer, TypedHealth } from '../typed.ts'
import type { Scene } from './fields.ts'

export interface AnswerFieldsProps {
  scene: Scene
  given: readonly TypedAnswer[]
  /** As stated in this form; what was known before stands in the scene. */
  health: readonly TypedHealth[]
  /** The day of the assessment: which edition is asked, and how old everybody is. */
  day: string
  onAnswers: (answers: TypedAnswer[]) => void
}

export function AnswerFields({ scene, given, health, day, onAnswers }: AnswerFieldsProps) {
  const text = useText(entryFormText).assessment
  const words = useText(entryText)
  const edition = editionOn(day)
  const before = lastAnswers(scene)
  const of = (list: readonly TypedAnswer[], number: number) =>
    list.filter((one) => one.edition === edition.code && one.number === number)
  const set = (number: number, memberId: string | null, answer: IndicatorAnswer | null) => {
    const others = given.filter((one) => one.memberId !== memberId || !of([one], number).length)
    onAnswers(answer === null ? others : [...others, { edition: edition.code, number, memberId, answer }])
  }
  const concerned = ({ number, population }: Indicator) =>
    scene.members.filter(({ id, birthDate, sex }) => {
      const known = [...health, ...scene.found.health].find(({ memberId }) => memberId === id) ?? null
      const isAnswered = of(given, number).some(({ memberId }) => memberId === id)
      return isAnswered || mayConcern(population, { birthDate, sex, health: known }, day)
    })
  const open = edition.indicators.filter(({ number }) => of(given, number).length === 0)
  const repeatable = open.flatMap((indicator) => {
    const asked = new Set(concerned(indicator).map(({ id }) => id))
    return of(before, indicator.number).filter(({ memberId }) => memberId === null || asked.has(memberId))
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
        {edition.indicators.map((indicator) => (
          <AnswerRow
            key={indicator.number}
            indicator={indicator}
            given={of(given, indicator.number)}
            before={of(before, indicator.number)}
            members={concerned(indicator)}
            onAnswer={(memberId, answer) => set(indicator.number, memberId, answer)}
          />
        ))}
      </ol>
    </>
  )
}

interface AnswerRowProps {
  indicator: Indicator
  given: readonly TypedAnswer[]
  before: readonly TypedAnswer[]
  /** Those whom it asks about. */
  members: Scene['members']
  onAnswer: (memberId: string | null, answer: IndicatorAnswer | null) => void
}

function AnswerRow({ indicator, given, before, members, onAnswer }: AnswerRowProps) {
  const text = useText(entryFormText).assessment
  const locale = useLocale()
  const { number } = indicator
  const [isEach, setEach] = useState(false)
  const isApart = isEach || given.some(({ memberId }) => memberId !== null)
  const choices = (memberId: string | null, name: string) => (
    <Choices
      legend={name}
      name={`answer-${number}-${memberId ?? ''}`}
      clearLabel={memberId === null ? text.clearAnswer(String(number)) : text.clearAnswerOf(String(number), name)}
      given={given.find((one) => one.memberId === memberId)?.answer ?? null}
      before={before.find((one) => one.memberId === memberId)?.answer ?? null}
      onAnswer={(answer) => onAnswer(memberId, answer)}
    />
  )
  return (
    <li>
      {choices(null, `${number}. ${indicator[locale]}`)}
      {members.length > 0 && !isApart && (
        <Button size="small" kind="quiet" aria-label={text.eachMemberOf(String(number))} onPress={() => setEach(true)}>
          {text.eachMember}
        </Button>
      )}
      {isApart && (
        <ul className="answer-members">
          {members.map(({ id, name }) => (
            <li key={id}>{choices(id, name)}</li>
          ))}
        </ul>
      )}
    </li>
  )
}

interface ChoicesProps {
  legend: string
  name: string
  clearLabel: string
  given: IndicatorAnswer | null
  before: IndicatorAnswer | null
  onAnswer: (answer: IndicatorAnswer | null) => void
}

/** Three answers, and none at all. */
function Choices({ legend, name, clearLabel, given, before, onAnswer }: ChoicesProps) {
  const text = useText(entryFormText).assessment
  const words = useText(entryText)
  return (
    <fieldset className="answer-row">
      <legend>
        {legend}
        {before && <span className="entry-part-note">{text.before(words.answers[before])}</span>}
      </legend>
      <div className="answer-choices">
        {answers.map((one) => (
          <label key={one} className="answer-choice" data-answer={one}>
            <input type="radio" name={name} checked={given === one} onChange={() => onAnswer(one)} />
            <span>{words.answers[one]}</span>
          </label>
        ))}
        {given !== null && <IconButton icon="cross" label={clearLabel} onPress={() => onAnswer(null)} />}
      </div>
    </fieldset>
  )
}

/** What was answered in the latest assessment that asked anything. */
function lastAnswers({ found }: Scene): readonly TypedAnswer[] {
  for (const { said } of found.entries)
    if (said?.kind === 'assessment' && said.content.answers.length > 0) return said.content.answers
  return []
}
