/** The thread of `pickRows`: hands over a few hundred rows and waits until they are taken. */
import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import type { SheetRow } from '../../domain/import/sheet.ts'
import { Problem } from '../../domain/problem.ts'
import { createSecrets } from '../secrets.ts'
import type { FromPickThread, PickTask } from './pick-rows.ts'
import { openFileSource } from './sources.ts'
import { openTable } from './table.ts'
import { openStoredFile } from './upload-store.ts'

const rowsAtOnce = 500
const port = parentPort!
const task = workerData as PickTask
const post = (message: FromPickThread): void => port.postMessage(message)

try {
  const source =
    task.upload === null
      ? await openFileSource(task.path)
      : await openStoredFile(task.path, task.upload.id, task.upload.size, createSecrets(task.keys))
  const table = await openTable(source)
  let picked: SheetRow[] = []
  let next = 0
  const flush = async (): Promise<void> => {
    if (picked.length === 0) return
    const taken = once(port, 'message')
    post({ kind: 'rows', rows: picked })
    picked = []
    await taken
  }
  for await (const batch of table.rows(task.sheet)) {
    for (const row of batch) {
      while (next < task.rows.length && task.rows[next]! < row.number) next += 1
      if (row.number <= task.headerRow || task.rows[next] === row.number) picked.push(row)
    }
    if (picked.length >= rowsAtOnce) await flush()
    if (next >= task.rows.length) break
  }
  await flush()
  await table.close()
  await source.close()
  post({ kind: 'done' })
} catch (error) {
  if (error instanceof Problem) post({ kind: 'problem', problem: error.problem, details: error.details })
  else post({ kind: 'error', message: error instanceof Error ? error.name : 'unknown' })
}
port.close()
