/** The people of a household: typed one below the other, the head first. */
import { highestIncome, memberTextLimits } from '../../../domain/member.ts'
import { newId } from '../../new-id.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdFormText } from '../../text/householdForm.ts'
import { importFieldText } from '../../text/importWords.ts'
import { BuddhistDateField } from '../../ui/BuddhistDateField.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { RadioGroup } from '../../ui/Choice.tsx'
import { NationalIdField } from '../../ui/NationalIdField.tsx'
import { Disclosure } from '../../ui/Navigation.tsx'
import { NumberField, TextField } from '../../ui/TextField.tsx'
import { emptyMember, memberField, type MemberText, type TypedHousehold, type TypedMember } from './draft.ts'
import type { FaultWords } from './faultWords.ts'
import { useToday } from './useToday.ts'

export interface MembersFieldsProps {
  typed: TypedHousehold
  onChange: (typed: TypedHousehold) => void
  faults: FaultWords
}

const notKnown = 'notKnown'

export function MembersFields({ typed, onChange, faults }: MembersFieldsProps) {
  const text = useText(householdFormText)
  const format = useFormat()
  const here = typed.members.filter((member) => member.isHere)
  const gone = typed.members.filter((member) => !member.isHere)
  const change = (member: TypedMember) =>
    onChange({ ...typed, members: typed.members.map((old) => (old.id === member.id ? member : old)) })
  return (
    <>
      {here.map((member, index) => (
        <fieldset key={member.id} className="form-part">
          <legend className="member-legend">
            {text.memberTitle(format.number(index + 1))}
            {index === 0 && <span className="soft"> · {text.headMark}</span>}
          </legend>
          {index > 0 && (
            <div className="form-part-tools">
              <IconButton icon="arrowUp" label={text.up(nameOf(member))} onPress={() => moveUp(member)} />
            </div>
          )}
          <MemberFields member={member} isHead={index === 0} onChange={change} faults={faults} />
          {(here.length > 1 || !member.isNew) && (
            <div>
              <Button kind="quiet" size="small" icon="cross" onPress={() => takeOut(member)}>
                {member.isNew ? text.takeOut : text.left}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      {faults.get('members') && <p className="field-fault">{faults.get('members')}</p>}
      <div id="members">
        <Button icon="plus" onPress={() => onChange({ ...typed, members: [...here, emptyMember(newId()), ...gone] })}>
          {text.addMember}
        </Button>
      </div>
      {gone.length > 0 && (
        <ul className="gone-members" aria-label={text.leftList}>
          {gone.map((member) => (
            <li key={member.id}>
              <span>
                {nameOf(member)} <span className="soft">· {text.left}</span>
              </span>
              <Button size="small" icon="undo" onPress={() => change({ ...member, isHere: true })}>
                {text.back}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  )

  function nameOf(member: TypedMember): string {
    return [member.texts.firstName, member.texts.lastName].filter(Boolean).join(' ') || text.nameless
  }

  function moveUp(member: TypedMember) {
    const at = here.indexOf(member)
    const before = here[at - 1]
    if (!before) return
    onChange({ ...typed, members: [...here.toSpliced(at - 1, 2, member, before), ...gone] })
  }

  function takeOut(member: TypedMember) {
    if (member.isNew) onChange({ ...typed, members: typed.members.filter(({ id }) => id !== member.id) })
    else change({ ...member, isHere: false })
  }
}

interface MemberFieldsProps {
  member: TypedMember
  isHead: boolean
  onChange: (member: TypedMember) => void
  faults: FaultWords
}

function MemberFields({ member, isHead, onChange, faults }: MemberFieldsProps) {
  const text = useText(householdFormText)
  const fields = useText(importFieldText)
  const { names, sexes } = fields
  const today = useToday()
  const faultOf = (field: string) => faults.get(memberField(member.id, field))
  return (
    <>
      {line('title', { hint: text.titleHint, width: 'short' })}
      <div className="field-pair">
        {line('firstName', { isOptional: false })}
        {line('lastName')}
      </div>
      {!isHead && line('relation', { hint: text.relationHint, width: 'medium' })}
      <IdField member={member} onChange={onChange} fault={faultOf('nationalId')} />
      <BuddhistDateField
        label={names.birthDate}
        name={memberField(member.id, 'birthDate')}
        isOptional
        latest={today}
        defaultValue={member.birth === 'unreadable' ? null : member.birth}
        onChange={(birth) => onChange({ ...member, birth })}
        fault={faultOf('birthDate')}
      />
      <RadioGroup
        label={names.sex}
        isOptional
        orientation="horizontal"
        value={member.sex ?? notKnown}
        options={[
          { id: 'female', label: sexes.female },
          { id: 'male', label: sexes.male },
          { id: notKnown, label: text.sexNotKnown },
        ]}
        onChange={(sex) => onChange({ ...member, sex: sex === 'male' || sex === 'female' ? sex : null })}
      />
      <Disclosure title={text.moreMember} isOpenAtFirst={!member.isNew}>
        <div className="field-pair">
          {line('occupation')}
          <NumberField
            label={names.annualIncome}
            unit={text.incomeUnit}
            isOptional
            minValue={0}
            maxValue={highestIncome}
            value={member.annualIncome}
            onChange={(annualIncome) => onChange({ ...member, annualIncome })}
            fault={faultOf('annualIncome')}
          />
        </div>
      </Disclosure>
    </>
  )

  function line(
    field: MemberText,
    looks: { hint?: string; isOptional?: boolean; width?: 'short' | 'medium' | 'full' } = {},
  ) {
    return (
      <TextField
        isOptional
        {...looks}
        label={names[field]}
        name={memberField(member.id, field)}
        maxLength={memberTextLimits[field]}
        autoComplete="off"
        value={member.texts[field]}
        onChange={(value) => onChange({ ...member, texts: { ...member.texts, [field]: value } })}
        fault={faultOf(field)}
      />
    )
  }
}

/** A saved id is never shown here: it stays, is typed anew, or is taken off. */
function IdField({
  member,
  onChange,
  fault,
}: {
  member: TypedMember
  onChange: (member: TypedMember) => void
  fault: string | undefined
}) {
  const text = useText(householdFormText)
  const names = useText(importFieldText).names
  const { savedId } = member
  return (
    <div className="id-field">
      <NationalIdField
        label={names.nationalId}
        name={memberField(member.id, 'nationalId')}
        isOptional
        value={member.nationalId}
        onChange={(nationalId) => onChange({ ...member, nationalId })}
        fault={fault}
        {...(savedId && { hint: text.savedId(savedId.masked) })}
      />
      {savedId && member.nationalId === '' && (
        <div>
          <Button kind="quiet" size="small" onPress={() => onChange({ ...member, savedId: null })}>
            {text.takeIdOff}
          </Button>
        </div>
      )}
    </div>
  )
}
