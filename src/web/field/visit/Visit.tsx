/** A visit, one question a screen. What is typed is on the phone a moment later, with the screen it stands on. */
import { useEffect, useState } from 'react'
import { latestDay } from '../../offline/clock.ts'
import type { PhoneHouseholdView } from '../../offline/phone.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { fieldText } from '../../text/field.ts'
import { fieldFormText } from '../../text/fieldForm.ts'
import { saveForm } from '../save.ts'
import { HappenedOn } from '../DayField.tsx'
import { nameOfForm } from '../forms.ts'
import { KeptMark, type Saving, Unkept } from '../KeptMark.tsx'
import { readKept, useKeeping } from '../keep.ts'
import { known } from '../known.ts'
import { Button, Choices, Screen, Spinner, useFirstFault } from '../parts.tsx'
import { useHousehold, usePhone } from '../phone.tsx'
import { go, goBack } from '../router.ts'
import {
  beginHelp,
  beginVisit,
  readVisit,
  stepsOf,
  type VisitDraft,
  type VisitReading,
  type VisitStep,
} from './draft.ts'
import { HelpFields } from './HelpFields.tsx'
import { PhotoStep } from './PhotoStep.tsx'
import { PlaceStep } from './PlaceStep.tsx'
import { ProblemsStep } from './ProblemsStep.tsx'
import { ChangedStep, FourTStep, MetStep, NextStep, ResultStep, WordsStep } from './steps.tsx'
import { Summary } from './Summary.tsx'

export function Visit({ id }: { id: string }) {
  const phone = usePhone()
  const text = useText(fieldText)
  const common = useText(commonText)
  const [begun, setBegun] = useState<VisitDraft | null>(null)
  // Of the moment at which the form opened: what a sync brings while somebody types changes nothing under their hands.
  const [known, setKnown] = useState<PhoneHouseholdView | null>(null)
  const household = useHousehold(id, known !== null)
  useEffect(() => {
    if (!household || known) return
    let isCurrent = true
    void readKept(phone, nameOfForm({ kind: 'visit', id })).then((draft) => {
      if (!isCurrent) return
      setBegun(draft ? (draft as VisitDraft) : newVisit(household, phone))
      setKnown(household)
    })
    return () => {
      isCurrent = false
    }
  }, [phone, household, known, id])
  if (household === null && !known)
    return (
      <Screen title={text.household.gone}>
        <Button onPress={goBack}>{common.back}</Button>
      </Screen>
    )
  if (!begun || !known)
    return (
      <Screen title={common.loading}>
        <Spinner label={common.loading} />
      </Screen>
    )
  return <VisitForm household={known} begun={begun} onSaved={() => go({ page: 'saved', id: id }, { replace: true })} />
}

function newVisit(household: PhoneHouseholdView, phone: ReturnType<typeof usePhone>): VisitDraft {
  const { day, isSure } = phone.today()
  return beginVisit({
    household,
    today: isSure ? day : null,
    fourTVersion: known().fourT.version,
    newId: () => phone.newId(),
  })
}

interface VisitFormProps {
  household: PhoneHouseholdView
  begun: VisitDraft
  onSaved: () => void
}

