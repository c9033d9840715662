/** The screens of a visit, one question each. They change typed contents, and are used for corrections as well. */
import { useState } from 'react'
import type { PhoneHousehold } from '../../../contract/sync.ts'
import { fullName } from '../../../domain/derive.ts'
import { addDays, addMonths, endOfMonth } from '../../../domain/days.ts'
import { fourTSides, problemResults } from '../../../domain/logbook/entry.ts'
import { dimensionNames } from '../../../domain/logbook/indicators.ts'
import { isDay, type TypedContents, type TypedMet } from '../../pages/logbook/typed.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { fieldFormText } from '../../text/fieldForm.ts'
import { useFormat } from '../../text/format.ts'
import { DayField } from '../DayField.tsx'
import { EntryWords } from '../EntryWords.tsx'
import type { FourTChoices } from '../known.ts'
import { Button, Choices, TextArea, TextInput } from '../parts.tsx'

const nobodyId = 'nobody'

export function MetStep({
  household,
  met,
  nobodyHome,
  onMet,
  fault,
}: {
  household: PhoneHousehold
  met: TypedMet
  nobodyHome: boolean
  onMet: (met: TypedMet, nobodyHome: boolean) => void
  fault?: string | null
}) {
  const text = useText(fieldFormText)
  return (
    <>
      <Choices
        label={text.steps.met}
        isLabelHidden
        isMany
        fault={fault ?? null}
        options={[
          ...household.members.map((member) => ({
            id: member.id,
            label: fullName(member),
            note: member.relation ?? undefined,
          })),
          { id: nobodyId, label: text.met.nobody },
        ]}
        value={nobodyHome ? [nobodyId] : met.memberIds}
        onChange={(ids) => {
          const isNobody = ids.includes(nobodyId) && !nobodyHome
          onMet({ ...met, memberIds: isNobody ? [] : ids.filter((id) => id !== nobodyId) }, isNobody)
        }}
      />
      {!nobodyHome && (
        <TextInput
          label={text.met.others}
          maxLength={300}
          value={met.others}
          onChange={(others) => onMet({ ...met, others }, false)}
        />
      )}
    </>
  )
}

export function ChangedStep({
  household,
  seen,
  onSeen,
}: {
  household: PhoneHousehold
  seen: string
  onSeen: (seen: string) => void
}) {
  const text = useText(fieldFormText)
  const format = useFormat()
  const last = household.recent.find(({ said }) => said?.kind === 'visit' || said?.kind === 'followUp')
  return (
    <>
      <div className="before">
        {last?.said ? (
          <>
            <p className="before-title">{text.changed.last(format.date(last.happenedOn))}</p>
            <EntryWords said={last.said} household={household} />
          </>
        ) : (
          <p>{text.changed.firstTime}</p>
        )}
      </div>
      {last && seen === '' && (
        <Button icon="check" onPress={() => onSeen(text.changed.sameWords)}>
          {text.changed.same}
        </Button>
      )}
      <TextArea label={text.changed.seen} hint={text.optionalWords} value={seen} onChange={onSeen} />
    </>
  )
}

export function FourTStep({
  fourT,
  offered,
  onFourT,
}: {
  fourT: TypedContents['assessment']['fourT']
  offered: FourTChoices
  onFourT: (fourT: TypedContents['assessment']['fourT']) => void
}) {
  const text = useText(fieldFormText)
  const { sides } = useText(entryText)
  const format = useFormat()
  return (
    <>
      <p className="lead">{text.fourT.lead}</p>
      {fourTSides.map((side) => {
        const given = fourT[side]
        const options = offered.choices[side].map((choice) => ({ id: choice.code, label: choice[format.locale] }))
        const older = given.choices.filter((code) => !options.some(({ id }) => id === code))
        return (
          <details key={side} className="side" open={given.choices.length > 0 || given.words !== ''}>
            <summary>
              {sides[side]}
              {given.choices.length > 0 && <span className="mark number">{format.number(given.choices.length)}</span>}
            </summary>
            <Choices
              label={sides[side]}
              isLabelHidden
              isMany
              isCompact
              options={[...options, ...older.map((code) => ({ id: code, label: code }))]}
              value={given.choices}
              onChange={(choices) => onFourT({ ...fourT, [side]: { ...given, choices } })}
            />
            <TextArea
              label={`${sides[side]}: ${text.fourT.ownWords}`}
              rows={2}
              value={given.words}
              onChange={(words) => onFourT({ ...fourT, [side]: { ...given, words } })}
            />
          </details>
        )
      })}
    </>
  )
}

