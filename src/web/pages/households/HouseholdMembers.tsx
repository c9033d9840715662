/** Who lives there, their national ids masked; who left, folded away. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type HouseholdView, type MemberView, nationalIdReveal } from '../../../contract/households.ts'
import { fullName } from '../../../domain/derive.ts'
import { formatNationalId } from '../../../domain/national-id.ts'
import { ask, problemOf } from '../../api.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { importFieldText } from '../../text/importWords.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Disclosure } from '../../ui/Navigation.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Section } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { isReason } from './ReasonDialog.tsx'
import { useBirthWords } from './wording.ts'

export function HouseholdMembers({ household }: { household: HouseholdView }) {
  const text = useText(householdText).page
  const [revealed, setRevealed] = useState<MemberView | null>(null)
  const columns = useMemberColumns(household, setRevealed)
  return (
    <Section title={`${text.members} (${household.members.length})`}>
      <DataTable
        caption={text.members}
        columns={columns}
        rows={household.members}
        rowKey={(member) => member.id}
        whenEmpty={<p className="soft">{text.noMembers}</p>}
      />
      {household.formerMembers.length > 0 && (
        <Disclosure title={`${text.former} (${household.formerMembers.length})`}>
          <DataTable
            caption={text.former}
            columns={columns}
            rows={household.formerMembers}
            rowKey={(member) => member.id}
          />
        </Disclosure>
      )}
      {revealed && <Reveal household={household} member={revealed} onClose={() => setRevealed(null)} />}
    </Section>
  )
}

function useMemberColumns(household: HouseholdView, onReveal: (member: MemberView) => void): Column<MemberView>[] {
  const text = useText(householdText).page
  const fields = useText(importFieldText)
  const birth = useBirthWords()
  const format = useFormat()
  return [
    { id: 'name', header: fields.names.fullName, cell: (member) => <strong>{fullName(member)}</strong> },
    { id: 'relation', header: fields.names.relation, cell: ({ relation }) => relation ?? '–' },
    {
      id: 'id',
      header: fields.names.nationalId,
      cell: (member) => <MaskedId member={member} mayReveal={household.may.reveal} onReveal={() => onReveal(member)} />,
    },
    { id: 'birth', header: text.ageColumn, cell: (member) => birth(member, household.asOf) },
    { id: 'sex', header: fields.names.sex, cell: ({ sex }) => (sex ? fields.sexes[sex] : '–') },
    { id: 'occupation', header: fields.names.occupation, cell: ({ occupation }) => occupation ?? '–' },
    {
      id: 'income',
      header: text.income,
      align: 'end',
      cell: ({ annualIncome }) => format.number(annualIncome),
    },
  ]
}

function MaskedId({ member, mayReveal, onReveal }: { member: MemberView; mayReveal: boolean; onReveal: () => void }) {
  const text = useText(householdText).page
  if (!member.nationalId) return <span className="soft">{text.noId}</span>
  return (
    <span className="masked-id">
      <span>
        <span className="number">{member.nationalId.masked}</span>
        {text.idKinds[member.nationalId.kind] && (
          <span className="fine-print">{text.idKinds[member.nationalId.kind]}</span>
        )}
      </span>
      {mayReveal && <IconButton icon="eye" label={text.revealOf(fullName(member))} onPress={onReveal} />}
    </span>
  )
}

/** The digits live only as long as the window is open. */
function Reveal({ household, member, onClose }: { household: HouseholdView; member: MemberView; onClose: () => void }) {
  const text = useText(householdText).page
  const common = useText(commonText)
  const [reason, setReason] = useState('')
  const [wasSent, setSent] = useState(false)
  const { province, id } = household
  const reveal = useMutation({
    mutationFn: () => ask(nationalIdReveal, { province, id, memberId: member.id, reason: reason.trim() }),
    gcTime: 0,
  })
  const send = () => {
    setSent(true)
    if (isReason(reason)) reveal.mutate()
  }
  return (
    <Dialog
      title={text.revealTitle}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      actions={(close) =>
        reveal.data ? (
          <Button kind="primary" onPress={close}>
            {common.close}
          </Button>
        ) : (
          <>
            <Button kind="primary" icon="eye" isPending={reveal.isPending} onPress={send}>
              {text.revealDo}
            </Button>
            <Button onPress={close}>{common.cancel}</Button>
          </>
        )
      }
    >
      <p>
        <strong>{fullName(member)}</strong>
      </p>
      {reveal.data ? (
        <output>
          <p className="revealed-id number">{formatNationalId(reveal.data.nationalId)}</p>
          <p className="soft">{text.revealGone}</p>
        </output>
      ) : (
        <>
          <p className="soft">{text.revealLead}</p>
          <TextField
            label={text.reason}
            hint={text.reasonHint}
            value={reason}
            onChange={setReason}
            maxLength={300}
            fault={wasSent && !isReason(reason) ? text.reasonFault : null}
            onKeyDown={(event) => event.key === 'Enter' && send()}
          />
          {reveal.error && <ProblemAlert problem={problemOf(reveal.error)} />}
        </>
      )}
    </Dialog>
  )
}
