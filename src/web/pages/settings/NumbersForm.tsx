/** Numbers that belong together, such as points that add up to 100. */
import { useState } from 'react'
import type { settingEdit } from '../../../contract/settings.ts'
import type { InputOf } from '../../../contract/route.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { settingsText } from '../../text/settings.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { Notice, ProblemAlert, StateMark } from '../../ui/Feedback.tsx'
import { Card, Form } from '../../ui/Page.tsx'
import { NumberField } from '../../ui/TextField.tsx'
import { useSettingsWrite } from './Settings.tsx'
import './settings.css'

interface NumberRange {
  label: string
  hint?: string
  unit: string
  from: number
  to: number
}

export interface NumbersFormProps<Name extends string> {
  title: string
  lead: string
  values: Record<Name, number>
  defaults: Record<Name, number>
  fields: Record<Name, NumberRange>
  sumMustBe?: number
  /** What only the numbers together can be wrong about. */
  faultOf?: (values: Record<Name, number>) => Partial<Record<Name, string>>
  toInput: (values: Record<Name, number>) => Partial<InputOf<typeof settingEdit>>
}

export function NumbersForm<Name extends string>(props: NumbersFormProps<Name>) {
  const { title, lead, defaults, fields, sumMustBe, faultOf, toInput } = props
  const text = useText(settingsText)
  const common = useText(commonText)
  const format = useFormat()
  const [values, setValues] = useState(props.values)
  const { send, isSending, problem } = useSettingsWrite()
  const names = Object.keys(fields) as Name[]
  const sum = names.reduce((total, name) => total + (values[name] || 0), 0)
  const isSumRight = sumMustBe === undefined || sum === sumMustBe
  const together: Partial<Record<Name, string>> = faultOf?.(values) ?? {}
  const rangeFault = (name: Name) => {
    const { from, to } = fields[name]
    const value = values[name]
    const isRight = Number.isInteger(value) && value >= from && value <= to
    return isRight ? null : text.rangeFault(format.number(from), format.number(to))
  }
  const isRight = isSumRight && names.every((name) => rangeFault(name) === null && together[name] === undefined)
  const isChanged = names.some((name) => values[name] !== defaults[name])
  return (
    <Card>
      <div>
        <h2>{title}</h2>
        <p className="soft">{lead}</p>
      </div>
      <div>
        <StateMark tone="info">{text.assumption}</StateMark> <span className="soft">{text.assumptionMeans}</span>
      </div>
      <Form
        label={title}
        onSubmit={() => {
          if (isRight && !isSending) send({ ...toInput(values) })
        }}
      >
        {problem && <ProblemAlert problem={problem} />}
        <div className="setting-numbers">
          {names.map((name) => (
            <div key={name}>
              <NumberField
                label={fields[name].label}
                {...(fields[name].hint && { hint: fields[name].hint })}
                unit={fields[name].unit}
                value={values[name]}
                onChange={(value) => setValues({ ...values, [name]: value })}
                fault={rangeFault(name) ?? together[name] ?? null}
              />
              <p className="soft setting-default">
                {values[name] === defaults[name] ? text.isDefault : text.isChanged(format.number(defaults[name]))}
              </p>
            </div>
          ))}
        </div>
        {sumMustBe !== undefined && (
          <Notice tone={isSumRight ? 'success' : 'danger'} isLive>
            {isSumRight ? text.weightsSum(format.number(sum)) : text.weightsFault(format.number(sum))}
          </Notice>
        )}
        <ButtonRow>
          <Button type="submit" kind="primary" isPending={isSending} isDisabled={!isRight}>
            {common.save}
          </Button>
          <Button isDisabled={!isChanged} icon="undo" onPress={() => setValues(defaults)}>
            {text.backToDefault}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}
