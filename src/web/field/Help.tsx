/** Help handed over between two visits: one form, with a signature or a photograph. */
import { useEffect, useState } from 'react'
import { latestDay } from '../offline/clock.ts'
import type { PhoneHouseholdView } from '../offline/phone.ts'
import { type EntryFaults, readEntry } from '../pages/logbook/read.ts'
import { openProblems } from '../pages/logbook/typed.ts'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { fieldFormText } from '../text/fieldForm.ts'
import { HappenedOn } from './DayField.tsx'
import { nameOfForm } from './forms.ts'
import { saveForm } from './save.ts'
import { KeptMark, type Saving, Unkept } from './KeptMark.tsx'
import { readKept, useKeeping } from './keep.ts'
import { known } from './known.ts'
import { Button, Screen, Spinner, useFirstFault } from './parts.tsx'
import { useHousehold, usePhone } from './phone.tsx'
import { go, goBack } from './router.ts'
import { beginHelp, itemOf, type TypedHelp } from './visit/draft.ts'
import { HelpFields } from './visit/HelpFields.tsx'

interface HelpDraft {
  id: string
  happenedOn: string | null
  help: TypedHelp
}

export function Help({ id }: { id: string }) {
  const phone = usePhone()
  const household = useHousehold(id)
  const common = useText(commonText)
  const text = useText(fieldText).household
  const [begun, setBegun] = useState<HelpDraft | null>(null)
  useEffect(() => {
    if (!household || begun) return
    let isCurrent = true
    void readKept(phone, nameOfForm({ kind: 'help', id })).then((draft) => {
      if (!isCurrent) return
      const { day, isSure } = phone.today()
      const help = () =>
        beginHelp({ household, today: day, fourTVersion: known().fourT.version, newId: () => phone.newId() })
      setBegun((draft as HelpDraft | null) ?? { id: phone.newId(), happenedOn: isSure ? day : null, help: help() })
    })
    return () => {
      isCurrent = false
    }
  }, [phone, household, begun, id])
  if (household === null && !begun)
    return (
      <Screen title={text.gone}>
        <Button onPress={goBack}>{common.back}</Button>
      </Screen>
    )
  if (!begun || !household)
    return (
      <Screen title={common.loading}>
        <Spinner label={common.loading} />
      </Screen>
    )
  return (
    <HelpForm household={household} begun={begun} onSaved={() => go({ page: 'saved', id: id }, { replace: true })} />
  )
}

function HelpForm({
  household,
  begun,
  onSaved,
}: {
  household: PhoneHouseholdView
  begun: HelpDraft
  onSaved: () => void
}) {
  const phone = usePhone()
  const text = useText(fieldFormText)
  const field = useText(fieldText)
  const [draft, setDraft] = useState(begun)
  const [faults, setFaults] = useState<EntryFaults | null>(null)
  const [state, setState] = useState<Saving>('typing')
  const name = nameOfForm({ kind: 'help', id: household.id })
  const keeping = useKeeping(name, draft)
  useFirstFault(faults)
  const today = phone.today()

  async function save() {
    const entry = { id: draft.id, kind: 'assistance', happenedOn: draft.happenedOn, content: draft.help } as const
    const read = readEntry({ ...entry, corrects: null, reason: '' }, latestDay(today))
    setFaults(read.faults)
    if (!read.draft) return
    setState('saving')
    const items = [itemOf(household, read.draft)]
    setState(await saveForm({ phone, keeping, name, household, items, photoIds: draft.help.photos, onSaved }))
  }

  return (
    <Screen
      title={text.help.title}
      top={
        <>
          <Button kind="quiet" icon="chevronLeft" onPress={() => void keeping.flush().then(goBack)}>
            {text.leave}
          </Button>
          <p className="whose">{household.headName ?? field.today.noName}</p>
        </>
      }
      actions={
        <>
          <KeptMark keeping={keeping} />
          <Button kind="primary" isBig isPending={state === 'saving'} onPress={() => void save()}>
            {state === 'saving' ? text.saving : text.save}
          </Button>
        </>
      }
    >
      <HappenedOn
        day={draft.happenedOn}
        today={today}
        fault={faults?.has('happenedOn') ? text.day.notChosen : null}
        onDay={(happenedOn) => setDraft((before) => ({ ...before, happenedOn }))}
      />
      <HelpFields
        help={draft.help}
        problems={openProblems(household.case)}
        faults={faults}
        onHelp={(change) => setDraft((before) => ({ ...before, help: change(before.help) }))}
      />
      <Unkept saving={state} keeping={keeping} />
    </Screen>
  )
}
