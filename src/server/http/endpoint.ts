/**
 * The life of a request, in one place and one order: who asks → may they at all → is the input well formed → one
 * transaction behind the wall → the handler → exactly one audit row where the route owes one → commit → the output
 * stripped to what the contract names → the answer. The answer is sent after the commit, never before.
 */
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { InputOf, OutputOf, Route } from '../../contract/route.ts'
import { Problem } from '../../domain/problem.ts'
import { mayAnywhere, reachOf, type Actor, type Reach } from '../../domain/permission.ts'
import { createActionRun, type ActionContext, type ActionRun } from '../actions/context.ts'
import type { Tx } from '../db/database.ts'
import { inTransaction, type Wall } from '../db/transaction.ts'
import { newId } from '../ids.ts'
import type { Deps } from '../deps.ts'
import { clientAddress, type RequestOrigin } from './address.ts'
import { problemOf } from './problem.ts'
import { inGroups } from './together.ts'

/** What a handler works with. */
export interface Call extends ActionContext {
  /** Where the route's permission reaches for this person; empty for public routes. */
  reach: Reach
  deps: Deps
  request: Request
  /** The network address that the request comes from, as far as the configured proxies can be believed. */
  address: string
  /** The body of a `bytes` route, already read, so that no transaction waits for the network. */
  bytes: Uint8Array
  /** Headers for the answer, such as cookies. */
  headers: Headers
}

/** A download: the bytes stream out while they are made. */
export interface FileAnswer {
  fileName: string
  contentType: string
  body: ReadableStream<Uint8Array>
}

type Answer<Definition extends Route> = Definition['answer'] extends 'file' ? FileAnswer : OutputOf<Definition>
type Handler<Definition extends Route> = (call: Call, input: InputOf<Definition>) => Promise<Answer<Definition>>

/** Handles calls of several people in one transaction; what is refused of one is a problem in its place. */
type GroupHandler<Definition extends Route> = (
  calls: readonly { call: Call; input: InputOf<Definition> }[],
) => Promise<(Answer<Definition> | Problem)[]>

export interface Endpoint {
  route: Route
  handler: Handler<Route>
  /** Set for a route that many people ask at the same moment. */
  together?: { handler: GroupHandler<Route>; keyOf: (input: never) => string }
}

/** Ties a handler to its route; the types of input and answer are the contract's. */
export function endpoint<Definition extends Route>(definition: Definition, handler: Handler<Definition>): Endpoint {
  return { route: definition, handler: handler as unknown as Handler<Route> }
}

/**
 * Ties a handler to a route beyond the wall that many people ask at the same moment: those that wait share a transaction.
 *
 * @param keyOf what a call holds while it is served: two that hold the same are served one after the other
 */
export function endpointTogether<Definition extends Route>(
  definition: Definition,
  keyOf: (input: InputOf<Definition>) => string,
  handler: GroupHandler<Definition>,
): Endpoint {
  const alone: Handler<Definition> = async (call, input) => {
    const [answer] = await handler([{ call, input }])
    if (answer instanceof Problem) throw answer
    return answer!
  }
  return { ...endpoint(definition, alone), together: { handler: handler as unknown as GroupHandler<Route>, keyOf } }
}

const nobody: Actor = { userId: '', name: '', sessionId: '', grants: [], secondFactor: false }

export function mount(app: Hono, deps: Deps, endpoints: readonly Endpoint[]): void {
  for (const one of endpoints) {
    const perform = performer(deps, one)
    app.on(one.route.method, one.route.path, (context) => serve(context, deps, one.route, perform))
  }
}

/** A request that was let in and read, and waits for its transaction. */
interface Asked extends Pick<Call, 'reach' | 'request' | 'address' | 'bytes' | 'headers'> {
  actor: Actor | null
  input: unknown
  requestId: string
}

/** Carries a request out and commits. */
type Perform = (asked: Asked) => Promise<Performed>

interface Performed {
  action: ActionRun
  answer: Answer<Route>
}

function performer(deps: Deps, { route, handler, together }: Endpoint): Perform {
  const begin = (asked: Asked, tx: Tx, now: Date): { action: ActionRun; call: Call } => {
    const { actor, input: _, requestId, ...rest } = asked
    const action = createActionRun({ tx, actor: actor ?? nobody, now, secrets: deps.secrets, requestId })
    return { action, call: { ...action.context, ...rest, deps } }
  }
  const alone: Perform = (asked) =>
    inTransaction(deps.database, wallOf(route, asked), async (tx) => {
      const { action, call } = begin(asked, tx, deps.now())
      const answer = await handler(call, asked.input)
      checkTrace(route, action)
      return { action, answer }
    })
  if (!together) return alone
  return inGroups<Asked, Performed>({
    keyOf: ({ input }) => together.keyOf(input as never),
    serve: (group) =>
      inTransaction(deps.database, { program: { longestWaitMs } }, async (tx) => {
        const now = deps.now()
        const begun = group.map((asked) => ({ ...begin(asked, tx, now), input: asked.input }))
        const answers = await together.handler(begun)
        return begun.map(({ action }, index) => {
          const answer = answers[index]!
          if (answer instanceof Problem) return answer
          checkTrace(route, action)
          return { action, answer }
        })
      }),
    serveAlone: alone,
    groupsAtOnce: deps.database.engine === 'embedded' ? 1 : 2,
  })
}

