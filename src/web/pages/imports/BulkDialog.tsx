/** Decides every waiting row of one kind, from a likeness on, in the area of the filters. */
import { useState } from 'react'
import type { importDecideAll } from '../../../contract/import-rows.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import type { InputOf } from '../../../contract/route.ts'
import { choicesOf, type Decision, decisions } from '../../../domain/import/verdict.ts'
import { problemOf } from '../../api.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { importQueueText } from '../../text/importQueue.ts'
import { decisionText, reasonText } from '../../text/importWords.ts'
import { Button } from '../../ui/Button.tsx'
import { RadioGroup } from '../../ui/Choice.tsx'
import { Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Stack } from '../../ui/Page.tsx'
import { NumberField } from '../../ui/TextField.tsx'
import { useAreaLabel } from './BatchFacts.tsx'
import type { QueueFilters } from './queue.ts'

type Input = Omit<InputOf<typeof importDecideAll>, 'batchId'>

interface BulkDialogProps {
  filters: QueueFilters
  areaCode: string
  /** Throws what `problemOf` can read. */
  onDecide: (input: Input) => Promise<void>
}

/** Reasons with a likeness that was scored. */
const scoredReasons = new Set(['likeness', 'likenessDoubtful'])
const safeScore = 90

export function BulkDialog({ filters, areaCode, onDecide }: BulkDialogProps) {
  const text = useText(importQueueText)
  const common = useText(commonText)
  const words = useText(decisionText)
  const reasons = useText(reasonText).names
  const area = useAreaLabel(areaCode)
  const [isOpen, setOpen] = useState(false)
  const [score, setScore] = useState(safeScore)
  const [decision, setDecision] = useState<Decision | null>(null)
  const [isWorking, setWorking] = useState(false)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const { reason } = filters
  const verdict = filters.verdict === 'match' || filters.verdict === 'conflict' ? filters.verdict : undefined
  const isScored = reason !== undefined && scoredReasons.has(reason)

  async function go() {
    if (!decision || !reason) return
    setWorking(true)
    setProblem(null)
    try {
      await onDecide({
        decision,
        reason,
        areaCode,
        ...(verdict && { verdict }),
        ...(isScored && { leastScore: Number.isNaN(score) ? 0 : Math.round(score) }),
      })
      setOpen(false)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setWorking(false)
    }
  }

  return (
    <>
      <Button size="small" onPress={() => setOpen(true)}>
        {text.bulk}
      </Button>
      <Dialog
        title={text.bulkTitle}
        isOpen={isOpen}
        onOpenChange={setOpen}
        actions={(close) => (
          <>
            <Button kind="primary" isPending={isWorking} isDisabled={!decision || !reason} onPress={() => void go()}>
              {text.bulkDo}
            </Button>
            <Button onPress={close}>{common.cancel}</Button>
          </>
        )}
      >
        {reason ? (
          <Stack gap="small">
            <p>{text.bulkLead(reasons[reason], area)}</p>
            {isScored && (
              <NumberField
                label={text.bulkScore}
                unit={text.bulkUnit}
                value={score}
                onChange={setScore}
                minValue={0}
                maxValue={100}
              />
            )}
            <RadioGroup
              label={text.bulkDecision}
              value={decision}
              onChange={(id) => setDecision(decisions.find((known) => known === id) ?? null)}
              options={choicesOf(reason.endsWith('InFile') ? 'duplicate' : 'conflict', reason).map((known) => ({
                id: known,
                label: words.names[known],
              }))}
            />
            {problem && <ProblemAlert problem={problem} />}
          </Stack>
        ) : (
          <Notice>{text.bulkNeedsReason}</Notice>
        )}
      </Dialog>
    </>
  )
}
