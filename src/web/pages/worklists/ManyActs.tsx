/** What is done with the ticked households, and what became of each: done, already there, or refused with the reason. */
import { useState } from 'react'
import { logbookRecordMany, mostEntriesAtOnce } from '../../../contract/logbook.ts'
import type { WorklistRow } from '../../../contract/worklists.ts'
import type { Worklist } from '../../../domain/logbook/work.ts'
import { newId } from '../../new-id.ts'
import { useMay } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { worklistText } from '../../text/worklist.ts'
import { Button } from '../../ui/Button.tsx'
import { MenuButton } from '../../ui/Overlay.tsx'
import { useWrite } from '../shared/write.ts'
import { ActDialog } from './ActDialog.tsx'
import {
  type Act,
  acts,
  type DoneEntry,
  entriesOf,
  isOffered,
  merged,
  type SentEntry,
  withOutcomes,
} from './entries.ts'
import { Results } from './Results.tsx'

export interface ManyActsProps {
  worklist: Worklist
  rows: readonly WorklistRow[]
  onClear: () => void
  /** Only these stay ticked. */
  onKeep: (ids: ReadonlySet<string>) => void
}

export function ManyActs({ worklist, rows, onClear, onKeep }: ManyActsProps) {
  const text = useText(worklistText)
  const format = useFormat()
  const mayApprove = useMay('outcome.approve')
  const [act, setAct] = useState<Act | null>(null)
  const [sent, setSent] = useState<readonly SentEntry[]>([])
  const [done, setDone] = useState<readonly DoneEntry[]>([])
  const write = useWrite(logbookRecordMany, ({ outcomes }) => {
    const answered = withOutcomes(sent, outcomes)
    setDone((earlier) => merged(earlier, answered))
    const finished = new Set(answered.flatMap(({ row, outcome }) => (outcome.outcome === 'refused' ? [] : [row.id])))
    onKeep(new Set(rows.flatMap(({ id }) => (finished.has(id) ? [] : [id]))))
    setAct(null)
  })
  const offered = acts.filter((one) => (worklist === 'outcomeWaiting' ? mayApprove || one === 'hold' : isForMany(one)))
  return (
    <>
      {rows.length > 0 && (
        <section className="selection-bar not-on-paper" aria-label={text.withSelected}>
          <output>{text.selected(format.number(rows.length))}</output>
          <MenuButton
            label={text.withSelected}
            kind="primary"
            entries={offered.map((one) => ({
              id: one,
              label: text.acts[one],
              isDisabled: !rows.some((row) => isOffered(one, row)),
              onAction: () => {
                write.reset()
                setDone([])
                setAct(one)
              },
            }))}
          />
          <Button kind="quiet" size="small" onPress={onClear}>
            {text.clearSelection}
          </Button>
          {rows.length >= mostEntriesAtOnce && <span>{text.selectedMost(format.number(mostEntriesAtOnce))}</span>}
        </section>
      )}
      {act && (
        <ActDialog
          act={act}
          rows={rows}
          isSending={write.isSending}
          problem={write.problem}
          onClose={() => setAct(null)}
          onSend={(said) => {
            const entries = entriesOf(said, rows, newId)
            setSent(entries)
            send(entries)
          }}
        />
      )}
      {done.length > 0 && (
        <Results
          done={done}
          isSending={write.isSending}
          problem={act === null ? write.problem : null}
          onAgain={(failed) => {
            setSent(failed)
            send(failed)
          }}
          onClose={() => setDone([])}
        />
      )}
    </>
  )

  function send(entries: readonly SentEntry[]) {
    write.send({ entries: entries.map(({ row, entry }) => ({ province: row.province, id: row.id, entry })) })
  }
}

/** Decisions are made where they wait; help and holds anywhere. */
function isForMany(act: Act): boolean {
  return act === 'assistance' || act === 'hold'
}