const notYetKnown = 'unknown'

export function ResultStep({
  household,
  results,
  onResults,
}: {
  household: PhoneHousehold
  results: TypedContents['result']['results']
  onResults: (results: TypedContents['result']['results']) => void
}) {
  const text = useText(fieldFormText).result
  const desk = useText(entryFormText).result
  const words = useText(entryText)
  const format = useFormat()
  const change = (at: number, changes: Partial<(typeof results)[number]>) =>
    onResults(results.map((row, index) => (index === at ? { ...row, ...changes } : row)))
  return (
    <>
      {results.map((row, index) => {
        const problem = household.case.problems.find(({ id }) => id === row.problemId)
        return (
          <section key={row.problemId} className="result">
            <p className="problem-kind">{problem && dimensionNames[problem.dimension][format.locale]}</p>
            <h2>{problem?.problem ?? '–'}</h2>
            <Choices
              label={text.lead}
              options={[
                ...problemResults.map((id) => ({ id, label: words.problemStates[id] })),
                { id: notYetKnown, label: text.unknown },
              ]}
              value={[row.result ?? notYetKnown]}
              onChange={([id]) => change(index, { result: problemResults.find((one) => one === id) ?? null })}
            />
            {row.result !== null && (
              <TextArea
                label={desk.words}
                rows={2}
                value={row.words}
                onChange={(said) => change(index, { words: said })}
              />
            )}
          </section>
        )
      })}
    </>
  )
}

export function WordsStep({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const text = useText(fieldFormText)
  const desk = useText(entryFormText).visit
  return (
    <TextArea
      label={text.steps.words}
      hint={`${desk.wordsHint} · ${text.optionalWords}`}
      rows={6}
      value={words}
      onChange={onWords}
    />
  )
}

export function NextStep({
  day,
  today,
  onDay,
}: {
  day: string | null
  today: string
  onDay: (day: string | null) => void
}) {
  const text = useText(fieldFormText)
  const format = useFormat()
  const [isOther, setOther] = useState(false)
  const inMonths = (months: number) => {
    const month = addMonths(today.slice(0, 7), months)
    const last = endOfMonth(month)
    const same = `${month}-${today.slice(8)}`
    return same > last ? last : same
  }
  const offers: [string, string][] = [
    [addDays(today, 14), text.next.weeks('2')],
    [inMonths(1), text.next.month],
    [inMonths(3), text.next.months('3')],
  ]
  const isOffered = offers.some(([offer]) => offer === day)
  const year = Number(today.slice(0, 4))
  return (
    <>
      <Choices
        label={text.steps.next}
        isLabelHidden
        options={[
          ...offers.map(([id, label]) => ({ id, label, note: format.date(id) })),
          { id: 'other', label: text.day.other },
          { id: 'none', label: text.next.none },
        ]}
        value={[isOther || (isDay(day) && !isOffered) ? 'other' : (day ?? 'none')]}
        onChange={([id]) => {
          setOther(id === 'other')
          onDay(id === 'none' || id === 'other' ? null : (id ?? null))
        }}
      />
      {(isOther || (isDay(day) && !isOffered)) && (
        <DayField label={text.steps.next} day={day} onDay={onDay} years={[year, year + 1]} />
      )}
    </>
  )
}
