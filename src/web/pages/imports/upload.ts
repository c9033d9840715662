/**
 * Sends a file in pieces. A lost connection only makes it wait: it asks the server where it was and goes on from there.
 * Knows nothing of screens or of the network; both are handed in, so that every mishap can be tried in a test.
 */
import type { OutputOf } from '../../../contract/route.ts'
import type { Upload, uploadComplete } from '../../../contract/uploads.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'

export type CompleteUpload = OutputOf<typeof uploadComplete>

/** What sending needs from the outside; each call throws what `problemOf` can read. */
export interface UploadDoor {
  begin: (file: { fileName: string; size: number }, signal: AbortSignal) => Promise<Upload>
  show: (uploadId: string, signal: AbortSignal) => Promise<Upload>
  append: (uploadId: string, offset: number, piece: Blob, signal: AbortSignal) => Promise<Upload>
  complete: (uploadId: string, digest: string | null, signal: AbortSignal) => Promise<CompleteUpload>
  /** SHA-256 in hex, null where the browser cannot or the file is too large to hold. */
  digest: (file: Blob) => Promise<string | null>
  problemOf: (error: unknown) => ProblemAnswer
  /** Milliseconds. */
  now: () => number
  /** Ends early when the device says that it is online again; rejects when the signal aborts. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** The upload that was begun for this very file and not finished, such as before the page was loaded again. */
  begun: { read: () => string | null; write: (uploadId: string | null) => void }
}

export interface UploadState {
  phase: 'sending' | 'paused' | 'waiting' | 'checking' | 'done' | 'failed'
  /** Bytes that the server holds for good. */
  sent: number
  size: number
  /** Bytes a second, over the last pieces; null at first. */
  rate: number | null
  secondsLeft: number | null
  /** While waiting for the connection: seconds until the next try. */
  retryInSeconds: number | null
  complete: CompleteUpload | null
  problem: ProblemAnswer | null
}

export interface RunningUpload {
  pause: () => void
  /** Goes on after a pause, a failure or, at once, while waiting. */
  resume: () => void
  cancel: () => void
}

const mostPieceBytes = 4 * 1024 * 1024
const leastPieceBytes = 256 * 1024
/** A piece should take about so long: progress moves on a slow line, and a fast one is not held up. */
const pieceMilliseconds = 2_000
/** The server seals a file in frames of so many bytes; a piece that ends inside one makes it seal that frame twice. */
const frameBytes = 64 * 1024
const longestWaitSeconds = 30

export function startUpload(
  file: File,
  door: UploadDoor,
  onChange: (state: UploadState) => void,
  { digestLimit = 256 * 1024 * 1024 }: { digestLimit?: number } = {},
): RunningUpload {
  let state: UploadState = {
    phase: 'sending',
    sent: 0,
    size: file.size,
    rate: null,
    secondsLeft: null,
    retryInSeconds: null,
    complete: null,
    problem: null,
  }
  let abort = new AbortController()
  let uploadId: string | null = null
  let pieceBytes = leastPieceBytes
  let isCancelled = false
  const digest: Promise<string | null> =
    file.size <= digestLimit ? door.digest(file).catch(() => null) : Promise.resolve(null)

  function change(changes: Partial<UploadState>) {
    if (isCancelled) return
    state = { ...state, ...changes }
    onChange(state)
  }

  async function run() {
    const { signal } = abort
    let failures = 0
    while (!signal.aborted) {
      try {
        await sendAll(signal, () => (failures = 0))
        return
      } catch (error) {
        if (signal.aborted) return
        const problem = door.problemOf(error)
        if (problem.problem === 'notFound' && uploadId !== null && failures === 0) {
          // The server has forgotten this upload: begin again from nothing.
          forget()
          failures += 1
          continue
        }
        if (!mayPass(problem)) {
          if (problem.problem === 'uploadChecksumMismatch') forget()
          change({ phase: 'failed', problem, retryInSeconds: null })
          return
        }
        const seconds = Math.min(longestWaitSeconds, 2 ** failures)
        failures += 1
        pieceBytes = leastPieceBytes
        await waitFor(seconds, signal)
      }
    }
  }

  async function sendAll(signal: AbortSignal, onSuccess: () => void) {
    let offset = await whereItWas(signal)
    if (signal.aborted) return
    onSuccess()
    change({ phase: 'sending', sent: offset, retryInSeconds: null, problem: null })
    while (offset < file.size) {
      const startedAt = door.now()
      const end = Math.floor((offset + pieceBytes) / frameBytes) * frameBytes
      const piece = file.slice(offset, end)
      const stored = await door.append(uploadId!, offset, piece, signal)
      if (signal.aborted) return
      onSuccess()
      const milliseconds = Math.max(1, door.now() - startedAt)
      const rate = smooth(state.rate, ((stored.received - offset) * 1000) / milliseconds)
      offset = stored.received
      pieceBytes = clamp((rate * pieceMilliseconds) / 1000, leastPieceBytes, mostPieceBytes)
      change({ sent: offset, rate, secondsLeft: (file.size - offset) / rate })
    }
    change({ phase: 'checking', secondsLeft: null })
    const complete = await door.complete(uploadId!, await digest, signal)
    if (signal.aborted) return
    door.begun.write(null)
    change({ phase: 'done', sent: file.size, complete })
  }

  /** Bytes that the server holds: of the upload under way, of one begun before, or none of a new one. */
  async function whereItWas(signal: AbortSignal): Promise<number> {
    const known = uploadId ?? door.begun.read()
    if (known !== null) {
      uploadId = known
      const found = await door.show(known, signal)
      if (found.size === file.size) return found.received
    }
    const begun = await door.begin({ fileName: file.name, size: file.size }, signal)
    uploadId = begun.id
    door.begun.write(begun.id)
    return begun.received
  }

  async function waitFor(seconds: number, signal: AbortSignal) {
    change({ phase: 'waiting', rate: null, secondsLeft: null, retryInSeconds: seconds })
    await door.wait(seconds * 1000, signal).catch(() => {})
  }

  function forget() {
    uploadId = null
    door.begun.write(null)
    change({ sent: 0 })
  }

  void run()
  return {
    pause() {
      if (state.phase !== 'sending' && state.phase !== 'waiting') return
      abort.abort()
      change({ phase: 'paused', rate: null, secondsLeft: null, retryInSeconds: null })
    },
    resume() {
      if (state.phase === 'done' || state.phase === 'sending' || state.phase === 'checking') return
      abort.abort()
      abort = new AbortController()
      change({ phase: 'sending', retryInSeconds: null, problem: null })
      void run()
    },
    cancel() {
      isCancelled = true
      abort.abort()
    },
  }
}

/** The network, or a server that is busy or starting: waiting helps. */
function mayPass({ problem, code }: ProblemAnswer): boolean {
  return problem === 'noAnswer' || problem === 'uploadOutOfOrder' || problem === 'databaseNotReady' || code >= 502
}

function smooth(before: number | null, now: number): number {
  return before === null ? now : 0.7 * before + 0.3 * now
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)))
}
