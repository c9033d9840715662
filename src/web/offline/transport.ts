/** How a phone speaks to the server, and every way in which that can fail, as one kind of error. */
import { messages, type Answered, type Asked, type MessageName } from './messages.ts'

/** Carries messages. Every failure is a Trouble; an answer that is not the server's own counts as no answer. */
export interface Transport {
  /** @param piece the body of `sync.photoPiece` */
  ask<Name extends MessageName>(
    name: Name,
    input: Asked<Name>,
    piece?: Uint8Array<ArrayBuffer>,
  ): Promise<Answered<Name>>
}

/** A problem of the server by its name, or `noAnswer`. */
export class Trouble extends Error {
  readonly problem: string
  /** The number of the problem (src/domain/problem.ts); 0 without an answer. */
  readonly code: number
  readonly details: Record<string, unknown>

  constructor(problem: string, code = 0, details: Record<string, unknown> = {}) {
    super(problem)
    this.problem = problem
    this.code = code
    this.details = details
  }
}

/** The message was understood as ours, and what is in it refused: 400, 413, 422. */
export function isAboutContent({ code }: Trouble): boolean {
  return [400, 413, 422].includes(Math.trunc(code))
}

/** A line that says nothing for so long is no line: somebody else may hold the lock then. */
const longestSilenceMs = 60_000

/** Speaks by `fetch`, with the session's cookie. */
export function createTransport(fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args)): Transport {
  return {
    async ask(name, input, piece) {
      const { method, path } = messages[name]
      const rest: Record<string, unknown> = { ...input }
      const filled = path.replace(/:(\w+)/g, (_, key: string) => {
        const value = String(rest[key])
        delete rest[key]
        return encodeURIComponent(value)
      })
      const query = Object.entries(rest).map(([key, value]) => [key, String(value)])
      const address = piece ? `${filled}?${new URLSearchParams(query).toString()}` : filled
      const body = piece ?? JSON.stringify(rest)
      const headers: Record<string, string> = piece ? {} : { 'content-type': 'application/json' }
      const signal = AbortSignal.timeout(longestSilenceMs)
      let answer: unknown
      let status: number
      try {
        const response = await fetch(address, { method, body, headers, signal, credentials: 'same-origin' })
        status = response.status
        answer = await response.json()
      } catch {
        throw new Trouble('noAnswer')
      }
      if (typeof answer !== 'object' || answer === null) throw new Trouble('noAnswer')
      if (status === 200) return answer as never
      const { problem, code, details } = answer as Record<string, unknown>
      // A proxy or a hotel's sign-in page answers too, but not with our problems.
      if (typeof problem !== 'string' || typeof code !== 'number') throw new Trouble('noAnswer')
      throw new Trouble(problem, code, (details ?? {}) as Record<string, unknown>)
    },
  }
}
