/** What each special outcome does to the counts. */
import { outcomeEffects, outcomeRuleSchema, type OutcomesRule } from '../../../../domain/logbook/rules/outcomes.ts'
import { useText } from '../../../text/dictionary.ts'
import { useFormat } from '../../../text/format.ts'
import { ruleText } from '../../../text/rule.ts'
import { Checkbox, CheckboxGroup, RadioGroup } from '../../../ui/Choice.tsx'
import { Card } from '../../../ui/Page.tsx'
import { AssumptionMark } from './AssumptionMark.tsx'
import type { EditorProps } from './editors.ts'
import { ItemList } from './ItemList.tsx'
import { WordsFields } from './WordsFields.tsx'

export function OutcomesEditor({ value, onChange, rules }: EditorProps<OutcomesRule>) {
  const text = useText(ruleText)
  const { locale } = useFormat()
  const facts = rules.facts.map((fact) => ({ id: fact.code, label: fact[locale] }))
  return (
    <Card>
      <ItemList
        label={text.kinds.outcomes}
        items={value}
        keyOf={({ code }) => code}
        nameOf={(rule) => rule[locale]}
        lines={(rule) => (
          <>
            <p>
              {text.effects[rule.effect]} · {rule.needsApproval ? text.needsApproval : text.noApproval}
            </p>
            {rule.countsAs.length > 0 && (
              <p>
                {text.countsAs}:{' '}
                {rule.countsAs.map((code) => facts.find(({ id }) => id === code)?.label ?? code).join(', ')}
              </p>
            )}
            {rule.isAssumption && <AssumptionMark />}
          </>
        )}
        schema={outcomeRuleSchema}
        form={(rule, change) => (
          <>
            <WordsFields value={rule} onChange={change} />
            <RadioGroup
              label={text.effect}
              options={outcomeEffects.map((id) => ({ id, label: text.effects[id] }))}
              value={rule.effect}
              onChange={(id) => change(id === 'stays' ? { effect: 'stays' } : { effect: 'leaves', countsAs: [] })}
            />
            {rule.effect === 'stays' && (
              <CheckboxGroup
                label={text.countsAs}
                isOptional
                options={facts}
                value={rule.countsAs}
                onChange={(countsAs) => change({ countsAs })}
              />
            )}
            <Checkbox isSelected={rule.needsApproval} onChange={(needsApproval) => change({ needsApproval })}>
              {text.needsApproval}
            </Checkbox>
            <Checkbox isSelected={rule.isAssumption} onChange={(isAssumption) => change({ isAssumption })}>
              {text.isAssumption}
            </Checkbox>
          </>
        )}
        onChange={onChange}
      />
    </Card>
  )
}
