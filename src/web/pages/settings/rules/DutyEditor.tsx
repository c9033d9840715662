/** Who is visited every month, and when somebody looks again after help. */
import { useState } from 'react'
import { dutyRuleSchema, type DutyRule } from '../../../../domain/logbook/rules/duty.ts'
import { thaiDigitsToArabic } from '../../../../domain/thai/digits.ts'
import { useText } from '../../../text/dictionary.ts'
import { useFormat } from '../../../text/format.ts'
import { ruleText } from '../../../text/rule.ts'
import { Select } from '../../../ui/Choice.tsx'
import { Card, Stack } from '../../../ui/Page.tsx'
import { NumberField, TextField } from '../../../ui/TextField.tsx'
import { DayField } from '../../logbook/forms/DayField.tsx'
import { type EditorProps, nameOfOption } from './editors.ts'
import { ItemList } from './ItemList.tsx'

const monthlySchema = dutyRuleSchema.shape.monthly.element

export function DutyEditor({ value, onChange, lists }: EditorProps<DutyRule>) {
  const text = useText(ruleText)
  const format = useFormat()
  const [months, setMonths] = useState(value.watchMonths.join(' '))
  return (
    <Stack gap="large">
      <Card title={text.monthlyLists}>
        <ItemList
          label={text.monthlyLists}
          items={value.monthly}
          keyOf={({ list }) => list}
          nameOf={({ list }) => nameOfOption(lists, list)}
          lines={({ from, until }) => (
            <p>
              {until === null
                ? text.listFrom(format.date(from))
                : text.listFromTo(format.date(from), format.date(until))}
            </p>
          )}
          schema={monthlySchema}
          form={(duty, change) => (
            <>
              <Select label={text.list} options={lists} value={duty.list} onChange={(list) => change({ list })} />
              <DayField label={text.from} day={duty.from || null} onDay={(day) => change({ from: day ?? '' })} />
              <DayField label={text.until} isOptional day={duty.until} onDay={(until) => change({ until })} />
            </>
          )}
          create={() => ({ list: '', from: '', until: null })}
          onChange={onChange && ((monthly) => onChange({ ...value, monthly }))}
        />
      </Card>
      <Card>
        <TextField
          label={text.watchMonths}
          hint={text.watchMonthsHint}
          width="medium"
          isReadOnly={onChange === null}
          value={months}
          onChange={(typed) => {
            setMonths(typed)
            onChange?.({ ...value, watchMonths: readMonths(typed) })
          }}
        />
        <NumberField
          label={text.longestHoldDays}
          unit={text.days}
          minValue={1}
          maxValue={366}
          isReadOnly={onChange === null}
          value={value.longestHoldDays}
          onChange={(longestHoldDays) => onChange?.({ ...value, longestHoldDays })}
        />
      </Card>
    </Stack>
  )
}

/** Whatever is no number stays one that is not, so that saving says so. */
function readMonths(typed: string): number[] {
  return thaiDigitsToArabic(typed)
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(Number)
}
