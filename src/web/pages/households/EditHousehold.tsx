/** All facts and members of a household, to be changed; what others changed meanwhile is shown, nothing typed is lost. */
import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { householdEdit, householdShow, type HouseholdView } from '../../../contract/households.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { ask, problemOf } from '../../api.ts'
import { usePerson } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { householdText } from '../../text/household.ts'
import { householdFormText } from '../../text/householdForm.ts'
import { BuddhistDateField } from '../../ui/BuddhistDateField.tsx'
import { Button, ButtonRow, LinkButton } from '../../ui/Button.tsx'
import { EmptyState, FaultSummary, Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Form, PageHeader, Section, Stack } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { Answered } from '../shared/Answered.tsx'
import { householdAddress } from './address.ts'
import { Conflicts } from './Conflicts.tsx'
import { changesOf, faultsOf, isNothing, rebase, type TypedHousehold, typedFrom } from './draft.ts'
import { type FaultWords, useFaultWords } from './faultWords.ts'
import { HouseFields } from './HouseFields.tsx'
import { useHouseholdCrumbs } from './useHouseholdCrumbs.ts'
import { MembersFields } from './MemberFields.tsx'
import { useHousehold } from './useHousehold.ts'
import { useHouseholdChanged } from './useHouseholdChanged.ts'
import { useTyped } from './useTyped.ts'
import { useToday } from './useToday.ts'
import './households.css'

export default function EditHousehold() {
  const household = useHousehold(useParams<{ province: string; id: string }>())
  return <Answered query={household}>{(found) => <Editable household={found} />}</Answered>
}

function Editable({ household }: { household: HouseholdView }) {
  const text = useText(householdFormText)
  const page = useText(householdText).page
  if (household.may.edit && household.state === 'active') return <EditForm household={household} />
  return (
    <EmptyState
      icon="household"
      title={text.edit.notAllowed}
      actions={<LinkButton href={householdAddress(household)}>{page.crumb}</LinkButton>}
    />
  )
}

interface Draft {
  /** What the typing began with. */
  base: HouseholdView
  /** Set when others changed it meanwhile: what it was before they did. */
  earlier: HouseholdView | null
  typed: TypedHousehold
}

const noFaults: FaultWords = new Map()

function EditForm({ household }: { household: HouseholdView }) {
  const text = useText(householdFormText)
  const common = useText(commonText)
  const crumbs = useHouseholdCrumbs(household, text.edit.title)
  const person = usePerson()
  const [, navigate] = useLocation()
  const today = useToday()
  const changed = useHouseholdChanged()
  const words = useFaultWords()
  const start = (): Draft => ({ base: household, earlier: null, typed: typedFrom(household) })
  const draft = useTyped<Draft>(`${person.id} edit ${household.id}`, start, isTouched)
  const { base, earlier, typed } = draft.typed
  const [faults, setFaults] = useState<FaultWords>(noFaults)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const [isSending, setSending] = useState(false)
  // Date fields keep what they began with; another beginning needs fresh ones.
  const [formKey, setFormKey] = useState(0)
  const setTyped = (next: TypedHousehold) => draft.setTyped((old) => ({ ...old, typed: next }))
  const discard = () => {
    draft.setTyped(start())
    setFaults(noFaults)
    setProblem(null)
    setFormKey((key) => key + 1)
  }
  return (
    <>
      <PageHeader title={text.edit.title} lead={household.headName} crumbs={crumbs} />
      <Form onSubmit={() => void save()} label={text.edit.title}>
        {draft.wasRecalled && isTouched(draft.typed) && (
          <Notice title={text.edit.recalled} actions={<Button onPress={discard}>{text.edit.discard}</Button>} />
        )}
        {earlier && <Conflicts earlier={earlier} newest={base} typed={typed} onTake={take} />}
        <FaultSummary key={`faults ${String(isSending)}`} faults={words.summary(faults, typed)} />
        {problem && <ProblemAlert problem={problem} />}
        <Stack key={formKey} gap="large">
          <Section title={text.where}>
            <HouseFields
              typed={typed}
              onChange={setTyped}
              faults={faults}
              within={household.province}
              isBrief={false}
            />
          </Section>
          <Section title={text.who}>
            <MembersFields typed={typed} onChange={setTyped} faults={faults} />
          </Section>
          <Section title={text.change}>
            <BuddhistDateField
              label={text.asOf}
              hint={text.asOfHint}
              name="asOf"
              isOptional
              latest={today}
              defaultValue={typed.asOf === 'unreadable' ? null : typed.asOf}
              onChange={(asOf) => setTyped({ ...typed, asOf })}
              fault={faults.get('asOf')}
            />
            <TextField
              label={text.reason}
              hint={text.reasonHint}
              name="reason"
              isOptional
              maxLength={300}
              value={typed.reason}
              onChange={(reason) => setTyped({ ...typed, reason })}
            />
          </Section>
        </Stack>
        <ButtonRow>
          <Button type="submit" kind="primary" isPending={isSending}>
            {text.edit.save}
          </Button>
          <LinkButton href={householdAddress(household)} onPress={discard}>
            {common.cancel}
          </LinkButton>
        </ButtonRow>
      </Form>
    </>
  )

  function take(next: TypedHousehold) {
    setTyped(next)
    setFormKey((key) => key + 1)
  }

  async function save() {
    if (isSending) return
    setProblem(null)
    const found = words.ofFaults(faultsOf(typed, { needsMember: false }))
    setFaults(found)
    if (found.size > 0) return
    const edit = changesOf(base, typed)
    if (isNothing(edit)) {
      showToast({ message: text.edit.nothing, tone: 'attention' })
      return
    }
    setSending(true)
    const { province, id, version } = base
    try {
      const asOf = typed.asOf && typed.asOf !== 'unreadable' ? typed.asOf.date : null
      const reason = typed.reason.trim() || null
      const saved = await ask(householdEdit, { province, id, version, ...edit, asOf, reason })
      draft.setTyped({ base: saved, earlier: null, typed: typedFrom(saved) })
      await changed(saved)
      showToast({ message: text.edit.saved })
      navigate(householdAddress(saved))
    } catch (error) {
      await refused(problemOf(error))
    } finally {
      setSending(false)
    }
  }

  async function refused(answer: ProblemAnswer) {
    setProblem(answer)
    setFaults(answer.problem === 'invalidFacts' ? words.ofProblem(answer, typed) : noFaults)
    if (answer.problem !== 'conflictingEdit') return
    const newest = await ask(householdShow, { province: base.province, id: base.id }).catch(() => null)
    if (!newest) return
    setProblem(null)
    draft.setTyped((old) => ({ base: newest, earlier: old.base, typed: rebase(old.base, newest, old.typed) }))
    setFormKey((key) => key + 1)
    window.scrollTo(0, 0)
  }
}

function isTouched({ base, typed }: Draft): boolean {
  return !isNothing(changesOf(base, typed)) || typed.reason !== '' || typed.members.some((member) => member.isNew)
}
