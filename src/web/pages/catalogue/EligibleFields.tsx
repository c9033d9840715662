/** For whom an item is: what the program checks by itself, and what must be asked. */
import { askedConditions } from '../../../domain/logbook/eligibility.ts'
import { paths, stages } from '../../../domain/logbook/entry.ts'
import { catalogueText } from '../../text/catalogue.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { useReasonWords } from '../../text/reasons.ts'
import { ruleText } from '../../text/rule.ts'
import { Checkbox, CheckboxGroup } from '../../ui/Choice.tsx'
import { Card } from '../../ui/Page.tsx'
import { NumberField } from '../../ui/TextField.tsx'
import type { ItemFieldsProps } from './ItemFields.tsx'

type NumberName = 'ageFrom' | 'ageTo' | 'incomeAtMost' | 'vulnerabilityFrom' | 'againAfterMonths' | 'mostTimes'

export function EligibleFields({ typed, change, faultOf }: ItemFieldsProps) {
  const text = useText(catalogueText)
  const rule = useText(ruleText)
  const words = useText(entryText)
  const { question } = useReasonWords()
  const number = (field: NumberName, unit?: string, hint?: string) => (
    <NumberField
      label={text[field]}
      {...(unit && { unit })}
      {...(hint && { hint })}
      isOptional
      minValue={0}
      value={typed[field]}
      onChange={(value) => change({ [field]: value })}
      fault={faultOf(field)}
    />
  )
  return (
    <Card title={text.who}>
      <Checkbox isSelected={typed.isForMember} onChange={(isForMember) => change({ isForMember })}>
        {text.forMember}
      </Checkbox>
      {typed.isForMember && (
        <>
          {number('ageFrom', text.years)}
          {number('ageTo', text.years)}
        </>
      )}
      {number('incomeAtMost', rule.bahtAYear)}
      <CheckboxGroup
        label={text.paths}
        isOptional
        options={paths.map((id) => ({ id, label: words.paths[id] }))}
        value={typed.paths}
        onChange={(ids) => change({ paths: paths.filter((id) => ids.includes(id)) })}
      />
      <CheckboxGroup
        label={text.stages}
        isOptional
        options={stages.map((id) => ({ id, label: words.stages[id] }))}
        value={typed.stages}
        onChange={(ids) => change({ stages: stages.filter((id) => ids.includes(id)) })}
      />
      {number('vulnerabilityFrom')}
      <Checkbox isSelected={typed.needsProblem} onChange={(needsProblem) => change({ needsProblem })}>
        {text.needsProblem}
      </Checkbox>
      <CheckboxGroup
        label={text.ask}
        isOptional
        options={askedConditions.map((id) => ({ id, label: question(id) }))}
        value={typed.ask}
        onChange={(ids) => change({ ask: askedConditions.filter((id) => ids.includes(id)) })}
      />
      <Checkbox isSelected={typed.onlyOnce} onChange={(onlyOnce) => change({ onlyOnce })}>
        {text.onlyOnce}
      </Checkbox>
      {!typed.onlyOnce && (
        <>
          {number('againAfterMonths', text.months, text.againHint)}
          {number('mostTimes', text.times)}
        </>
      )}
    </Card>
  )
}
