/**
 * A thread of clients for the benchmark of the logbook: they record over sockets, each asking again as soon as it was
 * answered, so that the server's own thread serves and does nothing else.
 */
import { request, Agent } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { logbookRecord } from '../../src/contract/logbook.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import { createRandom } from '../../src/practice/random.ts'
import { newId } from '../../src/server/ids.ts'
import { saying } from './_told.ts'

export interface Clients {
  port: number
  /** Households of province 31, told about in turn. */
  ids: readonly string[]
}

/** Asked of the thread; it answers with `Timed`. */
export interface Work {
  clients: number
  count: number
}

export interface Timed {
  perSecond: number
  milliseconds: number[]
}

const { port, ids } = workerData as Clients
const agent = new Agent({ keepAlive: true, maxSockets: 16 })
const random = createRandom('bench logbook', ids.length)
const problemOf = new Map<string, string>()
let told = 0

/** The next household in turn with the next chapter of its story. */
function next(): { id: string; entry: EntryDraft } {
  const id = ids[told % ids.length]!
  const chapter = Math.floor(told / ids.length)
  told += 1
  const day = String(1 + random.below(28)).padStart(2, '0')
  const happenedOn = `2023-${String(1 + (chapter % 9)).padStart(2, '0')}-${day}`
  const problemId = problemOf.get(id) ?? newId()
  problemOf.set(id, problemId)
  return { id, entry: { id: newId(), happenedOn, ...saying(chapter, problemId) } as EntryDraft }
}

function record(): Promise<void> {
  const { id, entry } = next()
  const path = logbookRecord.path.replace(':province', '31').replace(':id', id)
  const headers = { 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`logbook.record answered ${answer.statusCode}`)),
      )
    })
    asked.on('error', reject)
    asked.end(JSON.stringify({ entry }))
  })
}

async function run({ clients, count }: Work): Promise<Timed> {
  const milliseconds: number[] = []
  let left = count
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (left-- > 0) {
        const askedAt = performance.now()
        await record()
        milliseconds.push(performance.now() - askedAt)
      }
    }),
  )
  return { perSecond: count / ((performance.now() - startedAt) / 1000), milliseconds }
}

parentPort!.on('message', (work: Work) => {
  void run(work).then((timed) => parentPort!.postMessage(timed))
})
