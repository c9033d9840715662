/** A household found in the village, for a village head with a phone: where, who, checked against the registry, saved. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import {
  householdAdd,
  householdCheck,
  type HouseholdRef,
  householdShow,
  householdWithdraw,
} from '../../../contract/households.ts'
import type { OutputOf } from '../../../contract/route.ts'
import { ask, problemOf } from '../../api.ts'
import { newId } from '../../new-id.ts'
import { useMay, usePerson } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { householdText } from '../../text/household.ts'
import { householdFormText } from '../../text/householdForm.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { EmptyState, FaultSummary, Notice } from '../../ui/Feedback.tsx'
import { Stepper } from '../../ui/Navigation.tsx'
import { Form, PageHeader, Section } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { AddCheck } from './AddCheck.tsx'
import { householdAddress } from './address.ts'
import { draftOf, emptyHousehold, faultsOf, type TypedHousehold } from './draft.ts'
import { type FaultWords, useFaultWords } from './faultWords.ts'
import { HouseFields } from './HouseFields.tsx'
import { MembersFields } from './MemberFields.tsx'
import { ownArea } from './useAreaName.ts'
import { useHouseholdChanged } from './useHouseholdChanged.ts'
import { useProblemToast } from './useProblemToast.ts'
import { useTyped } from './useTyped.ts'
import './households.css'

const steps = ['where', 'who', 'check'] as const
type Step = (typeof steps)[number]

interface Draft {
  /** Of the household to be: the same one sent twice is saved once. */
  id: string
  step: Step
  typed: TypedHousehold
}

const noFaults: FaultWords = new Map()

export default function AddHousehold() {
  const text = useText(householdFormText).add
  if (useMay('household.add')) return <AddForm />
  return <EmptyState icon="household" title={text.notAllowed} />
}

function AddForm() {
  const text = useText(householdFormText)
  const page = useText(householdText)
  const person = usePerson()
  const within = ownArea(person)
  const start = (): Draft => ({ id: newId(), step: 'where', typed: emptyHousehold(within || null, newId()) })
  const draft = useTyped<Draft>(`${person.id} add`, start, hasWords)
  const { id, step, typed } = draft.typed
  const words = useFaultWords()
  const [faults, setFaults] = useState<FaultWords>(noFaults)
  const [tries, setTries] = useState(0)
  const saved = useSaved(() => draft.setTyped(start()))
  const check = useMutation({
    mutationFn: () => ask(householdCheck, { draft: draftOf(typed) }),
    onError: (error) => showFaults(words.ofProblem(problemOf(error), typed)),
  })
  const add = useMutation({
    mutationFn: (separateReason: string | null) =>
      ask(householdAdd, { id, draft: draftOf(typed), foundOn: foundOn(typed), separateReason }),
    onSuccess: saved,
    onError: (error) => showFaults(words.ofProblem(problemOf(error), typed)),
  })
  const setTyped = (next: TypedHousehold) => draft.setTyped((old) => ({ ...old, typed: next }))
  const summary = <FaultSummary key={tries} faults={words.summary(faults, typed)} />
  const fields = { typed, onChange: setTyped, faults }
  return (
    <>
      <PageHeader
        title={text.add.title}
        lead={text.add.lead}
        crumbs={[{ label: page.title, href: '/households' }, { label: text.add.title }]}
      />
      <div className="one-column">
        <Stepper current={step} steps={steps.map((name) => ({ id: name, label: text.add.steps[name] }))} />
        {draft.wasRecalled && hasWords(draft.typed) && step === 'where' && (
          <Notice
            title={text.edit.recalled}
            actions={
              <Button size="small" onPress={() => draft.setTyped(start())}>
                {text.add.another}
              </Button>
            }
          />
        )}
        {step === 'where' && (
          <Form onSubmit={() => leave('where', 'who')} label={text.add.steps.where}>
            {summary}
            <HouseFields {...fields} within={within} isBrief />
            <ButtonRow>
              <Button type="submit" kind="primary">
                {text.add.toWho}
              </Button>
            </ButtonRow>
          </Form>
        )}
        {step === 'who' && (
          <Form onSubmit={() => leave('who', 'check')} label={text.add.steps.who}>
            {summary}
            <MembersFields {...fields} />
            <ButtonRow>
              <Button type="submit" kind="primary">
                {text.add.toCheck}
              </Button>
              <Button onPress={() => goTo('where')}>{text.add.backToWhere}</Button>
            </ButtonRow>
          </Form>
        )}
        {step === 'check' && (
          <Section title={text.add.review}>
            <AddCheck
              typed={typed}
              onChange={setTyped}
              verdict={add.data && add.data.verdict !== 'added' ? add.data : (check.data ?? null)}
              isChecking={check.isPending}
              isSaving={add.isPending}
              problem={add.error ? problemOf(add.error) : check.error ? problemOf(check.error) : null}
              onCheck={() => check.mutate()}
              onSave={(reason) => add.mutate(reason)}
            />
            <ButtonRow>
              <Button kind="quiet" icon="chevronLeft" onPress={() => goTo('who')}>
                {text.add.backToWho}
              </Button>
              <Button kind="quiet" icon="chevronLeft" onPress={() => goTo('where')}>
                {text.add.backToWhere}
              </Button>
            </ButtonRow>
          </Section>
        )}
      </div>
    </>
  )

  function goTo(next: Step) {
    draft.setTyped((old) => ({ ...old, step: next }))
    window.scrollTo(0, 0)
  }

  function leave(from: 'where' | 'who', to: Step) {
    const all = faultsOf(typed, { needsMember: true })
    const ofStep = new Map([...all].filter(([field]) => stepOf(field) === from))
    setFaults(words.ofFaults(ofStep))
    setTries((count) => count + 1)
    if (ofStep.size > 0) return
    check.reset()
    add.reset()
    goTo(to)
    if (to === 'check') check.mutate()
  }

  function showFaults(found: FaultWords) {
    // A wrong day stands on this step, beside its field's own words.
    const [first] = [...found.keys()].filter((field) => field !== 'foundOn')
    if (first === undefined) return
    setFaults(found)
    setTries((count) => count + 1)
    goTo(stepOf(first))
  }
}

function stepOf(field: string): 'where' | 'who' {
  return field.startsWith('member') ? 'who' : 'where'
}

function foundOn({ asOf }: TypedHousehold): string | null {
  return asOf && asOf !== 'unreadable' ? asOf.date : null
}

/** Something was typed that would be missed. */
function hasWords({ typed }: Draft): boolean {
  const texts = [...Object.values(typed.texts), ...typed.members.flatMap((member) => Object.values(member.texts))]
  return texts.some((text) => text !== '') || typed.members.some((member) => member.nationalId !== '')
}

/** Opens the household that was added, with a way to take it back for those who may. */
function useSaved(forget: () => void) {
  const text = useText(householdFormText).add
  const page = useText(householdText).page
  const [, navigate] = useLocation()
  const changed = useHouseholdChanged()
  const tellProblem = useProblemToast()
  const mayUndo = useMay('household.edit')
  const undo = async ({ province, id }: HouseholdRef) => {
    const { version } = await ask(householdShow, { province, id })
    await changed(await ask(householdWithdraw, { province, id, version, reason: page.undoReason }))
    showToast({ message: text.undone })
  }
  return async (answer: OutputOf<typeof householdAdd>) => {
    if (answer.verdict !== 'added') return
    forget()
    await changed()
    navigate(householdAddress(answer.household))
    showToast({
      message: text.saved,
      ...(mayUndo && { onUndo: () => void undo(answer.household).catch(tellProblem) }),
    })
  }
}
