/** A person at the registry's HTTP door, as a browser would be: cookies kept, problems thrown with their number. */
import { createHash, createHmac } from 'node:crypto'
import { openSync, readSync, statSync, closeSync } from 'node:fs'
import { basename } from 'node:path'

const pieceBytes = 4 * 1024 * 1024

export class RegistryProblem extends Error {
  constructor(answer, path) {
    super(`${answer.code} ${answer.problem} at ${path} ${JSON.stringify(answer.details ?? {})}`)
    this.problem = answer.problem
  }
}

export function createVisitor(address) {
  const cookies = new Map()
  async function ask(method, path, body) {
    const isBytes = body instanceof Uint8Array
    const response = await fetch(address + path, {
      method,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined || isBytes ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';')
      const [name, ...value] = pair.split('=')
      if (value.join('=') === '') cookies.delete(name)
      else cookies.set(name, value.join('='))
    }
    const answer = await response.json()
    if (!response.ok) throw new RegistryProblem(answer, path)
    return answer
  }
  return {
    get: (path) => ask('GET', path),
    post: (path, body = {}) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
  }
}

/** The six digits of an authenticator app at a moment (RFC 6238, 30 s, SHA-1). */
export function totp(secret, moment = Date.now()) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replace(/=+$/, '')]
    .map((letter) => alphabet.indexOf(letter.toUpperCase()).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(moment / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = digest.at(-1) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Sends a file in pieces and answers the id of the upload. */
export async function uploadFile(visitor, path) {
  const { size } = statSync(path)
  const upload = await visitor.post('/api/uploads', { fileName: basename(path), size })
  const file = openSync(path, 'r')
  const hash = createHash('sha256')
  try {
    for (let offset = 0; offset < size;) {
      const piece = Buffer.alloc(Math.min(pieceBytes, size - offset))
      readSync(file, piece, 0, piece.length, offset)
      hash.update(piece)
      await visitor.put(`/api/uploads/${upload.id}/bytes?offset=${offset}`, piece)
      offset += piece.length
    }
  } finally {
    closeSync(file)
  }
  await visitor.post(`/api/uploads/${upload.id}/complete`, { digest: hash.digest('hex') })
  return upload.id
}

/** Waits until a batch has left the given states, telling how far it is. */
export async function waitWhile(visitor, batchId, states, onProgress = () => {}) {
  for (;;) {
    const batch = await visitor.get(`/api/imports/${batchId}`)
    onProgress(batch)
    if (!states.includes(batch.state)) return batch
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
}

/**
 * Brings one file in through the same steps as a person: upload, the proposed columns, the dry run, the commit. Rows that
 * need a person are left waiting.
 */
export async function importFile(visitor, path, { listCode, areaCode, onProgress = () => {} }) {
  const uploadId = await uploadFile(visitor, path)
  const created = await visitor.post('/api/imports', { uploadId, listCode, areaCode })
  const step = (states) => waitWhile(visitor, created.id, states, onProgress)
  const detected = await step(['uploaded'])
  if (detected.state === 'failed') throw new RegistryProblem(detected.problem, path)
  const proposal = await visitor.get(`/api/imports/${created.id}/proposal`)
  const sheet = proposal.sheets.find(({ name }) => name === proposal.bestSheet)
  const columns = Object.fromEntries(sheet.fields.map(({ field, column }) => [field, column]))
  await visitor.post(`/api/imports/${created.id}/mapping`, {
    mapping: { sheet: sheet.name, headerRow: sheet.headerRow, columns },
  })
  await visitor.post(`/api/imports/${created.id}/start`)
  const reviewed = await step(['reading', 'matching', 'mapped'])
  if (reviewed.state !== 'reviewing')
    throw new RegistryProblem(reviewed.problem ?? { code: 0, problem: reviewed.state }, path)
  if (reviewed.guard && !reviewed.guard.waived) {
    await visitor.post(`/api/imports/${created.id}/guard`, { reason: 'ข้อมูลฝึกหัด ตรวจแล้ว' })
  }
  await visitor.post(`/api/imports/${created.id}/commit`)
  const committed = await step(['committing', 'reviewing'])
  if (committed.state !== 'committed')
    throw new RegistryProblem(committed.problem ?? { code: 0, problem: committed.state }, path)
  return committed
}
