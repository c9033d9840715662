/**
 * Calls that come while others are being served wait for them and are then served as one group: what a statement, a commit
 * and a way to the disk cost is paid once for all (docs/decisions/0013-recording.md). A call that comes alone waits for
 * nobody.
 */
import { Problem } from '../../domain/problem.ts'

export interface GroupWork<Call, Result> {
  /** Two calls with the same key are never in one group. */
  keyOf: (call: Call) => string
  /** Serves a group, one result for each, in order; what it throws was done for none of them. */
  serve: (group: readonly Call[]) => Promise<(Result | Problem)[]>
  /** Serves one whose group failed: whatever stood in the way of one of them must not be in the way of the others. */
  serveAlone: (call: Call) => Promise<Result>
  /** Groups that are served at the same time. */
  groupsAtOnce: number
}

const mostInGroup = 32

interface Waiting<Call, Result> {
  call: Call
  resolve: (result: Result | Promise<Result>) => void
  reject: (error: unknown) => void
}

/** @returns serves one call, with those that wait beside it; throws what became of that call */
export function inGroups<Call, Result>(work: GroupWork<Call, Result>): (call: Call) => Promise<Result> {
  let waiting: Waiting<Call, Result>[] = []
  let groups = 0

  function takeGroup(): Waiting<Call, Result>[] {
    const group = new Map<string, Waiting<Call, Result>>()
    const left: Waiting<Call, Result>[] = []
    for (const one of waiting) {
      const key = work.keyOf(one.call)
      if (group.size < mostInGroup && !group.has(key)) group.set(key, one)
      else left.push(one)
    }
    waiting = left
    return [...group.values()]
  }

  async function serve(group: readonly Waiting<Call, Result>[]): Promise<void> {
    try {
      const results = await work.serve(group.map(({ call }) => call))
      group.forEach(({ resolve, reject }, index) => {
        const result = results[index]!
        if (result instanceof Problem) reject(result)
        else resolve(result)
      })
    } catch {
      for (const { call, resolve } of group) resolve(work.serveAlone(call))
    }
  }

  function serveWaiting(): void {
    while (groups < work.groupsAtOnce && waiting.length > 0) {
      groups += 1
      void serve(takeGroup()).finally(() => {
        groups -= 1
        serveWaiting()
      })
    }
  }

  return (call) =>
    new Promise((resolve, reject) => {
      waiting.push({ call, resolve, reject })
      // Once everything that came in the same moment is here.
      if (waiting.length === 1) setImmediate(serveWaiting)
    })
}
