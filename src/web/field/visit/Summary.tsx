/** Everything that will be saved, and what was not asked, before the one button. */
import type { PhoneHousehold } from '../../../contract/sync.ts'
import { isDay } from '../../pages/logbook/typed.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { fieldFormText } from '../../text/fieldForm.ts'
import { useFormat } from '../../text/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Button, Notice, TextArea } from '../parts.tsx'
import { isAnswered, skippedSteps, stepsOf, type VisitDraft, type VisitReading, type VisitStep } from './draft.ts'

export interface SummaryProps {
  draft: VisitDraft
  household: PhoneHousehold
  faults: VisitReading['faults']
  onWhy: (why: string) => void
  onStep: (step: VisitStep) => void
}

export function Summary({ draft, household, faults, onWhy, onStep }: SummaryProps) {
  const text = useText(fieldFormText)
  const words = useText(entryText)
  const format = useFormat()
  const skipped = skippedSteps(draft)
  const nameOf = (id: string) => household.members.find((member) => member.id === id)?.firstName ?? '–'
  const said: Record<Exclude<VisitStep, 'summary'>, string> = {
    met: draft.nobodyHome
      ? text.met.nobody
      : [...draft.visit.met.memberIds.map(nameOf), draft.visit.met.others].filter(Boolean).join(', '),
    changed: draft.visit.seen,
    problems: draft.assessment.problems.map(({ problem }) => problem).join(' · '),
    fourT: '',
    help: [draft.help?.what, draft.help?.value != null && words.baht(format.number(draft.help.value))]
      .filter(Boolean)
      .join(' · '),
    result: draft.result.results.flatMap(({ result }) => (result ? [words.problemStates[result]] : [])).join(' · '),
    photos: text.summary.photos(format.number(draft.visit.photos.length)),
    place: draft.visit.place ? text.place.taken(format.number(draft.visit.place.accuracyMetres)) : '',
    words: draft.visit.words,
    next: isDay(draft.visit.nextOn) ? format.date(draft.visit.nextOn) : '',
  }
  // To have nothing to say is an answer where nothing is the rule.
  const unsaid: Partial<Record<VisitStep, string>> = { help: text.help.none, next: text.next.none }
  return (
    <>
      {faults.length > 0 && (
        <Notice
          tone="danger"
          title={text.summary.faults}
          isLive
          actions={faults.map(({ step }) => (
            <Button key={step} icon="edit" onPress={() => onStep(step)}>
              {text.summary.mend(text.steps[step])}
            </Button>
          ))}
        />
      )}
      <p className="due-line">
        {draft.happenedOn ? format.date(draft.happenedOn, { month: 'long' }) : text.day.notChosen}
      </p>
      <ul className="summary">
        {stepsOf(draft)
          .filter((step) => step !== 'summary')
          .map((step) => {
            const isDone = isAnswered(draft, step)
            return (
              <li key={step} data-done={isDone || undefined}>
                <button type="button" onClick={() => onStep(step)}>
                  <Icon name={isDone ? 'check' : 'dash'} />
                  <span>
                    <strong>{text.steps[step]}</strong>
                    {isDone && said[step] && <span className="said">{said[step]}</span>}
                    {!isDone && <span className="soft">{unsaid[step] ?? text.summary.notAnswered}</span>}
                  </span>
                  <Icon name="edit" size="sm" />
                </button>
              </li>
            )
          })}
      </ul>
      {skipped.length > 0 ? (
        <>
          <p>
            <strong>{text.summary.skipped}:</strong> {skipped.map((step) => text.steps[step]).join(', ')}
          </p>
          <TextArea label={text.summary.why} rows={2} maxLength={1500} value={draft.why} onChange={onWhy} />
        </>
      ) : (
        <p className="soft">{text.summary.nothingSkipped}</p>
      )}
    </>
  )
}
