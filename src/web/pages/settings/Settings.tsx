/** What a registry decides for itself: each value with its meaning, whether it is ours, and the way back to it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { settingEdit, type SettingsAnswer, settingShow } from '../../../contract/settings.ts'
import { ask } from '../../api.ts'
import { useSession } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { sessionText } from '../../text/session.ts'
import { settingsText } from '../../text/settings.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Card, Form, PageHeader, Stack } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { Answered } from '../shared/Answered.tsx'
import { useWrite } from '../shared/write.ts'
import { NumbersForm } from './NumbersForm.tsx'
import { SurvivorshipForm } from './SurvivorshipForm.tsx'

export default function Settings() {
  const text = useText(settingsText)
  const query = useQuery({ queryKey: ['setting.show'], queryFn: () => ask(settingShow) })
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} />
      <Answered query={query}>{(settings) => <AllSettings settings={settings} />}</Answered>
    </>
  )
}

/** A write of some of the settings, with the message that it is saved. */
export function useSettingsWrite() {
  const text = useText(settingsText)
  return useWrite(settingEdit, () => showToast({ message: text.saved }))
}

function AllSettings({ settings }: { settings: SettingsAnswer }) {
  const text = useText(settingsText)
  const { matchWeights: weights, matchThresholds: thresholds, importLimits: limits, defaults } = settings
  return (
    <Stack gap="large">
      {settings.practice && <Notice>{text.practice}</Notice>}
      <RegistryName name={settings.registryName} />
      <NumbersForm
        title={text.weights}
        lead={text.weightsLead}
        values={weights}
        defaults={defaults.matchWeights}
        sumMustBe={100}
        fields={{
          name: { label: text.weight.name, unit: text.points, from: 0, to: 100 },
          houseNumber: { label: text.weight.houseNumber, unit: text.points, from: 0, to: 100 },
          village: { label: text.weight.village, unit: text.points, from: 0, to: 100 },
          members: { label: text.weight.members, unit: text.points, from: 0, to: 100 },
        }}
        toInput={(matchWeights) => ({ matchWeights })}
      />
      <NumbersForm
        title={text.thresholds}
        lead={text.thresholdsLead}
        values={inPerCent(thresholds)}
        defaults={inPerCent(defaults.matchThresholds)}
        fields={{
          doubtful: { label: text.doubtful, hint: text.doubtfulHint, unit: text.points, from: 0, to: 100 },
          likely: { label: text.likely, hint: text.likelyHint, unit: text.points, from: 0, to: 100 },
          sameName: { label: text.sameName, hint: text.sameNameHint, unit: text.perCent, from: 30, to: 100 },
        }}
        faultOf={({ doubtful, likely }) => (doubtful > likely ? { likely: text.likelyFault } : {})}
        toInput={(values) => ({ matchThresholds: { ...values, sameName: values.sameName / 100 } })}
      />
      <NumbersForm
        title={text.limits}
        lead={text.limitsLead}
        values={limits}
        defaults={defaults.importLimits}
        fields={{
          guardShare: { label: text.guardShare, hint: text.guardShareHint, unit: text.perCent, from: 0, to: 100 },
          dryRunsPerDay: { label: text.dryRuns, hint: text.dryRunsHint, unit: text.times, from: 1, to: 10_000 },
          elsewhereRows: { label: text.elsewhereRows, hint: text.elsewhereHint, unit: text.rows, from: 0, to: 10_000 },
          elsewhereShare: {
            label: text.elsewhereShare,
            hint: text.elsewhereHint,
            unit: text.perCent,
            from: 0,
            to: 100,
          },
          elsewherePerDay: {
            label: text.elsewherePerDay,
            hint: text.elsewherePerDayHint,
            unit: text.rows,
            from: 0,
            to: 100_000,
          },
        }}
        toInput={(importLimits) => ({ importLimits })}
      />
      <SurvivorshipForm rules={settings.survivorship} defaults={defaults.survivorship} />
    </Stack>
  )
}

function inPerCent(thresholds: SettingsAnswer['matchThresholds']) {
  return { ...thresholds, sameName: Math.round(thresholds.sameName * 100) }
}

function RegistryName({ name }: { name: string }) {
  const text = useText(settingsText)
  const common = useText(commonText)
  const session = useText(sessionText)
  const { refresh } = useSession()
  const [typed, setTyped] = useState(name)
  const [wasSent, setSent] = useState(false)
  const { send, isSending, problem } = useWrite(settingEdit, () => {
    showToast({ message: text.saved })
    void refresh()
  })
  return (
    <Card>
      <h2>{text.registry}</h2>
      <Form
        label={text.registry}
        onSubmit={() => {
          setSent(true)
          if (typed.trim() !== '' && !isSending) send({ registryName: typed })
        }}
      >
        {problem && <ProblemAlert problem={problem} />}
        <TextField
          label={text.registryName}
          hint={text.registryNameHint}
          name="registryName"
          maxLength={120}
          value={typed}
          onChange={setTyped}
          fault={wasSent && typed.trim() === '' ? session.required : null}
        />
        <ButtonRow>
          <Button type="submit" kind="primary" isPending={isSending}>
            {common.save}
          </Button>
        </ButtonRow>
      </Form>
    </Card>
  )
}
