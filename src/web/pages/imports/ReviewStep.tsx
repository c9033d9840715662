/** What the check of the whole file found, and the door into the registry. */
import { type Batch, importRejects, importWaiveElsewhere, importWaiveGuard } from '../../../contract/imports.ts'
import { verdicts } from '../../../domain/import/verdict.ts'
import { ask, downloadAddress } from '../../api.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importReviewText } from '../../text/importReview.ts'
import { verdictText } from '../../text/importWords.ts'
import { Button, ButtonRow, LinkButton } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { Section, Stack } from '../../ui/Page.tsx'
import { rowsAddress, useBatchAnswer } from './batch.ts'
import { CommitButton } from './CommitButton.tsx'
import { FaultTable } from './FaultTable.tsx'
import { VerdictMark } from './Marks.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { ReviewAreas } from './ReviewAreas.tsx'

export function ReviewStep({ batch }: { batch: Batch }) {
  const text = useText(importReviewText)
  const format = useFormat()
  const { counts, guard } = batch
  if (!counts) return null
  const ready = counts.ready
  const isGuarded = (guard !== null && !guard.waived) || isHeld(batch)
  return (
    <Stack gap="large">
      <Section title={text.title} lead={text.lead}>
        <Guard batch={batch} />
        <Elsewhere batch={batch} />
        <div className="commit-box">
          <div className="commit-figures">
            <p className="commit-figure" data-tone="success">
              {text.canCome(format.number(ready))}
            </p>
            <p className="commit-figure" data-tone={counts.waiting > 0 ? 'attention' : 'neutral'}>
              {counts.waiting > 0 ? text.waitLine(format.number(counts.waiting)) : text.noneWait}
            </p>
            <p className="commit-figure" data-tone="neutral">
              {text.outLine(format.number(counts.verdicts.invalid + counts.rejected))}
            </p>
          </div>
          <ButtonRow>
            <CommitButton
              batch={batch}
              label={text.willCome(format.number(ready))}
              isDisabled={isGuarded || ready === 0}
            />
            {counts.waiting > 0 && !isHeld(batch) && (
              <LinkButton href={rowsAddress(batch.id, { waiting: true })} icon="people">
                {text.openQueue}
              </LinkButton>
            )}
          </ButtonRow>
          <p className="soft">{ready === 0 ? text.nothingToTake : counts.waiting > 0 ? text.waitingStay : null}</p>
        </div>
      </Section>
      <Section title={text.verdicts}>
        <VerdictTable batch={batch} />
      </Section>
      {!isHeld(batch) && <ReviewAreas batch={batch} />}
      <Section title={text.faults} lead={text.faultsLead} actions={<RejectsLink batch={batch} />}>
        <FaultTable faults={counts.faults} />
      </Section>
    </Stack>
  )
}

/** Nobody is shown its rows yet. */
function isHeld({ elsewhere }: Batch): boolean {
  return elsewhere !== null && !elsewhere.waived
}

/** The workbook of what stays out; only where there is something in it. */
export function RejectsLink({ batch }: { batch: Batch }) {
  const text = useText(importReviewText)
  const leftOut = (batch.counts?.verdicts.invalid ?? 0) + (batch.counts?.rejected ?? 0)
  if (!batch.may.includes('import.write') || leftOut === 0 || !batch.isFileKept) return null
  return (
    <div className="rejects">
      <a
        className="button"
        data-kind="secondary"
        data-size="normal"
        href={downloadAddress(importRejects, { batchId: batch.id })}
        download
      >
        <span>{text.rejects}</span>
      </a>
      <p className="soft">{text.rejectsLead}</p>
    </div>
  )
}

function Guard({ batch }: { batch: Batch }) {
  const text = useText(importReviewText)
  const format = useFormat()
  const takeAnswer = useBatchAnswer()
  const { guard } = batch
  if (!guard) return null
  if (guard.waived) return <Notice tone="attention">{text.guardWaived}</Notice>
  const lead = text.guardLead(percent(guard.share), percent(guard.limit))
  return (
    <Notice
      tone="danger"
      title={text.guardTitle}
      actions={
        batch.may.includes('import.commit') && (
          <ReasonDialog
            title={text.guardTitle}
            trigger={(open) => (
              <Button size="small" onPress={open}>
                {text.guardWaive}
              </Button>
            )}
            label={text.guardReason}
            hint={text.guardReasonHint}
            doLabel={text.guardWaive}
            kind="primary"
            onReason={async (reason) => takeAnswer(await ask(importWaiveGuard, { batchId: batch.id, reason }))}
          >
            <p>{lead}</p>
          </ReasonDialog>
        )
      }
    >
      {lead}
    </Notice>
  )

  function percent(share: number): string {
    return `${format.number(share)}%`
  }
}

/** So many rows stand in other areas that nobody is shown which, until somebody of the province says why they may be. */
function Elsewhere({ batch: { id, elsewhere } }: { batch: Batch }) {
  const text = useText(importReviewText)
  const format = useFormat()
  const takeAnswer = useBatchAnswer()
  if (!elsewhere) return null
  if (elsewhere.waived) return <Notice tone="attention">{text.elsewhereWaived}</Notice>
  const title = text.elsewhereTitle(format.number(elsewhere.rows))
  return (
    <Notice
      tone="danger"
      title={title}
      actions={
        elsewhere.mayWaive && (
          <ReasonDialog
            title={title}
            trigger={(open) => (
              <Button size="small" onPress={open}>
                {text.elsewhereWaive}
              </Button>
            )}
            label={text.guardReason}
            hint={text.elsewhereReasonHint}
            doLabel={text.elsewhereWaive}
            kind="primary"
            onReason={async (reason) => takeAnswer(await ask(importWaiveElsewhere, { batchId: id, reason }))}
          >
            <p>{text.elsewhereLead}</p>
          </ReasonDialog>
        )
      }
    >
      {text.elsewhereLead}
    </Notice>
  )
}

interface VerdictLine {
  verdict: (typeof verdicts)[number]
  count: number
}

function VerdictTable({ batch }: { batch: Batch }) {
  const text = useText(importReviewText)
  const words = useText(verdictText)
  const format = useFormat()
  const lines: VerdictLine[] = verdicts.map((verdict) => ({ verdict, count: batch.counts?.verdicts[verdict] ?? 0 }))
  const columns: readonly Column<VerdictLine>[] = [
    { id: 'verdict', header: text.verdict, cell: ({ verdict }) => <VerdictMark verdict={verdict} /> },
    { id: 'count', header: text.count, align: 'end', cell: ({ count }) => format.number(count) },
    { id: 'means', header: text.meaning, cell: ({ verdict }) => words.means[verdict] },
    { id: 'happens', header: text.happens, cell: ({ verdict }) => words.happens[verdict] },
  ]
  return (
    <div className="wordy-table">
      <DataTable
        caption={text.verdicts}
        columns={columns}
        rows={lines.filter(({ count }) => count > 0)}
        rowKey={({ verdict }) => verdict}
        rowHref={({ verdict }) => (isHeld(batch) ? null : rowsAddress(batch.id, { verdict }))}
      />
    </div>
  )
}
