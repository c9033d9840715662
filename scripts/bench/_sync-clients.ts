/**
 * A thread of phones for the benchmark of sync: each sends its day's work over a socket of its own, pulls, and fetches
 * what changed, all of them at once, so that the server's own thread serves and does nothing else.
 */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { gunzipSync } from 'node:zlib'
import { syncHouseholds, syncPull, syncPush } from '../../src/contract/sync.ts'
import { newId } from '../../src/server/ids.ts'
import { saying } from './_told.ts'

export interface BenchPhone {
  id: string
  /** Whom the server takes it for. */
  person: string
  /** Base64, 32 bytes. */
  key: string
  areas: string[]
}

export interface PhoneClients {
  port: number
  phones: readonly BenchPhone[]
}

/** Asked of the thread; it answers with `Told`. */
export interface PhoneWork {
  kind: 'download' | 'day'
  /** How many phones take part, and at how many at a time. */
  phones: number
  atOnce: number
  /** Entries that each of them sends. */
  items: number
}

export interface Told {
  errors: number
  /** Of each phone: its whole sync, in milliseconds. */
  whole: number[]
  pushes: number[]
  pulls: number[]
  /** Of each phone: bytes of answers as they travelled and as they are read, and households fetched. */
  wire: number[]
  raw: number[]
  households: number[]
  seconds: number
}

const { port, phones } = workerData as PhoneClients
const agent = new Agent({ keepAlive: true, maxSockets: 2000 })
const nothingWaits = { items: 0, photos: 0, since: null }
/** What each phone holds. */
const holds = new Map<string, { cursor: string; ids: string[] }>()

interface Answer {
  body: never
  wire: number
  raw: number
  ms: number
}

function ask(phone: BenchPhone, path: string, input: Record<string, unknown>): Promise<Answer> {
  const headers = { 'content-type': 'application/json', 'accept-encoding': 'gzip', 'x-bench-person': phone.person }
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (answer) => {
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('end', () => {
        const ms = performance.now() - startedAt
        if (answer.statusCode !== 200) return reject(new Error(`${path} answered ${answer.statusCode}`))
        const bytes = Buffer.concat(pieces)
        const plain = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes
        resolve({ body: JSON.parse(plain.toString()) as never, wire: bytes.length, raw: plain.length, ms })
      })
    })
    asked.on('error', reject)
    asked.end(JSON.stringify({ protocol: 1, deviceId: phone.id, ...input }))
  })
}

const digest = (ids: readonly string[]) => createHash('sha256').update(ids.toSorted().join('\n')).digest('hex')

async function sync(phone: BenchPhone, items: readonly unknown[], told: Told): Promise<void> {
  const startedAt = performance.now()
  const area = { province: '31', areas: phone.areas }
  const sum = { wire: 0, raw: 0, households: 0 }
  const add = ({ wire, raw }: Answer) => {
    sum.wire += wire
    sum.raw += raw
  }
  if (items.length > 0) {
    const pushed = await ask(phone, syncPush.path, { items, waiting: nothingWaits })
    told.pushes.push(pushed.ms)
    const { outcomes } = pushed.body as { outcomes: { outcome: string }[] }
    told.errors += outcomes.filter(({ outcome }) => outcome !== 'recorded').length
  }
  const known = holds.get(phone.id)
  const pulled = await ask(phone, syncPull.path, {
    ...area,
    cursor: known?.cursor ?? null,
    held: known ? digest(known.ids) : null,
    waiting: nothingWaits,
    deviceTime: new Date().toISOString(),
  })
  add(pulled)
  told.pulls.push(pulled.ms)
  const { cursor, present, changed } = pulled.body as { cursor: string; present: string[] | null; changed: string[] }
  for (let from = 0; from < changed.length; from += 100) {
    const answer = await ask(phone, syncHouseholds.path, { ...area, ids: changed.slice(from, from + 100) })
    add(answer)
    sum.households += (answer.body as { households: unknown[] }).households.length
  }
  holds.set(phone.id, { cursor, ids: present ?? known!.ids })
  told.whole.push(performance.now() - startedAt)
  told.wire.push(sum.wire)
  told.raw.push(sum.raw)
  told.households.push(sum.households)
}

/** Sealed before the clock runs: phones do that one visit at a time, over a day. */
function sealedVisits(phone: BenchPhone, count: number): unknown[] {
  const ids = holds.get(phone.id)?.ids ?? []
  return Array.from({ length: ids.length === 0 ? 0 : count }, (_, index) => {
    const entry = { id: newId(), happenedOn: `2023-10-${String(1 + index).padStart(2, '0')}`, ...saying(1, newId()) }
    const item = { kind: 'entry', household: { province: '31', id: ids[index % ids.length] }, entry }
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(phone.key, 'base64'), nonce)
    cipher.setAAD(Buffer.from(`${phone.id}/${entry.id}`))
    const sealed = Buffer.concat([cipher.update(JSON.stringify(item)), cipher.final(), cipher.getAuthTag()])
    const savedAt = new Date().toISOString()
    return { itemId: entry.id, savedAt, nonce: nonce.toString('base64'), cipher: sealed.toString('base64') }
  })
}

async function run(work: PhoneWork): Promise<Told> {
  const told: Told = { errors: 0, whole: [], pushes: [], pulls: [], wire: [], raw: [], households: [], seconds: 0 }
  if (work.kind === 'download') holds.clear()
  const taking = phones.slice(0, work.phones).map((phone) => ({ phone, items: sealedVisits(phone, work.items) }))
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: Math.min(work.atOnce, taking.length) }, async () => {
      for (let next = taking.pop(); next; next = taking.pop()) {
        try {
          await sync(next.phone, next.items, told)
        } catch (error) {
          told.errors += 1
          if (told.errors < 4) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
        }
      }
    }),
  )
  told.seconds = (performance.now() - startedAt) / 1000
  return told
}

parentPort!.on('message', (work: PhoneWork) => {
  void run(work).then((told) => parentPort!.postMessage(told))
})