/** One that somebody holds up longer leaves its group, and waits by itself. */
const longestWaitMs = 300

function checkTrace(route: Route, action: ActionRun): void {
  const owed = route.effect === 'read' ? 0 : 1
  if (action.audits() !== owed) throw new Error(`${route.name} left ${action.audits()} audit rows instead of ${owed}`)
}

function wallOf(route: Route, { actor, reach }: Asked): Wall {
  return actor && !route.beyondWall && !unplaced(route) ? { reach } : 'program'
}

async function serve(context: Context, deps: Deps, route: Route, perform: Perform): Promise<Response> {
  const requestId = newId()
  const startedAt = performance.now()
  let status = 200
  try {
    const response = await run(context, deps, route, perform, requestId)
    status = response.status
    return response
  } catch (error) {
    const problem = problemOf(error)
    status = problem.status
    if (problem.problem === 'unexpected')
      deps.log.error({ requestId, route: route.name, error: describe(error) }, 'unexpected')
    const body = { code: problem.code, problem: problem.problem, details: problem.details, requestId }
    return context.json(body, problem.status as ContentfulStatusCode, { 'cache-control': 'no-store' })
  } finally {
    deps.log.info({ requestId, route: route.name, status, ms: Math.round(performance.now() - startedAt) }, 'request')
  }
}

async function run(context: Context, deps: Deps, route: Route, perform: Perform, requestId: string): Promise<Response> {
  const request = context.req.raw
  const actor = await deps.auth.identify(request)
  const reach = allow(route, actor)
  const input = await readInput(context, route)
  const bytes = route.body === 'bytes' ? await readBytes(request) : new Uint8Array()
  const headers = new Headers()
  const address = clientAddress(request, deps.config, context.env as RequestOrigin | undefined)
  const { action, answer } = await perform({ actor, reach, input, bytes, headers, address, request, requestId })
  action.runAfterCommit()
  headers.set('cache-control', 'no-store')
  if (route.answer === 'file') return sendFile(answer as FileAnswer, headers)
  headers.set('content-type', 'application/json; charset=utf-8')
  const text = JSON.stringify(route.output.parse(answer))
  if (!route.isLong) return new Response(text, { status: 200, headers })
  return compressed(request, text, headers)
}

/** Routes about people, lists and centres touch no table behind the wall, and must work for roles without an area. */
function unplaced(route: Route): boolean {
  return route.access === 'public' || route.access === 'signed-in'
}

function allow(route: Route, actor: Actor | null): Reach {
  const nowhere: Reach = { areas: [], centreIds: [] }
  if (route.access === 'public') return nowhere
  if (!actor) throw new Problem('signInRequired')
  if (route.access === 'signed-in') return nowhere
  const isAdministrator = actor.grants.some((grant) => grant.role === 'administrator')
  if (isAdministrator && !actor.secondFactor) throw new Problem('secondFactorMustBeSet')
  if (!mayAnywhere(actor, route.access)) throw new Problem('notPermitted')
  return reachOf(actor, route.access)!
}

const mostCharacters = 2_000_000

async function readInput(context: Context, route: Route): Promise<unknown> {
  const fromAddress = { ...context.req.query(), ...context.req.param() }
  let body: unknown = {}
  if (route.body !== 'bytes' && route.method !== 'GET') {
    const text = await context.req.text()
    if (text.length > (route.mostCharacters ?? mostCharacters)) throw new Problem('tooLarge')
    try {
      body = text === '' ? {} : JSON.parse(text)
    } catch {
      throw new Problem('malformedInput')
    }
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Problem('malformedInput')
  }
  const parsed = route.input.safeParse({ ...fromAddress, ...(body as object) })
  if (parsed.success) return parsed.data
  throw new Problem('malformedInput', {
    fields: parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), fault: issue.code })),
  })
}

const mostBytes = 16 * 1024 * 1024

async function readBytes(request: Request): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request.body ?? []) {
    size += piece.length
    if (size > mostBytes) throw new Problem('tooLarge')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

const compress = promisify(gzip)
const fewBytes = 1024

/** Compressed in a thread of its own, at a level that costs little: text of this kind shrinks to a tenth all the same. */
async function compressed(request: Request, text: string, headers: Headers): Promise<Response> {
  headers.set('vary', 'accept-encoding')
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(request.headers.get('accept-encoding') ?? '')
  if (!takesGzip || text.length < fewBytes) return new Response(text, { status: 200, headers })
  headers.set('content-encoding', 'gzip')
  return new Response(await compress(text, { level: 5 }), { status: 200, headers })
}

function sendFile(answer: FileAnswer, headers: Headers): Response {
  headers.set('content-type', answer.contentType)
  headers.set('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(answer.fileName)}`)
  return new Response(answer.body, { status: 200, headers })
}

/** Class and place of an unexpected error; its message may hold values, so it is left out unless it is the program's own. */
function describe(error: unknown): { name: string; code?: string; stack?: string } {
  if (!(error instanceof Error)) return { name: typeof error }
  const code = (error as { code?: unknown }).code
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return { name: error.name, ...(typeof code === 'string' ? { code } : {}), stack: frames.slice(0, 8).join('\n') }
}
