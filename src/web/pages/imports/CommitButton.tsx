/** Takes in everything that waits for nobody, and says beforehand how much that is. */
import { useState } from 'react'
import { type Batch, importCommit } from '../../../contract/imports.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { ask, problemOf } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { useBatchAnswer } from './batch.ts'

export function CommitButton({ batch, label, isDisabled }: { batch: Batch; label: string; isDisabled: boolean }) {
  const takeAnswer = useBatchAnswer()
  const [isWorking, setWorking] = useState(false)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  if (!batch.may.includes('import.commit')) return null

  async function commit() {
    setWorking(true)
    setProblem(null)
    try {
      takeAnswer(await ask(importCommit, { batchId: batch.id }))
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setWorking(false)
    }
  }

  return (
    <>
      <Button kind="primary" icon="import" isPending={isWorking} isDisabled={isDisabled} onPress={() => void commit()}>
        {label}
      </Button>
      {problem && <ProblemAlert problem={problem} />}
    </>
  )
}
