/** `/imports/:batchId`: one page from the file to the result; what it shows follows the state of the batch. */
import { useEffect, useRef, useState } from 'react'
import { useParams } from 'wouter'
import { type Batch, importCancel } from '../../../contract/imports.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { ask, problemOf } from '../../api.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importText } from '../../text/import.ts'
import { Button, ButtonRow, LinkButton, Spinner } from '../../ui/Button.tsx'
import { EmptyState, Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Stepper } from '../../ui/Navigation.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Card, Columns, PageHeader, Stack } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { importSteps, runningStates, stepOf, useBatch, useBatchAnswer } from './batch.ts'
import { BatchFacts } from './BatchFacts.tsx'
import { CommitButton } from './CommitButton.tsx'
import { History } from './History.tsx'
import { BatchStateMark } from './Marks.tsx'
import { MappingStep } from './MappingStep.tsx'
import { ResultFigures, ResultStep, UndoButton } from './ResultStep.tsx'
import { ReviewStep } from './ReviewStep.tsx'
import { RunningStep } from './RunningStep.tsx'
import './imports.css'

export default function ImportPage() {
  const { batchId } = useParams<{ batchId: string }>()
  const common = useText(commonText)
  const text = useText(importText)
  const format = useFormat()
  const found = useBatch(batchId)
  const batch = found.data
  useTopOfNewContent(batch?.state)
  if (!batch)
    return found.error ? (
      <ProblemAlert
        problem={problemOf(found.error)}
        actions={
          <>
            <Button onPress={() => void found.refetch()}>{common.retry}</Button>
            <LinkButton href="/imports">{text.ended.toList}</LinkButton>
          </>
        }
      />
    ) : (
      <output className="page-coming">
        <Spinner /> {common.loading}
      </output>
    )
  const list = format.locale === 'th' ? batch.listNameTh : batch.listNameEn
  return (
    <>
      <PageHeader
        title={text.batch.title(list)}
        crumbs={[{ label: text.listTitle, href: '/imports' }, { label: text.batch.title(list) }]}
        lead={<BatchStateMark state={batch.state} />}
        actions={<CancelButton batch={batch} />}
      />
      <Stack gap="large">
        <Stepper steps={importSteps.map((id) => ({ id, label: text.steps[id] }))} current={stepOf(batch)} />
        {found.error && <Notice tone="attention">{text.running.noAnswer}</Notice>}
        <StateContent batch={batch} />
        <Columns>
          <Card title={text.batch.facts}>
            <BatchFacts batch={batch} />
          </Card>
          <History batch={batch} />
        </Columns>
      </Stack>
    </>
  )
}

/** Other content begins at its top: who pressed a button at the foot of the last one would otherwise stand in its middle. */
function useTopOfNewContent(state: Batch['state'] | undefined) {
  const shown = useRef(state)
  useEffect(() => {
    if (shown.current !== undefined && shown.current !== state) window.scrollTo({ top: 0 })
    shown.current = state
  }, [state])
}

function StateContent({ batch }: { batch: Batch }) {
  if (runningStates.has(batch.state)) return <RunningStep batch={batch} />
  switch (batch.state) {
    case 'detected':
    case 'mapped':
      return <MappingStep batch={batch} />
    case 'reviewing':
      return <ReviewStep batch={batch} />
    case 'committed':
      return <ResultStep batch={batch} />
    default:
      return <Ended batch={batch} />
  }
}

/** Cancelled, failed, taken back: what happened, and what to do next. */
function Ended({ batch }: { batch: Batch }) {
  const text = useText(importText).ended
  const format = useFormat()
  const next = (
    <>
      <LinkButton href="/imports/new" kind="primary" icon="import">
        {text.newFile}
      </LinkButton>
      <LinkButton href="/imports">{text.toList}</LinkButton>
    </>
  )
  if (batch.state !== 'undone' && batch.result) return <EndedHalfway batch={batch} />
  if (batch.state === 'failed')
    return (
      <Stack gap="small">
        {batch.problem && <ProblemAlert problem={batch.problem} />}
        <EmptyState icon="alert" title={text.failedTitle} actions={next}>
          {text.failedLead}
        </EmptyState>
      </Stack>
    )
  if (batch.state === 'undone')
    return (
      <EmptyState icon="undo" title={text.undoneTitle} actions={next}>
        {text.undoneLead(format.moment(batch.undoneAt))}
      </EmptyState>
    )
  return (
    <EmptyState icon="cross" title={text.cancelledTitle} actions={next}>
      {text.cancelledLead}
    </EmptyState>
  )
}

/** Stopped or failed while it was being taken in: what entered stays, and both ways on are open. */
function EndedHalfway({ batch }: { batch: Batch }) {
  const text = useText(importText).ended
  return (
    <Stack>
      {batch.problem && <ProblemAlert problem={batch.problem} />}
      <Notice tone="attention" title={text.partTitle}>
        {text.partLead}
      </Notice>
      <ResultFigures batch={batch} />
      <ButtonRow>
        {batch.state === 'failed' && <CommitButton batch={batch} label={text.goOn} isDisabled={false} />}
        <UndoButton batch={batch} />
      </ButtonRow>
    </Stack>
  )
}

const cancellable = new Set<Batch['state']>(['uploaded', 'detected', 'mapped', 'reading', 'matching', 'reviewing'])

function CancelButton({ batch }: { batch: Batch }) {
  const text = useText(importText).batch
  const takeAnswer = useBatchAnswer()
  const [isOpen, setOpen] = useState(false)
  const [isWorking, setWorking] = useState(false)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  if (!cancellable.has(batch.state) || !batch.may.includes('import.write')) return null

  async function cancel() {
    setWorking(true)
    setProblem(null)
    try {
      takeAnswer(await ask(importCancel, { batchId: batch.id }))
      setOpen(false)
      showToast({ message: text.cancelled })
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setWorking(false)
    }
  }

  return (
    <>
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {text.cancel}
      </Button>
      <Dialog
        title={text.cancelTitle}
        isOpen={isOpen}
        onOpenChange={setOpen}
        actions={(close) => (
          <>
            <Button kind="danger" isPending={isWorking} onPress={() => void cancel()}>
              {text.cancel}
            </Button>
            <Button onPress={close}>{text.keepGoing}</Button>
          </>
        )}
      >
        <Stack gap="small">
          <p>{text.cancelLead}</p>
          {problem && <ProblemAlert problem={problem} />}
        </Stack>
      </Dialog>
    </>
  )
}