function VisitForm({ household, begun, onSaved }: VisitFormProps) {
  const phone = usePhone()
  const text = useText(fieldFormText)
  const common = useText(commonText)
  const field = useText(fieldText)
  const [draft, setDraft] = useState(begun)
  const [faults, setFaults] = useState<VisitReading['faults']>([])
  const [state, setState] = useState<Saving>('typing')
  const name = nameOfForm({ kind: 'visit', id: household.id })
  const keeping = useKeeping(name, draft)
  const today = phone.today()
  const fourT = known().fourT
  const steps = stepsOf(draft)
  const at = Math.max(0, steps.indexOf(draft.step))
  const step = steps[at] ?? 'met'
  useFirstFault(faults, step)
  const change = (changes: Partial<VisitDraft>) => setDraft((before) => ({ ...before, ...changes }))
  const changeVisit = (changes: Partial<VisitDraft['visit']>) =>
    setDraft((before) => ({ ...before, visit: { ...before.visit, ...changes } }))
  const goTo = (next: VisitStep) => {
    change({ step: next })
    window.scrollTo(0, 0)
  }
  const faultOf = (of: VisitStep) => faults.find((one) => one.step === of)?.fields ?? null

  async function leave() {
    await keeping.flush()
    goBack()
  }

  async function save() {
    const read = readVisit(draft, latestDay(today), {
      nobodySeen: text.met.nobodySeen,
      stepNames: text.steps,
    })
    setFaults(read.faults)
    if (read.faults.length > 0) return
    setState('saving')
    const { items } = read
    const photoIds = [...draft.visit.photos, ...(draft.help?.photos ?? [])]
    setState(await saveForm({ phone, keeping, name, household: draft.household, items, photoIds, onSaved }))
  }

  const body = {
    met: () => (
      <>
        <HappenedOn
          day={draft.happenedOn}
          today={today}
          fault={faultOf('met')?.has('happenedOn') ? text.day.notChosen : null}
          onDay={(happenedOn) => change({ happenedOn })}
        />
        <MetStep
          household={household}
          met={draft.visit.met}
          nobodyHome={draft.nobodyHome}
          fault={faultOf('met')?.has('seen') ? text.met.needed : null}
          onMet={(met, nobodyHome) =>
            setDraft((before) => ({ ...before, nobodyHome, visit: { ...before.visit, met } }))
          }
        />
      </>
    ),
    changed: () => (
      <ChangedStep household={household} seen={draft.visit.seen} onSeen={(seen) => changeVisit({ seen })} />
    ),
    problems: () => (
      <ProblemsStep
        household={household}
        assessment={draft.assessment}
        isSame={draft.sameProblems}
        onAssessment={(assessment, sameProblems) => change({ assessment, sameProblems })}
      />
    ),
    fourT: () => (
      <FourTStep
        fourT={draft.assessment.fourT}
        offered={fourT}
        onFourT={(answered) => change({ assessment: { ...draft.assessment, fourT: answered } })}
      />
    ),
    help: () => (
      <>
        <Choices
          label={text.steps.help}
          isLabelHidden
          options={[
            { id: 'none', label: text.help.none },
            { id: 'given', label: text.help.given },
          ]}
          value={[draft.help ? 'given' : 'none']}
          onChange={([id]) => {
            if (id === 'none') change({ help: null })
            else if (!draft.help)
              change({
                help: beginHelp({
                  household,
                  today: today.day,
                  fourTVersion: fourT.version,
                  newId: () => phone.newId(),
                }),
              })
          }}
        />
        {draft.help && (
          <HelpFields
            help={draft.help}
            problems={draft.assessment.problems.filter(({ problem }) => problem.trim() !== '')}
            faults={faultOf('help')}
            onHelp={(changeHelp) =>
              setDraft((before) => (before.help ? { ...before, help: changeHelp(before.help) } : before))
            }
          />
        )}
      </>
    ),
    result: () => (
      <ResultStep
        household={household}
        results={draft.result.results}
        onResults={(results) => change({ result: { results } })}
      />
    ),
    photos: () => (
      <PhotoStep
        photos={draft.visit.photos}
        onPhotos={(changePhotos) =>
          setDraft((before) => ({ ...before, visit: { ...before.visit, photos: changePhotos(before.visit.photos) } }))
        }
      />
    ),
    place: () => (
      <PlaceStep
        place={draft.visit.place}
        isKnown={household.latitude !== null}
        onPlace={(place) => changeVisit({ place })}
      />
    ),
    words: () => <WordsStep words={draft.visit.words} onWords={(words) => changeVisit({ words })} />,
    next: () => (
      <NextStep
        day={draft.visit.nextOn}
        today={draft.happenedOn ?? today.day}
        onDay={(nextOn) => changeVisit({ nextOn })}
      />
    ),
    summary: () => (
      <Summary draft={draft} household={household} faults={faults} onWhy={(why) => change({ why })} onStep={goTo} />
    ),
  } satisfies Record<VisitStep, () => React.ReactNode>

  const isLast = step === 'summary'
  const previous = steps[at - 1]
  const next = steps[at + 1]
  return (
    <Screen
      key={step}
      title={text.steps[step]}
      top={
        <>
          <div className="step-top">
            <Button kind="quiet" icon="chevronLeft" onPress={() => void leave()}>
              {text.leave}
            </Button>
            <span className="soft number">{text.step(String(at + 1), String(steps.length))}</span>
          </div>
          <progress value={at + 1} max={steps.length} aria-label={text.step(String(at + 1), String(steps.length))} />
          <p className="whose">{household.headName ?? field.today.noName}</p>
        </>
      }
      actions={
        <>
          <div className="kept-row">
            <KeptMark keeping={keeping} />
            {!isLast && (at > 0 || faults.length > 0) && (
              <Button kind="quiet" onPress={() => goTo('summary')}>
                {text.toSummary}
              </Button>
            )}
          </div>
          <div className="pair">
            {previous && <Button onPress={() => goTo(previous)}>{common.back}</Button>}
            {isLast ? (
              <Button kind="primary" isBig isPending={state === 'saving'} onPress={() => void save()}>
                {state === 'saving' ? text.saving : text.save}
              </Button>
            ) : (
              <Button kind="primary" isBig onPress={() => next && goTo(next)}>
                {common.next}
              </Button>
            )}
          </div>
        </>
      }
    >
      {body[step]()}
      <Unkept saving={state} keeping={keeping} />
      {isLast && (
        <Button kind="quiet" onPress={() => go({ page: 'today' })}>
          {text.backHome}
        </Button>
      )}
    </Screen>
  )
}
