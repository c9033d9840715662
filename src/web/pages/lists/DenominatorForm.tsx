import { useState } from 'react'
import { listSetDenominator } from '../../../contract/lists.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { listText } from '../../text/list.ts'
import { peopleText } from '../../text/people.ts'
import { sessionText } from '../../text/session.ts'
import { BuddhistDateField, type PartialDate } from '../../ui/BuddhistDateField.tsx'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Form } from '../../ui/Page.tsx'
import { NumberField, TextAreaField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { useAreaName } from '../shared/AreaFilter.tsx'
import { useWrite } from '../shared/write.ts'

/** An official figure of a list for an area, never without its document and its day. */
export function DenominatorForm({ code, area, onDone }: { code: string; area: string; onDone: () => void }) {
  const text = useText(listText)
  const common = useText(commonText)
  const session = useText(sessionText)
  const people = useText(peopleText)
  const areaName = useAreaName(area)
  const [households, setHouseholds] = useState(Number.NaN)
  const [persons, setPersons] = useState(Number.NaN)
  const [document, setDocument] = useState('')
  const [date, setDate] = useState<PartialDate | null | 'unreadable'>(null)
  const [wasSent, setSent] = useState(false)
  const { send, isSending, problem } = useWrite(listSetDenominator, () => {
    showToast({ message: text.denominatorSaved })
    onDone()
  })
  const asOf = date !== null && date !== 'unreadable' && date.precision === 'day' ? date.date : null
  const isCount = (value: number) => Number.isInteger(value) && value >= 0
  return (
    <Form
      label={text.setDenominator}
      onSubmit={() => {
        setSent(true)
        if (!isCount(households) || document.trim() === '' || asOf === null || isSending) return
        send({ code, area, households, persons: isCount(persons) ? persons : null, document, asOf })
      }}
    >
      {problem && <ProblemAlert problem={problem} />}
      <p className="soft">
        {areaName} · {text.sameDay}
      </p>
      <NumberField
        label={text.households}
        name="households"
        minValue={0}
        value={households}
        onChange={setHouseholds}
        fault={wasSent && !isCount(households) ? text.numberFault : null}
      />
      <NumberField label={text.persons} name="persons" isOptional minValue={0} value={persons} onChange={setPersons} />
      <TextAreaField
        label={text.document}
        hint={text.documentHint}
        name="document"
        rows={2}
        maxLength={300}
        value={document}
        onChange={setDocument}
        fault={wasSent && document.trim() === '' ? session.required : null}
      />
      <BuddhistDateField
        label={text.asOf}
        onChange={setDate}
        fault={wasSent && asOf === null ? people.dateWhole : null}
      />
      <ButtonRow>
        <Button type="submit" kind="primary" isPending={isSending}>
          {common.save}
        </Button>
        <Button onPress={onDone}>{common.cancel}</Button>
      </ButtonRow>
    </Form>
  )
}
