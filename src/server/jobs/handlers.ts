import type { Deps } from '../deps.ts'
import { importHandlers } from './imports.ts'
import { settleHandlers } from './settle.ts'
import type { JobHandler } from './worker.ts'

/** Which function does which kind of job. */
export function jobHandlers(deps: Deps): Record<string, JobHandler> {
  return { ...importHandlers(deps), ...settleHandlers(deps) }
}
