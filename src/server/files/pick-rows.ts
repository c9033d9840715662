/** Picks rows of a stored file by their numbers, read again in a thread so that requests are answered meanwhile. */
import { Problem, type ProblemDetails, type ProblemName } from '../../domain/problem.ts'
import type { SheetRow } from '../../domain/import/sheet.ts'
import { startThread } from '../thread.ts'

export interface PickTask {
  path: string
  /** Null for a plain file on this machine. */
  upload: { id: string; size: number } | null
  keys: string
  sheet: string
  /** All rows up to this one are taken: titles and header. */
  headerRow: number
  /** In order. */
  rows: Int32Array
}

export type FromPickThread =
  | { kind: 'rows'; rows: SheetRow[] }
  | { kind: 'done' }
  | { kind: 'problem'; problem: string; details: Record<string, unknown> }
  | { kind: 'error'; message: string }

export async function* pickRows(task: PickTask): AsyncGenerator<SheetRow> {
  const thread = startThread(new URL('./pick-thread.ts', import.meta.url), task, 700)
  const inbox: FromPickThread[] = []
  let wake: (() => void) | null = null
  const receive = (message: FromPickThread): void => {
    inbox.push(message)
    wake?.()
    wake = null
  }
  thread.on('message', receive)
  thread.on('error', (error) => receive({ kind: 'error', message: error.message }))
  thread.on('exit', () => receive({ kind: 'error', message: 'the picking thread ended' }))
  try {
    for (;;) {
      while (inbox.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const message = inbox.shift()!
      if (message.kind === 'done') return
      if (message.kind === 'problem')
        throw new Problem(message.problem as ProblemName, message.details as ProblemDetails)
      if (message.kind === 'error') throw new Error(message.message)
      yield* message.rows
      thread.postMessage('next')
    }
  } finally {
    thread.removeAllListeners('exit')
    await thread.terminate()
  }
}
