/** What the import did, what is left of it, and the way back. */
import { type Batch, importUndo } from '../../../contract/imports.ts'
import { ask } from '../../api.ts'
import { useText } from '../../text/dictionary.ts'
import { commonText } from '../../text/common.ts'
import { useFormat } from '../../text/format.ts'
import { importResultText } from '../../text/importResult.ts'
import { importReviewText } from '../../text/importReview.ts'
import { Button, ButtonRow, LinkButton } from '../../ui/Button.tsx'
import { Figure, FigureRow } from '../../ui/Facts.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { Section, Stack } from '../../ui/Page.tsx'
import { rowsAddress, useBatchAnswer } from './batch.ts'
import { CommitButton } from './CommitButton.tsx'
import { FaultTable } from './FaultTable.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import { RejectsLink } from './ReviewStep.tsx'

export function ResultStep({ batch }: { batch: Batch }) {
  const text = useText(importResultText)
  const review = useText(importReviewText)
  const format = useFormat()
  const { counts } = batch
  const ready = counts?.ready ?? 0
  const households = householdsOf(batch)
  return (
    <Stack gap="large">
      <Section title={text.title} lead={text.lead(format.moment(batch.committedAt))}>
        <ResultFigures batch={batch} />
        <ButtonRow>
          <LinkButton href={households} kind={ready > 0 ? 'secondary' : 'primary'} icon="household">
            {text.open}
          </LinkButton>
        </ButtonRow>
      </Section>
      {counts && counts.waiting > 0 && (
        <Notice
          tone="attention"
          title={text.stillWaiting(format.number(counts.waiting))}
          actions={
            <LinkButton href={rowsAddress(batch.id, { waiting: true })} size="small">
              {review.openQueue}
            </LinkButton>
          }
        >
          {text.stillWaitingLead}
        </Notice>
      )}
      {ready > 0 && (
        <Notice
          title={text.decidedLeft(format.number(ready))}
          actions={<CommitButton batch={batch} label={text.commitRest(format.number(ready))} isDisabled={false} />}
        />
      )}
      {counts && (
        <Section title={review.faults} lead={review.faultsLead} actions={<RejectsLink batch={batch} />}>
          <FaultTable faults={counts.faults} />
        </Section>
      )}
      <ButtonRow>
        <UndoButton batch={batch} />
      </ButtonRow>
    </Stack>
  )
}

const householdsOf = (batch: Batch) => `/households?area=${batch.areaCode}&list=${batch.listCode}`

export function ResultFigures({ batch }: { batch: Batch }) {
  const text = useText(importResultText)
  const common = useText(commonText)
  const { result } = batch
  const joined = result ? Math.max(0, result.listingsMade - result.householdsMade) : null
  return (
    <div className="result-figures">
      <FigureRow>
        <Figure
          label={text.made}
          value={result?.householdsMade ?? null}
          unit={common.household}
          tone="strong"
          href={householdsOf(batch)}
        />
        <Figure label={text.joined} value={joined} unit={common.household} />
        <Figure label={text.changed} value={result?.householdsChanged ?? null} unit={common.household} />
        <Figure label={text.members} value={result?.membersMade ?? null} unit={common.person} />
        <Figure label={text.listings} value={result?.listingsMade ?? null} unit={text.listingsUnit} />
        <Figure label={text.facts} value={result?.factsChanged ?? null} unit={text.factsUnit} />
      </FigureRow>
    </div>
  )
}

/** Takes the whole import back, with a reason; says beforehand what goes and what stays. */
export function UndoButton({ batch }: { batch: Batch }) {
  const text = useText(importResultText)
  const takeAnswer = useBatchAnswer()
  if (!batch.may.includes('import.undo')) return null
  return (
    <ReasonDialog
      title={text.undoTitle}
      trigger={(open) => (
        <Button icon="undo" kind="quiet" onPress={open}>
          {text.undo}
        </Button>
      )}
      label={text.undoReason}
      hint={text.undoReasonHint}
      doLabel={text.undoDo}
      kind="danger"
      onReason={async (reason) => takeAnswer(await ask(importUndo, { batchId: batch.id, reason }))}
    >
      <p>{text.undoGoes}</p>
      <p>{text.undoStays}</p>
    </ReasonDialog>
  )
}
