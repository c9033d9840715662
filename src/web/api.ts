/** The browser's side of the contract: one typed function that asks a route and throws a problem that can be shown. */
import { problemSchema, type ProblemAnswer } from '../contract/problem.ts'
import type { InputOf, OutputOf, Route } from '../contract/route.ts'

/** A problem as the server told it, or one that only the browser can see. */
export class AskError extends Error {
  readonly answer: ProblemAnswer

  constructor(answer: ProblemAnswer) {
    super(`${answer.code} ${answer.problem}`)
    this.answer = answer
  }
}

/** Any error as a problem that can be shown; what is not the server's own is a bug, and says so. */
export function problemOf(error: unknown): ProblemAnswer {
  return error instanceof AskError ? error.answer : { code: 500.1, problem: 'unexpected', details: {}, requestId: '' }
}

type LooseInput<Definition extends Route> = Partial<InputOf<Definition>> & Record<string, unknown>

/**
 * Asks a route. Path parts are filled from the input; the rest travels as query (GET) or JSON body, so that nothing
 * personal gets into an address.
 *
 * @throws AskError for every problem, `noAnswer` among them when the server cannot be reached
 */
export async function ask<Definition extends Route>(
  definition: Definition,
  input: LooseInput<Definition> = {} as LooseInput<Definition>,
  options: { signal?: AbortSignal } = {},
): Promise<OutputOf<Definition>> {
  const { path, rest } = fillPath(definition.path, input)
  const isRead = definition.method === 'GET'
  const query = isRead ? toQuery(rest) : ''
  const response = await send(path + query, {
    method: definition.method,
    ...(isRead ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(rest) }),
    ...(options.signal ? { signal: options.signal } : {}),
  })
  return (await response.json()) as OutputOf<Definition>
}

/** Sends bytes to a route whose body is bytes; the rest of the input travels as query. */
export async function sendBytes<Definition extends Route>(
  definition: Definition,
  input: LooseInput<Definition>,
  bytes: Blob,
  options: { signal?: AbortSignal } = {},
): Promise<OutputOf<Definition>> {
  const { path, rest } = fillPath(definition.path, input)
  const response = await send(path + toQuery(rest), { method: definition.method, body: bytes, ...options })
  return (await response.json()) as OutputOf<Definition>
}

/** The address of a download, for a plain link. */
export function downloadAddress<Definition extends Route>(
  definition: Definition,
  input: LooseInput<Definition>,
): string {
  const { path, rest } = fillPath(definition.path, input)
  return path + toQuery(rest)
}

async function send(address: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address, { credentials: 'same-origin', ...init })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new AskError({ code: 0, problem: 'noAnswer', details: {}, requestId: '' })
  }
  if (response.ok) return response
  const parsed = problemSchema.safeParse(await response.json().catch(() => null))
  const answer = parsed.success ? parsed.data : problemOf(null)
  // A wrong password or code is 401 as well, and ends nothing.
  if (answer.problem === 'signInRequired') window.dispatchEvent(new Event('kaejon:signed-out'))
  throw new AskError(answer)
}

function fillPath(path: string, input: Record<string, unknown>): { path: string; rest: Record<string, unknown> } {
  const rest = { ...input }
  const filled = path.replace(/:(\w+)/g, (_, key: string) => {
    const value = String(rest[key])
    delete rest[key]
    return encodeURIComponent(value)
  })
  return { path: filled, rest }
}

function toQuery(values: Record<string, unknown>): string {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== null)
  const query = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString()
  return query ? `?${query}` : ''
}
