/** What is to be recorded for the ticked households: typed once, recorded for each by itself. */
import { useState } from 'react'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import type { WorklistRow } from '../../../contract/worklists.ts'
import { entryTextLimits, giverKinds, moneySources } from '../../../domain/logbook/entry.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { useFormat } from '../../text/format.ts'
import { worklistText } from '../../text/worklist.ts'
import { BuddhistDateField, type PartialDate } from '../../ui/BuddhistDateField.tsx'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Choice.tsx'
import { Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Stack } from '../../ui/Page.tsx'
import { NumberField, TextAreaField, TextField } from '../../ui/TextField.tsx'
import { useToday } from '../households/useToday.ts'
import { type Act, isOffered, type Said } from './entries.ts'

export interface ActDialogProps {
  act: Act
  rows: readonly WorklistRow[]
  isSending: boolean
  problem: ProblemAnswer | null
  onSend: (said: Said) => void
  onClose: () => void
}

/** What is typed, whatever the act; each act reads its own part. */
interface Typed {
  happenedOn: PartialDate | null | 'unreadable'
  untilOn: PartialDate | null | 'unreadable'
  reason: string
  what: string
  giverKind: (typeof giverKinds)[number]
  giverName: string
  value: number
  source: (typeof moneySources)[number] | 'none'
  evidence: string
}

export function ActDialog({ act, rows, isSending, problem, onSend, onClose }: ActDialogProps) {
  const text = useText(worklistText)
  const common = useText(commonText)
  const format = useFormat()
  const today = useToday()
  const [wasTried, setTried] = useState(false)
  const [typed, setTyped] = useState<Typed>({
    happenedOn: { date: today, precision: 'day' },
    untilOn: null,
    reason: '',
    what: '',
    giverKind: 'agency',
    giverName: '',
    value: Number.NaN,
    source: 'none',
    evidence: '',
  })
  const count = format.number(rows.filter((row) => isOffered(act, row)).length)
  const passedOver = rows.filter((row) => !isOffered(act, row)).length
  const said = read(act, typed, today)
  const change = (changes: Partial<Typed>) => setTyped((before) => ({ ...before, ...changes }))
  const fields = { typed, change, today, wasTried }
  return (
    <Dialog
      title={text.acts[act]}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      actions={(close) => (
        <>
          <Button
            kind="primary"
            isPending={isSending}
            onPress={() => {
              setTried(true)
              if (said) onSend(said)
            }}
          >
            {text.record(count)}
          </Button>
          <Button onPress={close}>{common.cancel}</Button>
        </>
      )}
    >
      <Stack gap="small">
        <p>{text.actLead(count)}</p>
        {passedOver > 0 && <Notice>{text.notOffered(format.number(passedOver))}</Notice>}
        {act === 'assistance' ? (
          <AssistanceFields {...fields} />
        ) : act === 'hold' ? (
          <HoldFields {...fields} />
        ) : (
          <TextAreaField
            label={text.decisionReason}
            isOptional={act === 'approve'}
            maxLength={entryTextLimits.words}
            value={typed.reason}
            onChange={(reason) => change({ reason })}
            fault={wasTried && !said ? text.reasonNeeded : null}
          />
        )}
        {wasTried && !said && (
          <Notice tone="attention" isLive>
            {text.fill}
          </Notice>
        )}
        {problem && <ProblemAlert problem={problem} />}
      </Stack>
    </Dialog>
  )
}

interface FieldsProps {
  typed: Typed
  change: (changes: Partial<Typed>) => void
  today: string
  wasTried: boolean
}

function AssistanceFields({ typed, change, today, wasTried }: FieldsProps) {
  const text = useText(worklistText)
  const form = useText(entryFormText)
  const entry = useText(entryText)
  const missing = (value: string) => (wasTried && value.trim() === '' ? form.faults.required : null)
  return (
    <>
      <TextField
        label={form.assistance.what}
        hint={text.whatHint}
        maxLength={entryTextLimits.line}
        value={typed.what}
        onChange={(what) => change({ what })}
        fault={missing(typed.what)}
      />
      <BuddhistDateField
        label={text.givenOn}
        latest={today}
        defaultValue={{ date: today, precision: 'day' }}
        onChange={(happenedOn) => change({ happenedOn })}
        fault={
          wasTried && !dayOf(typed.happenedOn) && typed.happenedOn !== 'unreadable' ? text.holdFaults.dateWhole : null
        }
      />
      <Select
        label={form.assistance.giverKind}
        value={typed.giverKind}
        options={giverKinds.map((kind) => ({ id: kind, label: entry.giverKinds[kind] }))}
        onChange={(id) => change({ giverKind: giverKinds.find((kind) => kind === id) ?? 'other' })}
      />
      <TextField
        label={form.assistance.giverName}
        maxLength={entryTextLimits.name}
        value={typed.giverName}
        onChange={(giverName) => change({ giverName })}
        fault={missing(typed.giverName)}
      />
      <NumberField
        label={text.valueEach}
        unit={form.assistance.bahtUnit}
        isOptional
        minValue={0}
        maxValue={1_000_000_000}
        value={typed.value}
        onChange={(value) => change({ value })}
      />
      <Select
        label={form.assistance.source}
        value={typed.source}
        options={[
          { id: 'none', label: form.assistance.noSource },
          ...moneySources.map((source) => ({ id: source, label: entry.sources[source] })),
        ]}
        onChange={(id) => change({ source: moneySources.find((source) => source === id) ?? 'none' })}
      />
      <TextField
        label={form.assistance.evidence}
        hint={form.assistance.evidenceHint}
        isOptional
        maxLength={entryTextLimits.words}
        value={typed.evidence}
        onChange={(evidence) => change({ evidence })}
      />
    </>
  )
}

function HoldFields({ typed, change, wasTried }: FieldsProps) {
  const text = useText(worklistText)
  const form = useText(entryFormText)
  return (
    <>
      <BuddhistDateField
        label={form.hold.untilOn}
        onChange={(untilOn) => change({ untilOn })}
        fault={wasTried && !dayOf(typed.untilOn) && typed.untilOn !== 'unreadable' ? text.holdFaults.dateWhole : null}
      />
      <TextField
        label={form.hold.reason}
        hint={form.hold.reasonHint}
        maxLength={entryTextLimits.line}
        value={typed.reason}
        onChange={(reason) => change({ reason })}
        fault={wasTried && typed.reason.trim() === '' ? form.faults.required : null}
      />
    </>
  )
}

/** What was typed as it is recorded; null while something is missing. */
function read(act: Act, typed: Typed, today: string): Said | null {
  const reason = typed.reason.trim()
  if (act === 'approve') return { act, happenedOn: today, reason: reason || null }
  if (act === 'refuse') return reason === '' ? null : { act, happenedOn: today, reason }
  if (act === 'hold') {
    const untilOn = dayOf(typed.untilOn)
    return untilOn && reason !== '' ? { act, happenedOn: today, untilOn, reason } : null
  }
  const happenedOn = dayOf(typed.happenedOn)
  const [what, name] = [typed.what.trim(), typed.giverName.trim()]
  if (!happenedOn || what === '' || name === '') return null
  return {
    act,
    happenedOn,
    content: {
      what,
      givers: [{ kind: typed.giverKind, name }],
      value: Number.isNaN(typed.value) ? null : Math.round(typed.value),
      source: typed.source === 'none' ? null : typed.source,
      evidence: typed.evidence.trim() || null,
    },
  }
}

function dayOf(value: PartialDate | null | 'unreadable'): string | null {
  return value !== null && value !== 'unreadable' && value.precision === 'day' ? value.date : null
}
