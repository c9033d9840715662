import { useText } from '../../../text/dictionary.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { TextField } from '../../../ui/TextField.tsx'
import { DayField } from './DayField.tsx'
import type { FieldsProps } from './fields.ts'

/** No visit is due until a day, for a reason. */
export function HoldFields({ content, change, faultOf }: FieldsProps<'hold'>) {
  const text = useText(entryFormText).hold
  return (
    <>
      <DayField
        label={text.untilOn}
        hint=""
        name="untilOn"
        day={content.untilOn}
        onDay={(untilOn) => change({ untilOn })}
        fault={faultOf('untilOn')}
      />
      <TextField
        label={text.reason}
        hint={text.reasonHint}
        name="reason"
        value={content.reason}
        onChange={(reason) => change({ reason })}
        fault={faultOf('reason')}
      />
    </>
  )
}
