/** The thresholds of path, stage and vulnerability. */
import { dimensions } from '../../../../domain/logbook/entry.ts'
import { dimensionNames } from '../../../../domain/logbook/indicators.ts'
import type { ClassesRule } from '../../../../domain/logbook/rules/classes.ts'
import { useText } from '../../../text/dictionary.ts'
import { commonText } from '../../../text/common.ts'
import { entryText } from '../../../text/entry.ts'
import { useFormat } from '../../../text/format.ts'
import { logbookText } from '../../../text/logbook.ts'
import { ruleText } from '../../../text/rule.ts'
import { Checkbox, CheckboxGroup } from '../../../ui/Choice.tsx'
import { Card, Stack } from '../../../ui/Page.tsx'
import { NumberField } from '../../../ui/TextField.tsx'
import type { EditorProps } from './editors.ts'
import './rules.css'

type NumberName = Exclude<keyof ClassesRule, 'basics' | 'sustainableNeedsAllSolved'>

export function ClassesEditor({ value, onChange }: EditorProps<ClassesRule>) {
  const text = useText(ruleText)
  const words = useText(entryText)
  const logbook = useText(logbookText)
  const { person } = useText(commonText)
  const { locale } = useFormat()
  const isReadOnly = onChange === null
  const number = (name: NumberName, unit: string, hint?: string) => (
    <NumberField
      label={text[name]}
      {...(hint && { hint })}
      unit={unit}
      minValue={0}
      isOptional={name === 'sufficientFrom'}
      isReadOnly={isReadOnly}
      value={value[name] ?? Number.NaN}
      onChange={(typed) =>
        onChange?.({ ...value, [name]: name === 'sufficientFrom' && Number.isNaN(typed) ? null : typed })
      }
    />
  )
  return (
    <Stack gap="large">
      <Card title={`${words.paths.develop} / ${words.paths.welfare}`}>
        <div className="rule-numbers">
          {number('workFrom', text.years)}
          {number('workTo', text.years)}
          {number('leastWorkers', person)}
        </div>
      </Card>
      <Card title={`${words.stages.survive} / ${words.stages.sufficient} / ${words.stages.sustainable}`}>
        <div className="rule-numbers">
          {number('sufficientFrom', text.bahtAYear, text.sufficientHint)}
          {number('sustainableFrom', text.bahtAYear)}
        </div>
        <CheckboxGroup
          label={text.basics}
          isOptional
          isReadOnly={isReadOnly}
          options={dimensions.map((id) => ({ id, label: dimensionNames[id][locale] }))}
          value={value.basics}
          onChange={(ids) => onChange?.({ ...value, basics: dimensions.filter((id) => ids.includes(id)) })}
        />
        <Checkbox
          isReadOnly={isReadOnly}
          isSelected={value.sustainableNeedsAllSolved}
          onChange={(sustainableNeedsAllSolved) => onChange?.({ ...value, sustainableNeedsAllSolved })}
        >
          {text.sustainableNeedsAllSolved}
        </Checkbox>
      </Card>
      <Card title={logbook.vulnerability}>
        <div className="rule-numbers">
          {number('lowIncome', text.bahtAYear)}
          {number('childTo', text.years)}
          {number('elderlyFrom', text.years)}
          {number('level2From', person)}
          {number('level3From', person)}
        </div>
      </Card>
    </Stack>
  )
}
