/** How far an import is: told to whoever runs it, and now and then written into the batch. */
import type { Tx } from '../db/database.ts'
import type { Deps } from '../deps.ts'
import { changeBatch, type BatchProgress, type StoredBatch } from '../queries/imports.ts'

export type RunDeps = Pick<Deps, 'database' | 'secrets' | 'now'>

/** How the work is asked to pause, and told about. */
export interface RunControl {
  /** True once the program stops: the phase returns at the next safe point. */
  stopping?: () => boolean
  progress?: (progress: BatchProgress) => void
  /** Rows that are committed in one transaction, where it is not for the engine to say. */
  commitRows?: number
}

export type PhaseOutcome = 'done' | 'again' | 'cancelled'

const tellEveryMs = 1000

export interface Meter {
  total: number | null
  tell(tx: Tx, done: number, always?: boolean): Promise<boolean>
}

/** Writes progress into the batch now and then, in the transaction of the work itself; false when it was cancelled. */
export function createMeter(
  deps: RunDeps,
  batch: StoredBatch,
  phase: BatchProgress['phase'],
  from: number,
  total: number | null,
  control: RunControl,
): Meter {
  const since = new Date().toISOString()
  let toldAt = 0
  const progressAt = (done: number): BatchProgress => ({ phase, done, total: meter.total, since, from })
  const meter = {
    total,
    async tell(tx: Tx, done: number, always = false): Promise<boolean> {
      const progress = progressAt(phase === 'reading' ? from + done : done)
      control.progress?.(progress)
      if (!always && Date.now() - toldAt < tellEveryMs) return true
      toldAt = Date.now()
      return changeBatch(tx, batch.id, { progress }, deps.now(), ['reading', 'matching', 'committing', 'undoing'])
    },
  }
  control.progress?.(progressAt(from))
  return meter
}
