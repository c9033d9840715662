/** Milestones: which lists, what is counted, what share, by when, and the document that says so. */
import { milestoneSchema, monthlyFact, type MilestonesRule } from '../../../../domain/logbook/rules/milestones.ts'
import { newId } from '../../../new-id.ts'
import { useText } from '../../../text/dictionary.ts'
import { useFormat } from '../../../text/format.ts'
import { ruleText } from '../../../text/rule.ts'
import { Checkbox, CheckboxGroup, Select } from '../../../ui/Choice.tsx'
import { Card } from '../../../ui/Page.tsx'
import { NumberField } from '../../../ui/TextField.tsx'
import { DayField } from '../../logbook/forms/DayField.tsx'
import { AssumptionMark } from './AssumptionMark.tsx'
import { DocumentFields } from './DocumentFields.tsx'
import { type EditorProps, nameOfOption } from './editors.ts'
import { ItemList } from './ItemList.tsx'
import { WordsFields } from './WordsFields.tsx'

export function MilestonesEditor({ value, onChange, rules, lists }: EditorProps<MilestonesRule>) {
  const text = useText(ruleText)
  const { locale, ...format } = useFormat()
  const facts = rules.facts.map((fact) => ({ id: fact.code, label: fact[locale] }))
  const factName = (code: string) => (code === monthlyFact ? text.visitedOfMonth : nameOfOption(facts, code))
  return (
    <Card>
      <ItemList
        label={text.kinds.milestones}
        items={value}
        keyOf={({ code }) => code}
        nameOf={(milestone) => milestone[locale]}
        lines={({ share, fact, dueOn, document, clause, isAssumption, lists: codes }) => (
          <>
            <p>
              {text.milestoneLine(
                format.number(share),
                factName(fact),
                dueOn === null ? text.everyMonth : text.by(format.date(dueOn)),
              )}
            </p>
            <p className="soft">{codes.map((code) => nameOfOption(lists, code)).join(', ')}</p>
            <p className="soft">{[document, clause].filter(Boolean).join(' · ')}</p>
            {isAssumption && <AssumptionMark />}
          </>
        )}
        schema={milestoneSchema}
        form={(milestone, change) => (
          <>
            <WordsFields value={milestone} onChange={change} />
            <CheckboxGroup
              label={text.lists}
              options={lists}
              value={milestone.lists}
              onChange={(ids) => change({ lists: ids })}
            />
            <Checkbox
              isSelected={milestone.monthly}
              onChange={(monthly) =>
                change(
                  monthly
                    ? { monthly, fact: monthlyFact, dueOn: null }
                    : { monthly, fact: facts[0]?.id ?? '', dueOn: milestone.dueOn },
                )
              }
            >
              {text.monthly}
            </Checkbox>
            {!milestone.monthly && (
              <Select label={text.fact} options={facts} value={milestone.fact} onChange={(fact) => change({ fact })} />
            )}
            <NumberField
              label={text.share}
              minValue={1}
              maxValue={100}
              value={milestone.share}
              onChange={(share) => change({ share })}
            />
            <DayField label={text.from} day={milestone.from || null} onDay={(day) => change({ from: day ?? '' })} />
            {!milestone.monthly && (
              <DayField label={text.dueOn} day={milestone.dueOn} onDay={(dueOn) => change({ dueOn })} />
            )}
            <DocumentFields value={milestone} onChange={change} />
            <Checkbox isSelected={milestone.isAssumption} onChange={(isAssumption) => change({ isAssumption })}>
              {text.isAssumption}
            </Checkbox>
          </>
        )}
        create={(): MilestonesRule[number] => ({
          code: `own-${newId().slice(-12)}`,
          th: '',
          en: '',
          lists: [],
          fact: facts[0]?.id ?? '',
          share: Number.NaN,
          from: '',
          dueOn: null,
          monthly: false,
          document: '',
          clause: null,
          isAssumption: false,
        })}
        onChange={onChange}
      />
    </Card>
  )
}
