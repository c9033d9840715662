/** Which of two statements stands, field by field. */
import { useState } from 'react'
import type { SettingsAnswer } from '../../../contract/settings.ts'
import { type SurvivingField, survivorshipRules } from '../../../domain/survivorship.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { importFieldText } from '../../text/importWords.ts'
import { settingsText } from '../../text/settings.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { ProblemAlert, StateMark } from '../../ui/Feedback.tsx'
import { Form, Section } from '../../ui/Page.tsx'
import { useSettingsWrite } from './Settings.tsx'
import './settings.css'

type Rules = SettingsAnswer['survivorship']

export function SurvivorshipForm({ rules: stored, defaults }: { rules: Rules; defaults: Rules }) {
  const text = useText(settingsText)
  const common = useText(commonText)
  const names = useText(importFieldText).names
  const [rules, setRules] = useState(stored)
  const { send, isSending, problem } = useSettingsWrite()
  const fields = Object.keys(defaults) as SurvivingField[]
  const isChanged = fields.some((field) => rules[field] !== defaults[field])
  return (
    <Section title={text.survivorship} lead={text.survivorshipLead}>
      <div>
        <StateMark tone="info">{text.assumption}</StateMark> <span className="soft">{text.assumptionMeans}</span>
      </div>
      {problem && <ProblemAlert problem={problem} />}
      <DataTable
        caption={text.survivorship}
        rows={fields}
        rowKey={(field) => field}
        columns={[
          { id: 'field', header: text.field, cell: (field) => names[field] },
          {
            id: 'rule',
            header: text.rule,
            cell: (field) => (
              <select
                className="input native-select setting-rule"
                aria-label={`${text.rule}: ${names[field]}`}
                value={rules[field]}
                onChange={(event) => {
                  const rule = survivorshipRules.find((one) => one === event.target.value)
                  if (rule) setRules({ ...rules, [field]: rule })
                }}
              >
                {survivorshipRules.map((rule) => (
                  <option key={rule} value={rule}>
                    {text.rules[rule]}
                  </option>
                ))}
              </select>
            ),
          },
          {
            id: 'default',
            header: text.backToDefault,
            cell: (field) =>
              rules[field] === defaults[field] ? (
                <span className="soft">{text.isDefault}</span>
              ) : (
                <Button size="small" icon="undo" onPress={() => setRules({ ...rules, [field]: defaults[field] })}>
                  {text.rules[defaults[field]]}
                </Button>
              ),
          },
        ]}
      />
      <Form label={text.survivorship} onSubmit={() => !isSending && send({ survivorship: rules })}>
        <ButtonRow>
          <Button type="submit" kind="primary" isPending={isSending}>
            {common.save}
          </Button>
          <Button isDisabled={!isChanged} icon="undo" onPress={() => setRules(defaults)}>
            {text.backToDefault}
          </Button>
        </ButtonRow>
      </Form>
    </Section>
  )
}
