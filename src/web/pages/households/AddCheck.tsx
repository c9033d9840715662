/** What will be saved, and what the registry says to it: clear, already here, doubtful, or standing elsewhere. */
import { useState } from 'react'
import type { CheckVerdict, HouseholdRow } from '../../../contract/households.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { matchThresholds } from '../../../domain/matching.ts'
import { fullName } from '../../../domain/derive.ts'
import { addressLine } from '../../text/area.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { householdFormText } from '../../text/householdForm.ts'
import { importFieldText } from '../../text/importWords.ts'
import { BuddhistDateField } from '../../ui/BuddhistDateField.tsx'
import { Button, LinkButton, Spinner } from '../../ui/Button.tsx'
import { KeyValueList } from '../../ui/Facts.tsx'
import { Notice, ProblemAlert, StateMark } from '../../ui/Feedback.tsx'
import { Card, Columns, Stack } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { householdAddress } from './address.ts'
import type { TypedHousehold } from './draft.ts'
import { isReason } from './ReasonDialog.tsx'
import { useAreaName } from './useAreaName.ts'
import { useToday } from './useToday.ts'

export interface AddCheckProps {
  typed: TypedHousehold
  onChange: (typed: TypedHousehold) => void
  verdict: CheckVerdict | null
  isChecking: boolean
  isSaving: boolean
  problem: ProblemAnswer | null
  onCheck: () => void
  /** With why it is none of the doubtful ones. */
  onSave: (separateReason: string | null) => void
}

export function AddCheck(props: AddCheckProps) {
  const { typed, onChange, verdict, isChecking, problem, onCheck } = props
  const form = useText(householdFormText)
  const text = form.add
  const common = useText(commonText)
  const today = useToday()
  return (
    <Stack>
      <Review typed={typed} />
      <BuddhistDateField
        label={text.foundOn}
        hint={form.asOfHint}
        isOptional
        latest={today}
        defaultValue={typed.asOf === 'unreadable' ? null : typed.asOf}
        onChange={(asOf) => onChange({ ...typed, asOf })}
      />
      {problem && (
        <ProblemAlert problem={problem} actions={<Button onPress={() => onCheck()}>{common.retry}</Button>} />
      )}
      {isChecking && (
        <output className="page-coming">
          <Spinner /> {text.checking}
        </output>
      )}
      {!isChecking && !verdict && !problem && (
        <div>
          <Button kind="primary" onPress={() => onCheck()}>
            {text.toCheck}
          </Button>
        </div>
      )}
      {!isChecking && verdict && <Verdict {...props} verdict={verdict} />}
    </Stack>
  )
}

function Review({ typed }: { typed: TypedHousehold }) {
  const text = useText(householdFormText).add
  const names = useText(importFieldText).names
  const { inFull } = useAreaName(typed.areaCode ?? '')
  return (
    <Card title={text.mine}>
      <KeyValueList
        items={[
          { label: names.areaCode, value: inFull },
          { label: names.houseNumber, value: typed.texts.houseNumber || null },
          {
            label: text.people,
            value: (
              <ul>
                {typed.members
                  .filter((member) => member.isHere)
                  .map((member) => (
                    <li key={member.id}>{nameOf(member.texts)}</li>
                  ))}
              </ul>
            ),
          },
        ]}
      />
    </Card>
  )
}

function nameOf(texts: TypedHousehold['members'][number]['texts']): string {
  return fullName({ title: texts.title || null, firstName: texts.firstName, lastName: texts.lastName || null })
}

function Verdict({ verdict, isSaving, onSave }: AddCheckProps & { verdict: CheckVerdict }) {
  const text = useText(householdFormText).add
  if (verdict.verdict === 'clear')
    return (
      <Notice
        tone="success"
        title={text.clearTitle}
        isLive
        actions={
          <Button kind="primary" isPending={isSaving} onPress={() => onSave(null)}>
            {text.save}
          </Button>
        }
      >
        {text.clearText}
      </Notice>
    )
  if (verdict.verdict === 'alreadyHere')
    return (
      <Notice
        tone="attention"
        title={text.hereTitle}
        isLive
        actions={
          <LinkButton kind="primary" href={householdAddress(verdict.household)}>
            {text.openIt}
          </LinkButton>
        }
      >
        <p>{text.hereBecause[verdict.because]}</p>
        <HouseholdWords household={verdict.household} />
      </Notice>
    )
  if (verdict.verdict === 'standsElsewhere')
    return (
      <Notice tone="attention" title={text.elsewhereTitle} isLive>
        <p>{text.elsewhereAsk(verdict.centre ?? text.elsewhereUnknown)}</p>
        <p>{text.elsewhereNext}</p>
      </Notice>
    )
  return <Doubtful verdict={verdict} isSaving={isSaving} onSave={onSave} />
}

type DoubtfulVerdict = Extract<CheckVerdict, { verdict: 'doubtful' }>
type Candidate = DoubtfulVerdict['candidates'][number]

function Doubtful({
  verdict,
  isSaving,
  onSave,
}: Pick<AddCheckProps, 'isSaving' | 'onSave'> & { verdict: DoubtfulVerdict }) {
  const text = useText(householdFormText).add
  const page = useText(householdText).page
  const [reason, setReason] = useState('')
  const [wasSent, setSent] = useState(false)
  return (
    <>
      <Notice tone="attention" title={text.doubtfulTitle} isLive>
        {text.doubtfulText}
      </Notice>
      <Columns>
        {verdict.candidates.map(({ household, score, reasons }, index) => (
          <Card key={household.id} title={verdict.candidates.length > 1 ? text.choice(index + 1) : text.inRegistry}>
            <HouseholdWords household={household} />
            {score < matchThresholds.doubtful ? (
              // Nothing else makes a household doubtful that is so unlike.
              <StateMark tone="attention">{text.sameNumber}</StateMark>
            ) : (
              <Likeness score={score} reasons={reasons} />
            )}
            <div>
              <LinkButton size="small" href={householdAddress(household)}>
                {text.itIsThis}
              </LinkButton>
            </div>
          </Card>
        ))}
      </Columns>
      <TextField
        label={text.separateReason}
        hint={text.separateHint}
        value={reason}
        onChange={setReason}
        maxLength={300}
        fault={wasSent && !isReason(reason) ? page.reasonFault : null}
      />
      <div>
        <Button
          kind="primary"
          isPending={isSaving}
          onPress={() => {
            setSent(true)
            if (isReason(reason)) onSave(reason.trim())
          }}
        >
          {text.saveSeparate}
        </Button>
      </div>
    </>
  )
}

function Likeness({ score, reasons }: Pick<Candidate, 'score' | 'reasons'>) {
  const text = useText(householdFormText).add
  const terms = useText(importFieldText).terms
  const format = useFormat()
  return (
    <>
      <div>
        <StateMark tone="attention">{text.score(format.number(score))}</StateMark>
      </div>
      <ul className="fine-print">
        {reasons.map(({ term, points, of }) => (
          <li key={term}>
            {terms[term]}: {format.number(points)}/{format.number(of)}
          </li>
        ))}
      </ul>
    </>
  )
}

function HouseholdWords({ household }: { household: HouseholdRow }) {
  const text = useText(householdText)
  const form = useText(householdFormText).add
  const format = useFormat()
  return (
    <p>
      <strong>{household.headName ?? text.noHead}</strong>
      <br />
      {addressLine(household, household.place, format.locale, 'district')}
      <br />
      <span className="soft">
        {form.members} {format.number(household.memberCount)}
      </span>
    </p>
  )
}
