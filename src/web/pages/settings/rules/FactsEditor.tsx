/** What is counted: each fact says what must hold for a household, and what must not. */
import { type FactRule, factRuleSchema, type FactsRule } from '../../../../domain/logbook/rules/facts.ts'
import { predicates, type Predicate } from '../../../../domain/logbook/state.ts'
import { newId } from '../../../new-id.ts'
import { useText } from '../../../text/dictionary.ts'
import { useFormat } from '../../../text/format.ts'
import { ruleText } from '../../../text/rule.ts'
import { Checkbox, CheckboxGroup } from '../../../ui/Choice.tsx'
import { Card } from '../../../ui/Page.tsx'
import { AssumptionMark } from './AssumptionMark.tsx'
import { DocumentFields } from './DocumentFields.tsx'
import type { EditorProps } from './editors.ts'
import { ItemList } from './ItemList.tsx'
import { WordsFields } from './WordsFields.tsx'

export function FactsEditor({ value, onChange }: EditorProps<FactsRule>) {
  const text = useText(ruleText)
  const { locale } = useFormat()
  const options = predicates.map((id) => ({ id, label: text.predicates[id] }))
  const listed = (codes: readonly Predicate[]) => codes.map((code) => text.predicates[code]).join(', ')
  const chosen = (ids: readonly string[]) => predicates.filter((code) => ids.includes(code))
  return (
    <Card>
      <ItemList
        label={text.kinds.facts}
        items={value}
        keyOf={({ code }) => code}
        nameOf={(fact) => fact[locale]}
        lines={(fact) => (
          <>
            {fact.all.length > 0 && <p>{text.allOf(listed(fact.all))}</p>}
            {fact.none.length > 0 && <p>{text.noneOf(listed(fact.none))}</p>}
            {fact.document && <p className="soft">{[fact.document, fact.clause].filter(Boolean).join(' · ')}</p>}
            {fact.isAssumption && <AssumptionMark />}
          </>
        )}
        schema={factRuleSchema}
        form={(fact, change) => (
          <>
            <WordsFields value={fact} onChange={change} />
            <CheckboxGroup
              label={text.all}
              isOptional
              options={options}
              value={fact.all}
              onChange={(ids) => change({ all: chosen(ids) })}
            />
            <CheckboxGroup
              label={text.none}
              isOptional
              options={options}
              value={fact.none}
              onChange={(ids) => change({ none: chosen(ids) })}
            />
            <DocumentFields value={fact} isOptional onChange={change} />
            <Checkbox isSelected={fact.isAssumption} onChange={(isAssumption) => change({ isAssumption })}>
              {text.isAssumption}
            </Checkbox>
          </>
        )}
        create={(): FactRule => ({
          code: `own${newId().replaceAll('-', '').slice(-12)}`,
          th: '',
          en: '',
          all: [],
          none: ['left'],
          document: null,
          clause: null,
          isAssumption: true,
        })}
        onChange={onChange}
      />
    </Card>
  )
}
