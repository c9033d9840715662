/** Areas where no visit is due for a while, and setting or ending such a hold. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Hold, holdAdd, holdEnd, holdList } from '../../../contract/holds.ts'
import { ask } from '../../api.ts'
import { newId } from '../../new-id.ts'
import { useReach } from '../../session.tsx'
import { areaName } from '../../text/area.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { worklistText } from '../../text/worklist.ts'
import { BuddhistDateField, type PartialDate } from '../../ui/BuddhistDateField.tsx'
import { Button } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { ProblemAlert, StateMark } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Section, Stack } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { useToday } from '../households/useToday.ts'
import { AreaPicker } from '../shared/AreaPicker.tsx'
import { fieldFault, useWrite } from '../shared/write.ts'

export function Holds({ area }: { area: string }) {
  const text = useText(worklistText)
  const found = useQuery({
    queryKey: ['hold.list', area],
    queryFn: ({ signal }) => ask(holdList, { area }, { signal }),
  })
  const holds = found.data?.holds ?? []
  if (!found.data) return null
  return (
    <Section title={text.holds} lead={text.holdsLead} actions={found.data.mayAdd && <AddHold key={area} area={area} />}>
      {holds.length === 0 ? <p className="soft">{text.noHolds}</p> : <HoldTable holds={holds} />}
    </Section>
  )
}

function HoldTable({ holds }: { holds: readonly Hold[] }) {
  const text = useText(worklistText)
  const format = useFormat()
  const end = useWrite(holdEnd, () => showToast({ tone: 'done', message: text.holdEnded }))
  const columns: Column<Hold>[] = [
    { id: 'area', header: text.holdPlace, cell: ({ area }) => areaName(area, format.locale) },
    { id: 'reason', header: text.holdReason, cell: ({ reason }) => reason },
    {
      id: 'state',
      header: text.holdNow,
      cell: ({ isNow }) => (
        <StateMark tone={isNow ? 'attention' : 'neutral'} icon={isNow ? 'pause' : 'clock'}>
          {isNow ? text.holdNow : text.holdLater}
        </StateMark>
      ),
    },
    { id: 'from', header: text.holdFrom, align: 'end', cell: ({ from }) => format.date(from) },
    { id: 'until', header: text.holdUntil, align: 'end', cell: ({ until }) => format.date(until) },
    { id: 'by', header: text.holdBy, cell: ({ by }) => by ?? '–' },
    {
      id: 'end',
      header: text.endHold,
      cell: ({ id, area, mayEnd }) =>
        mayEnd && (
          <Button
            size="small"
            aria-label={text.endHoldOf(areaName(area, format.locale))}
            isDisabled={end.isSending}
            onPress={() => end.send({ id, area: area.code })}
          >
            {text.endHold}
          </Button>
        ),
    },
  ]
  return (
    <>
      {end.problem && <ProblemAlert problem={end.problem} />}
      <DataTable caption={text.holds} columns={columns} rows={holds} rowKey={({ id }) => id} />
    </>
  )
}

function AddHold({ area }: { area: string }) {
  const text = useText(worklistText)
  const common = useText(commonText)
  const today = useToday()
  const reach = useReach('duty.hold')
  const [isOpen, setOpen] = useState(false)
  const [id, setId] = useState(newId)
  const [place, setPlace] = useState<string | null>(area)
  const [from, setFrom] = useState<PartialDate | null | 'unreadable'>({ date: today, precision: 'day' })
  const [until, setUntil] = useState<PartialDate | null | 'unreadable'>(null)
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const add = useWrite(holdAdd, () => {
    setOpen(false)
    setReason('')
    setUntil(null)
    setTried(false)
    setId(newId())
    showToast({ tone: 'done', message: text.holdAdded })
  })
  const [first, last] = [dayOf(from), dayOf(until)]
  const faults = {
    place: place === null || place === '' ? text.holdFaults.choosePlace : null,
    from: first ? serverFault('from') : text.holdFaults.dateWhole,
    until: last ? serverFault('until') : text.holdFaults.dateWhole,
    reason: reason.trim().length < 3 ? text.holdFaults.reasonMissing : null,
  }
  const shown = (fault: string | null) => (wasTried ? fault : null)
  return (
    <>
      <Button icon="pause" onPress={() => setOpen(true)}>
        {text.addHold}
      </Button>
      <Dialog
        title={text.addHoldTitle}
        isOpen={isOpen}
        onOpenChange={setOpen}
        actions={(close) => (
          <>
            <Button
              kind="primary"
              isPending={add.isSending}
              onPress={() => {
                setTried(true)
                if (!place || !first || !last || faults.reason) return
                add.send({ id, area: place, from: first, until: last, reason: reason.trim() })
              }}
            >
              {text.addHold}
            </Button>
            <Button onPress={close}>{common.cancel}</Button>
          </>
        )}
      >
        <Stack gap="small">
          <p>{text.holdsLead}</p>
          <AreaPicker
            label={text.holdPlace}
            within={reach}
            value={place}
            onChange={setPlace}
            fault={shown(faults.place)}
          />
          <BuddhistDateField
            label={text.holdFrom}
            defaultValue={{ date: today, precision: 'day' }}
            onChange={setFrom}
            fault={from === 'unreadable' ? null : shown(faults.from)}
          />
          <BuddhistDateField
            label={text.holdUntil}
            onChange={setUntil}
            fault={until === 'unreadable' ? null : shown(faults.until)}
          />
          <TextField
            label={text.holdReason}
            maxLength={300}
            value={reason}
            onChange={setReason}
            fault={shown(faults.reason)}
          />
          {add.problem && add.problem.problem !== 'invalidFacts' && <ProblemAlert problem={add.problem} />}
        </Stack>
      </Dialog>
    </>
  )

  function serverFault(field: 'from' | 'until'): string | null {
    const fault = fieldFault(add.problem, field)
    if (fault === 'tooLong') return text.holdFaults.tooLong
    if (fault === 'tooEarly') return text.holdFaults.tooEarly
    return fault && text.holdFaults.beforeFrom
  }
}

function dayOf(value: PartialDate | null | 'unreadable'): string | null {
  return value !== null && value !== 'unreadable' && value.precision === 'day' ? value.date : null
}
