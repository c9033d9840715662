/** A job works on the batch: how far, how fast, how much longer. Nobody has to stay and watch. */
import { useState } from 'react'
import { type Batch, importCancel } from '../../../contract/imports.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { ask, problemOf } from '../../api.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { importText } from '../../text/import.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { MeterBar, ProblemAlert } from '../../ui/Feedback.tsx'
import { Card } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { useBatchAnswer } from './batch.ts'

export function RunningStep({ batch }: { batch: Batch }) {
  const text = useText(importText).running
  const common = useText(commonText)
  const takeAnswer = useBatchAnswer()
  const [isStopping, setStopping] = useState(false)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const { progress } = batch
  const phase = progress?.phase ?? phaseOf(batch)

  async function stop() {
    setStopping(true)
    setProblem(null)
    try {
      takeAnswer(await ask(importCancel, { batchId: batch.id }))
      showToast({ message: text.stopped })
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setStopping(false)
    }
  }

  return (
    <Card>
      <MeterBar
        label={text.phases[phase]}
        done={progress?.done ?? 0}
        total={progress?.total ?? null}
        unit={common.row}
        {...(progress?.rate == null ? {} : { rate: Math.round(progress.rate) })}
        {...(progress?.secondsLeft == null ? {} : { secondsLeft: progress.secondsLeft })}
      />
      <p className="soft">{text.leave}</p>
      {problem && <ProblemAlert problem={problem} />}
      {batch.state === 'committing' && batch.may.includes('import.write') && (
        <ButtonRow>
          <Button size="small" isPending={isStopping} onPress={() => void stop()}>
            {text.stopHere}
          </Button>
        </ButtonRow>
      )}
    </Card>
  )
}

function phaseOf(batch: Batch) {
  switch (batch.state) {
    case 'uploaded':
      return 'detecting'
    case 'matching':
    case 'committing':
    case 'undoing':
      return batch.state
    default:
      return 'reading'
  }
}
