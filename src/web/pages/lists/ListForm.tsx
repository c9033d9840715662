/** What a list says of itself: the fields that adding and editing share. */
import { useState } from 'react'
import { listCodeSchema } from '../../../contract/lists.ts'
import { useText } from '../../text/dictionary.ts'
import { listText } from '../../text/list.ts'
import { commonText } from '../../text/common.ts'
import { peopleText } from '../../text/people.ts'
import { sessionText } from '../../text/session.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { BuddhistDateField, type PartialDate } from '../../ui/BuddhistDateField.tsx'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Form } from '../../ui/Page.tsx'
import { NumberField, TextAreaField, TextField } from '../../ui/TextField.tsx'
import type { ListRow } from './Lists.tsx'

export interface ListFacts {
  code: string
  nameTh: string
  nameEn: string
  listDate: string
  document: string
  clause: string | null
  trust: number
}

export interface ListFormProps {
  label: string
  /** The list that is edited; absent while one is added. */
  before?: ListRow
  problem: ProblemAnswer | null
  isSending: boolean
  onSend: (facts: ListFacts) => void
  onCancel: () => void
}

export function ListForm({ label, before, problem, isSending, onSend, onCancel }: ListFormProps) {
  const text = useText(listText)
  const common = useText(commonText)
  const session = useText(sessionText)
  const people = useText(peopleText)
  const dateBefore: PartialDate | null = before ? { date: before.listDate, precision: 'day' } : null
  const [values, setValues] = useState({
    code: before?.code ?? '',
    nameTh: before?.nameTh ?? '',
    nameEn: before?.nameEn ?? '',
    document: before?.document ?? '',
    clause: before?.clause ?? '',
  })
  const [date, setDate] = useState<PartialDate | null | 'unreadable'>(dateBefore)
  const [trust, setTrust] = useState(before?.trust ?? 50)
  const [wasSent, setSent] = useState(false)
  const change = (changes: Partial<typeof values>) => setValues({ ...values, ...changes })
  const missing = (value: string) => (wasSent && value.trim() === '' ? session.required : null)
  const day = date !== null && date !== 'unreadable' && date.precision === 'day' ? date.date : null
  const isCodeRight = listCodeSchema.safeParse(values.code).success
  const isTrustRight = Number.isInteger(trust) && trust >= 1 && trust <= 100
  const isTaken = problem?.problem === 'alreadyExists'
  return (
    <Form
      label={label}
      onSubmit={() => {
        setSent(true)
        const needed = [values.nameTh, values.nameEn, values.document]
        if (day === null || !isCodeRight || !isTrustRight || needed.some((one) => one.trim() === '') || isSending)
          return
        onSend({ ...values, clause: values.clause.trim() === '' ? null : values.clause, listDate: day, trust })
      }}
    >
      {problem && !isTaken && <ProblemAlert problem={problem} />}
      <TextField
        label={text.nameTh}
        name="nameTh"
        maxLength={200}
        value={values.nameTh}
        onChange={(nameTh) => change({ nameTh })}
        fault={missing(values.nameTh)}
      />
      <TextField
        label={text.nameEn}
        name="nameEn"
        maxLength={200}
        value={values.nameEn}
        onChange={(nameEn) => change({ nameEn })}
        fault={missing(values.nameEn)}
      />
      {!before && (
        <TextField
          label={text.code}
          hint={text.codeHint}
          name="code"
          width="medium"
          maxLength={40}
          spellCheck="false"
          value={values.code}
          onChange={(code) => change({ code })}
          fault={isTaken ? text.codeTaken : wasSent && !isCodeRight ? text.codeFault : null}
        />
      )}
      <BuddhistDateField
        label={text.listDate}
        defaultValue={dateBefore}
        onChange={setDate}
        fault={wasSent && day === null ? people.dateWhole : null}
      />
      <TextAreaField
        label={text.document}
        hint={text.documentHint}
        name="document"
        rows={2}
        maxLength={300}
        value={values.document}
        onChange={(document) => change({ document })}
        fault={missing(values.document)}
      />
      <TextField
        label={text.clause}
        name="clause"
        isOptional
        maxLength={200}
        value={values.clause}
        onChange={(clause) => change({ clause })}
      />
      <NumberField
        label={text.trust}
        hint={`${text.trustHint} · ${text.assumption}`}
        value={trust}
        onChange={setTrust}
        minValue={1}
        maxValue={100}
        fault={wasSent && !isTrustRight ? text.trustFault : null}
      />
      <ButtonRow>
        <Button type="submit" kind="primary" isPending={isSending}>
          {common.save}
        </Button>
        <Button onPress={onCancel}>{common.cancel}</Button>
      </ButtonRow>
    </Form>
  )
}
